/*
 * Working calendars from their documents.
 *
 * Call: calendar_load with a library (xml/library.h); calendar_document_free.
 * Owns: everything lives in the arena given, but calendar and zone.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd, root calendar; RFC 5545.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_CALENDAR_DOCUMENT_H
#define CFAUDIT_PLAN_CALENDAR_DOCUMENT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/words.h"
#include "time/calendar.h"
#include "xml/library.h"

struct unused_event { /* of a holiday list */
    struct str name;
    int64_t date; /* days since 1970-01-01 */
    bool has_date;
    const char *why;
    struct unused_event *next; /* NULL: the last */
};

struct calendar_list { /* a holiday list (iCalendar file) that a calendar takes days from */
    struct str name;   /* as the calendar writes it */
    struct sha256 sha256;
    uint64_t events;
    uint64_t used;
    const struct unused_event *unused;
    int64_t first_day; /* that it gives */
    int64_t last_day;
};

/*
 * A working calendar from its document, with holiday lists (iCalendar files) read in. `patron`,
 * "MM-DD", is the local holiday of the town where the document leaves one open; missing: none.
 */
struct calendar_document {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    struct calendar *calendar; /* prepared; calendar_document_free */
    struct zone *zone;         /* NULL: UTC */
    bool has_zone;             /* of its own; else it takes that of its user */
    const struct calendar_spec *spec; /* what it was prepared from */
    struct str patron;         /* "MM-DD"; missing: none */
    struct calendar_list *lists;
    size_t list_count;
    struct sha256 sha256;
    struct str name; /* as asked for */
};

/*
 * `folder` is what a relative path starts from; a bare name is a shipped calendar. `zone` is for
 * calendars that work round the clock and name none; missing: UTC.
 */
enum status calendar_load(struct arena *arena, const struct library *library, struct str name,
                          struct str patron, struct str zone, struct str folder, struct diag *diag,
                          struct calendar_document **ret_document);
void calendar_document_free(struct calendar_document *document); /* accepts NULL */

#endif
