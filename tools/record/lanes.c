#include "record/lanes.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "record/left_rows.h"

/* A thread gets a piece of that size at a time. */
enum { PIECE_BYTES = 1 << 16, PIECES = SOURCE_BLOCK / PIECE_BYTES };

struct round;

struct piece_job {
    struct pool_job job;
    struct gatherer *g;
    const struct round *round;
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
    struct id_runs before; /* of all that was read when it began */
    bool is_ahead;         /* it began while the one before it was not settled */
};

struct lanes {
    struct lane **list;
    unsigned count;
    struct round rounds[2];
    unsigned turn;
    struct round *running; /* its jobs are with the pool, and it is not settled; or NULL */
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

    /* a source that is not shared with them reads over the text that they look at */
    BUG_IF(g->set->stream->pool && g->options->pool != g->set->stream->pool);
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

static void await_jobs(struct pool *pool, struct round *round)
{
    size_t i;

    for (i = 0; round && i < round->count; i++)
        pool_wait(pool, &round->jobs[i].job);
}

void lanes_free(struct lanes *lanes)
{
    size_t i;

    if (!lanes)
        return;
    if (lanes->running)
        await_jobs(lanes->running->jobs[0].g->set->stream->pool, lanes->running);
    for (i = 0; i < PIECES; i++) {
        left_rows_done(&lanes->rounds[0].jobs[i].left);
        left_rows_done(&lanes->rounds[1].jobs[i].left);
    }
    for (i = 0; i < lanes->count; i++)
        lane_free(lanes->list[i]);
    mem_free(lanes->list);
    mem_free(lanes);
}

/* --- rows that are handed out --- */

/* What the rows that the lane's table has just converted tell together. Their ids: `ret_own`. */
static void look_over(struct lane *lane, size_t count, struct plain_facts *facts,
                      struct id_runs *ret_own)
{
    ret_own->count = 0;
    ret_own->is_broken = false;
    id_runs_add(ret_own, lane->plain->ids, count);
    plain_table_facts(lane->plain, count, facts);
}

/* Those rows, whose case is none of those that are kept if they are new. */
static bool hand_out(struct gatherer *g, unsigned number, size_t count, bool are_new,
                     size_t *ret_taken)
{
    struct lane *lane = g->lanes->list[number];
    const struct plain_table *plain = lane->plain;
    struct stream_rows rows = {plain,     plain->ids, plain->lines, plain->offsets,
                               g->number, count,      are_new};

    return stream_take(g->set, number, &rows, lane->left, ret_taken);
}

/*
 * While the table of cases is behind, nothing can be looked up there: rows that are not new by the
 * order of their ids are all left.
 */
static bool hand_out_piece(struct piece_job *job, unsigned number, size_t count, size_t *ret_taken)
{
    struct lane *lane = job->g->lanes->list[number];
    struct id_runs own;
    bool are_new;

    look_over(lane, count, &job->facts, &own);
    are_new = id_runs_go_on(&job->round->before, &own);
    id_runs_join(&job->runs, &own);
    if (are_new || !job->round->is_ahead)
        return hand_out(job->g, number, count, are_new, ret_taken);
    memset(lane->left, true, count * sizeof *lane->left);
    return true;
}

static void take_rows(struct piece_job *job, unsigned number, const struct row_view *view,
                      size_t first, size_t count)
{
    struct gatherer *g = job->g;
    struct lane *lane = g->lanes->list[number];
    size_t taken = 0;
    size_t k;

    if (!plain_table_convert_view(lane->plain, view, first, count) ||
        !hand_out_piece(job, number, count, &taken)) {
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

/* Some rows behind piece i of the round were handed out. */
static bool took_behind(const struct round *round, size_t i)
{
    size_t k;

    for (k = i + 1; k < round->count; k++)
        if (round->jobs[k].taken)
            return true;
    return false;
}

/*
 * In the order of the source. What is behind a piece that is torn does not count; if there is any,
 * or the rowset cannot go back, everything has to be read again.
 */
static enum status settle_round(struct gatherer *g, struct round *round, bool can_go_back)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < round->count && status == STATUS_OK; i++) {
        struct piece_job *job = &round->jobs[i];
        bool is_torn = false;

        rowset_took(g->rows, job->rows);
        status = settle(g, job);
        if (status == STATUS_OK && job->rest.text.len)
            status = read_rest(g, &job->rest, &is_torn);
        if (!is_torn)
            continue;
        if (!can_go_back || took_behind(round, i))
            stream_tear(g->set);
        break;
    }
    return status;
}

/* --- rounds --- */

/*
 * Rows that have to be looked at cell by cell may change what the lanes look at, and so does what is
 * new about the set, so that these have to be idle then. All others can go into the table of cases while the next round is at work.
 */
static bool needs_idle_lanes(const struct gatherer *g, const struct round *round)
{
    size_t i;

    for (i = 0; i < round->count; i++) {
        const struct piece_job *job = &round->jobs[i];

        if (job->no_memory || job->rest.text.len || job->left.has_cells ||
            plain_facts_are_new(&job->facts, g->set))
            return true;
    }
    return gather_is_full(g);
}

/* Another round may be running. `can_go_back`: the rowset has not been asked for more since. */
static enum status end_round(struct gatherer *g, struct round *round, bool can_go_back)
{
    struct lanes *lanes = g->lanes;
    struct pool *pool = g->set->stream->pool;
    enum status status;

