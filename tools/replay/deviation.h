/*
 * What is wrong with a case, by kind: the moves of one side, told in the words of the process.
 *
 * Call: deviations_of with a result that has its nearest sequence.
 * Owns: the caller's list.
 * Errors: none.
 * Units: steps and events by number.
 * A step that was done where it is not allowed and is missing where it is was done in the wrong
 * order: one deviation, not two.
 * Threads: values only.
 */
#ifndef CFAUDIT_REPLAY_DEVIATION_H
#define CFAUDIT_REPLAY_DEVIATION_H

#include "replay/replay.h"

enum deviation_kind {
    DEVIATION_MISSING,    /* a mandatory step was not done */
    DEVIATION_APPROVAL,   /* the same of an approval */
    DEVIATION_ORDER,      /* a step was done at another place than the process has it */
    DEVIATION_UNFORESEEN, /* a step was done, perhaps once more, that was not to be done there */
    DEVIATION_UNKNOWN,    /* the activity belongs to no step */
    DEVIATION_FOUR_EYES,  /* two steps that want two people were done by one */
    DEVIATION_VERSION,    /* handled by another version than the one in force */
    DEVIATION_KIND_COUNT
};

struct deviation {
    enum deviation_kind kind;
    size_t step;  /* PROCESS_NO_STEP: none */
    size_t event; /* what was done; of what was not: the event it should have stood before */
};

const char *deviation_kind_name(enum deviation_kind kind);
/* Those that the moves show, in their order; `list` has room for as many as there are moves. */
size_t deviations_of(const struct process_document *process, const struct replay_result *result,
                     struct deviation *list);

#endif
