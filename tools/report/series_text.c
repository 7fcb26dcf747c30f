#include <math.h>

#include "page/number.h"
#include "measure/measure.h"
#include "report/series.h"

/* A slope is called a trend when chance alone would show one as steep less often than this. */
static const double TREND_P = 0.05;
static const double SECONDS_AN_HOUR = 3600;
static const double SECONDS_A_MINUTE = 60;

struct str signal_text(struct report *report, const struct series_entry *entry,
                       const struct figure *period, bool with_limit)
{
    bool is_beyond = str_is(period->signal, "beyond-limits");
    bool is_above = is_beyond && period->value > period->upper;
    bool is_below = is_beyond && period->value < period->lower;
    struct str text = say_raw(period->signal, report->lang);
    struct str limit;

    if (is_above || is_below)
        text = report_say(report, is_above ? WORD_SIGNAL_ABOVE : WORD_SIGNAL_BELOW);
    if (!with_limit || !(is_above || is_below))
        return text;
    limit = report_value(report, entry->top->unit, is_above ? period->upper : period->lower);
    buf_add(&report->scratch, text);
    buf_add_char(&report->scratch, ' ');
    buf_add(&report->scratch, limit);
    return report_keep(report);
}

static void add_limits(struct report *report, const struct figure_chart *chart)
{
    struct buf *out = &report->scratch;

    if (!chart->from.len)
        return;
    buf_add_text(out, ", ");
    buf_add(out, report_say(report, chart->is_frozen ? WORD_LIMITS_BASELINE : WORD_LIMITS_FROM));
    buf_add_char(out, ' ');
    buf_add(out, chart->from);
    buf_add_text(out, "\xE2\x80\xA6");
    buf_add(out, chart->until);
    if (chart->is_provisional) {
        buf_add_text(out, ", ");
        buf_add(out, report_say(report, WORD_LIMITS_PROVISIONAL));
    }
}

struct str chart_text(struct report *report, const struct series_entry *entry)
{
    const struct figure_chart *chart = &entry->figure->chart;
    struct buf *out = &report->scratch;
    struct str signals = report_count(report, chart->signals);
    struct str unanswered = report_count(report, chart->unanswered);

    if (!chart->kind.len && chart->refusal.len)
        return report_fill(report, WORD_CHART_REFUSED, 1, say_raw(chart->refusal, report->lang));
    if (!chart->kind.len)
        return (struct str){NULL, 0};
    signals = chart->signals == 0       ? report_say(report, WORD_SIGNALS_NONE)
              : chart->unanswered == 0  ? report_fill(report, WORD_SIGNALS_ANSWERED, 1, signals)
                                        : report_fill(report, WORD_SIGNALS_OPEN, 2, signals,
                                                      unanswered);
    figure_add_title(out, say_raw(chart->kind, report->lang));
    add_limits(report, chart);
    buf_add_text(out, "; ");
    buf_add(out, signals);
    return report_keep(report);
}

/* What the slope is called: "0.7 points", "1.50 h", "2.3". */
static struct str slope_text(struct report *report, const struct figure *top, double slope)
{
    double size = fabs(slope);

    if (unit_is_share(top)) {
        number_add(&report->scratch, size * 100, 2, report->lang);
        buf_add_char(&report->scratch, ' ');
        buf_add(&report->scratch, report_say(report, WORD_SHARE_POINTS));
        return report_keep(report);
    }
    return report_value(report, top->unit, size);
}

static struct str p_text(struct report *report, double p)
{
    if (p < 0.0001) {
        buf_add_text(&report->scratch, "< ");
        number_add(&report->scratch, 0.0001, 4, report->lang);
    } else {
        buf_add_text(&report->scratch, "= ");
        number_add(&report->scratch, p, 4, report->lang);
    }
    return report_keep(report);
}

/* For the better: 1, for the worse: -1, neither: 0. */
static int direction(const struct figure *top, double slope)
{
    const struct measure *measure = measure_find(top->measure);
    size_t i;

    for (i = 0; measure && i < measure->variant_count; i++) {
        const struct measure_variant *variant = &measure->variants[i];
        bool lower_is_better = variant->kind == VARIANT_DURATION || variant->counts_bad;

        if (str_is(top->variant, variant->name) &&
            (variant->kind == VARIANT_DURATION || variant->kind == VARIANT_SHARE))
            return (slope < 0) == lower_is_better ? 1 : -1;
    }
    return 0;
}

struct str trend_text(struct report *report, const struct series_entry *entry)
{
    const struct figure_trend *trend = &entry->figure->trend;
    struct str p;
    struct str slope;
    struct str text;
    int better;

    if (trend->n == 0)
        return report_say(report, WORD_TREND_FEW);
    p = p_text(report, trend->p);
    if (!(trend->p < TREND_P))
        return report_fill(report, WORD_TREND_NONE, 2, p, report_count(report, trend->n));
    if (!(fabs(trend->slope) > 0)) /* most pairs of periods are alike, the others agree */
        return report_fill(report, trend->s > 0 ? WORD_TREND_UP : WORD_TREND_DOWN, 2, p,
                           report_count(report, trend->n));
    slope = slope_text(report, entry->top, trend->slope);
    text = report_fill(report, trend->slope > 0 ? WORD_TREND_RISING : WORD_TREND_FALLING, 4, slope,
                       report_say(report, series_grid(entry->figure)), p,
                       report_count(report, trend->n));
    better = direction(entry->top, trend->slope);
    if (better == 0)
        return text;
    buf_add(&report->scratch, report_say(report, better > 0 ? WORD_TREND_BETTER : WORD_TREND_WORSE));
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, text);
    return report_keep(report);
}

static void add_bound(struct report *report, struct str unit, double bound)
{
    if (!str_is(unit, "s"))
        number_add(&report->scratch, bound, bound == floor(bound) ? 0 : 2, report->lang);
    else if (bound < SECONDS_AN_HOUR)
        number_add(&report->scratch, bound / SECONDS_A_MINUTE, 0, report->lang);
    else
        number_add(&report->scratch, bound / SECONDS_AN_HOUR,
                   fmod(bound, SECONDS_AN_HOUR) > 0 ? 2 : 0, report->lang);
}

struct str bin_text(struct report *report, const struct figure *figure,
                    const struct figure_bin *bin)
{
    struct buf *out = &report->scratch;
    bool is_duration = str_is(figure->unit, "s");
    double largest = isnan(bin->until) ? bin->from : bin->until;
    bool in_minutes = is_duration && largest < SECONDS_AN_HOUR;

    if (isnan(bin->until)) {
        buf_add_text(out, "\xE2\x89\xA5 ");
        add_bound(report, figure->unit, bin->from);
    } else {
        /* bounds on both sides of an hour each say what they are in */
        add_bound(report, figure->unit, bin->from);
        if (is_duration && !in_minutes && bin->from > 0 && bin->from < SECONDS_AN_HOUR)
            buf_add_text(out, " min");
        buf_add_text(out, "\xE2\x80\x93");
        add_bound(report, figure->unit, bin->until);
    }
    if (is_duration)
        buf_add_text(out, in_minutes ? " min" : " h");
    return report_keep(report);
}
