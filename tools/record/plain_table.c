#include "record/plain_table.h"

#include <string.h>

#include "base/mem.h"

/* Columns beside those of the fields: missing, status, class, first solved. */
enum { OWN_COLUMNS = 4 };

/* --- which tables --- */

static bool is_plain_slot(int slot)
{
    return slot < SLOT_COUNT || slot >= SLOT_OWN || slot == PART_AT || slot == PART_SEQUENCE ||
           slot == PART_STATUS || slot == PART_GROUP || slot == SLOT_NONE;
}

/* Every column is of a known kind, and none says what another says. */
static bool is_plain(const struct record_set *set, const struct bound_map *bound,
                     const size_t *active, size_t active_count)
{
    bool taken[SLOT_END] = {false};
    size_t i;

    if (set->needs.messages || bound->solved_field != SIZE_MAX)
        return false;
    for (i = 0; i < active_count; i++) {
        int slot = bound->fields[active[i]].slot;

        if (!is_plain_slot(slot) || (slot != SLOT_NONE && taken[slot]))
            return false;
        taken[slot] = true;
    }
    return true;
}

static void bind_columns(struct plain_table *table)
{
    const struct record_set *set = table->set;
    size_t slot;
    size_t i;

    for (slot = 0; slot < SLOT_END; slot++)
        table->by_slot[slot] = table->missing;
    table->at = table->sequence = table->group = table->missing;
    table->event_status = table->ticket_status = table->missing;
    for (i = 0; i < table->column_count; i++) {
        const struct plain_column *column = &table->columns[i];
        int own = column->field->slot;

        if (own == PART_AT)
            table->at = column->values;
        else if (own == PART_SEQUENCE)
            table->sequence = column->values;
        else if (own == PART_GROUP)
            table->group = column->values;
        else if (own == PART_STATUS)
            table->event_status = column->values;
        else if (own == SLOT_STATUS)
            table->ticket_status = column->values;
        if ((own < SLOT_COUNT || own >= SLOT_OWN) && set->slot_width[own])
            table->by_slot[own] = column->values;
    }
    if (set->slot_width[SLOT_FIRST_EVENT])
        table->by_slot[SLOT_FIRST_EVENT] = table->at;
    if (set->slot_width[SLOT_FIRST_SOLVED])
        table->by_slot[SLOT_FIRST_SOLVED] = table->first_solved;
    if (set->slot_width[SLOT_CLASS])
        table->by_slot[SLOT_CLASS] = table->class;
}

void plain_table_new(struct record_set *set, const struct bound_map *bound, const struct zone *zone,
                     enum date_order order, const size_t *active, size_t active_count,
                     struct short_texts *shorts, struct plain_table **ret_table)
{
    struct plain_table *table;
    int64_t *room;
    size_t i;

    *ret_table = NULL;
    if (!is_plain(set, bound, active, active_count))
        return;
    table = mem_alloc(1, sizeof *table);
    room = mem_alloc((active_count + OWN_COLUMNS) * PLAIN_ROWS, sizeof *room);
    if (table)
        table->columns = mem_alloc(active_count, sizeof *table->columns);
    if (!table || !room || !table->columns) {
        mem_free(room);
        plain_table_free(table);
        return;
    }
    table->set = set;
    table->bound = bound;
    table->zone = zone;
    table->order = order;
    table->room = room;
    for (i = 0; i < PLAIN_ROWS; i++)
        room[i] = VALUE_MISSING;
    table->missing = room;
    table->status = room + PLAIN_ROWS;
    table->class = room + 2 * PLAIN_ROWS;
    table->first_solved = room + 3 * PLAIN_ROWS;
    for (i = 0; i < active_count; i++)
        table->columns[i] = (struct plain_column){
            .field = &bound->fields[active[i]],
            .cell = active[i],
            .shorts = &shorts[active[i]],
            .values = room + (OWN_COLUMNS + i) * PLAIN_ROWS,
        };
    table->column_count = active_count;
    bind_columns(table);
    *ret_table = table;
}

void plain_table_free(struct plain_table *table)
{
    if (!table)
        return;
    mem_free(table->columns);
    mem_free(table->room);
    mem_free(table);
}

/* --- cells --- */

static void set_odd(struct plain_table *table, size_t row)
{
    table->odd[row] = true;
    table->has_odd = true;
}

/* Any cell but a text, as the ordinary way reads it; nothing is counted or reported. */
static int64_t read_cell(struct plain_table *table, const struct plain_column *column,
                         struct str cell, size_t row)
{
    const struct bind_field *field = column->field;
    struct bind_counts counts = {0, 0, 0};
    int64_t value = VALUE_MISSING;
    enum bind_result result;

