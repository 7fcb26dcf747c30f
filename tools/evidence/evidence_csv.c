#include "evidence/evidence.h"

#include <math.h>
#include <string.h>

/* A spreadsheet takes a cell that begins like this for a formula. */
static bool is_formula_start(char c)
{
    return c != '\0' && strchr("=+-@\t\r", c) != NULL;
}

static void put_separator(struct buf *out, bool is_first)
{
    if (!is_first)
        buf_add_char(out, ',');
}

static void put_text(struct buf *out, struct str text)
{
    bool guard = text.len > 0 && is_formula_start(text.ptr[0]);
    bool quote = false;
    size_t i;

    for (i = 0; i < text.len && !quote; i++)
        quote = text.ptr[i] == ',' || text.ptr[i] == '"' || text.ptr[i] == '\r' ||
                text.ptr[i] == '\n';
    if (quote)
        buf_add_char(out, '"');
    if (guard)
        buf_add_char(out, '\'');
    for (i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.ptr[i]);
    }
    if (quote)
        buf_add_char(out, '"');
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

/* `by` names what the key is where the figure does not say so. */
static void put_row(struct buf *out, const struct figure *figure, struct str by)
{
    const struct str texts[] = {figure->measure,    figure->variant, figure->unit,
                                figure->population, by,              figure->key};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        put_separator(out, i == 0);
        put_text(out, texts[i]);
    }
    buf_printf(out, ",%llu,%llu", (unsigned long long)figure->n,
               (unsigned long long)excluded_n(figure));
    put_number(out, figure->value);
    put_number(out, figure->low);
    put_number(out, figure->high);
    buf_add_char(out, ',');
    put_text(out, figure->method);
    for (i = 0; i < QUANTILE_COUNT; i++)
        put_number(out, figure->quantiles[i]);
    buf_add_text(out, "\r\n");
}

void evidence_csv(const struct evidence *evidence, struct buf *out)
{
    size_t i;
    size_t k;

    buf_add_text(out, "measure,variant,unit,population,by,key,n,excluded,value,low,high,method,"
                      "p50,p85,p90,p95\r\n");
    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];

        put_row(out, figure, figure->by);
        for (k = 0; k < figure->breakdown_count; k++)
            put_row(out, &figure->breakdown[k], figure->breakdown[k].by);
        for (k = 0; k < figure->series_count; k++)
            put_row(out, &figure->series[k],
                    figure->series[k].by.ptr ? figure->series[k].by : STR("month"));
    }
}
