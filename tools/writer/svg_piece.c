#include <math.h>

#include "page/number.h"
#include "writer/cell_text.h"
#include "writer/clean_text.h"
#include "writer/svg_chart.h"
#include "writer/writer.h"

/* A digit of the widest sans-serif font that browsers fall back to (DejaVu), at the size of charts. */
static const double CHARACTER_PIXELS = 7.7;
/* Pixels of a point. */
static const double POINT = 96.0 / 72.0;

void svg_number(struct svg *svg, double value)
{
    int64_t hundredths = (int64_t)floor(value * 100 + 0.5);
    struct buf *out = svg->html->out;

    if (hundredths < 0) {
        buf_add_char(out, '-');
        hundredths = -hundredths;
    }
    buf_add_int(out, hundredths / 100);
    if (hundredths % 100)
        buf_printf(out, ".%02d", (int)(hundredths % 100));
}

void svg_attribute(struct svg *svg, const char *name, double value)
{
    buf_add_char(svg->html->out, ' ');
    buf_add_text(svg->html->out, name);
    buf_add_text(svg->html->out, "=\"");
    svg_number(svg, value);
    buf_add_char(svg->html->out, '"');
}

void svg_colour(struct svg *svg, const char *name, uint32_t colour)
{
    buf_printf(svg->html->out, " %s=\"#%06X\"", name, (unsigned)colour);
}

void svg_text(struct svg *svg, double x, double y, enum svg_anchor anchor, uint32_t colour,
              struct str text)
{
    static const char *const names[] = {
        [SVG_START] = NULL, [SVG_MIDDLE] = "middle", [SVG_END] = "end"};
    struct buf *out = svg->html->out;

    buf_add_text(out, "<text");
    svg_attribute(svg, "x", x);
    svg_attribute(svg, "y", y);
    if (names[anchor])
        buf_printf(out, " text-anchor=\"%s\"", names[anchor]);
    if (colour != house.ink)
        svg_colour(svg, "fill", colour);
    buf_add_char(out, '>');
    html_text(svg->html, text);
    buf_add_text(out, "</text>\n");
}

void svg_rule(struct svg *svg, double x1, double y1, double x2, double y2, uint32_t colour)
{
    buf_add_text(svg->html->out, "<line");
    svg_attribute(svg, "x1", x1);
    svg_attribute(svg, "y1", y1);
    svg_attribute(svg, "x2", x2);
    svg_attribute(svg, "y2", y2);
    svg_colour(svg, "stroke", colour);
    buf_add_text(svg->html->out, "/>\n");
}

/* Stripes are the lines of a pattern that is defined for each drawing that needs it. */
static void add_fill(struct svg *svg, const struct series_look *look)
{
    if (look->pattern == PATTERN_SOLID)
        svg_colour(svg, "fill", look->ink);
    else
        buf_printf(svg->html->out, " fill=\"url(#stripes%zu)\"", svg->html->charts);
}

void svg_rectangle(struct svg *svg, double x, double y, double width, double height,
                   const struct series_look *look, bool has_edge)
{
    buf_add_text(svg->html->out, "<rect");
    svg_attribute(svg, "x", x);
    svg_attribute(svg, "y", y);
    svg_attribute(svg, "width", width);
    svg_attribute(svg, "height", height);
    add_fill(svg, look);
    if (has_edge) {
        svg_colour(svg, "stroke", house.chart_edge);
        svg_attribute(svg, "stroke-width", 0.5);
    }
    buf_add_char(svg->html->out, '>');
}

void svg_stroke(struct svg *svg, const struct series_look *look)
{
    static const char *const dashes[] = {
        [DASH_SOLID] = NULL, [DASH_LONG] = "9 4", [DASH_DOTS] = "2 3"};

    buf_add_text(svg->html->out, " fill=\"none\"");
    svg_colour(svg, "stroke", look->ink);
    svg_attribute(svg, "stroke-width", look->line * POINT);
    if (dashes[look->dash])
        buf_printf(svg->html->out, " stroke-dasharray=\"%s\"", dashes[look->dash]);
}

static void add_point(struct svg *svg, char command, double x, double y)
{
    buf_add_char(svg->html->out, command);
    svg_number(svg, x);
    buf_add_char(svg->html->out, ' ');
    svg_number(svg, y);
}

