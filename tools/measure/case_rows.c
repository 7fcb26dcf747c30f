#include "measure/case_rows.h"

#include <string.h>

#include "measure/condition.h"

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

void case_rows_init(struct case_rows *rows, const struct measure_context *context,
                    const struct record_rows *from)
{
    rows->rows = from;
    rows->context = context;
    rows->places = from->places;
    rows->count = from->count;
    rows->left = NULL;
    rows->left_count = 0;
    rows->worked_count = 0;
    rows->worked_next = 0;
    if (context->where_count)
        part_rows(rows);
}

static bool is_equal(const struct case_rows *rows, const int64_t *a, const int64_t *b)
{
    size_t i;

    for (i = 0; i < rows->count; i++)
        if (a[rows->places[i]] != b[rows->places[i]])
            return false;
    return true;
}

const int64_t *case_rows_worked(struct case_rows *rows, const struct calendar *calendar,
                                const int64_t *instants)
{
    const struct calendar_table *table = calendar_table(calendar);
    struct worked_column *column = &rows->worked[rows->worked_next];
    const struct worked_column *equal = NULL;
    size_t i;

    for (i = 0; i < rows->worked_count; i++) {
        if (rows->worked[i].table != table)
            continue;
        if (rows->worked[i].instants == instants)
            return rows->worked[i].values;
        /* many exports say the same instant twice, as the end and as the last change */
        if (&rows->worked[i] != column && is_equal(rows, rows->worked[i].instants, instants))
            equal = &rows->worked[i];
    }
    column->table = table;
    column->instants = instants;
    if (equal)
        memcpy(column->values, equal->values, sizeof column->values);
    else
        calendar_worked_column(table, instants, rows->places, rows->count, column->values);
    rows->worked_next = (rows->worked_next + 1) % CASE_ROWS_WORKED;
    if (rows->worked_count < CASE_ROWS_WORKED)
        rows->worked_count++;
    return column->values;
}
