#include "base/pool.h"

#include <pthread.h>

#include "base/bug.h"
#include "base/mem.h"

struct worker {
    struct pool *pool;
    pthread_t thread;
    unsigned lane;
};

/* Lane 0 is that of the thread that waits. */
struct pool {
    pthread_mutex_t mutex; /* guards the queue, stop, and the jobs' own members */
    pthread_cond_t added;
    pthread_cond_t done;
    struct pool_job *first;
    struct pool_job *last;
    bool stop;
    unsigned count; /* of workers */
    struct worker workers[];
};

/* Runs the first job of the queue; called with the mutex held, which is free while it runs. */
static void run_first(struct pool *pool, unsigned lane)
{
    struct pool_job *job = pool->first;

    pool->first = job->next;
    pthread_mutex_unlock(&pool->mutex);
    job->run(job->context, lane);
    pthread_mutex_lock(&pool->mutex);
    job->is_done = true;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct pool *pool = worker->pool;

    pthread_mutex_lock(&pool->mutex);
    while (!pool->stop) {
        if (!pool->first) {
            pthread_cond_wait(&pool->added, &pool->mutex);
            continue;
        }
        run_first(pool, worker->lane);
        pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

static bool init_locks(struct pool *pool)
{
    if (pthread_mutex_init(&pool->mutex, NULL) != 0)
        return false;
    if (pthread_cond_init(&pool->added, NULL) == 0) {
        if (pthread_cond_init(&pool->done, NULL) == 0)
            return true;
        pthread_cond_destroy(&pool->added);
    }
    pthread_mutex_destroy(&pool->mutex);
    return false;
}

struct pool *pool_new(unsigned threads)
{
    struct pool *pool = mem_alloc(1, sizeof *pool + threads * sizeof pool->workers[0]);

    if (!pool || !init_locks(pool)) {
        mem_free(pool);
        return NULL;
    }
    while (pool->count + 1 < threads) {
        struct worker *worker = &pool->workers[pool->count];

        *worker = (struct worker){.pool = pool, .lane = pool->count + 1};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0)
            break;
        pool->count++;
    }
    return pool;
}

void pool_free(struct pool *pool)
{
    unsigned i;

    if (!pool)
        return;
    BUG_IF(pool->first);
    pthread_mutex_lock(&pool->mutex);
    pool->stop = true;
    pthread_cond_broadcast(&pool->added);
    pthread_mutex_unlock(&pool->mutex);
    for (i = 0; i < pool->count; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->added);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->mutex);
    mem_free(pool);
}

unsigned pool_lanes(const struct pool *pool)
{
    return pool->count + 1;
}

void pool_add(struct pool *pool, struct pool_job *job)
{
    job->next = NULL;
    job->is_done = false;
    pthread_mutex_lock(&pool->mutex);
    if (pool->first)
        pool->last->next = job;
    else
        pool->first = job;
    pool->last = job;
    pthread_cond_signal(&pool->added);
    pthread_mutex_unlock(&pool->mutex);
}

void pool_wait(struct pool *pool, struct pool_job *job)
{
    pthread_mutex_lock(&pool->mutex);
    while (!job->is_done) {
        if (pool->first)
            run_first(pool, 0);
        else
            pthread_cond_wait(&pool->done, &pool->mutex);
    }
    pthread_mutex_unlock(&pool->mutex);
}
