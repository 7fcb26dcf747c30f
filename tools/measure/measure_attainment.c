/* M-07, SLA attainment: the source's own flag, and what the agreements and deadlines say. */
#include <math.h>

#include "base/buf.h"
#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/attainment_flag.h"
#include "measure/measure_table.h"

enum { REPORTED, COMPUTED, FIRST_RESPONSE, NEXT_RESPONSE };

static const struct measure_variant variants[] = {
    [REPORTED] = {"reported", VARIANT_SHARE, "cases with the source's own flag", true, false, NULL,
                  true},
    [COMPUTED] = {"computed", VARIANT_SHARE, "cases with a deadline that were ended or are overdue",
                  true, false, "s", true},
    [FIRST_RESPONSE] =
        {"computed-first-response", VARIANT_SHARE,
         "cases with a deadline for the first answer that were answered or are overdue", true,
         false, "s", true},
    [NEXT_RESPONSE] = {"computed-next-response", VARIANT_SHARE,
                       "cases with a deadline for further answers in which one was due", true,
                       false, "s", true},
};

static enum sla_metric metric_of(size_t variant)
{
    return variant == FIRST_RESPONSE  ? SLA_FIRST_RESPONSE
           : variant == NEXT_RESPONSE ? SLA_NEXT_RESPONSE
                                      : SLA_RESOLUTION;
}

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = record_has(context->set, SLOT_MET) ? 1u << REPORTED : 0;
    size_t v;

    for (v = COMPUTED; v <= NEXT_RESPONSE; v++)
        if (attainment_applies(context, metric_of(v)))
            mask |= 1u << v;
    return mask;
}

static void compare_with_flag(struct measure_state *state, const struct record_case *item,
                              int64_t flag, const struct attainment *attainment)
{
    const char *reason = attainment_difference(flag, attainment);

    if (reason)
        observe_difference(state, COMPUTED, item, reason, attainment_size(attainment));
}

static bool has_flag(const struct measure_state *state)
{
    return record_has(observe_context(state)->set, SLOT_MET);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    struct attainment attainment;
    size_t v;

    if (mask >> REPORTED & 1)
        attainment_observe_flag(state, REPORTED, item);
    for (v = COMPUTED; v <= NEXT_RESPONSE; v++)
        if (mask >> v & 1 && attainment_observe(state, v, item, metric_of(v), &attainment) &&
            v == COMPUTED && has_flag(state))
            compare_with_flag(state, item, record_value(item, SLOT_MET), &attainment);
}

/* Answers are not settled with the case (attainment_streams). */
static void observe_rows(struct measure_state *state, struct case_rows *rows)
{
    unsigned mask = observe_applies(state);

    if (mask >> REPORTED & 1)
        attainment_observe_flag_rows(state, REPORTED, rows);
    if (mask >> COMPUTED & 1)
        attainment_observe_rows(state, COMPUTED, rows, has_flag(state) ? compare_with_flag : NULL);
}

static bool find_target(const struct measure_context *context, size_t variant, int32_t level,
                        bool is_period, struct measure_target *ret_target)
{
    (void)variant;
    (void)is_period;
    return attainment_target(context, level, ret_target);
}

const struct measure measure_attainment = {
    .id = "M-07",
    .name = "sla-attainment",
    .title = {{STR_INIT("SLA attainment"), STR_INIT("rispetto dello SLA")}},
    .definition = {{STR_INIT(
                        "Share of cases that were ended within what was agreed with the customer."),
                    STR_INIT("Quota di casi conclusi entro quanto concordato con il cliente.")}},
    .formula =
        "met / (met + breached), by the service level that governs the case, else by its own "
        "deadline; an open case past it is breached, one before it is left out; Wilson "
        "interval",
    .fields =
        "sla.met; sla.due ticket.opened ticket.resolved ticket.closed; event.at event.status; "
        "messages",
    .source = "ITIL service level management; Wilson 1927",
    .slots = 1ull << SLOT_MET | ATTAINMENT_SLOTS,
    .streams = attainment_streams,
    .needs_levels = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .observe_rows = observe_rows,
    .prepare = attainment_prepare,
    .release = attainment_release,
    .target = find_target,
};
