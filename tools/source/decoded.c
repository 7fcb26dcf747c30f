#include "source/decoded.h"

#include <pthread.h>

#include "base/mem.h"
#include "source/source.h"

/* Blocks in the ring: those that the caller has, and others that are decoded ahead. */
enum { SLOTS = 8 };

struct decoded {
    struct decoder *decoder;
    struct stored *stored;
    const uint64_t *given_bytes;
    size_t block_size;
    unsigned held;
    struct pool *pool; /* NULL: nobody decodes ahead */
    struct pool_job job;
    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t changed;
    struct decoded_block slots[SLOTS];
    /* blocks so far: each is decoded, then given to the caller */
    uint64_t filled;
    uint64_t given;
    enum decode state; /* behind the last block that is filled */
    bool is_decoding;
    bool stop;
};

static void run_decode(void *context, unsigned lane);

struct decoded *decoded_new(struct decoder *decoder, struct stored *stored, const uint64_t *given,
                            size_t block_size, unsigned held)
{
    struct decoded *decoded = mem_alloc(1, sizeof *decoded);

    if (!decoded)
        return NULL;
    decoded->decoder = decoder;
    decoded->stored = stored;
    decoded->given_bytes = given;
    decoded->block_size = block_size;
    decoded->held = held;
    decoded->job = (struct pool_job){run_decode, decoded, NULL, true};
    if (pthread_mutex_init(&decoded->mutex, NULL) == 0) {
        if (pthread_cond_init(&decoded->changed, NULL) == 0)
            return decoded;
        pthread_mutex_destroy(&decoded->mutex);
    }
    mem_free(decoded);
    return NULL;
}

void decoded_free(struct decoded *decoded)
{
    size_t i;

    if (!decoded)
        return;
    if (decoded->pool) {
        pthread_mutex_lock(&decoded->mutex);
        decoded->stop = true;
        pthread_mutex_unlock(&decoded->mutex);
        pool_wait(decoded->pool, &decoded->job);
    }
    for (i = 0; i < SLOTS; i++)
        if (decoded->slots[i].bytes)
            mem_free(decoded->slots[i].bytes - SOURCE_HEADROOM);
    pthread_cond_destroy(&decoded->changed);
    pthread_mutex_destroy(&decoded->mutex);
    mem_free(decoded);
}

/* --- decoding --- */

static bool can_fill(const struct decoded *decoded)
{
    uint64_t released = decoded->given > decoded->held ? decoded->given - decoded->held : 0;

    return !decoded->is_decoding && decoded->state == DECODE_OK &&
           decoded->filled - released < SLOTS;
}

static enum decode fill_block(struct decoded *decoded, struct decoded_block *block)
{
    enum decode state;

    block->len = 0;
    if (!block->bytes) {
        block->bytes = mem_alloc(SOURCE_HEADROOM + decoded->block_size + SOURCE_PAD, 1);
        if (!block->bytes)
            return DECODE_MEMORY;
        block->bytes += SOURCE_HEADROOM;
    }
    state = decoder_fill(decoded->decoder, block->bytes, decoded->block_size, &block->len);
    block->stored = *decoded->given_bytes;
    return state;
}

/* Decodes the next block; called with the mutex held, which is free while it decodes. */
static void fill_one(struct decoded *decoded)
{
    struct decoded_block *block = &decoded->slots[decoded->filled % SLOTS];
    enum decode state;

    decoded->is_decoding = true;
    pthread_mutex_unlock(&decoded->mutex);
    state = fill_block(decoded, block);
    pthread_mutex_lock(&decoded->mutex);
    decoded->is_decoding = false;
    decoded->state = state;
    decoded->filled += block->len > 0;
    pthread_cond_broadcast(&decoded->changed);
}

/* As far as there is room: what is decoded must not wait for the thread to be free again. */
static void run_decode(void *context, unsigned lane)
{
    struct decoded *decoded = context;

    (void)lane;
    pthread_mutex_lock(&decoded->mutex);
    while (!decoded->stop && can_fill(decoded))
        fill_one(decoded);
    pthread_mutex_unlock(&decoded->mutex);
}

/* --- the caller --- */

/* Another thread is at it: what waits for the digest is done meanwhile. Called with the mutex held. */
static void wait_or_digest(struct decoded *decoded)
{
    bool has_helped;

    pthread_mutex_unlock(&decoded->mutex);
    has_helped = stored_digest_one(decoded->stored);
    pthread_mutex_lock(&decoded->mutex);
    if (!has_helped && decoded->is_decoding && decoded->filled == decoded->given)
        pthread_cond_wait(&decoded->changed, &decoded->mutex);
}

/* A short text needs no thread. */
static void decode_ahead(struct decoded *decoded)
{
    bool has_room;

    if (!decoded->pool)
        decoded->pool = stored_pool(decoded->stored);
    if (!decoded->pool)
        return;
    pthread_mutex_lock(&decoded->mutex);
    has_room = can_fill(decoded);
    pthread_mutex_unlock(&decoded->mutex);
    if (has_room && pool_is_done(decoded->pool, &decoded->job))
        pool_add(decoded->pool, &decoded->job);
}

enum decode decoded_next(struct decoded *decoded, struct decoded_block *ret_block)
{
    enum decode state = DECODE_OK;

    pthread_mutex_lock(&decoded->mutex);
    while (decoded->filled == decoded->given && (decoded->is_decoding || decoded->state == DECODE_OK)) {
        if (decoded->is_decoding)
            wait_or_digest(decoded);
        else
            fill_one(decoded);
    }
    if (decoded->filled > decoded->given)
        *ret_block = decoded->slots[decoded->given++ % SLOTS];
    else
        state = decoded->state;
    pthread_mutex_unlock(&decoded->mutex);
    if (state == DECODE_OK && decoded->given > 1)
        decode_ahead(decoded);
    return state;
}
