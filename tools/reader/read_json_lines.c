/*
 * JSON lines: a row for each line that is an object.
 *
 * Whatever is wrong with a line concerns that line: it is refused with its place, and reading goes
 * on with the next one. Empty lines are none. A record separator in front of a line (RFC 7464) does
 * not count. A line needs none of those before it, so that several threads may read pieces of whole
 * lines; what they find is taken in the order of the source.
 *
 * The grammar is read here because no packaged library does what a row asks for, and none that C can
 * call is as quick; `make bench BENCH='--only json'` measures them. Of those that check the grammar
 * yajl is quickest (0.43 GB/s, where this reader with all that becomes of its rows does 0.9), before
 * cJSON (0.27), laxjson, json-parser, json-c, libfastjson and jansson (0.05). yajl accepts bytes that
 * are no UTF-8, turns half surrogate pairs into question marks, and has none of a value's place;
 * cJSON has numbers as doubles only; jansson, the strictest, refuses integers of more than 64 bits.
 * All accept a name twice, and none gives a number as it is written together with where it stands.
 * jsmn (0.65) finds tokens without asking for a grammar. simdjson (1.6) has no interface for C.
 */
#include <string.h>

#include "base/mem.h"
#include "reader/json_chunk.h"
#include "reader/utf8_scan.h"

struct object_lines {
    struct object_input in;
    struct lines_work work;
    struct chunk_queue queue;
    size_t known;    /* bytes at hand without a line end */
    bool is_passing; /* what is cut next is the rest of a line that is too long */

    /* the piece whose rows are given */
    struct lines_chunk *chunk;
    uint64_t line; /* behind the piece */
    uint64_t offset;
    bool no_memory;
    bool case_only[ROW_BATCH];
};

/* --- cutting --- */

static struct chunk *lines_new_chunk(void *reader)
{
    const struct object_lines *j = reader;
    struct lines_chunk *chunk = lines_chunk_new(&j->work);

    return chunk ? &chunk->base : NULL;
}

static void lines_free_chunk(struct chunk *chunk)
{
    lines_chunk_free((struct lines_chunk *)chunk);
}

static void lines_loaded(void *reader)
{
    (void)reader; /* what was known to have no line end still has none */
}

/* Behind the last line end of a piece of usual size, else behind the next one; 0: there is none. */
static size_t whole_lines(const struct object_lines *j, struct str rest)
{
    size_t len = rest.len < CHUNK_BYTES ? rest.len : CHUNK_BYTES;
    const char *newline;

    for (; len > j->known; len--)
        if (rest.ptr[len - 1] == '\n')
            return len;
    len = j->known > CHUNK_BYTES ? j->known : CHUNK_BYTES;
    newline = rest.len > len ? memchr(rest.ptr + len, '\n', rest.len - len) : NULL;
    return newline ? (size_t)(newline + 1 - rest.ptr) : 0;
}

/* The next piece; 0: it needs more text. */
static size_t find_piece(struct object_lines *j, struct str rest, enum lines_form *ret_form)
{
    size_t len = rest.len ? whole_lines(j, rest) : 0;

    *ret_form = j->is_passing ? LINES_PASSED : LINES_WHOLE;
    j->known = len ? 0 : rest.len;
    if (j->is_passing) {
        const char *newline = len ? memchr(rest.ptr, '\n', len) : NULL;

        j->is_passing = !newline;
        j->known = 0;
        return newline ? (size_t)(newline + 1 - rest.ptr) : rest.len;
    }
    if (len || rest.len == 0)
        return len;
    if (j->in.window.is_last)
        return rest.len;
    if (rest.len <= JSON_ROW_BYTES)
        return 0;
    j->known = 0;
    j->is_passing = true;
    *ret_form = LINES_LONG;
    return rest.len;
}

static bool lines_cut(void *reader, struct chunk *base)
{
    struct object_lines *j = reader;
    struct lines_chunk *chunk = (struct lines_chunk *)base;
    struct window *window = &j->in.window;
    struct str rest = window_rest(window);

    rest.len = find_piece(j, rest, &chunk->form);
    if (rest.len == 0)
        return false;
    base->text = rest;
    chunk->encoding = window->text.encoding;
    chunk->is_cut = window->is_last && source_is_truncated(j->in.source);
    lines_chunk_begin(chunk);
    window_skip(window, rest.len, 0);
    return true;
}

static bool lines_has_failed(const void *reader)
{
    (void)reader; /* cutting takes no memory */
    return false;
}

static void lines_scan(struct chunk *chunk, unsigned lane)
{
    lines_chunk_scan((struct lines_chunk *)chunk, lane);
}

static const struct chunk_kind lines_chunks = {
    .new_chunk = lines_new_chunk,
    .free_chunk = lines_free_chunk,
    .loaded = lines_loaded,
    .cut = lines_cut,
    .has_failed = lines_has_failed,
    .work = lines_scan,
};

/* --- what a piece tells --- */

