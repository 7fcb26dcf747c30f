#include "measure/promise_state.h"

#include "measure/case_words.h"
#include "measure/work_days.h"

const char *promise_state_name(enum promise_state state)
{
    static const char *const names[PROMISE_STATE_COUNT] = {
        [PROMISE_IS_OPEN] = "open",       [PROMISE_IS_KEPT] = "kept",
        [PROMISE_IS_LATE] = "late",       [PROMISE_IS_BROKEN] = "broken",
        [PROMISE_IS_VOID] = "void",       [PROMISE_IS_UNDATED] = "undated",
        [PROMISE_IS_UNKNOWN] = "unknown",
    };

    return names[state];
}

/* Nobody promises midnight sharp: it is how a date without a time is read, in the zone of the calendar
   or, where its source has none, in UTC. */
static int64_t with_time(const struct measure_context *context, int64_t due)
{
    int64_t local;

    if (due == VALUE_MISSING || !context->calendar)
        return due;
    local = zone_local(calendar_zone(context->calendar), (struct instant){due}).us;
    return local % DAY_US == 0 || due % DAY_US == 0 ? work_day_end(context->calendar, due) : due;
}

static bool is_put_off(const struct record_case *item)
{
    return case_has(item, PROMISE_RENEGOTIATED) && record_value(item, PROMISE_CONSENT) == 1;
}

/* What the register says where it has no date of fulfilment. */
static enum promise_state reported(const struct record_case *item)
{
    if (case_says(item, PROMISE_STATE, "kept"))
        return PROMISE_IS_KEPT;
    if (case_says(item, PROMISE_STATE, "late"))
        return PROMISE_IS_LATE;
    if (case_says(item, PROMISE_STATE, "broken"))
        return PROMISE_IS_BROKEN;
    return PROMISE_IS_UNKNOWN;
}

static enum promise_state by_dates(const struct promise *promise, int64_t as_of)
{
    if (promise->fulfilled != VALUE_MISSING)
        return promise->fulfilled <= promise->due ? PROMISE_IS_KEPT : PROMISE_IS_LATE;
    return promise->due < as_of ? PROMISE_IS_BROKEN : PROMISE_IS_OPEN;
}

static void judge(struct promise *promise, const struct record_case *item, int64_t as_of)
{
    enum promise_state said = reported(item);

    promise->state = by_dates(promise, as_of);
    if (promise->fulfilled == VALUE_MISSING && !case_has(item, SLOT_FULFILLED) &&
        (said == PROMISE_IS_KEPT || said == PROMISE_IS_LATE) && promise->due <= as_of)
        promise->state = said; /* done, on a day that was not noted */
    promise->is_disputed = said != PROMISE_IS_UNKNOWN && said != promise->state;
    if (promise->state == PROMISE_IS_KEPT && record_value(item, PROMISE_RENEGOTIATIONS) > 1)
        promise->state = PROMISE_IS_LATE;
    if (promise->state == PROMISE_IS_LATE && promise->fulfilled > promise->due)
        promise->late = promise->fulfilled - promise->due;
    if (promise->state == PROMISE_IS_BROKEN)
        promise->late = as_of - promise->due;
}

struct promise promise_judge(const struct measure_context *context, const struct record_case *item)
{
    int64_t as_of = context->as_of.us;
    int64_t first = with_time(context, record_value(item, SLOT_PROMISED));
    struct promise promise = {.made = record_value(item, SLOT_PROMISE_MADE),
                              .due = first,
                              .fulfilled = case_instant_by(item, SLOT_FULFILLED, as_of),
                              .late = VALUE_MISSING,
                              .is_renegotiated = is_put_off(item)};

    if (promise.is_renegotiated && case_has(item, PROMISE_NEW_DUE))
        promise.due = with_time(context, record_value(item, PROMISE_NEW_DUE));
    if (promise.made != VALUE_MISSING && promise.made > as_of)
        promise.state = PROMISE_IS_UNKNOWN;
    else if (case_says(item, PROMISE_STATE, "void"))
        promise.state = PROMISE_IS_VOID;
    else if (promise.due == VALUE_MISSING)
        promise.state = PROMISE_IS_UNDATED;
    else
        judge(&promise, item, as_of);
    promise.strict = promise.state;
    if (promise.is_renegotiated && first != VALUE_MISSING &&
        record_value(item, PROMISE_RENEGOTIATED) > first &&
        (promise.state == PROMISE_IS_KEPT || promise.state == PROMISE_IS_LATE ||
         promise.state == PROMISE_IS_OPEN))
        promise.strict = PROMISE_IS_BROKEN;
    return promise;
}
