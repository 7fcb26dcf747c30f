/*
 * Views and pieces of delimited text. Where records end is told by the parity of quotes alone, which
 * is right for regular text. Who looks at a piece finds out whether it was: the scan then stops
 * short of its end.
 */
#include "base/byte_count.h"
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

static struct byte_counts count_of(const struct csv *csv, size_t from, size_t to)
{
    return byte_count((struct str){csv->buffer.data + from, to - from}, csv->syntax.newline);
}

/* Where the part of the block begins, or the window ends. */
static size_t part_start(const struct window *buffer, size_t number)
{
    return number < buffer->parts->count ? buffer->parts_at + number * SOURCE_PART : buffer->len;
}

/*
 * Where a piece of about that size may end, and what is in it. It ends with a part of the block:
 * what was counted when it was read is not counted again.
 */
static size_t count_head(const struct csv *csv, size_t from, size_t size,
                         struct byte_counts *ret_counts)
{
    const struct window *buffer = &csv->buffer;
    size_t rest = buffer->len - from;
    size_t number = 0;
    size_t end;

    if (!buffer->parts || csv->syntax.newline != '\n') {
        end = from + (size < rest ? size : rest);
        *ret_counts = count_of(csv, from, end);
        return end;
    }
    if (from > buffer->parts_at)
        number = (from - buffer->parts_at + SOURCE_PART - 1) / SOURCE_PART;
    end = part_start(buffer, number);
    *ret_counts = count_of(csv, from, end);
    for (; end - from < size && end < buffer->len; end = part_start(buffer, ++number))
        byte_counts_add(ret_counts, &buffer->parts->list[number]);
    return end;
}

/* The end of the last record in front of that place, and its line ends. */
static size_t cut_one(const struct csv *csv, size_t from, size_t size, size_t *ret_lines)
{
    struct byte_counts counts;
    size_t end = count_head(csv, from, size, &counts);

    for (; end > from; end--) {
        char last = csv->buffer.data[end - 1];

        if (last == csv->syntax.newline && counts.quotes % 2 == 0)
            break;
        counts.quotes -= last == '"';
        counts.newlines -= last == csv->syntax.newline;
    }
    *ret_lines = counts.newlines;
    return end;
}

static size_t cut(struct csv *csv, size_t size, struct row_piece *pieces, size_t most)
{
    struct window *buffer = &csv->buffer;
    struct row_piece next = {{NULL, 0}, buffer->line, buffer->offset, 0};
    size_t count = 0;
    size_t at;
    size_t end;

    for (at = buffer->at; count < most; at = end) {
        end = cut_one(csv, at, size, &next.lines);
        if (end == at)
            break;
        next.text = (struct str){buffer->data + at, end - at};
        pieces[count++] = next;
        next.offset += transcode_stored_len(&buffer->text, next.text);
        next.line += next.lines;
    }
    buffer->at = at;
    buffer->offset = next.offset;
    buffer->line = next.line;
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

void delimited_took(struct rowset *rowset, uint64_t rows)
{
    ((struct csv *)rowset)->base.counts.read += rows;
}

/* The text of a piece is that of the window, or of the one before it. */
void delimited_hold(struct rowset *rowset, const struct row_piece *piece)
{
    struct csv *csv = (struct csv *)rowset;

    csv->behind = window_go(&csv->buffer, window_place_of(&csv->buffer, piece->text, piece->offset,
                                                          piece->line));
    csv->limit = piece->text.len;
}

/* Where the piece lies in the window, that can go on where it was left. */
static void go_back(struct csv *csv, const struct window_place *left)
{
    const char *at = left->data + left->at;

    if (at < csv->buffer.data || at >= csv->buffer.data + csv->buffer.len)
        return;
    csv->buffer.at = (size_t)(at - csv->buffer.data);
    csv->buffer.offset = left->offset;
    csv->buffer.line = left->line;
}

bool delimited_release(struct rowset *rowset)
{
    struct csv *csv = (struct csv *)rowset;
    bool is_there = csv->buffer.at == csv->limit && !csv->skipping;
    struct window_place left = window_go(&csv->buffer, csv->behind);

    csv->limit = 0;
    csv->scan_row = csv->scan->row_count;
    if (!is_there)
        go_back(csv, &left);
    return is_there;
}

struct piece_reader *delimited_piece_reader(const struct rowset *rowset)
{
    const struct csv *csv = (const struct csv *)rowset;

    return csv->is_empty ? NULL : views_piece_reader(&csv->views);
}
