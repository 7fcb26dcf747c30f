/*
 * The clock of a case under a service level: how much working time has passed, and is it enough.
 *
 * Call: service_clocks_new with the context; service_clock_read for each case and metric;
 *       service_clocks_free.
 * Owns: the caller owns the clocks; they borrow the context.
 * Errors: false, or STATUS_MEMORY reported, when memory is out.
 * Units: instants and spans in microseconds; spans are working time of the level's calendar.
 * Threads: one set of clocks, one thread.
 *
 * The clock of a resolution runs from the opening to the solution: the reported one or the first
 * event of the last run in solved or closed statuses, whichever is earlier; it stands still in
 * the statuses that the level says, and while the case is solved and reopened later. It looks at
 * the working calendar of the level, also for what stands still. Under a level that starts a new
 * cycle each cycle has a clock of its own, and the one farthest beyond its target is read.
 * A first response is the first public message of an agent after the opening, what stands in the
 * opening itself being no answer; where there is none, what the source reports. A next response is the same for what the customer wrote after
 * that; the longest wait is read. Neither stands still.
 *
 * A case that comes under another level on the way follows the one it leaves: `carry` takes the
 * time passed so far along, each stretch counted by the calendar and pauses of its own level;
 * `restart` begins anew at the change; `as-of-open` stays. Time under no level counts like the
 * time after it.
 * A level is kept when the time does not exceed the target.
 */
#ifndef CFAUDIT_MEASURE_SERVICE_CLOCK_H
#define CFAUDIT_MEASURE_SERVICE_CLOCK_H

#include "measure/service_level.h"

enum clock_standing {
    CLOCK_MET,
    CLOCK_ENDED_LATE,
    CLOCK_OPEN_LATE, /* not ended, the target has passed */
    CLOCK_RUNNING,   /* not ended, the target has not passed */
    CLOCK_NO_LEVEL,  /* no service level governs the case */
    CLOCK_NO_OPENING,
    CLOCK_CANCELLED,
    CLOCK_NO_END,   /* over, but nobody knows when */
    CLOCK_BACKWARDS, /* what was promised came before the opening: no time to measure */
    CLOCK_NOT_ASKED /* no response was due */
};

struct service_clock {
    enum clock_standing standing;
    int32_t level;         /* number in the agreement; NO_LEVEL */
    struct instant opened; /* of the case */
    struct instant start;  /* of the clock */
    struct instant end;    /* of what was promised; while it is awaited, the as-of instant */
    struct span elapsed;
    struct span target;
};

struct service_clocks;

enum status service_clocks_new(const struct measure_context *context, struct diag *diag,
                               struct service_clocks **ret_clocks);
void service_clocks_free(struct service_clocks *clocks); /* accepts NULL */
bool service_clock_read(struct service_clocks *clocks, const struct record_case *item,
                        enum sla_metric metric, struct service_clock *ret_clock);
/* When the target is used up, if what stands still at the clock's end went on then; for a case
   that has come under a tighter level too late, the instant of the change. */
bool service_clock_deadline(struct service_clocks *clocks, const struct record_case *item,
                            enum sla_metric metric, const struct service_clock *clock,
                            struct instant *ret_deadline);
/* Working time of that clock up to an instant after its start, under the level it then has. */
bool service_clock_until(struct service_clocks *clocks, const struct record_case *item,
                         enum sla_metric metric, const struct service_clock *clock,
                         struct instant until, struct service_clock *ret_clock);
/* Whether the resolution clock of the level stands still in a status of that class and name. */
bool service_level_pauses(const struct service_level *level, const struct record_set *set,
                          uint8_t class, uint32_t status);

#endif
