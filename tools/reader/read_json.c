/*
 * JSON documents: a row for each object that stands at the top, in an array at the top, or where
 * the source map says that the rows are, in one document or in several behind each other. Rows that
 * were taken out of their pages, and stand where pages might, are rows as well.
 *
 * No document is held as a whole: rows are taken one by one as the text goes by. A row whose end is
 * known is refused alone; where the grammar is broken nobody can say what belongs to what, and
 * reading ends. Why the grammar is read here and not by a library is told in read_json_lines.c.
 *
 * One thread reads a document, whatever threads there are. JSON lines can be cut unread, for a line
 * end is a line end wherever reading begins; but where an element of an array ends, and whether a
 * brace is one or stands in a string, is only known to whoever has read all before it.
 */
#include "base/limits.h"
#include "base/mem.h"
#include "reader/file_kind.h"
#include "reader/json_rows.h"

static enum status broken(struct object_rows *rows, const struct flaw *fault)
{
    diag_report(rows->in.diag, RULE_JSON_BROKEN, rows_where(rows, fault->at), "%s",
                fault->text ? fault->text : rule_info(fault->rule)->message);
    return STATUS_INVALID;
}

/* The data end where a document is open. */
static enum status end_early(struct object_rows *rows, const struct flaw *fault)
{
    struct str rest = window_rest(&rows->in.window);
    const struct flaw cut = {RULE_JSON_CUT, rest.ptr, NULL};
    const struct flaw open = {RULE_JSON_CUT, rest.ptr, "the data end inside a document"};

    if (!source_is_truncated(rows->in.source))
        return broken(rows, fault && fault->rule != RULE_COUNT ? fault : &open);
    if (fault) /* inside of a row */
        rows_refuse(rows, &cut);
    rows_pass(rows, rest.len);
    return STATUS_END;
}

static enum status take_object(struct object_rows *rows, struct row_batch *batch, bool *ret_more)
{
    struct tokens *tokens = &rows->reader.tokens;
    struct str rest = window_rest(&rows->in.window);
    const struct flaw large = {RULE_JSON_TOO_LARGE, rest.ptr, "a row of more than 16 MiB"};
    size_t len;

    switch (object_read(&rows->reader, rest, rows->in.window.is_last, rows_cells(rows, batch),
                        &len)) {
    case OBJECT_OK:
        rows_take(rows, batch);
        break;
    case OBJECT_FLAWED:
        rows_refuse(rows, &tokens->flaw);
        break;
    case OBJECT_MORE:
        if (rest.len > JSON_ROW_BYTES) {
            rows_refuse(rows, &large);
            walk_skip(&rows->walk);
            return STATUS_OK;
        }
        if (rows->in.window.is_last)
            return end_early(rows, &tokens->fault);
        *ret_more = true;
        return STATUS_OK;
    case OBJECT_NO_MEMORY:
        return diag_no_memory(rows->in.diag);
    default:
        return broken(rows, &tokens->fault);
    }
    rows_pass(rows, len);
    walk_passed(&rows->walk);
    return STATUS_OK;
}

static enum status take_more(struct object_rows *rows, bool *ret_more)
{
    struct str rest = window_rest(&rows->in.window);
    const struct flaw large = {RULE_JSON_TOO_LARGE, rest.ptr, "a string of more than 16 MiB"};

    if (rest.len > JSON_ROW_BYTES)
        return broken(rows, &large);
    if (!rows->in.window.is_last) {
        *ret_more = true;
        return STATUS_OK;
    }
    return walk_is_between(&rows->walk) && rest.len == 0 ? STATUS_END : end_early(rows, NULL);
}

static void refuse_page(struct object_rows *rows)
{
    rows->in.base.counts.read++;
    diag_report(rows->in.diag, RULE_JSON_NO_ROWS,
                (struct where){rows->in.source_name, rows->page_line, rows->page_column,
                               rows->page_offset}, NULL);
    if (!rowset_reject(&rows->in.base, RULE_JSON_NO_ROWS, rows->page_line, rows->page_offset))
        rows->no_memory = true;
}

/* An object where a page may stand. */
static enum status begin_page(struct object_rows *rows, struct row_batch *batch, bool *ret_more)
{
    struct str rest = window_rest(&rows->in.window);

