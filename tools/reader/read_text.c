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
#include "base/byte_count.h"
#include "base/mem.h"
#include "reader/file_kind.h"
#include "reader/log_chunk.h"
#include "reader/reader_table.h"
#include "reader/utf8_scan.h"

/* Text by which the rules choose what to look for. */
enum { TUNED_BYTES = 64 << 10 };

struct text_log {
    struct rowset base;
    struct diag *diag;
    struct log_entries entries;
    struct log_work work;
    struct rule_pattern *patterns; /* of the rules */
    struct chunk_queue queue;
    bool is_begun; /* something was cut */
    bool is_tuned;
    bool has_crlf;
    bool no_memory;
    uint64_t cut_line; /* of what is cut next; known where a want is the place of an entry */

    /* the piece whose rows are given */
    struct log_chunk *chunk;
    uint64_t line; /* behind the piece */
    uint64_t offset;

    struct arena texts; /* of left out entries */
    struct row_left_out left[LEFT_REASONS];
    struct log_counts counts;
    uint32_t boundary_limits;
    char dialect[80];
    bool case_only[ROW_BATCH];
};

/* --- cutting --- */

static struct chunk *text_new_chunk(void *reader)
{
    const struct text_log *t = reader;
    struct log_chunk *chunk = log_chunk_new(&t->work);

    return chunk ? &chunk->base : NULL;
}

static void text_free_chunk(struct chunk *chunk)
{
    log_chunk_free((struct log_chunk *)chunk);
}

static void tune(struct text_log *t, struct str sample)
{
    const char *end = memchr(sample.ptr, '\n', sample.len);

    t->is_tuned = true;
    t->has_crlf = end && end > sample.ptr && end[-1] == '\r';
    if (sample.len > TUNED_BYTES)
        sample.len = TUNED_BYTES;
    t->no_memory |= rules_tune(t->work.rules, sample) == STATUS_MEMORY ||
                    !log_work_lanes(&t->work, chunk_queue_lanes(&t->queue));
}

static void text_loaded(void *reader)
{
    struct text_log *t = reader;

    log_entries_loaded(&t->entries);
}

static bool text_cut(void *reader, struct chunk *base)
{
    struct text_log *t = reader;
    struct log_chunk *chunk = (struct log_chunk *)base;
    struct log_piece piece;

    if (!log_entries_cut(&t->entries, CHUNK_BYTES, &piece))
        return false;
    if (!t->is_tuned && piece.kind == LOG_PIECE_ENTRIES)
        tune(t, piece.text);
    base->text = piece.text;
    chunk->piece = piece.kind;
    chunk->encoding = t->entries.window.text.encoding;
    chunk->is_first = !t->is_begun;
    t->is_begun = true;
    chunk->first_line = t->cut_line;
    if (log_columns_want_place(t->work.columns))
        t->cut_line += byte_count(piece.text, '\n').newlines;
    log_chunk_begin(chunk, &t->counts);
    return !t->no_memory;
}

static bool text_has_failed(const void *reader)
{
    const struct text_log *t = reader;

    return t->no_memory || t->entries.no_memory;
}

static void text_work(struct chunk *chunk, unsigned lane)
{
    log_chunk_scan((struct log_chunk *)chunk, lane);
}

static const struct chunk_kind text_chunks = {
    .new_chunk = text_new_chunk,
    .free_chunk = text_free_chunk,
    .loaded = text_loaded,
    .cut = text_cut,
    .has_failed = text_has_failed,
    .work = text_work,
};

/* --- limits of matching --- */

/*
 * Whether the piece was scanned as it would have been behind all that stands in front of it: no rule
 * has met more limits meanwhile that would have made it stop earlier.
 */
static bool is_as_in_order(const struct text_log *t, const struct log_chunk *chunk)
{
    size_t i;

    for (i = 0; i < t->counts.count; i++) {
        uint64_t known = t->counts.list[i].limits;

        if (chunk->limits[i] != known &&
            known + chunk->counts.list[i].limits >= LIMIT_RULE_STOPS)
            return false;
    }
    return true;
}

static void scan_in_order(struct text_log *t, struct log_chunk *chunk)
{
    log_chunk_begin(chunk, &t->counts);
    log_chunk_scan(chunk, 0);
}

/* --- what a piece tells --- */

static struct where where_of(const struct text_log *t, struct log_place place)
{
    return (struct where){t->work.source_name, t->line + place.line, 0, t->offset + place.offset};
}

/* False: nobody knows any more where entries begin. */
static bool take_boundary_limit(struct text_log *t, struct where where)
{
    t->base.is_partial = true;
    if (++t->boundary_limits < LIMIT_RULE_STOPS)
        return true;
    diag_limit(t->diag, where, "the number of lines on which the pattern that tells where entries "
               "begin meets a limit of matching", LIMIT_RULE_STOPS);
    return false;
}

