#include "reader/chunk_queue.h"

#include "base/mem.h"

void chunk_queue_init(struct chunk_queue *queue, const struct chunk_kind *kind, void *reader,
                      struct window *window, struct pool *pool)
{
    *queue = (struct chunk_queue){.kind = kind, .reader = reader, .window = window, .pool = pool};
    diag_init(&queue->loads[0].diag);
    diag_init(&queue->loads[1].diag);
}

unsigned chunk_queue_lanes(const struct chunk_queue *queue)
{
    return queue->pool ? pool_lanes(queue->pool) : 1;
}

static void load_done(struct chunk_queue *queue, struct chunk_load *load)
{
    size_t i;

    for (i = load->taken; i < load->count && queue->pool; i++)
        pool_wait(queue->pool, &load->list[i]->job);
    for (i = 0; i < load->made; i++)
        queue->kind->free_chunk(load->list[i]);
    mem_free(load->list);
    diag_done(&load->diag);
}

void chunk_queue_done(struct chunk_queue *queue)
{
    load_done(queue, &queue->loads[0]);
    load_done(queue, &queue->loads[1]);
}

/* --- loading --- */

static void run(void *context, unsigned lane)
{
    struct chunk *chunk = context;

    chunk->kind->work(chunk, lane);
}

/* One behind those of the load; NULL: memory is out. */
static struct chunk *spare_chunk(struct chunk_queue *queue, struct chunk_load *load)
{
    struct chunk *chunk;

    if (load->count < load->made)
        return load->list[load->count];
    if (!mem_grow(&load->list, load->made, &load->capacity, sizeof *load->list))
        return NULL;
    chunk = queue->kind->new_chunk(queue->reader);
    if (!chunk)
        return NULL;
    chunk->kind = queue->kind;
    chunk->job = (struct pool_job){.run = run, .context = chunk};
    load->list[load->made++] = chunk;
    return chunk;
}

/* Everything of the window that is whole. */
static enum status cut_all(struct chunk_queue *queue, struct chunk_load *load)
{
    struct chunk *chunk;

    queue->kind->loaded(queue->reader);
    while ((chunk = spare_chunk(queue, load)) && queue->kind->cut(queue->reader, chunk)) {
        load->count++;
        if (queue->pool)
            pool_add(queue->pool, &chunk->job);
    }
    if (!chunk || queue->kind->has_failed(queue->reader))
        return diag_no_memory(&load->diag);
    return queue->window->is_last ? STATUS_END : STATUS_OK;
}

static void fill(struct chunk_queue *queue, struct chunk_load *load)
{
    load->count = load->taken = 0;
    load->status = window_load(queue->window, &load->diag);
    if (load->status == STATUS_OK)
        load->status = cut_all(queue, load);
}

/* --- taking --- */

static struct chunk *take(struct chunk_queue *queue, struct chunk_load *load)
{
    struct chunk *chunk = load->list[load->taken++];

    if (queue->pool)
        pool_wait(queue->pool, &chunk->job);
    else
        run(chunk, 0);
    return chunk;
}

/* What was said while the text was loaded comes behind the rows in front of it. */
static void tell(struct chunk_load *load, struct diag *diag)
{
    diag_merge(diag, &load->diag);
    diag_done(&load->diag);
    diag_init(&load->diag);
}

/* The next load comes to the front, and with a pool the one behind it is begun with. */
static void advance(struct chunk_queue *queue)
{
    struct chunk_load *load = &queue->loads[queue->front];

    if (!queue->pool || !queue->is_begun) {
        fill(queue, load);
    } else {
        queue->front ^= 1;
        load = &queue->loads[queue->front];
    }
    if (queue->pool && load->status == STATUS_OK)
        fill(queue, &queue->loads[queue->front ^ 1]);
    queue->is_begun = true;
}

enum status chunk_queue_next(struct chunk_queue *queue, struct diag *diag, struct chunk **ret_chunk)
{
    struct chunk_load *load = &queue->loads[queue->front];

    *ret_chunk = NULL;
    if (load->taken < load->count) {
        *ret_chunk = take(queue, load);
        return STATUS_OK;
    }
    if (queue->is_begun && load->status != STATUS_OK)
        return load->status;
    advance(queue);
    tell(&queue->loads[queue->front], diag);
    load = &queue->loads[queue->front];
    return load->count || load->status == STATUS_OK ? STATUS_OK : load->status;
}
