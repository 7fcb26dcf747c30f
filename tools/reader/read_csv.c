#include "reader/csv_state.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "reader/csv_dialect.h"
#include "reader/csv_header.h"
#include "reader/file_kind.h"
#include "reader/reader_table.h"

/* Text to judge the dialect by. */
enum { SAMPLE = 1 << 16 };

/* --- rows --- */

/* The value in the batch's own memory. False: out of memory. */
static bool undouble(struct csv *csv, struct str value, struct str *ret_cell)
{
    char *room;

    /* all cells of a batch lie in the buffer, each as often as its column is wanted */
    if (csv->scratch_len == 0 && csv->scratch_size < csv->buffer.len) {
        char *larger = mem_alloc(csv->buffer.len, csv->present_count);

        if (!larger)
            return false;
        mem_free(csv->scratch);
        csv->scratch = larger;
        csv->scratch_size = csv->buffer.len;
    }
    room = csv->scratch + csv->scratch_len;
    *ret_cell = (struct str){room, field_undouble(value, room)};
    csv->scratch_len += ret_cell->len;
    return true;
}

static bool put_cell(struct csv *csv, struct str cell, struct str *ret_cell)
{
    bool has_doubled;

    *ret_cell = field_value(cell, &has_doubled);
    return !has_doubled || undouble(csv, *ret_cell, ret_cell);
}

/* The record at the front of the buffer becomes a row of the batch, a reject, or nothing. */
static bool take_record(struct csv *csv, const struct record *record, struct row_batch *batch)
{
    struct str text = {csv->buffer.data + csv->buffer.at, record->text_end};
    struct str *row = batch->cells + batch->count * batch->width;
    size_t i;

    if (text.len == 0 && record->cell_count == 1)
        return true; /* a blank line is no row */
    csv->base.counts.read++;
    if (!record->has_line_end && source_is_truncated(csv->source)) {
        refuse_row(csv, RULE_CSV_CUT, 0, NULL);
        return true;
    }
    if (refuse_bytes(csv, text))
        return true;
    if (record->cell_count != csv->width) {
        refuse_ragged(csv, record->cell_count,
                      record->cell_count > csv->width ? csv->cells[csv->width].start : text.len);
        return true;
    }
    for (i = 0; i < csv->present_count; i++) {
        const struct delimited_cell *cell = &csv->cells[csv->columns[csv->present[i]]];

        if (!put_cell(csv, (struct str){text.ptr + cell->start, cell->len}, &row[csv->present[i]]))
            return false;
    }
    batch->lines[batch->count] = csv->buffer.line;
    batch->offsets[batch->count] = csv->buffer.offset;
    batch->count++;
    return true;
}

/* Cells of a row of the scan: cell c begins at starts[c]. */
static bool take_cells(struct csv *csv, const char *text, const uint32_t *starts, size_t text_end,
                       struct str *row)
{
    size_t i;

    for (i = 0; i < csv->present_count; i++) {
        size_t w = csv->present[i];
        size_t column = csv->columns[w];
        size_t start = starts[column];
        size_t end = column + 1 == csv->width ? text_end : starts[column + 1] - 1;

        row[w] = (struct str){text + start, end - start};
        if (text[start] == '"' && end > start && !put_cell(csv, row[w], &row[w]))
            return false;
    }
    return true;
}

/* As take_record, for a row of the scan: the same checks in the same order. */
static inline bool take_scanned(struct csv *csv, const char *text, const uint32_t *starts,
                                size_t count, struct row_batch *batch)
{
    size_t start = starts[0];
    size_t last_start = starts[count - 1];
    size_t end = starts[count] - 1;

    if (csv->syntax.newline == '\n' && end > last_start && text[end - 1] == '\r')
        end--;
    if (end == start && count == 1)
        return true;
    csv->base.counts.read++;
    if (csv->scan->has_odd && refuse_bytes(csv, (struct str){text + start, end - start}))
        return true;
    if (count != csv->width) {
        refuse_ragged(csv, count, (count > csv->width ? starts[csv->width] : end) - start);
        return true;
    }
    if (!take_cells(csv, text, starts, end, batch->cells + batch->count * batch->width))
        return false;
    batch->lines[batch->count] = csv->buffer.line;
    batch->offsets[batch->count] = csv->buffer.offset;
    batch->count++;
    return true;
}

