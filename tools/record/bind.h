/*
 * A source map bound to the record model: which columns are wanted and what becomes of each cell.
 *
 * Call: bind_map; bind_cell for each wanted cell of a row.
 * Owns: everything lives in the arena given; the map must outlive it.
 * Errors: STATUS_INVALID, located in the map, for a field the model does not know or a time format
 *         that cannot be read.
 * Units: instants in microseconds UTC.
 * Threads: constant after bind_map.
 */
#ifndef CFAUDIT_RECORD_BIND_H
#define CFAUDIT_RECORD_BIND_H

#include "record/record.h"
#include "time/year.h"

struct bind_field {
    const struct map_field *field; /* NULL: a column of the user's own */
    enum field_type type;
    int slot; /* enum field_slot, or from SLOT_OWN on a column of the user's own */
    bool required;
    char mark; /* of numbers */
    struct time_format *formats;
    size_t format_count;
};

struct bound_map {
    const struct source_map *map;
    struct bind_field *fields;
    struct column_want *wants; /* one for each field */
    size_t count;
    enum record_kind kind;
    size_t id_field;           /* index of PART_ID; SIZE_MAX: the place of a row stands for it */
    size_t second_field;       /* index of what belongs to the id, too; SIZE_MAX: nothing */
    size_t solved_field;       /* index of the solved-when column, or SIZE_MAX */
    struct str solved_value;
    size_t null_longest;  /* bytes of the longest text that means missing */
    bool null_first[256]; /* bytes that such a text begins with */
    bool has_at;
    bool has_order; /* some format leaves the order of day and month open */
    bool needs_zone; /* no format of some field can carry an offset */
};

/* What a cell became. */
enum bind_result {
    BIND_VALUE,
    BIND_MISSING,
    BIND_BAD,
    BIND_NO_ZONE,
    BIND_NO_ORDER,
    BIND_NO_YEAR,  /* it has none, and nothing is known that says it */
    BIND_LATE_YEAR /* the times of the source run on for longer than their year was taken for */
};

struct bind_counts {
    uint64_t gap;
    uint64_t twice;
    uint64_t digits_dropped;
    struct year_run years; /* of times that are written without one */
};

/* The fields of the needs' kind of records. */
enum status bind_map(const struct record_options *options, const struct record_needs *needs,
                     struct arena *arena, struct diag *diag, struct bound_map **ret_bound);
/* How the rows of a source are to be read: what was asked for before what the map says. */
struct reader_options bind_reading(const struct record_options *options);
/* The cell without white space at its ends; missing when the map says so. */
struct str bind_trim(const struct bound_map *bound, struct str cell);
/* Instants, integers and booleans into *ret_value; texts are the caller's to number. */
enum bind_result bind_cell(const struct bind_field *field, const struct zone *zone,
                           enum date_order order, struct str cell, struct bind_counts *counts,
                           int64_t *ret_value);
/* The text a value table makes of a cell, or the cell. */
struct str bind_text(const struct bind_field *field, struct str cell);
/* The field has no value table. */
bool bind_is_plain(const struct bind_field *field);

#endif
