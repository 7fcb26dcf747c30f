/*
 * Files that appear all or none.
 *
 * Call: output_group_init; output_group_add for each finished output; output_group_commit or
 *       output_group_discard.
 * Owns: the group owns the outputs that were added to it.
 * Errors: STATUS_IO and one fatal diagnostic from the output that failed; none of the new files is
 *         left then. What an older file of the same name held cannot be brought back once it was
 *         replaced; only a rename that fails after others did not can come that far.
 * Units: none.
 * Threads: one group, one thread.
 */
#ifndef CFAUDIT_BASE_OUTPUT_GROUP_H
#define CFAUDIT_BASE_OUTPUT_GROUP_H

#include "base/output.h"

enum { OUTPUT_GROUP_MAX = 24 };

struct output_group {
    struct output *list[OUTPUT_GROUP_MAX];
    size_t count;
};

void output_group_init(struct output_group *group);
/* Takes the output, whatever happens; what is written through is committed at once. */
enum status output_group_add(struct output_group *group, struct output *output, struct diag *diag);
enum status output_group_commit(struct output_group *group, struct diag *diag);
void output_group_discard(struct output_group *group);

#endif
