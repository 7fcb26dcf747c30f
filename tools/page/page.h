/*
 * A neutral document: a book of sheets with typed columns and cells, that writers render.
 *
 * Call: book_new; book_sheet; sheet_column for each column; then row by row sheet_row and one call
 *       for each cell (sheet_text, sheet_share ...), a call that says more about the last cell
 *       right behind it (sheet_level, sheet_link ...); book_finish; then hand it to a writer.
 * Owns: everything lives in the arena given to book_new; texts are borrowed and must live as long.
 * Errors: sticky: when memory runs out `failed` is set and later calls do nothing; book_finish
 *         reports it, and names that no workbook can hold. A number that is not finite is a blank
 *         cell.
 * Units: durations in seconds, shares 0..1, widths in characters, rows and columns from 0 (the
 *        heading is not a row). An instant is a wall-clock time; the book says of which zone.
 * Threads: one book, one thread; constant after book_finish.
 */
#ifndef CFAUDIT_PAGE_PAGE_H
#define CFAUDIT_PAGE_PAGE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/words.h"
#include "time/instant.h"

enum cell_type {
    CELL_BLANK,
    CELL_TEXT,
    CELL_INTEGER,
    CELL_NUMBER,   /* `decimals` of the column or cell */
    CELL_SHARE,    /* 0..1, shown as per cent */
    CELL_POINTS,   /* 0..10 */
    CELL_DURATION, /* seconds, shown in hours */
    CELL_DATE,
    CELL_INSTANT,
    CELL_UNIT, /* "s", "1", "count": the word for it depends on how a writer shows durations */
    CELL_TYPE_COUNT
};

/* Colour that never stands alone: the text of the cell says the same. */
enum level { LEVEL_NONE, LEVEL_GOOD, LEVEL_WATCH, LEVEL_BAD, LEVEL_MUTED, LEVEL_COUNT };

enum style {
    STYLE_PLAIN,
    STYLE_TITLE,       /* of a page */
    STYLE_SECTION,     /* heading of a block */
    STYLE_HEAD,        /* heading of a column */
    STYLE_HEAD_NUMBER, /* the same over numbers */
    STYLE_LABEL,       /* name of the value beside it */
    STYLE_BIG,         /* the number to be read first */
    STYLE_BOX,         /* the sentence to be read first */
    STYLE_STRONG,
    STYLE_NOTE, /* small print */
    STYLE_COUNT
};

/*
 * How a cell looks while its content is so: for programs in which contents change. Of the rules
 * of a column or cell the first that holds counts, and the level given beside them is what they
 * give for the content as it was written.
 */
enum when {
    WHEN_IS,     /* the content is the text */
    WHEN_BEGINS, /* the content begins with the text */
    WHEN_TRUE    /* the text is a formula over cells of this sheet, see sheet_formula */
};

struct look_rule {
    enum when when;
    struct str text;
    enum level level;
};

struct choice;

/* What few cells have. */
struct cell_extra {
    struct str link_sheet; /* id of a sheet; missing: no link */
    struct str link_key;   /* anchor of a row in it */
    struct str help;       /* shown when asked for */
    struct str formula;    /* of our own making, see sheet_formula */
    struct str name;       /* the cell can be addressed by it from outside */
    const struct choice *choice; /* on a page without a heading; NULL: free */
    const struct look_rule *rules;
    size_t rule_count;
};

/* Large books have millions: packed into three words. */
struct cell {
    unsigned type : 4;     /* enum cell_type */
    unsigned level : 4;    /* enum level */
    unsigned style : 4;    /* enum style */
    unsigned decimals : 4; /* of CELL_NUMBER, CELL_SHARE and CELL_DURATION */
    unsigned becomes : 4;  /* enum cell_type of what may stand there instead of a text or nothing;
                              CELL_BLANK: nothing else */
    unsigned is_input : 1; /* for people to fill in, on a sheet that is protected */
    unsigned span : 8;     /* columns covered; 0: lies under the cell before it */
    uint32_t text_len;
    union {
        const char *text; /* with text_len: see cell_text */
        double number;
        struct local time;
    } is;
    struct cell_extra *extra; /* NULL: none */
};

/* Of a text or a unit, and of a blank that was to be one. */
static inline struct str cell_text(const struct cell *cell)
{
    return (struct str){cell->is.text, cell->text_len};
}

/* At most UINT32_MAX bytes. */
static inline void cell_set_text(struct cell *cell, struct str text)
{
    cell->is.text = text.ptr;
    cell->text_len = text.len > UINT32_MAX ? UINT32_MAX : (uint32_t)text.len;
}

struct row {
    struct row *next;
    struct cell *cells;
    uint32_t cell_count;
    float height; /* points; 0: as the text needs */
    bool starts_page;
    bool is_detail; /* belongs to the row before it that is none; folded away at first */
    bool is_live; /* speaks of formulas: only where these live */
};

