/*
 * How a case stood from one instant to another, by the history of its statuses.
 *
 * Call: case_phases_begin; case_phases_next until it says no. case_ending for the end of the case.
 * Owns: the walk borrows the case.
 * Errors: none.
 * Units: instants in microseconds UTC.
 * Before the first event a case is open: it has been asked for, and nothing is known of a wait. A
 * row without a status changes nothing. A status that the source map does not class is
 * CLASS_UNKNOWN, for whoever asks to decide.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_CASE_PHASES_H
#define CFAUDIT_MEASURE_CASE_PHASES_H

#include "record/record.h"

struct case_phase {
    int64_t from;
    int64_t until; /* not included; later than from */
    enum status_class class;
};

struct case_phases {
    const struct record_case *item;
    size_t next; /* event */
    int64_t at;
    int64_t until;
    enum status_class class;
};

/* Of the case in [from, until); what happens from `until` on is not looked at. */
void case_phases_begin(struct case_phases *phases, const struct record_case *item, int64_t from,
                       int64_t until);
/* The next phase, of another class than the one before. */
bool case_phases_next(struct case_phases *phases, struct case_phase *ret_phase);

/* How a case stands at an instant. */
struct case_ending {
    bool is_over;      /* solved, closed or cancelled */
    bool is_cancelled;
    int64_t at;        /* since when, by its statuses, else as reported; VALUE_MISSING: unknown */
};

struct case_ending case_ending(const struct record_case *item, int64_t as_of);

/* When the customer asked: the opening, else the first that is known of the case. */
int64_t case_request(const struct record_case *item);

#endif
