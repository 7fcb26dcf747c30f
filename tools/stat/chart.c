#include "stat/chart.h"

#include <math.h>

#include "base/bug.h"
#include "stat/chart_rules.h"
#include "stat/select.h"

/* Wheeler's printed constants: 3 / d2, D4 and 3 / d4 of ranges of two. */
static const double limit_of_mean_range = 2.66;
static const double limit_of_median_range = 3.145;
static const double range_limit_of_mean = 3.268;
static const double range_limit_of_median = 3.865;
/* Mean range of two standard normal numbers, as Laney rounds it. */
static const double range_of_two = 1.128;
/* From here on the spread between periods is not that of the sizes alone. */
static const double sigma_z_most = 1.2;

/* The parts of a chart that both kinds have: which periods a stretch covers, empty points. */
static void lay_out(struct chart_stretch *stretches, size_t stretch_count,
                    struct chart_point *points, size_t count)
{
    size_t i;

    BUG_IF(stretch_count == 0);
    for (i = 0; i < stretch_count; i++) {
        struct chart_stretch *stretch = &stretches[i];

        BUG_IF(stretch->first > stretch->last || stretch->last >= count);
        BUG_IF(i > 0 && stretch->first <= stretches[i - 1].first);
        stretch->begin = i == 0 ? 0 : stretch->first;
        stretch->end = i + 1 < stretch_count ? stretches[i + 1].first : count;
        if (stretch->last >= stretch->end)
            stretch->last = stretch->end - 1;
        stretch->n = 0;
        stretch->centre = NAN;
        stretch->spread = NAN;
        stretch->range_limit = NAN;
    }
    for (i = 0; i < count; i++) {
        points[i].centre = NAN;
        points[i].lower = NAN;
        points[i].upper = NAN;
        points[i].sigma = NAN;
        points[i].range = NAN;
        points[i].signals = 0;
    }
}

/* Mean of the points there, from the first one on, so that equal values have exactly that mean. */
static double mean_of(const struct chart_point *points, size_t first, size_t last, size_t n)
{
    double base = NAN;
    double sum = 0;
    size_t i;

    for (i = first; i <= last; i++) {
        if (isnan(points[i].value))
            continue;
        if (isnan(base))
            base = points[i].value;
        sum += points[i].value - base;
    }
    return base + sum / (double)n;
}

static size_t count_points(const struct chart_point *points, size_t first, size_t last)
{
    size_t n = 0;
    size_t i;

    for (i = first; i <= last; i++)
        n += isnan(points[i].value) ? 0 : 1;
    return n;
}

/* --- XmR --- */

static void set_ranges(struct chart_point *points, size_t begin, size_t end)
{
    double before = NAN;
    size_t i;

    for (i = begin; i < end; i++) {
        if (isnan(points[i].value))
            continue;
        points[i].range = fabs(points[i].value - before); /* NAN for the first */
        before = points[i].value;
    }
}

/* Ranges between two points of the baseline. */
struct range_source {
    const struct chart_point *points;
    size_t first;
    size_t last;
    size_t at;
    bool is_inside; /* a point of the baseline has been passed */
};

static void range_source_rewind(struct range_source *source)
{
    source->at = source->first;
    source->is_inside = false;
}

static bool range_source_next(void *context, double *ret_range)
{
    struct range_source *source = context;

    while (source->at <= source->last) {
        const struct chart_point *point = &source->points[source->at++];

        if (isnan(point->value))
            continue;
        if (source->is_inside) {
            *ret_range = point->range;
            return true;
        }
        source->is_inside = true;
    }
    range_source_rewind(source);
    return false;
}

static double mean_range(struct range_source *source, size_t n)
{
    double sum = 0;
    double range;

    while (range_source_next(source, &range))
        sum += range;
    return sum / (double)(n - 1);
}

static void xmr_limits(struct chart_stretch *stretch, enum chart_kind kind, double floor,
                       struct chart_point *points)
{
    struct range_source source = {points, stretch->first, stretch->last, stretch->first, false};
    struct selection selection = {range_source_next, &source};
    bool is_median = kind == CHART_XMR_MEDIAN;
    double reach;
    size_t i;

    stretch->centre = mean_of(points, stretch->first, stretch->last, stretch->n);
    stretch->spread = is_median ? select_median(&selection, stretch->n - 1)
                                : mean_range(&source, stretch->n);
    stretch->range_limit =
        stretch->spread * (is_median ? range_limit_of_median : range_limit_of_mean);
    reach = stretch->spread * (is_median ? limit_of_median_range : limit_of_mean_range);
    for (i = stretch->begin; i < stretch->end; i++) {
        points[i].centre = stretch->centre;
        points[i].lower = fmax(floor, stretch->centre - reach);
        points[i].upper = stretch->centre + reach;
        points[i].sigma = reach / 3;
    }
}

