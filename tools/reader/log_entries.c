#include "reader/log_entries.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/byte_count.h"

/* Entries of a block at most. */
enum { ENTRIES = 4096 };

/* --- opening --- */

static enum status open_boundary(struct log_entries *e, const struct log_rules *log,
                                 struct diag *diag)
{
    struct rule_pattern pattern = {log->start.ptr ? log->start : log->continues, 0};
    struct regex_error error;
    size_t wrong;
    enum status status;

    if (!pattern.pattern.ptr)
        return STATUS_OK;
    e->match_begins = log->start.ptr != NULL;
    status = rules_new(&pattern, 1, &e->boundary, &wrong, &error);
    BUG_IF(status == STATUS_INVALID); /* the plan has checked it */
    if (status == STATUS_OK)
        e->scan = rules_scan_new(e->boundary, RULES_FIRST, rules_path_best());
    e->list = mem_alloc(ENTRIES, sizeof *e->list);
    e->lines = mem_alloc(ENTRIES, sizeof *e->lines);
    return e->scan && e->list && e->lines ? STATUS_OK : diag_no_memory(diag);
}

enum status log_entries_open(struct log_entries *e, struct source *source,
                             const struct reader_options *options, struct diag *diag)
{
    memset(e, 0, sizeof *e);
    e->source = source;
    window_open(&e->window, source, options->encoding);
    return open_boundary(e, options->log, diag);
}

void log_entries_close(struct log_entries *e)
{
    window_close(&e->window);
    rules_scan_free(e->scan);
    rules_free(e->boundary);
    mem_free(e->list);
    mem_free(e->lines);
}

/* --- which lines are an entry --- */

/* Entries as they are found in some whole lines. */
struct finding {
    struct log_entries *e;
    struct str text;
    size_t count;
    uint64_t line; /* the next one */
    bool is_full;
};

/* Without the end of its last line. */
static size_t trimmed_end(struct str text, size_t start, size_t end)
{
    if (end > start && text.ptr[end - 1] == '\n')
        end--;
    if (end > start && text.ptr[end - 1] == '\r')
        end--;
    return end;
}

/* An entry begins at that place; the one before ends there. */
static void begin_entry(struct finding *f, size_t start)
{
    struct log_entries *e = f->e;

    if (f->count)
        e->list[f->count - 1].end = trimmed_end(f->text, e->list[f->count - 1].start, start);
    if (f->count == ENTRIES) {
        f->is_full = true;
        return;
    }
    e->lines[f->count] = f->line;
    e->list[f->count++] = (struct rules_entry){start, start};
}

static void take_lines(struct finding *f, const struct rules_hit *hit)
{
    bool is_match = hit->outcome == RULES_MATCH;
    bool begins = hit->outcome == RULES_LONG || hit->outcome == RULES_LIMIT ||
                  is_match == f->e->match_begins;
    size_t start = hit->start;
    size_t i;

    f->e->is_boundary_met |= hit->outcome == RULES_LIMIT;
    for (i = 0; i < hit->count && !f->is_full; i++) {
        const char *end;

        if (begins || (f->count == 0 && !f->e->is_entry_lost))
            begin_entry(f, start);
        if (f->is_full || (!begins && i + 1 < hit->count)) {
            f->line += f->is_full ? 0 : hit->count - i;
            return;
        }
        f->line++;
        end = memchr(f->text.ptr + start, '\n', f->text.len - start);
        start = end ? (size_t)(end + 1 - f->text.ptr) : f->text.len;
    }
}

