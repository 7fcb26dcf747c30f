/*
 * Rows -> records of other kinds than tickets.
 *
 * Call: kind_rows_new once the ticket's fields are bound; its columns stand behind those of the
 *       ticket; kind_rows_start once the source is open; kind_rows_take with each row.
 * Owns: everything lives in the arena given; the sets are the caller's.
 * Errors: STATUS_* with one diagnostic. What keeps a row from being a record is told in the outcome.
 * Units: as in record/record.h.
 * A row of a map with several kinds makes a record of each whose required fields have values. A
 * record without an id has its place for one: source, line, and its number in the line.
 * Threads: one source, one thread.
 */
#ifndef CFAUDIT_RECORD_KIND_ROWS_H
#define CFAUDIT_RECORD_KIND_ROWS_H

#include "record/set.h"

struct gatherer;

/* The records of one kind. */
struct kind_reading {
    struct record_set *set;
    struct bound_map *bound;
    size_t first;   /* of its fields, in the cells of a row */
    size_t *active; /* fields whose column the source has, or may yet have */
    size_t active_count;
    int *slots;
    size_t slot_count;
    bool is_absent; /* the source lacks a column that it cannot do without */
    struct row_values values;
};

struct kind_rows {
    struct kind_reading *list;
    size_t count;
    bool is_only; /* the map makes records of one kind, and no tickets */
    struct column_want *wants; /* of the ticket, and of these */
    size_t want_count;
    uint64_t line; /* of the row before, and how many rows began in it */
    unsigned in_line;
    struct buf id;
};

/* What became of a row. */
struct kind_outcome {
    bool is_used;
    enum rule rule;    /* else: why not */
    struct str column; /* missing: the row itself */
    struct str cell;
};

enum status kind_rows_new(struct gatherer *g, struct arena *arena);
void kind_rows_done(struct kind_rows *rows);
enum status kind_rows_start(struct gatherer *g, struct arena *arena);
enum status kind_rows_take(struct gatherer *g, const struct row_batch *batch, size_t r,
                           struct kind_outcome *ret_outcome);
/* No format of some field can carry an offset. */
bool kind_rows_need_zone(const struct kind_rows *rows);
/* Records in their sets. */
size_t kind_rows_count(const struct kind_rows *rows);
/* Bytes of memory held by their sets. */
size_t kind_rows_memory(const struct kind_rows *rows);

#endif
