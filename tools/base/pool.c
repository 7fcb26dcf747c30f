#include "base/pool.h"

#include <pthread.h>
#if !defined(__x86_64__)
#include <sched.h>
#endif
#include <stdatomic.h>

#include "base/bug.h"
#include "base/mem.h"

/*
 * Looks at what another thread is about to do before a thread sleeps for it: jobs come in quick
 * succession, and to wake a processor takes longer than most of them, above all a virtual one.
 */
enum { LOOKS = 2000 };

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
    atomic_uint changes; /* of all that, for a look without the mutex */
    unsigned count;      /* of workers */
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

static void changed(struct pool *pool)
{
    atomic_fetch_add_explicit(&pool->changes, 1, memory_order_release);
}

static inline void pause_a_moment(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    sched_yield();
#endif
}

/* Called with the mutex held, as a condition would be waited for. */
static void await(struct pool *pool, pthread_cond_t *condition)
{
    unsigned known = atomic_load_explicit(&pool->changes, memory_order_acquire);
    unsigned now = known;
    unsigned i;

    pthread_mutex_unlock(&pool->mutex);
    for (i = 0; i < LOOKS && now == known; i++) {
        pause_a_moment();
        now = atomic_load_explicit(&pool->changes, memory_order_acquire);
    }
    pthread_mutex_lock(&pool->mutex);
    if (atomic_load_explicit(&pool->changes, memory_order_acquire) == known)
        pthread_cond_wait(condition, &pool->mutex);
}

/* Called with the mutex held, which is free while the job runs. */
static void run_job(struct pool *pool, struct pool_job *job, unsigned lane)
{
    pthread_mutex_unlock(&pool->mutex);
    job->run(job->context, lane);
    pthread_mutex_lock(&pool->mutex);
    job->is_done = true;
    changed(pool);
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
            await(pool, &pool->added);
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
    changed(pool);
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
    changed(pool);
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

void pool_urge(struct pool *pool, struct pool_job *job)
{
    pthread_mutex_lock(&pool->mutex);
    if (take_this(&pool->spare, job)) {
        job->next = pool->jobs.first;
        if (!pool->jobs.first)
            pool->jobs.last = job;
        pool->jobs.first = job;
        changed(pool);
        pthread_cond_signal(&pool->added);
    }
    pthread_mutex_unlock(&pool->mutex);
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
            await(pool, &pool->done);
    }
    pthread_mutex_unlock(&pool->mutex);
}
