#include "source/stored.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/source.h"

/* Blocks in the ring: one or two with the caller, the others read ahead or on their way to the digest. */
enum { SLOTS = 5, FAR_BEHIND = 2 };

/* A multiple of a part: no more than the inner caches hold. */
enum { READ_BYTES = 2 * SOURCE_PART };

struct stored {
    struct stored_input input;
    size_t memory_at;
    size_t block_size;
    char *slots[SLOTS];
    struct digest *digest;
    struct pool *pool; /* NULL: none yet */
    bool owns_pool;
    bool counts; /* what the parts hold */
    unsigned held; /* blocks that the caller has */
    bool is_alone; /* no memory for a thread: the caller does everything */
    struct pool_job read_job;
    struct pool_job digest_job;
    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t changed;
    size_t lens[SLOTS];
    struct source_parts parts[SLOTS];
    /* blocks so far: each is read, then given to the caller, then in the digest */
    uint64_t filled;
    uint64_t given;
    uint64_t digested;
    enum stored_state state; /* of the read behind the last block that is filled */
    int error;
    bool is_reading;
    bool is_digesting;
    bool is_ended; /* nothing more is read */
    bool stop;
    bool has_failed; /* the digest */
};

static void run_read(void *context, unsigned lane);
static void run_digest(void *context, unsigned lane);

struct stored *stored_new(void)
{
    struct stored *stored = mem_alloc(1, sizeof *stored);

    if (!stored)
        return NULL;
    stored->read_job = (struct pool_job){run_read, stored, NULL, true};
    stored->digest_job = (struct pool_job){run_digest, stored, NULL, true};
    stored->held = 1;
    stored->digest = digest_new();
    if (stored->digest && pthread_mutex_init(&stored->mutex, NULL) == 0) {
        if (pthread_cond_init(&stored->changed, NULL) == 0)
            return stored;
        pthread_mutex_destroy(&stored->mutex);
    }
    digest_free(stored->digest);
    mem_free(stored);
    return NULL;
}

void stored_share(struct stored *stored, struct pool *pool)
{
    stored->pool = pool;
    stored->counts = true;
}

void stored_hold(struct stored *stored, unsigned blocks)
{
    stored->held = blocks;
}

void stored_open(struct stored *stored, const struct stored_input *input, size_t block_size)
{
    stored->input = *input;
    stored->block_size = block_size;
}

/* Afterwards nobody else is at work. */
static void halt(struct stored *stored)
{
    if (!stored->pool)
        return;
    pthread_mutex_lock(&stored->mutex);
    stored->stop = true;
    pthread_mutex_unlock(&stored->mutex);
    pool_wait(stored->pool, &stored->read_job);
    pool_wait(stored->pool, &stored->digest_job);
    stored->stop = false;
}

void stored_free(struct stored *stored)
{
    size_t i;

    if (!stored)
        return;
    halt(stored);
    if (stored->owns_pool)
        pool_free(stored->pool);
    for (i = 0; i < SLOTS; i++)
        mem_free(stored->slots[i]);
    pthread_cond_destroy(&stored->changed);
    pthread_mutex_destroy(&stored->mutex);
    digest_free(stored->digest);
    mem_free(stored);
}

int stored_error(const struct stored *stored)
{
    return stored->error;
}

struct pool *stored_pool(const struct stored *stored)
{
    return stored->input.reads_ahead ? stored->pool : NULL;
}

/* --- reading --- */

static enum stored_state read_memory(struct stored *stored, char *room, size_t size,
                                     size_t *ret_len)
{
    size_t left = stored->input.memory.len - stored->memory_at;

    *ret_len = left < size ? left : size;
    if (*ret_len)
        memcpy(room, stored->input.memory.ptr + stored->memory_at, *ret_len);
    stored->memory_at += *ret_len;
    return STORED_OK;
}

static enum stored_state read_file(int fd, char *room, size_t size, size_t *ret_len, int *ret_error)
{
    size_t done = 0;

    while (done < size) {
        ssize_t got = read(fd, room + done, size - done);

        if (got < 0) {
            *ret_error = errno;
            return errno == EINTR ? STORED_INTERRUPTED : STORED_FAILED;
        }
        if (got == 0)
            break;
        done += (size_t)got;
    }
    *ret_len = done;
    return STORED_OK;
}

enum stored_state stored_read(struct stored *stored, char *room, size_t size, size_t *ret_len)
{
    return stored->input.fd < 0 ? read_memory(stored, room, size, ret_len)
                                : read_file(stored->input.fd, room, size, ret_len, &stored->error);
}

