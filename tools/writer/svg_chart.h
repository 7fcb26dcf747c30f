/*
 * Charts of a book drawn as SVG.
 *
 * Call: svg_load; svg_line, svg_bar ... by the kind of the chart; svg_done.
 * Owns: struct svg owns the values and labels between svg_load and svg_done.
 * Errors: sticky in html->out.
 * Units: pixels; values as on the axis: hours, shares 0..1, numbers.
 * Source: SVG 1.1; presentation attributes only, which a content security policy lets pass.
 * Threads: one drawing, one thread.
 */
#ifndef CFAUDIT_WRITER_SVG_CHART_H
#define CFAUDIT_WRITER_SVG_CHART_H

#include "page/house.h"
#include "writer/write_html.h"

struct svg {
    struct html *html;
    const struct chart *chart;
    const struct sheet *data;
    size_t count;      /* of categories */
    double *values;    /* [series * count + category]; NAN: none */
    const struct cell **labels; /* of the categories */
    /* the axis of the values */
    double low;
    double high;
    double step;
    unsigned decimals;
    double width;
    double height;
    /* where it is drawn */
    double left;
    double right;
    double top;
    double bottom;
};

/* False: there is nothing to draw, or memory is out. */
bool svg_load(struct svg *svg, struct html *html, const struct sheet *sheet,
              const struct chart *chart);
void svg_done(struct svg *svg);

void svg_draw_line(struct svg *svg);
void svg_draw_bar(struct svg *svg);
void svg_draw_stack(struct svg *svg);
void svg_draw_radar(struct svg *svg);

/* --- axis --- */
/* Round numbers around all values, `most` steps or fewer. */
void svg_scale(struct svg *svg, double low, double high, unsigned most);
double svg_y(const struct svg *svg, double value);
double svg_category(const struct svg *svg, double number);
void svg_axes(struct svg *svg);
void svg_legend(struct svg *svg);
/* The room that the legend takes below the drawing. */
double svg_legend_height(const struct svg *svg);

/* --- pieces --- */
enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* A number with at most two decimals. */
void svg_number(struct svg *svg, double value);
/* " x1=\"..." and the like */
void svg_attribute(struct svg *svg, const char *name, double value);
void svg_colour(struct svg *svg, const char *name, uint32_t colour);
void svg_text(struct svg *svg, double x, double y, enum svg_anchor anchor, uint32_t colour,
              struct str text);
void svg_rule(struct svg *svg, double x1, double y1, double x2, double y2, uint32_t colour);
void svg_rectangle(struct svg *svg, double x, double y, double width, double height,
                   const struct series_look *look, bool has_edge);
void svg_marker(struct svg *svg, enum marker marker, double size, double x, double y);
/* Stroke of a line of that look, without the closing of the element. */
void svg_stroke(struct svg *svg, const struct series_look *look);
/* Stroke through the points of a series, broken where there is no value. */
void svg_value_text(struct svg *svg, double value, struct buf *out);
/* "2025-01: 93.1 %" for who points at it. */
void svg_hint(struct svg *svg, size_t series, size_t category);
/* Cut, with an ellipsis, when it is wider than `most`. */
void svg_cut(struct svg *svg, double x, double y, enum svg_anchor anchor, uint32_t colour,
             double most, struct str text);
/* On two lines around y when it is wider than `most`; cut when it is wider than these. */
void svg_wrapped(struct svg *svg, double x, double y, enum svg_anchor anchor, double most,
                 struct str text);
/* Width of a text of the size that charts have. */
double svg_width(struct str text);
/* What a category is called. */
void svg_label(struct svg *svg, size_t category, struct buf *out);
/* Of the longest label. */
double svg_labels_width(struct svg *svg);

#endif
