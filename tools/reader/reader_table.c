#include "reader/reader_table.h"

#include "base/mem.h"

const struct reader_kind *const reader_kinds[] = {
    &reader_delimited, &reader_xes, &reader_text, &reader_json_lines, &reader_json, NULL};

const struct reader_kind *reader_find(struct str name)
{
    size_t i;

    for (i = 0; reader_kinds[i]; i++)
        if (str_is(name, reader_kinds[i]->name))
            return reader_kinds[i];
    return NULL;
}

bool rowset_reject(struct rowset *rowset, enum rule rule, uint64_t line, uint64_t offset)
{
    rowset->counts.rejected++;
    if (!mem_grow(&rowset->rejects, rowset->reject_count, &rowset->reject_capacity,
                  sizeof *rowset->rejects))
        return false;
    rowset->rejects[rowset->reject_count++] = (struct row_reject){rule, line, offset};
    return true;
}

void rowset_free_rejects(struct rowset *rowset)
{
    mem_free(rowset->rejects);
    rowset->rejects = NULL;
    rowset->reject_count = rowset->reject_capacity = 0;
}

enum status rowset_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    rowset->reject_count = 0;
    return rowset->kind->next(rowset, ret_batch);
}

enum status rowset_view(struct rowset *rowset, struct row_view *ret_view)
{
    rowset->reject_count = 0;
    ret_view->count = 0;
    return rowset->kind->view ? rowset->kind->view(rowset, ret_view) : STATUS_OK;
}

enum status rowset_pieces(struct rowset *rowset, size_t size, struct row_piece *pieces, size_t most,
                          size_t *ret_count)
{
    rowset->reject_count = 0;
    *ret_count = 0;
    return rowset->kind->pieces ? rowset->kind->pieces(rowset, size, pieces, most, ret_count)
                                : STATUS_OK;
}

void rowset_took(struct rowset *rowset, uint64_t rows)
{
    rowset->kind->took(rowset, rows);
}

void rowset_hold(struct rowset *rowset, const struct row_piece *piece)
{
    rowset->kind->hold(rowset, piece);
}

bool rowset_release(struct rowset *rowset)
{
    return rowset->kind->release(rowset);
}

struct piece_reader *piece_reader_new(const struct rowset *rowset)
{
    return rowset->kind->new_piece_reader ? rowset->kind->new_piece_reader(rowset) : NULL;
}

void rowset_close(struct rowset *rowset)
{
    if (rowset)
        rowset->kind->close(rowset);
}
