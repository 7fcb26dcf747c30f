#include <math.h>

#include "writer/svg_chart.h"

static const double GAP = 6;
static const double LINE = 16;
/* Ends of dashes and marks in the legend. */
static const double SAMPLE = 26;
/* Labels below each other by so much slant: then each takes this much of the width. */
static const double SLANTED = 16;
/* Width and height of a slanted text of length 1, and the most of the drawing they may take. */
static const double SLANT = 0.72;
static const double SLANT_LEFT_PART = 0.25;
static const double SLANT_BELOW_PART = 0.4;

void svg_scale(struct svg *svg, double low, double high, unsigned most)
{
    static const double steps[] = {1, 2, 5, 10};
    double unit;
    double step = 1;
    size_t i;

    if (isfinite(svg->chart->minimum))
        low = svg->chart->minimum;
    if (isfinite(svg->chart->maximum))
        high = svg->chart->maximum;
    if (!(high > low))
        high = low + 1;
    unit = pow(10, floor(log10((high - low) / most)));
    for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        step = steps[i] * unit;
        if ((high - low) / step <= most * (1 + 1e-9))
            break;
    }
    svg->step = step;
    svg->low = isfinite(svg->chart->minimum) ? low : floor(low / step + 1e-9) * step;
    svg->high = isfinite(svg->chart->maximum) ? high : ceil(high / step - 1e-9) * step;
    if (svg->chart->type == CELL_SHARE)
        step *= 100;
    svg->decimals = step >= 1 && floor(step) == step ? 0 : step >= 0.1 ? 1 : 2;
}

double svg_y(const struct svg *svg, double value)
{
    return svg->bottom - (value - svg->low) / (svg->high - svg->low) * (svg->bottom - svg->top);
}

double svg_category(const struct svg *svg, double number)
{
    return svg->left + (number + 0.5) / (double)svg->count * (svg->right - svg->left);
}

/* Width of the widest number beside the axis. */
static double numbers_width(struct svg *svg)
{
    double widest = 0;
    double value;
    struct buf text;

    buf_init(&text, SIZE_MAX / 2);
    for (value = svg->low; value <= svg->high + svg->step / 2; value += svg->step) {
        buf_clear(&text);
        svg_value_text(svg, value, &text);
        widest = fmax(widest, svg_width(buf_str(&text)));
    }
    svg->html->out->failed |= text.failed;
    buf_done(&text);
    return widest;
}

double svg_labels_width(struct svg *svg)
{
    double widest = 0;
    struct buf text;
    size_t i;

    buf_init(&text, SIZE_MAX / 2);
    for (i = 0; i < svg->count; i++) {
        buf_clear(&text);
        svg_label(svg, i, &text);
        widest = fmax(widest, svg_width(buf_str(&text)));
    }
    svg->html->out->failed |= text.failed;
    buf_done(&text);
    return widest;
}