/* The entries of whole lines; *ret_len is where the last one begins unless it is known to end. */
static bool find_entries(struct log_entries *e, struct str text, bool is_last, size_t *ret_len,
                         size_t *ret_count)
{
    struct finding f = {.e = e, .text = text};
    struct rules_hit hit;

    rules_scan_lines(e->scan, text);
    while (!f.is_full && rules_scan_next(e->scan, &hit))
        take_lines(&f, &hit);
    if (rules_scan_failed(e->scan))
        return false;
    *ret_count = f.count;
    *ret_len = text.len;
    if (f.is_full) {
        *ret_len = e->list[--*ret_count].start;
    } else if (f.count && is_last) {
        e->list[f.count - 1].end = trimmed_end(text, e->list[f.count - 1].start, text.len);
    } else if (f.count) {
        *ret_len = e->list[--*ret_count].start;
    }
    return true;
}

/* --- blocks --- */

static void pass(struct log_entries *e, size_t len)
{
    struct str text = {e->window.data + e->window.at, len};

    if (len)
        window_skip(&e->window, len, byte_count(text, '\n').newlines);
}

/* Bytes up to the last line end, or all of the last text. */
static size_t whole_lines(const struct log_entries *e, struct str rest)
{
    size_t len = rest.len;

    if (e->window.is_last && !source_is_truncated(e->source))
        return len;
    while (len && rest.ptr[len - 1] != '\n')
        len--;
    return len;
}

static void set_block(struct log_entries *e, size_t len, size_t entry_count)
{
    e->block = (struct log_block){{e->window.data + e->window.at, len},
                                  e->boundary ? e->list : NULL,
                                  e->lines,
                                  entry_count,
                                  e->window.line,
                                  e->window.offset,
                                  RULE_COUNT};
    e->block_len = len;
}

static void set_fault(struct log_entries *e, enum rule rule, size_t len)
{
    set_block(e, 0, 0);
    e->block.fault = rule;
    e->block_len = len;
}

/* What is left of a line that is too long; true: its end has come. */
static bool lose_line(struct log_entries *e)
{
    struct str rest = window_rest(&e->window);
    const char *end = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;

    pass(e, end ? (size_t)(end + 1 - rest.ptr) : rest.len);
    e->is_line_lost = end == NULL;
    return end != NULL;
}

/* True: there is a block; false: more text is needed. */
static bool make_block(struct log_entries *e, bool *reterr_no_memory)
{
    struct str rest = window_rest(&e->window);
    size_t len = whole_lines(e, rest);
    size_t count = 0;
    size_t found = len;

    if (len && e->boundary &&
        !find_entries(e, (struct str){rest.ptr, len},
                      e->window.is_last && !source_is_truncated(e->source), &found, &count)) {
        *reterr_no_memory = true;
        return false;
    }
    if (len && e->boundary && count == 0 && e->is_entry_lost) {
        /* nothing but lines of the lost entry in front of `found` */
        pass(e, found);
        e->is_entry_lost = found == len;
        rest = window_rest(&e->window);
        len -= found;
        found = 0;
    }
    if (e->boundary ? count > 0 : len > 0) {
        e->is_entry_lost = false;
        set_block(e, found, count);
        return true;
    }
    if (rest.len <= (e->window.is_last ? 0 : LIMIT_LOG_LINE))
        return false;
    if (e->is_entry_lost) { /* it was told */
        e->is_line_lost = true;
        return false;
    }
    if (e->window.is_last) {
        set_fault(e, RULE_LOG_CUT, rest.len);
        return true;
    }
    set_fault(e, RULE_LOG_LONG, rest.len);
    e->is_line_lost = rest.ptr[rest.len - 1] != '\n';
    e->is_entry_lost = e->boundary != NULL;
    return true;
}

enum status log_entries_next(struct log_entries *e, struct diag *diag,
                             const struct log_block **ret_block)
{
    bool no_memory = false;
    enum status status = STATUS_OK;

    pass(e, e->block_len);
    e->block_len = 0;
    *ret_block = &e->block;
    while (status == STATUS_OK) {
        if (!(e->is_line_lost && !lose_line(e)) && make_block(e, &no_memory))
            return STATUS_OK;
        if (no_memory)
            return diag_no_memory(diag);
        if (e->window.is_last)
            return STATUS_END;
        status = window_load(&e->window, diag);
    }
    return status;
}
