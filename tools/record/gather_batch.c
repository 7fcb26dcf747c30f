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

/* Records of other kinds first: a row that makes one is used, whatever else it lacks. */
static enum status take_kinds(struct gatherer *g, const struct row_batch *batch)
{
    enum status status = STATUS_OK;
    size_t r;

    if (g->makes_tickets)
        find_ids(g, batch);
    for (r = 0; r < batch->count && status == STATUS_OK; r++) {
        struct kind_outcome outcome;

        if (batch->is_case_only && batch->is_case_only[r] && !g->makes_tickets)
            continue;
        status = kind_rows_take(g, batch, r, &outcome);
        if (status != STATUS_OK)
            break;
        g->row_is_used = outcome.is_used;
        g->accounting->rows_used += outcome.is_used;
        if (g->makes_tickets)
            status = gather_row(g, batch, r, g->ids[r], g->hashes[r]);
        else if (!outcome.is_used)
            status = gather_reject(g, batch, r, outcome.rule, outcome.column, outcome.cell);
    }
    return status;
}

static enum status keep_rows(struct gatherer *g, const struct row_batch *batch)
{
    enum status status = STATUS_OK;
    size_t r;

    if (g->kinds.count || !g->makes_tickets)
        return take_kinds(g, batch);
    find_ids(g, batch);
    if (g->set->stream)
        id_runs_add(&g->set->stream->runs, g->ids, batch->count);
    for (r = 0; r < batch->count && status == STATUS_OK; r++)
        status = gather_row(g, batch, r, g->ids[r], g->hashes[r]);
    return status;
}

static size_t held_by(const struct gatherer *g)
{
    return record_memory(g->set) + kind_rows_memory(&g->kinds) + g->set->needs.memory_elsewhere;
}

bool gather_is_full(const struct gatherer *g)
{
    return g->set->needs.memory_limit && held_by(g) > g->set->needs.memory_limit;
}

static enum status too_large(const struct gatherer *g)
{
    size_t others = kind_rows_count(&g->kinds);
    const struct record_held held = {held_by(g), g->set->needs.memory_limit,
                                     record_case_count(g->set) + others, others == 0};
    const struct record_options *options = g->options;

    return record_too_large(
        &held,
        (struct where){options->shown.ptr ? options->shown : source_name(g->source), 0, 0, 0},
        g->diag);
}

static enum status check_memory(struct gatherer *g)
{
    enum status status = STATUS_OK;

    if (gather_is_full(g) && g->options->relieve)
        status = g->options->relieve(g->options->relief, g->diag);
    return status == STATUS_OK && gather_is_full(g) ? too_large(g) : status;
}

enum status gather_check(struct gatherer *g)
{
    if (!stream_check(g->set, /* is_end= */ false))
        return diag_no_memory(g->diag);
    return record_set_is_void(g->set) ? STATUS_END : check_memory(g);
}

enum status gather_batch(struct gatherer *g, const struct row_batch *batch)
{
    bool is_streaming = g->lanes && stream_is_on(g->set);
    enum status status = is_streaming ? take_rows(g, batch) : keep_rows(g, batch);

    return status == STATUS_OK ? gather_check(g) : status;
}

/* Rows that the reader refused by itself. */
static enum status take_rejects(struct gatherer *g)
{
    size_t i;

    for (i = 0; i < g->rows->reject_count; i++) {
        const struct row_reject *item = &g->rows->rejects[i];

        if (!row_tally_add(&g->tally, str_of(rule_info(item->rule)->name), true, item->line,
                           item->offset, (struct str){NULL, 0}))
            return diag_no_memory(g->diag);
    }
    return STATUS_OK;
}

void gather_tell(const struct gatherer *g, uint64_t offset)
{
    if (g->options->progress)
        g->options->progress(g->options->context, offset);
}

enum status gather_next(struct gatherer *g, bool *ret_is_last)
{
    struct row_batch batch;
    enum status more = rowset_next(g->rows, &batch);
    enum status status;

    if (more < 0)
        return more;
    status = take_rejects(g);
    *ret_is_last = more == STATUS_END;
    if (status != STATUS_OK || more == STATUS_END)
        return status;
    if (batch.count)
        gather_tell(g, batch.offsets[batch.count - 1]);
    return gather_batch(g, &batch);
}
