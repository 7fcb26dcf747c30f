#include "measure/attainment.h"

#include <math.h>

#include "measure/attainment_judge.h"

enum status attainment_prepare(const struct measure_context *context, struct diag *diag,
                               void **ret_own)
{
    struct service_clocks *clocks = NULL;
    enum status status = STATUS_OK;

    if (context->sla)
        status = service_clocks_new(context, diag, &clocks);
    *ret_own = clocks;
    return status;
}

void attainment_release(void *own)
{
    service_clocks_free(own);
}

bool attainment_applies(const struct measure_context *context, enum sla_metric metric)
{
    if (metric == SLA_RESOLUTION)
        return record_has(context->set, SLOT_DUE) || service_levels_promise(context, metric);
    return service_levels_promise(context, metric) &&
           (record_has_messages(context->set) ||
            (metric == SLA_FIRST_RESPONSE && record_has(context->set, SLOT_FIRST_RESPONSE)));
}

/* --- by a service level --- */

static bool by_level(struct service_clocks *clocks, const struct record_case *item,
                     enum sla_metric metric, struct attainment *a)
{
    struct service_clock clock;
    struct instant deadline;

    if (!service_clock_read(clocks, item, metric, &clock))
        return false;
    a->standing = clock.standing;
    a->level = clock.level;
    a->excluded = attainment_exclusion(clock.standing, metric);
    a->start = clock.start.us;
    a->end = clock.end.us;
    a->elapsed = clock.elapsed.us;
    a->target = clock.target.us;
    a->lateness = clock.elapsed.us - clock.target.us;
    a->period = metric == SLA_RESOLUTION ? clock.end.us : clock.opened.us;
    if (metric != SLA_RESOLUTION || clock.standing != CLOCK_OPEN_LATE)
        return true;
    if (!service_clock_deadline(clocks, item, metric, &clock, &deadline))
        return false;
    a->period = deadline.us;
    return true;
}

bool attainment_by(const struct measure_context *context, struct service_clocks *clocks,
                   const struct record_case *item, enum sla_metric metric,
                   struct attainment *ret_attainment)
{
    *ret_attainment = attainment_unknown;
    if (clocks && service_levels_promise(context, metric) &&
        !by_level(clocks, item, metric, ret_attainment))
        return false;
    if (metric == SLA_RESOLUTION && ret_attainment->level == NO_LEVEL)
        attainment_by_deadline(context,
                               &(struct deadline_case){record_value(item, SLOT_OPENED),
                                                       record_value(item, SLOT_DUE), case_end(item),
                                                       record_value(item, SLOT_CLASS)},
                               ret_attainment);
    return true;
}

bool attainment_of(struct measure_state *state, const struct record_case *item,
                   enum sla_metric metric, struct attainment *ret_attainment)
{
    return attainment_by(observe_context(state), observe_own(state), item, metric, ret_attainment);
}

/* --- what measures say --- */

void attainment_emit(struct measure_state *state, size_t variant, const struct record_case *item,
                     const struct attainment *attainment)
{
    struct observation observation = attainment_observation(attainment);

    observe_level(state, attainment->level);
    if (attainment->excluded)
        observe_excluded(state, variant, item, attainment->excluded);
    else
        observe_value(state, variant, item, &observation);
    observe_level(state, NO_LEVEL);
}

void attainment_emit_flag(struct measure_state *state, size_t variant,
                          const struct record_case *item, int64_t met, int64_t end)
{
    struct observation observation = attainment_flag_observation(met, end);

    if (met == VALUE_MISSING)
        observe_excluded(state, variant, item, "no-flag");
    else
        observe_value(state, variant, item, &observation);
}

bool attainment_observe(struct measure_state *state, size_t variant, const struct record_case *item,
                        enum sla_metric metric, struct attainment *ret_attainment)
{
    if (!attainment_of(state, item, metric, ret_attainment)) {
        observe_failed(state);
        return false;
    }
    attainment_emit(state, variant, item, ret_attainment);
    return true;
}

void attainment_observe_flag(struct measure_state *state, size_t variant,
                             const struct record_case *item)
{
    attainment_emit_flag(state, variant, item, record_value(item, SLOT_MET), case_end(item));
}

bool attainment_target(const struct measure_context *context, int32_t level,
                       struct measure_target *ret_target)
{
    const struct service_level *promise;

    if (level == NO_LEVEL)
        return false;
    promise = &context->sla->levels[level];
    if (promise->kind == SLA_GENERAL && isnan(promise->share))
        return false; /* a time limit without a share */
    *ret_target = (struct measure_target){promise->kind == SLA_SPECIFIC ? 1 : promise->share,
                                          promise->source, promise->document};
    return true;
}

bool attainment_streams(const struct measure_context *context)
{
    return !service_levels_promise(context, SLA_FIRST_RESPONSE) &&
           !service_levels_promise(context, SLA_NEXT_RESPONSE);
}
