/*
 * A checklist of so many questions, each tied to a finding and back, as a page for browsers.
 * usage: html_book QUESTIONS FILE
 * With "-" as the file nothing is written: what the book alone takes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "writer/writer.h"

static void add_columns(struct sheet *sheet)
{
    static const char *const ids[] = {"id",     "section", "clause",   "question", "expected",
                                      "status", "points",  "evidence", "finding",  "note"};
    size_t i;

    for (i = 0; i < sizeof ids / sizeof ids[0]; i++)
        sheet_column(sheet, ids[i], str_of(ids[i]), i == 6 ? CELL_POINTS : CELL_TEXT, 16);
    sheet->frozen_columns = 1;
}

static void add_question(struct sheet *sheet, struct arena *arena, unsigned n)
{
    struct str id = arena_format(arena, "Q-%07u", n);
    struct str finding = arena_format(arena, "FND-%07u", n);

    sheet_row(sheet);
    sheet_anchor(sheet, id);
    sheet_text(sheet, id);
    sheet_text(sheet, str_of("Requirements determined & understood"));
    sheet_text(sheet, str_of("8.2.2, 4.2"));
    sheet_text(sheet, str_of("Is there a current record of requirements for every customer?"));
    sheet_help(sheet, str_of("Ask for the last case, not for the rule: how do you know?"));
    sheet_text(sheet, str_of("A list of customers and, for each, the record with its date."));
    sheet_text(sheet, str_of("scored"));
    sheet_points(sheet, (int)(n % 11));
    sheet_level(sheet, n % 11 < 5 ? LEVEL_BAD : LEVEL_GOOD);
    sheet_text(sheet, arena_format(arena, "Register %u, row %u", n / 100, n % 100));
    sheet_text(sheet, finding);
    sheet_link(sheet, "findings", finding);
    sheet_text(sheet, str_of("Ten records drawn; nine are complete and <in time>."));
}

static void add_finding(struct sheet *sheet, struct arena *arena, unsigned n)
{
    struct str id = arena_format(arena, "FND-%07u", n);
    struct str question = arena_format(arena, "Q-%07u", n);

    sheet_row(sheet);
    sheet_anchor(sheet, id);
    sheet_text(sheet, id);
    sheet_text(sheet, question);
    sheet_link(sheet, "checklist", question);
}

static enum status make(unsigned questions, const char *path, struct arena *arena,
                        struct diag *diag)
{
    struct book *book = book_new(arena, LANG_EN);
    struct sheet *sheet;
    enum status status;
    struct buf out;
    unsigned n;

    if (!book)
        return diag_no_memory(diag);
    book->title = str_of("Audit");
    book->tool = str_of("cfaudit");
    sheet = book_sheet(book, "checklist", str_of("Checklist"));
    add_columns(sheet);
    for (n = 0; n < questions; n++)
        add_question(sheet, arena, n);
    sheet = book_sheet(book, "findings", str_of("Findings"));
    sheet_column(sheet, "id", str_of("Id"), CELL_TEXT, 12);
    sheet_column(sheet, "question", str_of("Question"), CELL_TEXT, 12);
    for (n = 0; n < questions; n++)
        add_finding(sheet, arena, n);
    status = book_finish(book, diag);
    if (status != STATUS_OK || strcmp(path, "-") == 0)
        return status;
    buf_init(&out, SIZE_MAX / 2);
    status = writer_find(str_of("html"))->write_text(book, &out, diag);
    if (status == STATUS_OK) {
        FILE *file = fopen(path, "wb");

        if (!file || fwrite(out.bytes, 1, out.len, file) != out.len || fclose(file) != 0)
            status = STATUS_IO;
    }
    buf_done(&out);
    return status;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct diag diag;
    enum status status;

    if (argc != 3) {
        fprintf(stderr, "usage: html_book QUESTIONS FILE\n");
        return 2;
    }
    arena_init(&arena);
    diag_init(&diag);
    status = make((unsigned)strtoul(argv[1], NULL, 10), argv[2], &arena, &diag);
    diag_done(&diag);
    arena_done(&arena);
    return status == STATUS_OK ? 0 : 1;
}
