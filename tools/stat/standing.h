/*
 * What a number of observations allows to be said: nothing, something with a caveat, or all.
 *
 * Call: stat_standing wherever a statistic is about to be shown; a refusal is a result of its own,
 *       never a value that looks like one.
 * Source: order-statistic limits of p90 and p95 exist from n = 36 and 72 on; below 30 and 60 not
 *         even ranks near them do. Control charts: Wheeler, Understanding Variation. Trend: Gilbert,
 *         Statistical Methods for Environmental Pollution Monitoring.
 * Threads: values only.
 */
#ifndef CFAUDIT_STAT_STANDING_H
#define CFAUDIT_STAT_STANDING_H

#include <stdint.h>

enum stat_standing {
    STAT_REFUSED,     /* too few: there is no result */
    STAT_PROVISIONAL, /* may be shown, carries no decision */
    STAT_SOUND
};

enum stat_subject {
    STAT_PROPORTION, /* shown from 10, scored from 30 */
    STAT_P90,        /* from 30 */
    STAT_P95,        /* from 60 */
    STAT_CHART,      /* limits from 10 points, provisional below 20 */
    STAT_TREND,      /* from 8 points */
    STAT_SUBJECT_COUNT
};

enum stat_standing stat_standing(enum stat_subject subject, uint64_t n);
/* The least n of that standing; 0 for STAT_REFUSED. */
uint64_t stat_least(enum stat_subject subject, enum stat_standing standing);
const char *stat_standing_name(enum stat_standing standing);

#endif
