#include "source/hasher.h"

#include <pthread.h>

#include "base/mem.h"

enum { QUEUE = 8 };

struct hasher {
    struct digest *digest;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t changed;
    struct str queue[QUEUE];
    uint64_t added;
    uint64_t taken;
    bool running;
    bool inline_only; /* no thread could be started */
    bool stop;
    bool failed;
};

struct hasher *hasher_new(void)
{
    struct hasher *hasher = mem_alloc(1, sizeof *hasher);

    if (!hasher)
        return NULL;
    hasher->digest = digest_new();
    if (!hasher->digest) {
        mem_free(hasher);
        return NULL;
    }
    if (pthread_mutex_init(&hasher->mutex, NULL) != 0) {
        digest_free(hasher->digest);
        mem_free(hasher);
        return NULL;
    }
    if (pthread_cond_init(&hasher->changed, NULL) != 0) {
        pthread_mutex_destroy(&hasher->mutex);
        digest_free(hasher->digest);
        mem_free(hasher);
        return NULL;
    }
    return hasher;
}

/* Takes the next piece; called with the mutex held, which is free while the digest works. */
static void take_one(struct hasher *hasher)
{
    struct str piece = hasher->queue[hasher->taken % QUEUE];
    bool done;

    pthread_mutex_unlock(&hasher->mutex);
    done = digest_add(hasher->digest, piece.ptr, piece.len);
    pthread_mutex_lock(&hasher->mutex);
    hasher->failed |= !done;
    hasher->taken++;
    pthread_cond_broadcast(&hasher->changed);
}

static void *run(void *context)
{
    struct hasher *hasher = context;

    pthread_mutex_lock(&hasher->mutex);
    for (;;) {
        while (hasher->taken == hasher->added && !hasher->stop)
            pthread_cond_wait(&hasher->changed, &hasher->mutex);
        if (hasher->taken == hasher->added)
            break;
        take_one(hasher);
    }
    pthread_mutex_unlock(&hasher->mutex);
    return NULL;
}

void hasher_add(struct hasher *hasher, struct str piece)
{
    pthread_mutex_lock(&hasher->mutex);
    if (hasher->added == 1 && !hasher->running && !hasher->inline_only) {
        hasher->running = pthread_create(&hasher->thread, NULL, run, hasher) == 0;
        hasher->inline_only = !hasher->running;
    }
    while (hasher->running && hasher->added - hasher->taken == QUEUE)
        pthread_cond_wait(&hasher->changed, &hasher->mutex);
    while (!hasher->running && hasher->added - hasher->taken == QUEUE)
        take_one(hasher);
    hasher->queue[hasher->added % QUEUE] = piece;
    hasher->added++;
    pthread_cond_broadcast(&hasher->changed);
    pthread_mutex_unlock(&hasher->mutex);
}

void hasher_wait(struct hasher *hasher, uint64_t pieces)
{
    pthread_mutex_lock(&hasher->mutex);
    if (pieces > hasher->added)
        pieces = hasher->added;
    while (hasher->taken < pieces) {
        if (hasher->running)
            pthread_cond_wait(&hasher->changed, &hasher->mutex);
        else
            take_one(hasher);
    }
    pthread_mutex_unlock(&hasher->mutex);
}

bool hasher_finish(struct hasher *hasher, struct sha256 *ret_sum)
{
    bool done;

    hasher_wait(hasher, UINT64_MAX);
    /* the thread, if any, now sleeps: the rest needs no lock but costs nothing with it */
    pthread_mutex_lock(&hasher->mutex);
    done = digest_finish(hasher->digest, ret_sum) && !hasher->failed;
    hasher->failed = false;
    hasher->added = 0;
    hasher->taken = 0;
    pthread_mutex_unlock(&hasher->mutex);
    return done;
}

void hasher_free(struct hasher *hasher)
{
    if (!hasher)
        return;
    if (hasher->running) {
        pthread_mutex_lock(&hasher->mutex);
        hasher->stop = true;
        pthread_cond_broadcast(&hasher->changed);
        pthread_mutex_unlock(&hasher->mutex);
        pthread_join(hasher->thread, NULL);
    }
    pthread_cond_destroy(&hasher->changed);
    pthread_mutex_destroy(&hasher->mutex);
    digest_free(hasher->digest);
    mem_free(hasher);
}
