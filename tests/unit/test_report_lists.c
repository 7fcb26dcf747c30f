/*
 * The four lists for top management: what each kind finds in figures and in the tables beside them,
 * where its entries lead, and that nothing looked at is never nothing found.
 */
#include "unit.h"

#include <string.h>

#include "measure/measure.h"
#include "report/four_lists.h"
#include "report_cells.h"

/* --- a table of promises --- */

enum { PROMISE, CUSTOMER, STATE, LATE, PROMISE_COLUMNS };

static const struct table_column promise_columns[PROMISE_COLUMNS] = {
    [PROMISE] = {STR_INIT("promise"), {{STR_INIT("Promise"), STR_INIT("Promessa")}}, {{{0}}},
                 TABLE_TEXT, 0},
    [CUSTOMER] = {STR_INIT("customer"), {{STR_INIT("Customer"), STR_INIT("Cliente")}}, {{{0}}},
                  TABLE_TEXT, 0},
    [STATE] = {STR_INIT("state"), {{STR_INIT("State"), STR_INIT("Stato")}}, {{{0}}}, TABLE_WORD, 0},
    [LATE] = {STR_INIT("late"), {{STR_INIT("Late by"), STR_INIT("Ritardo")}}, {{{0}}},
              TABLE_DURATION, 0},
};

static const struct table_form promise_form = {
    .id = STR_INIT("promises"),
    .name = {{STR_INIT("Promises"), STR_INIT("Promesse")}},
    .title = {{STR_INIT("Promises"), STR_INIT("Promesse")}},
    .columns = promise_columns,
    .column_count = PROMISE_COLUMNS,
};

static struct figure_row *add_promise(struct report_fixture *f, struct figure_table *table,
                                      const char *promise, const char *state, double late)
{
    struct figure_row *row = table_row(&f->arena, table);

    assert_non_null(row);
    table_text(row, PROMISE, str_of(promise));
    table_text(row, CUSTOMER, STR("Bar A"));
    table_text(row, STATE, str_of(state));
    table_number(row, LATE, late);
    row->place = (struct table_place){str_of(promise), 0, 7, 99};
    return row;
}

/* Three promises, of which one is kept; the figure says one of three. */
static struct figure *give_promises(struct report_fixture *f)
{
    struct figure *figure = fixture_figure(f, "M-19", "promises", "kept",
                                           "promises kept, late or broken");
    struct figure_table *table;

    fixture_share(figure, 1, 3, 0.06, 0.79);
    table = figure_table_new(&f->arena, figure, &promise_form);
    assert_non_null(table);
    add_promise(f, table, "P-3", "broken", 7200);
    add_promise(f, table, "P-1", "kept", NAN);
    add_promise(f, table, "P-2", "late", 3600);
    return figure;
}

static void only_the_rows_that_belong_are_entries(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book;
    const struct cell *cell;
    size_t row;
    size_t target;

    give_promises(f);
    book = build(f, LANG_EN);
    assert_true(book_find_row(book, STR("four-lists"), STR("promises-not-kept"), &row));
    assert_text(cell_of(book, "four-lists", row, "what"), "2 of 3");
    assert_int_equal(cell_of(book, "four-lists", row, "what")->level, LEVEL_BAD);
    assert_text(cell_of(book, "four-lists", row, "details"), "promises kept, late or broken");
    cell = cell_of(book, "four-lists", row + 1, "what");
    assert_text(cell, "P-3");
    assert_text(cell_of(book, "four-lists", row + 1, "details"), "Bar A, broken, Late by: 2.00 h");
    assert_text(cell_of(book, "four-lists", row + 1, "case"), "P-3");
    assert_number(cell_of(book, "four-lists", row + 1, "line"), CELL_INTEGER, 7);
    assert_number(cell_of(book, "four-lists", row + 1, "byte"), CELL_INTEGER, 99);
    assert_text(cell_of(book, "four-lists", row + 2, "what"), "P-2");
    assert_true(book_find_row(book, cell->extra->link_sheet, cell->extra->link_key, &target));
    assert_text(cell_of(book, "promises", target, "promise"), "P-3");
    cell = cell_of(book, "four-lists", row + 2, "what");
    assert_true(book_find_row(book, cell->extra->link_sheet, cell->extra->link_key, &target));
    assert_text(cell_of(book, "promises", target, "promise"), "P-2");
    /* the next kind begins */
    assert_text(cell_of(book, "four-lists", row + 3, "kind"), "Promises in no register");
}

