/*
 * A few threads that work off jobs together with the one that waits for them.
 *
 * Call: pool_new; pool_add for each job; pool_wait for each; pool_free.
 * Owns: the caller owns pool and jobs; a job and its context stay where they are until pool_wait.
 * Errors: NULL when memory is out. Threads that cannot be started are done without.
 * Units: lanes count from 0; two jobs with the same lane never run at the same time, so that a lane
 *        may have memory of its own.
 * Jobs begin in the order in which they are added, spare ones behind all others. Results must not depend on the lane that a job
 * got: whoever joins them goes by the order of the jobs.
 * Threads: one thread adds and waits, and works while it waits.
 */
#ifndef CFAUDIT_BASE_POOL_H
#define CFAUDIT_BASE_POOL_H

#include <stdbool.h>

struct pool_job {
    void (*run)(void *context, unsigned lane);
    void *context;
    /* the pool's */
    struct pool_job *next;
    bool is_done;
};

struct pool;

/* `threads` counts the one that waits; at least 1. */
struct pool *pool_new(unsigned threads);
void pool_free(struct pool *pool); /* accepts NULL; every job has been waited for */
/* How many lanes there are: at most the number of threads. */
unsigned pool_lanes(const struct pool *pool);
void pool_add(struct pool *pool, struct pool_job *job);
/* One that begins when a thread has nothing else to do, or when it is waited for. */
void pool_add_spare(struct pool *pool, struct pool_job *job);
/* A spare one that has not begun yet comes before all others. */
void pool_urge(struct pool *pool, struct pool_job *job);
/* Whether a job that was added is done; what it wrote can be read then. */
bool pool_is_done(struct pool *pool, const struct pool_job *job);
/* What the job wrote can be read afterwards. */
void pool_wait(struct pool *pool, struct pool_job *job);

#endif
