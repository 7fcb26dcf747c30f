/*
 * The text of a log as blocks of whole entries.
 *
 * Call: log_entries_open; log_entries_next until STATUS_END; log_entries_close.
 * Owns: the caller's storage; a block lives until the next call.
 * Errors: as transcode_next, and STATUS_MEMORY. An entry that cannot be looked at is a block with a
 *         fault and without text; it has not been reported.
 * Units: bytes of the text; lines from 1, `offset` of the decompressed source.
 * Lines end with LF; one CR before it does not count. What stands in front of the first line that
 * begins an entry is one of its own.
 * Threads: one owner, one thread.
 */
#ifndef CFAUDIT_READER_LOG_ENTRIES_H
#define CFAUDIT_READER_LOG_ENTRIES_H

#include "reader/csv_buffer.h"
#include "text/log_rules.h"
#include "text/rules.h"

struct log_block {
    struct str text;
    const struct rules_entry *entries; /* NULL: each line is one */
    const uint64_t *entry_lines;       /* of each: its line, counted from 0 */
    size_t entry_count;
    uint64_t line; /* of the block's first byte */
    uint64_t offset;
    enum rule fault; /* RULE_COUNT: none */
};

struct log_entries {
    struct source *source;
    struct window window;
    struct rules *boundary; /* NULL: each line is an entry */
    struct rules_scan *scan;
    bool match_begins; /* a line that matches begins an entry; else it goes on with one */
    struct rules_entry *list;
    uint64_t *lines;
    struct log_block block;
    size_t block_len;     /* what is to be passed over before the next */
    bool is_line_lost;    /* the rest of a line that is too long */
    bool is_entry_lost;   /* lines up to the next beginning of an entry */
    bool is_boundary_met; /* a boundary met a limit: nobody knows where entries begin */
};

enum status log_entries_open(struct log_entries *entries, struct source *source,
                             const struct reader_options *options, struct diag *diag);
void log_entries_close(struct log_entries *entries);
enum status log_entries_next(struct log_entries *entries, struct diag *diag,
                             const struct log_block **ret_block);

#endif