static bool is_full(const struct csv *csv, const struct row_batch *batch)
{
    return batch->count == ROW_BATCH || csv->base.reject_count >= ROW_BATCH;
}

/* Rows of the scan at hand into the batch. False: out of memory. */
static bool take_scan(struct csv *csv, struct row_batch *batch)
{
    struct window *buffer = &csv->buffer;
    const struct row_scan *scan = csv->scan;
    const char *text = buffer->data + csv->scan_start;
    bool is_plain = transcode_is_plain(&buffer->text);

    for (; csv->scan_row < scan->row_count && !is_full(csv, batch); csv->scan_row++) {
        size_t first = csv->scan_row ? scan->rows[csv->scan_row - 1] + 1u : 0;
        const uint32_t *starts = scan->starts + first;
        size_t count = scan->rows[csv->scan_row] - first + 1;
        size_t len;

        if (!take_scanned(csv, text, starts, count, batch))
            return false;
        len = csv->scan_start + starts[count] - buffer->at;
        buffer->offset +=
            is_plain
                ? len
                : transcode_stored_len(&buffer->text, (struct str){buffer->data + buffer->at, len});
        buffer->at += len;
        buffer->line++;
        while (csv->scan_inner < scan->inner_count &&
               scan->inner[csv->scan_inner] < starts[count]) {
            csv->scan_inner++;
            buffer->line++;
        }
    }
    return true;
}

void delimited_hold_scan(struct csv *csv)
{
    row_scan_find_rows(csv->scan, csv->buffer.data + csv->buffer.at);
    csv->scan_start = csv->buffer.at;
    csv->scan_row = csv->scan_inner = 0;
}

/* What may be read. */
static struct str text_at_hand(const struct csv *csv)
{
    struct str rest = window_rest(&csv->buffer);

    if (csv->limit)
        rest.len = csv->limit > csv->buffer.at ? csv->limit - csv->buffer.at : 0;
    return rest;
}

/* Looks for regular rows from here on; false when the next record is none. */
static bool find_rows(struct csv *csv)
{
    row_scan_run(csv->scan, text_at_hand(csv));
    delimited_hold_scan(csv);
    csv->is_uneven = false;
    return csv->scan->row_count > 0;
}

static void name_dialect(struct csv *csv)
{
    const char *name = delimiter_name(csv->syntax.delimiter);
    char own[8];
    int len;

    snprintf(own, sizeof own, "'%c'", csv->syntax.delimiter);
    len = snprintf(csv->dialect, sizeof csv->dialect, "%s, %s%s, %s",
                   csv->width < 2 ? "one column"
                   : name         ? name
                                  : own,
                   transcode_encoding_name(&csv->buffer.text),
                   csv->buffer.text.has_bom ? " with byte order mark" : "", csv->line_ends);
    csv->base.dialect = (struct str){csv->dialect, len > 0 ? (size_t)len : 0};
}

enum status delimited_load(struct csv *csv)
{
    enum status status = window_load(&csv->buffer, csv->diag);

    name_dialect(csv); /* the encoding may only be known now */
    return status;
}

/* One record from what is at hand. *ret_more: it needs more text. */
static enum status step(struct csv *csv, struct row_batch *batch, bool *ret_more)
{
    struct window *buffer = &csv->buffer;
    struct str rest = text_at_hand(csv);
    bool is_last = buffer->is_last && !csv->limit;
    enum record_state state;
    struct record record;

    *ret_more = false;
    if (csv->skipping || rest.len == 0) {
        *ret_more = rest.len == 0 || !skip_line(csv);
        return STATUS_OK;
    }
    state = fields_read(&csv->syntax, rest, is_last, csv->cells, csv->width + 1, &record);
    if (state == RECORD_UNCLOSED && source_is_truncated(csv->source)) {
        /* the quote would have been closed in what is missing */
        csv->base.counts.read++;
        refuse_row(csv, RULE_CSV_CUT, 0, NULL);
        window_skip(buffer, rest.len, 0);
    } else if (state == RECORD_MORE && rest.len > RECORD_BYTES) {
        refuse_long(csv);
    } else if (state == RECORD_MORE) {
        *ret_more = true;
    } else if (state != RECORD_OK) {
        refuse_fault(csv, state, &record);
    } else {
        if (!take_record(csv, &record, batch))
            return diag_no_memory(csv->diag);
        window_skip(buffer, record.end, record.lines);
    }
    return STATUS_OK;
}

