/*
 * Source maps: how the rows of a source become records.
 *
 * Call: source_map_load with a library (xml/library.h).
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd, root source-map.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_SOURCE_MAP_H
#define CFAUDIT_PLAN_SOURCE_MAP_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/words.h"
#include "text/log_rules.h"
#include "xml/library.h"

enum status_class {
    CLASS_UNKNOWN,
    CLASS_OPEN,
    CLASS_PENDING, /* waiting for the customer */
    CLASS_HOLD,    /* waiting for somebody else */
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

/* Who documents the format that a map reads. */
struct map_source {
    struct str document;
    struct str part; /* missing: all of it */
};

/* Entries that a log rule must take before any behind it, or that it must not match. */
struct log_sample {
    bool is_match;
    struct str text; /* as in struct map_sample, without a header */
    struct where where;
};

/* What a map says of a log rule beside what reading needs. */
struct map_rule {
    struct where where;   /* of the rule */
    struct where pattern; /* of its pattern */
    struct log_sample *samples;
    size_t sample_count;
};

struct source_map {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    struct map_source *sources;
    size_t source_count;
    struct str reader;   /* "delimited", "xes", "json", "json-lines", "text" */
    char delimiter;      /* 0: find out */
    struct str *rows;    /* of JSON: where they are; none: at the top */
    size_t row_count;
    bool has_byte_arrays; /* of JSON: text may be written as an array of bytes */
    struct str zone;     /* missing: instants must carry an offset, or --zone is required */
    struct str *formats; /* time formats, tried in this order */
    size_t format_count;
    char mark; /* of decimal numbers: '.' or ',' */
    struct str *nulls; /* cell texts that mean missing; the empty cell always does */
    size_t null_count;
    struct map_field *fields;
    size_t field_count;
    struct map_status *statuses;
    size_t status_count;
    struct log_rules log;   /* of a text log, patterns complete; else none */
    struct map_rule *rules; /* one for each of log.list */
    struct map_sample *samples;
    size_t sample_count;
    /* first-to-last: duration of a case is last minus first event unless an end is named */
    bool measures_first_to_last;
    bool has_audit_trail; /* the system keeps who changed what, and when */
    struct sha256 sha256; /* of the map document */
    struct str name;      /* as asked for */
};

enum status source_map_load(struct arena *arena, const struct library *library, struct str name,
                            struct str folder, struct diag *diag, struct source_map **ret_map);

const char *status_class_name(enum status_class class);
bool status_class_find(struct str name, enum status_class *ret_class);

#endif