static enum status take_event(struct text_log *t, const struct log_event *event)
{
    struct where where = where_of(t, event->place);

    switch (event->rule) {
    case RULE_COUNT:
        return take_boundary_limit(t, where) ? STATUS_OK : STATUS_LIMIT;
    case RULE_LOG_INSIDE:
        diag_report(t->diag, RULE_LOG_INSIDE, where, NULL);
        return STATUS_OK;
    case RULE_LOG_ENCODING:
        diag_report(t->diag, RULE_LOG_ENCODING, where, "%llu", (unsigned long long)event->n);
        return STATUS_OK;
    case RULE_LOG_LIMIT:
    case RULE_LOG_STOPPED:
        t->base.is_partial = true;
        diag_report(t->diag, event->rule, where, "'%.*s'",
                    STR_ARG(t->work.log->list[event->by].name));
        if (event->rule == RULE_LOG_STOPPED)
            return STATUS_OK;
        break;
    default:
        diag_report(t->diag, event->rule, where, NULL);
        break;
    }
    t->no_memory |= !rowset_reject(&t->base, event->rule, where.line, where.offset);
    return STATUS_OK;
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

static void take_left(struct text_log *t, const struct log_left *from, struct row_left_out *left)
{
    size_t i;

    for (i = 0; i < from->first_count && left->first_count < LEFT_OUT_FIRST; i++) {
        left->lines[left->first_count] = t->line + from->places[i].line;
        left->offsets[left->first_count] = t->offset + from->places[i].offset;
        left->texts[left->first_count++] = beginning(t, from->texts[i]);
    }
    left->n += from->n;
    t->base.counts.left_out += from->n;
}

/* Nothing that rests on one of two answers can be used. */
static void tell_difference(const struct text_log *t, struct log_place place)
{
    struct where where = where_of(t, place);
    char text[512];

    snprintf(text, sizeof text, "two ways of matching differ on the entry at line %llu of %.*s",
             (unsigned long long)where.line, STR_ARG(where.source));
    bug_differs(text);
}

/* In the order of the source. */
static enum status settle(struct text_log *t, struct log_chunk *chunk)
{
    enum status status = STATUS_OK;
    size_t i;

    if (!chunk->no_memory && !is_as_in_order(t, chunk))
        scan_in_order(t, chunk);
    if (chunk->no_memory)
        return diag_no_memory(t->diag);
    if (chunk->differs)
        tell_difference(t, chunk->difference);
    t->base.counts.read += chunk->read;
    for (i = 0; i < chunk->event_count && status == STATUS_OK; i++)
        status = take_event(t, &chunk->events[i]);
    t->no_memory |= !log_counts_join(&t->counts, &chunk->counts, t->line, t->offset);
    for (i = 0; i < LEFT_REASONS; i++)
        take_left(t, &chunk->left[i], &t->left[i]);
    chunk_rows_place(&chunk->rows, t->line, t->offset);
    t->line += chunk->lines;
    t->offset += chunk->stored;
    t->chunk = chunk;
    return status;
}

/* --- the end --- */

static void say_end(struct text_log *t)
{
    const struct row_left_out *left = &t->left[LEFT_BY_NOBODY];
    struct where first = {t->work.source_name, left->lines[0], 0, left->offsets[0]};

    if (left->n == 0)
        return;
    diag_report(t->diag, t->counts.matched ? RULE_LOG_NO_RULE : RULE_LOG_NO_MATCH, first,
                "%llu of %llu, this one first: '%.*s'", (unsigned long long)left->n,
                (unsigned long long)t->base.counts.read, STR_ARG(left->texts[0]));
}

static void name_dialect(struct text_log *t)
{
    const struct transcoder *text = &t->entries.window.text;
    int len = snprintf(t->dialect, sizeof t->dialect, "%s, %s%s", transcode_encoding_name(text),
                       t->has_crlf ? "CRLF" : "LF",
                       t->entries.boundary.rules ? ", entries of several lines" : "");

    t->base.dialect = (struct str){t->dialect, (size_t)len};
}

/* No piece is worked on any more. */
static void take_times(struct text_log *t)
{
    size_t i;

    for (i = 0; i < t->counts.count; i++)
        t->counts.list[i].spent = log_work_spent(&t->work, i);
    t->base.boundary_spent = log_work_boundary_spent(&t->work);
}

/* --- rows --- */

static struct row_batch next_rows(struct text_log *t)
{
    return t->chunk ? chunk_rows_next(&t->chunk->rows, t->case_only)
                     : (struct row_batch){.width = t->work.width};
}

static enum status text_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct text_log *t = (struct text_log *)rowset;
    struct row_batch batch = next_rows(t);
    enum status status = STATUS_OK;
    struct chunk *chunk = NULL;
    bool is_loaded = false;

