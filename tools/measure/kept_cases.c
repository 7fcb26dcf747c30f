/* The cases that a record set keeps, observed by several threads. */
#include "base/mem.h"
#include "measure/state.h"

/* Fewer cases than these are not worth another state. */
enum { STRETCH_LEAST = 4096 };

struct stretch {
    struct pool_job job;
    struct measure_state *state;
    size_t first;
    size_t end;
};

static void add_stretch(void *context, unsigned lane)
{
    const struct stretch *stretch = context;
    const struct record_set *set = stretch->state->context->set;
    size_t i;

    (void)lane;
    for (i = stretch->first; i < stretch->end; i++) {
        struct record_case item = record_case_at(set, i);

        measure_add(stretch->state, &item);
    }
}

size_t kept_cases_states(const struct measure *measure, const struct measure_context *context)
{
    const struct record_set *set = measure_context_of(context, measure->kind)->set;
    size_t count = record_case_count(set) / STRETCH_LEAST;
    size_t lanes = context->pool ? pool_lanes(context->pool) : 1;

    return count < 2 || measure->prepares_long ? 1 : count < lanes ? count : lanes;
}

enum status kept_cases_add(struct measure_state *const *states, size_t count, struct diag *diag)
{
    struct pool *pool = states[0]->context->pool;
    size_t cases = record_case_count(states[0]->context->set);
    struct stretch *stretches = mem_alloc(count, sizeof *stretches);
    size_t i;

    if (!stretches)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        stretches[i].job = (struct pool_job){.run = add_stretch, .context = &stretches[i]};
        stretches[i].state = states[i];
        stretches[i].first = cases / count * i;
        stretches[i].end = i + 1 < count ? cases / count * (i + 1) : cases;
        if (count > 1)
            pool_add(pool, &stretches[i].job);
        else
            add_stretch(&stretches[i], 0);
    }
    for (i = 0; count > 1 && i < count; i++)
        pool_wait(pool, &stretches[i].job);
    mem_free(stretches);
    return STATUS_OK;
}