static void entries_speak_the_reports_language(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book;
    size_t row;

    give_promises(f);
    book = build(f, LANG_IT);
    assert_true(book_find_row(book, STR("four-lists"), STR("promises-not-kept"), &row));
    assert_text(cell_of(book, "four-lists", row, "kind"), "Promesse in ritardo o mancate");
    assert_text(cell_of(book, "four-lists", row, "what"), "2 su 3");
    assert_text(cell_of(book, "four-lists", row + 1, "details"),
                "Bar A, non mantenute, Ritardo: 2,00 h");
}

/* Of two tables with the same id the second has a sheet with a number; links go to the right one. */
static void entries_lead_to_their_own_sheet(void **state)
{
    struct report_fixture *f = *state;
    struct figure *wider;
    struct figure_table *table;
    const struct book *book;
    const struct cell *cell;
    size_t row;

    give_promises(f);
    wider = fixture_figure(f, "M-19", "promises", "kept", "promises kept, late or broken");
    fixture_share(wider, 3, 4, 0.3, 0.9);
    table = figure_table_new(&f->arena, wider, &promise_form);
    assert_non_null(table);
    add_promise(f, table, "P-9", "late", 60);
    book = build(f, LANG_EN);
    assert_true(book_find_row(book, STR("four-lists"), STR("promises-not-kept"), &row));
    assert_text(cell_of(book, "four-lists", row, "what"), "1 of 4");
    cell = cell_of(book, "four-lists", row + 1, "what");
    assert_text(cell, "P-9");
    assert_true(str_is(cell->extra->link_sheet, "promises-2"));
    assert_true(book_find_row(book, cell->extra->link_sheet, cell->extra->link_key, &row));
    assert_text(cell_of(book, "promises-2", row, "promise"), "P-9");
}

/* --- figures without a table --- */

static void worst_records_are_entries_and_the_rest_is_counted(void **state)
{
    struct report_fixture *f = *state;
    struct figure *figure =
        fixture_figure(f, "M-50", "cost-surprise", "above-estimate", "invoices with an estimate");
    const struct book *book;
    size_t row;
    size_t i;

    fixture_share(figure, 4, 32, 0.05, 0.28);
    figure->worst = fixture_citations(f, "INV-", 3, "no-owner");
    book = build(f, LANG_EN);
    assert_true(book_find_row(book, STR("four-lists"), STR("invoices-above-estimate"), &row));
    assert_text(cell_of(book, "four-lists", row, "what"), "4 of 32");
    for (i = 0; i < 3; i++)
        assert_text(cell_of(book, "four-lists", row + 1 + i, "kind"), "Invoices above the estimate");
    assert_text(cell_of(book, "four-lists", row + 1, "details"), "no owner");
    assert_text(cell_of(book, "four-lists", row + 4, "what"), "and 1 more, see EV-012");
}

/* Ten worst records, of which two are what was found. */
static void no_more_entries_than_found(void **state)
{
    struct report_fixture *f = *state;
    struct figure *figure =
        fixture_figure(f, "M-55", "meetings", "held", "agreed meetings, held or missed");
    const struct book *book;
    size_t row;

    fixture_share(figure, 10, 12, 0.5, 0.95);
    figure->worst = fixture_citations(f, "MT-", 10, NULL);
    book = build(f, LANG_EN);
    assert_true(book_find_row(book, STR("four-lists"), STR("meetings-missed"), &row));
    assert_text(cell_of(book, "four-lists", row, "what"), "2 of 12");
    assert_text(cell_of(book, "four-lists", row + 2, "kind"), "Meetings missed");
    assert_text(cell_of(book, "four-lists", row + 3, "kind"), "Actions open or missing");
}

