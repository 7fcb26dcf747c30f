/*
 * A line on the terminal while long files are read: bytes, rate, time left. Never in a pipe.
 *
 * Call: progress_start for each source; progress_step often; progress_end once.
 * Owns: plain data.
 * Errors: none.
 * Units: bytes of the decompressed stream; the time left is told when the stored size is the same.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_PROGRESS_H
#define CFAUDIT_CMD_PROGRESS_H

#include "base/str.h"

struct progress {
    bool is_shown;
    struct str name;
    uint64_t size;     /* 0: not known */
    int64_t started;   /* microseconds of a steady clock */
    int64_t last;
    bool has_printed;
};

void progress_init(struct progress *progress, bool is_wanted);
void progress_start(struct progress *progress, struct str name);
void progress_step(struct progress *progress, uint64_t bytes);
void progress_end(struct progress *progress);

#endif
