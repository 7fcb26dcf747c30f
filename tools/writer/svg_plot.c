#include <math.h>

#include "writer/svg_chart.h"

enum { STEPS = 6 };
/* Parts of the room of a category that a bar, or a group of them, takes. */
static const double BAR_PART = 0.83;
static const double STACK_PART = 0.69;
static const double LABEL_LINE = 16;
/* Widest labels: around a radar, and the part of the width before lying bars. */
static const double RADAR_LABEL = 112;
static const double STACK_LABEL_PART = 0.36;

static double at(const struct svg *svg, size_t series, size_t category)
{
    return svg->values[series * svg->count + category];
}

static void find_range(const struct svg *svg, double *low, double *high)
{
    size_t i;

    *low = 0;
    *high = 0;
    for (i = 0; i < svg->count * svg->chart->series_count; i++) {
        if (isnan(svg->values[i]))
            continue;
        *low = fmin(*low, svg->values[i]);
        *high = fmax(*high, svg->values[i]);
    }
}

static const struct series_look *look_of(const struct svg *svg, size_t series)
{
    return &house.looks[svg->chart->series[series].look];
}

/* --- lines --- */

static void add_path(struct svg *svg, size_t series)
{
    struct buf *out = svg->html->out;
    char command = 'M';
    size_t i;

    buf_add_text(out, "<path d=\"");
    for (i = 0; i < svg->count; i++) {
        double value = at(svg, series, i);

        if (isnan(value)) {
            command = 'M';
            continue;
        }
        buf_add_char(out, command);
        svg_number(svg, svg_category(svg, (double)i));
        buf_add_char(out, ' ');
        svg_number(svg, svg_y(svg, value));
        command = 'L';
    }
    buf_add_char(out, '"');
    svg_stroke(svg, look_of(svg, series));
    buf_add_text(out, "/>\n");
}

static void add_markers(struct svg *svg, size_t series)
{
    const struct series_look *look = look_of(svg, series);
    size_t i;

    for (i = 0; i < svg->count; i++) {
        double value = at(svg, series, i);

        if (isnan(value))
            continue;
        buf_add_text(svg->html->out, "<path d=\"");
        svg_marker(svg, look->marker, look->marker_size, svg_category(svg, (double)i),
                   svg_y(svg, value));
        buf_add_char(svg->html->out, '"');
        svg_colour(svg, "fill", look->ink);
        buf_add_char(svg->html->out, '>');
        svg_hint(svg, series, i);
        buf_add_text(svg->html->out, "</path>\n");
    }
}

static void add_marks(struct svg *svg)
{
    size_t i;

    for (i = 0; i < svg->chart->mark_count; i++) {
        const struct chart_mark *mark = &svg->chart->marks[i];
        double half = svg_width(mark->text) / 2 + 2;

        if (mark->number < svg->count && !isnan(at(svg, 0, mark->number)))
            svg_text(svg,
                     fmax(half, fmin(svg_category(svg, (double)mark->number), svg->width - half)),
                     svg_y(svg, at(svg, 0, mark->number)) - 6, SVG_MIDDLE, house.chart_mark,
                     mark->text);
    }
}

void svg_draw_line(struct svg *svg)
{
    double low;
    double high;
    size_t i;

    find_range(svg, &low, &high);
    svg_scale(svg, low, high, STEPS);
    svg_axes(svg);
    for (i = 0; i < svg->chart->series_count; i++)
        if (look_of(svg, i)->line > 0)
            add_path(svg, i);
    for (i = 0; i < svg->chart->series_count; i++)
        if (look_of(svg, i)->marker != MARKER_NONE)
            add_markers(svg, i);
    add_marks(svg);
}

/* --- bars --- */

static bool is_marked(const struct svg *svg, size_t category)
{
    size_t i;

    for (i = 0; i < svg->chart->mark_count; i++)
        if (svg->chart->marks[i].number == category)
            return true;
    return false;
}

void svg_draw_bar(struct svg *svg)
{
    size_t series_count = svg->chart->series_count;
    double low;
    double high;
    double width;
    size_t i;
    size_t k;

    find_range(svg, &low, &high);
    svg_scale(svg, low, high, STEPS);
    svg_axes(svg);
    width = (svg->right - svg->left) / (double)svg->count * BAR_PART / (double)series_count;
    for (k = 0; k < series_count; k++) {
        for (i = 0; i < svg->count; i++) {
            struct series_look look = *look_of(svg, k);
            double value = at(svg, k, i);
            double x = svg_category(svg, (double)i) + ((double)k - (double)series_count / 2) * width;
            double y = svg_y(svg, fmax(value, svg->low > 0 ? svg->low : 0));
            double foot = svg_y(svg, fmin(value, svg->low > 0 ? svg->low : 0));

            if (isnan(value))
                continue;
            if (k == 0 && is_marked(svg, i))
                look.ink = house.chart_mark;
            svg_rectangle(svg, x, y, width, foot - y, &look, false);
            svg_hint(svg, k, i);
            buf_add_text(svg->html->out, "</rect>\n");
        }
    }
    add_marks(svg);
}