static void nothing_found_is_not_nothing_looked_at(void **state)
{
    struct report_fixture *f = *state;
    struct figure *held =
        fixture_figure(f, "M-55", "meetings", "held", "agreed meetings, held or missed");
    struct figure *estimate =
        fixture_figure(f, "M-50", "cost-surprise", "above-estimate", "invoices with an estimate");
    const struct book *book;
    const struct cell *cell;

    fixture_share(held, 12, 12, 0.7, 1);
    estimate->unit = STR("1");
    book = build(f, LANG_EN);
    cell = cell_at(book, "four-lists", "meetings-missed", "what");
    assert_text(cell, "none; looked at: agreed meetings, held or missed (12)");
    assert_int_equal(cell->level, LEVEL_GOOD);
    cell = cell_at(book, "four-lists", "invoices-above-estimate", "what");
    assert_text(cell, "no record tells: no invoices with an estimate");
    assert_int_equal(cell->level, LEVEL_MUTED);
    cell = cell_at(book, "four-lists", "complaints-answered-late", "what");
    assert_text(cell, "no record tells: complaints (M-21) was not measured");
    assert_int_equal(cell->level, LEVEL_MUTED);
    cell = cell_at(book, "four-lists", "open-actions", "what");
    assert_text(cell, "no record tells: there is no plan of actions");
    /* and none of them turns the cover green */
    assert_text(cell_of(book, "cover", row_with(book, "cover", "r1", "Customers without a voice"),
                        "r2"),
                "no data: needs surveys or complaints by customer");
}

/* --- segments --- */

enum { SEGMENT, METRIC, VALUE, FLOOR, VOICE, CUSTOMERS, SEGMENT_COLUMNS };

static const struct table_column segment_columns[SEGMENT_COLUMNS] = {
    [SEGMENT] = {STR_INIT("segment"), {{STR_INIT("Segment"), STR_INIT("Segmento")}}, {{{0}}},
                 TABLE_TEXT, 0},
    [METRIC] = {STR_INIT("metric"), {{STR_INIT("Metric"), STR_INIT("Indicatore")}}, {{{0}}},
                TABLE_WORD, 0},
    [VALUE] = {STR_INIT("value"), {{STR_INIT("Value"), STR_INIT("Valore")}}, {{{0}}}, TABLE_SHARE,
               0},
    [FLOOR] = {STR_INIT("floor"), {{STR_INIT("Floor"), STR_INIT("Minimo")}}, {{{0}}}, TABLE_WORD,
               0},
    [VOICE] = {STR_INIT("voice"), {{STR_INIT("Voice"), STR_INIT("Voce")}}, {{{0}}}, TABLE_WORD, 0},
    [CUSTOMERS] = {STR_INIT("customers"), {{STR_INIT("Customers"), STR_INIT("Clienti")}}, {{{0}}},
                   TABLE_INTEGER, 0},
};

static const struct table_form segment_form = {
    .id = STR_INIT("segments"),
    .name = {{STR_INIT("Segments"), STR_INIT("Segmenti")}},
    .title = {{STR_INIT("Segments"), STR_INIT("Segmenti")}},
    .columns = segment_columns,
    .column_count = SEGMENT_COLUMNS,
};

static void add_segment(struct report_fixture *f, struct figure_table *table, const char *segment,
                        const char *metric, double value, const char *floor, const char *voice)
{
    struct figure_row *row = table_row(&f->arena, table);

    assert_non_null(row);
    table_text(row, SEGMENT, str_of(segment));
    table_text(row, METRIC, str_of(metric));
    table_number(row, VALUE, value);
    table_text(row, FLOOR, str_of(floor));
    table_text(row, VOICE, str_of(voice));
    table_number(row, CUSTOMERS, 4);
}

/* The floor of one metric is lower by more than chance, that of the other is not. */
static void a_floor_counts_where_it_is_more_than_chance(void **state)
{
    struct report_fixture *f = *state;
    struct figure *figure =
        fixture_figure(f, "M-45", "segments", "on-time-floor", "tickets of the segment");
    struct figure_table *table = figure_table_new(&f->arena, figure, &segment_form);
    struct figure *equity;
    const struct book *book;
    size_t row;

    assert_non_null(table);
    fixture_share(figure, 8, 20, 0.2, 0.6);
    add_segment(f, table, "hotels", "on-time", 0.4, "floor", "heard");
    add_segment(f, table, "clubs", "on-time", NAN, "", "silent");
    add_segment(f, table, "bars", "satisfied", 0.7, "floor", "heard");
    equity = fixture_figure(f, "M-45", "segments", "on-time-equity", "tickets of both");
    fixture_share(equity, 10, 40, 0.05, 0.45);
    equity->value = 0.25;
    equity = fixture_figure(f, "M-45", "segments", "satisfied-equity", "answers of both");
    fixture_share(equity, 10, 40, -0.1, 0.45);
    figure = fixture_figure(f, "M-45", "segments", "silent", "segments of customers");
    fixture_share(figure, 1, 3, 0.06, 0.79);
    book = build(f, LANG_EN);
    assert_true(book_find_row(book, STR("four-lists"), STR("segments-behind"), &row));
    assert_text(cell_of(book, "four-lists", row, "what"), "1");
    assert_text(cell_of(book, "four-lists", row + 1, "what"), "hotels");
    assert_text(cell_of(book, "four-lists", row + 1, "details"),
                "on time: 40.0 %, 25.0 % below the best");
    assert_text(cell_of(book, "four-lists", row + 2, "kind"), "Extra effort, no review");
    /* and the silent one is in another list */
    assert_true(book_find_row(book, STR("four-lists"), STR("segments-silent"), &row));
    assert_text(cell_of(book, "four-lists", row, "what"), "1 of 3");
    assert_text(cell_of(book, "four-lists", row + 1, "what"), "clubs");
    assert_text(cell_of(book, "four-lists", row + 1, "details"), "Customers: 4");
}

