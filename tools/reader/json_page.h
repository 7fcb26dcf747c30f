/*
 * Whether an object where a page may stand is a page that holds rows, or a row of its own.
 *
 * Call: page_form_new with the places of rows and the wants; page_form_look at the opening brace of
 *       an object; page_form_free.
 * Owns: the form borrows the names of both.
 * Errors: NULL when memory is out; PAGE_NO_MEMORY.
 * Units: bytes.
 * An object that has a member on the way to the rows is a page; one that has none, but one on the
 * way to a column that no row may lack, is a row: what an API gives is often taken out of its pages
 * and written an object a line. Anything else is a page, whose lack of rows is told.
 * Threads: one form, one thread.
 */
#ifndef CFAUDIT_READER_JSON_PAGE_H
#define CFAUDIT_READER_JSON_PAGE_H

#include "reader/reader.h"

enum page_kind {
    PAGE_OF_ROWS,
    PAGE_IS_ROW,
    PAGE_MORE, /* the text ends before it is known */
    PAGE_NO_MEMORY
};

struct page_form;

struct page_form *page_form_new(const struct column_want *rows, const struct column_want *wants,
                                size_t want_count);
void page_form_free(struct page_form *form); /* accepts NULL */
/* The text begins with the brace. What is broken is taken for a page: reading it says so. */
enum page_kind page_form_look(struct page_form *form, struct str text);

#endif
