#include "record/lanes.h"

#include "base/mem.h"
#include "reader/pile.h"
#include "record/gather_plain.h"

/* A thread gets a piece of that size at a time. */
enum { PIECE_BYTES = 1 << 15, PIECES = 16 };

/* Rows for which the processor is asked to fetch what their case is looked up in. */
enum { ROWS_AHEAD = 8 };

/* A row whose case is kept. */
struct left_row {
    struct plain_row plain;
    struct str *cells; /* of one that is odd, as a batch has them; NULL: it has values */
};

struct left_rows {
    struct left_row *list;
    size_t count;
    size_t capacity;
    struct pile room; /* of their cells, values and ids */
};

struct piece_job {
    struct pool_job job;
    struct gatherer *g;
    struct row_piece whole;
    struct row_piece rest; /* what was not taken */
    uint64_t rows;
    size_t taken;
    struct plain_facts facts;
    struct id_runs runs; /* of ids */
    struct left_rows left;
    bool no_memory;
};

struct lane {
    struct piece_reader *reader;
    struct short_texts *shorts; /* one for each field */
    struct plain_table *plain;
    bool left[PLAIN_ROWS];
};

struct lanes {
    struct lane **list;
    unsigned count;
    struct piece_job jobs[PIECES];
};

/* --- lanes --- */

static void lane_free(struct lane *lane)
{
    if (!lane)
        return;
    piece_reader_free(lane->reader);
    plain_table_free(lane->plain);
    mem_free(lane->shorts);
    mem_free(lane);
}

/* NULL: memory is out, or the source is not plain. */
static struct lane *lane_new(const struct gatherer *g)
{
    struct lane *lane = mem_alloc(1, sizeof *lane);

    if (!lane)
        return NULL;
    lane->reader = piece_reader_new(g->rows);
    lane->shorts = mem_alloc(g->bound->count, sizeof *lane->shorts);
    if (lane->shorts)
        plain_table_new(g->set, g->bound, g->options->zone, g->order, g->active, g->active_count,
                        lane->shorts, &lane->plain);
    if (lane->reader && lane->plain)
        return lane;
    lane_free(lane);
    return NULL;
}

enum status lanes_new(struct gatherer *g, struct lanes **ret_lanes)
{
    struct lanes *lanes = mem_alloc(1, sizeof *lanes);

    if (lanes)
        lanes->list = mem_alloc(g->set->stream->lane_count, sizeof *lanes->list);
    if (!lanes || !lanes->list) {
        mem_free(lanes);
        return diag_no_memory(g->diag);
    }
    for (; lanes->count < g->set->stream->lane_count; lanes->count++) {
        lanes->list[lanes->count] = lane_new(g);
        if (!lanes->list[lanes->count]) {
            lanes_free(lanes);
            return STATUS_OK;
        }
    }
    *ret_lanes = lanes;
    return STATUS_OK;
}

static void left_done(struct left_rows *left)
{
    mem_free(left->list);
    pile_done(&left->room);
}

void lanes_free(struct lanes *lanes)
{
    size_t i;

    if (!lanes)
        return;
    for (i = 0; i < PIECES; i++)
        left_done(&lanes->jobs[i].left);
    for (i = 0; i < lanes->count; i++)
        lane_free(lanes->list[i]);
    mem_free(lanes->list);
    mem_free(lanes);
}

/* --- rows that are left --- */

static bool lies_in(struct str cell, struct str text)
{
    return cell.ptr >= text.ptr && cell.ptr <= text.ptr + text.len;
}

/* Text lives until the piece is done with: what the view made anew would not. */
static bool keep_text(struct piece_job *job, struct str *text)
{
    if (!text->ptr || lies_in(*text, job->whole.text))
        return true;
    *text = pile_str(&job->left.room, *text);
    return text->ptr != NULL;
}

static bool leave_cells(struct piece_job *job, const struct row_view *view, size_t r,
                        struct left_row *row)
{
    size_t width = job->g->bound->count;
    size_t w;

    row->cells = pile_take(&job->left.room, width * sizeof *row->cells);
    if (!row->cells)
        return false;
    row_view_row(view, r, row->cells);
    for (w = 0; w < width; w++)
        if (!keep_text(job, &row->cells[w]))
            return false;
    row->plain.id = bind_trim(job->g->bound, row->cells[job->g->bound->id_field]);
    return !row_view_no_memory(view);
}