static char *slot_of(const struct stored *stored, uint64_t block)
{
    return stored->slots[block % SLOTS] + SOURCE_HEADROOM;
}

/* The caller has the last ones that were given. */
static bool has_room(const struct stored *stored)
{
    uint64_t released = stored->given > stored->held ? stored->given - stored->held : 0;
    uint64_t done = released < stored->digested ? released : stored->digested;

    return stored->filled - done < SLOTS;
}

static bool can_fill(const struct stored *stored)
{
    return !stored->is_reading && !stored->is_ended && has_room(stored);
}

static enum stored_state read_some(struct stored *stored, char *room, size_t size, size_t *ret_len,
                                   int *ret_error)
{
    return stored->input.fd < 0 ? read_memory(stored, room, size, ret_len)
                                : read_file(stored->input.fd, room, size, ret_len, ret_error);
}

/* What was read behind `from`, in parts. */
static void count_parts(struct source_parts *parts, struct str bytes)
{
    size_t at;
    size_t len;

    for (at = 0; at < bytes.len; at += len) {
        len = bytes.len - at < SOURCE_PART ? bytes.len - at : SOURCE_PART;
        parts->list[parts->count++] = byte_count((struct str){bytes.ptr + at, len}, '\n');
    }
}

/* A block by some parts at a time: they are counted as soon as they are there. */
static enum stored_state read_parts(struct stored *stored, char *room, struct source_parts *parts,
                                    size_t *ret_len, int *ret_error)
{
    enum stored_state state = STORED_OK;
    size_t len = READ_BYTES;

    parts->count = 0;
    while (state == STORED_OK && len == READ_BYTES && *ret_len < stored->block_size) {
        size_t left = stored->block_size - *ret_len;

        len = 0;
        state = read_some(stored, room + *ret_len, left < READ_BYTES ? left : READ_BYTES, &len,
                          ret_error);
        count_parts(parts, (struct str){room + *ret_len, len});
        *ret_len += len;
    }
    return state;
}

/* Reads the next block; called with the mutex held, which is free while it reads. */
static void fill_one(struct stored *stored)
{
    char *room = slot_of(stored, stored->filled);
    struct source_parts *parts = &stored->parts[stored->filled % SLOTS];
    enum stored_state state;
    size_t len = 0;
    int error = 0;

    stored->is_reading = true;
    pthread_mutex_unlock(&stored->mutex);
    state = stored->counts ? read_parts(stored, room, parts, &len, &error)
                           : read_some(stored, room, stored->block_size, &len, &error);
    pthread_mutex_lock(&stored->mutex);
    stored->is_reading = false;
    stored->state = state;
    stored->error = error;
    /* only the last block is not full */
    stored->is_ended = state != STORED_OK || len < stored->block_size;
    if (state != STORED_OK || len == 0)
        return;
    stored->lens[stored->filled % SLOTS] = len;
    stored->filled++;
}

/* --- the digest --- */

/* Called with the mutex held, which is free while the digest is taken. */
static void digest_one(struct stored *stored)
{
    const char *bytes = slot_of(stored, stored->digested);
    size_t len = stored->lens[stored->digested % SLOTS];
    bool done;

    pthread_mutex_unlock(&stored->mutex);
    done = digest_add(stored->digest, bytes, len);
    pthread_mutex_lock(&stored->mutex);
    stored->has_failed |= !done;
    stored->digested++;
    pthread_cond_broadcast(&stored->changed);
}

/* Of all blocks that were given, unless another thread is at it; called with the mutex held. */
static void digest_given(struct stored *stored)
{
    if (stored->is_digesting)
        return;
    stored->is_digesting = true;
    while (stored->digested < stored->given && !stored->stop)
        digest_one(stored);
    stored->is_digesting = false;
    pthread_cond_broadcast(&stored->changed);
}

bool stored_digest_one(struct stored *stored)
{
    bool is_due;

    pthread_mutex_lock(&stored->mutex);
    is_due = !stored->is_digesting && stored->digested < stored->given;
    if (is_due) {
        stored->is_digesting = true;
        digest_one(stored);
        stored->is_digesting = false;
        pthread_cond_broadcast(&stored->changed);
    }
    pthread_mutex_unlock(&stored->mutex);
    return is_due;
}

/* --- jobs --- */

