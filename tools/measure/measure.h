/*
 * Measures: cases -> figures, by one contract.
 *
 * Call: measure_find; measure_needs; then for each part of the cases measure_init, measure_add for
 *       every case, and in the end measure_merge of the parts in any order and measure_finish.
 *       measure_all does this for a whole record set.
 * Owns: the caller owns the state (measure_free); figures live in the arena given.
 * Errors: STATUS_MEMORY, reported.
 * Units: as in measure/figure.h.
 * Source: each measure names its own.
 * merge is associative and commutative, for parts of one record set: figures do not depend on how
 * its cases were parted. (Cases that cross parts of a run are joined before: part/part.h.)
 * Threads: one state, one thread; the context is constant.
 */
#ifndef CFAUDIT_MEASURE_MEASURE_H
#define CFAUDIT_MEASURE_MEASURE_H

#include "base/pool.h"
#include "base/words.h"
#include "detect/trust.h"
#include "measure/figure.h"
#include "measure/staff_floor.h"
#include "plan/process.h"
#include "record/record.h"

enum { MEASURE_VARIANTS = 12, MEASURE_BREAKDOWNS = 8 };

/* How the observations of a variant become a value. */
enum variant_kind {
    VARIANT_DURATION, /* value p50, order-statistic interval, quantiles */
    VARIANT_SHARE,    /* value k/n, Wilson interval */
    VARIANT_QUANTITY, /* value mean, normal interval, quantiles */
    VARIANT_COUNT,    /* value n */
    VARIANT_RATIO,    /* value k/n of two different populations, no interval */
    VARIANT_FACTOR,   /* quotients in millionths: value p50, order-statistic interval, quantiles */
    VARIANT_MEAN,     /* shares of each case in millionths: value mean, normal interval, quantiles */
    VARIANT_SCORE,    /* points in millionths: value p50, order-statistic interval, quantiles */
    VARIANT_NET,      /* +100, 0, -100 points in millionths: value mean, interval of a multinomial */
    VARIANT_PART,     /* value: sum of the parts / sum of the wholes, in time; no interval */
    VARIANT_P85,      /* as VARIANT_DURATION, but value p85 */
    VARIANT_P95,
    VARIANT_SAFE_85, /* durations: value the shortest that the low end of the share within it says
                         85 % keep */
    VARIANT_SAFE_95,
    VARIANT_INDEX /* of all cases together: value and interval are the measure's own */
};

struct measure_variant {
    const char *name;
    enum variant_kind kind;
    const char *population;
    bool has_series;   /* by period of the observation's instant */
    bool counts_bad;   /* shares: the cases that count are the ones to worry about */
    const char *cited; /* unit of the values of cited cases, "s" or "count"; NULL: the figure's */
    bool series_by;    /* rows of breakdowns have a series, too */
};

/* What a figure must reach, and who says so. */
struct measure_target {
    double value; /* in the unit of the figure */
    enum target_source source;
    struct str document;
};

struct measure_state;
struct measure_context;
struct case_rows;

/*
 * A measure. When its observations stand under service levels (observe_level), their figures have
 * a breakdown by "level", and each row of it a series.
 *
 * Figures are made from the inside out. Each period of a series: numbers, target, verdict. Then
 * the row that has the series: numbers, series, `finish`, target, verdict. At last the total: the
 * same, with its rows at hand. `finish` may replace n, k, value, low, high, method, unit and note
 * of what it is given, and clear what no longer holds. A series that it looks at is material:
 * it gets no chart and no trend.
 */