static bool leave_values(struct piece_job *job, const struct plain_table *plain, size_t k,
                         struct left_row *row)
{
    row->plain.values =
        pile_take(&job->left.room, plain_row_width(job->g) * sizeof *row->plain.values);
    if (!row->plain.values)
        return false;
    plain_row_values(job->g, plain, k, row->plain.values);
    return keep_text(job, &row->plain.id);
}

static bool leave_row(struct piece_job *job, const struct row_view *view, size_t r,
                      const struct plain_table *plain, size_t k)
{
    struct left_rows *left = &job->left;
    struct left_row *row;

    if (!mem_grow(&left->list, left->count, &left->capacity, sizeof *left->list))
        return false;
    row = &left->list[left->count++];
    *row = (struct left_row){{plain->ids[k], 0, plain->lines[k], plain->offsets[k], NULL}, NULL};
    if (!(plain->odd[k] ? leave_cells(job, view, r, row) : leave_values(job, plain, k, row)))
        return false;
    row->plain.hash = case_table_hash(row->plain.id);
    return true;
}

static enum status gather_cells(struct gatherer *g, struct left_row *row)
{
    struct plain_row *plain = &row->plain;
    struct row_batch batch = {1, g->bound->count, row->cells, &plain->line, &plain->offset, NULL};

    return gather_row(g, &batch, 0, plain->id, plain->hash);
}

static enum status gather_left(struct gatherer *g, struct left_rows *left)
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

/* --- rows that are handed out --- */

/* The rows that the lane's table has just converted. `runs`: of the rows in front of them. */
static bool hand_out(struct gatherer *g, unsigned number, size_t count, struct plain_facts *facts,
                     struct id_runs *runs, size_t *ret_taken)
{
    struct lane *lane = g->lanes->list[number];
    const struct plain_table *plain = lane->plain;
    struct stream_rows rows = {plain,     plain->ids, plain->lines, plain->offsets,
                               g->number, count,      false};
    struct id_runs own;

    own.count = 0;
    own.is_broken = false;
    id_runs_add(&own, plain->ids, count);
    rows.are_new = id_runs_go_on(&g->set->stream->runs, &own);
    id_runs_join(runs, &own);
    plain_table_facts(plain, count, facts);
    return stream_take(g->set, number, &rows, lane->left, ret_taken);
}

static void take_rows(struct piece_job *job, unsigned number, const struct row_view *view,
                      size_t first, size_t count)
{
    struct gatherer *g = job->g;
    struct lane *lane = g->lanes->list[number];
    size_t taken = 0;
    size_t k;

    if (!plain_table_convert_view(lane->plain, view, first, count) ||
        !hand_out(g, number, count, &job->facts, &job->runs, &taken)) {
        job->no_memory = true;
        return;
    }
    job->rows += count;
    job->taken += taken;
    for (k = 0; k < count && taken < count; k++)
        if (lane->left[k] && !leave_row(job, view, first + k, lane->plain, k))
            job->no_memory = true;
}

static void take_view(struct piece_job *job, unsigned number, const struct row_view *view)
{
    size_t first;

    for (first = 0; first < view->count && !job->no_memory; first += PLAIN_ROWS)
        take_rows(job, number, view, first,
                  view->count - first < PLAIN_ROWS ? view->count - first : PLAIN_ROWS);
}

static void run(void *context, unsigned number)
{
    struct piece_job *job = context;
    struct piece_reader *reader = job->g->lanes->list[number]->reader;
    struct row_view view;

    while (!job->no_memory && piece_reader_view(reader, &job->rest, &view))
        take_view(job, number, &view);
}

/* --- pieces --- */

static void keep_taken(struct gatherer *g, const struct plain_facts *facts, size_t taken)
{
    plain_facts_join(facts, g->set);
    g->accounting->cases += taken;
    g->accounting->rows_used += taken;
    g->set->has_rows_without_at |= taken && !g->bound->has_at;
}

static void pass_over(struct gatherer *g, const struct piece_job *job)
{
    struct row_piece part = job->whole;

    part.text.len -= job->rest.text.len;
    part.lines -= job->rest.lines;
    rowset_pass(g->rows, &part, job->rows);
}

