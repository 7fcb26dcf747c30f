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

bool finish_cases(const struct finisher *f, struct figure *figure)
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
    const struct measure *measure = f->state->measure;
    uint32_t detectors =
        measure->by_variant ? measure->by_variant[f->variant] : measure->detectors;

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

static bool finish_variants(struct making *makings, size_t count, struct pool *pool,
                            struct arena *arena)
{
    bool done = count == 0 || finish_parts(makings, count, pool, arena);
    size_t v;

    for (v = 0; v < count; v++) {
        struct finisher *f = &makings[v].finishers[0];

        f->arena = arena;
        f->groups = NULL;
        f->group_count = 0;
        done = done && finish_last(f, makings[v].figure) && conclude(f, makings[v].figure);
        tell_trust(f, makings[v].figure);
        sample_done(&makings[v].totals.values);
        sample_done(&makings[v].totals.censored);
    }
    return done;
}

enum status measure_finish(struct measure_state *state, struct arena *arena, struct diag *diag,
                           struct figure **ret_figures, size_t *ret_count)
{
    struct making makings[MEASURE_VARIANTS] = {{.figure = NULL}};
    struct figure *figures = arena_alloc(arena, MEASURE_VARIANTS, sizeof *figures);
    size_t count = 0;
    size_t v;

    if (!figures || state->failed)
        return diag_no_memory(diag);
    for (v = 0; v < state->measure->variant_count; v++) {
        if ((state->applies >> v & 1) == 0)
            continue;
        makings[count].finishers[0] = makings[count].finishers[1] =
            (struct finisher){.state = state, .variant = v};
        makings[count].figure = &figures[count];
        count++;
    }
    if (!finish_variants(makings, count, state->context->pool, arena))
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
