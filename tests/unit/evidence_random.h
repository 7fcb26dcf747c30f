/* Ledgers drawn at random, with texts that are hard to write and to read. */
#ifndef CFAUDIT_TESTS_EVIDENCE_RANDOM_H
#define CFAUDIT_TESTS_EVIDENCE_RANDOM_H

#include "evidence_fixture.h"

struct random {
    uint64_t state;
};

/* splitmix64 */
static inline uint64_t next(struct random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline size_t below(struct random *random, size_t limit)
{
    return (size_t)(next(random) % limit);
}

static inline double any_double(struct random *random)
{
    uint64_t bits = next(random);
    double value;

    if (below(random, 3) == 0)
        return NAN;
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0.5;
}

static inline struct str any_text(struct random *random)
{
    size_t i = below(random, ARRAY_LEN(hostile) + 1);

    return i == ARRAY_LEN(hostile) ? (struct str){NULL, 0} : str_of(hostile[i]);
}

static inline struct str some_text(struct random *random)
{
    return str_of(hostile[below(random, ARRAY_LEN(hostile))]);
}

static inline struct citations any_cases(struct fixture *f, struct random *random, size_t sources)
{
    struct citations cases = {NULL, below(random, 4)};
    size_t i;

    if (sources == 0)
        cases.count = 0;
    cases.list = arena_alloc(&f->arena, cases.count + 1, sizeof *cases.list);
    for (i = 0; i < cases.count; i++)
        cases.list[i] = (struct citation){some_text(random),  (uint32_t)below(random, sources),
                                          next(random) >> 1,  next(random) >> 1,
                                          any_double(random), any_text(random)};
    return cases;
}

static inline struct figure any_figure(struct fixture *f, struct random *random, size_t sources,
                                unsigned depth)
{
    static const char *const units[] = {"s", "1", "count", "ratio"};
    struct figure figure = make_figure("M-03", below(random, 2) ? "reported" : NULL);
    size_t i;

    figure.unit = str_of(units[below(random, 4)]);
    figure.population = any_text(random);
    figure.note = any_text(random);
    figure.n = next(random) >> 1;
    figure.k = next(random) >> 1;
    figure.value = any_double(random);
    figure.low = any_double(random);
    figure.high = any_double(random);
    figure.target = any_double(random);
    figure.target_document = any_text(random);
    for (i = 0; i < QUANTILE_COUNT; i++)
        figure.quantiles[i] = any_double(random);
    figure.worst = any_cases(f, random, sources);
    figure.sample = any_cases(f, random, sources);
    if (depth == 0)
        return figure;
    figure.key = any_text(random);
    figure.by = any_text(random);
    figure.breakdown_count = below(random, 3);
    figure.breakdown = arena_alloc(&f->arena, 3, sizeof *figure.breakdown);
    for (i = 0; i < figure.breakdown_count; i++)
        figure.breakdown[i] = any_figure(f, random, sources, depth - 1);
    figure.series_count = below(random, 3);
    figure.series = arena_alloc(&f->arena, 3, sizeof *figure.series);
    for (i = 0; i < figure.series_count; i++)
        figure.series[i] = any_figure(f, random, sources, depth - 1);
    return figure;
}

static inline struct evidence *any_evidence(struct fixture *f, struct random *random)
{
    struct evidence *e = make_full(f);
    size_t i;

    e->seed = any_text(random);
    e->is_incomplete = below(random, 2);
    e->audit.title.in[LANG_EN] = any_text(random);
    e->audit.organization = any_text(random);
    e->audit.as_of = below(random, 2) ? INSTANT_MISSING
                                      : (struct instant){(int64_t)(next(random) >> 16)};
    e->sources[0].reasons[0].first[0].text = any_text(random);
    e->figure_count = below(random, 4);
    e->figures = arena_alloc(&f->arena, 4, sizeof *e->figures);
    for (i = 0; i < e->figure_count; i++)
        e->figures[i] = any_figure(f, random, e->source_count, 2);
    e->notes[0].text = some_text(random);
    e->notes[0].source = any_text(random);
    assert_int_equal(evidence_number(e, &f->arena, &f->diag), STATUS_OK);
    return e;
}

#endif
