/*
 * Runs of ids in order, each behind the one before: where no two runs overlap, no id comes twice.
 *
 * Call: id_runs_add with ids; id_runs_join for runs that stand one behind the other;
 *       id_runs_are_apart. Runs that are all zero are those of no ids.
 * Owns: values; bytes of the first and last id of a run are copied.
 * Errors: none. Ids that are missing or long, and too many runs, are taken as out of order.
 * Units: bytes.
 * In order means: longer, or of the same length and later in the order of bytes; or else every id
 * the other way round. Systems number their tickets like that, and most tables are sorted by it,
 * or made of several that are.
 * Threads: values only.
 */
#ifndef CFAUDIT_RECORD_ID_RUNS_H
#define CFAUDIT_RECORD_ID_RUNS_H

#include "base/str.h"

enum { ID_RUNS_MOST = 16, ID_RUN_LEN = 40 };

struct id_end {
    char bytes[ID_RUN_LEN];
    size_t len;
};

struct id_run {
    struct id_end first;
    struct id_end last;
    int direction; /* 1: rising, -1: falling, 0: there is one id */
};

struct id_runs {
    struct id_run list[ID_RUNS_MOST];
    size_t count;
    bool is_broken;
};

void id_runs_add(struct id_runs *runs, const struct str *ids, size_t count);
/* `next` stand behind. */
void id_runs_join(struct id_runs *runs, const struct id_runs *next);
/* Both together are one run: nothing of `next` is in `runs`. */
bool id_runs_go_on(const struct id_runs *runs, const struct id_runs *next);
/* No two runs overlap: every id came once. */
bool id_runs_are_apart(const struct id_runs *runs);

#endif
