/*
 * Text logs: a row for each entry, by the first rule that matches it.
 *
 * A row is an entry: a line, or the lines that the rules say belong together. The named groups of
 * the rule and the values that it sets are its columns. What no rule matches, and what a rule says
 * is to be left out, is counted as left out. An entry that cannot be looked at, because it is too
 * long, holds zero bytes, breaks off or meets a limit of matching, is rejected; bytes of it that the
 * encoding does not have stand as U+FFFD.
 */
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "reader/file_kind.h"
#include "reader/log_columns.h"
#include "reader/log_counts.h"
#include "reader/log_entries.h"
#include "reader/pile.h"
#include "reader/reader_table.h"
#include "reader/utf8_scan.h"

/* Text by which the rules choose what to look for. */
enum { TUNED_BYTES = 64 << 10 };

enum { LEFT_BY_NOBODY, LEFT_BY_RULE, LEFT_REASONS };

struct text_log {
    struct rowset base;
    struct diag *diag;
    struct str source_name;
    const struct log_rules *log;
    struct log_entries entries;
    const struct log_block *block;
    struct rules *rules;
    struct rules_scan *scan;
    struct log_columns *columns;
    size_t width;
    bool is_scanning;     /* the scan has hits of the block */
    bool is_tuned;
    bool is_ended;
    bool has_crlf;
    bool no_memory;
    size_t placed;        /* byte of the block whose offset is known */
    uint64_t placed_offset;
    struct arena texts;   /* of left out entries */
    struct row_left_out left[LEFT_REASONS];
    struct log_counts counts;
    struct pile pile;     /* cells that are not in the block */
    char dialect[80];
    struct str *cells;
    uint64_t lines[ROW_BATCH];
    uint64_t offsets[ROW_BATCH];
    bool case_only[ROW_BATCH];
};

struct place {
    uint64_t line;
    uint64_t offset;
};

/* --- places --- */

/* The offset of a byte of the block, which are asked for in order. */
static uint64_t offset_of(struct text_log *t, size_t at)
{
    if (at < t->placed)
        return t->placed_offset;
    t->placed_offset += transcode_stored_len(
        &t->entries.window.text, (struct str){t->block->text.ptr + t->placed, at - t->placed});
    t->placed = at;
    return t->placed_offset;
}

static struct place place_of(struct text_log *t, size_t entry, size_t start)
{
    uint64_t line = t->block->entries ? t->block->entry_lines[entry] : entry;

    return (struct place){t->block->line + line, offset_of(t, start)};
}

static struct where where_of(const struct text_log *t, struct place place)
{
    return (struct where){t->source_name, place.line, 0, place.offset};
}

/* --- entries that become no row --- */

static void reject(struct text_log *t, enum rule rule, struct place place, struct str detail)
{
    if (detail.ptr)
        diag_report(t->diag, rule, where_of(t, place), "'%.*s'", STR_ARG(detail));
    else
        diag_report(t->diag, rule, where_of(t, place), NULL);
    t->no_memory |= !rowset_reject(&t->base, rule, place.line, place.offset);
}

/* How an entry begins, in a form that may be shown. */
static struct str beginning(struct text_log *t, struct str entry)
{
    struct buf text;
    struct str kept = {NULL, 0};

    buf_init(&text, 4 * LEFT_OUT_TEXT + 64);
    buf_add_visible(&text, entry, LEFT_OUT_TEXT);
    if (text.len)
        kept = arena_str(&t->texts, buf_str(&text));
    t->no_memory |= text.failed || (text.len && !kept.ptr);
    buf_done(&text);
    return kept;
}

static void keep_place(struct text_log *t, struct row_left_out *left, struct place place,
                       struct str entry)
{
    left->lines[left->first_count] = place.line;
    left->offsets[left->first_count] = place.offset;
    left->texts[left->first_count++] = beginning(t, entry);
}

/* An entry of a run of them: its end in the block. */
static size_t end_of_entry(const struct text_log *t, const struct rules_hit *hit, size_t entry,
                           size_t start)
{
    const struct log_block *block = t->block;
    const char *end;

    if (block->entries)
        return block->entries[entry].end;
    end = memchr(block->text.ptr + start, '\n', hit->end - start);
    return end ? (size_t)(end - block->text.ptr) : hit->end;
}

