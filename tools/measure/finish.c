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

static bool finish_variant(struct finisher *f, struct figure *figure)
{
    const struct group_table *table = &f->state->variants[f->variant].groups;
    bool done;
    size_t i;

    f->level = NO_LEVEL;
    f->group_count = table->count;
    f->groups = mem_alloc(table->count, sizeof *f->groups);
    if (!f->groups)
        return false;
    for (i = 0; i < table->count; i++)
        f->groups[i] = &table->groups[i];
    f->is_total = true;
    done = finish_figure(f, 0, table->count, figure) && add_cases(f, figure);
    f->is_total = false;
    if (done && finish_variant_of(f)->has_series)
        done = finish_series(f, figure);
    for (i = 0; done && i <= f->state->context->by_count; i++)
        done = finish_rows(f, i, figure);
    done = done && finish_last(f, figure);
    mem_free(f->groups);
    return done;
}

enum status measure_finish(struct measure_state *state, struct arena *arena, struct diag *diag,
                           struct figure **ret_figures, size_t *ret_count)
{
    struct finisher f = {.state = state, .arena = arena, .diag = diag};
    struct figure *figures = arena_alloc(arena, MEASURE_VARIANTS, sizeof *figures);
    size_t count = 0;

    if (!figures || state->failed)
        return diag_no_memory(diag);
    for (f.variant = 0; f.variant < state->measure->variant_count; f.variant++)
        if (state->applies >> f.variant & 1 && !finish_variant(&f, &figures[count++]))
            return diag_no_memory(diag);
    *ret_figures = figures;
    *ret_count = count;
    return STATUS_OK;
}

enum status measure_all(const struct measure *measure, const struct measure_context *context,
                        struct arena *arena, struct diag *diag, struct figure **ret_figures,
                        size_t *ret_count)
{
    struct measure_state *state = NULL;
    size_t count = record_case_count(context->set);
    enum status status = measure_init(measure, context, diag, &state);
    size_t i;

    for (i = 0; status == STATUS_OK && i < count; i++) {
        struct record_case item = record_case_at(context->set, i);

        measure_add(state, &item);
    }
    if (status == STATUS_OK)
        status = measure_finish(state, arena, diag, ret_figures, ret_count);
    measure_free(state);
    return status;
}
