#include "record/lanes.h"

#include <pthread.h>

#include "base/mem.h"
#include "record/left_rows.h"

/* A thread gets a piece of that size at a time. */
enum { PIECE_BYTES = 1 << 15, PIECES = SOURCE_BLOCK / PIECE_BYTES };

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

/* Pieces that are looked at together. */
struct round {
    struct piece_job jobs[PIECES];
    size_t count;
};

struct lanes {
    struct lane **list;
    unsigned count;
    struct round rounds[2]; /* one is at work while rows of the other may still be left */
    unsigned turn;
    struct round *late;    /* whose rows that are left are not in the table of cases yet; or NULL */
    pthread_mutex_t table; /* held by the one that waits while it changes that */
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
    if (!lanes || !lanes->list || pthread_mutex_init(&lanes->table, NULL) != 0) {
        if (lanes)
            mem_free(lanes->list);
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

void lanes_free(struct lanes *lanes)
{
    size_t i;

    if (!lanes)
        return;
    for (i = 0; i < PIECES; i++) {
        left_rows_done(&lanes->rounds[0].jobs[i].left);
        left_rows_done(&lanes->rounds[1].jobs[i].left);
    }
    for (i = 0; i < lanes->count; i++)
        lane_free(lanes->list[i]);
    pthread_mutex_destroy(&lanes->table);
    mem_free(lanes->list);
    mem_free(lanes);
}

/* --- rows that are handed out --- */

/* Rows of the round before may be on their way into the table of cases. */
static void await_table(struct lanes *lanes)
{
    pthread_mutex_lock(&lanes->table);
    pthread_mutex_unlock(&lanes->table);
}

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
    if (!rows.are_new)
        await_table(g->lanes);
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
        if (lane->left[k] &&
            !left_rows_add(&job->left, g, job->whole.text, view, first + k, lane->plain, k))
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

/* What the rows of a piece that were taken tell about the set. */
static void keep_told(struct gatherer *g, const struct piece_job *job)
{
    id_runs_join(&g->set->stream->runs, &job->runs);
    keep_taken(g, &job->facts, job->taken);
    g->set->has_rows_without_at |= job->left.has_values && !g->bound->has_at;
}

static enum status settle(struct gatherer *g, struct piece_job *job)
{
    if (job->no_memory)
        return diag_no_memory(g->diag);
    keep_told(g, job);
    return left_rows_gather(&job->left, g);
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
static enum status join(struct gatherer *g, struct round *round)
{
    enum status status = STATUS_OK;
    bool is_torn = false;
    size_t i;

    for (i = 0; i < round->count && status == STATUS_OK && !is_torn; i++) {
        struct piece_job *job = &round->jobs[i];

        status = settle(g, job);
        pass_over(g, job);
        if (status == STATUS_OK && job->rest.text.len)
            status = read_rest(g, &job->whole, &is_torn);
    }
    for (; i < round->count && is_torn; i++)
        if (round->jobs[i].taken)
            stream_tear(g->set);
    return status;
}

/* --- rows that are left for later --- */

/*
 * While nobody has to look into the table of cases, the rows that are left of one round can go
 * there during the next one. Those that have to be looked at cell by cell may change more.
 */
static bool may_be_late(const struct gatherer *g, const struct round *round)
{
    size_t i;

    if (g->set->stream->marks_ids)
        return false;
    for (i = 0; i < round->count; i++) {
        const struct piece_job *job = &round->jobs[i];

        if (job->no_memory || job->rest.text.len || job->left.has_cells)
            return false;
    }
    return true;
}

static void join_early(struct gatherer *g, struct round *round)
{
    size_t i;

    for (i = 0; i < round->count; i++) {
        keep_told(g, &round->jobs[i]);
        pass_over(g, &round->jobs[i]);
    }
    g->lanes->late = round;
    g->lanes->turn ^= 1;
}

static enum status gather_late(struct gatherer *g)
{
    struct round *late = g->lanes->late;
    enum status status = STATUS_OK;
    size_t i;

    g->lanes->late = NULL;
    for (i = 0; late && i < late->count && status == STATUS_OK; i++)
        status = left_rows_gather(&late->jobs[i].left, g);
    return status;
}

/* --- rounds --- */

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
    left_rows_clear(&job->left);
    job->no_memory = false;
}

/* The lanes begin while the table of cases catches up. */
static enum status run_round(struct gatherer *g, struct round *round)
{
    struct lanes *lanes = g->lanes;
    struct pool *pool = g->set->stream->pool;
    enum status status;
    size_t i;

    pthread_mutex_lock(&lanes->table);
    for (i = 0; i < round->count; i++)
        pool_add(pool, &round->jobs[i].job);
    status = gather_late(g);
    pthread_mutex_unlock(&lanes->table);
    for (i = 0; i < round->count; i++)
        pool_wait(pool, &round->jobs[i].job);
    return status;
}

static enum status read_pieces(struct gatherer *g, uint64_t *ret_offset)
{
    struct round *round = &g->lanes->rounds[g->lanes->turn];
    struct row_piece pieces[PIECES];
    const struct row_piece *last;
    enum status status;
    size_t i;

    round->count = 0;
    status = rowset_pieces(g->rows, PIECE_BYTES, pieces, PIECES, &round->count);
    if (status != STATUS_OK)
        return status;
    if (round->count == 0)
        return gather_late(g);
    for (i = 0; i < round->count; i++)
        start(g, &round->jobs[i], &pieces[i]);
    status = run_round(g, round);
    if (status != STATUS_OK)
        return status;
    last = &pieces[round->count - 1];
    *ret_offset = last->offset + last->text.len;
    if (may_be_late(g, round))
        join_early(g, round);
    else
        status = join(g, round);
    return status == STATUS_OK ? gather_check(g) : status;
}

/* With one lane there is no need to cut. */
static enum status read_view(struct gatherer *g, uint64_t *ret_offset)
{
    struct piece_job *job = &g->lanes->rounds[0].jobs[0];
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
