/*
 * The quick way from cells to values, for tables whose rows are plain tickets or updates.
 *
 * Call: plain_table_new, which gives none for a source that has more to it; plain_table_convert or
 *       plain_table_convert_view for up to PLAIN_ROWS rows at a time; look at `odd` and the columns;
 *       plain_table_facts; plain_table_free.
 * Owns: the caller owns the table; it borrows the set, the bound map and what is active of it, and
 *       the text of the rows at hand.
 * Errors: NULL when memory is out (ret_table), which is no failure.
 * Units: values as record_value gives them.
 * A row is odd as soon as it has anything that must be reported, counted or looked up for the first
 * time: such a row says nothing here and goes the ordinary way, cell by cell. Converting has no
 * effect on the set but for numbers of texts.
 * Threads: one table, one thread; several may convert for one set whose texts are shared, while
 *          nobody changes more of it than the table of its cases.
 */
#ifndef CFAUDIT_RECORD_PLAIN_TABLE_H
#define CFAUDIT_RECORD_PLAIN_TABLE_H

#include "record/set.h"
#include "record/short_text.h"
#include "record/word_cache.h"
#include "time/date_times.h"
#include "time/zone_column.h"

enum { PLAIN_ROWS = RECORD_ROWS };

/* What rows say about the whole set. */
struct plain_facts {
    uint64_t given[2];
    int64_t latest; /* VALUE_MISSING: nothing */
    bool has_groups;
};

struct plain_column {
    const struct bind_field *field;
    size_t cell; /* of the row */
    struct short_texts *shorts;
    struct word_cache *words;          /* of cells as they stand in the text; NULL: of no text */
    struct time_separators separators; /* of quick times; first 0: there are none */
    int64_t *values;
};

struct plain_table {
    struct record_set *set;
    const struct bound_map *bound;
    const struct zone *zone;
    struct zone_column local; /* of the zone, if there is one */
    enum date_order order;
    struct plain_column *columns;
    size_t column_count;
    int64_t *room; /* all the values */
    struct word_cache *words;
    enum date_times_path path;
    bool head_is_odd[256]; /* first bytes of ids that are to be looked at */
    bool odd[PLAIN_ROWS];
    bool has_odd;
    /* of each row; an id may be missing, which is odd */
    struct str ids[PLAIN_ROWS];
    uint64_t lines[PLAIN_ROWS];
    uint64_t offsets[PLAIN_ROWS];
    /* what a case of one row has, as columns; without a value they are `missing` */
    const int64_t *by_slot[SLOT_END]; /* only slots that the set keeps */
    const int64_t *missing;
    const int64_t *at;
    const int64_t *sequence;
    const int64_t *group;        /* of the event */
    const int64_t *event_status; /* wins over the ticket's */
    const int64_t *ticket_status;
    int64_t *status;
    int64_t *class;
    int64_t *first_solved;
};

/* *ret_table is NULL when the source is not that plain, or memory is out. */
void plain_table_new(struct record_set *set, const struct bound_map *bound, const struct zone *zone,
                     enum date_order order, const size_t *active, size_t active_count,
                     struct short_texts *shorts, struct plain_table **ret_table);
void plain_table_free(struct plain_table *table); /* accepts NULL */
void plain_table_convert(struct plain_table *table, const struct row_batch *batch, size_t first,
                         size_t count);
/* False: memory is out. */
bool plain_table_convert_view(struct plain_table *table, const struct row_view *view, size_t first,
                              size_t count);
/* Adds what the rows that are not odd say; facts begin with `plain_facts_none`. */
void plain_table_facts(const struct plain_table *table, size_t count, struct plain_facts *facts);
struct plain_facts plain_facts_none(void);
/* They tell something that those who look at the set while others read it may ask for. */
bool plain_facts_are_new(const struct plain_facts *facts, const struct record_set *set);
void plain_facts_join(const struct plain_facts *facts, struct record_set *set);

#endif