static void refuse(struct object_lines *j, const struct lines_chunk *chunk,
                   const struct lines_event *event)
{
    const struct flaw *flaw = &event->flaw;
    struct diag *diag = j->in.diag;
    uint64_t line = j->line + event->line;
    uint64_t offset = j->offset + event->offset;
    struct where where = {j->in.source_name, 0, 0, 0};

    /* a place that nobody will see takes time to find */
    if (diag->by_rule[flaw->rule] < diag->kept_most) {
        struct str before = {event->start, (size_t)(flaw->at - event->start)};

        where.line = line;
        where.column = 1 + utf8_characters(before);
        where.offset = offset + encoding_stored_len(chunk->encoding, before);
    }
    j->in.base.counts.read++;
    diag_report(diag, flaw->rule, where, flaw->text ? "%s" : NULL, flaw->text);
    j->no_memory |= !rowset_reject(&j->in.base, flaw->rule, line, offset);
}

static void take_event(struct object_lines *j, const struct lines_chunk *chunk,
                       const struct lines_event *event)
{
    if (event->flaw.at)
        refuse(j, chunk, event);
    else
        diag_report(j->in.diag, event->flaw.rule,
                    (struct where){j->in.source_name, j->line + event->line, 0,
                                   j->offset + event->offset}, NULL);
}

/* In the order of the source. */
static enum status settle(struct object_lines *j, struct lines_chunk *chunk)
{
    size_t i;

    if (chunk->no_memory)
        return diag_no_memory(j->in.diag);
    for (i = 0; i < chunk->event_count; i++)
        take_event(j, chunk, &chunk->events[i]);
    chunk_rows_place(&chunk->rows, j->line, j->offset);
    for (i = 0; i < j->in.width; i++)
        j->in.base.found[i] |= chunk->found[i];
    j->in.base.counts.read += chunk->rows.count;
    j->line += chunk->lines;
    j->offset += chunk->stored;
    j->chunk = chunk;
    return j->no_memory ? diag_no_memory(j->in.diag) : STATUS_OK;
}

/* --- rows --- */

static struct row_batch next_rows(struct object_lines *j)
{
    return j->chunk ? chunk_rows_next(&j->chunk->rows, j->case_only)
                     : (struct row_batch){.width = j->in.width};
}

static enum status lines_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct object_lines *j = (struct object_lines *)rowset;
    struct row_batch batch = next_rows(j);
    enum status status = STATUS_OK;
    struct chunk *chunk = NULL;

    while (status == STATUS_OK && batch.count == 0 && rowset->reject_count < ROW_BATCH) {
        j->chunk = NULL;
        status = chunk_queue_next(&j->queue, j->in.diag, &chunk);
        if (!chunk)
            continue;
        status = settle(j, (struct lines_chunk *)chunk);
        batch = next_rows(j);
    }
    if (status == STATUS_OK)
        *ret_batch = batch;
    return status;
}

/* --- opening --- */

static void lines_close(struct rowset *rowset)
{
    struct object_lines *j = (struct object_lines *)rowset;

    chunk_queue_done(&j->queue);
    lines_work_done(&j->work);
    input_close(&j->in);
    mem_free(j);
}

static enum status lines_open(struct source *source, const struct reader_options *options,
                              const struct column_want *wants, size_t want_count,
                              struct diag *diag, struct rowset **ret_rowset)
{
    struct object_lines *j = mem_alloc(1, sizeof *j);
    enum status status;

    if (!j)
        return diag_no_memory(diag);
    j->in.base.kind = &reader_json_lines;
    chunk_queue_init(&j->queue, &lines_chunks, j, &j->in.window, options->pool);
    status = input_open(&j->in, source, options, wants, want_count, "JSON lines", diag);
    j->work.paths = j->in.paths;
    j->work.width = want_count;
    j->work.has_byte_arrays = options->has_byte_arrays;
    if (status == STATUS_OK && !lines_work_lanes(&j->work, chunk_queue_lanes(&j->queue)))
        status = diag_no_memory(diag);
    if (status != STATUS_OK) {
        lines_close(&j->in.base);
        return status;
    }
    if (j->work.lane_count == 1)
        j->in.seen = lines_work_tree(&j->work, 0);
    j->line = j->in.window.line;
    j->offset = j->in.window.offset;
    *ret_rowset = &j->in.base;
    return STATUS_OK;
}

/* --- bidding --- */

/* The line is an object from its first brace to its last one, as far as braces tell. */
static bool is_closed(struct str line)
{
    struct tokens tokens;
    unsigned depth = 0;

    tokens_begin(&tokens, line, /* is_last= */ true);
    for (; tokens.at < tokens.end; tokens.at++) {
        char c = *tokens.at;
        struct str name;
        bool has_escape;

        depth += c == '{' || c == '[';
        depth -= (c == '}' || c == ']') && depth > 0;
        if (depth == 0)
            return tokens.at + 1 == tokens.end;
        if (c != '"')
            continue;
        tokens.at++;
        if (token_string(&tokens, &name, &has_escape) != TOKEN_OK)
            return false;
        tokens.at--;
    }
    return false;
}

/* Only where objects are lines the first line is a whole one. */
static unsigned lines_bid(struct str head)
{
    const char *newline;

    if (str_starts(head, "\xef\xbb\xbf"))
        head = (struct str){head.ptr + 3, head.len - 3};
    head = str_trim(head);
    newline = head.len ? memchr(head.ptr, '\n', head.len) : NULL;
    if (newline)
        head.len = (size_t)(newline - head.ptr);
    return head.len && head.ptr[0] == '{' && is_closed(str_trim(head)) ? 32 : 0;
}

const struct reader_kind reader_json_lines = {
    .name = "json-lines",
    .bid = lines_bid,
    .open = lines_open,
    .next = lines_next,
    .close = lines_close,
};
