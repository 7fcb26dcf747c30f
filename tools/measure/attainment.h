/*
 * Whether a case was handled within what was agreed: what M-07 counts, and the measures built on it.
 *
 * Call: attainment_prepare and attainment_release as a measure's own; attainment_of for each case.
 * Owns: reasons are constant strings.
 * Errors: false when memory is out.
 * Units: spans in microseconds.
 * A resolution is judged by the service level that governs the case; where none does, by the
 * deadline that the source gives it, round the clock. Responses are judged by service levels only.
 * Threads: one measure state, one thread.
 */
#ifndef CFAUDIT_MEASURE_ATTAINMENT_H
#define CFAUDIT_MEASURE_ATTAINMENT_H

#include "measure/service_clock.h"

struct attainment {
    enum clock_standing standing; /* CLOCK_NO_LEVEL: neither level nor deadline */
    const char *excluded;         /* why it is not in n; NULL: it is */
    int32_t level;                /* NO_LEVEL: judged by the deadline of its source, if at all */
    int64_t lateness; /* beyond the target: working time of the level, else wall clock */
    int64_t start;    /* of the clock; VALUE_MISSING: unknown */
    int64_t end;      /* while it is awaited, the as-of instant */
    int64_t elapsed;  /* by a level only */
    int64_t target;   /* by a level only */
    int64_t due;      /* without a level: the deadline */
    int64_t period;   /* instant that decides its period */
};

/* Slots of the case that it looks at. */
static const uint64_t ATTAINMENT_SLOTS = 1ull << SLOT_DUE | 1ull << SLOT_OPENED |
                                         1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
                                         1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED |
                                         1ull << SLOT_FIRST_RESPONSE | 1ull << SLOT_CLASS;

enum status attainment_prepare(const struct measure_context *context, struct diag *diag,
                               void **ret_own);
void attainment_release(void *own); /* accepts NULL */
/* The sources can be judged so. */
bool attainment_applies(const struct measure_context *context, enum sla_metric metric);
bool attainment_of(struct measure_state *state, const struct record_case *item,
                   enum sla_metric metric, struct attainment *ret_attainment);
/* The same with clocks of one's own; NULL: there is no agreement. */
bool attainment_by(const struct measure_context *context, struct service_clocks *clocks,
                   const struct record_case *item, enum sla_metric metric,
                   struct attainment *ret_attainment);

/* The share of cases that kept what was agreed, for a variant of that kind. */
bool attainment_observe(struct measure_state *state, size_t variant, const struct record_case *item,
                        enum sla_metric metric, struct attainment *ret_attainment);
/* The same by the source's own flag. */
void attainment_observe_flag(struct measure_state *state, size_t variant,
                             const struct record_case *item);
/* How a case was judged, and what its source says of it; without an item it is the row that is
   being observed. */
typedef void attainment_told(struct measure_state *state, const struct record_case *item,
                             int64_t flag, const struct attainment *attainment);
/* The same of cases of one row, and of their flags. `told` may be NULL. */
void attainment_observe_rows(struct measure_state *state, size_t variant, struct case_rows *rows,
                             attainment_told *told);
void attainment_observe_flag_rows(struct measure_state *state, size_t variant,
                                  struct case_rows *rows);
/* As a measure's `streams`: an answer may be awaited when the case is over; that clock runs on. */
bool attainment_streams(const struct measure_context *context);
/* A row of a service level must reach the share that the level promises; false: it is of none. */
bool attainment_target(const struct measure_context *context, int32_t level,
                       struct measure_target *ret_target);

#endif
