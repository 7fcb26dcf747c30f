/*
 * How often each rule of a text log took an entry, where first and last, and what the first held.
 *
 * Call: log_counts_init; log_counts_take for each match and log_counts_limit for each limit, in the
 *       order of the entries; log_counts_join with what was counted behind it; log_counts_done. Who
 *       counts pieces calls log_counts_begin for each.
 * Owns: the caller's storage; the rules, and the names in them, must outlive it.
 * Errors: false when memory is out.
 * Units: lines from 1, offsets in bytes of the decompressed source.
 * Threads: one counter, one thread.
 */
#ifndef CFAUDIT_READER_LOG_COUNTS_H
#define CFAUDIT_READER_LOG_COUNTS_H

#include "base/arena.h"
#include "reader/reader.h"
#include "text/log_rules.h"
#include "text/rules.h"

struct log_counts {
    const struct rules *rules;
    struct arena arena;
    struct arena captures; /* what they hold */
    struct row_rule *list;
    size_t count;
    uint64_t matched; /* entries that some rule took */
    uint8_t *wanted;  /* by rule: of how many hits the captures are kept */
};

/* The rules as compiled, in the order of `log`. */
bool log_counts_init(struct log_counts *counts, const struct log_rules *log,
                     const struct rules *rules);
void log_counts_done(struct log_counts *counts);
bool log_counts_take(struct log_counts *counts, const struct rules_hit *hit, uint64_t line,
                     uint64_t offset);
void log_counts_limit(struct log_counts *counts, size_t rule);
/* From zero, for what stands behind all that `known` counted, or more. */
void log_counts_begin(struct log_counts *counts, const struct log_counts *known);
/*
 * `behind` counted entries of the same source behind all that were counted here; its places count
 * from that line and offset.
 */
bool log_counts_join(struct log_counts *counts, const struct log_counts *behind, uint64_t line,
                     uint64_t offset);

#endif
