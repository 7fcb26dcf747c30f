#include "record/left_rows.h"

#include "base/mem.h"
#include "record/gather_plain.h"

/* Rows for which the processor is asked to fetch what their case is looked up in. */
enum { ROWS_AHEAD = 8 };

struct left_row {
    struct plain_row plain;
    struct str *cells; /* of one that is odd, as a batch has them; NULL: it has values */
};

void left_rows_clear(struct left_rows *left)
{
    left->count = 0;
    left->has_cells = left->has_values = false;
    pile_clear(&left->room);
}

void left_rows_done(struct left_rows *left)
{
    mem_free(left->list);
    pile_done(&left->room);
}

/* --- putting by --- */

static bool lies_in(struct str cell, struct str text)
{
    return cell.ptr >= text.ptr && cell.ptr <= text.ptr + text.len;
}

/* The piece stays until odd rows are done with; what the view made anew does not. */
static bool keep_text(struct left_rows *left, struct str text, struct str *cell)
{
    if (!cell->ptr || lies_in(*cell, text))
        return true;
    *cell = pile_str(&left->room, *cell);
    return cell->ptr != NULL;
}

static bool add_cells(struct left_rows *left, const struct gatherer *g, struct str text,
                      const struct row_view *view, size_t r, struct left_row *row)
{
    size_t width = g->bound->count;
    size_t w;

    left->has_cells = true;
    row->cells = pile_take(&left->room, width * sizeof *row->cells);
    if (!row->cells)
        return false;
    row_view_row(view, r, row->cells);
    for (w = 0; w < width; w++)
        if (!keep_text(left, text, &row->cells[w]))
            return false;
    row->plain.id = bind_trim(g->bound, row->cells[g->bound->id_field]);
    return !row_view_no_memory(view);
}

static bool add_values(struct left_rows *left, const struct gatherer *g,
                       const struct plain_table *plain, size_t k, struct left_row *row)
{
    left->has_values = true;
    row->plain.values = pile_take(&left->room, plain_row_width(g) * sizeof *row->plain.values);
    if (!row->plain.values)
        return false;
    plain_row_values(g, plain, k, row->plain.values);
    row->plain.id = pile_str(&left->room, row->plain.id);
    return row->plain.id.ptr != NULL;
}

bool left_rows_add(struct left_rows *left, const struct gatherer *g, struct str text,
                   const struct row_view *view, size_t r, const struct plain_table *plain, size_t k)
{
    struct left_row *row;

    if (!mem_grow(&left->list, left->count, &left->capacity, sizeof *left->list))
        return false;
    row = &left->list[left->count++];
    *row = (struct left_row){{plain->ids[k], 0, plain->lines[k], plain->offsets[k], NULL}, NULL};
    if (!(plain->odd[k] ? add_cells(left, g, text, view, r, row)
                        : add_values(left, g, plain, k, row)))
        return false;
    row->plain.hash = case_table_hash(row->plain.id);
    return true;
}

/* --- gathering --- */

static enum status gather_cells(struct gatherer *g, struct left_row *row)
{
    struct plain_row *plain = &row->plain;
    struct row_batch batch = {1, g->bound->count, row->cells, &plain->line, &plain->offset, NULL};

    return gather_row(g, &batch, 0, plain->id, plain->hash);
}

enum status left_rows_gather(struct left_rows *left, struct gatherer *g)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < left->count && i < ROWS_AHEAD; i++)
        stream_prefetch(g->set, left->list[i].plain.hash);
    for (i = 0; i < left->count && status == STATUS_OK; i++) {
        if (left->count - i > ROWS_AHEAD)
            stream_prefetch(g->set, left->list[i + ROWS_AHEAD].plain.hash);
        status = left->list[i].cells ? gather_cells(g, &left->list[i])
                                     : gather_plain(g, &left->list[i].plain);
    }
    return status;
}
