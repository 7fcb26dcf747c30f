/*
 * Control chart and trend of a series. Periods that are not over, or that the audit's period cuts,
 * are shown and take no part.
 *
 * Without a stated baseline the limits come from the first 24 whole periods and stay: limits that
 * follow every new period explain its own signals away.
 */
#include <math.h>
#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "measure/finish.h"
#include "stat/chart.h"
#include "stat/trend.h"

enum { BASELINE_PERIODS = 24 };

/* The series as columns for the statistics; all of one allocation each. */
struct charting {
    const struct finisher *f;
    struct figure *figure;
    int32_t first; /* number of the first period */
    double *values;
    uint64_t *k;
    uint64_t *n;
    struct chart_point *points;
    struct chart_stretch *stretches;
    size_t stretch_count;
    bool is_frozen;
};

static void charting_done(struct charting *c)
{
    mem_free(c->values);
    mem_free(c->k);
    mem_free(c->n);
    mem_free(c->points);
    mem_free(c->stretches);
}

static bool charting_init(struct charting *c)
{
    size_t count = c->figure->series_count;
    size_t i;

    c->values = mem_alloc(count, sizeof *c->values);
    c->k = mem_alloc(count, sizeof *c->k);
    c->n = mem_alloc(count, sizeof *c->n);
    c->points = mem_alloc(count, sizeof *c->points);
    c->stretches = mem_alloc(c->f->state->context->baseline_count + 1, sizeof *c->stretches);
    if (!c->values || !c->k || !c->n || !c->points || !c->stretches)
        return false;
    for (i = 0; i < count; i++) {
        const struct figure *period = &c->figure->series[i];

        c->values[i] = period->is_partial ? NAN : period->value;
        c->k[i] = period->is_partial ? 0 : period->k;
        c->n[i] = period->is_partial ? 0 : period->n;
    }
    return true;
}

/* --- baselines --- */

static bool is_about(const struct charting *c, struct str measure, struct str variant)
{
    return str_is(measure, c->f->state->measure->id) &&
           (!variant.ptr || str_is(variant, finish_variant_of(c->f)->name));
}

/* A later baseline that begins with the same period stands for the earlier one. */
static void add_stretch(struct charting *c, size_t first, size_t last)
{
    size_t at = c->stretch_count;

    while (at > 0 && c->stretches[at - 1].first >= first)
        at--;
    if (at < c->stretch_count && c->stretches[at].first == first) {
        c->stretches[at].last = last;
        return;
    }
    memmove(&c->stretches[at + 1], &c->stretches[at],
            (c->stretch_count - at) * sizeof *c->stretches);
    c->stretches[at] = (struct chart_stretch){.first = first, .last = last};
    c->stretch_count++;
}

static void add_baseline(struct charting *c, const struct audit_baseline *baseline)
{
    enum grid grid = c->f->state->context->grid;
    int64_t end = (int64_t)c->first + (int64_t)c->figure->series_count - 1;
    int32_t from;
    int32_t until;

    if (!is_about(c, baseline->measure, baseline->variant) ||
        !period_parse(grid, baseline->from, &from) || !period_parse(grid, baseline->until, &until))
        return;
    from = from < c->first ? c->first : from;
    until = until > end ? (int32_t)end : until;
    if (from <= until)
        add_stretch(c, (size_t)(from - c->first), (size_t)(until - c->first));
}

static void add_first_periods(struct charting *c)
{
    size_t count = c->figure->series_count;
    size_t last = 0;
    size_t n = 0;
    size_t i;

    for (i = 0; i < count && n < BASELINE_PERIODS; i++)
        if (!isnan(c->values[i])) {
            n++;
            last = i;
        }
    add_stretch(c, 0, last);
}

static void choose_stretches(struct charting *c)
{
    const struct measure_context *context = c->f->state->context;
    size_t i;

    for (i = 0; i < context->baseline_count; i++)
        add_baseline(c, &context->baselines[i]);
    c->is_frozen = c->stretch_count > 0;
    if (!c->is_frozen)
        add_first_periods(c);
}

/* --- reactions --- */

static void add_reaction(struct buf *out, const struct audit_reaction *reaction)
{
    buf_add_text(out, out->len ? "; " : "");
    buf_add(out, reaction->on);
    if (reaction->by.len) {
        buf_add_text(out, reaction->on.len ? ", " : "");
        buf_add(out, reaction->by);
    }
    if (reaction->text.len) {
        buf_add_text(out, reaction->on.len || reaction->by.len ? ": " : "");
        buf_add(out, reaction->text);
    }
    if (reaction->document.len) {
        buf_add_text(out, out->len ? " (" : "(");
        buf_add(out, reaction->document);
        buf_add_char(out, ')');
    }
}

