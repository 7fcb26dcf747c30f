#include "record/gather_plain.h"

/* What stands in front of the values of the slots that the map fills. */
enum { VALUE_AT, VALUE_SEQUENCE, VALUE_GROUP, VALUE_STATUS, VALUE_CLASS, VALUE_SLOTS };

size_t plain_row_width(const struct gatherer *g)
{
    return VALUE_SLOTS + g->slot_count;
}

void plain_row_values(const struct gatherer *g, const struct plain_table *table, size_t k,
                      int64_t *ret_values)
{
    size_t i;

    ret_values[VALUE_AT] = table->at[k];
    ret_values[VALUE_SEQUENCE] = table->sequence[k];
    ret_values[VALUE_GROUP] = table->group[k];
    ret_values[VALUE_STATUS] = table->status[k];
    ret_values[VALUE_CLASS] = table->class[k];
    for (i = 0; i < g->slot_count; i++)
        ret_values[VALUE_SLOTS + i] = table->by_slot[g->slots[i]][k];
}

static uint32_t text_of(int64_t value)
{
    return value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;
}

static void fill_values(struct gatherer *g, const struct plain_row *row)
{
    struct row_values *values = &g->values;
    int64_t sequence = row->values[VALUE_SEQUENCE];
    size_t i;

    values->at = row->values[VALUE_AT];
    values->sequence = sequence == VALUE_MISSING ? INT32_MIN : (int32_t)sequence;
    values->group = text_of(row->values[VALUE_GROUP]);
    values->status = text_of(row->values[VALUE_STATUS]);
    values->has_status = row->values[VALUE_STATUS] != VALUE_MISSING;
    values->class = (uint8_t)row->values[VALUE_CLASS];
    values->message = (struct row_message){.has_actor = false};
    values->is_message_only = false;
    values->tells_attributes = true;
    values->position = (uint64_t)g->number << 44 | row->offset;
    values->line = row->line > UINT32_MAX ? UINT32_MAX : (uint32_t)row->line;
    for (i = 0; i < g->slot_count; i++)
        values->slots[g->slots[i]] = row->values[VALUE_SLOTS + i];
}

enum status gather_plain(struct gatherer *g, const struct plain_row *row)
{
    struct case_row *item = gather_case(g, row->id, row->hash);

    if (!item)
        return diag_no_memory(g->diag);
    fill_values(g, row);
    g->accounting->rows_used++;
    return set_apply(g->set, item, &g->values, g->slots, g->slot_count) ? STATUS_OK
                                                                        : diag_no_memory(g->diag);
}
