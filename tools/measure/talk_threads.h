/*
 * Threads of conversation with refusals: a case, or the cases of one customer on one topic of which
 * each was opened within 30 days of the one before.
 *
 * Call: talk_threads_new; talk_thread_of for each case, or talk_threads_count and talk_thread_at for
 *       all; talk_threads_free.
 * Owns: the caller owns the threads; names of cases live as long.
 * Errors: STATUS_MEMORY, reported.
 * Units: instants in microseconds UTC.
 * Goes through all the cases twice, and keeps the refusals. Of threads of several cases it also holds
 * the digests of what was said while it looks for chains.
 * Source: measure/refusal_chain.h; topics as for repeat contacts (measure/topic_cases.h).
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_TALK_THREADS_H
#define CFAUDIT_MEASURE_TALK_THREADS_H

#include "measure/refusal_chain.h"
#include "measure/talk.h"
#include "measure/topic_cases.h"

enum { THREAD_DAYS = 30 };

/* Slots that a measure of threads needs; it also needs classes and marks. */
static const uint64_t THREAD_SLOTS = TALK_SLOTS | TOPIC_SLOTS;

/* One refusal of a thread. */
struct thread_refusal {
    struct str case_id;
    int64_t at;
    uint32_t source;
    uint64_t line;
    uint64_t offset;
    bool is_coded; /* the resolution says so */
    bool by_code;  /* and not the text */
    struct chain_link link;
};

struct talk_thread {
    struct str case_id; /* its first case */
    uint32_t cases;
    struct refusal_chain chain;
    const struct thread_refusal *refusals; /* in order */
    size_t refusal_count;
};

struct talk_threads;

/* Some source tells refusals: by texts that were read, or by a code of resolution. */
bool talk_threads_are_told(const struct measure_context *context);
enum status talk_threads_new(const struct measure_context *context, struct diag *diag,
                             struct talk_threads **ret_threads);
void talk_threads_free(struct talk_threads *threads); /* accepts NULL */
/* Those with a refusal, in order of the ids of their first cases. */
size_t talk_threads_count(const struct talk_threads *threads);
const struct talk_thread *talk_thread_at(const struct talk_threads *threads, size_t number);
/* The thread that the case is in; NULL: one without a refusal. *ret_is_first: it begins with it. */
const struct talk_thread *talk_thread_of(const struct talk_threads *threads,
                                         const struct record_case *item, bool *ret_is_first);

#endif
