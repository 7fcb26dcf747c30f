/*
 * The variants of a measure side by side: their periods and their rows, each by a thread of its own
 * where there are two, then their totals.
 */
#include "base/mem.h"
#include "measure/finish.h"

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

/* What one thread makes of all the variants. */
struct part_job {
    struct pool_job job;
    struct making *makings;
    size_t count;
    unsigned number;
    struct finish_samples samples;
    struct arena arena; /* of its own */
    bool (*make)(struct part_job *part);
    bool is_done;
};

static int32_t next_period(const struct part_job *part, const struct series_walk *walks,
                           bool *ret_is_end)
{
    int32_t period = INT32_MAX;
    size_t v;

    *ret_is_end = true;
    for (v = 0; v < part->count; v++) {
        if (!series_has_next(&walks[v], part->makings[v].figure))
            continue;
        *ret_is_end = false;
        period = walks[v].period < period ? walks[v].period : period;
    }
    return period;
}

static bool make_series(struct part_job *part)
{
    struct series_walk walks[MEASURE_VARIANTS] = {{0}};
    bool is_end = false;
    size_t v;

    for (v = 0; v < part->count; v++) {
        struct finisher *f = &part->makings[v].finishers[part->number];

        if (finish_variant_of(f)->has_series && !series_begin(f, part->makings[v].figure, &walks[v]))
            return false;
    }
    for (;;) {
        int32_t period = next_period(part, walks, &is_end);

        if (is_end)
            return true;
        for (v = 0; v < part->count; v++)
            if (series_has_next(&walks[v], part->makings[v].figure) && walks[v].period == period &&
                !series_next(&part->makings[v].finishers[part->number], &walks[v],
                             part->makings[v].figure))
                return false;
    }
}

/* What the periods had is added up for the totals. */
static bool make_periods(struct part_job *part)
{
    bool done;
    size_t v;

    for (v = 0; v < part->count; v++)
        part->makings[v].finishers[part->number].is_part = true;
    done = make_series(part);
    for (v = 0; v < part->count; v++)
        part->makings[v].finishers[part->number].is_part = false;
    return done;
}

/* Behind the periods. */
static bool make_totals(struct part_job *part)
{
    bool done = true;
    size_t v;

    for (v = 0; v < part->count && done; v++) {
        struct finisher *f = &part->makings[v].finishers[part->number];

        f->is_total = true;
        done = finish_figure(f, 0, f->group_count, part->makings[v].figure) &&
               finish_cases(f, part->makings[v].figure);
        f->is_total = false;
    }
    return done;
}

/* The variant whose next row comes first; SIZE_MAX: there are no more. */
static size_t first_row(const struct breakdown_walk *walks, size_t count)
{
    size_t first = SIZE_MAX;
    size_t v;

    for (v = 0; v < count; v++)
        if (breakdown_has_next(&walks[v]) &&
            (first == SIZE_MAX ||
             str_compare(breakdown_next_key(&walks[v]), breakdown_next_key(&walks[first])) < 0))
            first = v;
    return first;
}

static bool make_breakdown(struct part_job *part, size_t by)
{
    struct breakdown_walk walks[MEASURE_VARIANTS] = {{0}};
    bool done = true;
    size_t first = 0;
    size_t v;

    for (v = 0; v < part->count && done; v++)
        done = breakdown_begin(&part->makings[v].finishers[part->number], by, part->makings[v].figure,
                          &walks[v]);
    while (done && (first = first_row(walks, part->count)) != SIZE_MAX) {
        struct str key = breakdown_next_key(&walks[first]);

        for (v = first; v < part->count && done; v++)
            if (breakdown_has_next(&walks[v]) && str_equal(breakdown_next_key(&walks[v]), key))
                done = breakdown_next(&part->makings[v].finishers[part->number], &walks[v],
                                 part->makings[v].figure);
    }
    for (v = 0; v < part->count; v++)
        breakdown_done(&walks[v]);
    return done;
}

static bool make_rows(struct part_job *part)
{
    const struct measure_context *context = part->makings[0].finishers[0].state->context;
    bool done = true;
    size_t by;

    for (by = 0; done && by <= context->by_count; by++)
        done = make_breakdown(part, by);
    return done;
}

static void run_part(void *context, unsigned lane)
{
    struct part_job *part = context;
    size_t v;

    (void)lane;
    part->is_done = true;
    for (v = 0; v < part->count; v++) {
        struct finisher *f = &part->makings[v].finishers[part->number];

        f->arena = &part->arena;
        f->samples = &part->samples;
        f->totals = &part->makings[v].totals;
        f->level = NO_LEVEL;
        part->is_done = part->is_done && list_groups(f);
    }
    part->is_done = part->is_done && part->make(part);
    for (v = 0; v < part->count; v++)
        mem_free(part->makings[v].finishers[part->number].groups);
    sample_done(&part->samples.values);
    sample_done(&part->samples.censored);
    mem_free(part->samples.filled);
}

/* Rows that have series need to know how long that of the total is. */
static bool are_apart(const struct making *makings, size_t count)
{
    size_t v;

    for (v = 0; v < count; v++) {
        const struct finisher *f = &makings[v].finishers[0];

        if (finish_variant_of(f)->has_series &&
            (finish_variant_of(f)->series_by || f->state->measure->needs_levels))
            return false;
    }
    return true;
}

static struct part_job part_of(struct making *makings, size_t count, unsigned number,
                               bool (*make)(struct part_job *part))
{
    struct part_job part = {.makings = makings, .count = count, .number = number, .make = make};

    arena_init(&part.arena);
    return part;
}

/* The pool's, or done at once. */
static void start(struct part_job *part, struct pool *pool)
{
    part->job = (struct pool_job){.run = run_part, .context = part};
    if (pool)
        pool_add(pool, &part->job);
    else
        run_part(part, 0);
}

static bool end(struct part_job *part, struct pool *pool, struct arena *arena)
{
    if (pool)
        pool_wait(pool, &part->job);
    arena_join(arena, &part->arena);
    return part->is_done;
}

bool finish_parts(struct making *makings, size_t count, struct pool *pool, struct arena *arena)
{
    struct part_job periods = part_of(makings, count, 0, make_periods);
    struct part_job rows = part_of(makings, count, 1, make_rows);
    struct part_job totals[MEASURE_VARIANTS];
    bool done;
    size_t v;

    if (!are_apart(makings, count))
        pool = NULL;
    start(&periods, pool);
    start(&rows, pool);
    done = end(&periods, pool, arena);
    for (v = 0; v < count; v++) {
        totals[v] = part_of(&makings[v], 1, 0, make_totals);
        start(&totals[v], pool);
    }
    for (v = 0; v < count; v++)
        done = end(&totals[v], pool, arena) && done;
    return end(&rows, pool, arena) && done;
}
