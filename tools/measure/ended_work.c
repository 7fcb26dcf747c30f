#include "measure/ended_work.h"

#include "measure/observe.h"

enum ended_work ended_work_of(struct service_clocks *clocks, const struct record_case *item,
                              int64_t end)
{
    int64_t met = record_value(item, SLOT_MET);
    int64_t due = record_value(item, SLOT_DUE);
    struct service_clock clock;

    if (met != VALUE_MISSING)
        return met == 1 ? WORK_GOOD : WORK_LATE;
    if (due != VALUE_MISSING)
        return end < record_value(item, SLOT_OPENED) ? WORK_BACKWARDS
               : end <= due                          ? WORK_GOOD
                                                     : WORK_LATE;
    if (!clocks)
        return WORK_NO_LEVEL;
    if (!service_clock_read(clocks, item, SLA_RESOLUTION, &clock))
        return WORK_FAILED;
    return clock.standing == CLOCK_MET          ? WORK_GOOD
           : clock.standing == CLOCK_ENDED_LATE ? WORK_LATE
           : clock.standing == CLOCK_BACKWARDS  ? WORK_BACKWARDS
                                                : WORK_NO_LEVEL;
}

bool ended_was_reopened(const struct record_case *item, int64_t as_of)
{
    int64_t reopens = record_value(item, SLOT_REOPENS);
    bool was_solved = false;
    size_t i;

    for (i = 0; i < item->event_count && item->events[i].at <= as_of; i++) {
        enum status_class class = item->events[i].class;

        if (class == CLASS_SOLVED || class == CLASS_CLOSED)
            was_solved = true;
        else if (was_solved && (class == CLASS_OPEN || class == CLASS_PENDING || class == CLASS_HOLD))
            return true;
    }
    return reopens != VALUE_MISSING && reopens > 0;
}