/* A list that a cell may be chosen from. Programs can address it by name, "list-" and the id. */
struct choice {
    struct str id;
    const struct str *values;
    size_t value_count;
    bool is_number; /* the values are whole numbers */
};

struct column {
    struct str id;    /* fixed English word */
    struct str title; /* missing in sheets without a heading */
    enum cell_type type;
    unsigned decimals;
    double width;                /* characters; longer texts wrap */
    struct str help;             /* may be missing */
    const struct choice *choice; /* NULL: free */
    struct str formula;          /* of every cell without one of its own, see sheet_formula */
    struct str prompt;           /* shown beside a cell that is being filled in; may be missing */
    const struct look_rule *rules;
    size_t rule_count;
    bool is_input;  /* for people to fill in; a date must be one */
    bool is_hidden; /* for formulas only: people need not see it */
    bool is_as_written; /* rests on what formulas follow, and does not follow it */
};

enum chart_kind {
    CHART_LINE,
    CHART_BAR,   /* columns, the series beside each other */
    CHART_STACK, /* lying bars, the series one behind the other, so that they fill the bar */
    CHART_RADAR  /* an axis for each category */
};

/* How a series is drawn: told apart without colours, too. */
enum chart_look {
    LOOK_VALUE,    /* a line with a mark at each value, or bars */
    LOOK_SECOND,   /* the same beside it: other marks */
    LOOK_TARGET,   /* dashes, no marks: what is asked for */
    LOOK_CENTRE,   /* a thin line, no marks */
    LOOK_LIMIT,    /* dots, no marks: between these a process moves by chance */
    LOOK_SIGNAL,   /* no line, large marks in a strong colour */
    LOOK_ANSWERED, /* no line, large marks of another shape */
    LOOK_MET,      /* parts of a bar, from good to what is not known */
    LOOK_PARTLY,
    LOOK_UNMET,
    LOOK_OPEN,
    LOOK_ABSENT,
    LOOK_COUNT
};

struct chart_series {
    struct str name;
    size_t column; /* of the values */
    enum chart_look look;
    bool is_unnamed; /* not in the legend: one of its kind is there already */
};

/* One value of the first series that is pointed out: in another colour, with words beside it. */
struct chart_mark {
    size_t number; /* from 0, counted from first_row */
    struct str text;
};

enum { CHART_SERIES = 8, CHART_MARKS = 4 };

/* A native chart over rows first..last of a sheet. */
struct chart {
    struct chart *next; /* the one added before */
    enum chart_kind kind;
    enum cell_type type; /* of the values: gives the axis its number format */
    double minimum;      /* of the value axis; NAN: as the values need */
    double maximum;
    struct str title;
    struct str x_title;
    struct str y_title;
    struct str description; /* in words, for who cannot see it; missing: the title */
    /* id of the sheet with the values, which has_gaps if any is blank; missing: the one it
       stands in */
    struct str data;
    size_t category; /* column */
    size_t first_row;
    size_t last_row;
    struct chart_series series[CHART_SERIES];
    size_t series_count;
    struct chart_mark marks[CHART_MARKS];
    size_t mark_count;
    size_t at_row; /* upper left corner; rows of the sheet with the heading counted */
    size_t at_column;
    size_t rows; /* rows and columns that it covers; 0: as many as width and height need */
    size_t columns;
    unsigned width; /* pixels */
    unsigned height;
};

enum { SHEET_COLUMNS = 48, SHEET_NAME_CHARACTERS = 31 };

struct sheet {
    struct sheet *next;
    struct book *book;
    struct str id;   /* fixed English word: "checklist" */
    struct str name; /* as shown */
    struct column columns[SHEET_COLUMNS];
    size_t column_count;
    struct row *rows;
    struct row *last;
    size_t row_count;
    struct chart *charts;
    unsigned frozen_columns;
    size_t second_pane; /* column where what stands beside the first columns begins; 0: nothing */
    size_t printed_columns; /* those behind are for screens; 0: all are printed */
    bool has_heading; /* column titles, frozen, with filters, repeated on each printed page */
    bool is_one_wide; /* all columns on one page, whatever the fonts; pages begin where rows say, too */
    bool has_pages;   /* rows say where pages begin; all columns on one page */
    bool has_details; /* some rows are folded away: neither shown at first nor printed */
    bool has_gaps;    /* a blank is no cell at all: so charts do not take it for a nought */
    bool is_protected; /* only what is_input can be changed; no password */
    bool is_working;   /* the way to a result that stands elsewhere: only for live formulas */
};

struct anchor {
    struct str sheet;
    struct str key;
    size_t row;
};