static enum status settle(struct gatherer *g, struct piece_job *job)
{
    if (job->no_memory)
        return diag_no_memory(g->diag);
    id_runs_join(&g->set->stream->runs, &job->runs);
    keep_taken(g, &job->facts, job->taken);
    return gather_left(g, &job->left);
}

/* What is left of a piece goes by batches. *ret_is_torn: it does not end where a row does. */
static enum status read_rest(struct gatherer *g, const struct row_piece *piece, bool *ret_is_torn)
{
    enum status status = STATUS_OK;
    bool is_last = false;

    rowset_hold(g->rows, piece);
    while (status == STATUS_OK && !is_last)
        status = gather_next(g, &is_last);
    *ret_is_torn = !rowset_release(g->rows);
    return status;
}

/* In the order of the source. What is behind a piece that is torn does not count. */
static enum status join(struct gatherer *g, size_t count)
{
    enum status status = STATUS_OK;
    bool is_torn = false;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK && !is_torn; i++) {
        struct piece_job *job = &g->lanes->jobs[i];

        status = settle(g, job);
        pass_over(g, job);
        if (status == STATUS_OK && job->rest.text.len)
            status = read_rest(g, &job->whole, &is_torn);
    }
    for (; i < count && is_torn; i++)
        if (g->lanes->jobs[i].taken)
            stream_tear(g->set);
    return status;
}

static void start(struct gatherer *g, struct piece_job *job, const struct row_piece *piece)
{
    job->job = (struct pool_job){.run = run, .context = job};
    job->g = g;
    job->whole = job->rest = *piece;
    job->rows = 0;
    job->taken = 0;
    job->facts = plain_facts_none();
    job->runs.count = 0;
    job->runs.is_broken = false;
    job->left.count = 0;
    pile_clear(&job->left.room);
    job->no_memory = false;
}

static enum status read_pieces(struct gatherer *g, uint64_t *ret_offset)
{
    struct lanes *lanes = g->lanes;
    struct pool *pool = g->set->stream->pool;
    struct row_piece pieces[PIECES];
    size_t count = 0;
    enum status status = rowset_pieces(g->rows, PIECE_BYTES, pieces, PIECES, &count);
    size_t i;

    if (status != STATUS_OK || count == 0)
        return status;
    for (i = 0; i < count; i++) {
        start(g, &lanes->jobs[i], &pieces[i]);
        pool_add(pool, &lanes->jobs[i].job);
    }
    for (i = 0; i < count; i++)
        pool_wait(pool, &lanes->jobs[i].job);
    *ret_offset = pieces[count - 1].offset + pieces[count - 1].text.len;
    status = join(g, count);
    return status == STATUS_OK ? gather_check(g) : status;
}

/* With one lane there is no need to cut. */
static enum status read_view(struct gatherer *g, uint64_t *ret_offset)
{
    struct piece_job *job = &g->lanes->jobs[0];
    struct row_view view;
    enum status status = rowset_view(g->rows, &view);
    size_t len;

    if (status != STATUS_OK || view.count == 0)
        return status;
    len = view.starts[view.count * view.stride];
    start(g, job, &(struct row_piece){{view.text, len}, view.line, view.offset, 0});
    take_view(job, 0, &view);
    *ret_offset = view.offset + len;
    status = settle(g, job);
    return status == STATUS_OK ? gather_check(g) : status;
}

enum status lanes_read(struct gatherer *g, uint64_t *ret_offset)
{
    return g->lanes->count == 1 ? read_view(g, ret_offset) : read_pieces(g, ret_offset);
}

/* --- batches --- */

enum status lanes_take_batch(struct gatherer *g, const struct row_batch *batch, size_t first,
                             size_t count)
{
    struct lane *lane = g->lanes->list[0];
    struct plain_facts facts = plain_facts_none();
    enum status status = STATUS_OK;
    size_t taken = 0;
    size_t k;

    plain_table_convert(lane->plain, batch, first, count);
    if (!hand_out(g, 0, count, &facts, &g->set->stream->runs, &taken))
        return diag_no_memory(g->diag);
    keep_taken(g, &facts, taken);
    for (k = 0; k < count && taken < count && status == STATUS_OK; k++)
        if (lane->left[k])
            status = gather_row(g, batch, first + k, lane->plain->ids[k],
                                case_table_hash(lane->plain->ids[k]));
    return status;
}
