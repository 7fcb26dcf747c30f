/* Pages: what a sheet holds after what calls, how numbers read, how much room a text needs. */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "page/lines.h"
#include "page/number.h"
#include "page/page.h"

struct fixture {
    struct arena arena;
    struct diag diag;
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    arena_init(&f->arena);
    diag_init(&f->diag);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    mem_fail_at(0);
    arena_done(&f->arena);
    diag_done(&f->diag);
    mem_free(f);
    return 0;
}

static struct sheet *make_sheet(struct book *book, const char *id, const char *name)
{
    struct sheet *sheet = book_sheet(book, id, str_of(name));

    sheet_column(sheet, "key", STR("Key"), CELL_TEXT, 10);
    sheet_column(sheet, "n", STR("N"), CELL_INTEGER, 10);
    sheet_column(sheet, "x", STR("X"), CELL_NUMBER, 10);
    return sheet;
}

static void a_row_keeps_its_cells(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = make_sheet(book, "one", "One");
    struct str key = STR("k");

    sheet_row(sheet);
    sheet_anchor(sheet, key);
    sheet_text(sheet, STR("text"));
    sheet_level(sheet, LEVEL_BAD);
    sheet_style(sheet, STYLE_STRONG);
    sheet_link(sheet, "one", key);
    sheet_integer(sheet, 7);
    sheet_formula(sheet, STR("=1+6"));
    sheet_number(sheet, 2.5);
    sheet_decimals(sheet, 1);
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);

    assert_int_equal(sheet->row_count, 1);
    assert_int_equal(sheet->rows->cell_count, 3);
    assert_int_equal(sheet->rows->cells[0].type, CELL_TEXT);
    assert_int_equal(sheet->rows->cells[0].level, LEVEL_BAD);
    assert_int_equal(sheet->rows->cells[0].style, STYLE_STRONG);
    assert_true(str_is(sheet->rows->cells[0].extra->link_key, "k"));
    assert_true(sheet->rows->cells[1].is.number == 7);
    assert_true(str_is(sheet->rows->cells[1].extra->formula, "=1+6"));
    assert_int_equal(sheet->rows->cells[2].decimals, 1);
    assert_null(sheet->rows->cells[2].extra);
}

static void what_is_no_value_is_blank(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = book_sheet(book, "one", STR("One"));
    size_t i;

    for (i = 0; i < 9; i++)
        sheet_column(sheet, "c", STR("C"), CELL_NUMBER, 10);
    sheet_row(sheet);
    sheet_number(sheet, NAN);
    sheet_share(sheet, INFINITY);
    sheet_duration(sheet, -INFINITY);
    sheet_points(sheet, -1);
    sheet_text(sheet, STR(""));
    sheet_text(sheet, (struct str){NULL, 0});
    sheet_date(sheet, (struct local){INSTANT_MISSING.us});
    sheet_instant(sheet, (struct local){INSTANT_MISSING.us});
    sheet_value(sheet, STR("s"), NAN);
    for (i = 0; i < 9; i++)
        assert_int_equal(sheet->rows->cells[i].type, CELL_BLANK);
}

static void units_choose_the_type(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = book_sheet(book, "one", STR("One"));
    size_t i;

    for (i = 0; i < 5; i++)
        sheet_column(sheet, "c", STR("C"), CELL_NUMBER, 10);
    sheet_row(sheet);
    sheet_value(sheet, STR("s"), 60);
    sheet_value(sheet, STR("1"), 0.5);
    sheet_value(sheet, STR("count"), 3);
    sheet_value(sheet, STR("count"), 1.34);
    sheet_value(sheet, STR("s"), 7200);
    assert_int_equal(sheet->rows->cells[0].type, CELL_DURATION);
    assert_int_equal(sheet->rows->cells[0].decimals, 4); /* a minute is 0.0167 h */
    assert_int_equal(sheet->rows->cells[1].type, CELL_SHARE);
    assert_int_equal(sheet->rows->cells[2].type, CELL_INTEGER);
    assert_int_equal(sheet->rows->cells[3].type, CELL_NUMBER);
    assert_int_equal(sheet->rows->cells[4].decimals, 2);
}

static void a_span_covers_the_cells_behind(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = make_sheet(book, "one", "One");

    sheet_row(sheet);
    sheet_text(sheet, STR("wide"));
    sheet_span(sheet, 2);
    sheet_level(sheet, LEVEL_GOOD); /* still the wide one */
    sheet_text(sheet, STR("last"));
    assert_int_equal(sheet->rows->cells[0].span, 2);
    assert_int_equal(sheet->rows->cells[0].level, LEVEL_GOOD);
    assert_int_equal(sheet->rows->cells[1].span, 0);
    assert_true(str_is(cell_text(&sheet->rows->cells[2]), "last"));
}

