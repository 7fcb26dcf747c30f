/*
 * Which cases belong to one thread of conversation in which something may be refused.
 *
 * Call: thread_members_init; thread_members_list, which goes through all the cases;
 *       thread_member_find; thread_members_done.
 * Owns: the caller owns the struct.
 * Errors: STATUS_MEMORY, reported.
 * Units: instants in microseconds UTC.
 * Source: measure/talk_threads.h says which cases are one thread.
 * Threads: constant once listed.
 */
#ifndef CFAUDIT_MEASURE_THREAD_MEMBERS_H
#define CFAUDIT_MEASURE_THREAD_MEMBERS_H

#include "measure/measure.h"

struct thread_member {
    uint64_t key;    /* digest of its id */
    uint64_t thread; /* digest of what holds the thread together */
    int64_t opened;
    uint32_t number; /* of the thread */
    uint32_t order;  /* in the thread */
    bool refuses;
};

struct thread_members {
    const struct measure_context *context;
    struct diag *diag;
    struct topic_cases *topics; /* while they are listed; NULL: every case is a thread */
    struct thread_member *list; /* by key */
    size_t count;
    size_t capacity;
    uint32_t *cases; /* of each thread */
    size_t thread_count;
};

void thread_members_init(struct thread_members *members, const struct measure_context *context,
                         struct diag *diag);
enum status thread_members_list(struct thread_members *members);
void thread_members_done(struct thread_members *members);
/* NULL: nothing in its thread refuses. */
const struct thread_member *thread_member_find(const struct thread_members *members,
                                               const struct record_case *item);

#endif
