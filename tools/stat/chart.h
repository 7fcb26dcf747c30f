/*
 * Control charts: XmR for values, p and Laney p' for shares, with rules for signals.
 *
 * Call: fill a stretch for each baseline, ascending; stat_chart_xmr or stat_chart_p.
 * Owns: nothing; the caller's arrays are filled.
 * Errors: a stretch whose baseline has fewer than 10 points is refused: its points keep their value
 *         and have no limits (NAN) and no signals.
 * Units: those of the values; shares are 0..1; indices count periods from 0.
 * Source: XmR: Wheeler, Understanding Variation, with the constants he prints. p': Laney, Improved
 *         Control Charts for Attributes (2002). Rules: Western Electric, Statistical Quality Control
 *         Handbook (1956); Nelson, The Shewhart Control Chart (1984).
 * Threads: values only.
 *
 * Limits come from the baseline of a stretch and stay frozen over the stretch: a chart whose limits
 * follow every new point explains its own signals away. The first stretch reaches back to period 0,
 * each ends where the baseline of the next begins, the last goes on to the end. Runs and ranges do
 * not cross from one stretch to the next.
 *
 * A period without data (NAN, or n = 0) has no point. It breaks nothing: runs go on over it, and
 * the moving range after it is to the last point before it.
 */
#ifndef CFAUDIT_STAT_CHART_H
#define CFAUDIT_STAT_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stat/standing.h"

enum chart_kind { CHART_XMR, CHART_XMR_MEDIAN, CHART_P, CHART_LANEY_P, CHART_KIND_COUNT };

enum chart_rule {
    CHART_BEYOND_LIMITS,      /* Western Electric 1, Nelson 1 */
    CHART_TWO_OF_THREE,       /* beyond 2 sigma on one side: Western Electric 2, Nelson 5 */
    CHART_FOUR_OF_FIVE,       /* beyond 1 sigma on one side: Western Electric 3, Nelson 6 */
    CHART_RUN_OF_EIGHT,       /* on one side of the centre: Western Electric 4 */
    CHART_RUN_OF_NINE,        /* Nelson 2 */
    CHART_SIX_RISING,         /* or falling, each beyond the one before: Nelson 3 */
    CHART_ALTERNATING,        /* fourteen points up and down in turn: Nelson 4 */
    CHART_FIFTEEN_WITHIN,     /* 1 sigma: Nelson 7 */
    CHART_EIGHT_OUTSIDE,      /* 1 sigma, on either side: Nelson 8 */
    CHART_RANGE_BEYOND_LIMIT, /* moving range of an XmR chart */
    CHART_RULE_COUNT
};

/* Masks of rules. With the first two a chart in control gives a false alarm in about one of eighteen
   series of twelve points. */
enum {
    CHART_DEFAULT_RULES = 1 << CHART_BEYOND_LIMITS | 1 << CHART_RUN_OF_EIGHT,
    CHART_WESTERN_ELECTRIC_RULES = 1 << CHART_BEYOND_LIMITS | 1 << CHART_TWO_OF_THREE |
                                   1 << CHART_FOUR_OF_FIVE | 1 << CHART_RUN_OF_EIGHT,
    CHART_NELSON_RULES = 1 << CHART_BEYOND_LIMITS | 1 << CHART_RUN_OF_NINE |
                         1 << CHART_SIX_RISING | 1 << CHART_ALTERNATING |
                         1 << CHART_TWO_OF_THREE | 1 << CHART_FOUR_OF_FIVE |
                         1 << CHART_FIFTEEN_WITHIN | 1 << CHART_EIGHT_OUTSIDE
};

struct chart_stretch {
    size_t first; /* in: periods that the limits come from, both inclusive */
    size_t last;  /* cut where the next stretch begins */
    size_t begin; /* out: periods that the limits hold for, end exclusive */
    size_t end;
    size_t n;     /* points in the baseline */
    enum stat_standing standing; /* refused below 10 points, provisional below 20 */
    enum chart_kind kind;
    double centre; /* NAN when refused, as the next ones */
    double spread; /* XmR: mean (or median) moving range; p and p': sigma_z */
    double range_limit; /* XmR: upper limit of moving ranges; else NAN */
};

struct chart_point {
    double value; /* NAN: the period has no data */
    double centre;
    double lower;
    double upper;
    double sigma; /* a third of the way from centre to limit, before clipping */
    double range; /* XmR: moving range to the point before in the stretch; else NAN */
    unsigned signals; /* mask of the rules that the point completes, of those asked for */
};

/*
 * Limits mean +- 2.66 mean moving range. Lower limits are not below `floor`: 0 for times and counts,
 * -INFINITY for none. CHART_XMR_MEDIAN has mean +- 3.145 median moving range, for baselines with
 * one wild point. Returns the standing of the last stretch.
 */
enum stat_standing stat_chart_xmr(const double *values, size_t count, enum chart_kind kind,
                                  double floor, unsigned rules, struct chart_stretch *stretches,
                                  size_t stretch_count, struct chart_point *points);
/*
 * Shares k[i] of n[i]. A stretch is CHART_P, or CHART_LANEY_P when sigma_z of its baseline is above
 * 1.2: then the points vary more from period to period than the sizes explain.
 */
enum stat_standing stat_chart_p(const uint64_t *k, const uint64_t *n, size_t count, unsigned rules,
                                struct chart_stretch *stretches, size_t stretch_count,
                                struct chart_point *points);

/* Share of all cases and Laney's sigma_z of the periods with cases; NAN where there is none. */
void stat_share_spread(const uint64_t *k, const uint64_t *n, size_t count, double *ret_centre,
                       double *ret_sigma_z);

const char *chart_kind_name(enum chart_kind kind); /* "xmr", "xmr-median", "p", "laney-p" */
const char *chart_rule_name(enum chart_rule rule); /* "beyond-limits", "run-of-eight" ... */
/* "Western Electric 1, Nelson 1" */
const char *chart_rule_origin(enum chart_rule rule);
/* The first of the rules in the mask, in order of the enum; CHART_RULE_COUNT for none. */
enum chart_rule chart_rule_first(unsigned signals);

#endif
