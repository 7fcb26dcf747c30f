/*
 * How attainment judges and what it says, inline: for one case and for many cases of one row.
 * Private to attainment.c and attainment_rows.c.
 *
 * Call: a clock or attainment_by_deadline; attainment_emit.
 * Owns: values only; reasons are constant strings.
 * Errors: none.
 * Units: instants and spans in microseconds.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_ATTAINMENT_JUDGE_H
#define CFAUDIT_MEASURE_ATTAINMENT_JUDGE_H

#include "measure/attainment.h"
#include "measure/observing.h"

static const struct attainment attainment_unknown = {.standing = CLOCK_NO_LEVEL,
                                                     .excluded = "no-service-level",
                                                     .level = NO_LEVEL,
                                                     .start = VALUE_MISSING,
                                                     .end = VALUE_MISSING,
                                                     .due = VALUE_MISSING,
                                                     .period = VALUE_MISSING};

static inline const char *attainment_exclusion(enum clock_standing standing, enum sla_metric metric)
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
    case CLOCK_BACKWARDS:
        return "end-before-start";
    case CLOCK_NOT_ASKED:
        return "no-answer-due";
    }
    return NULL;
}

/* --- by the deadline of the source --- */

struct deadline_case {
    int64_t opened;
    int64_t due;
    int64_t end; /* by any evidence */
    int64_t class;
};

static inline void attainment_by_deadline(const struct measure_context *context,
                                          const struct deadline_case *item, struct attainment *a)
{
    int64_t as_of = context->as_of.us;
    bool is_ended = item->end != VALUE_MISSING && (as_of == VALUE_MISSING || item->end <= as_of);

    a->level = NO_LEVEL;
    a->start = item->opened;
    a->end = is_ended ? item->end : as_of;
    a->due = item->due;
    if (item->due == VALUE_MISSING) {
        a->standing = CLOCK_NO_LEVEL;
        a->excluded = context->sla ? "no-service-level" : "no-deadline";
        return;
    }
    a->standing = item->class == CLASS_CANCELLED        ? CLOCK_CANCELLED
                  : is_ended && item->end < item->opened ? CLOCK_BACKWARDS
                  : is_ended ? item->end <= item->due ? CLOCK_MET : CLOCK_ENDED_LATE
                  : class_is_over(item->class)                   ? CLOCK_NO_END
                  : as_of == VALUE_MISSING || item->due >= as_of ? CLOCK_RUNNING
                                                                 : CLOCK_OPEN_LATE;
    a->excluded = attainment_exclusion(a->standing, SLA_RESOLUTION);
    if (a->excluded)
        return;
    a->lateness = a->end - item->due;
    a->period = is_ended ? item->end : item->due;
}

/* --- what it says --- */

static inline struct observation attainment_observation(const struct attainment *attainment)
{
    bool is_open = attainment->standing == CLOCK_OPEN_LATE;

    return (struct observation){.value = attainment->lateness,
                                .counts = attainment->standing == CLOCK_MET,
                                .is_open = is_open,
                                .period = attainment->period,
                                .note = is_open ? "still open" : NULL};
}

static inline struct observation attainment_flag_observation(int64_t met, int64_t end)
{
    return (struct observation){.value = VALUE_MISSING, .counts = met == 1, .period = end};
}

/* One that is not left out, in its group; NULL: memory is out. */
static inline void attainment_count(struct measure_state *state, struct group *group,
                                    const struct attainment *attainment)
{
    struct observation observation = attainment_observation(attainment);

    if (group)
        observing_count(state, group, VARIANT_SHARE, &observation);
}

/* An item of NULL: the row that is being observed. */
void attainment_emit(struct measure_state *state, size_t variant, const struct record_case *item,
                     const struct attainment *attainment);
void attainment_emit_flag(struct measure_state *state, size_t variant,
                          const struct record_case *item, int64_t met, int64_t end);

#endif
