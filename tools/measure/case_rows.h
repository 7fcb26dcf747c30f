/*
 * A batch of cases of one row each, as the measures of a run look at it: what several of them need
 * of it is worked out once.
 *
 * Call: case_rows_init with the run's context; for each batch case_rows_take, then its columns, by
 *       place (record/record.h); case_rows_done.
 * Owns: borrows the batch and the context; a column lives until the next batch, or until
 *       as many others have been asked for as there is room for.
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

enum { CASE_ROWS_NUMBERED = 8, CASE_ROWS_ELAPSED = 8, CASE_ROWS_SAME = 16 };

/* Numbers of the breakdown values with the period of such an instant. */
struct number_column {
    const int64_t *instants;
    uint32_t numbers[RECORD_ROWS];
};

struct elapsed_column {
    const struct calendar_table *table;
    const int64_t *starts;
    const int64_t *ends;
    int64_t elapsed[RECORD_ROWS];
};

/* Many exports say the same instant twice, as the end and as the last change. */
struct same_column {
    const int64_t *instants;
    const int64_t *same; /* one met before with the same instants, else itself */
};

struct case_rows {
    const struct measure_context *context;
    const struct record_rows *rows;
    const uint16_t *places; /* of the cases that meet all conditions, in order */
    size_t count;
    const uint16_t *left; /* of the others */
    size_t left_count;
    size_t row_count; /* of the columns, up to the last case */
    bool has_bounds;  /* what lies outside the period of the context is left out */
    bool failed;
    struct group_numbers numbers;
    struct period_finder finder;
    /* of the batch; the newest takes the place of the oldest */
    struct number_column numbered[CASE_ROWS_NUMBERED];
    size_t numbered_count;
    struct elapsed_column elapsed[CASE_ROWS_ELAPSED];
    size_t elapsed_count;
    struct same_column same[CASE_ROWS_SAME];
    size_t same_count;
    bool has_by;
    uint32_t by[RECORD_ROWS]; /* numbers of the breakdown values */
    const int64_t *ends;      /* NULL: not asked for yet */
    int64_t ends_room[RECORD_ROWS];
    uint16_t places_room[RECORD_ROWS];
};

void case_rows_init(struct case_rows *rows, const struct measure_context *context);
void case_rows_done(struct case_rows *rows);
void case_rows_take(struct case_rows *rows, const struct record_rows *from);
/* A column with the same instants, always the same one. */
const int64_t *case_rows_same(struct case_rows *rows, const int64_t *instants);
/* Of each case: working time of the calendar between its instants in these columns; missing: one of
   them is, the end comes before the start, or lies outside the period of the context. */
const int64_t *case_rows_elapsed(struct case_rows *rows, const struct calendar *calendar,
                                 const int64_t *starts, const int64_t *ends);
/* Of each case: number of its breakdown values with the period of its instant in that column. */
const uint32_t *case_rows_numbers(struct case_rows *rows, const int64_t *instants);

/* When each case ended, as the clock of a service level sees it. Missing: it does not, was cancelled,
   ended before it was opened, or its event came before the end, so that more must be looked at. */
const int64_t *case_rows_ends(struct case_rows *rows);

static inline const int64_t *case_rows_column(const struct case_rows *rows, int slot)
{
    return rows->rows->columns[slot];
}

#endif
