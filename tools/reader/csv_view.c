#include "reader/csv_view.h"

#include <string.h>

#include "base/mem.h"

bool views_init(struct delimited_views *views, const struct delimited_syntax *syntax, size_t stride,
                const size_t *columns, size_t width)
{
    memset(views, 0, sizeof *views);
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

/* Every row has all the columns. One column makes no row of a blank line. */
static bool is_even(const struct delimited_views *views)
{
    const struct row_scan *scan = views->scan;
    uint32_t last = (uint32_t)views->stride - 1;
    bool is_other = views->stride < 2;
    size_t r;

    for (r = 0; r < scan->row_count; r++, last += (uint32_t)views->stride)
        is_other |= scan->rows[r] != last;
    return !is_other;
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
    uint32_t last;

    row_scan_run(scan, piece->text);
    if (scan->row_count == 0 || !is_even(views))
        return false;
    last = scan->ends[scan->row_count * views->stride];
    if (scan->has_odd && !is_text((struct str){text, last}))
        return false;
    pile_clear(&views->room.cells);
    *ret_view = (struct row_view){
        .count = scan->row_count,
        .text = text,
        .ends = scan->ends,
        .stride = views->stride,
        .columns = views->columns,
        .width = views->width,
        .has_cr = scan->syntax.newline == '\n',
        .line = piece->line,
        .offset = piece->offset,
        .inner = scan->inner,
        .inner_count = scan->inner_count,
        .room = &views->room,
    };
    /* line ends inside quotes of a row that goes on behind the run */
    while (ret_view->inner_count && ret_view->inner[ret_view->inner_count - 1] > last)
        ret_view->inner_count--;
    *ret_end = (size_t)last + 1;
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

uint64_t row_view_line(const struct row_view *view, size_t r)
{
    uint32_t start = view->ends[r * view->stride] + 1;
    uint64_t line = view->line + r;
    size_t i;

    for (i = 0; i < view->inner_count && view->inner[i] < start; i++)
        line++;
    return line;
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
    if (!views_init(&reader->views, &like->scan->syntax, like->stride, like->columns,
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
    piece->text.ptr += end;
    piece->text.len -= end;
    piece->offset += end;
    piece->line += ret_view->count + ret_view->inner_count;
    piece->lines -= ret_view->count + ret_view->inner_count;
    return true;
}