    await_jobs(pool, round);
    if (lanes->running == round)
        lanes->running = NULL;
    if (needs_idle_lanes(g, round))
        await_jobs(pool, lanes->running);
    status = settle_round(g, round, can_go_back);
    if (gather_is_full(g))
        await_jobs(pool, lanes->running);
    return status == STATUS_OK ? gather_check(g) : status;
}

static void begin_round(const struct gatherer *g, struct round *round)
{
    round->count = 0;
    round->before = g->set->stream->runs;
    round->is_ahead = g->lanes->running != NULL;
}

static void start(struct gatherer *g, struct round *round, const struct row_piece *piece)
{
    struct piece_job *job = &round->jobs[round->count++];

    job->job = (struct pool_job){.run = run, .context = job};
    job->g = g;
    job->round = round;
    job->whole = job->rest = *piece;
    job->rows = 0;
    job->taken = 0;
    job->facts = plain_facts_none();
    job->runs.count = 0;
    job->runs.is_broken = false;
    left_rows_clear(&job->left);
    job->no_memory = false;
}

static void start_round(struct gatherer *g, const struct row_piece *pieces, size_t count)
{
    struct lanes *lanes = g->lanes;
    struct round *round = &lanes->rounds[lanes->turn];
    size_t i;

    begin_round(g, round);
    for (i = 0; i < count; i++)
        start(g, round, &pieces[i]);
    for (i = 0; i < count; i++)
        pool_add(g->set->stream->pool, &round->jobs[i].job);
    lanes->turn ^= 1;
    lanes->running = round;
}

/*
 * A round may begin before the last one is settled, so that no lane has to wait for the others,
 * where new rows are known by the order of their ids. Others have to be looked up.
 */
static bool may_go_ahead(const struct gatherer *g)
{
    const struct record_stream *stream = g->set->stream;

    return !stream->marks_ids && stream->runs.count == 1 && !stream->runs.is_broken;
}

/* The next round begins, the one before it ends. */
static enum status read_pieces(struct gatherer *g, uint64_t *ret_offset)
{
    struct lanes *lanes = g->lanes;
    struct round *before = lanes->running;
    struct row_piece pieces[PIECES];
    enum status status;
    size_t count;

    status = rowset_pieces(g->rows, PIECE_BYTES, pieces, PIECES, &count);
    if (status == STATUS_OK && count) {
        start_round(g, pieces, count);
        *ret_offset = pieces[count - 1].offset + pieces[count - 1].text.len;
    }
    if (before && status == STATUS_OK)
        status = end_round(g, before, /* can_go_back= */ false);
    if (status == STATUS_OK && count && !may_go_ahead(g))
        status = end_round(g, lanes->running, /* can_go_back= */ true);
    return status;
}

/* With one lane there is no need to cut. */
static enum status read_view(struct gatherer *g, uint64_t *ret_offset)
{
    struct round *round = &g->lanes->rounds[0];
    struct row_view view;
    enum status status = rowset_view(g->rows, &view);
    size_t len;

    if (status != STATUS_OK || view.count == 0)
        return status;
    len = view.starts[view.count * view.stride];
    begin_round(g, round);
    start(g, round, &(struct row_piece){{view.text, len}, view.line, view.offset, 0});
    take_view(&round->jobs[0], 0, &view);
    *ret_offset = view.offset + len;
    status = settle(g, &round->jobs[0]);
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
    struct id_runs *runs = &g->set->stream->runs;
    struct plain_facts facts = plain_facts_none();
    enum status status = STATUS_OK;
    struct id_runs own;
    size_t taken = 0;
    bool are_new;
    size_t k;

    plain_table_convert(lane->plain, batch, first, count);
    look_over(lane, count, &facts, &own);
    are_new = id_runs_go_on(runs, &own);
    id_runs_join(runs, &own);
    if (!hand_out(g, 0, count, are_new, &taken))
        return diag_no_memory(g->diag);
    keep_taken(g, &facts, taken);
    for (k = 0; k < count && taken < count && status == STATUS_OK; k++)
        if (lane->left[k])
            status = gather_row(g, batch, first + k, lane->plain->ids[k],
                                case_table_hash(lane->plain->ids[k]));
    return status;
}
