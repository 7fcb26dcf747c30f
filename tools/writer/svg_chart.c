#include "writer/svg_chart.h"

#include <math.h>

#include "base/mem.h"

static const double SECONDS_AN_HOUR = 3600;
static const double WIDTH = 520;
static const double HEIGHT = 340;
/* Of a chart of lying bars: for each of them, and around them. */
static const double STACK_LINE = 34;
static const double STACK_EDGES = 50;

static double value_of(const struct row *row, size_t column, enum cell_type type)
{
    const struct cell *cell = column < row->cell_count ? &row->cells[column] : NULL;

    if (!cell || !cell_type_is_number((enum cell_type)cell->type) || cell->type == CELL_DATE ||
        cell->type == CELL_INSTANT)
        return NAN;
    return type == CELL_DURATION ? cell->is.number / SECONDS_AN_HOUR : cell->is.number;
}

/* Rows are a list: a table that many charts look at is walked once for each. */
static void read_rows(struct svg *svg)
{
    const struct chart *chart = svg->chart;
    const struct row *row = svg->data->rows;
    size_t number;
    size_t i;

    for (number = 0; row && number <= chart->last_row; number++, row = row->next) {
        size_t at = number - chart->first_row;

        if (number < chart->first_row)
            continue;
        svg->labels[at] =
            chart->category < row->cell_count ? &row->cells[chart->category] : NULL;
        for (i = 0; i < chart->series_count; i++)
            svg->values[i * svg->count + at] = value_of(row, chart->series[i].column, chart->type);
    }
}

/* A chart that says how large it is, is; one that covers cells of a sheet is as large as it needs. */
static void set_size(struct svg *svg)
{
    const struct chart *chart = svg->chart;

    svg->width = chart->width ? chart->width : WIDTH;
    svg->height = chart->height ? chart->height : HEIGHT;
    if (!chart->height && chart->kind == CHART_STACK)
        svg->height = (double)svg->count * STACK_LINE + STACK_EDGES + svg_legend_height(svg);
}

bool svg_load(struct svg *svg, struct html *html, const struct sheet *sheet,
              const struct chart *chart)
{
    *svg = (struct svg){.html = html, .chart = chart};
    svg->data = chart->data.ptr ? book_find_sheet(html->book, chart->data) : sheet;
    if (!svg->data || chart->last_row < chart->first_row ||
        chart->last_row >= svg->data->row_count || chart->series_count == 0)
        return false;
    svg->count = chart->last_row - chart->first_row + 1;
    svg->labels = mem_alloc(svg->count, sizeof *svg->labels);
    svg->values = mem_alloc(svg->count * chart->series_count, sizeof *svg->values);
    if (!svg->labels || !svg->values) {
        html->out->failed = true;
        svg_done(svg);
        return false;
    }
    read_rows(svg);
    set_size(svg);
    return true;
}

void svg_done(struct svg *svg)
{
    mem_free(svg->labels);
    mem_free(svg->values);
    svg->labels = NULL;
    svg->values = NULL;
}

static void add_pattern(struct svg *svg)
{
    size_t i;

    for (i = 0; i < svg->chart->series_count; i++) {
        const struct series_look *look = &house.looks[svg->chart->series[i].look];

        if (look->pattern == PATTERN_SOLID)
            continue;
        buf_printf(svg->html->out,
                   "<defs><pattern id=\"stripes%zu\" width=\"6\" height=\"6\" "
                   "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                   "<rect width=\"6\" height=\"6\" fill=\"#%06X\"/>"
                   "<rect width=\"3\" height=\"6\" fill=\"#%06X\"/></pattern></defs>\n",
                   svg->html->charts, (unsigned)house.paper, (unsigned)look->ink);
        return;
    }
}

static void draw(struct svg *svg)
{
    static void (*const kinds[])(struct svg *svg) = {
        [CHART_LINE] = svg_draw_line,
        [CHART_BAR] = svg_draw_bar,
        [CHART_STACK] = svg_draw_stack,
        [CHART_RADAR] = svg_draw_radar,
    };
    const struct chart *chart = svg->chart;
    struct html *html = svg->html;

    buf_printf(html->out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %.0f %.0f\" "
               "aria-labelledby=\"chart%zu chart%zud\" font-size=\"12\" fill=\"#%06X\">\n"
               "<title id=\"chart%zu\">",
               svg->width, svg->height, html->charts, html->charts, (unsigned)house.ink,
               html->charts);
    html_text(html, chart->title);
    buf_printf(html->out, "</title>\n<desc id=\"chart%zud\">", html->charts);
    html_text(html, chart->description.len ? chart->description : chart->title);
    buf_add_text(html->out, "</desc>\n");
    add_pattern(svg);
    kinds[chart->kind](svg);
    svg_legend(svg);
    buf_add_text(html->out, "</svg>\n");
}

void html_chart(struct html *html, const struct sheet *sheet, const struct chart *chart,
                struct str caption)
{
    struct svg svg;

    html->charts++;
    buf_add_text(html->out, "<figure>\n<figcaption><strong>");
    html_text(html, chart->title);
    buf_add_text(html->out, "</strong></figcaption>\n");
    if (svg_load(&svg, html, sheet, chart)) {
        draw(&svg);
        svg_done(&svg);
    }
    if (caption.len) {
        buf_add_text(html->out, "<p class=\"note\">");
        html_text(html, caption);
        buf_add_text(html->out, "</p>\n");
    }
    buf_add_text(html->out, "</figure>\n");
}

/* The list begins with the one added last. */
void html_charts(struct html *html, const struct sheet *sheet)
{
    const struct chart *chart;
    const struct chart **list;
    size_t count = 0;
    size_t i;

    for (chart = sheet->charts; chart; chart = chart->next)
        count++;
    if (count == 0)
        return;
    list = mem_alloc(count, sizeof *list);
    if (!list) {
        html->out->failed = true;
        return;
    }
    i = count;
    for (chart = sheet->charts; chart; chart = chart->next)
        list[--i] = chart;
    buf_add_text(html->out, "<div class=\"figures\">\n");
    for (i = 0; i < count; i++)
        html_chart(html, sheet, list[i], (struct str){NULL, 0});
    buf_add_text(html->out, "</div>\n");
    mem_free(list);
}