struct measure {
    const char *id;   /* "M-03" */
    const char *name; /* "time-to-resolve" */
    struct words title;
    struct words definition; /* one sentence */
    const char *formula;
    const char *fields; /* of the record model that it reads */
    const char *source; /* where the definition comes from */
    enum record_kind kind; /* what its cases are; 0: tickets */
    unsigned also_kinds;   /* a bit of each other kind that it looks at, through measure_set */
    uint64_t slots;        /* of its kind; other kinds than tickets have all of theirs */
    uint64_t ticket_slots; /* of tickets, where it only looks at them */
    /* of tickets, be they its cases or not */
    uint64_t follows; /* of its slots those of which it also looks at what they were before */
    bool needs_classes;
    bool needs_groups;
    bool needs_messages;
    bool needs_marks;    /* of the texts of the messages, with these */
    uint32_t detectors;  /* whose hits its figures rest on, a bit each */
    const uint32_t *by_variant; /* those of each variant's figure; NULL: all of them each time */
    bool needs_statuses; /* by name, not only by class */
    bool needs_levels;   /* judges cases by service levels, where there are some */
    bool needs_trust;    /* keeps accounts of customers by a trust policy */
    const struct measure_variant *variants; /* in the order of their figures */
    size_t variant_count;
    /* Which variants these sources can feed, as a mask; none: the measure has no data. */
    unsigned (*applies)(const struct measure_context *context);
    /* Whether nothing about a settled case (record/record.h) depends on the as-of instant, so that
       it may be observed before that is known; NULL: no. */
    bool (*streams)(const struct measure_context *context);
    /* Emits what the case says (measure/observe.h). */
    void (*observe)(struct measure_state *state, const struct record_case *item);
    /* The same of all the cases of such a batch, where that can be done by column
       (measure/observing.h); NULL: they are observed one by one. */
    void (*observe_rows)(struct measure_state *state, struct case_rows *rows);
    /* What observe needs to know of all the cases together (observe_own), made by measure_init;
       NULL: nothing. */
    enum status (*prepare)(const struct measure_context *context, struct diag *diag,
                           void **ret_own);
    void (*release)(void *own); /* accepts NULL */
    bool prepares_long; /* it goes through all the cases, so that one state is better than several */
    /*
     * What a figure must reach; NULL or false: what the audit's targets say of the measure; NAN:
     * nothing, whatever they say.
     * level: the service level whose row it is or belongs to, NO_LEVEL: none.
     * is_period: it is one of a series.
     */
    bool (*target)(const struct measure_context *context, size_t variant, int32_t level,
                   bool is_period, struct measure_target *ret_target);
    /* The last word on a row or total with a series; false when memory is out. May be NULL. */
    bool (*finish)(const struct measure_context *context, size_t variant, struct arena *arena,
                   struct figure *figure);
    /*
     * The last word on a total, whose rows, series and cited cases are there: numbers that come
     * from more than one case, and tables (measure/figure_table.h). Target and verdict follow.
     * own: what the measure's prepare has made. False when memory is out. May be NULL.
     */
    bool (*conclude)(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure);
};

extern const struct measure *const measures[]; /* in order of id, ends with NULL */

/* An act that is planned, for every customer at the as-of instant: can the accounts carry it? */
struct account_plan {
    enum trust_class class;
    double severity;
};

/* What several measures of a run look at, each thing made once; shared_list_done when all have
   their figures. */
struct shared_list {
    struct shared *first; /* NULL: none is made yet */
};
void shared_list_done(struct shared_list *list);

/* What one run asks of every measure. */
struct measure_context {
    const struct record_set *set; /* of the measure's kind */
    const struct record_set *const *sets; /* by enum record_kind, NULL: none; NULL: only this one */
    const struct measure_context *const *kinds; /* the same run for each kind; NULL: tickets alone */
    const struct record_walk *walk;  /* of the cases; NULL: the set has them all */
    const struct calendar *calendar; /* durations are working time of it; never NULL */
    const struct sla_document *sla;  /* NULL: none */
    const int *sla_slots;    /* of the conditions of its levels, one level after the other */
    enum grid grid;          /* of series, in the zone */
    const struct zone *zone; /* of the calendar */
    const struct audit_baseline *baselines;
    size_t baseline_count;
    const struct audit_reaction *reactions;
    size_t reaction_count;
    struct instant as_of;
    bool as_of_is_given;
    struct instant period_start; /* INSTANT_MISSING: open */
    struct instant period_end;
    const struct str *by; /* names of fields to break down by */
    const int *by_slots;
    size_t by_count;
    const struct process_document *const *processes; /* that cases are held against; NULL: none */
    size_t process_count;
    const int *process_slots; /* of their conditions, one process after the other, and behind those of
                                 each that of its version field; -1: it has none */
    const struct detectors *detectors; /* that made the marks; NULL: none */
    const struct calibration *calibration; /* of the detectors; NULL: none */
    const struct boilerplate *boilerplate; /* lines of messages that say nothing; NULL: none */
    const struct staff_floor *floor; /* for breakdowns by group; NULL: every group is shown */
    const struct condition *where;
    const int *where_slots;
    size_t where_count;
    const struct audit_target *targets;
    size_t target_count;
    const struct trust_policy *trust;   /* NULL: no account of a customer is kept */
    const struct account_plan *planned; /* NULL: nothing is */
    struct str statement; /* customers whose statement of account is wanted: an id, or "all"; missing:
                             none */
    struct str seed;   /* of samples; missing: no citations are kept */
    struct pool *pool; /* shares out the cases that are kept, and the variants of a measure at its
                          end; NULL: none */
    struct shared_list *shared; /* NULL: each measure makes its own */
};

