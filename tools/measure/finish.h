/*
 * From the groups of a state to figures: what the steps of measure_finish share.
 *
 * Call: finish_figure for a run of groups; finish_rows and finish_series for what hangs below it.
 * Owns: figures live in the finisher's arena; groups are borrowed from the state.
 * Errors: false when memory is out.
 * Units: as in measure/figure.h.
 * Threads: one finisher, one thread.
 */
#ifndef CFAUDIT_MEASURE_FINISH_H
#define CFAUDIT_MEASURE_FINISH_H

#include "measure/state.h"

/* Of the figure being made; each takes the memory of the one before. */
struct finish_samples {
    struct sample values;
    const struct sample_list **filled; /* the lists that have those values, by address */
    size_t filled_count;
    size_t filled_capacity;
    struct sample censored;
};

/* What the periods of a total had, one after the other: not all of it where some were left out. */
struct finish_totals {
    struct sample values;
    struct sample censored;
};

struct finisher {
    const struct measure_state *state;
    size_t variant;
    struct arena *arena;
    struct finish_samples *samples; /* variants that are made side by side have the same */
    struct finish_totals *totals;
    const struct group **groups; /* sorted as the step needs */
    size_t group_count;
    bool is_total; /* the figure being made is the variant's, not a row or a period */
    bool is_part;  /* it is a period of that */
    int32_t level; /* whose row is made; NO_LEVEL: none */
};

const struct measure_variant *finish_variant_of(const struct finisher *f);
/* From the values of the variant, and of its cited cases, to the figure's unit. */
double finish_scale(const struct measure_variant *variant);
double finish_cited_scale(const struct measure_variant *variant);

/* Value, interval and quantiles of the durations or quantities in groups [first, end). */
bool finish_values(const struct finisher *f, size_t first, size_t end, struct figure *figure);
/* Totals carry the first cases of each reason, rows only the counts; NULL counts: the table's. */
bool finish_reasons(const struct finisher *f, const struct reason_table *table,
                    const uint64_t *counts, bool with_cases, struct exclusion **ret_list,
                    size_t *ret_count);
/* Everything that groups [first, end) say by themselves. */
bool finish_figure(const struct finisher *f, size_t first, size_t end, struct figure *figure);
/* Target and verdict, where there is a target. */
void finish_verdict(const struct finisher *f, bool is_period, struct figure *figure);
/* One figure for each period between the first and the last; the groups are put in that order. */
bool finish_series(struct finisher *f, struct figure *figure);
/* The same one by one: begin, then next while there are any. */
struct series_walk {
    size_t first;   /* group of the next period */
    int32_t period; /* the next */
    size_t row;
};
bool series_begin(struct finisher *f, struct figure *figure, struct series_walk *ret_walk);
static inline bool series_has_next(const struct series_walk *walk, const struct figure *figure)
{
    return walk->row < figure->series_count;
}
bool series_next(const struct finisher *f, struct series_walk *walk, struct figure *figure);
/* Control chart and trend of the figure's series, which is not empty. */
bool finish_chart(const struct finisher *f, struct figure *figure);
/* What only the total says: the first cases of each reason, differences, citations. */
bool finish_cases(const struct finisher *f, struct figure *figure);

enum { FINISH_PARTS = 2 };

/*
 * One variant in the making. Values that variants share are looked at once where their figures are
 * made in turn: of each period for all of them, of each row for all of them.
 */
struct making {
    struct finisher finishers[FINISH_PARTS]; /* each part puts the groups in an order of its own */
    struct finish_totals totals;
    struct figure *figure;
};

/* Everything but the last word on the total. */
bool finish_parts(struct making *makings, size_t count, struct pool *pool, struct arena *arena);
/* The measure's last word on a figure with a series, then target and verdict. */
bool finish_last(const struct finisher *f, struct figure *figure);
/* One row for each key of a breakdown, appended to the figure's; by_count: service levels. Begin,
   then next while there are any, in order of their keys; done in any case. */
struct breakdown_walk {
    size_t by;
    struct keyed_group *keyed;
    size_t count;
    size_t first; /* of the next row */
    bool with_series;
};
bool breakdown_begin(const struct finisher *f, size_t by, struct figure *figure,
                struct breakdown_walk *ret_walk);
static inline bool breakdown_has_next(const struct breakdown_walk *walk)
{
    return walk->first < walk->count;
}
struct str breakdown_next_key(const struct breakdown_walk *walk);
bool breakdown_next(const struct finisher *f, struct breakdown_walk *walk, struct figure *figure);
void breakdown_done(struct breakdown_walk *walk);

#endif