    switch (page_form_look(rows->page_form, rest)) {
    case PAGE_NO_MEMORY:
        return diag_no_memory(rows->in.diag);
    case PAGE_MORE:
        if (rows->in.window.is_last || rest.len > JSON_ROW_BYTES)
            break;
        walk_again(&rows->walk);
        *ret_more = true;
        return STATUS_OK;
    case PAGE_IS_ROW:
        walk_again(&rows->walk);
        return take_object(rows, batch, ret_more);
    default:
        break;
    }
    rows->page_line = rows->in.window.line;
    rows->page_column = rows->column + 1;
    rows->page_offset = rows->in.window.offset;
    return STATUS_OK;
}

/* One thing of what is at hand. */
static enum status step(struct object_rows *rows, struct row_batch *batch, bool *ret_more)
{
    struct str rest = window_rest(&rows->in.window);
    struct flaw flaw = {RULE_JSON_NO_OBJECT, NULL, NULL};
    struct tokens tokens;
    enum walk_event event;

    *ret_more = false;
    tokens_begin(&tokens, rest, rows->in.window.is_last);
    event = walk_next(&rows->walk, &tokens);
    if (event == WALK_BAD)
        return broken(rows, &tokens.fault);
    rows_pass(rows, (size_t)(tokens.at - rest.ptr));
    switch (event) {
    case WALK_ROW:
        return take_object(rows, batch, ret_more);
    case WALK_NOT_ROW:
        flaw.at = tokens.at;
        rows_refuse(rows, &flaw);
        return STATUS_OK;
    case WALK_PAGE:
        return begin_page(rows, batch, ret_more);
    case WALK_NO_ROWS:
        refuse_page(rows);
        return STATUS_OK;
    case WALK_MORE:
        return take_more(rows, ret_more);
    default:
        return diag_no_memory(rows->in.diag);
    }
}

static enum status json_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct object_rows *rows = (struct object_rows *)rowset;
    struct row_batch batch = rows_begin(rows);
    enum status status = rows->status;

    while (status == STATUS_OK && !rows_is_full(rows, &batch)) {
        bool more;

        status = step(rows, &batch, &more);
        if (status >= 0 && rows->no_memory)
            status = diag_no_memory(rows->in.diag);
        if (status != STATUS_OK || !more)
            continue;
        /* cells point into the text at hand: it must stay until the batch was used */
        if (batch.count)
            break;
        status = rows_load(rows);
    }
    if (status < 0 && batch.count == 0)
        return status;
    rows->status = status; /* once the rows before it were used */
    *ret_batch = batch;
    return batch.count || rows_is_full(rows, &batch) ? STATUS_OK : STATUS_END;
}

static enum status start_walk(struct object_rows *rows, const struct reader_options *options,
                              const struct column_want *wants, size_t want_count)
{
    const struct column_want want = {options->rows, options->row_count, false};

    if (options->row_count) {
        rows->row_paths = paths_new(&want, 1);
        rows->page_form = page_form_new(&want, wants, want_count);
        if (!rows->row_paths || !rows->page_form)
            return diag_no_memory(rows->in.diag);
    }
    return walk_init(&rows->walk, rows->row_paths) ? STATUS_OK : diag_no_memory(rows->in.diag);
}

static enum status json_open(struct source *source, const struct reader_options *options,
                             const struct column_want *wants, size_t want_count,
                             struct diag *diag, struct rowset **ret_rowset)
{
    struct object_rows *rows = NULL;
    enum status status = rows_open(source, options, wants, want_count, diag, &rows);

    if (status == STATUS_OK)
        status = start_walk(rows, options, wants, want_count);
    if (status != STATUS_OK) {
        if (rows)
            rows_close(rows);
        return status;
    }
    rows->in.base.kind = &reader_json;
    *ret_rowset = &rows->in.base;
    return STATUS_OK;
}

static void json_close(struct rowset *rowset)
{
    rows_close((struct object_rows *)rowset);
}

static unsigned json_bid(struct str head)
{
    return file_kind_is_json(head) ? 16 : 0;
}

const struct reader_kind reader_json = {
    .name = "json",
    .bid = json_bid,
    .open = json_open,
    .next = json_next,
    .close = json_close,
};