    cell = bind_trim(table->bound, cell);
    result = bind_cell(field, table->zone, table->order, cell, &counts, &value);
    if ((result == BIND_MISSING && field->required) ||
        (result != BIND_MISSING && result != BIND_VALUE) || counts.gap || counts.twice ||
        counts.digits_dropped ||
        (result == BIND_VALUE && field->slot == PART_SEQUENCE &&
         (value <= INT32_MIN || value > INT32_MAX)))
        set_odd(table, row);
    return result == BIND_VALUE ? value : VALUE_MISSING;
}

static int64_t read_text(struct plain_table *table, const struct plain_column *column,
                         struct str cell, size_t row)
{
    uint32_t text;

    cell = bind_trim(table->bound, cell);
    if (!cell.ptr) {
        if (column->field->required)
            set_odd(table, row);
        return VALUE_MISSING;
    }
    text = intern_id(&table->set->texts, bind_text(column->field, cell));
    if (text == INTERN_NONE) {
        set_odd(table, row);
        return VALUE_MISSING;
    }
    short_text_keep(column->shorts, cell, text);
    return (int64_t)text;
}

/* --- columns: from the cells at hand --- */

static void read_texts(struct plain_table *table, struct plain_column *column, size_t count)
{
    const struct str *cells = table->cells;
    size_t k;

    for (k = 0; k < count; k++) {
        uint32_t text = short_text_find(column->shorts, cells[k]);

        column->values[k] =
            text != INTERN_NONE ? (int64_t)text : read_text(table, column, cells[k], k);
    }
}

static void read_others(struct plain_table *table, struct plain_column *column, size_t count)
{
    size_t k;

    for (k = 0; k < count; k++)
        column->values[k] = read_cell(table, column, table->cells[k], k);
}

/* Local times as they stand in most exports; a text of that length might be the map's word for none. */
static void read_instants(struct plain_table *table, struct plain_column *column, size_t count)
{
    static const size_t plain_len = 19;
    const struct str *cells = table->cells;
    bool is_utc = table->zone == zone_utc();
    size_t k;

    if (!table->zone || table->bound->null_longest >= plain_len) {
        read_others(table, column, count);
        return;
    }
    time_format_read_column(&column->field->formats[0], cells, 1, count, column->values);
    for (k = 0; k < count; k++) {
        struct instant first;
        struct instant later;

        if (column->values[k] == INT64_MIN) {
            if (cells[k].len || column->field->required)
                column->values[k] = read_cell(table, column, cells[k], k);
        } else if (!is_utc) {
            struct local local = {column->values[k]};

            if (zone_to_instant(table->zone, local, &first, &later) != ZONE_ONCE)
                set_odd(table, k);
            column->values[k] = first.us;
        }
    }
}

static void read_ids(struct plain_table *table, size_t count)
{
    size_t k;

    for (k = 0; k < count; k++) {
        table->ids[k] = bind_trim(table->bound, table->cells[k]);
        table->hashes[k] = case_table_hash(table->ids[k]);
        if (!table->ids[k].ptr)
            set_odd(table, k);
    }
}

/* Class of each row's status; one that was not met before is odd. */
static void find_classes(struct plain_table *table, size_t count)
{
    const struct record_set *set = table->set;
    size_t k;

    for (k = 0; k < count; k++) {
        int64_t status = table->event_status[k];
        uint8_t class = CLASS_UNKNOWN;

        if (status == VALUE_MISSING)
            status = table->ticket_status[k];
        if (status != VALUE_MISSING) {
            if ((size_t)status >= set->class_capacity || set->class_of_text[status] == 0)
                set_odd(table, k);
            else
                class = (uint8_t)(set->class_of_text[status] - 1);
        }
        table->status[k] = status;
        table->class[k] = class;
        table->first_solved[k] =
            class == CLASS_SOLVED || class == CLASS_CLOSED ? table->at[k] : VALUE_MISSING;
    }
}

/* --- rows --- */

static void begin(struct plain_table *table, size_t count)
{
    memset(table->odd, 0, count);
    table->has_odd = false;
}

static void read_column(struct plain_table *table, struct plain_column *column, size_t count)
{
    switch (column->field->type) {
    case FIELD_INSTANT:
        read_instants(table, column, count);
        break;
    case FIELD_TEXT:
    case FIELD_PERSON:
        read_texts(table, column, count);
        break;
    case FIELD_INTEGER:
    case FIELD_BOOLEAN:
        read_others(table, column, count);
        break;
    }
}

