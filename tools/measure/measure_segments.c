/* M-45, the floor of segments: is every segment of customers served? */
#include "base/mem.h"
#include "measure/account_prepare.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/segments.h"

enum {
    ON_TIME_FLOOR,
    ON_TIME_EQUITY,
    SATISFIED_FLOOR,
    SATISFIED_EQUITY,
    ADEQUATE_FLOOR,
    SILENT,
    REVERSALS,
    VARIANT_END
};

static const struct measure_variant variants[] = {
    [ON_TIME_FLOOR] = {"on-time-floor", VARIANT_SHARE, "tickets of the segment with the lowest share",
                       false, false, NULL, false},
    [ON_TIME_EQUITY] = {"on-time-equity", VARIANT_PART, "tickets of the best and worst segment",
                        false, true, NULL, false},
    [SATISFIED_FLOOR] = {"satisfied-floor", VARIANT_SHARE,
                         "answers of the segment with the lowest share", false, false, NULL, false},
    [SATISFIED_EQUITY] = {"satisfied-equity", VARIANT_PART, "answers of the best and worst segment",
                          false, true, NULL, false},
    [ADEQUATE_FLOOR] = {"adequate-floor", VARIANT_SHARE,
                        "customers of the segment with the lowest share", false, false, NULL,
                        false},
    [SILENT] = {"silent", VARIANT_SHARE, "segments of customers", false, true, NULL, false},
    [REVERSALS] = {"reversals", VARIANT_COUNT, "metrics of segments", false, true, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *customers = measure_set(context, RECORD_CUSTOMER);

    return customers && account_applies(context) &&
                   (record_has(customers, CUSTOMER_SEGMENT) ||
                    record_has(customers, CUSTOMER_PURPOSE))
               ? (1u << VARIANT_END) - 1
               : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct segments *segments = NULL;
    enum status status = applies(context) ? segments_new(context, diag, &segments) : STATUS_OK;

    if (status == STATUS_OK)
        *ret_own = segments;
    return status;
}

static void release(void *own)
{
    segments_free(own);
}

static void fill_floor(const struct segments *segments, enum segment_metric metric,
                       struct figure *figure)
{
    size_t worst = segments_worst(segments, metric);

    if (worst < segments->count)
        figure_set_share(figure, segments->list[worst].all[metric].k,
                         segments->list[worst].all[metric].n);
}

static void fill_equity(const struct segments *segments, enum segment_metric metric,
                        struct figure *figure)
{
    size_t worst = segments_worst(segments, metric);
    size_t best = segments_best(segments, metric);
    const struct segment_tally *low;
    const struct segment_tally *high;

    if (worst == segments->count || worst == best)
        return;
    low = &segments->list[worst].all[metric];
    high = &segments->list[best].all[metric];
    figure->n = low->n + high->n;
    figure->standing = standing_of(low->n < high->n ? low->n : high->n);
    figure_set_difference(figure, high->k, high->n, low->k, low->n);
}

static void fill_silent(const struct segments *segments, struct figure *figure)
{
    uint64_t silent = 0;
    size_t i;

    for (i = 0; i < segments->count; i++)
        silent += !segments->list[i].has_voice;
    figure_set_share(figure, silent, segments->count);
}

static void fill_reversals(const struct segments *segments, struct figure *figure)
{
    int metric;

    figure->n = SEGMENT_METRIC_COUNT;
    for (metric = 0; metric < SEGMENT_METRIC_COUNT; metric++)
        figure->k += segments_reverse(segments, (enum segment_metric)metric);
    figure->value = (double)figure->k;
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct segments *segments = own;

    (void)context;
    if (!segments)
        return true;
    switch (variant) {
    case ON_TIME_FLOOR:
        fill_floor(segments, SEGMENT_ON_TIME, figure);
        return segments_table(segments, arena, figure);
    case ON_TIME_EQUITY:
        fill_equity(segments, SEGMENT_ON_TIME, figure);
        break;
    case SATISFIED_FLOOR:
        fill_floor(segments, SEGMENT_SATISFIED, figure);
        break;
    case SATISFIED_EQUITY:
        fill_equity(segments, SEGMENT_SATISFIED, figure);
        break;
    case ADEQUATE_FLOOR:
        fill_floor(segments, SEGMENT_ADEQUATE, figure);
        break;
    case SILENT:
        fill_silent(segments, figure);
        break;
    default:
        fill_reversals(segments, figure);
        break;
    }
    return true;
}

const struct measure measure_segments = {
    .id = "M-45",
    .name = "segment-floor",
    .title = {{STR_INIT("segments of customers"), STR_INIT("segmenti di clienti")}},
    .definition = {{STR_INIT("How the worst served segment of customers fares, how far it is from "
                             "the best, and which are not heard at all."),
                    STR_INIT("Come va il segmento di clienti servito peggio, quanto dista dal "
                             "migliore e quali non hanno voce.")}},
    .formula = "floor: the lowest share of external segments with at least 10 cases, Wilson "
               "interval; equity: the highest less the lowest, Newcombe; silent: segments without "
               "survey answer, complaint and ticket / segments; reversals: metrics whose change "
               "between half-years goes the other way in every segment than in all together",
    .fields = "customer.segment customer.purpose customer.type ticket.customer ticket.opened "
              "ticket.resolved ticket.due survey.customer survey.at survey.scale survey.score "
              "complaint.customer",
    .source = "Wilson 1927; Newcombe 1998; Simpson 1951",
    .also_kinds = ACCOUNT_KINDS | 1 << RECORD_SURVEY,
    .slots = ACCOUNT_SLOTS,
    .follows = ACCOUNT_FOLLOWS,
    .needs_classes = true,
    .needs_groups = true,
    .needs_messages = true,
    .needs_marks = true,
    .needs_levels = true,
    .needs_trust = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe_nothing,
    .prepare = prepare,
    .prepares_long = true,
    .release = release,
    .conclude = conclude,
};
