/*
 * The bare speed of libxlsxwriter: one sheet of eight columns in constant memory, heading, formats
 * and widths included. usage: xlsx_bare ROWS FILE
 */
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

static void write_row(lxw_worksheet *sheet, lxw_row_t row, unsigned n, lxw_format *hours,
                      lxw_format *share, lxw_format *instant)
{
    static const char *const groups[] = {"first line", "second line", "network", "billing"};
    char text[64];

    snprintf(text, sizeof text, "T%08u", n);
    worksheet_write_string(sheet, row, 0, text, NULL);
    worksheet_write_string(sheet, row, 1, groups[n % 4], NULL);
    worksheet_write_number(sheet, row, 2, n, NULL);
    worksheet_write_number(sheet, row, 3, n % 100000 / 3600.0, hours);
    worksheet_write_number(sheet, row, 4, n % 1000 / 1000.0, share);
    worksheet_write_number(sheet, row, 5, 45658 + n % 31536000 / 86400.0, instant);
    worksheet_write_number(sheet, row, 6, n % 11, NULL);
    snprintf(text, sizeof text, "closed by the group after %u steps", n % 17);
    worksheet_write_string(sheet, row, 7, text, NULL);
}

int main(int argc, char **argv)
{
    static const char *const titles[] = {"Ticket", "Group", "Number", "Hours",
                                         "Share",  "Solved", "Points", "Note"};
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *hours, *share, *instant;
    unsigned rows;

    if (argc != 3) {
        fprintf(stderr, "usage: xlsx_bare ROWS FILE\n");
        return 2;
    }
    rows = (unsigned)strtoul(argv[1], NULL, 10);
    book = workbook_new_opt(argv[2], &options);
    sheet = workbook_add_worksheet(book, "Tickets");
    head = workbook_add_format(book);
    hours = workbook_add_format(book);
    share = workbook_add_format(book);
    instant = workbook_add_format(book);
    format_set_bold(head);
    format_set_num_format(hours, "0.00");
    format_set_num_format(share, "0.0%");
    format_set_num_format(instant, "yyyy-mm-dd hh:mm:ss");
    worksheet_set_column(sheet, 0, 7, 16, NULL);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_autofilter(sheet, 0, 0, rows, 7);
    for (lxw_col_t column = 0; column < 8; column++)
        worksheet_write_string(sheet, 0, column, titles[column], head);
    for (unsigned n = 1; n <= rows; n++)
        write_row(sheet, n, n, hours, share, instant);
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
