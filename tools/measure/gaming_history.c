#include "measure/gaming_history.h"

/* --- solved and opened again --- */

static bool is_solved(uint8_t class)
{
    return class == CLASS_SOLVED || class == CLASS_CLOSED;
}

static bool is_last_day_of_month(const struct zone *zone, int64_t at)
{
    struct civil today = civil_from_local(zone_local(zone, (struct instant){at}));
    struct local next = local_from_civil(&today);

    next.us += DAY_US;
    return civil_from_local(next).month != today.month;
}

struct solution_return solution_return_of(const struct measure_context *context,
                                          const struct record_case *item, bool of_month_end)
{
    struct solution_return result = {VALUE_MISSING, VALUE_MISSING};
    int64_t solved = VALUE_MISSING;
    size_t i;

    for (i = 0; i < item->event_count && item->events[i].at <= context->as_of.us; i++) {
        const struct record_event *event = &item->events[i];

        if (is_solved(event->class)) {
            if (solved == VALUE_MISSING &&
                (!of_month_end || is_last_day_of_month(context->zone, event->at))) {
                solved = event->at;
                if (result.solved == VALUE_MISSING)
                    result.solved = solved;
            }
        } else if (event->class != CLASS_UNKNOWN && event->class != CLASS_CANCELLED) {
            if (solved != VALUE_MISSING &&
                (result.shortest == VALUE_MISSING || event->at - solved < result.shortest))
                result.shortest = event->at - solved;
            solved = VALUE_MISSING;
        }
    }
    return result;
}

/* --- a longer target just before the shorter one is used up --- */

bool relaxation_of(const struct measure_context *context, struct service_clocks *clocks,
                   const struct record_case *item, const struct service_clock *clock,
                   int64_t *ret_used)
{
    size_t i;

    *ret_used = VALUE_MISSING;
    for (i = 1; i < item->event_count && item->events[i].at <= clock->end.us; i++) {
        struct service_clock before;
        int32_t from;
        int32_t to;

        if (item->events[i].fields == item->events[i - 1].fields ||
            item->events[i].at <= clock->opened.us)
            continue;
        from = service_level_at(context, item, SLA_RESOLUTION, clock->opened, i - 1);
        to = service_level_at(context, item, SLA_RESOLUTION, clock->opened, i);
        if (from == NO_LEVEL || from == to ||
            (to != NO_LEVEL &&
             context->sla->levels[to].target.us <= context->sla->levels[from].target.us))
            continue;
        if (!service_clock_until(clocks, item, SLA_RESOLUTION, clock,
                                 (struct instant){item->events[i].at}, &before))
            return false;
        if (before.elapsed.us <= before.target.us &&
            (double)before.elapsed.us >= 0.8 * (double)before.target.us)
            *ret_used = before.elapsed.us;
    }
    return true;
}