static void leave_out(struct text_log *t, const struct rules_hit *hit, struct row_left_out *left)
{
    size_t start = hit->start;
    size_t i;

    t->base.counts.left_out += hit->count;
    for (i = 0; i < hit->count && left->first_count < LEFT_OUT_FIRST; i++) {
        size_t end = end_of_entry(t, hit, hit->entry + i, start);
        struct str text = {t->block->text.ptr + start, end - start};

        keep_place(t, left, place_of(t, hit->entry + i, start), text);
        if (t->block->entries && i + 1 < hit->count)
            start = t->block->entries[hit->entry + i + 1].start;
        else
            start = end + 1;
    }
    left->n += hit->count;
}

/* --- entries that become rows --- */

/* The entry's text where it outlives the scan. */
static void keep_text(struct text_log *t, struct rules_hit *hit)
{
    if (hit->bad_bytes == 0)
        return;
    hit->text = pile_str(&t->pile, hit->text);
    t->no_memory |= !hit->text.ptr;
}

static struct str text_of_place(struct text_log *t, struct place place)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, ":%llu", (unsigned long long)place.line);
    struct str text = {NULL, t->source_name.len + (size_t)len};
    char *room = pile_take(&t->pile, text.len);

    if (!room) {
        t->no_memory = true;
        return text;
    }
    memcpy(room, t->source_name.ptr, t->source_name.len);
    memcpy(room + t->source_name.len, digits, (size_t)len);
    text.ptr = room;
    return text;
}

static void take_match(struct text_log *t, struct rules_hit *hit, struct place place,
                       struct row_batch *batch)
{
    struct str text = {NULL, 0};

    if (memchr(hit->text.ptr, '\0', hit->text.len)) {
        reject(t, RULE_LOG_NUL, place, text);
        return;
    }
    if (hit->bad_bytes)
        diag_report(t->diag, RULE_LOG_ENCODING, where_of(t, place), "%zu", hit->bad_bytes);
    keep_text(t, hit);
    if (log_columns_want_place(t->columns))
        text = text_of_place(t, place);
    if (t->no_memory)
        return;
    log_columns_fill(t->columns, hit, text, batch->cells + batch->count * t->width);
    batch->lines[batch->count] = place.line;
    batch->offsets[batch->count++] = place.offset;
}

static void take_hit(struct text_log *t, struct rules_hit *hit, struct row_batch *batch)
{
    struct place place = place_of(t, hit->entry, hit->start);

    t->base.counts.read += hit->count;
    switch (hit->outcome) {
    case RULES_MATCH:
        t->no_memory |= !log_counts_take(&t->counts, hit, place.line, place.offset);
        if (t->log->list[hit->rule].is_used)
            take_match(t, hit, place, batch);
        else
            leave_out(t, hit, &t->left[LEFT_BY_RULE]);
        break;
    case RULES_NONE:
        leave_out(t, hit, &t->left[LEFT_BY_NOBODY]);
        break;
    case RULES_LIMIT:
        t->base.is_partial = true;
        log_counts_limit(&t->counts, hit->rule);
        reject(t, RULE_LOG_LIMIT, place, t->log->list[hit->rule].name);
        if (rules_scan_has_stopped(t->scan, hit->rule) &&
            t->counts.list[hit->rule].limits == LIMIT_RULE_STOPS)
            diag_report(t->diag, RULE_LOG_STOPPED, where_of(t, place), "'%.*s'",
                        STR_ARG(t->log->list[hit->rule].name));
        break;
    case RULES_LONG:
        reject(t, RULE_LOG_LONG, place, (struct str){NULL, 0});
        break;
    }
}

/* --- blocks --- */

static void say_end(struct text_log *t)
{
    const struct row_left_out *left = &t->left[LEFT_BY_NOBODY];
    struct place first = {left->lines[0], left->offsets[0]};

    if (left->n == 0)
        return;
    diag_report(t->diag, t->counts.matched ? RULE_LOG_NO_RULE : RULE_LOG_NO_MATCH, where_of(t, first),
                "%llu of %llu, this one first: '%.*s'", (unsigned long long)left->n,
                (unsigned long long)t->base.counts.read, STR_ARG(left->texts[0]));
}

