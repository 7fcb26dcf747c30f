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
            rows->places_room[--left] = rows->rows->places[i];
    rows->left = rows->places_room + left;
    rows->left_count = RECORD_ROWS - left;
    for (i = 0, left = 0; i < rows->rows->count; i++)
        if (left < rows->left_count && rows->left[left] == rows->rows->places[i])
            left++;
        else
            rows->places_room[rows->count++] = rows->rows->places[i];
    rows->places = rows->places_room;
}

void case_rows_init(struct case_rows *rows, const struct measure_context *context)
{
    memset(rows, 0, sizeof *rows);
    rows->context = context;
    rows->has_bounds =
        !instant_is_missing(context->period_start) || !instant_is_missing(context->period_end);
    rows->finder.zone = context->zone;
    rows->finder.grid = context->grid;
    group_numbers_init(&rows->numbers, context->by_count);
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
    rows->row_count = from->count ? from->places[from->count - 1] + 1u : 0;
    rows->numbered_count = 0;
    rows->elapsed_count = 0;
    rows->same_count = 0;
    rows->has_by = false;
    rows->ends = NULL;
    if (rows->context->where_count)
        part_rows(rows);
}

/* --- how cases ended --- */

/* What is looked at, and until when an event counts. */
struct end_columns {
    const int64_t *opened;
    const int64_t *resolved;
    const int64_t *closed;
    const int64_t *class;
    const int64_t *at;
    int64_t event_last; /* missing: no event does */
    int64_t as_of;
};

static struct end_columns end_columns_of(const struct case_rows *rows)
{
    return (struct end_columns){
        .opened = case_rows_column(rows, SLOT_OPENED),
        .resolved = case_rows_column(rows, SLOT_RESOLVED),
        .closed = case_rows_column(rows, SLOT_CLOSED),
        .class = case_rows_column(rows, SLOT_CLASS),
        .at = rows->rows->at,
        .event_last = rows->rows->has_events ? rows->context->as_of.us : VALUE_MISSING,
        .as_of = rows->context->as_of.us,
    };
}

/* Of most batches: every case was opened, then resolved, and its event did not come before that. */
static bool end_as_resolved(const struct case_rows *rows, const struct end_columns *columns)
{
    const struct end_columns own = *columns;
    unsigned others = 0;
    size_t i;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];
        int64_t at = own.resolved[k];

        others |= (unsigned)(own.opened[k] == VALUE_MISSING) | (unsigned)(at < own.opened[k]) |
                  (unsigned)(at > own.as_of) | (unsigned)(own.class[k] == CLASS_CANCELLED) |
                  ((unsigned)(own.at[k] != VALUE_MISSING) & (unsigned)(own.at[k] < at) &
                   (unsigned)(own.at[k] <= own.event_last));
    }
    return !others;
}

static void find_ends(struct case_rows *rows, const struct end_columns *columns)
{
    size_t i;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];
        int64_t event = columns->at[k] <= columns->event_last ? columns->at[k] : VALUE_MISSING;
        struct case_fields fields = {columns->opened[k], columns->resolved[k], columns->closed[k],
                                     columns->class[k]};
        struct ending ending =
            ending_of(&fields, class_is_over(fields.class) ? event : VALUE_MISSING, VALUE_MISSING,
                      columns->as_of);
        bool is_plain = fields.opened != VALUE_MISSING && !ending.is_cancelled &&
                        !ending.is_backwards && (event == VALUE_MISSING || event >= ending.at);

        rows->ends_room[k] = is_plain ? ending.at : VALUE_MISSING;
    }
}

const int64_t *case_rows_ends(struct case_rows *rows)
{
    struct end_columns columns;

    if (rows->ends)
        return rows->ends;
    columns = end_columns_of(rows);
    if (end_as_resolved(rows, &columns)) {
        rows->ends = columns.resolved;
    } else {
        find_ends(rows, &columns);
        rows->ends = rows->ends_room;
    }
    return rows->ends;
}

/* --- columns that are the same --- */

static bool is_equal(const struct case_rows *rows, const int64_t *a, const int64_t *b)
{
    size_t i;

    if (a[rows->places[0]] != b[rows->places[0]])
        return false;
    if (memcmp(a, b, rows->row_count * sizeof *a) == 0)
        return true;
    for (i = 1; i < rows->count; i++)
        if (a[rows->places[i]] != b[rows->places[i]])
            return false;
    return true;
}

