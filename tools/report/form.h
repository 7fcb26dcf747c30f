/*
 * Sheets that are forms: a title, sections, a label with its text beside it, small tables.
 *
 * Call: form_begin with the widths of the columns; form_title, form_section, form_line ... row by
 *       row.
 * Owns: borrows the report and the sheet.
 * Errors: as the sheet.
 * Units: widths in characters, heights in points.
 * Threads: one form, one thread.
 */
#ifndef CFAUDIT_REPORT_FORM_H
#define CFAUDIT_REPORT_FORM_H

#include "report/report_parts.h"

enum { FORM_COLUMNS = 6 };

struct form {
    struct report *report;
    struct sheet *sheet;
    double widths[FORM_COLUMNS];
    unsigned columns;
};

/* A cell of a small table: a text over so many columns. */
struct form_cell {
    struct str text;
    unsigned span; /* 0: one */
};

void form_begin(struct form *form, struct report *report, struct sheet *sheet,
                const double *widths, unsigned columns);
void form_title(struct form *form, struct str title, struct str below);
/* The first of a printed page. */
void form_page(struct form *form, struct str title, struct str below);
void form_section(struct form *form, enum word word);
/* A missing or empty text writes nothing. */
void form_line(struct form *form, struct str label, struct str text);
/* The same, but says "not stated" then. */
void form_ask(struct form *form, enum word label, struct str text);
/* The text of the line before leads there. */
void form_link(struct form *form, const char *sheet, struct str key);
void form_level(struct form *form, enum level level);
void form_heads(struct form *form, const struct form_cell *cells, unsigned count);
void form_row(struct form *form, const struct form_cell *cells, unsigned count);
/* A row with room to write by hand. */
void form_blank_row(struct form *form, const struct form_cell *cells, unsigned count);
/* Small print over all columns. */
void form_note(struct form *form, struct str text);

#endif