static void name_dialect(struct text_log *t)
{
    const struct transcoder *text = &t->entries.window.text;
    int len = snprintf(t->dialect, sizeof t->dialect, "%s, %s%s", transcode_encoding_name(text),
                       t->has_crlf ? "CRLF" : "LF",
                       t->entries.boundary ? ", entries of several lines" : "");

    t->base.dialect = (struct str){t->dialect, (size_t)len};
}

static void tune(struct text_log *t)
{
    struct str sample = t->block->text;
    const char *end = sample.len ? memchr(sample.ptr, '\n', sample.len) : NULL;

    t->is_tuned = true;
    t->has_crlf = end && end > sample.ptr && end[-1] == '\r';
    if (sample.len > TUNED_BYTES)
        sample.len = TUNED_BYTES;
    t->no_memory |= rules_tune(t->rules, sample) == STATUS_MEMORY;
    t->scan = rules_scan_new(t->rules, RULES_FIRST, rules_path_best());
    t->no_memory |= !t->scan;
}

/* The next block; one with a fault is done with at once. */
static enum status next_block(struct text_log *t)
{
    enum status status = log_entries_next(&t->entries, t->diag, &t->block);

    if (status == STATUS_END) {
        t->is_ended = true;
        t->base.is_partial |= t->entries.is_boundary_met;
        name_dialect(t);
        say_end(t);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    t->placed = 0;
    t->placed_offset = t->block->offset;
    if (t->block->fault != RULE_COUNT) {
        t->base.counts.read++;
        reject(t, t->block->fault, (struct place){t->block->line, t->block->offset},
               (struct str){NULL, 0});
        return STATUS_OK;
    }
    if (!t->is_tuned)
        tune(t);
    if (t->no_memory)
        return STATUS_OK;
    if (t->block->entries)
        rules_scan_entries(t->scan, t->block->text, t->block->entries, t->block->entry_count);
    else
        rules_scan_lines(t->scan, t->block->text);
    t->is_scanning = true;
    return STATUS_OK;
}

static enum status text_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct text_log *t = (struct text_log *)rowset;
    struct row_batch batch = {0, t->width, t->cells, t->lines, t->offsets, t->case_only};
    enum status status = STATUS_OK;
    struct rules_hit hit;

    pile_clear(&t->pile);
    while (status == STATUS_OK && batch.count < ROW_BATCH && rowset->reject_count < ROW_BATCH) {
        if (t->is_scanning && rules_scan_next(t->scan, &hit)) {
            take_hit(t, &hit, &batch);
        } else {
            /* cells point into the block: it must stay until the batch was used */
            t->is_scanning = false;
            t->no_memory |= t->scan && rules_scan_failed(t->scan);
            if (batch.count || t->is_ended)
                break;
            status = next_block(t);
        }
        /* what is said of entries is a part of the result */
        if (t->no_memory || t->diag->lost)
            return diag_no_memory(t->diag);
    }
    if (status != STATUS_OK)
        return status;
    *ret_batch = batch;
    return batch.count || rowset->reject_count || !t->is_ended ? STATUS_OK : STATUS_END;
}

/* --- opening --- */

static enum status compile(struct text_log *t)
{
    struct rule_pattern *patterns = mem_alloc(t->log->count, sizeof *patterns);
    struct regex_error error;
    size_t wrong;
    enum status status;
    size_t i;

    if (!patterns)
        return diag_no_memory(t->diag);
    for (i = 0; i < t->log->count; i++)
        patterns[i] = (struct rule_pattern){t->log->list[i].pattern, 0};
    status = rules_new(patterns, t->log->count, &t->rules, &wrong, &error);
    mem_free(patterns);
    BUG_IF(status == STATUS_INVALID); /* the plan has checked them */
    return status == STATUS_OK ? STATUS_OK : diag_no_memory(t->diag);
}

