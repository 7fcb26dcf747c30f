/*
 * Tables that stand beside a figure: what it says of each customer, promise, step or group, row by
 * row. They go wherever the figure goes, and each becomes a sheet of the workbook.
 *
 * Call: a constant struct table_form; figure_table_new; table_row for each row, then one call for
 *       each cell that has a value (table_text, table_number ...); table_note for what people must
 *       know before they read it.
 * Owns: everything lives in the arena of whoever made or loaded the table; texts and the form are
 *       borrowed and must live as long.
 * Errors: false or NULL when memory is out. Rows beyond LIMIT_TABLE_ROWS are counted only.
 * Units: durations in seconds, shares 0..1, instants UTC. A cell without a value is a missing text,
 *        NAN or INSTANT_MISSING.
 * Threads: one table, one thread; constant once made.
 */
#ifndef CFAUDIT_MEASURE_FIGURE_TABLE_H
#define CFAUDIT_MEASURE_FIGURE_TABLE_H

#include "base/arena.h"
#include "base/words.h"
#include "time/instant.h"

enum { TABLE_COLUMNS = 32, TABLE_CHART_SERIES = 4 };

enum table_type {
    TABLE_TEXT, /* as it stood in a source */
    TABLE_WORD, /* one the program knows: reports say it in their language */
    TABLE_INTEGER,
    TABLE_NUMBER,
    TABLE_SHARE,
    TABLE_DURATION,
    TABLE_INSTANT,
    TABLE_TYPE_COUNT
};

/* How a cell is meant; its text or number says the same. */
enum table_level {
    TABLE_PLAIN,
    TABLE_GOOD,
    TABLE_WATCH,
    TABLE_BAD,
    TABLE_MUTED,
    TABLE_LEVEL_COUNT
};

struct table_column {
    struct str name; /* fixed English word: "balance" */
    struct words title;
    struct words help; /* may be missing */
    enum table_type type;
    unsigned decimals; /* of numbers and shares; 0: two of a number, one of a share */
};

enum table_chart_kind { TABLE_CHART_BAR, TABLE_CHART_LINE, TABLE_CHART_KIND_COUNT };

/* A chart over the first rows of the table. */
struct table_chart {
    enum table_chart_kind kind;
    struct words title;
    size_t category; /* columns */
    size_t series[TABLE_CHART_SERIES];
    size_t series_count; /* 0: there is no chart */
    size_t rows;         /* at most so many; 0: all */
};

struct table_form {
    struct str id;     /* fixed English word, of the sheet, too: "customers" */
    struct words name; /* of the sheet: at most 31 characters */
    struct words title;
    const struct table_column *columns;
    size_t column_count; /* at most TABLE_COLUMNS */
    struct table_chart chart;
};

struct figure_cell {
    struct str text;
    const struct words *words; /* of a text that a document says in several languages; else NULL */
    double number;
    struct instant at;
    enum table_level level;
};

/* The record that a row stands on; without a case_id there is none. */
struct table_place {
    struct str case_id;
    uint32_t source; /* index into the accounting list */
    uint64_t line;
    uint64_t offset;
};

struct figure_row {
    struct figure_cell *cells; /* one for each column */
    struct table_place place;
};

struct table_note {
    struct words text;
    bool is_warning;
};

struct figure_table {
    const struct table_form *form;
    struct figure_row *rows;
    size_t row_count;
    uint64_t rows_left_out; /* behind the last */
    struct table_note *notes;
    size_t note_count;
    size_t row_room; /* of the lists, while they are made */
    size_t note_room;
    struct figure_row spare; /* what rows that are left out are written to */
};

struct figure;

/* One more table of the figure; it keeps its place only until the next one. */
struct figure_table *figure_table_new(struct arena *arena, struct figure *figure,
                                      const struct table_form *form);
/* A row of blanks at the end. It keeps its place only until the next one. */
struct figure_row *table_row(struct arena *arena, struct figure_table *table);
bool table_note(struct arena *arena, struct figure_table *table, const struct words *text,
                bool is_warning);
void table_text(struct figure_row *row, size_t column, struct str text);
/* What a document says in several languages; the words must live as long as other texts. */
void table_words(struct figure_row *row, size_t column, const struct words *words);
void table_number(struct figure_row *row, size_t column, double number);
void table_instant(struct figure_row *row, size_t column, struct instant at);
void table_level(struct figure_row *row, size_t column, enum table_level level);

/* NULL when the figure has none of that id. */
const struct figure_table *figure_table_find(const struct figure *figure, const char *id);
/* column_count when there is none of that name. */
size_t table_find_column(const struct table_form *form, struct str name);

/* "text", "word" ...; "plain", "good" ...; "bar", "line" */
const char *table_type_name(enum table_type type);
bool table_type_find(struct str name, enum table_type *ret_type);
const char *table_level_name(enum table_level level);
bool table_level_find(struct str name, enum table_level *ret_level);
const char *table_chart_kind_name(enum table_chart_kind kind);
bool table_chart_kind_find(struct str name, enum table_chart_kind *ret_kind);

#endif
