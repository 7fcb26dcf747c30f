/*
 * The same sheet as xlsx_bare.c through our own pages and writer. usage: xlsx_book ROWS FILE [check]
 * With `check` the file is read back and compared with the book, as every command does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/book_save.h"
#include "page/page.h"
#include "writer/writer.h"

static void fill_row(struct sheet *sheet, struct arena *arena, unsigned n)
{
    static const char *const groups[] = {"first line", "second line", "network", "billing"};

    sheet_row(sheet);
    sheet_text(sheet, arena_format(arena, "T%08u", n));
    sheet_text(sheet, str_of(groups[n % 4]));
    sheet_integer(sheet, n);
    sheet_duration(sheet, n % 100000);
    sheet_share(sheet, n % 1000 / 1000.0);
    sheet_instant(sheet, (struct local){(1735689600 + (int64_t)(n % 31536000)) * SECOND_US});
    sheet_number(sheet, n % 11);
    sheet_text(sheet, arena_format(arena, "closed by the group after %u steps", n % 17));
}

static enum status fill_and_write(unsigned rows, const char *path, bool check,
                                  struct arena *arena, struct diag *diag)
{
    struct book *book = book_new(arena, LANG_EN);
    struct sheet *sheet;
    enum status status;

    if (!book)
        return diag_no_memory(diag);
    sheet = book_sheet(book, "tickets", str_of("Tickets"));
    sheet->has_heading = true;
    sheet_column(sheet, "ticket", str_of("Ticket"), CELL_TEXT, 16);
    sheet_column(sheet, "group", str_of("Group"), CELL_TEXT, 16);
    sheet_column(sheet, "number", str_of("Number"), CELL_INTEGER, 16);
    sheet_column(sheet, "hours", str_of("Hours"), CELL_DURATION, 16);
    sheet_column(sheet, "share", str_of("Share"), CELL_SHARE, 16);
    sheet_column(sheet, "solved", str_of("Solved"), CELL_INSTANT, 16);
    sheet_column(sheet, "points", str_of("Points"), CELL_NUMBER, 16);
    sheet_column(sheet, "note", str_of("Note"), CELL_TEXT, 16);
    for (unsigned n = 1; n <= rows; n++)
        fill_row(sheet, arena, n);
    status = book_finish(book, diag);
    if (status == STATUS_OK)
        status = writer_find(str_of("xlsx"))->write(book, path, diag);
    if (status == STATUS_OK && check)
        status = book_check(book, path, diag);
    return status;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct diag diag;
    enum status status;

    if (argc < 3 || argc > 4 || (argc == 4 && strcmp(argv[3], "check") != 0)) {
        fprintf(stderr, "usage: xlsx_book ROWS FILE [check]\n");
        return 2;
    }
    arena_init(&arena);
    diag_init(&diag);
    status = fill_and_write((unsigned)strtoul(argv[1], NULL, 10), argv[2], argc == 4,
                            &arena, &diag);
    for (size_t i = 0; i < diag.count; i++)
        fprintf(stderr, "%.*s\n", (int)diag.list[i].text.len, diag.list[i].text.ptr);
    diag_done(&diag);
    arena_done(&arena);
    return status == STATUS_OK ? 0 : 1;
}
