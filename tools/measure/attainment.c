#include "measure/attainment.h"

#include <math.h>

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

static const char *exclusion_of(enum clock_standing standing, enum sla_metric metric)
{
    switch (standing) {
    case CLOCK_MET:
    case CLOCK_ENDED_LATE:
    case CLOCK_OPEN_LATE:
        break;
    case CLOCK_RUNNING:
        return metric == SLA_RESOLUTION ? "open-before-deadline" : "unanswered-before-deadline";
    case CLOCK_NO_LEVEL:
        return "no-service-level";
    case CLOCK_NO_OPENING:
        return "no-opening-time";
    case CLOCK_CANCELLED:
        return "cancelled";
    case CLOCK_NO_END:
        return "no-resolution-time";
    case CLOCK_NOT_ASKED:
        return "no-answer-due";
    }
    return NULL;
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
    a->excluded = exclusion_of(clock.standing, metric);
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

/* --- by the deadline of the source --- */

static void by_deadline(const struct measure_context *context, const struct record_case *item,
                        struct attainment *a)
{
    int64_t due = record_value(item, SLOT_DUE);
    int64_t end = case_end(item);
    int64_t class = record_value(item, SLOT_CLASS);
    int64_t as_of = context->as_of.us;
    bool is_ended = end != VALUE_MISSING && (as_of == VALUE_MISSING || end <= as_of);

    a->level = NO_LEVEL;
    a->start = record_value(item, SLOT_OPENED);
    a->end = is_ended ? end : as_of;
    a->due = due;
    if (due == VALUE_MISSING) {
        a->standing = CLOCK_NO_LEVEL;
        a->excluded = context->sla ? "no-service-level" : "no-deadline";
        return;
    }
    a->standing = class == CLASS_CANCELLED ? CLOCK_CANCELLED
                  : is_ended               ? end <= due ? CLOCK_MET : CLOCK_ENDED_LATE
                  : class_is_over(class)   ? CLOCK_NO_END
                  : as_of == VALUE_MISSING || due >= as_of ? CLOCK_RUNNING
                                                           : CLOCK_OPEN_LATE;
    a->excluded = exclusion_of(a->standing, SLA_RESOLUTION);
    if (a->excluded)
        return;
    a->lateness = a->end - due;
    a->period = is_ended ? end : due;
}

bool attainment_of(struct measure_state *state, const struct record_case *item,
                   enum sla_metric metric, struct attainment *ret_attainment)
{
    const struct measure_context *context = observe_context(state);
    struct service_clocks *clocks = observe_own(state);

    *ret_attainment = (struct attainment){.standing = CLOCK_NO_LEVEL,
                                          .excluded = "no-service-level",
                                          .level = NO_LEVEL,
                                          .start = VALUE_MISSING,
                                          .end = VALUE_MISSING,
                                          .due = VALUE_MISSING,
                                          .period = VALUE_MISSING};
    if (clocks && service_levels_promise(context, metric) &&
        !by_level(clocks, item, metric, ret_attainment))
        return false;
    if (metric == SLA_RESOLUTION && ret_attainment->level == NO_LEVEL)
        by_deadline(context, item, ret_attainment);
    return true;
}

/* --- what measures say --- */

bool attainment_observe(struct measure_state *state, size_t variant, const struct record_case *item,
                        enum sla_metric metric, struct attainment *ret_attainment)
{
    struct observation observation;
    bool is_open;

    if (!attainment_of(state, item, metric, ret_attainment)) {
        observe_failed(state);
        return false;
    }
    is_open = ret_attainment->standing == CLOCK_OPEN_LATE;
    observation = (struct observation){.value = ret_attainment->lateness,
                                       .counts = ret_attainment->standing == CLOCK_MET,
                                       .is_open = is_open,
                                       .period = ret_attainment->period,
                                       .note = is_open ? "still open" : NULL};
    observe_level(state, ret_attainment->level);
    if (ret_attainment->excluded)
        observe_excluded(state, variant, item, ret_attainment->excluded);
    else
        observe_value(state, variant, item, &observation);
    observe_level(state, NO_LEVEL);
    return true;
}

void attainment_observe_flag(struct measure_state *state, size_t variant,
                             const struct record_case *item)
{
    int64_t met = record_value(item, SLOT_MET);
    struct observation observation = {
        .value = VALUE_MISSING, .counts = met == 1, .period = case_end(item)};

    if (met == VALUE_MISSING)
        observe_excluded(state, variant, item, "no-flag");
    else
        observe_value(state, variant, item, &observation);
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
