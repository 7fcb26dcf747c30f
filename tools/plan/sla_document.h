/*
 * Service level agreements: promises of time, and whom they hold for.
 *
 * Call: sla_load with a library (xml/library.h); sla_document_free.
 * Owns: everything lives in the arena given, but calendars.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd, root sla; ITIL, service level management.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_SLA_DOCUMENT_H
#define CFAUDIT_PLAN_SLA_DOCUMENT_H

#include "plan/calendar_document.h"
#include "plan/plan_parts.h"
#include "time/instant.h"

enum sla_metric { SLA_FIRST_RESPONSE, SLA_NEXT_RESPONSE, SLA_RESOLUTION, SLA_METRIC_COUNT };
/* Agreement with a customer, between units of the organization, with a supplier (ITIL). */
enum sla_type { SLA_CUSTOMER, SLA_OPERATIONAL, SLA_UNDERPINNING, SLA_TYPE_COUNT };
/* General: a share of the cases must keep the time. Specific: each single case must. */
enum sla_kind { SLA_GENERAL, SLA_SPECIFIC, SLA_KIND_COUNT };
/* What happens to the clock when a case comes under another level on the way. */
enum sla_change { SLA_CARRY, SLA_RESTART, SLA_AS_OF_OPEN, SLA_CHANGE_COUNT };
/* What happens to the clock when a solved case is opened again. */
enum sla_reopen {
    SLA_RESUME,    /* goes on, without the time it was solved */
    SLA_NEW_CYCLE, /* begins again */
    SLA_RUN_ON,    /* never stood still: what did not hold was no solution */
    SLA_REOPEN_COUNT
};

/* One promise: which cases, what must happen, within how much working time. */
struct service_level {
    struct str id;
    struct words title;
    enum sla_metric metric;
    enum sla_type type;
    enum sla_kind kind;
    struct span target;
    double share; /* of the cases that must keep the time, 0..1; specific: 1; NAN: not stated */
    enum target_source source;
    struct str document;
    const struct calendar_document *calendar; /* never NULL */
    int64_t valid_from;  /* days since 1970-01-01 in the calendar's zone; INT64_MIN: since ever */
    int64_t valid_until; /* last day; INT64_MAX: open */
    struct condition *where; /* the cases it holds for: all must hold; none: every case */
    size_t where_count;
    bool pauses_pending;     /* the clock stands still in statuses of these classes */
    bool pauses_hold;
    struct str *pause_statuses; /* and in these statuses */
    size_t pause_status_count;
    enum sla_change change;
    enum sla_reopen reopen;
    struct str parent; /* id of the level it supports; missing: none */
    bool is_parallel;  /* with other levels of the same parent; else one after the other */
    struct where place;
};

/* Levels in the order of the document: of each type and metric, the first that holds for a case
   counts for it. */
struct sla_document {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    struct str party;
    const struct calendar_document *calendar; /* of levels that name none */
    struct service_level *levels;
    size_t level_count;
    struct calendar_document **calendars; /* owned */
    size_t calendar_count;
    struct sha256 sha256;
    struct str name;
};

/* `patron` is for calendars that leave one open and for which the agreement states none. */
enum status sla_load(struct arena *arena, const struct library *library, struct str name,
                     struct str patron, struct str zone, struct str folder, struct diag *diag,
                     struct sla_document **ret_document);
void sla_document_free(struct sla_document *document); /* accepts NULL */

const char *sla_metric_name(enum sla_metric metric);
const char *sla_type_name(enum sla_type type);
const char *sla_kind_name(enum sla_kind kind);
const char *sla_change_name(enum sla_change change);
const char *sla_reopen_name(enum sla_reopen reopen);

#endif
