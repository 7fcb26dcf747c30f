/*
 * What the files of the HTML writer share.
 *
 * Owns: struct html lives on the stack of the writer; the document goes to the caller's buffer.
 * Errors: sticky in the buffers; the writer looks at both in the end.
 * Units: drawings in pixels, 96 to the inch.
 * Source: HTML Living Standard, in its XML-compatible spelling (every element closed, every
 *         attribute quoted); SVG 1.1 inside it; WAI-ARIA 1.2.
 * Threads: one document, one thread.
 */
#ifndef CFAUDIT_WRITER_WRITE_HTML_H
#define CFAUDIT_WRITER_WRITE_HTML_H

#include "base/buf.h"
#include "page/page.h"

enum html_word {
    HTML_CONTENTS,
    HTML_SKIP,
    HTML_COLUMNS,
    HTML_HELP,
    HTML_DATA,
    HTML_WORD_COUNT
};

struct html {
    const struct book *book;
    struct buf *out;
    struct buf scratch; /* what a text was before its escaping */
    size_t charts;      /* drawn so far: they are numbered */
};

/* Rows of a sheet that links lead to, in their order. */
struct html_anchors {
    const struct anchor **list;
    size_t count;
    size_t at;
};

/* --- text --- */
const char *html_word(const struct html *html, enum html_word word);
/* The one way of text into the document: cleaned, then escaped; it can become no markup. */
void html_text(struct html *html, struct str text);
/* What a cell shows. */
void html_value(struct html *html, const struct cell *cell);
/* "sheet-key" with everything but letters, digits, '.', '-' and '_' as ~XX: no two keys give the
   same, and it can stand in an attribute and behind '#'. A missing key: the sheet. */
void html_id(struct html *html, struct str sheet, struct str key);

/* --- parts --- */
void html_style(const struct book *book, struct buf *out);
void html_sheet(struct html *html, const struct sheet *sheet);
/* A table whose heading stands, with its help and what the cells are named after. */
void html_table(struct html *html, const struct sheet *sheet);
/* It begins with a heading of its own. */
bool html_has_title(const struct sheet *sheet);
/* Sections, tables without a common heading and charts, as they come. */
void html_free(struct html *html, const struct sheet *sheet);
/* "<tag" with the id that links lead to, if any; more ids of the same row then follow inside it.
   Rows are asked for in their order. */
void html_open(struct html *html, const char *tag, const struct sheet *sheet, size_t number,
               struct html_anchors *anchors);
void html_more_ids(struct html *html, const struct sheet *sheet, size_t number,
                   struct html_anchors *anchors);
/* A cell of a table: <th> with that scope where it names the row or the column, else NULL. */
void html_cell_open(struct html *html, const struct cell *cell, const char *scope, size_t span);
void html_cell_close(struct html *html, const char *scope);
/* ' class="..."' for style and level; nothing where both are plain. */
void html_classes(struct html *html, const struct cell *cell);
/* What a cell shows, with its link and its help. */
void html_content(struct html *html, const struct cell *cell);
bool html_is_number(const struct cell *cell);
/* Those of a sheet whose rows say nothing about their places. */
void html_charts(struct html *html, const struct sheet *sheet);
/* A figure with its drawing; `caption` may be missing. */
void html_chart(struct html *html, const struct sheet *sheet, const struct chart *chart,
                struct str caption);

void html_anchors_open(struct html *html, const struct sheet *sheet,
                       struct html_anchors *ret_anchors);
/* The next one of that row; NULL: no more. */
const struct anchor *html_anchors_next(struct html_anchors *anchors, size_t row);
void html_anchors_close(struct html_anchors *anchors);

#endif
