/* The way of a batch of rows: handed out where that can be, else row by row. */
#include "record/lanes.h"

static enum status take_rows(struct gatherer *g, const struct row_batch *batch)
{
    enum status status = STATUS_OK;
    size_t r;

    for (r = 0; r < batch->count && status == STATUS_OK; r += PLAIN_ROWS)
        status = lanes_take_batch(g, batch, r,
                                  batch->count - r < PLAIN_ROWS ? batch->count - r : PLAIN_ROWS);
    return status;
}

/* Hashes first, so that the index of one row is on its way while others are worked on. */
static void find_ids(struct gatherer *g, const struct row_batch *batch)
{
    size_t r;

    for (r = 0; r < batch->count; r++) {
        g->ids[r] = bind_trim(g->bound, batch->cells[r * batch->width + g->bound->id_field]);
        g->hashes[r] = case_table_hash(g->ids[r]);
        case_table_prefetch(&g->set->cases, g->hashes[r]);
    }
}

static enum status keep_rows(struct gatherer *g, const struct row_batch *batch)
{
    enum status status = STATUS_OK;
    size_t r;

    find_ids(g, batch);
    for (r = 0; r < batch->count && status == STATUS_OK; r++)
        status = gather_row(g, batch, r, g->ids[r], g->hashes[r]);
    return status;
}

enum status gather_check(struct gatherer *g)
{
    const struct record_set *set = g->set;

    if (!stream_check(g->set, /* is_end= */ false))
        return diag_no_memory(g->diag);
    if (record_set_is_void(set))
        return STATUS_END;
    if (!set->needs.memory_limit || record_memory(set) <= set->needs.memory_limit)
        return STATUS_OK;
    diag_report(g->diag, RULE_MEMORY_CAP, WHERE_NONE, "%zu cases need more than %zu MiB",
                set->cases.count, set->needs.memory_limit >> 20);
    diag_hint(g->diag, "allow more with --memory, for example --memory 8G");
    return STATUS_LIMIT;
}

enum status gather_batch(struct gatherer *g, const struct row_batch *batch)
{
    bool is_streaming = g->lanes && stream_is_on(g->set);
    enum status status = is_streaming ? take_rows(g, batch) : keep_rows(g, batch);

    return status == STATUS_OK ? gather_check(g) : status;
}
