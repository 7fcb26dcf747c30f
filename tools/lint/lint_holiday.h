/*
 * The holidays of a calendar document in one list, with the version each stands in.
 *
 * Call: lint_holidays with the root.
 * Owns: the list lives in the arena of the document.
 * Errors: memory by lint_no_memory, and an empty list. What the schema refuses is left out.
 * Units: days since 1970-01-01; weekdays from 0, Monday.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_HOLIDAY_H
#define CFAUDIT_LINT_LINT_HOLIDAY_H

#include "lint/lint_moment.h"
#include "lint/lint_rule.h"
#include "time/calendar.h"

struct lint_holiday {
    const struct xml_node *node;
    enum day_rule_kind kind;
    int month;     /* fixed, weekday */
    int day;       /* fixed: of the month */
    int weekday;   /* weekday */
    int nth;       /* weekday */
    int offset;    /* easter */
    int64_t date;  /* single */
    int first_year; /* INT_MIN: open */
    int last_year;  /* INT_MAX: open */
    bool has_hours;
    bool moves;
    size_t version; /* 0: the calendar itself */
};

struct lint_version {
    int64_t from;  /* INT64_MIN: since ever */
    int64_t until; /* first day it does not hold on; INT64_MAX: open */
    bool works[WEEKDAYS];
};

struct lint_holidays {
    const struct lint_holiday *list;
    size_t count;
    const struct lint_version *versions; /* the first is the calendar itself */
    size_t version_count;
};

struct lint_holidays lint_holidays(struct lint *lint, const struct xml_node *root);

#endif
