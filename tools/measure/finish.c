/* From the groups of a state to figures: totals, breakdowns, periods. */
#include "base/mem.h"
#include "measure/finish.h"

bool finish_last(const struct finisher *f, struct figure *figure)
{
    const struct measure *measure = f->state->measure;

    if (figure->series_count && measure->finish) {
        figure->standing = (struct str){NULL, 0};
        if (!measure->finish(f->state->context, f->variant, f->arena, figure))
            return false;
    } else if (figure->series_count && !finish_chart(f, figure)) {
        return false;
    }
    finish_verdict(f, false, figure);
    return true;
}

/* What only the total says: the first cases of each reason, differences, citations. */
static bool add_cases(const struct finisher *f, struct figure *figure)
{
    const struct variant_state *state = &f->state->variants[f->variant];
    double scale = finish_cited_scale(finish_variant_of(f));

    if (!finish_reasons(f, &state->excluded, NULL, true, &figure->excluded,
                        &figure->excluded_count) ||
        !finish_reasons(f, &state->differences, NULL, true, &figure->differences,
                        &figure->difference_count))
        return false;
    if (!f->state->context->seed.ptr)
        return true;
    return shortlist_citations(&state->worst, scale, f->arena, &figure->worst) &&
           shortlist_citations(&state->sample, scale, f->arena, &figure->sample);
}

/* Where no text was read, no detector had a part in it. */
static void tell_trust(const struct finisher *f, struct figure *figure)
{
    const struct measure_context *context = f->state->context;
    uint32_t detectors = f->state->measure->detectors;

    if (detectors && context->detectors && record_has_marks(context->set))
        figure->trust = str_of(
            trust_name(trust_of_all(context->calibration, context->detectors, detectors)));
}

static bool conclude(const struct finisher *f, struct figure *figure)
{
    const struct measure *measure = f->state->measure;

    if (!measure->conclude)
        return true;
    if (!measure->conclude(f->state->context, f->state->own, f->variant, f->arena, figure))
        return false;
    finish_verdict(f, false, figure);
    return true;
}

/* The variant's own groups, and those that it shares. */
static bool list_groups(struct finisher *f)
{
    const struct group_table *own = &f->state->variants[f->variant].groups;
    const struct group_table *shared = &f->state->shared;
    size_t count = f->state->shared_by >> f->variant & 1 ? shared->count : 0;
    size_t i;

    f->groups = mem_alloc(own->count + count, sizeof *f->groups);
    if (!f->groups)
        return false;
    for (i = 0; i < own->count; i++)
        f->groups[i] = &own->groups[i];
    for (i = 0; i < count; i++)
        f->groups[own->count + i] = &shared->groups[i];
    f->group_count = own->count + count;
    return true;
}

static bool finish_variant(struct finisher *f, struct figure *figure)
{
    bool done;
    size_t i;

    f->level = NO_LEVEL;
    if (!list_groups(f))
        return false;
    f->is_total = true;
    done = finish_figure(f, 0, f->group_count, figure) && add_cases(f, figure);
    f->is_total = false;
    if (done && finish_variant_of(f)->has_series)
        done = finish_series(f, figure);
    for (i = 0; done && i <= f->state->context->by_count; i++)
        done = finish_rows(f, i, figure);
    done = done && finish_last(f, figure) && conclude(f, figure);
    tell_trust(f, figure);
    mem_free(f->groups);
    return done;
}

/* A variant takes long when it has millions of values, and needs none of the others. */
struct variant_job {
    struct pool_job job;
    struct finisher finisher;
    struct arena arena; /* of its own */
    struct figure *figure;
    bool is_done;
};

static void run_variant(void *context, unsigned lane)
{
    struct variant_job *job = context;
    struct finish_samples samples = {0};

    (void)lane;
    job->finisher.samples = &samples;
    job->is_done = finish_variant(&job->finisher, job->figure);
    sample_done(&samples.values);
    sample_done(&samples.censored);
}

/* In the arena that all share, or each in one of its own by several threads. */
static bool finish_variants(struct variant_job *jobs, size_t count, struct pool *pool,
                            struct arena *arena)
{
    bool done = true;
    size_t i;

    for (i = 0; i < count; i++) {
        arena_init(&jobs[i].arena);
        jobs[i].job = (struct pool_job){.run = run_variant, .context = &jobs[i]};
        jobs[i].finisher.arena = pool ? &jobs[i].arena : arena;
        if (pool)
            pool_add(pool, &jobs[i].job);
        else
            run_variant(&jobs[i], 0);
    }
    for (i = 0; i < count; i++) {
        if (pool)
            pool_wait(pool, &jobs[i].job);
        arena_join(arena, &jobs[i].arena);
        done = done && jobs[i].is_done;
    }
    return done;
}

enum status measure_finish(struct measure_state *state, struct arena *arena, struct diag *diag,
                           struct figure **ret_figures, size_t *ret_count)
{
    struct variant_job jobs[MEASURE_VARIANTS] = {0};
    struct figure *figures = arena_alloc(arena, MEASURE_VARIANTS, sizeof *figures);
    size_t count = 0;
    size_t v;

    if (!figures || state->failed)
        return diag_no_memory(diag);
    for (v = 0; v < state->measure->variant_count; v++) {
        if ((state->applies >> v & 1) == 0)
            continue;
        jobs[count].finisher = (struct finisher){.state = state, .variant = v};
        jobs[count].figure = &figures[count];
        count++;
    }
    if (!finish_variants(jobs, count, state->context->pool, arena))
        return diag_no_memory(diag);
    *ret_figures = figures;
    *ret_count = count;
    return STATUS_OK;
}

enum status measure_all(const struct measure *measure, const struct measure_context *context,
                        struct arena *arena, struct diag *diag, struct figure **ret_figures,
                        size_t *ret_count)
{
    size_t count = kept_cases_states(measure, context);
    struct measure_state **states = mem_alloc(count, sizeof(struct measure_state *));
    enum status status = states ? STATUS_OK : diag_no_memory(diag);
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++)
        status = measure_init(measure, context, diag, &states[i]);
    if (status == STATUS_OK)
        status = kept_cases_add(states, count, diag);
    for (i = 1; i < count && status == STATUS_OK; i++)
        measure_merge(states[0], states[i]);
    if (status == STATUS_OK)
        status = measure_finish(states[0], arena, diag, ret_figures, ret_count);
    for (i = 0; states && i < count; i++)
        measure_free(states[i]);
    mem_free(states);
    return status;
}
