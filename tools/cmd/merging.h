/*
 * Parts of a run, opened and found to belong together.
 *
 * Call: merging_open; then merging_write, or merging_gather; merging_done.
 * Owns: the merging owns what it opened.
 * Errors: as part/part.h.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_MERGING_H
#define CFAUDIT_CMD_MERGING_H

#include "cmd/case_batches.h"
#include "part/part.h"

/* Parts that are open at once: each takes a quarter of a megabyte and a few files. More are first
   joined to temporary ones. */
enum { MERGING_AT_ONCE = 64 };

struct merging {
    struct run *run;
    struct pool *pool;         /* reads ahead */
    struct part_inputs inputs; /* all that the user named */
    struct part_inputs levels; /* joined from them, a level upon the other */
    const struct str *names;   /* of those to be joined now */
    const struct str *paths;
    size_t count;
    struct arena arenas[2]; /* of heads: all, and those of a level */
    struct part_head head; /* of all */
    struct case_batches batches;
};

/* Reads the heads of the operands; *ret_head is of them all together. */
enum status merging_open(struct merging *merging, struct run *run);
void merging_done(struct merging *merging);
/* To the output of the command, as one part. */
enum status merging_write(struct merging *merging);
/* Into the accounting of a gathering that is planned; its figures see the cases of the parts, which
   must stay open until these are there. */
enum status merging_gather(struct merging *merging, struct gathering *gathering);

#endif
