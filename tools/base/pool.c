#include "base/pool.h"

#include <pthread.h>

#include "base/bug.h"
#include "base/mem.h"

struct worker {
    struct pool *pool;
    pthread_t thread;
    unsigned lane;
};

struct queue {
    struct pool_job *first;
    struct pool_job *last;
};

/* Lane 0 is that of the thread that waits. */
struct pool {
    pthread_mutex_t mutex; /* guards the queues, stop, and the jobs' own members */
    pthread_cond_t added;
    pthread_cond_t done;
    struct queue jobs;
    struct queue spare; /* for time that nothing else needs */
    bool stop;
    unsigned count; /* of workers */
    struct worker workers[];
};

static void put(struct queue *queue, struct pool_job *job)
{
    if (queue->first)
        queue->last->next = job;
    else
        queue->first = job;
    queue->last = job;
}

static struct pool_job *take_first(struct queue *queue)
{
    struct pool_job *job = queue->first;

    if (job)
        queue->first = job->next;
    return job;
}

/* The job itself, if it waits in the queue, else NULL. */
static struct pool_job *take_this(struct queue *queue, struct pool_job *job)
{
    struct pool_job *before = NULL;
    struct pool_job *at = queue->first;

    while (at && at != job) {
        before = at;
        at = at->next;
    }
    if (!at)
        return NULL;
    if (before)
        before->next = job->next;
    else
        queue->first = job->next;
    if (queue->last == job)
        queue->last = before;
    return job;
}

/* Called with the mutex held, which is free while the job runs. */
static void run_job(struct pool *pool, struct pool_job *job, unsigned lane)
{
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
        struct pool_job *job = take_first(&pool->jobs);

        if (!job)
            job = take_first(&pool->spare);
        if (job) {
            run_job(pool, job, worker->lane);
            pthread_cond_signal(&pool->done);
        } else {
            pthread_cond_wait(&pool->added, &pool->mutex);
        }
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
    BUG_IF(pool->jobs.first || pool->spare.first);
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

static void add(struct pool *pool, struct queue *queue, struct pool_job *job)
{
    job->next = NULL;
    job->is_done = false;
    pthread_mutex_lock(&pool->mutex);
    put(queue, job);
    pthread_cond_signal(&pool->added);
    pthread_mutex_unlock(&pool->mutex);
}

void pool_add(struct pool *pool, struct pool_job *job)
{
    add(pool, &pool->jobs, job);
}

void pool_add_spare(struct pool *pool, struct pool_job *job)
{
    add(pool, &pool->spare, job);
}

bool pool_is_done(struct pool *pool, const struct pool_job *job)
{
    bool is_done;

    pthread_mutex_lock(&pool->mutex);
    is_done = job->is_done;
    pthread_mutex_unlock(&pool->mutex);
    return is_done;
}

void pool_wait(struct pool *pool, struct pool_job *job)
{
    pthread_mutex_lock(&pool->mutex);
    while (!job->is_done) {
        struct pool_job *next = take_first(&pool->jobs);

        if (!next)
            next = take_this(&pool->spare, job);
        if (next)
            run_job(pool, next, 0);
        else
            pthread_cond_wait(&pool->done, &pool->mutex);
    }
    pthread_mutex_unlock(&pool->mutex);
}