static void add_grid(struct svg *svg)
{
    struct buf text;
    size_t i;
    double value = svg->low;

    buf_init(&text, SIZE_MAX / 2);
    for (i = 0; value <= svg->high + svg->step * 1e-6; i++) {
        double y = svg_y(svg, value);

        svg_rule(svg, svg->left, y, svg->right, y, i ? house.chart_grid : house.ink_soft);
        buf_clear(&text);
        svg_value_text(svg, value, &text);
        svg_text(svg, svg->left - GAP, y + 4, SVG_END, house.ink_soft, buf_str(&text));
        value = svg->low + (double)(i + 1) * svg->step;
    }
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

/* A slanted label ends below its category and is cut where the drawing ends on the left or below. */
static double slanted_most(const struct svg *svg, size_t number)
{
    return fmin(svg->height * SLANT_BELOW_PART, svg_category(svg, (double)number)) / SLANT;
}

static void add_label(struct svg *svg, size_t number, bool is_slanted, struct buf *text)
{
    double x = svg_category(svg, (double)number);
    double y = svg->bottom + LINE;

    buf_clear(text);
    svg_label(svg, number, text);
    if (!is_slanted) {
        svg_text(svg, x, y, SVG_MIDDLE, house.ink_soft, buf_str(text));
        return;
    }
    buf_add_text(svg->html->out, "<g transform=\"translate(");
    svg_number(svg, x + 4);
    buf_add_char(svg->html->out, ' ');
    svg_number(svg, y - 4);
    buf_add_text(svg->html->out, ") rotate(-45)\">");
    svg_cut(svg, 0, 0, SVG_END, house.ink_soft, slanted_most(svg, number), buf_str(text));
    buf_add_text(svg->html->out, "</g>\n");
}

static void add_labels(struct svg *svg, bool is_slanted)
{
    double room = (svg->right - svg->left) / (double)svg->count;
    size_t every = is_slanted && room < SLANTED ? (size_t)ceil(SLANTED / room) : 1;
    struct buf text;
    size_t i;

    buf_init(&text, SIZE_MAX / 2);
    for (i = 0; i < svg->count; i += every)
        add_label(svg, i, is_slanted, &text);
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

static void add_titles(struct svg *svg, double labels)
{
    struct buf *out = svg->html->out;

    if (svg->chart->x_title.len)
        svg_text(svg, (svg->left + svg->right) / 2, svg->bottom + labels + LINE, SVG_MIDDLE,
                 house.ink_soft, svg->chart->x_title);
    if (!svg->chart->y_title.len)
        return;
    buf_add_text(out, "<g transform=\"translate(12 ");
    svg_number(svg, (svg->top + svg->bottom) / 2);
    buf_add_text(out, ") rotate(-90)\">");
    svg_text(svg, 0, 0, SVG_MIDDLE, house.ink_soft, svg->chart->y_title);
    buf_add_text(out, "</g>\n");
}

/* Room on the left for slanted labels that reach beyond the axis. */
static void widen(struct svg *svg)
{
    double most = fmax(svg->left, svg->width * SLANT_LEFT_PART);
    double needed = svg->left;
    struct buf text;
    size_t i;

    buf_init(&text, SIZE_MAX / 2);
    for (i = 0; i < svg->count; i++) {
        /* the part of the widening by which the category moves */
        double moves = 1 - ((double)i + 0.5) / (double)svg->count;
        double beyond;

        buf_clear(&text);
        svg_label(svg, i, &text);
        beyond = svg_width(buf_str(&text)) * SLANT - svg_category(svg, (double)i);
        needed = fmax(needed, svg->left + beyond / moves + 1);
    }
    svg->left = fmin(needed, most);
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

void svg_axes(struct svg *svg)
{
    double widest = svg_labels_width(svg);
    double labels;
    bool is_slanted;

    svg->left = numbers_width(svg) + GAP + (svg->chart->y_title.len ? LINE + 4 : 0);
    svg->right = svg->width - 8;
    svg->top = svg->chart->mark_count ? 2 * LINE : 10;
    is_slanted = widest + GAP > (svg->right - svg->left) / (double)svg->count;
    if (is_slanted)
        widen(svg);
    labels = is_slanted ? fmin(widest * SLANT, svg->height * SLANT_BELOW_PART) + LINE : LINE + 4;
    svg->bottom = svg->height - labels - (svg->chart->x_title.len ? LINE + 4 : 0) -
                  svg_legend_height(svg);
    if (svg->bottom < svg->top + 40)
        svg->bottom = svg->top + 40;
    add_grid(svg);
    add_labels(svg, is_slanted);
    add_titles(svg, labels);
}

/* --- legend --- */

static bool is_in_legend(const struct svg *svg, size_t i)
{
    return svg->chart->series_count > 1 && !svg->chart->series[i].is_unnamed;
}

/* Where an entry goes; returns the number of lines so far. */
static unsigned place(const struct svg *svg, size_t number, double *x, unsigned *line)
{
    double width = SAMPLE + GAP + svg_width(svg->chart->series[number].name) + 3 * GAP;

    if (*x > 0 && *x + width > svg->width) {
        *x = 0;
        ++*line;
    }
    *x += width;
    return *line + 1;
}

double svg_legend_height(const struct svg *svg)
{
    unsigned lines = 0;
    unsigned line = 0;
    double x = 0;
    size_t i;

    for (i = 0; i < svg->chart->series_count; i++)
        if (is_in_legend(svg, i))
            lines = place(svg, i, &x, &line);
    return lines ? lines * (LINE + 2) + GAP : 0;
}

static void add_sample(struct svg *svg, const struct series_look *look, double x, double y)
{
    struct buf *out = svg->html->out;

    if (svg->chart->kind == CHART_BAR || svg->chart->kind == CHART_STACK) {
        svg_rectangle(svg, x, y - 10, SAMPLE, 11, look, svg->chart->kind == CHART_STACK);
        buf_add_text(out, "</rect>\n");
        return;
    }
    if (look->line > 0) {
        buf_add_text(out, "<path d=\"M");
        svg_number(svg, x);
        buf_add_char(out, ' ');
        svg_number(svg, y - 4);
        buf_add_char(out, 'h');
        svg_number(svg, SAMPLE);
        buf_add_char(out, '"');
        svg_stroke(svg, look);
        buf_add_text(out, "/>\n");
    }
    if (look->marker == MARKER_NONE)
        return;
    buf_add_text(out, "<path d=\"");
    svg_marker(svg, look->marker, look->marker_size, x + SAMPLE / 2, y - 4);
    buf_add_char(out, '"');
    svg_colour(svg, "fill", look->ink);
    buf_add_text(out, "/>\n");
}

void svg_legend(struct svg *svg)
{
    double from = svg->height - svg_legend_height(svg) + LINE;
    unsigned line = 0;
    double x = 0;
    size_t i;

    for (i = 0; i < svg->chart->series_count; i++) {
        const struct chart_series *series = &svg->chart->series[i];
        double start;
        double y;

        if (!is_in_legend(svg, i))
            continue;
        place(svg, i, &x, &line);
        start = x - (SAMPLE + GAP + svg_width(series->name) + 3 * GAP);
        y = from + line * (LINE + 2);
        add_sample(svg, &house.looks[series->look], start + GAP, y);
        svg_text(svg, start + SAMPLE + 2 * GAP, y, SVG_START, house.ink, series->name);
    }
}
