/*
 * A batch of cases of one row each, as the measures of a run look at it: what several of them need
 * of it is worked out once.
 *
 * Call: case_rows_init with the run's context; for each batch case_rows_take, then its columns, by
 *       place (record/record.h); case_rows_done.
 * Owns: borrows the batch and the context; a column lives until the next batch, or until
 *       half of CASE_ROWS_COLUMNS others have been asked for.
 * Errors: `failed` is set when memory runs out.
 * Units: instants in microseconds UTC, working time in microseconds, periods by number.
 * Threads: one of them, one thread.
 */
#ifndef CFAUDIT_MEASURE_CASE_ROWS_H
#define CFAUDIT_MEASURE_CASE_ROWS_H

#include "measure/group_numbers.h"
#include "measure/measure.h"
#include "measure/period_finder.h"
#include "time/calendar_table.h"

enum { CASE_ROWS_COLUMNS = 16 };

/* What was worked out of a column of instants. */
struct instant_column {
    const int64_t *instants;
    const int64_t *same;                /* an older column with the same instants, else itself */
    const struct calendar_table *table; /* of the working time; NULL: not asked for */
    bool has_numbers;
    int64_t worked[RECORD_ROWS];
    uint32_t numbers[RECORD_ROWS];
};

struct case_rows {
    const struct measure_context *context;
    const struct record_rows *rows;
    const uint16_t *places; /* of the cases that meet all conditions, in order */
    size_t count;
    const uint16_t *left; /* of the others */
    size_t left_count;
    bool has_bounds; /* what lies outside the period of the context is left out */
    bool failed;
    struct group_numbers numbers;
    struct period_finder finder;
    struct instant_column columns[CASE_ROWS_COLUMNS];
    size_t column_count;
    size_t column_next; /* takes the place of the oldest */
    bool has_ends;
    int64_t ends[RECORD_ROWS];
    uint16_t room[RECORD_ROWS];
};

void case_rows_init(struct case_rows *rows, const struct measure_context *context);
void case_rows_done(struct case_rows *rows);
void case_rows_take(struct case_rows *rows, const struct record_rows *from);
/* Of each case: working time of the calendar up to its instant in that column; 0: it has none. */
const int64_t *case_rows_worked(struct case_rows *rows, const struct calendar *calendar,
                                const int64_t *instants);
/* Of each case: number of its breakdown values with the period of its instant in that column. */
const uint32_t *case_rows_numbers(struct case_rows *rows, const int64_t *instants);

/* When each case ended, as the clock of a service level sees it. Missing: it does not, was cancelled,
   or its event came before the end, so that more must be looked at. */
const int64_t *case_rows_ends(struct case_rows *rows);

static inline const int64_t *case_rows_column(const struct case_rows *rows, int slot)
{
    return rows->rows->columns[slot];
}

#endif
