/*
 * Views and pieces of delimited text. Where records end is told by the parity of quotes alone, which
 * is right for regular text. Who looks at a piece finds out whether it was: the scan then stops
 * short of its end.
 */
#include "base/bug.h"
#include "reader/byte_count.h"
#include "reader/csv_state.h"

/*
 * Between rows, where it is worth while to look for a view. A scan that was begun by batches is
 * given up for it, but not one that was found to be uneven: it is worked off by batches.
 */
static bool is_between_rows(struct csv *csv)
{
    if (csv->is_empty || csv->skipping || (csv->is_uneven && delimited_has_scan(csv)))
        return false;
    csv->scan_row = csv->scan->row_count;
    return true;
}

enum status delimited_view(struct rowset *rowset, struct row_view *ret_view)
{
    struct csv *csv = (struct csv *)rowset;
    struct window *buffer = &csv->buffer;

    while (is_between_rows(csv)) {
        struct row_piece piece = {window_rest(buffer), buffer->line, buffer->offset, 0};
        enum status status;
        size_t end;

        if (views_run(&csv->views, &piece, ret_view, &end)) {
            csv->scan_row = csv->scan->row_count;
            csv->base.counts.read += ret_view->count;
            window_skip(buffer, end, ret_view->count + ret_view->inner_count);
            return STATUS_OK;
        }
        delimited_hold_scan(csv);
        csv->is_uneven = true;
        if (csv->scan->row_count || piece.text.len >= ROW_SCAN_BYTES || buffer->is_last)
            break;
        status = delimited_load(csv);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* The piece of whole records at the start of the text; its length and line ends, 0: there is none. */
static size_t cut_one(struct str text, size_t size, char newline, size_t *ret_lines)
{
    struct str head = {text.ptr, size < text.len ? size : text.len};
    struct byte_counts counts = byte_count(head, newline);

    while (head.len) {
        char last = head.ptr[head.len - 1];

        if (last == newline && counts.quotes % 2 == 0)
            break;
        counts.quotes -= last == '"';
        counts.newlines -= last == newline;
        head.len--;
    }
    *ret_lines = counts.newlines;
    return head.len;
}

static size_t cut(const struct csv *csv, size_t size, struct row_piece *pieces, size_t most)
{
    struct row_piece rest = {window_rest(&csv->buffer), csv->buffer.line, csv->buffer.offset, 0};
    size_t count = 0;

    while (count < most) {
        size_t lines;
        size_t len = cut_one(rest.text, size, csv->syntax.newline, &lines);

        if (len == 0)
            break;
        pieces[count] = (struct row_piece){{rest.text.ptr, len}, rest.line, rest.offset, lines};
        rest.offset += transcode_stored_len(&csv->buffer.text, pieces[count++].text);
        rest.text.ptr += len;
        rest.text.len -= len;
        rest.line += lines;
    }
    return count;
}

enum status delimited_pieces(struct rowset *rowset, size_t size, struct row_piece *pieces,
                             size_t most, size_t *ret_count)
{
    struct csv *csv = (struct csv *)rowset;

    if (!is_between_rows(csv))
        return STATUS_OK;
    *ret_count = cut(csv, size, pieces, most);
    if (*ret_count == 0 && !csv->buffer.is_last) {
        enum status status = delimited_load(csv);

        if (status != STATUS_OK)
            return status;
        *ret_count = cut(csv, size, pieces, most);
    }
    return STATUS_OK;
}

void delimited_pass(struct rowset *rowset, const struct row_piece *piece, uint64_t rows)
{
    struct csv *csv = (struct csv *)rowset;

    BUG_IF(piece->offset != csv->buffer.offset);
    csv->base.counts.read += rows;
    window_skip(&csv->buffer, piece->text.len, piece->lines);
}

void delimited_hold(struct rowset *rowset, const struct row_piece *piece)
{
    struct csv *csv = (struct csv *)rowset;

    csv->limit = (size_t)(piece->text.ptr - csv->buffer.data) + piece->text.len;
}

bool delimited_release(struct rowset *rowset)
{
    struct csv *csv = (struct csv *)rowset;
    bool is_there = csv->buffer.at == csv->limit && !csv->skipping;

    csv->limit = 0;
    return is_there;
}

struct piece_reader *delimited_piece_reader(const struct rowset *rowset)
{
    const struct csv *csv = (const struct csv *)rowset;

    return csv->is_empty ? NULL : views_piece_reader(&csv->views);
}