    while (status == STATUS_OK && !is_loaded && batch.count == 0 &&
           rowset->reject_count < ROW_BATCH) {
        t->chunk = NULL;
        status = chunk_queue_next(&t->queue, t->diag, &chunk);
        is_loaded = status == STATUS_OK && !chunk;
        if (chunk) {
            status = settle(t, (struct log_chunk *)chunk);
            batch = next_rows(t);
        } else if (status == STATUS_END) {
            name_dialect(t);
            take_times(t);
            say_end(t);
        }
        /* what is said of entries is a part of the result */
        if (status >= 0 && (t->no_memory || t->diag->lost))
            return diag_no_memory(t->diag);
    }
    if (status == STATUS_OK)
        *ret_batch = batch;
    return status;
}

/* --- opening --- */

static enum status compile(struct text_log *t, const struct reader_options *options)
{
    unsigned flags = options->no_jit ? (unsigned)REGEX_NO_JIT : 0;
    struct regex_error error;
    size_t wrong;
    enum status status;
    size_t i;

    t->patterns = mem_alloc(t->work.log->count, sizeof *t->patterns);
    if (!t->patterns)
        return diag_no_memory(t->diag);
    for (i = 0; i < t->work.log->count; i++)
        t->patterns[i] = (struct rule_pattern){t->work.log->list[i].pattern, flags};
    status = rules_new(t->patterns, t->work.log->count, &t->work.rules, &wrong, &error);
    t->work.checked = options->self_check ? t->patterns : NULL;
    BUG_IF(status == STATUS_INVALID); /* the plan has checked them */
    return status == STATUS_OK ? STATUS_OK : diag_no_memory(t->diag);
}

static enum status find_columns(struct text_log *t, const struct column_want *wants,
                                size_t want_count)
{
    size_t w;

    t->work.columns = log_columns_new(t->work.log, t->work.rules, wants, want_count);
    if (!t->work.columns)
        return diag_no_memory(t->diag);
    t->base.columns = log_columns_names(t->work.columns, &t->base.column_count);
    for (w = 0; w < want_count; w++) {
        t->base.found[w] = log_columns_has(t->work.columns, w);
        if (t->base.found[w] || !wants[w].required)
            continue;
        diag_report(t->diag, RULE_LOG_COLUMN_MISSING, (struct where){t->work.source_name, 0, 0, 0},
                    "'%.*s'", STR_ARG(wants[w].names[0]));
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
        return file_kind_refuse(kind, t->work.source_name, "a log of text lines", t->diag);
    if (head.len == 0)
        diag_report(t->diag, RULE_SOURCE_EMPTY, (struct where){t->work.source_name, 0, 0, 0},
                    NULL);
    t->offset = window->text.skipped;
    return STATUS_OK;
}

static enum status start(struct text_log *t, struct source *source,
                         const struct reader_options *options, const struct column_want *wants,
                         size_t want_count)
{
    enum status status = log_entries_open(&t->entries, source, options, t->diag);

    if (status == STATUS_OK)
        status = compile(t, options);
    if (status != STATUS_OK)
        return status;
    t->work.width = want_count;
    t->base.found = mem_alloc(want_count + 1, sizeof *t->base.found);
    if (!t->base.found || !log_counts_init(&t->counts, t->work.log, t->work.rules))
        return diag_no_memory(t->diag);
    t->left[LEFT_BY_NOBODY].reason = LOG_REASON_NO_RULE;
    t->left[LEFT_BY_RULE].reason = LOG_REASON_BY_RULE;
    t->base.left_out = t->left;
    t->base.left_out_count = LEFT_REASONS;
    t->base.rules = t->counts.list;
    t->base.rule_count = t->work.log->count;
    status = find_columns(t, wants, want_count);
    t->base.tells_places = status == STATUS_OK && log_columns_want_place(t->work.columns);
    return status == STATUS_OK ? look_at_start(t) : status;
}

static void text_close(struct rowset *rowset)
{
    struct text_log *t = (struct text_log *)rowset;

    chunk_queue_done(&t->queue);
    log_work_done(&t->work);
    rules_free(t->work.rules);
    log_columns_free(t->work.columns);
    log_entries_close(&t->entries);
    arena_done(&t->texts);
    rowset_free_rejects(&t->base);
    mem_free(t->base.found);
    mem_free(t->patterns);
    log_counts_done(&t->counts);
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
    t->work.source_name = source_name(source);
    t->work.place_name = options->name.ptr ? options->name : t->work.source_name;
    t->work.log = options->log;
    t->work.boundary = &t->entries.boundary;
    t->line = t->cut_line = 1;
    chunk_queue_init(&t->queue, &text_chunks, t, &t->entries.window, options->pool);
    arena_init(&t->texts);
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