static void anchors_are_found(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *one = make_sheet(book, "one", "One");
    struct sheet *two = make_sheet(book, "two", "Two");
    size_t row = 999;
    size_t i;

    for (i = 0; i < 300; i++) {
        struct sheet *sheet = i % 2 ? one : two;

        sheet_row(sheet);
        sheet_anchor(sheet, arena_format(&f->arena, "k%zu", (i * 7919) % 300));
    }
    sheet_row(one);
    sheet_anchor(one, STR("k7")); /* again: the first one wins */
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    for (i = 0; i < 300; i++) {
        struct str key = arena_format(&f->arena, "k%zu", (i * 7919) % 300);

        assert_true(book_find_row(book, i % 2 ? STR("one") : STR("two"), key, &row));
        assert_int_equal(row, i / 2);
        assert_false(book_find_row(book, i % 2 ? STR("two") : STR("one"), key, &row));
    }
    assert_false(book_find_row(book, STR("one"), STR("k300"), &row));
    assert_false(book_find_row(book, STR("three"), STR("k1"), &row));
}

static void a_chart_names_each_kind_once(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = make_sheet(book, "one", "One");
    struct chart *first = sheet_chart(sheet, CHART_LINE, STR("first"));
    struct chart *second = sheet_chart(sheet, CHART_BAR, STR("second"));
    size_t i;

    assert_ptr_equal(sheet->charts, second);
    assert_ptr_equal(second->next, first);
    assert_true(isnan(first->minimum) && isnan(first->maximum));
    sheet_chart_series(first, STR("value"), 1, LOOK_VALUE);
    sheet_chart_series(first, STR("limits"), 2, LOOK_LIMIT);
    sheet_chart_series(first, STR("limits"), 1, LOOK_LIMIT);
    assert_int_equal(first->series_count, 3);
    assert_false(first->series[1].is_unnamed);
    assert_true(first->series[2].is_unnamed);
    assert_int_equal(first->series[2].column, 1);
    for (i = 0; i < CHART_MARKS + 2; i++)
        sheet_chart_mark(second, i, STR("mark"));
    assert_int_equal(second->mark_count, CHART_MARKS);
    assert_int_equal(second->marks[CHART_MARKS - 1].number, CHART_MARKS - 1);
}

static void a_row_can_begin_a_page(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = make_sheet(book, "one", "One");

    sheet_row(sheet);
    assert_false(sheet->has_pages);
    sheet_row(sheet);
    sheet_page(sheet);
    assert_true(sheet->has_pages);
    assert_false(sheet->rows->starts_page);
    assert_true(sheet->last->starts_page);
}

static void names_no_workbook_can_hold_are_refused(void **state)
{
    static const char *const good[] = {"A", "Qualità dei dati", "it's",
                                       "1234567890123456789012345678901",
                                       "ààààààààààààààààààààààààààààààà"};
    static const char *const bad[] = {"",
                                      "a/b",
                                      "a\\b",
                                      "a[b",
                                      "a]b",
                                      "a:b",
                                      "a*b",
                                      "a?b",
                                      "'a",
                                      "a'",
                                      "12345678901234567890123456789012",
                                      "history",
                                      "a\nb",
                                      "\xFFz"};
    struct fixture *f = *state;
    struct book *book;
    size_t i;

    for (i = 0; i < ARRAY_LEN(good); i++)
        assert_true(sheet_name_is_valid(str_of(good[i])));
    for (i = 0; i < ARRAY_LEN(bad); i++) {
        assert_false(sheet_name_is_valid(str_of(bad[i])));
        book = book_new(&f->arena, LANG_EN);
        make_sheet(book, "one", bad[i]);
        assert_int_equal(book_finish(book, &f->diag), STATUS_INVALID);
    }
    assert_false(sheet_name_is_valid((struct str){NULL, 0}));
    assert_int_equal(f->diag.by_rule[RULE_PAGE_NAME], ARRAY_LEN(bad));
    book = book_new(&f->arena, LANG_EN);
    make_sheet(book, "one", "Same");
    make_sheet(book, "two", "SAME");
    assert_int_equal(book_finish(book, &f->diag), STATUS_INVALID);
}

static enum status build_something(struct arena *arena, struct diag *diag)
{
    struct book *book = book_new(arena, LANG_EN);
    struct sheet *sheet;
    size_t i;

    if (!book)
        return diag_no_memory(diag);
    sheet = make_sheet(book, "one", "One");
    for (i = 0; i < 200; i++) {
        sheet_row(sheet);
        sheet_anchor(sheet, STR("k"));
        sheet_text(sheet, STR("a"));
        sheet_link(sheet, "one", STR("k"));
        sheet_integer(sheet, i);
        sheet_help(sheet, STR("help"));
        sheet_number(sheet, 1);
    }
    sheet_chart(sheet, CHART_LINE, STR("chart"));
    return book_finish(book, diag);
}

static void memory_that_runs_out_is_told_once(void **state)
{
    unsigned long all;
    unsigned long nth;

    (void)state;
    mem_fail_at(0);
    for (nth = 0, all = 1; nth <= all; nth++) {
        struct arena arena;
        struct diag diag;
        enum status status;

        arena_init(&arena);
        diag_init(&diag);
        mem_fail_at(nth);
        status = build_something(&arena, &diag);
        if (nth == 0)
            all = mem_count();
        assert_int_equal(status, nth == 0 ? STATUS_OK : STATUS_MEMORY);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], nth == 0 ? 0 : 1);
        mem_fail_at(0);
        diag_done(&diag);
        arena_done(&arena);
    }
    assert_true(all > 3);
}

