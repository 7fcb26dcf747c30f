#include "measure/observe.h"

int64_t context_time(const struct measure_context *context, int64_t from, int64_t until)
{
    if (!context->calendar)
        return until - from;
    return calendar_between(context->calendar, (struct instant){from}, (struct instant){until}).us;
}

int64_t observe_time(const struct measure_state *state, int64_t from, int64_t until)
{
    return context_time(observe_context(state), from, until);
}

int64_t case_reported_end(const struct record_case *item)
{
    int64_t end = record_value(item, SLOT_RESOLVED);

    return end != VALUE_MISSING ? end : record_value(item, SLOT_CLOSED);
}

int64_t case_end(const struct record_case *item)
{
    return case_end_of(record_value(item, SLOT_RESOLVED), record_value(item, SLOT_CLOSED),
                       record_value(item, SLOT_FIRST_SOLVED));
}

bool streams_always(const struct measure_context *context)
{
    (void)context;
    return true;
}
