/*
 * JSON lines: a row for each line that is an object.
 *
 * Whatever is wrong with a line concerns that line: it is refused with its place, and reading goes
 * on with the next one. Empty lines are none. A record separator in front of a line (RFC 7464) does
 * not count.
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
#include "base/limits.h"
#include "base/mem.h"
#include "reader/json_rows.h"

static const char RECORD_SEPARATOR = '\x1e';

static void refuse(struct object_rows *rows, enum rule rule, const char *at, const char *text)
{
    const struct flaw flaw = {rule, at, text};

    rows_refuse(rows, &flaw);
}

/* The object that the line is. */
static enum status take_object(struct object_rows *rows, struct str line, struct row_batch *batch)
{
    struct tokens *tokens = &rows->reader.tokens;
    size_t len;

    switch (object_read(&rows->reader, line, /* is_last= */ true, rows_cells(rows, batch), &len)) {
    case OBJECT_OK:
        if (token_blanks(tokens))
            refuse(rows, RULE_JSON_SYNTAX, tokens->at, "the object has ended");
        else
            rows_take(rows, batch);
        return STATUS_OK;
    case OBJECT_FLAWED:
        rows_refuse(rows, &tokens->flaw);
        return STATUS_OK;
    case OBJECT_NO_MEMORY:
        return diag_no_memory(rows->diag);
    default:
        rows_refuse(rows, &tokens->fault);
        return STATUS_OK;
    }
}

static enum status take_line(struct object_rows *rows, struct str line, bool is_cut,
                             struct row_batch *batch)
{
    struct str text = line;

    if (text.len && text.ptr[0] == RECORD_SEPARATOR)
        text = (struct str){text.ptr + 1, text.len - 1};
    while (text.len && token_is_blank(text.ptr[0]))
        text = (struct str){text.ptr + 1, text.len - 1};
    if (text.len == 0)
        return STATUS_OK;
    if (is_cut)
        refuse(rows, RULE_JSON_CUT, text.ptr, NULL);
    else if (text.ptr[0] != '{')
        refuse(rows, RULE_JSON_NO_OBJECT, text.ptr, NULL);
    else
        return take_object(rows, text, batch);
    return STATUS_OK;
}

/* A line without an end that is at hand. *ret_more: it needs more text. */
static void pass_long(struct object_rows *rows, struct str rest, bool *ret_more)
{
    if (!rows->is_passing && rest.len <= JSON_ROW_BYTES) {
        *ret_more = true;
        return;
    }
    if (!rows->is_passing)
        refuse(rows, RULE_JSON_TOO_LARGE, rest.ptr, "a line of more than 16 MiB");
    rows->is_passing = true;
    *ret_more = rest.len == 0;
    rows_pass(rows, rest.len);
}

/* One line from what is at hand. */
static enum status step(struct object_rows *rows, struct row_batch *batch, bool *ret_more)
{
    struct str rest = window_rest(&rows->window);
    const char *newline = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;
    struct str line = {rest.ptr, newline ? (size_t)(newline - rest.ptr) : rest.len};
    enum status status = STATUS_OK;

    *ret_more = false;
    if (!newline && (rest.len == 0 || !rows->window.is_last)) {
        pass_long(rows, rest, ret_more);
        return STATUS_OK;
    }
    if (rows->is_passing)
        rows->is_passing = false;
    else if (line.len > JSON_ROW_BYTES)
        refuse(rows, RULE_JSON_TOO_LARGE, line.ptr, "a line of more than 16 MiB");
    else
        status = take_line(rows, line, !newline && source_is_truncated(rows->source), batch);
    window_skip(&rows->window, line.len + (newline != NULL), newline != NULL);
    rows->column = 0;
    return status;
}

static enum status lines_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct object_rows *rows = (struct object_rows *)rowset;
    struct row_batch batch = rows_begin(rows);

    while (!rows_is_full(rows, &batch)) {
        bool more;
        enum status status = step(rows, &batch, &more);

        if (status == STATUS_OK && rows->no_memory)
            status = diag_no_memory(rows->diag);
        if (status != STATUS_OK)
            return status;
        if (!more)
            continue;
        /* cells point into the text at hand: it must stay until the batch was used */
        if (batch.count || rows->window.is_last)
            break;
        status = rows_load(rows);
        if (status != STATUS_OK)
            return status;
    }
    *ret_batch = batch;
    return batch.count || rows_is_full(rows, &batch) ? STATUS_OK : STATUS_END;
}

static enum status lines_open(struct source *source, const struct reader_options *options,
                              const struct column_want *wants, size_t want_count,
                              struct diag *diag, struct rowset **ret_rowset)
{
    struct object_rows *rows = NULL;
    enum status status =
        rows_open(source, options, wants, want_count, "JSON lines", diag, &rows);

    if (status != STATUS_OK)
        return status;
    rows->base.kind = &reader_json_lines;
    *ret_rowset = &rows->base;
    return STATUS_OK;
}

static void lines_close(struct rowset *rowset)
{
    rows_close((struct object_rows *)rowset);
}

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
