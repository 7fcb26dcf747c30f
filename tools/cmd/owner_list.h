/*
 * The cases of several sets in the order of their ids.
 *
 * Call: owner_list_go.
 * Owns: borrows the sets; what is handed out lives until `take` returns.
 * Errors: those of `take`; STATUS_MEMORY, reported.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_OWNER_LIST_H
#define CFAUDIT_CMD_OWNER_LIST_H

#include "part/part.h"

/* Sets that are NULL have no cases. */
struct owner_case {
    struct part_case item;   /* with room for one more share */
    const uint32_t *numbers; /* of each share, in its set */
};

typedef enum status owner_take(void *taker, const struct owner_case *item);

/* Each set is one source of the audit, by its place. */
enum status owner_list_go(struct record_set *const *sets, size_t count, struct diag *diag,
                          owner_take *take, void *taker);

#endif
