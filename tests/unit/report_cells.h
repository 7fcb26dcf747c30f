/*
 * What tests of reports are made with: a book from the made-up ledger, and its cells by name.
 */
#ifndef CFAUDIT_TESTS_REPORT_CELLS_H
#define CFAUDIT_TESTS_REPORT_CELLS_H

#include "report/report.h"
#include "report_fixture.h"

static inline int set_up(void **state)
{
    struct report_fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    assert_true(fixture_init(f, (struct str){NULL, 0}));
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    struct report_fixture *f = *state;

    mem_fail_at(0);
    fixture_done(f);
    mem_free(f);
    return 0;
}

static inline struct book *build(struct report_fixture *f, enum lang lang)
{
    struct book *book = NULL;

    assert_int_equal(report_build(&f->arena, &f->evidence, f->result, lang, &f->diag, &book),
                     STATUS_OK);
    return book;
}

static inline const struct row *row_at(const struct sheet *sheet, size_t number)
{
    const struct row *row = sheet->rows;

    while (number-- > 0)
        row = row->next;
    return row;
}

static inline const struct cell *cell_of(const struct book *book, const char *id, size_t row,
                                  const char *column)
{
    const struct sheet *sheet = book_find_sheet(book, str_of(id));
    size_t number;

    assert_non_null(sheet);
    number = sheet_find_column(sheet, str_of(column));
    assert_true(number < sheet->column_count);
    assert_true(row < sheet->row_count);
    return &row_at(sheet, row)->cells[number];
}

static inline const struct cell *cell_at(const struct book *book, const char *sheet, const char *key,
                                  const char *column)
{
    size_t row;

    assert_true(book_find_row(book, str_of(sheet), str_of(key), &row));
    return cell_of(book, sheet, row, column);
}

static inline void assert_text(const struct cell *cell, const char *expected)
{
    assert_int_equal(cell->type, CELL_TEXT);
    assert_int_equal(cell_text(cell).len, strlen(expected));
    assert_memory_equal(cell_text(cell).ptr, expected, cell_text(cell).len);
}

static inline void assert_number(const struct cell *cell, enum cell_type type, double expected)
{
    assert_int_equal(cell->type, type);
    assert_true(fabs(cell->is.number - expected) < 1e-12);
}

/* First row of a sheet whose column holds the text; row_count when there is none. */
static inline size_t row_with(const struct book *book, const char *id, const char *column,
                       const char *text)
{
    const struct sheet *sheet = book_find_sheet(book, str_of(id));
    const struct row *row;
    size_t number = sheet_find_column(sheet, str_of(column));
    size_t i = 0;

    for (row = sheet->rows; row; row = row->next, i++)
        if (row->cells[number].type == CELL_TEXT && str_is(cell_text(&row->cells[number]), text))
            return i;
    return i;
}

#endif
