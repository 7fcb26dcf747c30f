#include "record/plain_parts.h"

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

/* An empty cell of a required field is odd, so that each of these is looked at. */
static void prepare_text(struct plain_column *column, struct word_cache *words)
{
    word_cache_init(words, VALUE_MISSING);
    if ((column->field->type == FIELD_TEXT || column->field->type == FIELD_PERSON) &&
        !column->field->required)
        column->words = words;
}

/* The map might have a word for a missing time that is as long as a time. */
static void prepare_times(const struct plain_table *table, struct plain_column *column)
{
    if (column->field->type == FIELD_INSTANT && !column->field->required &&
        table->bound->null_longest < DATE_TIME_LEN)
        column->separators = time_format_separators(&column->field->formats[0]);
}

static void prepare(struct plain_table *table)
{
    size_t i;

    table->path = date_times_best();
    if (table->zone)
        zone_column_init(&table->local, table->zone);
    for (i = 0; i < ARRAY_LEN(table->head_is_odd); i++)
        table->head_is_odd[i] = i <= ' ' || i == '"' || table->bound->null_first[i];
    for (i = 0; i < table->column_count; i++) {
        prepare_text(&table->columns[i], &table->words[i]);
        prepare_times(table, &table->columns[i]);
    }
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
    if (table)
        table->words = mem_alloc(active_count, sizeof *table->words);
    if (!table || !room || !table->columns || !table->words) {
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
    prepare(table);
    bind_columns(table);
    *ret_table = table;
}

void plain_table_free(struct plain_table *table)
{
    if (!table)
        return;
    mem_free(table->columns);
    mem_free(table->words);
    mem_free(table->room);
    mem_free(table);
}

/* --- cells --- */

void plain_set_odd(struct plain_table *table, size_t row)
{
    table->odd[row] = true;
    table->has_odd = true;
}

int64_t plain_read_cell(struct plain_table *table, const struct plain_column *column,
                        struct str cell, size_t row)
{
    const struct bind_field *field = column->field;
    struct bind_counts counts = {.years = {.latest = INT64_MIN}};
    int64_t value = VALUE_MISSING;
    enum bind_result result;

    cell = bind_trim(table->bound, cell);
    result = bind_cell(field, table->zone, table->order, cell, &counts, &value);
    if ((result == BIND_MISSING && field->required) ||
        (result != BIND_MISSING && result != BIND_VALUE) || counts.gap || counts.twice ||
        counts.digits_dropped ||
        (result == BIND_VALUE && field->slot == PART_SEQUENCE &&
         (value <= INT32_MIN || value > INT32_MAX)))
        plain_set_odd(table, row);
    return result == BIND_VALUE ? value : VALUE_MISSING;
}

int64_t plain_read_text(struct plain_table *table, const struct plain_column *column,
                        struct str cell, size_t row)
{
    uint32_t text;

    cell = bind_trim(table->bound, cell);
    if (!cell.ptr) {
        if (column->field->required)
            plain_set_odd(table, row);
        return VALUE_MISSING;
    }
    text = intern_id(&table->set->texts, bind_text(column->field, cell));
    if (text == INTERN_NONE) {
        plain_set_odd(table, row);
        return VALUE_MISSING;
    }
    return (int64_t)text;
}

void plain_to_instants(struct plain_table *table, int64_t *values, size_t count)
{
    size_t k;

    for (k = 0; k < count && table->zone != zone_utc(); k++)
        if (values[k] != VALUE_MISSING &&
            zone_column_to_instant(&table->local, values[k], &values[k]) != ZONE_ONCE)
            plain_set_odd(table, k);
}

void plain_find_classes(struct plain_table *table, size_t count)
{
    const struct record_set *set = table->set;
    const uint8_t *known = set->class_of_text;
    uint64_t capacity = set->class_capacity;
    size_t k;

    for (k = 0; k < count; k++) {
        int64_t status = table->event_status[k];
        uint8_t class = CLASS_UNKNOWN + 1;

        if (status == VALUE_MISSING)
            status = table->ticket_status[k];
        table->status[k] = status;
        if (status != VALUE_MISSING)
            class = (uint64_t)status < capacity ? known[status] : 0;
        if (class == 0) {
            plain_set_odd(table, k);
            class = CLASS_UNKNOWN + 1;
        }
        table->class[k] = class - 1;
        table->first_solved[k] =
            class - 1 == CLASS_SOLVED || class - 1 == CLASS_CLOSED ? table->at[k] : VALUE_MISSING;
    }
}

/* --- rows of a batch --- */

void plain_begin(struct plain_table *table, size_t count)
{
    memset(table->odd, 0, count);
    table->has_odd = false;
}

static int64_t batch_text(struct plain_table *table, const struct plain_column *column,
                          struct str cell, size_t row)
{
    uint32_t text = short_text_find(column->shorts, cell);
    int64_t value;

    if (text != INTERN_NONE)
        return (int64_t)text;
    value = plain_read_text(table, column, cell, row);
    if (value != VALUE_MISSING)
        short_text_keep(column->shorts, cell, (uint32_t)value);
    return value;
}

static void batch_column(struct plain_table *table, struct plain_column *column,
                         const struct str *cells, size_t width, size_t count)
{
    bool is_text = column->field->type == FIELD_TEXT || column->field->type == FIELD_PERSON;
    size_t k;

    for (k = 0; k < count; k++)
        column->values[k] = is_text ? batch_text(table, column, cells[k * width], k)
                                    : plain_read_cell(table, column, cells[k * width], k);
}

static void batch_ids(struct plain_table *table, const struct str *cells, size_t width,
                      size_t count)
{
    size_t k;

    for (k = 0; k < count; k++) {
        table->ids[k] = bind_trim(table->bound, cells[k * width]);
        if (!table->ids[k].ptr)
            plain_set_odd(table, k);
    }
}

void plain_table_convert(struct plain_table *table, const struct row_batch *batch, size_t first,
                         size_t count)
{
    const struct str *cells = batch->cells + first * batch->width;
    size_t i;

    plain_begin(table, count);
    memcpy(table->lines, batch->lines + first, count * sizeof *table->lines);
    memcpy(table->offsets, batch->offsets + first, count * sizeof *table->offsets);
    batch_ids(table, cells + table->bound->id_field, batch->width, count);
    for (i = 0; i < table->column_count; i++)
        batch_column(table, &table->columns[i], cells + table->columns[i].cell, batch->width,
                     count);
    plain_find_classes(table, count);
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

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* A missing value is less than any instant. */
static int64_t latest_of(const struct plain_table *table, const int64_t *values, size_t count)
{
    int64_t latest[4] = {VALUE_MISSING, VALUE_MISSING, VALUE_MISSING, VALUE_MISSING};
    size_t k = 0;

    /* four that do not wait for each other */
    for (; count - k >= 4 && !table->has_odd; k += 4) {
        latest[0] = later(latest[0], values[k]);
        latest[1] = later(latest[1], values[k + 1]);
        latest[2] = later(latest[2], values[k + 2]);
        latest[3] = later(latest[3], values[k + 3]);
    }
    for (; k < count; k++)
        if (!table->odd[k])
            latest[0] = later(latest[0], values[k]);
    return later(later(latest[0], latest[1]), later(latest[2], latest[3]));
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

bool plain_facts_are_new(const struct plain_facts *facts, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(facts->given); i++)
        if (facts->given[i] & ~set->given[i])
            return true;
    return facts->has_groups && !set->has_groups;
}

void plain_facts_join(const struct plain_facts *facts, struct record_set *set)
{
    size_t i;

    if (plain_facts_are_new(facts, set)) {
        for (i = 0; i < ARRAY_LEN(facts->given); i++)
            set->given[i] |= facts->given[i];
        set->has_groups |= facts->has_groups;
    }
    if (facts->latest > set->latest)
        set->latest = facts->latest;
}