static enum status delimited_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct csv *csv = (struct csv *)rowset;
    struct row_batch batch = {0,
                              csv->wanted,
                              csv->batch_cells,
                              csv->batch_lines,
                              csv->batch_offsets,
                              csv->batch_case_only};
    enum status status = STATUS_OK;

    if (csv->is_empty)
        return STATUS_END;
    csv->scratch_len = 0;
    while (!is_full(csv, &batch)) {
        bool more = false;

        /* behind a scan that was no view, the next may be one */
        if (csv->is_uneven && !delimited_has_scan(csv) && batch.count)
            break;
        if (delimited_has_scan(csv) || (!csv->skipping && find_rows(csv)))
            status = take_scan(csv, &batch) ? STATUS_OK : diag_no_memory(csv->diag);
        else
            status = step(csv, &batch, &more);
        if (status == STATUS_OK && csv->no_memory)
            status = diag_no_memory(csv->diag);
        if (status != STATUS_OK)
            return status;
        if (!more)
            continue;
        /* cells point into the text at hand: it must stay until the batch was used */
        if (batch.count || csv->buffer.is_last || csv->limit)
            break;
        status = delimited_load(csv);
        if (status != STATUS_OK)
            return status;
    }
    *ret_batch = batch;
    return batch.count || is_full(csv, &batch) ? STATUS_OK : STATUS_END;
}

/* --- opening --- */

static enum status load_sample(struct csv *csv)
{
    enum status status = STATUS_OK;
    size_t enough = source_block_size(csv->source) / 16;

    enough = enough < 256 ? 256 : enough > SAMPLE ? SAMPLE : enough;
    while (status == STATUS_OK && !csv->buffer.is_last && csv->buffer.len < enough)
        status = window_load(&csv->buffer, csv->diag);
    return status;
}

static enum status header_fault(struct csv *csv, enum record_state state,
                                const struct record *record)
{
    const char *text = state == RECORD_STRAY      ? "text follows a closing quote"
                       : state == RECORD_UNCLOSED ? "a quote is never closed"
                                                  : "it is too long";

    diag_report(csv->diag, RULE_CSV_HEADER, delimited_place(csv, record->fault), "%s", text);
    return STATUS_INVALID;
}

/* Finds the first record that is not blank; STATUS_END when there is none. */
static enum status find_header(struct csv *csv, struct record *ret_record)
{
    for (;;) {
        struct str rest = window_rest(&csv->buffer);
        enum record_state state;
        enum status status;

        if (rest.len == 0 && csv->buffer.is_last)
            return STATUS_END;
        state = fields_read(&csv->syntax, rest, csv->buffer.is_last, csv->cells, LIMIT_COLUMNS,
                            ret_record);
        if (state == RECORD_OK && (ret_record->text_end || ret_record->cell_count > 1))
            return STATUS_OK;
        if (state == RECORD_OK) {
            window_skip(&csv->buffer, ret_record->end, ret_record->lines);
            continue;
        }
        if (state != RECORD_MORE || rest.len > RECORD_BYTES)
            return header_fault(csv, state, ret_record);
        status = window_load(&csv->buffer, csv->diag);
        if (status != STATUS_OK)
            return status;
    }
}

static void list_present(struct csv *csv)
{
    size_t w;

    for (w = 0; w < csv->wanted; w++)
        if (csv->columns[w] != COLUMN_NONE)
            csv->present[csv->present_count++] = w;
}

static enum status read_header(struct csv *csv, const struct column_want *wants, size_t want_count)
{
    struct delimited_header header;
    struct record record;
    enum status status;
    struct where where;
    struct str text;

    csv->cells = mem_alloc(LIMIT_COLUMNS + 1, sizeof *csv->cells);
    if (!csv->cells)
        return diag_no_memory(csv->diag);
    status = find_header(csv, &record);
    if (status == STATUS_END) {
        diag_report(csv->diag, RULE_SOURCE_EMPTY, (struct where){csv->source_name, 0, 0, 0}, NULL);
        csv->is_empty = true;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    where = delimited_place(csv, 0);
    text = (struct str){csv->buffer.data + csv->buffer.at, record.text_end};
    status =
        header_read(&csv->arena, text, csv->cells, record.cell_count, where, csv->diag, &header);
    if (status != STATUS_OK)
        return status;
    window_skip(&csv->buffer, record.end, record.lines);
    csv->width = header.count;
    if (!views_init(&csv->views, &csv->syntax, &csv->buffer.text, csv->width, csv->columns,
                    csv->wanted))
        return diag_no_memory(csv->diag);
    csv->scan = csv->views.scan;
    csv->base.columns = header.names;
    csv->base.column_count = header.count;
    status =
        header_match(&header, wants, want_count, where, csv->diag, csv->columns, csv->base.found);
    if (status == STATUS_OK)
        list_present(csv);
    return status;
}

static enum status allocate(struct csv *csv, size_t want_count)
{
    size_t cell_count;

