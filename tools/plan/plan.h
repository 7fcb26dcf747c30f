/*
 * Audits and source maps as plain structs, read from their documents.
 *
 * Call: source_map_load, audit_load with a library (xml/library.h).
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd, roots source-map and audit.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_PLAN_H
#define CFAUDIT_PLAN_PLAN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/words.h"
#include "time/format.h"
#include "time/instant.h"
#include "xml/library.h"

/* --- source maps --- */
enum status_class {
    CLASS_UNKNOWN,
    CLASS_OPEN,
    CLASS_PENDING,
    CLASS_SOLVED,
    CLASS_CLOSED,
    CLASS_CANCELLED,
    CLASS_COUNT
};

struct map_value { /* one entry of a value table */
    struct str from;
    struct str to;
};

struct map_field {
    struct str record;   /* "ticket", "event", "sla" */
    struct str field;    /* name in the record model, or an attribute of the user's own */
    struct str *columns; /* first present one is used */
    size_t column_count;
    bool required;       /* a row without it is rejected */
    struct str *formats; /* instants: own formats, else those of the map */
    size_t format_count;
    struct map_value *values;
    size_t value_count;
    struct where where;
};

struct map_status {
    struct str value;
    enum status_class class;
};

struct map_sample { /* rows that the map must read, or refuse by `rule` (missing: any) */
    bool is_read;
    struct str rule;
    /* header and rows, each line without blanks around it and ended by LF; XES: the whole log */
    struct str text;
    struct where where;
};

struct source_map {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    struct str reader;   /* "delimited", "xes" */
    char delimiter;      /* 0: find out */
    struct str zone;     /* missing: instants must carry an offset, or --zone is required */
    struct str *formats; /* time formats, tried in this order */
    size_t format_count;
    struct str *nulls; /* cell texts that mean missing; the empty cell always does */
    size_t null_count;
    struct map_field *fields;
    size_t field_count;
    struct map_status *statuses;
    size_t status_count;
    struct map_sample *samples;
    size_t sample_count;
    /* first-to-last: duration of a case is last minus first event unless an end is named */
    bool measures_first_to_last;
    struct sha256 sha256; /* of the map document */
    struct str name;      /* as asked for */
};

/* --- audits --- */
struct condition { /* all must hold */
    struct str field;
    struct str comparison; /* eq ne lt le gt ge in missing present */
    struct str value;
};

struct audit_source {
    struct str id;
    struct str map;    /* shipped name or path */
    struct str *files; /* paths, globs, folders; relative to the audit */
    size_t file_count;
    struct str zone; /* overrides the map's */
    enum date_order date_order;
    struct str solved_when; /* KEY=VALUE: the event that ends a case */
    struct where place;
};

enum target_source { TARGET_DEFAULT, TARGET_POLICY, TARGET_CONTRACT, TARGET_LAW };

/* What a measure must reach, and who says so. */
struct audit_target {
    struct str measure; /* "M-07" */
    struct str variant; /* missing: every variant */
    double value;       /* in the measure's unit */
    enum target_source source;
    struct str document; /* where it is written */
    struct where place;  /* where the audit says so */
};

struct audit {
    struct str id;
    struct words title;
    struct str organization;
    struct words scope;
    struct str edition;          /* "2015", "2015+A1", "2026" */
    struct instant period_start; /* INSTANT_MISSING: open */
    struct instant period_end;   /* exclusive */
    struct instant as_of;        /* INSTANT_MISSING: latest instant read */
    struct str zone;
    struct str *team; /* roles and pseudonyms as written */
    size_t team_count;
    struct str *checklists; /* shipped names or paths */
    size_t checklist_count;
    struct condition *where; /* cases left out of every figure unless all hold */
    size_t where_count;
    struct str *by; /* fields to break figures down by */
    size_t by_count;
    struct audit_target *targets;
    size_t target_count;
    struct audit_source *sources;
    size_t source_count;
    struct str folder; /* of the audit file, paths are relative to it; missing: the current one */
    struct sha256 sha256;
};

const char *status_class_name(enum status_class class);
bool status_class_find(struct str name, enum status_class *ret_class);
const char *target_source_name(enum target_source source);
bool target_source_find(struct str name, enum target_source *ret_source);

enum status source_map_load(struct arena *arena, const struct library *library, struct str name,
                            struct str folder, struct diag *diag, struct source_map **ret_map);
enum status audit_load(struct arena *arena, const struct library *library, struct str path,
                       struct diag *diag, struct audit **ret_audit);

#endif