/* --- notes below a table --- */

enum { WIDE_COLUMNS = 20 };

/* A wide table goes on over a second page of paper; what is said of it stands on the first. */
static void a_note_stays_on_the_first_page(void **state)
{
    static struct table_column columns[WIDE_COLUMNS];
    static const struct words note = {
        {STR_INIT("Nothing of this may be used unless all agree."), STR_INIT("Serve un accordo.")}};
    struct table_form form = segment_form;
    struct report_fixture *f = *state;
    struct figure *figure = fixture_figure(f, "M-42", "parity", "median-ratio", "replies");
    struct figure_table *table;
    const struct sheet *sheet;
    const struct cell *cell;
    double width = 0;
    size_t i;

    for (i = 0; i < WIDE_COLUMNS; i++) {
        columns[i] = segment_columns[VALUE];
        columns[i].name = arena_format(&f->arena, "share-%zu", i);
    }
    form.id = STR("wide");
    form.columns = columns;
    form.column_count = WIDE_COLUMNS;
    fixture_share(figure, 1, 3, 0.1, 0.9);
    table = figure_table_new(&f->arena, figure, &form);
    assert_non_null(table);
    assert_non_null(table_row(&f->arena, table));
    assert_true(table_note(&f->arena, table, &note, /* is_warning= */ true));
    sheet = book_find_sheet(build(f, LANG_EN), STR("wide"));
    /* the first column is printed on every page: the note stands beside it */
    cell = &row_at(sheet, 1)->cells[1];
    assert_text(cell, "Nothing of this may be used unless all agree.");
    assert_true(cell->span > 1 && cell->span < WIDE_COLUMNS);
    for (i = 0; i < cell->span; i++)
        width += sheet->columns[i].width;
    assert_true(width <= 110 && width + sheet->columns[cell->span].width > 110);
}

/* --- the table of kinds --- */

/* Lists in order; ids of their own; every measure exists; a table comes with what to show of it. */
static void kinds_are_complete(void **state)
{
    size_t i;
    size_t k;

    (void)state;
    for (i = 0; list_sources[i].id; i++) {
        const struct list_source *source = &list_sources[i];

        assert_true(i == 0 || source->list >= source[-1].list);
        assert_true(source->collect || (source->measure && source->variants[0]));
        assert_true(!source->table || source->what);
        assert_true(source->counts != COUNT_ROWS || source->table || source->collect);
        for (k = 0; k < i; k++)
            assert_false(str_equal(str_of(source->id), str_of(list_sources[k].id)));
        for (k = 0; source->measure && !source->collect && k < ARRAY_LEN(source->variants) &&
                    source->variants[k];
             k++) {
            const struct measure *measure = measure_find(str_of(source->measure));
            size_t v;

            assert_non_null(measure);
            for (v = 0; v < measure->variant_count; v++)
                if (str_is(str_of(measure->variants[v].name), source->variants[k]))
                    break;
            assert_true(v < measure->variant_count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_the_rows_that_belong_are_entries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(entries_speak_the_reports_language, set_up, tear_down),
        cmocka_unit_test_setup_teardown(entries_lead_to_their_own_sheet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(worst_records_are_entries_and_the_rest_is_counted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(no_more_entries_than_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_found_is_not_nothing_looked_at, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_floor_counts_where_it_is_more_than_chance, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_note_stays_on_the_first_page, set_up, tear_down),
        cmocka_unit_test(kinds_are_complete),
    };

    return cmocka_run_group_tests_name("report-lists", tests, NULL, NULL);
}
