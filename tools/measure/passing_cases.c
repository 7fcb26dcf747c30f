#include "measure/passing_cases.h"

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/state.h"

/* One state of a measure, and the cases at hand that it gets. */
struct observer {
    struct pool_job job;
    struct measure_state *state;
    const struct record_set *set;
    size_t first;
    size_t end;
    bool failed;
};

struct passing {
    const struct measure *const *list;
    size_t count;
    const struct measure_context *context;
    struct diag *diag;
    size_t lanes;
    struct observer *observers; /* so many for each measure; some have no state */
};

static struct observer *observers_of(const struct passing *passing, size_t number)
{
    return passing->observers + number * passing->lanes;
}

/* --- states --- */

static enum status make_states(struct passing *passing, size_t number)
{
    const struct measure *measure = passing->list[number];
    size_t count = measure->prepares_long ? 1 : passing->lanes;
    struct observer *observers = observers_of(passing, number);
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++)
        status = measure_init(measure, passing->context, passing->diag, &observers[i].state);
    return status;
}

void passing_free(struct passing *passing)
{
    size_t i;

    if (!passing)
        return;
    for (i = 0; passing->observers && i < passing->count * passing->lanes; i++)
        measure_free(passing->observers[i].state);
    mem_free(passing->observers);
    mem_free(passing);
}

/* --- cases --- */

static void observe(void *context, unsigned lane)
{
    struct observer *observer = context;
    size_t i;

    (void)lane;
    for (i = observer->first; i < observer->end; i++) {
        struct record_case item = record_case_at(observer->set, i);

        measure_add(observer->state, &item);
    }
    observer->failed = !measure_keep_ids(observer->state);
}

/* The states of a measure get a stretch each. */
static void share_out(struct passing *passing, size_t number, const struct record_set *set)
{
    struct observer *observers = observers_of(passing, number);
    size_t cases = record_case_count(set);
    size_t count = 0;
    size_t i;

    while (count < passing->lanes && observers[count].state)
        count++;
    for (i = 0; i < count; i++) {
        observers[i].set = set;
        observers[i].first = cases / count * i;
        observers[i].end = i + 1 < count ? cases / count * (i + 1) : cases;
        observers[i].job = (struct pool_job){.run = observe, .context = &observers[i]};
        if (passing->context->pool)
            pool_add(passing->context->pool, &observers[i].job);
        else
            observe(&observers[i], 0);
    }
}

static enum status show(void *taker, const struct record_set *set)
{
    struct passing *passing = taker;
    bool failed = false;
    size_t i;

    for (i = 0; i < passing->count; i++)
        share_out(passing, i, set);
    for (i = 0; i < passing->count * passing->lanes; i++) {
        struct observer *observer = &passing->observers[i];

        if (observer->state && passing->context->pool)
            pool_wait(passing->context->pool, &observer->job);
        failed |= observer->state && observer->failed;
    }
    return failed ? diag_no_memory(passing->diag) : STATUS_OK;
}

/* --- the whole --- */

enum status passing_new(enum record_kind kind, const struct measure *const *list, size_t count,
                        const struct measure_context *context, struct diag *diag,
                        struct passing **ret_passing)
{
    struct passing *passing = mem_alloc(1, sizeof *passing);
    enum status status = STATUS_OK;
    size_t i;

    if (!passing)
        return diag_no_memory(diag);
    passing->list = list;
    passing->count = count;
    passing->context = context;
    passing->diag = diag;
    passing->lanes = context->pool ? pool_lanes(context->pool) : 1;
    passing->observers = mem_alloc(count * passing->lanes, sizeof *passing->observers);
    if (!passing->observers)
        status = diag_no_memory(diag);
    for (i = 0; i < count && status == STATUS_OK; i++)
        if (list[i]->kind == kind)
            status = make_states(passing, i);
    if (status == STATUS_OK)
        status = case_walk(context, show, passing);
    if (status != STATUS_OK) {
        passing_free(passing);
        return status;
    }
    *ret_passing = passing;
    return STATUS_OK;
}

enum status passing_finish(struct passing *passing, size_t number, struct arena *arena,
                           struct diag *diag, struct figure **ret_figures, size_t *ret_count)
{
    struct observer *observers = observers_of(passing, number);
    enum status status;
    size_t i;

    for (i = 1; i < passing->lanes && observers[i].state; i++) {
        measure_merge(observers[0].state, observers[i].state);
        measure_free(observers[i].state);
        observers[i].state = NULL;
    }
    status = measure_finish(observers[0].state, arena, diag, ret_figures, ret_count);
    measure_free(observers[0].state);
    observers[0].state = NULL;
    return status;
}
