/*
 * Which hours of which date are worked, by the wall clock. Private to the room.
 *
 * Call: calendar_plan_init; calendar_day_shape, calendar_plan_is_plain with a calendar_years of
 *       zeros, which keeps the rules of the last years asked for; calendar_plan_done.
 * Owns: the plan owns a copy of the spec, but not the zone.
 * Errors: STATUS_INVALID with one diagnostic, STATUS_MEMORY.
 * Units: dates in days since 1970-01-01, hours in seconds of the local day.
 * Threads: a plan is constant; each thread has its own calendar_years.
 */
#ifndef CFAUDIT_TIME_CALENDAR_PLAN_H
#define CFAUDIT_TIME_CALENDAR_PLAN_H

#include "base/arena.h"
#include "base/limits.h"
#include "time/calendar.h"

enum {
    DAY_SECONDS = 86400,
    YEAR_DAYS = 366,
    /* the windows of a day, and what the evening before left */
    SHAPE_WINDOWS_MOST = LIMIT_CALENDAR_WINDOWS + 1
};

static const int64_t FIRST_DATE = -719162; /* 0001-01-01 */
static const int64_t LAST_DATE = 2932896;  /* 9999-12-31 */

/* Rules of a version by how they are looked for; lists of holidays have many single dates. */
struct rule_index {
    const struct day_rule **single; /* that do not move, by date */
    size_t single_count;
    const struct day_rule **other; /* in order */
    size_t other_count;
};

struct calendar_plan {
    const struct zone *zone;
    struct str name;
    struct calendar_version *versions;
    struct rule_index *indexes; /* one a version */
    size_t version_count;
    bool is_always; /* all hours of all dates */
    struct arena arena;
};

/* What the rules make of one year. */
struct calendar_year_rules {
    int year; /* 0: none yet */
    int64_t first;
    const struct day_rule *rules[YEAR_DAYS]; /* NULL: as its weekday */
    bool shifted[YEAR_DAYS];
    /*
     * How many dates from here on are plain: neither they nor their neighbours are touched by a
     * rule or a change of version, so that the weekday alone decides. Never the first and the last
     * day of a year.
     */
    uint16_t plain[YEAR_DAYS];
};

struct calendar_years {
    struct calendar_year_rules years[2]; /* even, odd: dates beside New Year change between two */
};

struct day_shape {
    struct day_window list[SHAPE_WINDOWS_MOST]; /* ascending, apart, within the day */
    size_t count;
};

enum status calendar_plan_init(struct calendar_plan *plan, const struct calendar_spec *spec,
                               struct diag *diag);
void calendar_plan_done(struct calendar_plan *plan);

/* NULL before the first version. */
const struct calendar_version *calendar_version_of(const struct calendar_plan *plan, int64_t date);
/* First date after the version; INT64_MAX: open. */
int64_t calendar_version_end(const struct calendar_plan *plan,
                             const struct calendar_version *version);
/* The rules of a year without `plain`. */
void calendar_year_find(const struct calendar_plan *plan, int year,
                        struct calendar_year_rules *ret_rules);
void calendar_day_shape(const struct calendar_plan *plan, struct calendar_years *years,
                        int64_t date, struct day_shape *ret_shape);
/* How many dates from this one on are plain, see above, and under which version; 0 outside the years
   1 to 9999. */
size_t calendar_plain_run(const struct calendar_plan *plan, struct calendar_years *years,
                          int64_t date, const struct calendar_version **ret_version);

/* Puts a window among others in order, joined with those it overlaps or touches. */
void windows_join(struct day_window *list, size_t *count, struct day_window window);

#endif
