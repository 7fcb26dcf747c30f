/*
 * The house style: every colour, font, size, width and height that a book is shown with, in one
 * table that all writers read.
 *
 * Call: house.styles[cell->style], house.levels[cell->level], house.looks[series->look] ...
 * Owns: nothing; constant.
 * Errors: none.
 * Units: colours 0xRRGGBB; fonts, heights and lines in points; widths in characters of the font,
 *        as columns are measured; pages and margins in inches; sizes of charts in pixels, 96 to the inch.
 * Source: contrast of text 4.5:1 and of what is drawn 3:1 by WCAG 2.2, 1.4.3 and 1.4.11.
 * Threads: constant.
 */
#ifndef CFAUDIT_PAGE_HOUSE_H
#define CFAUDIT_PAGE_HOUSE_H

#include "page/page.h"

/* Widths of columns by what stands in them. */
enum width {
    WIDTH_MARK = 6,         /* a rank, a yes */
    WIDTH_SHORT = 8,        /* points, a clause, a unit */
    WIDTH_ID = 10,          /* "FND-001", "EV-012", "M-07" */
    WIDTH_COUNT = 10,       /* "12,345", "97.3%" */
    WIDTH_DATE = 11,        /* "2026-06-30" */
    WIDTH_NUMBER = 12,      /* "12,345.67 h" */
    WIDTH_QUESTION_ID = 12, /* "CF-COR-10" */
    WIDTH_WORD = 14,        /* a word of a list: "not applicable" */
    WIDTH_INSTANT = 16,     /* "2026-06-30 18:00" */
    WIDTH_WORDS = 18,       /* two or three words */
    WIDTH_NAME = 24,        /* of a person, a file, a figure */
    WIDTH_PHRASE = 32,      /* half a sentence */
    WIDTH_SENTENCE = 40,
    WIDTH_TEXT = 52, /* sentences */
    WIDTH_LONG = 64  /* paragraphs */
};

/* No colour: what is not filled. */
static const uint32_t HOUSE_NO_FILL = 0xFFFFFFFF;

enum house_edge { EDGE_TOP, EDGE_MIDDLE, EDGE_BOTTOM };

struct style_look {
    double points;
    bool is_bold;
    bool is_left; /* numbers, too */
    bool has_rule; /* a line below, in the ink of the text */
    uint32_t ink;
    uint32_t fill; /* HOUSE_NO_FILL: none */
    enum house_edge edge;
};

/* Colours of a level; the text of the cell says the same. */
struct level_look {
    uint32_t ink;
    uint32_t fill;
};

enum dash { DASH_SOLID, DASH_LONG, DASH_DOTS };
enum marker { MARKER_NONE, MARKER_CIRCLE, MARKER_SQUARE, MARKER_DIAMOND, MARKER_TRIANGLE };
enum pattern { PATTERN_SOLID, PATTERN_STRIPES };

/* Told apart in grey print, too: by lightness, dashes, the shapes of marks, patterns. */
struct series_look {
    uint32_t ink;     /* of the line, the marks, the filling */
    uint32_t label;   /* of a text on the filling */
    double line;      /* width; 0: none */
    enum dash dash;
    enum marker marker;
    unsigned marker_size;
    enum pattern pattern; /* of what is filled: ink on paper */
};

struct house {
    const char *font;
    const char *font_stack; /* for style sheets: the font and what may stand in */

    uint32_t paper;
    uint32_t ink;
    uint32_t ink_soft;
    uint32_t ink_link;
    uint32_t line; /* around cells of tables */
    uint32_t band; /* every other block of rows that belong together */

    struct style_look styles[STYLE_COUNT];
    struct level_look levels[LEVEL_COUNT];

    struct series_look looks[LOOK_COUNT];
    uint32_t chart_grid;
    uint32_t chart_mark; /* of values that are pointed out */
    uint32_t chart_edge; /* around the parts of a bar */
    double chart_title_points;
    double chart_text_points;

    double line_points;  /* of one line of text of size 10 */
    double edge_points;  /* above and below it together */
    double title_points; /* heights of rows with these styles */
    double section_points;
    double gap_points; /* below a section's heading */
    double big_points;
    double box_points;

    double page_width; /* A4, lying */
    double page_height;
    double margin_side; /* of a printed page */
    double margin_end;
    double print_least; /* no table is printed smaller than this share of its size on screens */
};

extern const struct house house;

#endif
