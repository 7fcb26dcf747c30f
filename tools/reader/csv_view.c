#include "reader/csv_view.h"

#include <string.h>

#include "base/mem.h"

bool views_init(struct delimited_views *views, const struct delimited_syntax *syntax,
                const struct transcoder *stored, size_t stride, const size_t *columns, size_t width)
{
    memset(views, 0, sizeof *views);
    views->stored = stored;
    views->columns = columns;
    views->width = width;
    views->stride = stride;
    views->scan = row_scan_new(syntax, row_scan_best());
    return views->scan != NULL;
}

void views_done(struct delimited_views *views)
{
    row_scan_free(views->scan);
    pile_done(&views->room.cells);
    memset(views, 0, sizeof *views);
}

static bool is_text(struct str bytes)
{
    return !memchr(bytes.ptr, '\0', bytes.len) && utf8_valid_prefix(bytes) == bytes.len;
}

bool views_run(struct delimited_views *views, const struct row_piece *piece,
               struct row_view *ret_view, size_t *ret_end)
{
    struct row_scan *scan = views->scan;
    const char *text = piece->text.ptr;
    size_t line_end;
    uint32_t end;

    row_scan_run(scan, piece->text);
    if (scan->row_count == 0 || !row_scan_is_even(scan, text, views->stride, &line_end))
        return false;
    end = scan->starts[scan->row_count * views->stride];
    if (scan->has_odd && !is_text((struct str){text, end}))
        return false;
    pile_clear(&views->room.cells);
    *ret_view = (struct row_view){
        .count = scan->row_count,
        .text = text,
        .starts = scan->starts,
        .stride = views->stride,
        .columns = views->columns,
        .width = views->width,
        .line_end = line_end,
        .line = piece->line,
        .offset = piece->offset,
        .stored = transcode_is_plain(views->stored) ? NULL : views->stored,
        .inner = scan->inner,
        .inner_count = scan->inner_count,
        .room = &views->room,
    };
    /* line ends inside quotes of a row that goes on behind the run */
    while (ret_view->inner_count && ret_view->inner[ret_view->inner_count - 1] >= end)
        ret_view->inner_count--;
    *ret_end = end;
    return true;
}

/* --- what a view gives --- */

struct str row_view_unquoted(const struct row_view *view, struct str cell)
{
    struct view_room *room = view->room;
    bool has_doubled;
    char *bytes;

    cell = field_value(cell, &has_doubled);
    if (!has_doubled)
        return cell;
    bytes = pile_take(&room->cells, cell.len);
    if (!bytes) {
        room->no_memory = true;
        return (struct str){NULL, 0};
    }
    return (struct str){bytes, field_undouble(cell, bytes)};
}

bool row_view_no_memory(const struct row_view *view)
{
    return view->count && view->room->no_memory;
}

/* Of the text in front of a row. */
static size_t inner_before(const struct row_view *view, size_t start)
{
    size_t count = 0;

    while (count < view->inner_count && view->inner[count] < start)
        count++;
    return count;
}

static uint64_t stored_len(const struct row_view *view, size_t from, size_t to)
{
    return view->stored
               ? transcode_stored_len(view->stored, (struct str){view->text + from, to - from})
               : to - from;
}

void row_view_places(const struct row_view *view, size_t first, size_t count, uint64_t *ret_lines,
                     uint64_t *ret_offsets)
{
    const uint32_t *starts = view->starts + first * view->stride;
    size_t inner = inner_before(view, starts[0]);
    uint64_t line = view->line + first;
    uint64_t offset = view->offset + stored_len(view, 0, starts[0]);
    size_t r;

    for (r = 0; r < count && view->inner_count; r++) {
        while (inner < view->inner_count && view->inner[inner] < starts[r * view->stride])
            inner++;
        ret_lines[r] = line + r + inner;
    }
    for (r = 0; r < count && !view->inner_count; r++)
        ret_lines[r] = line + r;
    for (r = 0; r < count && view->stored; r++, starts += view->stride) {
        ret_offsets[r] = offset;
        offset += stored_len(view, starts[0], starts[view->stride]);
    }
    for (r = 0; r < count && !view->stored; r++)
        ret_offsets[r] = view->offset + starts[r * view->stride];
}

void row_view_row(const struct row_view *view, size_t r, struct str *ret_cells)
{
    size_t w;

    for (w = 0; w < view->width; w++)
        ret_cells[w] = view->columns[w] == COLUMN_NONE ? (struct str){NULL, 0}
                                                       : row_view_cell(view, r, view->columns[w]);
}

/* --- pieces --- */

struct piece_reader {
    struct delimited_views views;
};

struct piece_reader *views_piece_reader(const struct delimited_views *like)
{
    struct piece_reader *reader = mem_alloc(1, sizeof *reader);

    if (!reader)
        return NULL;
    if (!views_init(&reader->views, &like->scan->syntax, like->stored, like->stride, like->columns,
                    like->width)) {
        piece_reader_free(reader);
        return NULL;
    }
    return reader;
}

void piece_reader_free(struct piece_reader *reader)
{
    if (!reader)
        return;
    views_done(&reader->views);
    mem_free(reader);
}

bool piece_reader_view(struct piece_reader *reader, struct row_piece *piece,
                       struct row_view *ret_view)
{
    size_t end;

    if (piece->text.len == 0 || !views_run(&reader->views, piece, ret_view, &end))
        return false;
    piece->offset += stored_len(ret_view, 0, end);
    piece->text.ptr += end;
    piece->text.len -= end;
    piece->line += ret_view->count + ret_view->inner_count;
    piece->lines -= ret_view->count + ret_view->inner_count;
    return true;
}