    csv->wanted = want_count;
    csv->columns = mem_alloc(want_count, sizeof *csv->columns);
    csv->present = mem_alloc(want_count, sizeof *csv->present);
    csv->base.found = mem_alloc(want_count, sizeof *csv->base.found);
    if (size_multiply(want_count, ROW_BATCH, &cell_count))
        csv->batch_cells = mem_alloc(cell_count, sizeof *csv->batch_cells);
    return csv->columns && csv->present && csv->base.found && csv->batch_cells
               ? STATUS_OK
               : diag_no_memory(csv->diag);
}

static enum status start(struct csv *csv, const struct reader_options *options,
                         const struct column_want *wants, size_t want_count)
{
    const struct file_kind *kind;
    struct delimited_dialect dialect;
    enum status status;
    struct str sample;
    struct str head;

    status = allocate(csv, want_count);
    if (status != STATUS_OK)
        return status;
    status = transcode_head(&csv->buffer.text, csv->diag, &head);
    if (status != STATUS_OK)
        return status;
    kind = file_kind_find(head);
    if (kind)
        return file_kind_refuse(kind, csv->source_name, "delimited text", csv->diag);
    csv->buffer.offset = csv->buffer.text.skipped;
    status = load_sample(csv);
    if (status != STATUS_OK)
        return status;
    sample = window_rest(&csv->buffer);
    status = dialect_find((struct str){sample.ptr, sample.len < SAMPLE ? sample.len : SAMPLE},
                          csv->buffer.is_last && sample.len <= SAMPLE, options->delimiter, wants,
                          want_count, csv->source_name, csv->diag, &dialect);
    if (status != STATUS_OK)
        return status;
    csv->syntax = dialect.syntax;
    csv->line_ends = dialect.line_ends;
    window_skip(&csv->buffer, dialect.skip, dialect.skip ? 1 : 0);
    status = read_header(csv, wants, want_count);
    name_dialect(csv);
    return status;
}

static void delimited_close(struct rowset *rowset)
{
    struct csv *csv = (struct csv *)rowset;

    window_close(&csv->buffer);
    arena_done(&csv->arena);
    mem_free(csv->columns);
    mem_free(csv->present);
    mem_free(csv->base.found);
    rowset_free_rejects(&csv->base);
    mem_free(csv->batch_cells);
    mem_free(csv->cells);
    views_done(&csv->views);
    mem_free(csv->scratch);
    mem_free(csv);
}

static enum status delimited_open(struct source *source, const struct reader_options *options,
                                  const struct column_want *wants, size_t want_count,
                                  struct diag *diag, struct rowset **ret_rowset)
{
    struct csv *csv = mem_alloc(1, sizeof *csv);
    enum status status;

    if (!csv)
        return diag_no_memory(diag);
    csv->base.kind = &reader_delimited;
    csv->diag = diag;
    csv->source = source;
    csv->source_name = source_name(source);
    arena_init(&csv->arena);
    window_open(&csv->buffer, source, options->encoding);
    if (options->pool)
        window_hold_two(&csv->buffer);
    status = start(csv, options, wants, want_count);
    if (status != STATUS_OK) {
        delimited_close(&csv->base);
        return status;
    }
    *ret_rowset = &csv->base;
    return STATUS_OK;
}

/* Any text may be delimited: one verified byte, so that every real signature wins. */
static unsigned delimited_bid(struct str head)
{
    return head.len == 0 || file_kind_find(head) ? 0 : 8;
}

const struct reader_kind reader_delimited = {
    .name = "delimited",
    .bid = delimited_bid,
    .open = delimited_open,
    .next = delimited_next,
    .view = delimited_view,
    .pieces = delimited_pieces,
    .took = delimited_took,
    .hold = delimited_hold,
    .release = delimited_release,
    .new_piece_reader = delimited_piece_reader,
    .close = delimited_close,
};