void svg_marker(struct svg *svg, enum marker marker, double size, double x, double y)
{
    double r = size * POINT / 2;

    switch (marker) {
    case MARKER_NONE:
        break;
    case MARKER_CIRCLE:
        add_point(svg, 'M', x - r, y);
        buf_add_text(svg->html->out, "a");
        svg_number(svg, r);
        buf_add_char(svg->html->out, ' ');
        svg_number(svg, r);
        buf_add_text(svg->html->out, " 0 1 0 ");
        svg_number(svg, 2 * r);
        buf_add_text(svg->html->out, " 0a");
        svg_number(svg, r);
        buf_add_char(svg->html->out, ' ');
        svg_number(svg, r);
        buf_add_text(svg->html->out, " 0 1 0 ");
        svg_number(svg, -2 * r);
        buf_add_text(svg->html->out, " 0z");
        break;
    case MARKER_SQUARE:
        add_point(svg, 'M', x - r, y - r);
        add_point(svg, 'L', x + r, y - r);
        add_point(svg, 'L', x + r, y + r);
        add_point(svg, 'L', x - r, y + r);
        buf_add_char(svg->html->out, 'z');
        break;
    case MARKER_DIAMOND:
        add_point(svg, 'M', x, y - r);
        add_point(svg, 'L', x + r, y);
        add_point(svg, 'L', x, y + r);
        add_point(svg, 'L', x - r, y);
        buf_add_char(svg->html->out, 'z');
        break;
    case MARKER_TRIANGLE:
        add_point(svg, 'M', x, y - r);
        add_point(svg, 'L', x + r, y + r);
        add_point(svg, 'L', x - r, y + r);
        buf_add_char(svg->html->out, 'z');
        break;
    }
}

void svg_value_text(struct svg *svg, double value, struct buf *out)
{
    enum lang lang = svg->html->book->lang;

    if (svg->chart->type == CELL_SHARE) {
        number_add_share(out, value, svg->decimals, lang);
        return;
    }
    number_add(out, value, value == floor(value) ? 0 : svg->decimals, lang);
    if (svg->chart->type == CELL_DURATION)
        buf_add_text(out, " h");
}

void svg_label(struct svg *svg, size_t category, struct buf *out)
{
    const struct cell *cell = svg->labels[category];

    if (!cell)
        return;
    if (cell->type == CELL_TEXT)
        clean_text(out, cell_text(cell), /* escape= */ false, 0, svg->html->book->lang);
    else
        cell_add_value(out, cell, svg->html->book->lang);
}

void svg_hint(struct svg *svg, size_t series, size_t category)
{
    unsigned decimals = svg->decimals;
    struct buf text;

    buf_init(&text, SIZE_MAX / 2);
    svg_label(svg, category, &text);
    if (svg->chart->series_count > 1) {
        buf_add_text(&text, ", ");
        buf_add(&text, svg->chart->series[series].name);
    }
    buf_add_text(&text, ": ");
    svg->decimals = svg->chart->type == CELL_SHARE ? 1 : svg->chart->type == CELL_INTEGER ? 0 : 2;
    svg_value_text(svg, svg->values[series * svg->count + category], &text);
    svg->decimals = decimals;
    buf_add_text(svg->html->out, "<title>");
    html_text(svg->html, buf_str(&text));
    buf_add_text(svg->html->out, "</title>");
    svg->html->out->failed |= text.failed;
    buf_done(&text);
}

/* The space nearest to the middle; len: none. */
static size_t middle_space(struct str text)
{
    size_t best = text.len;
    size_t i;

    for (i = 0; i < text.len; i++) {
        size_t far = i > text.len - i ? 2 * i - text.len : text.len - 2 * i;
        size_t best_far = best > text.len - best ? 2 * best - text.len : text.len - 2 * best;

        if (text.ptr[i] == ' ' && far < best_far)
            best = i;
    }
    return best;
}

void svg_cut(struct svg *svg, double x, double y, enum svg_anchor anchor, uint32_t colour,
             double most, struct str text)
{
    size_t characters;
    struct buf cut;

    if (svg_width(text) <= most) {
        svg_text(svg, x, y, anchor, colour, text);
        return;
    }
    characters = most > 2 * CHARACTER_PIXELS ? (size_t)(most / CHARACTER_PIXELS) - 1 : 1;
    buf_init(&cut, SIZE_MAX / 2);
    buf_add(&cut, (struct str){text.ptr, text_fit(text, characters)});
    buf_add_text(&cut, "\xE2\x80\xA6");
    svg_text(svg, x, y, anchor, colour, buf_str(&cut));
    svg->html->out->failed |= cut.failed;
    buf_done(&cut);
}

void svg_wrapped(struct svg *svg, double x, double y, enum svg_anchor anchor, double most,
                 struct str text)
{
    size_t space = svg_width(text) > most ? middle_space(text) : text.len;

    if (space == text.len) {
        svg_cut(svg, x, y, anchor, house.ink, most, text);
        return;
    }
    svg_cut(svg, x, y - 7, anchor, house.ink, most, (struct str){text.ptr, space});
    svg_cut(svg, x, y + 7, anchor, house.ink, most,
            (struct str){text.ptr + space + 1, text.len - space - 1});
}

double svg_width(struct str text)
{
    return (double)text_width(text) * CHARACTER_PIXELS;
}
