/*
 * Text on its way through several threads: cut into chunks of whole rows, worked on in any order,
 * taken in the order of the source.
 *
 * Call: chunk_queue_init; chunk_queue_next until STATUS_END; chunk_queue_done.
 * Owns: the caller's storage; chunks are made and freed by the reader, and belong to the queue. The
 *       chunk that was given, and the text of all chunks of one load, live until the next call.
 * Errors: as window_load, told when all rows in front of them were taken; STATUS_MEMORY.
 * Units: bytes.
 * The text behind the chunks that are being taken is loaded and begun with meanwhile, one load
 * ahead. Nothing is ahead without a pool, and chunks are worked on as they are taken. Neither changes
 * what is given.
 * Threads: one owner; `work` is called by those of the pool, one at a time in each lane.
 */
#ifndef CFAUDIT_READER_CHUNK_QUEUE_H
#define CFAUDIT_READER_CHUNK_QUEUE_H

#include "base/pool.h"
#include "reader/csv_buffer.h"

/* Every reader's chunk begins with this. */
struct chunk {
    struct pool_job job;
    const struct chunk_kind *kind;
    struct str text; /* set by whoever cuts */
};

enum { CHUNK_BYTES = 1 << 16 };

struct chunk_kind {
    struct chunk *(*new_chunk)(void *reader); /* NULL: memory is out */
    void (*free_chunk)(struct chunk *chunk);
    void (*loaded)(void *reader); /* the window has got more text */
    /* The next chunk of the window, passed over. False: more text is needed, or memory is out. */
    bool (*cut)(void *reader, struct chunk *chunk);
    bool (*has_failed)(const void *reader); /* memory was out */
    void (*work)(struct chunk *chunk, unsigned lane);
};

/* What one load of the window brought. */
struct chunk_load {
    struct chunk **list;
    size_t count;
    size_t made; /* the rest of them serve again */
    size_t capacity;
    size_t taken;
    enum status status; /* behind the chunks; STATUS_END: there is no more text */
    struct diag diag;   /* what was said while it was loaded */
};

struct chunk_queue {
    const struct chunk_kind *kind;
    void *reader;
    struct window *window;
    struct pool *pool; /* NULL: none */
    struct chunk_load loads[2];
    unsigned front; /* the load that is taken */
    bool is_begun;
};

/* The window has been opened, and with a pool holds two texts. */
void chunk_queue_init(struct chunk_queue *queue, const struct chunk_kind *kind, void *reader,
                      struct window *window, struct pool *pool);
void chunk_queue_done(struct chunk_queue *queue);
/* *ret_chunk: the next one, worked on. It is NULL now and then, when text was loaded. */
enum status chunk_queue_next(struct chunk_queue *queue, struct diag *diag, struct chunk **ret_chunk);
/* Threads that work; lanes count from 0. */
unsigned chunk_queue_lanes(const struct chunk_queue *queue);

#endif
