/*
 * One reading of one source, for the files of this room that take part in it.
 *
 * Call: record_read makes a gatherer; gather_batch with each batch of rows, or gather_row with one
 *       and gather_check behind some.
 * Owns: see record/record.h.
 * Errors: STATUS_* with one diagnostic; a bad row is counted and reported.
 * Units: as in record/record.h.
 * Threads: one gatherer, one thread; the lanes look after theirs.
 */
#ifndef CFAUDIT_RECORD_GATHERER_H
#define CFAUDIT_RECORD_GATHERER_H

#include "detect/detect.h"
#include "record/kind_rows.h"
#include "record/row_tally.h"
#include "record/stream.h"

/* What a row tells about the whole set, which only a row that is used may do. */
struct row_facts {
    int64_t latest;
    uint64_t given[2];
    bool has_group;
};

/* Everything one reading needs. */
struct gatherer {
    struct record_set *set;
    const struct record_options *options;
    struct bound_map *bound;
    struct source *source;
    struct rowset *rows;
    struct diag *diag;
    struct row_tally tally;
    struct accounting *accounting;
    struct bind_counts counts;
    enum date_order order;
    uint32_t number;
    int *slots; /* case slots that the source fills */
    size_t slot_count;
    size_t *active; /* fields whose column the source has, or may yet have */
    size_t active_count;
    uint64_t hashes[ROW_BATCH];
    struct str ids[ROW_BATCH];
    struct row_values values;
    struct row_facts facts;
    bool tells_some;            /* rows are no table's: each fills what is in it */
    bool is_message_list;       /* the table tells nothing of its cases beside their messages */
    uint64_t rejected;          /* by this room */
    struct short_texts *shorts; /* one for each field */
    struct lanes *lanes;        /* NULL: every row goes cell by cell */
    struct detect_run *detecting; /* NULL: texts of messages are not read */
    bool makes_tickets;         /* else its rows are records of other kinds alone */
    bool row_is_used;           /* the row at hand has made a record of another kind */
    struct kind_rows kinds;
};

/* The case of the id, made when it is new; NULL when memory is out. */
struct case_row *gather_case(struct gatherer *g, struct str id, uint64_t hash);
/* Row r of the batch goes its way cell by cell. */
enum status gather_row(struct gatherer *g, const struct row_batch *batch, size_t r, struct str id,
                       uint64_t hash);
/* Says what is wrong with a row. */
enum status gather_say(struct gatherer *g, const struct row_batch *batch, size_t r, enum rule rule,
                       struct str column, struct str cell);
/* The same, and counts the row as rejected, unless something was made of it. */
enum status gather_reject(struct gatherer *g, const struct row_batch *batch, size_t r,
                          enum rule rule, struct str column, struct str cell);
/* A local time that nothing places: the whole source cannot be read so. */
enum status gather_no_time(struct gatherer *g, const struct row_batch *batch, size_t r,
                           struct str cell, enum bind_result result);
enum status gather_batch(struct gatherer *g, const struct row_batch *batch);
/* The next batch. *ret_is_last: no rows are left. STATUS_END: what was read is not to be used. */
enum status gather_next(struct gatherer *g, bool *ret_is_last);
/* How far reading has come. */
void gather_tell(const struct gatherer *g, uint64_t offset);
/* The set holds more than it may. */
bool gather_is_full(const struct gatherer *g);
/* Behind some rows. STATUS_END: what was handed out is void; STATUS_LIMIT: too much is held. */
enum status gather_check(struct gatherer *g);

#endif
