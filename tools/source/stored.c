#include "source/stored.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/source.h"

/* Blocks in the ring: one with the caller, the others read ahead or on their way to the digest. */
enum { SLOTS = 8 };

struct stored {
    struct stored_input input;
    size_t memory_at;
    size_t block_size;
    char *slots[SLOTS];
    struct digest *digest;
    pthread_t thread;
    bool is_running;
    bool is_alone;         /* no thread could be started */
    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t changed;
    size_t lens[SLOTS];
    /* blocks so far: each is read, then with the caller and in the digest, in either order */
    uint64_t filled;
    uint64_t given;
    uint64_t digested;
    enum stored_state state; /* of the read behind the last block that is filled */
    int error;
    bool is_reading; /* one of the two threads */
    bool is_ended;   /* nothing more is read */
    bool stop;
    bool has_failed; /* the digest */
};

struct stored *stored_new(void)
{
    struct stored *stored = mem_alloc(1, sizeof *stored);

    if (!stored)
        return NULL;
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

void stored_open(struct stored *stored, const struct stored_input *input, size_t block_size)
{
    stored->input = *input;
    stored->block_size = block_size;
}

static void halt(struct stored *stored)
{
    if (!stored->is_running)
        return;
    pthread_mutex_lock(&stored->mutex);
    stored->stop = true;
    pthread_cond_broadcast(&stored->changed);
    pthread_mutex_unlock(&stored->mutex);
    pthread_join(stored->thread, NULL);
    stored->is_running = false;
    stored->stop = false;
}

void stored_free(struct stored *stored)
{
    size_t i;

    if (!stored)
        return;
    halt(stored);
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

/* The caller has the last one that was given. */
static bool has_room(const struct stored *stored)
{
    uint64_t released = stored->given ? stored->given - 1 : 0;
    uint64_t done = released < stored->digested ? released : stored->digested;

    return stored->filled - done < SLOTS;
}

static bool can_fill(const struct stored *stored)
{
    return !stored->is_reading && !stored->is_ended && has_room(stored);
}

/* Reads the next block; called with the mutex held, which is free while it reads. */
static void fill_one(struct stored *stored)
{
    char *room = slot_of(stored, stored->filled);
    enum stored_state state;
    size_t len = 0;
    int error = 0;

    stored->is_reading = true;
    pthread_mutex_unlock(&stored->mutex);
    state = stored->input.fd < 0
                ? read_memory(stored, room, stored->block_size, &len)
                : read_file(stored->input.fd, room, stored->block_size, &len, &error);
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
}

/* --- the thread --- */

/* The digest comes first: a caller that is ahead of it reads by itself. */
static bool step(struct stored *stored)
{
    if (stored->digested < stored->filled)
        digest_one(stored);
    else if (stored->input.reads_ahead && can_fill(stored))
        fill_one(stored);
    else
        return false;
    return true;
}

static void *run(void *context)
{
    struct stored *stored = context;

    pthread_mutex_lock(&stored->mutex);
    while (!stored->stop) {
        if (step(stored))
            pthread_cond_broadcast(&stored->changed);
        else
            pthread_cond_wait(&stored->changed, &stored->mutex);
    }
    pthread_mutex_unlock(&stored->mutex);
    return NULL;
}

/* --- the caller --- */

static bool make_slot(struct stored *stored, uint64_t block)
{
    char **slot = &stored->slots[block % SLOTS];

    if (!*slot)
        *slot = mem_alloc(SOURCE_HEADROOM + stored->block_size + SOURCE_PAD, 1);
    return *slot != NULL;
}

/* Room for what will be read ahead, and the thread; false: memory is out. */
static bool start(struct stored *stored)
{
    uint64_t i;

    for (i = 0; i < SLOTS && stored->input.reads_ahead; i++)
        if (!make_slot(stored, i))
            return false;
    stored->is_running = pthread_create(&stored->thread, NULL, run, stored) == 0;
    stored->is_alone = !stored->is_running;
    return true;
}

/* Called with the mutex held. */
static void wait_or_digest(struct stored *stored)
{
    if (stored->is_running)
        pthread_cond_wait(&stored->changed, &stored->mutex);
    else
        digest_one(stored);
}

/* Called with the mutex held. */
static void find_next(struct stored *stored)
{
    while (stored->filled == stored->given && !stored->is_ended) {
        if (can_fill(stored))
            fill_one(stored);
        else
            wait_or_digest(stored);
    }
}

enum stored_state stored_next(struct stored *stored, char **ret_block, size_t *ret_len)
{
    enum stored_state state = STORED_OK;

    *ret_len = 0;
    if (stored->given == 1 && !stored->is_running && !stored->is_alone && !stored->is_ended &&
        !start(stored))
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
    pthread_cond_broadcast(&stored->changed);
    pthread_mutex_unlock(&stored->mutex);
    return state;
}

bool stored_finish(struct stored *stored, struct sha256 *ret_sum)
{
    bool done;

    pthread_mutex_lock(&stored->mutex);
    while (stored->digested < stored->filled)
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
    while (stored->digested < stored->filled)
        stored->digested++; /* nobody will ask for it */
    done = digest_finish(stored->digest, &unused);
    stored->has_failed = false;
    stored->memory_at = 0;
    stored->filled = stored->given = stored->digested = 0;
    stored->state = STORED_OK;
    stored->is_ended = false;
    return done;
}