static const int64_t *find_same(const struct case_rows *rows, const int64_t *instants)
{
    size_t i;

    for (i = 0; i < rows->same_count && i < CASE_ROWS_SAME; i++)
        if (rows->same[i].same == rows->same[i].instants &&
            is_equal(rows, rows->same[i].instants, instants))
            return rows->same[i].instants;
    return instants;
}

const int64_t *case_rows_same(struct case_rows *rows, const int64_t *instants)
{
    const int64_t *same;
    size_t i;

    for (i = 0; i < rows->same_count && i < CASE_ROWS_SAME; i++)
        if (rows->same[i].instants == instants)
            return rows->same[i].same;
    if (rows->count == 0)
        return instants;
    same = find_same(rows, instants);
    rows->same[rows->same_count++ % CASE_ROWS_SAME] = (struct same_column){instants, same};
    return same;
}

/* --- working time --- */

static void leave_out_outside(const struct case_rows *rows, const int64_t *ends, int64_t *elapsed)
{
    size_t i;

    for (i = 0; i < rows->count; i++)
        if (observe_is_outside(rows->context, ends[rows->places[i]]))
            elapsed[rows->places[i]] = VALUE_MISSING;
}

const int64_t *case_rows_elapsed(struct case_rows *rows, const struct calendar *calendar,
                                 const int64_t *starts, const int64_t *ends)
{
    const struct calendar_table *table = calendar_table(calendar);
    struct elapsed_column *column;
    size_t i;

    starts = case_rows_same(rows, starts);
    ends = case_rows_same(rows, ends);
    for (i = 0; i < rows->elapsed_count && i < CASE_ROWS_ELAPSED; i++) {
        column = &rows->elapsed[i];
        if (column->table == table && column->starts == starts && column->ends == ends)
            return column->elapsed;
    }
    column = &rows->elapsed[rows->elapsed_count++ % CASE_ROWS_ELAPSED];
    column->table = table;
    column->starts = starts;
    column->ends = ends;
    calendar_elapsed_column(table, starts, ends, rows->row_count, column->elapsed);
    if (rows->has_bounds)
        leave_out_outside(rows, ends, column->elapsed);
    return column->elapsed;
}

/* --- numbers --- */

/* These loops hold what is near in variables, which no store to a column can change. */
static void number_values(struct case_rows *rows)
{
    const uint16_t *places = rows->places;
    size_t count = rows->count;
    size_t i;
    size_t b;

    memset(rows->by, 0, sizeof rows->by);
    for (b = 0; b < rows->context->by_count; b++) {
        const int64_t *values = case_rows_column(rows, rows->context->by_slots[b]);
        struct number_step *step = &rows->numbers.steps[b];
        struct number_near near = step->near;

        for (i = 0; i < count; i++) {
            size_t k = places[i];

            rows->by[k] = group_number_step(step, &near, values[k], rows->by[k]);
        }
    }
}

static void number_rows(struct case_rows *rows, struct number_column *column)
{
    struct number_step *step = &rows->numbers.steps[rows->context->by_count];
    const struct number_near near = step->near;
    const struct zone_stretch held = period_held_stretch(&rows->finder);
    const int64_t offset = held.offset * SECOND_US;
    const int64_t *instants = column->instants;
    const uint16_t *places = rows->places;
    size_t count = rows->count;
    uint32_t most = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        size_t k = places[i];
        int32_t period = period_stretch_has(&held, instants[k])
                             ? period_find_in(&rows->finder, offset, instants[k])
                             : period_find(&rows->finder, instants[k]);
        uint32_t number = group_number_step(step, &near, period, rows->by[k]);

        column->numbers[k] = number;
        most = number > most ? number : most;
    }
    rows->failed |= most == GROUP_NUMBER_NONE;
}

const uint32_t *case_rows_numbers(struct case_rows *rows, const int64_t *instants)
{
    const int64_t *same = case_rows_same(rows, instants);
    struct number_column *column;
    size_t i;

    for (i = 0; i < rows->numbered_count && i < CASE_ROWS_NUMBERED; i++)
        if (rows->numbered[i].instants == same)
            return rows->numbered[i].numbers;
    if (!rows->has_by)
        number_values(rows);
    rows->has_by = true;
    column = &rows->numbered[rows->numbered_count++ % CASE_ROWS_NUMBERED];
    column->instants = same;
    number_rows(rows, column);
    return column->numbers;
}
