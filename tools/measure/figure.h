/*
 * A figure: what a measure says about a population, with everything needed to doubt it.
 *
 * Owns: all strings and arrays live in the arena of whoever made or loaded the figure.
 * Errors: a number that does not exist is NAN and written as null; n tells why.
 * Units: unit "s" = seconds, "1" = share 0..1, "count" = number of cases.
 * Source: quantiles by nearest rank; intervals named in `method`.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_FIGURE_H
#define CFAUDIT_MEASURE_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "measure/figure_table.h"
#include "time/instant.h"

enum { QUANTILE_P50, QUANTILE_P85, QUANTILE_P90, QUANTILE_P95, QUANTILE_COUNT };
/* Worst records and sampled records kept with a figure. */
enum { FIGURE_CITATIONS = 10 };

/* One record behind a figure, down to the byte. */
struct citation {
    struct str case_id;
    uint32_t source; /* index into the accounting list */
    uint64_t line;
    uint64_t offset;
    double value;    /* in the figure's unit; NAN when the record has none */
    struct str note; /* what is special about it; may be missing */
};

struct citations {
    struct citation *list;
    size_t count;
};

struct exclusion {
    struct str reason; /* "no-resolution-time" */
    uint64_t n;
    struct citations first; /* the first ones by case id */
};

/* Counts of values from `from` up to, not including, `until`, in the figure's unit. */
struct figure_bin {
    double from;
    double until; /* NAN: open */
    uint64_t n;
};

/* A control chart over the series of a figure. */
struct figure_chart {
    struct str kind;     /* "xmr", "p", "laney-p"; missing: there is no chart */
    struct str refusal;  /* why there is none: "too-few-periods"; else missing */
    double centre;       /* of the last stretch */
    double spread;       /* sigma_z of a p-chart, mean moving range of an XmR chart */
    struct str from;     /* keys of the periods that the limits come from */
    struct str until;
    bool is_frozen;      /* they are a stated baseline */
    bool is_provisional; /* they come from fewer than 20 periods */
    uint64_t signals;
    uint64_t unanswered; /* signals without a recorded reaction */
};

/* Trend of a series. */
struct figure_trend {
    uint64_t n;      /* periods; 0: too few, no trend is told */
    int64_t s;       /* Mann-Kendall */
    double z;
    double p;
    double slope;    /* Sen, in the figure's unit per period */
};

struct figure {
    struct str id;      /* "EV-001": number of this evidence; set by the ledger, not by the measure */
    struct str measure; /* "M-03" */
    struct str name;    /* "time-to-resolve" */
    struct str variant; /* "reported" */
    struct str unit;
    struct str cited_unit; /* of the values of cited cases; missing: as unit */
    struct str population; /* "cases with a resolution time" */
    struct str key;     /* breakdown value, or period "2016-03", "2016-W09", "2016-Q1"; missing at the top */
    struct str by;      /* field of the breakdown; missing at the top */
    uint64_t n;
    uint64_t k;         /* cases that count, for shares */
    uint64_t open;      /* of attainment: those of n - k that were not ended and are overdue */
    struct exclusion *excluded;
    size_t excluded_count;
    double value;       /* M-03: p50 */
    double low;         /* 95 % interval of value */
    double high;
    struct str method;  /* "wilson", "order-statistic", missing when there is no interval */
    double quantiles[QUANTILE_COUNT];
    double quantile_low[QUANTILE_COUNT];
    double quantile_high[QUANTILE_COUNT];
    double minimum;
    double maximum;
    double km_median;
    double target;      /* in the unit; NAN: none stated */
    struct str target_source; /* "contract" ...; missing: none */
    struct str target_document;
    struct str verdict; /* "met", "breached", "proven-capable" ...; missing without target */
    struct str trust;   /* trust_name of the detectors it rests on: only calibrated ones give points.
                           Missing: it rests on none */
    struct str standing; /* what n allows: "insufficient", "indicative"; missing: no caveat */
    struct str note;    /* one sentence for people, English; may be missing */
    double centre;      /* of the control chart, for figures of a series; NAN: none */
    double lower;
    double upper;
    bool is_partial;    /* of a period: not over at the as-of instant, or cut by the audit's, takes no
                           part in the chart and the trend. At the top: figure_mark_partial */
    struct str signal;  /* "beyond-limits", "run-of-eight"; missing: none */
    struct str reaction; /* what was done about it; missing: nothing recorded */
    struct figure_chart chart;
    struct figure_trend trend;
    struct figure_bin *bins; /* of durations, ascending */
    size_t bin_count;
    struct figure *breakdown; /* in byte order of key */
    size_t breakdown_count;
    struct figure *series;    /* periods in order, every one between the first and the last */
    size_t series_count;
    struct citations worst;   /* worst first */
    struct citations sample;  /* in order of SHA-256(seed ":" case id) */
    /* where this variant and the source's own statement disagree, by reason, each case in one */
    struct exclusion *differences;
    size_t difference_count;
    struct figure_table *tables; /* at the top only */
    size_t table_count;
};

struct figures {
    struct figure *list;
    size_t count;
};

/*
 * A limit of matching was met in a source that the figure rests on: rows may be missing, nobody knows
 * which. The figure is partial, and none of its verdicts is better than "not-contradicted".
 */
void figure_mark_partial(struct figure *figure);

/* The least share of faulty cases of which so many drawn at random out of so many show at least one
   with a confidence of 95 %; NAN: nothing is drawn. */
double sample_detects(uint64_t population, uint64_t drawn);

/* A share: k of n cases, with its interval after Wilson and what n allows to be said of it. */
void figure_set_share(struct figure *figure, uint64_t k, uint64_t n);
/* Of two populations: the share of the first less that of the second, interval after Newcombe. */
void figure_set_difference(struct figure *figure, uint64_t k1, uint64_t n1, uint64_t k2,
                           uint64_t n2);

/* What n cases allow to be said of a share, a median or a mean: "insufficient" below 10,
   "indicative" below 30; missing: no caveat. */
struct str standing_of(uint64_t n);
/* The same of a quantile: p90 is insufficient below 30 cases, p95 below 60. */
struct str standing_of_quantile(uint64_t n, int quantile);

#endif
