/*
 * One case and the declared process it belongs to: which steps were done, by whom, and how that
 * stands to what was declared.
 *
 * Call: process_cases_new; process_case_look for each case; process_cases_free.
 * Owns: the caller owns the list; what is told of a case lives until the next one.
 * Errors: STATUS_MEMORY, reported; process_case_look: false when memory is out.
 * Units: as in replay/replay.h.
 * Source: each version of a process holds for the cases that begin while it is in force.
 * Threads: one list, one thread.
 */
#ifndef CFAUDIT_MEASURE_PROCESS_CASE_H
#define CFAUDIT_MEASURE_PROCESS_CASE_H

#include "measure/measure.h"
#include "replay/deviation.h"

/* A step that somebody else should have done, of two that were done. */
struct four_eyes {
    size_t step;
    bool is_known; /* who did both is told */
    bool is_kept;
};

struct process_case {
    const char *excluded;     /* why it is held against nothing; NULL: it is */
    size_t process;           /* of the context */
    const struct record_event **events; /* that count, in order */
    size_t *steps;            /* of each; PROCESS_NO_STEP */
    uint32_t *activities;     /* text ids */
    size_t count;
    struct replay_result result;
    struct deviation *deviations; /* all kinds */
    size_t deviation_count;
    struct four_eyes *eyes;   /* by pair of steps that the process names, of those that were done */
    size_t eye_count;
    bool says_version;
    bool is_version;          /* the one that is in force */
    int64_t first;            /* instants */
    int64_t last;
};

struct process_cases;

enum status process_cases_new(const struct measure_context *context, struct diag *diag,
                              struct process_cases **ret_cases);
void process_cases_free(struct process_cases *cases); /* accepts NULL */
bool process_case_look(struct process_cases *cases, const struct record_case *item,
                       const struct process_case **ret_case);

#endif