enum stat_standing stat_chart_xmr(const double *values, size_t count, enum chart_kind kind,
                                  double floor, unsigned rules, struct chart_stretch *stretches,
                                  size_t stretch_count, struct chart_point *points)
{
    size_t i;

    BUG_IF(kind != CHART_XMR && kind != CHART_XMR_MEDIAN);
    lay_out(stretches, stretch_count, points, count);
    for (i = 0; i < count; i++)
        points[i].value = values[i];
    for (i = 0; i < stretch_count; i++) {
        struct chart_stretch *stretch = &stretches[i];

        stretch->kind = kind;
        stretch->n = count_points(points, stretch->first, stretch->last);
        stretch->standing = stat_standing(STAT_CHART, stretch->n);
        set_ranges(points, stretch->begin, stretch->end);
        if (stretch->standing == STAT_REFUSED)
            continue;
        xmr_limits(stretch, kind, floor, points);
        chart_mark(points, stretch->begin, stretch->end, stretch->range_limit, rules);
    }
    return stretches[stretch_count - 1].standing;
}

/* --- p and p' --- */

/* Standard deviation of a share of n when the true one is `share`. */
static double share_sigma(double share, uint64_t n)
{
    return sqrt(share * (1 - share) / (double)n);
}

/* sigma_z is the spread of the standardized shares from one to the next. */
void stat_share_spread(const uint64_t *k, const uint64_t *n, size_t count, double *ret_centre,
                       double *ret_sigma_z)
{
    double good = 0;
    double all = 0;
    double before = NAN;
    double sum = 0;
    size_t steps = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        good += (double)k[i];
        all += (double)n[i];
    }
    *ret_centre = good / all;
    for (i = 0; i < count; i++) {
        double sigma = share_sigma(*ret_centre, n[i]);
        double off = (double)k[i] / (double)n[i] - *ret_centre;
        double z = sigma > 0 ? off / sigma : 0; /* 0: all shares are equal */

        if (n[i] == 0)
            continue;
        if (!isnan(before)) {
            sum += fabs(z - before);
            steps++;
        }
        before = z;
    }
    *ret_sigma_z = sum / (double)steps / range_of_two;
}

static void share_limits(struct chart_stretch *stretch, const uint64_t *k, const uint64_t *n,
                         struct chart_point *points)
{
    double scale;
    size_t i;

    stat_share_spread(k + stretch->first, n + stretch->first, stretch->last - stretch->first + 1,
                      &stretch->centre, &stretch->spread);
    stretch->kind = stretch->spread > sigma_z_most ? CHART_LANEY_P : CHART_P;
    scale = stretch->kind == CHART_LANEY_P ? stretch->spread : 1;
    for (i = stretch->begin; i < stretch->end; i++) {
        if (n[i] == 0)
            continue;
        points[i].sigma = share_sigma(stretch->centre, n[i]) * scale;
        points[i].centre = stretch->centre;
        points[i].lower = fmax(0, stretch->centre - 3 * points[i].sigma);
        points[i].upper = fmin(1, stretch->centre + 3 * points[i].sigma);
    }
}

enum stat_standing stat_chart_p(const uint64_t *k, const uint64_t *n, size_t count, unsigned rules,
                                struct chart_stretch *stretches, size_t stretch_count,
                                struct chart_point *points)
{
    size_t i;

    lay_out(stretches, stretch_count, points, count);
    for (i = 0; i < count; i++) {
        BUG_IF(k[i] > n[i]);
        points[i].value = n[i] == 0 ? NAN : (double)k[i] / (double)n[i];
    }
    for (i = 0; i < stretch_count; i++) {
        struct chart_stretch *stretch = &stretches[i];

        stretch->kind = CHART_P;
        stretch->n = count_points(points, stretch->first, stretch->last);
        stretch->standing = stat_standing(STAT_CHART, stretch->n);
        if (stretch->standing == STAT_REFUSED)
            continue;
        share_limits(stretch, k, n, points);
        chart_mark(points, stretch->begin, stretch->end, NAN, rules);
    }
    return stretches[stretch_count - 1].standing;
}

const char *chart_kind_name(enum chart_kind kind)
{
    static const char *const names[] = {"xmr", "xmr-median", "p", "laney-p"};

    BUG_IF((unsigned)kind >= CHART_KIND_COUNT);
    return names[kind];
}