static bool find_reactions(const struct charting *c, struct figure *period)
{
    const struct measure_context *context = c->f->state->context;
    bool found = false;
    struct buf text;
    size_t i;

    buf_init(&text, LIMIT_REACTION_TEXT);
    for (i = 0; i < context->reaction_count; i++) {
        const struct audit_reaction *reaction = &context->reactions[i];

        if (!is_about(c, reaction->measure, reaction->variant) ||
            !str_equal(reaction->period, period->key))
            continue;
        add_reaction(&text, reaction);
        found = true;
    }
    if (found)
        period->reaction = arena_str(c->f->arena, buf_str(&text));
    buf_done(&text);
    return !found || period->reaction.ptr;
}

/* --- from the statistics to the figures --- */

static bool take_point(const struct charting *c, size_t i)
{
    const struct chart_point *point = &c->points[i];
    struct figure *period = &c->figure->series[i];
    struct figure_chart *chart = &c->figure->chart;

    period->centre = point->centre;
    period->lower = point->lower;
    period->upper = point->upper;
    if (!point->signals)
        return true;
    period->signal = str_of(chart_rule_name(chart_rule_first(point->signals)));
    if (!find_reactions(c, period))
        return false;
    chart->signals++;
    chart->unanswered += !period->reaction.ptr;
    return true;
}

static bool take_chart(const struct charting *c)
{
    const struct chart_stretch *last = &c->stretches[c->stretch_count - 1];
    struct figure_chart *chart = &c->figure->chart;
    size_t i;

    chart->from = c->figure->series[last->first].key;
    chart->until = c->figure->series[last->last].key;
    chart->is_frozen = c->is_frozen;
    if (last->standing == STAT_REFUSED) {
        chart->refusal = STR("too-few-periods");
    } else {
        chart->kind = str_of(chart_kind_name(last->kind));
        chart->centre = last->centre;
        chart->spread = last->spread;
        chart->is_provisional = last->standing == STAT_PROVISIONAL;
    }
    for (i = 0; i < c->figure->series_count; i++)
        if (!take_point(c, i))
            return false;
    return true;
}

static void take_trend(const struct charting *c)
{
    struct figure_trend *into = &c->figure->trend;
    struct trend trend;

    if (c->figure->series_count > LIMIT_TREND_PERIODS)
        return;
    stat_trend(c->values, c->figure->series_count, &trend);
    if (trend.n < stat_least(STAT_TREND, STAT_SOUND))
        return;
    into->n = trend.n;
    into->s = trend.s;
    into->z = trend.z;
    into->p = trend.p;
    into->slope = trend.slope;
}

/*
 * Where less than one case a period is to be expected on the rarer side, most periods stand at 0 or
 * 100 %, and eight of them in a row are nothing remarkable.
 */
static unsigned rules_for_shares(const struct charting *c)
{
    uint64_t counted = 0;
    uint64_t others = 0;
    uint64_t periods = 0;
    size_t i;

    for (i = 0; i < c->figure->series_count; i++) {
        counted += c->k[i];
        others += c->n[i] - c->k[i];
        periods += c->n[i] > 0;
    }
    return (counted < others ? counted : others) < periods ? 1u << CHART_BEYOND_LIMITS
                                                           : (unsigned)CHART_DEFAULT_RULES;
}

/* Where the scale of the values ends: no limit lies beyond it. */
static void scale_of(enum variant_kind kind, double *ret_least, double *ret_most)
{
    *ret_least = kind == VARIANT_NET ? -100 : 0;
    *ret_most = kind == VARIANT_NET ? 100 : kind == VARIANT_MEAN ? 1 : INFINITY;
}

static void cut_limits(struct charting *c, double most)
{
    size_t i;

    for (i = 0; i < c->figure->series_count; i++)
        if (c->points[i].upper > most)
            c->points[i].upper = most;
}

bool finish_chart(const struct finisher *f, struct figure *figure)
{
    struct charting c = {.f = f, .figure = figure};
    enum variant_kind kind = finish_variant_of(f)->kind;
    double least;
    double most;
    bool done;

    BUG_IF(!period_parse(f->state->context->grid, figure->series[0].key, &c.first));
    done = charting_init(&c);
    if (done) {
        choose_stretches(&c);
        scale_of(kind, &least, &most);
        if (kind == VARIANT_SHARE)
            stat_chart_p(c.k, c.n, figure->series_count, rules_for_shares(&c), c.stretches,
                         c.stretch_count, c.points);
        else
            stat_chart_xmr(c.values, figure->series_count, CHART_XMR, least, CHART_DEFAULT_RULES,
                           c.stretches, c.stretch_count, c.points);
        cut_limits(&c, most);
        done = take_chart(&c);
        take_trend(&c);
    }
    charting_done(&c);
    return done;
}
