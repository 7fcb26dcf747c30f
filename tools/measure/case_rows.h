/*
 * A batch of cases of one row each, as the measures of a run look at it: what several of them need
 * of it is worked out once.
 *
 * Call: case_rows_init for each batch; then, by place (record/record.h), its columns.
 * Owns: borrows the batch and the context; columns live until the next batch, those of working time
 *       until as many others have been asked for.
 * Errors: none.
 * Units: instants in microseconds UTC, working time in microseconds.
 * Threads: one batch, one thread.
 */
#ifndef CFAUDIT_MEASURE_CASE_ROWS_H
#define CFAUDIT_MEASURE_CASE_ROWS_H

#include "measure/measure.h"
#include "time/calendar_table.h"

/* Columns of working time that a measure can use together. */
enum { CASE_ROWS_WORKED = 8 };

struct worked_column {
    const struct calendar_table *table;
    const int64_t *instants;
    int64_t values[RECORD_ROWS];
};

struct case_rows {
    const struct record_rows *rows;
    const struct measure_context *context;
    const uint16_t *places; /* of the cases that meet all conditions, in order */
    size_t count;
    const uint16_t *left; /* of the others */
    size_t left_count;
    struct worked_column worked[CASE_ROWS_WORKED];
    size_t worked_count;
    size_t worked_next; /* takes the place of the oldest */
    uint16_t room[RECORD_ROWS];
};

void case_rows_init(struct case_rows *rows, const struct measure_context *context,
                    const struct record_rows *from);
/* Of each case: working time of the calendar up to the instant of that column; 0: it has none. */
const int64_t *case_rows_worked(struct case_rows *rows, const struct calendar *calendar,
                                const int64_t *instants);

static inline const int64_t *case_rows_column(const struct case_rows *rows, int slot)
{
    return rows->rows->columns[slot];
}

#endif
