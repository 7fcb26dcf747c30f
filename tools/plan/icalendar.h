/*
 * Days off from a holiday list in iCalendar form.
 *
 * Call: icalendar_read, or icalendar_parse.
 * Owns: days and names live in the arena given.
 * Errors: a file that cannot be opened is one fatal diagnostic; lines and events that cannot be
 *         understood are located diagnostics ical-*, counted for the caller, who refuses the list.
 * Units: days since 1970-01-01.
 * Source: RFC 5545, read through libical. Only events of whole days, once or yearly; what repeats
 *         without end is followed to the last day of 2100.
 * Threads: one at a time.
 */
#ifndef CFAUDIT_PLAN_ICALENDAR_H
#define CFAUDIT_PLAN_ICALENDAR_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"
#include "plan/plan.h"

/* What is given must match all, without case of ASCII letters; * stands for any text. */
struct event_pattern {
    bool keeps; /* else it drops */
    struct str category; /* missing: any */
    struct str summary;
    struct str description;
};

struct event_day {
    int64_t date;
    struct str name; /* the event's summary; may be missing */
};

struct event_days {
    struct event_day *list;
    size_t count;
    uint64_t events; /* read */
    uint64_t used;
    struct unused_event *unused; /* in the order of the file */
    uint64_t errors;
    struct sha256 sha256; /* of the file */
};

/* The first pattern that an event matches decides; events that match none are not used. */
enum status icalendar_read(struct arena *arena, const struct library *library, struct str path,
                           const struct event_pattern *patterns, size_t count, struct diag *diag,
                           struct event_days *ret_days);

/* The same for bytes that are there already; the digest is not taken. */
enum status icalendar_parse(struct arena *arena, struct str name, struct str bytes,
                            const struct event_pattern *patterns, size_t count, struct diag *diag,
                            struct event_days *ret_days);

/* Whether the whole text is the pattern, with * for any text. */
bool event_text_matches(struct str pattern, struct str text);

#endif
