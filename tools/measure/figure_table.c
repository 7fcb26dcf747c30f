#include "measure/figure_table.h"

#include <math.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "measure/figure.h"

static const char *const type_names[TABLE_TYPE_COUNT] = {
    [TABLE_TEXT] = "text",         [TABLE_WORD] = "word",   [TABLE_INTEGER] = "integer",
    [TABLE_NUMBER] = "number",     [TABLE_SHARE] = "share", [TABLE_DURATION] = "duration",
    [TABLE_INSTANT] = "instant",
};
static const char *const level_names[TABLE_LEVEL_COUNT] = {
    [TABLE_PLAIN] = "plain", [TABLE_GOOD] = "good",   [TABLE_WATCH] = "watch",
    [TABLE_BAD] = "bad",     [TABLE_MUTED] = "muted",
};
static const char *const chart_names[TABLE_CHART_KIND_COUNT] = {
    [TABLE_CHART_BAR] = "bar",
    [TABLE_CHART_LINE] = "line",
};

static bool find_name(const char *const *names, size_t count, struct str name, size_t *ret_number)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (str_is(name, names[i])) {
            *ret_number = i;
            return true;
        }
    }
    return false;
}

const char *table_type_name(enum table_type type)
{
    return type_names[type];
}

bool table_type_find(struct str name, enum table_type *ret_type)
{
    size_t number;
    bool found = find_name(type_names, TABLE_TYPE_COUNT, name, &number);

    if (found)
        *ret_type = (enum table_type)number;
    return found;
}

const char *table_level_name(enum table_level level)
{
    return level_names[level];
}

bool table_level_find(struct str name, enum table_level *ret_level)
{
    size_t number;
    bool found = find_name(level_names, TABLE_LEVEL_COUNT, name, &number);

    if (found)
        *ret_level = (enum table_level)number;
    return found;
}

const char *table_chart_kind_name(enum table_chart_kind kind)
{
    return chart_names[kind];
}

bool table_chart_kind_find(struct str name, enum table_chart_kind *ret_kind)
{
    size_t number;
    bool found = find_name(chart_names, TABLE_CHART_KIND_COUNT, name, &number);

    if (found)
        *ret_kind = (enum table_chart_kind)number;
    return found;
}

/* Room for one more; the list before stays behind in the arena. */
static void *grow(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
    size_t wanted = *room ? *room * 2 : 8;
    void *larger;

    if (count < *room)
        return list;
    larger = arena_alloc(arena, wanted, size);
    if (larger && count)
        memcpy(larger, list, count * size);
    if (larger)
        *room = wanted;
    return larger;
}

static bool blank_cells(struct arena *arena, const struct table_form *form, struct figure_row *row)
{
    size_t i;

    *row = (struct figure_row){.cells = arena_alloc(arena, form->column_count, sizeof *row->cells)};
    for (i = 0; row->cells && i < form->column_count; i++)
        row->cells[i] = (struct figure_cell){.number = NAN, .at = INSTANT_MISSING};
    return row->cells != NULL;
}

struct figure_table *figure_table_new(struct arena *arena, struct figure *figure,
                                      const struct table_form *form)
{
    struct figure_table *list = arena_alloc(arena, figure->table_count + 1, sizeof *list);
    struct figure_table *table;

    BUG_IF(form->column_count == 0 || form->column_count > TABLE_COLUMNS);
    if (!list)
        return NULL;
    if (figure->table_count)
        memcpy(list, figure->tables, figure->table_count * sizeof *list);
    table = &list[figure->table_count];
    table->form = form;
    if (!blank_cells(arena, form, &table->spare))
        return NULL;
    figure->tables = list;
    figure->table_count++;
    return table;
}

struct figure_row *table_row(struct arena *arena, struct figure_table *table)
{
    struct figure_row *rows;

    if (table->row_count == LIMIT_TABLE_ROWS) {
        table->rows_left_out++;
        return &table->spare;
    }
    rows = grow(arena, table->rows, table->row_count, &table->row_room, sizeof *rows);
    if (!rows)
        return NULL;
    table->rows = rows;
    return blank_cells(arena, table->form, &rows[table->row_count]) ? &rows[table->row_count++]
                                                                    : NULL;
}

bool table_note(struct arena *arena, struct figure_table *table, const struct words *text,
                bool is_warning)
{
    struct table_note *notes =
        grow(arena, table->notes, table->note_count, &table->note_room, sizeof *notes);

    if (!notes)
        return false;
    table->notes = notes;
    notes[table->note_count++] = (struct table_note){*text, is_warning};
    return true;
}

void table_text(struct figure_row *row, size_t column, struct str text)
{
    row->cells[column].text = text;
}

void table_words(struct figure_row *row, size_t column, const struct words *words)
{
    row->cells[column].text = words_in(words, LANG_EN);
    row->cells[column].words = words;
}

void table_number(struct figure_row *row, size_t column, double number)
{
    row->cells[column].number = number;
}

void table_instant(struct figure_row *row, size_t column, struct instant at)
{
    row->cells[column].at = at;
}

void table_level(struct figure_row *row, size_t column, enum table_level level)
{
    row->cells[column].level = level;
}

const struct figure_table *figure_table_find(const struct figure *figure, const char *id)
{
    size_t i;

    for (i = 0; i < figure->table_count; i++)
        if (str_is(figure->tables[i].form->id, id))
            return &figure->tables[i];
    return NULL;
}

size_t table_find_column(const struct table_form *form, struct str name)
{
    size_t i;

    for (i = 0; i < form->column_count; i++)
        if (str_equal(form->columns[i].name, name))
            break;
    return i;
}