struct book {
    struct arena *arena;
    enum lang lang;
    struct str title;
    struct str subject;      /* properties of the file; may be missing */
    struct str keywords;     /* with commas */
    struct str organization; /* for page headers; may be missing */
    struct str marking;      /* what every page says it is; missing: nothing special */
    struct str tool;         /* "cfaudit 0.1.0" */
    struct str zone;         /* of every instant shown */
    struct instant created;  /* document property; INSTANT_MISSING: a fixed day */
    struct sheet *sheets;
    struct sheet *last;
    struct sheet *spare; /* what callers write to after a failure */
    size_t sheet_count;
    struct str main_sheet; /* id of the sheet for formats that hold one table; missing: the first */
    struct anchor *anchors; /* sorted by book_finish */
    size_t anchor_count;
    size_t anchor_capacity;
    bool failed;
};

/* NULL when memory is out. */
struct book *book_new(struct arena *arena, enum lang lang);
/* Never NULL: with memory out it is a sheet that belongs to no book. */
struct sheet *book_sheet(struct book *book, const char *id, struct str name);
/* Sorts the anchors. Fails when memory ran out on the way or a sheet's name is impossible. */
enum status book_finish(struct book *book, struct diag *diag);
const struct sheet *book_find_sheet(const struct book *book, struct str id);
/* Row of an anchor; false when there is none. */
bool book_find_row(const struct book *book, struct str sheet, struct str key, size_t *ret_row);
const struct sheet *book_main_sheet(const struct book *book);
/* 1 to 31 characters, none of []:*?/\ and no control characters, no apostrophe at an end. */
bool sheet_name_is_valid(struct str name);

/* Returns the column for what few columns have (help, choice, decimals). */
struct column *sheet_column(struct sheet *sheet, const char *id, struct str title,
                            enum cell_type type, double width);
bool cell_type_is_number(enum cell_type type);
/* Number of the column of that id; column_count when there is none. */
size_t sheet_find_column(const struct sheet *sheet, struct str id);

void sheet_row(struct sheet *sheet);
/* The row is found by (id of the sheet, key). The first row of a key wins. */
void sheet_anchor(struct sheet *sheet, struct str key);
void sheet_height(struct sheet *sheet, double points);
/* The row is the first of a printed page. */
void sheet_page(struct sheet *sheet);
/* The row says more about one above it, and is folded away at first. */
void sheet_detail(struct sheet *sheet);
/* The row speaks of formulas that follow changes: writers without formulas leave it out. */
void sheet_live(struct sheet *sheet);

/* The next cell of the row. A missing text, date or instant is a blank cell. */
void sheet_blank(struct sheet *sheet);
void sheet_text(struct sheet *sheet, struct str text);
void sheet_integer(struct sheet *sheet, uint64_t value);
void sheet_number(struct sheet *sheet, double value);
void sheet_share(struct sheet *sheet, double share);
void sheet_points(struct sheet *sheet, int points); /* below 0: blank */
void sheet_duration(struct sheet *sheet, double seconds);
void sheet_date(struct sheet *sheet, struct local day);
void sheet_instant(struct sheet *sheet, struct local time);
void sheet_unit(struct sheet *sheet, struct str unit);
/* A value in a unit of figures: "s", "1", "count". */
void sheet_value(struct sheet *sheet, struct str unit, double value);

/* More about the last cell. */
void sheet_level(struct sheet *sheet, enum level level);
void sheet_style(struct sheet *sheet, enum style style);
void sheet_decimals(struct sheet *sheet, unsigned decimals);
/* The cell covers that many columns; the cells under it are not given. */
void sheet_span(struct sheet *sheet, unsigned columns);
void sheet_link(struct sheet *sheet, const char *to, struct str key);
void sheet_help(struct sheet *sheet, struct str help);
/*
 * A live formula beside the computed value. English function names and commas; {sheet.column}
 * stands for the cells of that column, {sheet.column!} for the cell of this row in it,
 * {sheet.column^} for the cell above that one, and {sheet.column@key} for the cell in the row with
 * that anchor.
 */
void sheet_formula(struct sheet *sheet, struct str formula);
/* Instead of the text there may be a value of that type, too. */
void sheet_becomes(struct sheet *sheet, enum cell_type type);
/* The rules are borrowed. */
void sheet_rules(struct sheet *sheet, const struct look_rule *rules, size_t count);
void sheet_input(struct sheet *sheet);
/* A cell to be filled in from a list; the list is borrowed, NULL: none. */
void sheet_choice(struct sheet *sheet, const struct choice *choice);
void sheet_name(struct sheet *sheet, const char *name);

/* NULL when memory is out. */
struct chart *sheet_chart(struct sheet *sheet, enum chart_kind kind, struct str title);
void sheet_chart_series(struct chart *chart, struct str name, size_t column, enum chart_look look);
/* A mark more than there is room for is left out. */
void sheet_chart_mark(struct chart *chart, size_t number, struct str text);

#endif
