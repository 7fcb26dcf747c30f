/* Tables beside figures: made, written, read again, and a sheet of each. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "report_cells.h"

static const struct table_column columns[] = {
    {STR_INIT("customer"), {{STR_INIT("Customer"), STR_INIT("Cliente")}}, {{{NULL, 0}}},
     TABLE_TEXT, 0},
    {STR_INIT("band"), {{STR_INIT("Band"), STR_INIT("Fascia")}},
     {{STR_INIT("By trust."), STR_INIT("Secondo la fiducia.")}}, TABLE_WORD, 0},
    {STR_INIT("events"), {{STR_INIT("Events"), STR_INIT("Eventi")}}, {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("balance"), {{STR_INIT("Balance"), STR_INIT("Saldo")}}, {{{NULL, 0}}},
     TABLE_NUMBER, 3},
    {STR_INIT("trust"), {{STR_INIT("Trust"), STR_INIT("Fiducia")}}, {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("silence"), {{STR_INIT("Silence"), STR_INIT("Silenzio")}}, {{{NULL, 0}}},
     TABLE_DURATION, 0},
    {STR_INIT("last"), {{STR_INIT("Last event"), STR_INIT("Ultimo evento")}}, {{{NULL, 0}}},
     TABLE_INSTANT, 0},
};
enum { CUSTOMER, BAND, EVENTS, BALANCE, TRUST, SILENCE, LAST, COLUMNS };

static const struct table_form form = {
    .id = STR_INIT("accounts"),
    .name = {{STR_INIT("Accounts"), STR_INIT("Conti")}},
    .title = {{STR_INIT("Accounts of customers"), STR_INIT("Conti dei clienti")}},
    .columns = columns,
    .column_count = COLUMNS,
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Balances"), STR_INIT("Saldi")}},
              .category = CUSTOMER,
              .series = {BALANCE},
              .series_count = 1,
              .rows = 30},
};

static const struct words few = {{STR_INIT("Only few events."), STR_INIT("Solo pochi eventi.")}};

static const struct words second_name = {{STR_INIT("Second"), STR_INIT("Secondo")}};

static struct figure_table *make_table(struct report_fixture *f, size_t rows)
{
    struct figure *figure = &f->evidence.figures[0];
    struct figure_table *table = figure_table_new(&f->arena, figure, &form);
    struct figure_row *row;
    size_t i;

    assert_non_null(table);
    row = table_row(&f->arena, table);
    assert_non_null(row);
    table_text(row, CUSTOMER, STR("=cmd|'/c calc'!A1"));
    table_text(row, BAND, STR("insufficient"));
    table_level(row, BAND, TABLE_MUTED);
    table_number(row, EVENTS, 12);
    table_number(row, BALANCE, -0.864419);
    table_number(row, TRUST, 0.25);
    table_number(row, SILENCE, 7200);
    table_instant(row, LAST, fixture_instant("2025-03-01T09:30:00Z"));
    row->place = (struct table_place){STR("T-17"), 0, 18, 4711};
    for (i = 1; i < rows; i++) {
        row = table_row(&f->arena, table);
        assert_non_null(row);
        if (i == 2)
            table_words(row, CUSTOMER, &second_name);
        else
            table_text(row, CUSTOMER, arena_format(&f->arena, "C%zu", i));
    }
    assert_true(table_note(&f->arena, table, &few, /* is_warning= */ true));
    return table;
}

/* The figure with its tables in a ledger of its own: the made-up one has names no schema allows. */
static struct evidence *round_trip(struct report_fixture *f)
{
    struct accounting source = {.identity = {.name = STR("tickets.csv")}, .map = STR("xes")};
    struct figure figure = {.id = STR("EV-001"),
                            .measure = STR("M-44"),
                            .name = STR("trust-account"),
                            .unit = STR("1"),
                            .tables = f->evidence.figures[0].tables,
                            .table_count = f->evidence.figures[0].table_count};
    struct evidence ledger = {.tool_version = STR("cfaudit 0.1.0"),
                              .audit = f->evidence.audit,
                              .sources = &source,
                              .source_count = 1,
                              .figures = &figure,
                              .figure_count = 1};
    char path[] = "/tmp/cfaudit-tables-XXXXXX";
    int fd = mkstemp(path);
    struct evidence *loaded = NULL;
    struct library library;
    struct sha256 sum;
    struct buf first;
    struct buf second;

