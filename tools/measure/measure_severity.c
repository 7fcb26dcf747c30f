/* M-09, breach severity: how far beyond what was agreed the breaches are. */
#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/measure_table.h"

enum { SEVERITY, OVER_TWICE, OVER_THRICE };

static const struct measure_variant variants[] = {
    [SEVERITY] = {"elapsed-per-target", VARIANT_FACTOR, "cases that broke their deadline", true,
                  false, NULL, false},
    [OVER_TWICE] = {"over-twice", VARIANT_SHARE, "cases that broke their deadline", true, true,
                    "ratio", false},
    [OVER_THRICE] = {"over-three-times", VARIANT_SHARE, "cases that broke their deadline", true,
                     true, "ratio", false},
};

static unsigned applies(const struct measure_context *context)
{
    return attainment_applies(context, SLA_RESOLUTION) ? 7u : 0u;
}

/* Millionths, rounded down; as large as can be when a quotient is larger. */
static int64_t millionths(int64_t part, int64_t whole)
{
    static const double MILLION = 1e6;
    double quotient = (double)part / (double)whole;

    if (quotient >= 9e12)
        return INT64_MAX;
    if (part < INT64_MAX / 1000000)
        return part * 1000000 / whole;
    return (int64_t)(quotient * MILLION);
}

/* A deadline of the source gives the time that it left, in the working time of the audit. */
static void fill_times(struct measure_state *state, struct attainment *attainment)
{
    if (attainment->level != NO_LEVEL)
        return;
    attainment->elapsed = observe_time(state, attainment->start, attainment->end);
    attainment->target = observe_time(state, attainment->start, attainment->due);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct attainment attainment;
    struct observation observation;

    if (!attainment_of(state, item, SLA_RESOLUTION, &attainment)) {
        observe_failed(state);
        return;
    }
    observe_level(state, attainment.level);
    if (attainment.excluded) {
        observe_excluded_of(state, EVERY_VARIANT, item, attainment.excluded);
    } else if (attainment.standing == CLOCK_MET) {
        observe_excluded_of(state, EVERY_VARIANT, item, "deadline-kept");
    } else if (attainment.start == VALUE_MISSING) {
        observe_excluded_of(state, EVERY_VARIANT, item, "no-opening-time");
    } else {
        fill_times(state, &attainment);
        if (attainment.target <= 0) {
            observe_excluded_of(state, EVERY_VARIANT, item, "no-time-given");
        } else {
            observation = (struct observation){
                .value = millionths(attainment.elapsed, attainment.target),
                .period = attainment.period,
                .note = attainment.standing == CLOCK_OPEN_LATE ? "still open" : NULL};
            observe_value(state, SEVERITY, item, &observation);
            observation.counts = observation.value > 2000000;
            observe_value(state, OVER_TWICE, item, &observation);
            observation.counts = observation.value > 3000000;
            observe_value(state, OVER_THRICE, item, &observation);
        }
    }
    observe_level(state, NO_LEVEL);
}

/* The share that a level promises is no target for how bad its breaches are. */
const struct measure measure_severity = {
    .id = "M-09",
    .name = "breach-severity",
    .title = {{STR_INIT("severity of breaches"), STR_INIT("gravità dei mancati rispetti")}},
    .definition = {{STR_INIT("How many times the agreed time the cases took that broke it."),
                    STR_INIT("Quante volte il tempo concordato è servito ai casi che lo hanno "
                             "superato.")}},
    .formula =
        "elapsed / target of the breaches of M-07: p50, p90 and p95; share above twice, above "
        "three times the target",
    .fields = "sla.due or service levels; ticket.opened ticket.resolved ticket.closed; event.at "
              "event.status",
    .source = "ARERA, integrated text on the quality of sale services (steps at twice and three "
              "times the standard)",
    .slots = ATTAINMENT_SLOTS,
    .streams = streams_always,
    .needs_levels = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = attainment_prepare,
    .release = attainment_release,
};
