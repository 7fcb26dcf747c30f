#include "measure/case_rows.h"

#include <string.h>

#include "measure/condition.h"
#include "measure/service_ending.h"

static bool meets_all(const struct measure_context *context, const struct record_rows *rows,
                      size_t place)
{
    size_t i;

    for (i = 0; i < context->where_count; i++)
        if (!condition_holds(context->set, &context->where[i], context->where_slots[i],
                             rows->columns[context->where_slots[i]][place]))
            return false;
    return true;
}

/* Those that meet the conditions from the front, the others from the back. */
static void part_rows(struct case_rows *rows)
{
    size_t left = RECORD_ROWS;
    size_t i;

    rows->count = 0;
    for (i = rows->rows->count; i-- > 0;)
        if (!meets_all(rows->context, rows->rows, rows->rows->places[i]))
            rows->room[--left] = rows->rows->places[i];
    rows->left = rows->room + left;
    rows->left_count = RECORD_ROWS - left;
    for (i = 0, left = 0; i < rows->rows->count; i++)
        if (left < rows->left_count && rows->left[left] == rows->rows->places[i])
            left++;
        else
            rows->room[rows->count++] = rows->rows->places[i];
    rows->places = rows->room;
}

void case_rows_init(struct case_rows *rows, const struct measure_context *context)
{
    memset(rows, 0, sizeof *rows);
    rows->context = context;
    rows->has_bounds =
        !instant_is_missing(context->period_start) || !instant_is_missing(context->period_end);
    rows->finder.zone = context->zone;
    rows->finder.grid = context->grid;
    group_numbers_init(&rows->numbers, context->by_count + 1);
}

void case_rows_done(struct case_rows *rows)
{
    group_numbers_done(&rows->numbers);
}

void case_rows_take(struct case_rows *rows, const struct record_rows *from)
{
    rows->rows = from;
    rows->places = from->places;
    rows->count = from->count;
    rows->left = NULL;
    rows->left_count = 0;
    rows->has_ends = false;
    rows->column_count = 0;
    rows->column_next = 0;
    if (rows->context->where_count)
        part_rows(rows);
}

/* --- how cases ended --- */

static void find_ends(struct case_rows *rows)
{
    const int64_t *opened = case_rows_column(rows, SLOT_OPENED);
    const int64_t *resolved = case_rows_column(rows, SLOT_RESOLVED);
    const int64_t *closed = case_rows_column(rows, SLOT_CLOSED);
    const int64_t *class = case_rows_column(rows, SLOT_CLASS);
    const int64_t *at = rows->rows->at;
    int64_t event_last = rows->rows->has_events ? rows->context->as_of.us : VALUE_MISSING;
    int64_t as_of = rows->context->as_of.us;
    size_t i;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];
        int64_t event = at[k] <= event_last ? at[k] : VALUE_MISSING;
        struct case_fields fields = {opened[k], resolved[k], closed[k], class[k]};
        struct ending ending = ending_of(&fields, class_is_over(class[k]) ? event : VALUE_MISSING,
                                         VALUE_MISSING, as_of);
        bool is_plain = opened[k] != VALUE_MISSING && !ending.is_cancelled &&
                        (event == VALUE_MISSING || event >= ending.at);

        rows->ends[k] = is_plain ? ending.at : VALUE_MISSING;
    }
}

const int64_t *case_rows_ends(struct case_rows *rows)
{
    if (!rows->has_ends)
        find_ends(rows);
    rows->has_ends = true;
    return rows->ends;
}

/* --- columns of instants --- */

static bool is_equal(const struct case_rows *rows, const int64_t *a, const int64_t *b)
{
    size_t i;

    for (i = 0; i < rows->count; i++)
        if (a[rows->places[i]] != b[rows->places[i]])
            return false;
    return true;
}

static struct instant_column *find_column(struct case_rows *rows, const int64_t *instants,
                                          const struct calendar_table *table)
{
    size_t i;

    for (i = 0; i < rows->column_count; i++)
        if (rows->columns[i].instants == instants &&
            (!table || !rows->columns[i].table || rows->columns[i].table == table))
            return &rows->columns[i];
    return NULL;
}

/* Many exports say the same instant twice, as the end and as the last change. */
static const int64_t *same_as(const struct case_rows *rows, const int64_t *instants)
{
    size_t i;

    for (i = 0; i < rows->column_count; i++)
        if (rows->columns[i].same == rows->columns[i].instants &&
            is_equal(rows, rows->columns[i].instants, instants))
            return rows->columns[i].instants;
    return instants;
}

static struct instant_column *add_column(struct case_rows *rows, const int64_t *instants,
                                         const int64_t *same)
{
    struct instant_column *column = &rows->columns[rows->column_next];

    column->instants = instants;
    column->same = same;
    column->table = NULL;
    column->has_numbers = false;
    rows->column_next = (rows->column_next + 1) % CASE_ROWS_COLUMNS;
    if (rows->column_count < CASE_ROWS_COLUMNS)
        rows->column_count++;
    return column;
}

/* The column of these or the same instants, with room for working time of that table. */
static struct instant_column *column_of(struct case_rows *rows, const int64_t *instants,
                                        const struct calendar_table *table)
{
    struct instant_column *column = find_column(rows, instants, table);
    const int64_t *same;

    if (!column) {
        same = same_as(rows, instants);
        column = add_column(rows, instants, same);
    }
    if (column->same == instants)
        return column;
    same = column->same;
    column = find_column(rows, same, table);
    return column ? column : add_column(rows, same, same);
}

const int64_t *case_rows_worked(struct case_rows *rows, const struct calendar *calendar,
                                const int64_t *instants)
{
    const struct calendar_table *table = calendar_table(calendar);
    struct instant_column *column = column_of(rows, instants, table);

    if (column->table != table)
        calendar_worked_column(table, instants, rows->places, rows->count, column->worked);
    column->table = table;
    return column->worked;
}

static inline void number_rows(struct case_rows *rows, const int64_t *instants, size_t by_count,
                               uint32_t *ret_numbers)
{
    const int *by_slots = rows->context->by_slots;
    const int64_t *const *columns = rows->rows->columns;
    int64_t values[MEASURE_BREAKDOWNS + 1];
    size_t i;
    size_t b;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];

        for (b = 0; b < by_count; b++)
            values[b] = columns[by_slots[b]][k];
        values[by_count] = period_find(&rows->finder, instants[k]);
        ret_numbers[k] = group_number(&rows->numbers, values, by_count + 1);
        rows->failed |= ret_numbers[k] == GROUP_NUMBER_NONE;
    }
}

const uint32_t *case_rows_numbers(struct case_rows *rows, const int64_t *instants)
{
    struct instant_column *column = column_of(rows, instants, NULL);

    if (column->has_numbers)
        return column->numbers;
    switch (rows->context->by_count) { /* what most runs ask for, unrolled */
    case 0:
        number_rows(rows, instants, 0, column->numbers);
        break;
    case 1:
        number_rows(rows, instants, 1, column->numbers);
        break;
    default:
        number_rows(rows, instants, rows->context->by_count, column->numbers);
        break;
    }
    column->has_numbers = true;
    return column->numbers;
}
