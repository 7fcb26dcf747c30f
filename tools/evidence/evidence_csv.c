#include "evidence/evidence.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"

/* Columns from the value to the verdict, and those behind it. */
enum { CSV_BEHIND_VALUE = 9, CSV_BEHIND_VERDICT = 7 };

static void put_separator(struct buf *out, bool is_first)
{
    if (!is_first)
        buf_add_char(out, ',');
}

static void put_number(struct buf *out, double value)
{
    buf_add_char(out, ',');
    if (isfinite(value))
        buf_add_double(out, value);
}

static uint64_t excluded_n(const struct figure *figure)
{
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < figure->excluded_count; i++)
        n += figure->excluded[i].n;
    return n;
}

static void put_next(struct buf *out, struct str text)
{
    buf_add_char(out, ',');
    buf_add_cell(out, text);
}

/* What the row is about and which of them: "month" and "2016-03". */
static void put_row(struct buf *out, const struct figure *figure, struct str by, struct str key)
{
    const struct str texts[] = {figure->measure,    figure->variant, figure->unit,
                                figure->population, by,              key};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        put_separator(out, i == 0);
        buf_add_cell(out, texts[i]);
    }
    buf_printf(out, ",%llu,%llu", (unsigned long long)figure->n,
               (unsigned long long)excluded_n(figure));
    put_number(out, figure->value);
    put_number(out, figure->low);
    put_number(out, figure->high);
    put_next(out, figure->method);
    for (i = 0; i < QUANTILE_COUNT; i++)
        put_number(out, figure->quantiles[i]);
    put_number(out, figure->target);
    put_next(out, figure->verdict);
    put_next(out, figure->standing);
    put_number(out, figure->centre);
    put_number(out, figure->lower);
    put_number(out, figure->upper);
    put_next(out, figure->signal);
    put_next(out, figure->reaction);
    put_next(out, figure->is_partial ? STR("true") : STR("false"));
    buf_add_text(out, "\r\n");
}

/* The periods of a row of a breakdown: "priority / month" and "1 / 2016-03". */
static void put_row_series(struct buf *out, const struct figure *row)
{
    struct buf by;
    struct buf key;
    size_t i;

    buf_init(&by, 2 * LIMIT_CELL_BYTES);
    buf_init(&key, 2 * LIMIT_CELL_BYTES);
    for (i = 0; i < row->series_count; i++) {
        const struct figure *period = &row->series[i];

        buf_clear(&by);
        buf_clear(&key);
        buf_add(&by, row->by);
        buf_add_text(&by, " / ");
        buf_add(&by, period->by);
        buf_add(&key, row->key);
        buf_add_text(&key, " / ");
        buf_add(&key, period->key);
        put_row(out, period, buf_str(&by), buf_str(&key));
        out->failed |= by.failed || key.failed;
    }
    buf_done(&by);
    buf_done(&key);
}

/*
 * What a cell of a table says, as a row of its own: "customers / tau" and the first cell of its
 * row. Numbers stand as values, words as verdicts; texts and instants have no column here.
 */
static void put_cell(struct buf *out, const struct figure *figure, const struct figure_table *table,
                     const struct figure_row *row, size_t number)
{
    static const char *const units[TABLE_TYPE_COUNT] = {
        [TABLE_INTEGER] = "count", [TABLE_SHARE] = "1", [TABLE_DURATION] = "s"};
    const struct table_column *column = &table->form->columns[number];
    bool is_word = column->type == TABLE_WORD;
    size_t i;

    if (column->type == TABLE_TEXT || column->type == TABLE_INSTANT ||
        (is_word ? !row->cells[number].text.len : !isfinite(row->cells[number].number)))
        return;
    buf_add_cell(out, figure->measure);
    put_next(out, figure->variant);
    put_next(out, str_of(units[column->type]));
    put_next(out, (struct str){NULL, 0});
    buf_add_char(out, ',');
    buf_printf(out, "%.*s / %.*s", STR_ARG(table->form->id), STR_ARG(column->name));
    put_next(out, row->cells[0].text);
    buf_add_text(out, ",,");
    put_number(out, row->cells[number].number);
    for (i = 0; i < CSV_BEHIND_VALUE; i++)
        buf_add_char(out, ',');
    buf_add_cell(out, is_word ? row->cells[number].text : (struct str){NULL, 0});
    for (i = 0; i < CSV_BEHIND_VERDICT; i++)
        buf_add_char(out, ',');
    buf_add_text(out, "\r\n");
}

static void put_tables(struct buf *out, const struct figure *figure)
{
    size_t i;
    size_t k;
    size_t c;

    for (i = 0; i < figure->table_count; i++)
        for (k = 0; k < figure->tables[i].row_count; k++)
            for (c = 1; c < figure->tables[i].form->column_count; c++)
                put_cell(out, figure, &figure->tables[i], &figure->tables[i].rows[k], c);
}

void evidence_csv(const struct evidence *evidence, struct buf *out)
{
    size_t i;
    size_t k;

    buf_add_text(out, "measure,variant,unit,population,by,key,n,excluded,value,low,high,method,"
                      "p50,p85,p90,p95,target,verdict,standing,centre,lower,upper,signal,"
                      "reaction,partial\r\n");
    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];

        put_row(out, figure, figure->by, figure->key);
        for (k = 0; k < figure->breakdown_count; k++)
            put_row(out, &figure->breakdown[k], figure->breakdown[k].by, figure->breakdown[k].key);
        for (k = 0; k < figure->series_count; k++)
            put_row(out, &figure->series[k],
                    figure->series[k].by.ptr ? figure->series[k].by : STR("month"),
                    figure->series[k].key);
        for (k = 0; k < figure->breakdown_count; k++)
            put_row_series(out, &figure->breakdown[k]);
        put_tables(out, figure);
    }
}
