/*
 * Working calendars: how much working time lies between two instants, and when it will have passed.
 *
 * Call: fill a calendar_spec; calendar_prepare; then the other functions; calendar_free.
 * Owns: calendar_prepare copies the spec; the caller keeps the zones, which must live as long.
 * Errors: STATUS_INVALID with one diagnostic for a spec that cannot be (a window that ends before
 *         it begins, a date that does not exist, versions out of order); STATUS_MEMORY.
 * Units: instants and spans in microseconds; clocks in seconds of the local day.
 * Threads: constant once prepared.
 *
 * Each local day has its windows, each bound converted with the offset of its own date: a bound in
 * the gap of a clock change is the first instant after it; one that occurs twice is the earlier
 * instant when it opens a window and the later one when it closes it. A day of 24 hours of work
 * has 23 or 25 when the clock is changed.
 *
 * Windows that overlap or touch, of one day or of two, are worked once. A window over midnight is
 * cut there: a rule takes the place of all that the week has on its own local date, the end of the
 * evening before included, and leaves the next date alone. So a holiday closes its date from
 * midnight to midnight and no more. The windows of a rule, too, go on past midnight, unless the
 * next date is closed by a rule. Rules of every year with hours of their own (Christmas Eve until
 * noon) do not open a day that its week leaves closed; a single date does.
 *
 * Instants of the years 1970 to 2099 take the short way, all others are counted. Those before year
 * 1 and after 9999 are taken for the first and last instant of these years.
 */
#ifndef CFAUDIT_TIME_CALENDAR_H
#define CFAUDIT_TIME_CALENDAR_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/status.h"
#include "time/zone.h"

/* from < to, from below 86400; to may go beyond it, to 48:00, for windows over midnight. */
struct day_window {
    int32_t from;
    int32_t to;
};

struct day_windows {
    const struct day_window *list;
    size_t count; /* 0: no work that day; LIMIT_CALENDAR_WINDOWS at most */
};

enum day_rule_kind {
    DAY_FIXED,   /* month and day of every year */
    DAY_EASTER,  /* days after Easter Sunday of the Gregorian calendar */
    DAY_WEEKDAY, /* the n-th of a weekday in a month; from the end when negative */
    DAY_SINGLE   /* one date */
};

/*
 * A holiday on a Saturday or Sunday that is kept on another day instead, in a year beside its own
 * if need be; the Saturday or Sunday is then like any other. When the day is another holiday
 * already, the next Monday to Friday that has work and is none takes its place (not with
 * SHIFT_SUNDAY_SATURDAY). Days that do not move come first, then the others in order of rules.
 */
enum day_shift {
    SHIFT_NONE,
    SHIFT_NEAREST,        /* Saturday's on Friday, Sunday's on Monday: 5 U.S.C. 6103 */
    SHIFT_NEXT_WORKDAY,   /* on the next Monday to Friday that has work and is no other holiday */
    SHIFT_SUNDAY_MONDAY,  /* Sunday's on Monday, Saturday's stays */
    SHIFT_SUNDAY_SATURDAY /* Sunday's on the Saturday before */
};

/* A day that differs from its weekday: a holiday, or other hours. Rules later in the list win. A
   day that a year does not have, like 29 February or a fifth Monday, is left out in that year. */
struct day_rule {
    enum day_rule_kind kind;
    enum day_shift shift;
    unsigned month;
    unsigned day;
    unsigned weekday; /* 1 Monday .. 7 Sunday */
    int nth;          /* 1..5, -1..-5 */
    int offset;       /* DAY_EASTER */
    int64_t date;     /* DAY_SINGLE: days since 1970-01-01 */
    int first_year;   /* 0: open */
    int last_year;
    struct day_windows windows;
    struct str name;
};

/* The week and the holidays that hold from one day to the day before the next version's. What the
   last evening left goes on to its end. */
struct calendar_version {
    int64_t from;               /* days since 1970-01-01; INT64_MIN: since ever */
    struct day_windows week[7]; /* Monday first */
    const struct day_rule *rules;
    size_t rule_count;
};

struct calendar_spec {
    struct str name;
    const struct zone *zone;
    const struct calendar_version *versions; /* ascending by from; before the first: no work */
    size_t version_count;
};

/* Half open, in any order, overlapping allowed; INSTANT_MISSING: open at that end. */
struct pause {
    struct instant from;
    struct instant until;
};

/* A day that a rule sets, where it fell in the end. */
struct calendar_day {
    int64_t date;               /* days since 1970-01-01 */
    struct str name;            /* of the rule; may be missing */
    struct day_windows windows; /* none: closed */
    bool is_shifted;
};

struct calendar;

enum status calendar_prepare(const struct calendar_spec *spec, struct diag *diag,
                             struct calendar **ret_calendar);
/* All hours of all days, in the zone; its durations are those of the clock on the wall. */
enum status calendar_always(const struct zone *zone, struct diag *diag,
                            struct calendar **ret_calendar);
void calendar_free(struct calendar *calendar); /* accepts NULL */
struct str calendar_name(const struct calendar *calendar);
const struct zone *calendar_zone(const struct calendar *calendar);
/* True: every instant is working time, so that durations are plain differences. */
bool calendar_is_always(const struct calendar *calendar);

/* Working time in [from, until); negative, of the same size, when until lies before from. */
struct span calendar_between(const struct calendar *calendar, struct instant from,
                             struct instant until);
/* The same without the pauses, which are joined first and cut to [from, until). `pauses` may be
   put in order. */
struct span calendar_between_without(const struct calendar *calendar, struct instant from,
                                     struct instant until, struct pause *pauses, size_t count);
/*
 * The deadline: the first instant at which the working time since `from` reaches `span` (0 or less:
 * from itself, or the next opening when it lies outside). A target met at the end of a window stays
 * there. INSTANT_MISSING: never before year 9999.
 */
struct instant calendar_after(const struct calendar *calendar, struct instant from,
                              struct span span);
/* Deadline of a clock that stands still during the pauses. */
struct instant calendar_after_without(const struct calendar *calendar, struct instant from,
                                      struct span span, struct pause *pauses, size_t count);

/*
 * The days of a year that rules set, ascending; where several rules set one day, the one that
 * holds. The array is the arena's, names and windows are the calendar's.
 */
enum status calendar_year(const struct calendar *calendar, int year, struct arena *arena,
                          struct diag *diag, struct calendar_day **ret_days, size_t *ret_count);

/* Easter Sunday of the Gregorian calendar, as days since 1970-01-01. */
int64_t easter_sunday(int year);

#endif