static enum status find_columns(struct text_log *t, const struct column_want *wants,
                                size_t want_count)
{
    size_t w;

    t->columns = log_columns_new(t->log, t->rules, wants, want_count);
    if (!t->columns)
        return diag_no_memory(t->diag);
    t->base.columns = log_columns_names(t->columns, &t->base.column_count);
    for (w = 0; w < want_count; w++) {
        t->base.found[w] = log_columns_has(t->columns, w);
        if (t->base.found[w] || !wants[w].required)
            continue;
        diag_report(t->diag, RULE_LOG_COLUMN_MISSING, (struct where){t->source_name, 0, 0, 0}, "'%.*s'",
                    STR_ARG(wants[w].names[0]));
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

static enum status look_at_start(struct text_log *t)
{
    struct window *window = &t->entries.window;
    const struct file_kind *kind;
    struct str head;
    enum status status = transcode_head(&window->text, t->diag, &head);

    if (status != STATUS_OK)
        return status;
    kind = file_kind_find(head);
    if (kind && kind->form == FILE_OTHER)
        return file_kind_refuse(kind, t->source_name, "a log of text lines", t->diag);
    if (head.len == 0)
        diag_report(t->diag, RULE_SOURCE_EMPTY, (struct where){t->source_name, 0, 0, 0}, NULL);
    window->offset = window->text.skipped;
    return STATUS_OK;
}

static enum status start(struct text_log *t, struct source *source,
                         const struct reader_options *options, const struct column_want *wants,
                         size_t want_count)
{
    enum status status = log_entries_open(&t->entries, source, options, t->diag);
    size_t cell_count = 0;

    if (status == STATUS_OK)
        status = compile(t);
    if (status != STATUS_OK)
        return status;
    t->width = want_count;
    t->base.found = mem_alloc(want_count + 1, sizeof *t->base.found);
    if (size_multiply(want_count, ROW_BATCH, &cell_count))
        t->cells = mem_alloc(cell_count + 1, sizeof *t->cells);
    if (!t->base.found || !t->cells || !log_counts_init(&t->counts, t->log, t->rules))
        return diag_no_memory(t->diag);
    t->left[LEFT_BY_NOBODY].reason = LOG_REASON_NO_RULE;
    t->left[LEFT_BY_RULE].reason = LOG_REASON_BY_RULE;
    t->base.left_out = t->left;
    t->base.left_out_count = LEFT_REASONS;
    t->base.rules = t->counts.list;
    t->base.rule_count = t->log->count;
    status = find_columns(t, wants, want_count);
    return status == STATUS_OK ? look_at_start(t) : status;
}

static void text_close(struct rowset *rowset)
{
    struct text_log *t = (struct text_log *)rowset;

    rules_scan_free(t->scan);
    rules_free(t->rules);
    log_columns_free(t->columns);
    log_entries_close(&t->entries);
    arena_done(&t->texts);
    log_counts_done(&t->counts);
    pile_done(&t->pile);
    rowset_free_rejects(&t->base);
    mem_free(t->base.found);
    mem_free(t->cells);
    mem_free(t);
}

static enum status text_open(struct source *source, const struct reader_options *options,
                             const struct column_want *wants, size_t want_count, struct diag *diag,
                             struct rowset **ret_rowset)
{
    struct text_log *t;
    enum status status;

    BUG_IF(!options->log || options->log->count == 0);
    t = mem_alloc(1, sizeof *t);
    if (!t)
        return diag_no_memory(diag);
    t->base.kind = &reader_text;
    t->diag = diag;
    t->source_name = source_name(source);
    t->log = options->log;
    arena_init(&t->texts);
    arena_init(&t->counts.arena);
    status = start(t, source, options, wants, want_count);
    if (status != STATUS_OK) {
        text_close(&t->base);
        return status;
    }
    *ret_rowset = &t->base;
    return STATUS_OK;
}

/* Any text may be a log, but rules have to be told: whatever is recognized wins. */
static unsigned text_bid(struct str head)
{
    const struct file_kind *kind = file_kind_find(head);

    return head.len == 0 || (kind && kind->form == FILE_OTHER) ? 0 : 1;
}

const struct reader_kind reader_text = {
    .name = "text",
    .bid = text_bid,
    .open = text_open,
    .next = text_next,
    .close = text_close,
};