/* --- lying bars, the parts one behind the other --- */

static double stack_sum(const struct svg *svg, size_t category)
{
    double sum = 0;
    size_t k;

    for (k = 0; k < svg->chart->series_count; k++)
        if (!isnan(at(svg, k, category)))
            sum += at(svg, k, category);
    return sum;
}

/* Paper under a number that could not be read on a pattern. */
static void add_plate(struct svg *svg, double x, double y, double width)
{
    buf_add_text(svg->html->out, "<rect");
    svg_attribute(svg, "x", x);
    svg_attribute(svg, "y", y);
    svg_attribute(svg, "width", width);
    svg_attribute(svg, "height", 14);
    svg_colour(svg, "fill", house.paper);
    buf_add_text(svg->html->out, "/>\n");
}

static void add_part(struct svg *svg, size_t series, size_t category, double from, double y,
                     double height)
{
    const struct series_look *look = look_of(svg, series);
    double scale = (svg->right - svg->left) / (svg->high - svg->low);
    double value = at(svg, series, category);
    double x = svg->left + (from - svg->low) * scale;
    double width;
    struct buf text;

    svg_rectangle(svg, x, y, value * scale, height, look, true);
    svg_hint(svg, series, category);
    buf_add_text(svg->html->out, "</rect>\n");
    buf_init(&text, SIZE_MAX / 2);
    svg_value_text(svg, value, &text);
    width = svg_width(buf_str(&text)) + 6;
    if (look->pattern != PATTERN_SOLID && width < value * scale)
        add_plate(svg, x + (value * scale - width) / 2, y + height / 2 - 7, width);
    if (width < value * scale)
        svg_text(svg, x + value * scale / 2, y + height / 2 + 4, SVG_MIDDLE, look->label,
                 buf_str(&text));
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

static void add_stack(struct svg *svg, size_t category, double room)
{
    double y = svg->top + (double)category * room + room * (1 - STACK_PART) / 2;
    double sum = svg->low;
    struct buf text;
    size_t k;

    buf_init(&text, SIZE_MAX / 2);
    svg_label(svg, category, &text);
    svg_wrapped(svg, svg->left - 6, y + room * STACK_PART / 2 + 4, SVG_END, svg->left - 8,
                buf_str(&text));
    svg->html->out->failed |= text.failed;
    buf_done(&text);
    for (k = 0; k < svg->chart->series_count; k++) {
        double value = at(svg, k, category);

        if (isnan(value) || value <= 0)
            continue;
        add_part(svg, k, category, sum, y, room * STACK_PART);
        sum += value;
    }
}

static void add_stack_axis(struct svg *svg)
{
    struct buf text;
    double value = svg->low;
    size_t i;

    buf_init(&text, SIZE_MAX / 2);
    for (i = 0; value <= svg->high + svg->step * 1e-6; i++) {
        double x = svg->left + (value - svg->low) / (svg->high - svg->low) * (svg->right - svg->left);

        svg_rule(svg, x, svg->top, x, svg->bottom, i ? house.chart_grid : house.ink_soft);
        buf_clear(&text);
        svg_value_text(svg, value, &text);
        svg_text(svg, x, svg->bottom + LABEL_LINE, SVG_MIDDLE, house.ink_soft, buf_str(&text));
        value = svg->low + (double)(i + 1) * svg->step;
    }
    if (svg->chart->y_title.len)
        svg_text(svg, (svg->left + svg->right) / 2, svg->bottom + 2 * LABEL_LINE, SVG_MIDDLE,
                 house.ink_soft, svg->chart->y_title);
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

void svg_draw_stack(struct svg *svg)
{
    double widest = svg_labels_width(svg);
    double high = 0;
    size_t i;

    for (i = 0; i < svg->count; i++)
        high = fmax(high, stack_sum(svg, i));
    svg_scale(svg, 0, high, STEPS);
    svg->left = fmin(widest + 14, svg->width * STACK_LABEL_PART);
    svg->right = svg->width - 24;
    svg->top = 6;
    svg->bottom = svg->height - LABEL_LINE - 6 -
                  (svg->chart->y_title.len ? LABEL_LINE : 0) - svg_legend_height(svg);
    add_stack_axis(svg);
    for (i = 0; i < svg->count; i++)
        add_stack(svg, i, (svg->bottom - svg->top) / (double)svg->count);
}

/* --- radar --- */

struct radar {
    double x;
    double y;
    double radius;
};

static void to_spoke(const struct svg *svg, const struct radar *radar, size_t category,
                     double value, double *ret_x, double *ret_y)
{
    static const double TURN = 6.283185307179586;
    double angle = TURN * (double)category / (double)svg->count;
    double length = radar->radius * (value - svg->low) / (svg->high - svg->low);

    *ret_x = radar->x + length * sin(angle);
    *ret_y = radar->y - length * cos(angle);
}

/* Through a value on each spoke; `series` of the chart, or all at `value` when it is no series. */
static void add_ring(struct svg *svg, const struct radar *radar, size_t series, double value)
{
    struct buf *out = svg->html->out;
    bool is_whole = true;
    char command = 'M';
    size_t i;

    buf_add_text(out, "<path d=\"");
    for (i = 0; i < svg->count; i++) {
        double v = series < svg->chart->series_count ? at(svg, series, i) : value;
        double x;
        double y;

        if (isnan(v)) {
            is_whole = false;
            command = 'M';
            continue;
        }
        to_spoke(svg, radar, i, v, &x, &y);
        buf_add_char(out, command);
        svg_number(svg, x);
        buf_add_char(out, ' ');
        svg_number(svg, y);
        command = 'L';
    }
    buf_add_text(out, is_whole ? "z\"" : "\"");
    if (series < svg->chart->series_count) {
        svg_stroke(svg, look_of(svg, series));
    } else {
        buf_add_text(out, " fill=\"none\"");
        svg_colour(svg, "stroke", house.chart_grid);
    }
    buf_add_text(out, "/>\n");
}

static void add_spokes(struct svg *svg, const struct radar *radar)
{
    struct buf text;
    double x;
    double y;
    size_t i;

    buf_init(&text, SIZE_MAX / 2);
    for (i = 0; i < svg->count; i++) {
        to_spoke(svg, radar, i, svg->high, &x, &y);
        svg_rule(svg, radar->x, radar->y, x, y, house.chart_grid);
        buf_clear(&text);
        svg_label(svg, i, &text);
        if (fabs(x - radar->x) < 1) /* above or below: clear of the number beside the spoke */
            svg_wrapped(svg, x, y < radar->y ? y - LABEL_LINE : y + 1.25 * LABEL_LINE, SVG_MIDDLE,
                        2 * RADAR_LABEL, buf_str(&text));
        else
            svg_wrapped(svg, x + (x - radar->x) * 0.06, y + (y - radar->y) * 0.08 + 4,
                        x > radar->x ? SVG_START : SVG_END, RADAR_LABEL, buf_str(&text));
    }
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

static void add_ring_numbers(struct svg *svg, const struct radar *radar)
{
    double value = svg->low;
    struct buf text;
    double x;
    double y;
    size_t i;

    buf_init(&text, SIZE_MAX / 2);
    for (i = 0; value <= svg->high + svg->step * 1e-6; i++) {
        add_ring(svg, radar, svg->chart->series_count, value);
        to_spoke(svg, radar, 0, value, &x, &y);
        buf_clear(&text);
        svg_value_text(svg, value, &text);
        svg_text(svg, x - 4, y + 4, SVG_END, house.ink_soft, buf_str(&text));
        value = svg->low + (double)(i + 1) * svg->step;
    }
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

static void add_corners(struct svg *svg, const struct radar *radar, size_t series)
{
    const struct series_look *look = look_of(svg, series);
    size_t i;

    for (i = 0; i < svg->count; i++) {
        double x;
        double y;

        if (isnan(at(svg, series, i)))
            continue;
        to_spoke(svg, radar, i, at(svg, series, i), &x, &y);
        buf_add_text(svg->html->out, "<path d=\"");
        svg_marker(svg, look->marker, look->marker_size, x, y);
        buf_add_char(svg->html->out, '"');
        svg_colour(svg, "fill", look->ink);
        buf_add_char(svg->html->out, '>');
        svg_hint(svg, series, i);
        buf_add_text(svg->html->out, "</path>\n");
    }
}

void svg_draw_radar(struct svg *svg)
{
    struct radar radar;
    double low;
    double high;
    size_t i;

    find_range(svg, &low, &high);
    svg_scale(svg, low, high, STEPS - 1);
    radar.x = svg->width / 2.0;
    radar.radius = fmin((svg->height - svg_legend_height(svg)) / 2 - 2.2 * LABEL_LINE,
                        radar.x - RADAR_LABEL - LABEL_LINE);
    radar.y = (svg->height - svg_legend_height(svg)) / 2;
    add_spokes(svg, &radar);
    add_ring_numbers(svg, &radar);
    for (i = 0; i < svg->chart->series_count; i++)
        add_ring(svg, &radar, i, 0);
    for (i = 0; i < svg->chart->series_count; i++)
        if (look_of(svg, i)->marker != MARKER_NONE)
            add_corners(svg, &radar, i);
}