/* The records of a kind that the measure has named; NULL: there are none. They are all there, and
   record_case_find finds one by its id. */
static inline const struct record_set *measure_set(const struct measure_context *context,
                                                   enum record_kind kind)
{
    const struct record_set *set = context->sets ? context->sets[kind] : NULL;

    if (!set && context->set && record_set_kind(context->set) == kind)
        set = context->set;
    return set && record_has_cases(set) ? set : NULL;
}
/* The run as measures of the kind see it. */
static inline const struct measure_context *measure_context_of(
    const struct measure_context *context, enum record_kind kind)
{
    return context->kinds && context->kinds[kind] ? context->kinds[kind] : context;
}
/* Its figures are lengths of time. */
static inline bool kind_is_time(enum variant_kind kind)
{
    return kind == VARIANT_DURATION || kind == VARIANT_P85 || kind == VARIANT_P95 ||
           kind == VARIANT_SAFE_85 || kind == VARIANT_SAFE_95;
}
/* More of it is better, but where it counts what is bad. */
static inline bool kind_may_rise(enum variant_kind kind)
{
    return kind == VARIANT_SHARE || kind == VARIANT_MEAN || kind == VARIANT_SCORE ||
           kind == VARIANT_NET;
}
/* Its observations are in millionths of the unit. */
static inline bool kind_is_millionths(enum variant_kind kind)
{
    return kind == VARIANT_FACTOR || kind == VARIANT_MEAN || kind == VARIANT_SCORE ||
           kind == VARIANT_NET;
}
const struct measure *measure_find(struct str id);
/* What the audit says that the figures of a measure must reach; false: nothing. */
bool measure_audit_target(const struct measure_context *context, const char *measure,
                          const char *variant, struct measure_target *ret_target);
/* Joins what a measure needs of tickets to what is needed already. */
void measure_add_needs(const struct measure *measure, struct record_needs *needs);
/* Slot of a field named for a breakdown or condition: the model's, else an own column's. */
int measure_slot(const struct record_needs *needs, struct str field);

enum status measure_init(const struct measure *measure, const struct measure_context *context,
                         struct diag *diag, struct measure_state **ret_state);
void measure_free(struct measure_state *state); /* accepts NULL */
/* Errors of memory are kept and told by measure_finish. */
void measure_add(struct measure_state *state, const struct record_case *item);
/* Cases that are handed out while they are read (measure/case_rows.h, made with the same context);
   otherwise as measure_add of each. */
void measure_add_rows(struct measure_state *state, struct case_rows *rows);
/* What `other` was told goes over; it can be freed afterwards, and nothing else. */
void measure_merge(struct measure_state *state, struct measure_state *other);
/* One figure for each variant that applies, in order. */
enum status measure_finish(struct measure_state *state, struct arena *arena, struct diag *diag,
                           struct figure **ret_figures, size_t *ret_count);
/*
 * The measures of a run, fed while the sources are read where all of them allow that.
 *
 * Call: measuring_new; hand measuring_sink, when it wants cases, to the record set; read; for each
 *       measure measuring_finish, with the context as it is then; measuring_free.
 * Where the context has a walk the cases pass by when the first figures are asked for.
 * Owns: the list and the context must outlive it.
 */
struct measuring;
enum status measuring_new(const struct measure *const *list, size_t count,
                          const struct measure_context *context, struct diag *diag,
                          struct measuring **ret_measuring);
void measuring_free(struct measuring *measuring); /* accepts NULL */
/* False: the cases must be kept, because some measure has to see all of them at the end. */
bool measuring_wants_cases(const struct measuring *measuring);
struct record_sink measuring_sink(struct measuring *measuring);
/* What was fed is void: the sources are read once more, or the set is another. */
void measuring_restart(struct measuring *measuring);
enum status measuring_finish(struct measuring *measuring, size_t number, struct arena *arena,
                             struct diag *diag, struct figure **ret_figures, size_t *ret_count);
enum status measure_all(const struct measure *measure, const struct measure_context *context,
                        struct arena *arena, struct diag *diag, struct figure **ret_figures,
                        size_t *ret_count);

#endif