static void run_read(void *context, unsigned lane)
{
    struct stored *stored = context;

    (void)lane;
    pthread_mutex_lock(&stored->mutex);
    if (can_fill(stored) && !stored->stop) {
        fill_one(stored);
        pthread_cond_broadcast(&stored->changed);
    }
    pthread_mutex_unlock(&stored->mutex);
}

static void run_digest(void *context, unsigned lane)
{
    struct stored *stored = context;

    (void)lane;
    pthread_mutex_lock(&stored->mutex);
    digest_given(stored);
    pthread_mutex_unlock(&stored->mutex);
}

/* --- the caller --- */

static bool make_slot(struct stored *stored, uint64_t block)
{
    char **slot = &stored->slots[block % SLOTS];

    if (!*slot)
        *slot = mem_alloc(SOURCE_HEADROOM + stored->block_size + SOURCE_PAD, 1);
    return *slot != NULL;
}

/* Room for what will be read ahead, and a thread; false: memory is out. */
static bool start(struct stored *stored)
{
    uint64_t i;

    for (i = 0; i < SLOTS && stored->input.reads_ahead; i++)
        if (!make_slot(stored, i))
            return false;
    if (stored->pool)
        return true;
    stored->pool = pool_new(2);
    stored->owns_pool = stored->pool != NULL;
    stored->is_alone = !stored->pool;
    return true;
}

/*
 * What others can do while the caller is busy. A job that still waits will do. The digest is the one
 * thing that cannot be shared: far behind, it must not wait for time that nothing else needs.
 */
static void add_jobs(struct stored *stored, uint64_t behind)
{
    if (stored->input.reads_ahead && pool_is_done(stored->pool, &stored->read_job))
        pool_add_spare(stored->pool, &stored->read_job);
    if (pool_is_done(stored->pool, &stored->digest_job))
        pool_add_spare(stored->pool, &stored->digest_job);
    if (behind >= FAR_BEHIND)
        pool_urge(stored->pool, &stored->digest_job);
}

/* Called with the mutex held: until some block is in the digest. */
static void wait_or_digest(struct stored *stored)
{
    if (stored->is_digesting)
        pthread_cond_wait(&stored->changed, &stored->mutex);
    else
        digest_given(stored);
}

/* Called with the mutex held. Who waits for the next block can do something else meanwhile. */
static void find_next(struct stored *stored)
{
    while (stored->filled == stored->given && !stored->is_ended) {
        if (can_fill(stored)) {
            fill_one(stored);
        } else if (stored->is_reading) {
            pthread_mutex_unlock(&stored->mutex);
            pool_wait(stored->pool, &stored->read_job);
            pthread_mutex_lock(&stored->mutex);
        } else {
            wait_or_digest(stored);
        }
    }
}

enum stored_state stored_next(struct stored *stored, char **ret_block, size_t *ret_len)
{
    enum stored_state state = STORED_OK;
    uint64_t behind;

    *ret_len = 0;
    if (stored->given == 1 && !stored->is_alone && !stored->is_ended && !start(stored))
        return STORED_NO_MEMORY;
    if (!make_slot(stored, stored->given))
        return STORED_NO_MEMORY;
    pthread_mutex_lock(&stored->mutex);
    find_next(stored);
    if (stored->filled > stored->given) {
        *ret_block = slot_of(stored, stored->given);
        *ret_len = stored->lens[stored->given % SLOTS];
        stored->given++;
    } else {
        state = stored->state;
    }
    behind = stored->given - stored->digested;
    pthread_mutex_unlock(&stored->mutex);
    if (*ret_len && stored->given > 1 && stored->pool)
        add_jobs(stored, behind);
    return state;
}

const struct source_parts *stored_parts(const struct stored *stored)
{
    return stored->counts && stored->given ? &stored->parts[(stored->given - 1) % SLOTS] : NULL;
}

bool stored_finish(struct stored *stored, struct sha256 *ret_sum)
{
    bool done;

    pthread_mutex_lock(&stored->mutex);
    while (stored->digested < stored->given)
        wait_or_digest(stored);
    done = digest_finish(stored->digest, ret_sum) && !stored->has_failed;
    stored->has_failed = false;
    pthread_mutex_unlock(&stored->mutex);
    return done;
}

bool stored_rewind(struct stored *stored)
{
    struct sha256 unused;
    bool done;

    halt(stored);
    done = digest_finish(stored->digest, &unused);
    stored->has_failed = false;
    stored->memory_at = 0;
    stored->filled = stored->given = stored->digested = 0;
    stored->state = STORED_OK;
    stored->is_ended = false;
    return done;
}
