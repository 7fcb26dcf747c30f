#include "reader/reader_table.h"

const struct reader_kind *const reader_kinds[] = {&reader_delimited, &reader_xes, NULL};

const struct reader_kind *reader_find(struct str name)
{
    size_t i;

    for (i = 0; reader_kinds[i]; i++)
        if (str_is(name, reader_kinds[i]->name))
            return reader_kinds[i];
    return NULL;
}

enum status rowset_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    return rowset->kind->next(rowset, ret_batch);
}

void rowset_close(struct rowset *rowset)
{
    if (rowset)
        rowset->kind->close(rowset);
}
