/* The cases that a record set keeps, observed by several threads. */
#include <stdatomic.h>

#include "base/mem.h"
#include "measure/state.h"

/* Fewer cases than these are not worth another state; so many are taken at a time. */
enum { WORTH_A_STATE = 4096, STRETCH = 1024 };

/* What all threads take from. */
struct stretches {
    const struct record_set *set;
    atomic_size_t next; /* case */
    size_t end;
};

struct taker {
    struct pool_job job;
    struct measure_state *state;
    struct stretches *stretches;
};

static void add_stretch(struct measure_state *state, const struct record_set *set, size_t first,
                        size_t end)
{
    size_t i;

    for (i = first; i < end; i++) {
        struct record_case item = record_case_at(set, i);

        record_case_prefetch(set, i);
        measure_add(state, &item);
    }
}

/* Which state is told of which cases does not matter (measure.h). */
static void take_stretches(void *context, unsigned lane)
{
    struct taker *taker = context;
    struct stretches *stretches = taker->stretches;
    size_t first;

    (void)lane;
    while ((first = atomic_fetch_add(&stretches->next, STRETCH)) < stretches->end)
        add_stretch(taker->state, stretches->set, first,
                    stretches->end - first < STRETCH ? stretches->end : first + STRETCH);
}

size_t kept_cases_states(const struct measure *measure, const struct measure_context *context)
{
    size_t count = record_case_count(measure_context_of(context, measure->kind)->set) / WORTH_A_STATE;
    size_t lanes = context->pool ? pool_lanes(context->pool) : 1;

    return count < 2 || measure->prepares_long ? 1 : count < lanes ? count : lanes;
}

enum status kept_cases_add(struct measure_state *const *states, size_t count, struct diag *diag)
{
    struct pool *pool = states[0]->context->pool;
    const struct record_set *set = states[0]->context->set;
    struct stretches stretches = {.set = set, .end = record_case_count(set)};
    struct taker *takers = mem_alloc(count, sizeof *takers);
    size_t i;

    if (!takers)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        takers[i].job = (struct pool_job){.run = take_stretches, .context = &takers[i]};
        takers[i].state = states[i];
        takers[i].stretches = &stretches;
        if (count > 1)
            pool_add(pool, &takers[i].job);
        else
            take_stretches(&takers[i], 0);
    }
    for (i = 0; count > 1 && i < count; i++)
        pool_wait(pool, &takers[i].job);
    mem_free(takers);
    return STATUS_OK;
}
