/*
 * Sorted runs: cases that are too many for memory, in temporary parts, each in the order of id.
 *
 * Call: part_runs_new; for each run part_runs_begin, part_writer_add, part_runs_end; then
 *       part_runs_open, part_join_next until STATUS_END, part_runs_close, as often as needed;
 *       part_runs_free.
 * Owns: the caller owns the runs; these own writers, readers and join.
 * Errors: as part/part.h, base/scratch.h.
 * Units: none.
 * Runs are joined to longer ones when there are more than can be open at once. Their heads say no
 * more than what their cases need.
 * Threads: one of them, one thread; a pool may read ahead.
 */
#ifndef CFAUDIT_PART_PART_RUNS_H
#define CFAUDIT_PART_PART_RUNS_H

#include "part/part.h"

struct part_runs;

enum status part_runs_new(struct diag *diag, struct part_runs **ret_runs);
void part_runs_free(struct part_runs *runs); /* accepts NULL */
/*
 * The head has needs, owners and sources; those that earlier runs had are the first of them. It is
 * borrowed until the next call of this, or of part_runs_open.
 */
enum status part_runs_begin(struct part_runs *runs, const struct part_head *head,
                            struct diag *diag, struct part_writer **ret_writer);
enum status part_runs_end(struct part_runs *runs, struct diag *diag);
/* All of them, joined; the last head holds. The pool may be NULL. */
enum status part_runs_open(struct part_runs *runs, struct pool *pool, struct diag *diag,
                           struct part_join **ret_join);
void part_runs_close(struct part_runs *runs);

#endif