struct number_case {
    double value;
    unsigned decimals;
    const char *en;
    const char *it;
};

static void numbers_read_as_people_write_them(void **state)
{
    static const struct number_case cases[] = {
        {0, 0, "0", "0"},
        {-0.4, 0, "0", "0"},
        {0.5, 0, "1", "1"},
        {-0.5, 0, "-1", "-1"},
        {2.5, 0, "3", "3"},
        {999, 0, "999", "999"},
        {1000, 0, "1,000", "1.000"},
        {65641, 0, "65,641", "65.641"},
        {1234567.891, 2, "1,234,567.89", "1.234.567,89"},
        {0.285, 2, "0.29", "0,29"}, /* the double is below the half, the number is not */
        {1.005, 2, "1.01", "1,01"},
        {-1234.5, 1, "-1,234.5", "-1.234,5"},
        {0.049, 1, "0.0", "0,0"},
        {0.05, 1, "0.1", "0,1"},
        {99.995, 2, "100.00", "100,00"},
        {NAN, 1, "\xE2\x80\x93", "\xE2\x80\x93"},
        {INFINITY, 1, "\xE2\x80\x93", "\xE2\x80\x93"},
    };
    struct buf out;
    size_t i;

    (void)state;
    buf_init(&out, 1000);
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        buf_clear(&out);
        number_add(&out, cases[i].value, cases[i].decimals, LANG_EN);
        assert_string_equal(out.bytes, cases[i].en);
        buf_clear(&out);
        number_add(&out, cases[i].value, cases[i].decimals, LANG_IT);
        assert_string_equal(out.bytes, cases[i].it);
    }
    buf_clear(&out);
    number_add(&out, 3e17, 2, LANG_EN);
    assert_false(strchr(out.bytes, ',') != NULL); /* no digits that are not there */
    buf_done(&out);
}

static void shares_durations_and_times(void **state)
{
    struct civil civil = {.year = 2016, .month = 3, .day = 5, .hour = 7, .minute = 4};
    struct buf out;

    (void)state;
    buf_init(&out, 1000);
    number_add_share(&out, 58.0 / 70, 1, LANG_EN);
    buf_add_char(&out, '|');
    number_add_share(&out, 0.001, 1, LANG_IT);
    buf_add_char(&out, '|');
    number_add_duration(&out, 205452, 2, LANG_EN);
    buf_add_char(&out, '|');
    number_add_duration(&out, 36, 2, LANG_IT);
    buf_add_char(&out, '|');
    number_add_instant(&out, local_from_civil(&civil), LANG_EN);
    buf_add_char(&out, '|');
    civil.second = 9;
    number_add_instant(&out, local_from_civil(&civil), LANG_IT);
    assert_string_equal(out.bytes, "82.9 %|0,1 %|57.07 h|0,0100 h|2016-03-05 07:04|"
                                   "05/03/2016 07:04:09");
    buf_done(&out);
}

static void lines_grow_with_text_and_shrink_with_width(void **state)
{
    static const char text[] =
        "Sono presenti registrazioni aggiornate dei requisiti per ogni cliente "
        "attivo, riesaminate entro dodici mesi dal responsabile indicato.";
    unsigned before = 1000;
    double width;
    size_t len;
    unsigned lines;

    (void)state;
    assert_int_equal(lines_needed((struct str){NULL, 0}, 10), 1);
    assert_int_equal(lines_needed(STR("a"), 0), 1);
    assert_int_equal(lines_needed(STR("one\ntwo\nthree"), 50), 3);
    assert_int_equal(lines_needed(STR("short text"), 30), 1);
    for (width = 5; width < 200; width += 1) {
        lines = lines_needed(str_of(text), width);
        assert_true(lines <= before + 1); /* breaks at words may cost a line */
        before = lines;
    }
    assert_int_equal(before, 1);
    for (len = 1, before = 1; len < sizeof text; len++) {
        lines = lines_needed((struct str){text, len}, 12);
        assert_true(lines + 1 >= before && lines <= before + 1);
        before = lines;
    }
    assert_true(before >= 10);
    /* a word longer than the column is broken inside */
    assert_true(lines_needed(STR("0123456789012345678901234567890123456789"), 10) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_keeps_its_cells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_value_is_blank, set_up, tear_down),
        cmocka_unit_test_setup_teardown(units_choose_the_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_span_covers_the_cells_behind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(anchors_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_chart_names_each_kind_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_can_begin_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_no_workbook_can_hold_are_refused, set_up, tear_down),
        cmocka_unit_test(memory_that_runs_out_is_told_once),
        cmocka_unit_test(numbers_read_as_people_write_them),
        cmocka_unit_test(shares_durations_and_times),
        cmocka_unit_test(lines_grow_with_text_and_shrink_with_width),
    };

    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