    assert_true(fd >= 0);
    ledger.audit.plan = NULL;
    xml_init();
    buf_init(&first, LIMIT_DOCUMENT_BYTES);
    buf_init(&second, LIMIT_DOCUMENT_BYTES);
    assert_int_equal(library_init(&library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    assert_int_equal(evidence_write(&ledger, &first, &f->diag), STATUS_OK);
    assert_int_equal(write(fd, first.bytes, first.len), first.len);
    assert_int_equal(close(fd), 0);
    assert_int_equal(evidence_load(&f->arena, &library, str_of(path), &f->diag, &loaded, &sum),
                     STATUS_OK);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(evidence_write(loaded, &second, &f->diag), STATUS_OK);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.bytes, second.bytes, first.len);
    buf_done(&first);
    buf_done(&second);
    library_done(&library);
    return loaded;
}

static void a_table_comes_back_as_it_was_written(void **state)
{
    struct report_fixture *f = *state;
    const struct figure_table *made = make_table(f, 3);
    const struct figure_table *got = figure_table_find(&round_trip(f)->figures[0], "accounts");
    size_t i;

    assert_non_null(got);
    assert_int_equal(got->form->column_count, COLUMNS);
    for (i = 0; i < COLUMNS; i++) {
        assert_true(str_equal(got->form->columns[i].name, columns[i].name));
        assert_int_equal(got->form->columns[i].type, columns[i].type);
        assert_int_equal(got->form->columns[i].decimals, columns[i].decimals);
        assert_true(str_equal(got->form->columns[i].title.in[LANG_IT], columns[i].title.in[LANG_IT]));
    }
    assert_int_equal(got->form->chart.category, CUSTOMER);
    assert_int_equal(got->form->chart.series[0], BALANCE);
    assert_int_equal(got->form->chart.rows, 30);
    assert_int_equal(got->row_count, 3);
    assert_true(str_equal(got->rows[0].cells[CUSTOMER].text, made->rows[0].cells[CUSTOMER].text));
    assert_int_equal(got->rows[0].cells[BAND].level, TABLE_MUTED);
    assert_true(got->rows[0].cells[BALANCE].number == -0.864419);
    assert_true(got->rows[0].cells[LAST].at.us == made->rows[0].cells[LAST].at.us);
    assert_true(str_is(got->rows[0].place.case_id, "T-17"));
    assert_int_equal(got->rows[0].place.offset, 4711);
    assert_null(got->rows[0].cells[CUSTOMER].words);
    assert_true(str_is(got->rows[2].cells[CUSTOMER].text, "Second"));
    assert_non_null(got->rows[2].cells[CUSTOMER].words);
    assert_true(str_is(got->rows[2].cells[CUSTOMER].words->in[LANG_IT], "Secondo"));
    assert_true(isnan(got->rows[2].cells[BALANCE].number));
    assert_true(instant_is_missing(got->rows[2].cells[LAST].at));
    assert_null(got->rows[2].cells[BAND].text.ptr);
    assert_null(got->rows[2].place.case_id.ptr);
    assert_int_equal(got->note_count, 1);
    assert_true(got->notes[0].is_warning);
}

static void rows_beyond_the_limit_are_counted(void **state)
{
    struct report_fixture *f = *state;
    struct figure_table *table = make_table(f, LIMIT_TABLE_ROWS + 5);
    struct book *book;

    assert_int_equal(table->row_count, LIMIT_TABLE_ROWS);
    assert_int_equal(table->rows_left_out, 5);
    assert_int_equal(figure_table_find(&round_trip(f)->figures[0], "accounts")->rows_left_out, 5);
    book = build(f, LANG_EN);
    assert_true(str_is(cell_text(cell_of(book, "accounts", LIMIT_TABLE_ROWS + 1, "customer")),
                       "5 more rows are not listed here."));
}

static void a_table_is_a_sheet_in_both_languages(void **state)
{
    struct report_fixture *f = *state;
    struct book *book;
    const struct sheet *sheet;
    const struct cell *cell;

    make_table(f, 2);
    book = build(f, LANG_IT);
    sheet = book_find_sheet(book, STR("accounts"));
    assert_non_null(sheet);
    assert_true(str_is(sheet->name, "Conti"));
    assert_true(str_is(sheet->columns[BAND].title, "Fascia"));
    assert_true(str_is(sheet->columns[BAND].help, "Secondo la fiducia."));
    assert_int_equal(sheet->columns[BALANCE].decimals, 3);
    assert_int_equal(sheet->row_count, 3); /* two rows and the note */
    cell = cell_of(book, "accounts", 0, "customer");
    assert_int_equal(cell->type, CELL_TEXT); /* never a formula */
    cell = cell_of(book, "accounts", 0, "band");
    assert_true(str_is(cell_text(cell), "insufficiente"));
    assert_int_equal(cell->level, LEVEL_MUTED);
    cell = cell_of(book, "accounts", 0, "balance");
    assert_int_equal(cell->type, CELL_NUMBER);
    assert_true(cell->is.number == -0.864419);
    assert_int_equal(cell_of(book, "accounts", 0, "last")->type, CELL_INSTANT);
    assert_int_equal(cell_of(book, "accounts", 1, "balance")->type, CELL_BLANK);
    assert_int_equal(cell_of(book, "accounts", 0, "byte")->is.number, 4711);
    cell = cell_of(book, "accounts", 0, "evidence");
    assert_true(str_is(cell->extra->link_sheet, "metrics"));
    assert_true(str_is(cell_text(cell_of(book, "accounts", 2, "customer")), "Solo pochi eventi."));
    assert_non_null(sheet->charts);
    assert_true(str_is(sheet->charts->title, "Saldi"));
    assert_int_equal(sheet->charts->last_row, 1); /* not over the note */
}

static void two_tables_of_one_name_are_two_sheets(void **state)
{
    struct report_fixture *f = *state;
    struct book *book;

    make_table(f, 1);
    make_table(f, 2);
    book = build(f, LANG_EN);
    assert_non_null(book_find_sheet(book, STR("accounts")));
    assert_int_equal(book_find_sheet(book, STR("accounts-2"))->row_count, 3);
    assert_true(str_is(book_find_sheet(book, STR("accounts-2"))->name, "Accounts 2"));
}

static void machine_forms_have_the_cells(void **state)
{
    struct report_fixture *f = *state;
    struct buf out;

    make_table(f, 2);
    buf_init(&out, 1 << 24);
    evidence_json(&f->evidence, &out);
    assert_non_null(strstr(out.bytes, "{\"customer\": \"=cmd|'/c calc'!A1\", \"band\": "
                                      "\"insufficient\", \"events\": 12, \"balance\": -0.864419, "
                                      "\"trust\": 0.25, \"silence\": 7200, "
                                      "\"last\": \"2025-03-01T09:30:00Z\", \"place\": {"
                                      "\"case\": \"T-17\""));
    assert_non_null(strstr(out.bytes, "{\"customer\": \"C1\", \"band\": null, \"events\": null, "
                                      "\"balance\": null"));
    buf_clear(&out);
    evidence_csv(&f->evidence, &out);
    assert_non_null(strstr(out.bytes, ",accounts / band,'=cmd|'/c calc'!A1,,,,,,,,,,,,insufficient"
                                      ",,,,,,,\r\n"));
    assert_non_null(strstr(out.bytes, ",1,,accounts / trust,'=cmd|'/c calc'!A1,,,0.25,,,,,,,,,,"));
    assert_null(strstr(out.bytes, "accounts / balance,C1"));
    buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_table_comes_back_as_it_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_beyond_the_limit_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_table_is_a_sheet_in_both_languages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_tables_of_one_name_are_two_sheets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(machine_forms_have_the_cells, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