static void take_cells(struct plain_table *table, const struct row_batch *batch, size_t first,
                       size_t want, size_t count)
{
    const struct str *cells = batch->cells + first * batch->width + want;
    size_t k;

    for (k = 0; k < count; k++)
        table->cells[k] = cells[k * batch->width];
}

void plain_table_convert(struct plain_table *table, const struct row_batch *batch, size_t first,
                         size_t count)
{
    size_t i;

    begin(table, count);
    memcpy(table->lines, batch->lines + first, count * sizeof *table->lines);
    memcpy(table->offsets, batch->offsets + first, count * sizeof *table->offsets);
    take_cells(table, batch, first, table->bound->id_field, count);
    read_ids(table, count);
    for (i = 0; i < table->column_count; i++) {
        take_cells(table, batch, first, table->columns[i].cell, count);
        read_column(table, &table->columns[i], count);
    }
    find_classes(table, count);
}

static void view_cells(struct plain_table *table, const struct row_view *view, size_t first,
                       size_t want, size_t count)
{
    size_t column = view->columns[want];
    size_t k;

    for (k = 0; k < count; k++)
        table->cells[k] =
            column == COLUMN_NONE ? (struct str){NULL, 0} : row_view_cell(view, first + k, column);
}

static void view_places(struct plain_table *table, const struct row_view *view, size_t first,
                        size_t count)
{
    size_t k;

    for (k = 0; k < count; k++) {
        table->lines[k] = row_view_line(view, first + k);
        table->offsets[k] = row_view_offset(view, first + k);
    }
}

bool plain_table_convert_view(struct plain_table *table, const struct row_view *view, size_t first,
                              size_t count)
{
    size_t i;

    begin(table, count);
    view_places(table, view, first, count);
    view_cells(table, view, first, table->bound->id_field, count);
    read_ids(table, count);
    for (i = 0; i < table->column_count; i++) {
        view_cells(table, view, first, table->columns[i].cell, count);
        read_column(table, &table->columns[i], count);
    }
    find_classes(table, count);
    return !row_view_no_memory(view);
}

/* --- facts --- */

static bool has_value(const struct plain_table *table, const int64_t *values, size_t count)
{
    size_t k;

    for (k = 0; k < count; k++)
        if (values[k] != VALUE_MISSING && !table->odd[k])
            return true;
    return false;
}

static int64_t latest_of(const struct plain_table *table, const int64_t *values, size_t count)
{
    int64_t latest = VALUE_MISSING; /* less than any instant */
    size_t k;

    if (!table->has_odd) {
        for (k = 0; k < count; k++)
            latest = values[k] > latest ? values[k] : latest;
        return latest;
    }
    for (k = 0; k < count; k++)
        latest = values[k] > latest && !table->odd[k] ? values[k] : latest;
    return latest;
}

static void note_given(const struct plain_table *table, int slot, const int64_t *values,
                       size_t count, struct plain_facts *facts)
{
    uint64_t *given = &facts->given[slot >> 6];
    uint64_t bit = 1ull << (slot & 63);

    if ((*given & bit) == 0 && has_value(table, values, count))
        *given |= bit;
}

void plain_table_facts(const struct plain_table *table, size_t count, struct plain_facts *facts)
{
    size_t i;

    for (i = 0; i < table->column_count; i++) {
        const struct plain_column *column = &table->columns[i];
        int slot = column->field->slot;
        int64_t latest;

        if (slot < SLOT_COUNT || slot >= SLOT_OWN)
            note_given(table, slot, column->values, count, facts);
        else if (slot == PART_AT)
            note_given(table, SLOT_FIRST_EVENT, column->values, count, facts);
        else if (slot == PART_GROUP && !facts->has_groups)
            facts->has_groups = has_value(table, column->values, count);
        if (column->field->type != FIELD_INSTANT || slot == SLOT_DUE || slot == SLOT_PROMISED ||
            (slot != PART_AT && slot >= SLOT_COUNT && slot < SLOT_OWN))
            continue;
        latest = latest_of(table, column->values, count);
        if (latest > facts->latest)
            facts->latest = latest;
    }
}

struct plain_facts plain_facts_none(void)
{
    return (struct plain_facts){.latest = VALUE_MISSING};
}

void plain_facts_join(const struct plain_facts *facts, struct record_set *set)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(facts->given); i++)
        set->given[i] |= facts->given[i];
    set->has_groups |= facts->has_groups;
    if (facts->latest > set->latest)
        set->latest = facts->latest;
}
