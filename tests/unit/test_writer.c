/*
 * Writers: exact bytes of text and CSV, hostile texts, workbooks that read back and those that do
 * not. With CFAUDIT_BOOKS set, the workbooks stay in that folder for tests/books.
 */
#include "unit.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/book_save.h"
#include "source/package.h"
#include "writer/clean_text.h"
#include "writer/writer.h"

struct fixture {
    struct arena arena;
    struct diag diag;
    char folder[64];
    char path[256];
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    arena_init(&f->arena);
    diag_init(&f->diag);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-writer-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/book.xlsx", f->folder);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    mem_fail_at(0);
    unlink(f->path);
    assert_int_equal(rmdir(f->folder), 0); /* no temporary file is left */
    arena_done(&f->arena);
    diag_done(&f->diag);
    mem_free(f);
    return 0;
}

static const struct writer *writer(const char *name)
{
    const struct writer *found = writer_find(str_of(name));

    assert_non_null(found);
    return found;
}

/* --- cleaning --- */

struct clean_case {
    const char *in;
    const char *out;
    const char *escaped; /* NULL: the same */
};

static void texts_are_cleaned(void **state)
{
    static const struct clean_case cases[] = {
        {"", "", NULL},
        {"plain text 123", "plain text 123", NULL},
        {"perch\xC3\xA9", "perch\xC3\xA9", NULL},
        {"a\x01"
         "b\x1F"
         "c\x7F"
         "d",
         "abcd", NULL},
        {"tab\tline\nend", "tab\tline\nend", NULL},
        {"cr\r\nlf", "cr\nlf", NULL},
        {"bad \xFF byte", "bad \xEF\xBF\xBD byte", NULL},
        {"cut \xC3", "cut \xEF\xBF\xBD", NULL},
        {"long \xC0\x80 form", "long \xEF\xBF\xBD\xEF\xBF\xBD form", NULL},
        {"surrogate \xED\xA0\x80", "surrogate \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", NULL},
        {"not a character \xEF\xBF\xBF", "not a character \xEF\xBF\xBD", NULL},
        {"c1 \xC2\x85 end", "c1  end", NULL},
        {"turn \xE2\x80\xAE"
         "txt.exe",
         "turn <U+202E>txt.exe", NULL},
        {"mark \xE2\x80\x8F"
         "x",
         "mark <U+200F>x", NULL},
        {"_x0041_", "_x0041_", "_x005F_x0041_"},
        {"a_x000D_b", "a_x000D_b", "a_x005F_x000D_b"},
        {"_X0041_", "_X0041_", "_x005F_X0041_"},
        {"_x004_ _x00GG_ _x0041", "_x004_ _x00GG_ _x0041", NULL},
        {"_x005F_x0041_", "_x005F_x0041_", "_x005F_x005F_x005F_x0041_"},
        {"snake_case_", "snake_case_", NULL},
        {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", NULL},
    };
    struct buf out;
    size_t i;

    (void)state;
    buf_init(&out, 1000);
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        buf_clear(&out);
        buf_add_text(&out, "");
        clean_text(&out, str_of(cases[i].in), false, 0, LANG_EN);
        assert_string_equal(out.bytes, cases[i].out);
        buf_clear(&out);
        clean_text(&out, str_of(cases[i].in), true, 0, LANG_EN);
        assert_string_equal(out.bytes, cases[i].escaped ? cases[i].escaped : cases[i].out);
    }
    buf_done(&out);
}

/* UTF-16 code units of valid UTF-8. */
static size_t units(struct str text)
{
    size_t count = 0;
    size_t i;

    assert_int_equal(utf8_valid_prefix(text), text.len);
    for (i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        count += (c & 0xC0) != 0x80;
        count += c >= 0xF0;
    }
    return count;
}

static void long_texts_are_cut_with_a_mark(void **state)
{
    static const char *const pieces[] = {"x", "\xC3\xA0", "\xF0\x9F\x98\x80", "_x0041_", "ab_"};
    struct buf in;
    struct buf out;
    size_t limit;
    size_t i;
    size_t k;

    (void)state;
    buf_init(&in, 1 << 20);
    buf_init(&out, 1 << 20);
    for (i = 0; i < ARRAY_LEN(pieces); i++) {
        buf_clear(&in);
        for (k = 0; k < 40000 / strlen(pieces[i]); k++)
            buf_add_text(&in, pieces[i]);
        for (limit = 100; limit < 140; limit++) {
            buf_clear(&out);
            clean_text(&out, buf_str(&in), true, limit, LANG_EN);
            assert_true(units(buf_str(&out)) <= limit);
            assert_true(units(buf_str(&out)) + 24 >= limit);
            assert_true(str_ends(buf_str(&out), " [\xE2\x80\xA6 cut]"));
        }
        buf_clear(&out);
        clean_text(&out, buf_str(&in), true, 32767, LANG_IT);
        assert_true(units(buf_str(&out)) <= 32767);
    }
    buf_clear(&out);
    for (k = 0; k < 100; k++)
        buf_add_text(&out, "");
    clean_text(&out, STR("exactly ten"), true, 11, LANG_EN); /* nothing to cut */
    assert_string_equal(out.bytes, "exactly ten");
    buf_done(&in);
    buf_done(&out);
}

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(text_width(STR("abc")), 3);
    assert_int_equal(text_width(STR("perch\xC3\xA9")), 6);
    assert_int_equal(text_width(STR("e\xCC\x81")), 1);                /* e and a combining accent */
    assert_int_equal(text_width(STR("\xE6\x97\xA5\xE6\x9C\xAC")), 4); /* two ideographs */
    assert_int_equal(text_width(STR("\xF0\x9F\x98\x80")), 2);
    assert_int_equal(text_width(STR("\xFF")), 1);
    assert_int_equal(text_fit(STR("abcdef"), 4), 4);
    assert_int_equal(text_fit(STR("\xE6\x97\xA5\xE6\x9C\xAC"), 3), 3); /* no half characters */
}

/* --- books --- */

static void add_columns(struct sheet *sheet)
{
    sheet_column(sheet, "case", STR("Case"), CELL_TEXT, 12);
    sheet_column(sheet, "n", STR("N"), CELL_INTEGER, 10);
    sheet_column(sheet, "wait", STR("Wait"), CELL_DURATION, 12);
    sheet_column(sheet, "share", STR("Share"), CELL_SHARE, 10);
    sheet_column(sheet, "points", STR("Points"), CELL_POINTS, 10);
    sheet_column(sheet, "day", STR("Day"), CELL_DATE, 12);
    sheet_column(sheet, "at", STR("At"), CELL_INSTANT, 20);
    sheet_column(sheet, "unit", STR("Unit"), CELL_UNIT, 8);
}

static void add_row(struct sheet *sheet, const char *text, uint64_t n)
{
    struct civil civil = {.year = 2016, .month = 3, .day = 5, .hour = 12, .minute = 30};
    struct local at = local_from_civil(&civil);

    sheet_row(sheet);
    sheet_text(sheet, str_of(text));
    sheet_integer(sheet, n);
    sheet_duration(sheet, 5400);
    sheet_share(sheet, 0.125);
    sheet_points(sheet, 8);
    sheet_date(sheet, (struct local){at.us - at.us % DAY_US});
    sheet_instant(sheet, at);
    sheet_unit(sheet, STR("s"));
}

static struct book *small_book(struct fixture *f, enum lang lang)
{
    struct book *book = book_new(&f->arena, lang);
    struct sheet *sheet = book_sheet(book, "cases", STR("Cases"));

    book->tool = STR("cfaudit test");
    add_columns(sheet);
    add_row(sheet, "T-1, \"quoted\"", 1234);
    add_row(sheet, "=1+1", 2);
    sheet_row(sheet);
    sheet_blank(sheet);
    sheet_integer(sheet, 3);
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    return book;
}

static void csv_is_exact(void **state)
{
    struct fixture *f = *state;
    struct buf out;

    buf_init(&out, 10000);
    assert_int_equal(writer("csv")->write_text(small_book(f, LANG_IT), &out, &f->diag), STATUS_OK);
    assert_string_equal(
        out.bytes, "case,n,wait,share,points,day,at,unit\r\n"
                   "\"T-1, \"\"quoted\"\"\",1234,5400,0.125,8,2016-03-05,2016-03-05T12:30:00,s\r\n"
                   "'=1+1,2,5400,0.125,8,2016-03-05,2016-03-05T12:30:00,s\r\n"
                   ",3,,,,,,\r\n");
    buf_done(&out);
}

static void csv_guards_every_formula_start(void **state)
{
    /* the last ones: of full width, and behind a character that is dropped */
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\xEF\xBC\x9D", "\x01=", "\x0B@"};
    struct fixture *f = *state;
    struct buf out;
    size_t i;

    buf_init(&out, 10000);
    for (i = 0; i < ARRAY_LEN(starts); i++) {
        struct book *book = book_new(&f->arena, LANG_EN);
        struct sheet *sheet = book_sheet(book, "one", STR("One"));

        sheet_column(sheet, "t", STR("T"), CELL_TEXT, 10);
        sheet_row(sheet);
        sheet_text(sheet, arena_format(&f->arena, "%sx", starts[i]));
        assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
        buf_clear(&out);
        assert_int_equal(writer("csv")->write_text(book, &out, &f->diag), STATUS_OK);
        assert_true(strncmp(out.bytes, "t\r\n'", 4) == 0);
    }
    for (i = 0; i < 2; i++) { /* the end of a line needs quotes, and stays behind the apostrophe */
        struct book *book = book_new(&f->arena, LANG_EN);
        struct sheet *sheet = book_sheet(book, "one", STR("One"));

        sheet_column(sheet, "t", STR("T"), CELL_TEXT, 10);
        sheet_row(sheet);
        sheet_text(sheet, i ? STR("\n=x") : STR("\r\n=x"));
        assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
        buf_clear(&out);
        assert_int_equal(writer("csv")->write_text(book, &out, &f->diag), STATUS_OK);
        assert_string_equal(out.bytes, "t\r\n\"'\n=x\"\r\n");
    }
    buf_done(&out);
}

static void text_is_aligned(void **state)
{
    struct fixture *f = *state;
    struct buf out;

    buf_init(&out, 10000);
    assert_int_equal(writer("text")->write_text(small_book(f, LANG_EN), &out, &f->diag), STATUS_OK);
    assert_string_equal(
        out.bytes,
        "Case              N    Wait   Share  Points  Day         At                Unit\n"
        "------------  -----  ------  ------  ------  ----------  ----------------  ----\n"
        "T-1, \"quote\xE2\x80\xA6  1,234  1.50 h  12.5 %       8  2016-03-05  2016-03-05 12:30  h\n"
        "=1+1              2  1.50 h  12.5 %       8  2016-03-05  2016-03-05 12:30  h\n"
        "                  3\n");
    buf_clear(&out);
    assert_int_equal(writer("text")->write_text(small_book(f, LANG_IT), &out, &f->diag), STATUS_OK);
    assert_non_null(strstr(out.bytes, "1.234  1,50 h  12,5 %       8  05/03/2016"));
    buf_done(&out);
}

static void writers_are_found(void **state)
{
    (void)state;
    assert_string_equal(writer_for_path(STR("a/b.xlsx"))->name, "xlsx");
    assert_string_equal(writer_for_path(STR("b.csv"))->name, "csv");
    assert_string_equal(writer_for_path(STR("b.txt"))->name, "text");
    assert_null(writer_for_path(STR("b.xls")));
    assert_null(writer_find(STR("pdf")));
}

/* --- workbooks --- */

static struct str read_file(struct fixture *f, const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes;
    long len;

    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    len = ftell(file);
    rewind(file);
    bytes = arena_bytes(&f->arena, (size_t)len + 1);
    assert_int_equal(fread(bytes, 1, (size_t)len, file), len);
    fclose(file);
    return (struct str){bytes, (size_t)len};
}

static void write_file(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static struct book *hostile_book(struct fixture *f)
{
    static const char *const texts[] = {"=HYPERLINK(\"http://example.org\",\"x\")",
                                        "+1",
                                        "-1+1",
                                        "@SUM(1)",
                                        "\t=1",
                                        "=cmd|' /C calc'!A0",
                                        "http://example.org/a",
                                        "mailto:a@example.org",
                                        "internal:'Hostile'!A1",
                                        "external:x.xlsx",
                                        "_x0041_",
                                        "_x000D_",
                                        "a\x01\002b",
                                        "bad \xFF\xFE bytes",
                                        "\xE2\x80\xAEturned",
                                        " leading and trailing ",
                                        "line\nbreak",
                                        "<script>&amp;\"'",
                                        "'quoted",
                                        "#REF!",
                                        "TRUE",
                                        "1e5",
                                        "00123",
                                        "2016-03-05",
                                        "{=1+1}",
                                        "\xF0\x9F\x98\x80",
                                        "]]>",
                                        "&#x41;",
                                        "${jndi:x}",
                                        "%s%n"};
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = book_sheet(book, "hostile", STR("Hostile"));
    struct buf longest;
    size_t i;

    buf_init(&longest, 1 << 20);
    for (i = 0; i < 40000; i++)
        buf_add_char(&longest, i % 100 == 99 ? ' ' : 'x');
    book->title = STR("=title & \x01 more");
    book->organization = STR("&R&L&\"Arial\" = org && \xFF");
    book->tool = STR("tool & co");
    sheet_column(sheet, "text", STR("=head"), CELL_TEXT, 20)->help = STR("=help _x0041_ \x01");
    sheet_column(sheet, "link", STR("Link"), CELL_TEXT, 20);
    for (i = 0; i <= ARRAY_LEN(texts); i++) {
        struct str text =
            i < ARRAY_LEN(texts) ? str_of(texts[i]) : arena_str(&f->arena, buf_str(&longest));

        sheet_row(sheet);
        sheet_anchor(sheet, text);
        sheet_text(sheet, text);
        sheet_help(sheet, text);
        sheet_text(sheet, text);
        sheet_link(sheet, "hostile", text);
    }
    buf_done(&longest);
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    return book;
}

/* Series of a line chart: all looks but those of parts of a bar. */
enum { LINES = LOOK_ANSWERED + 1 };

/* Every kind of chart and series, of values in another sheet, some of them missing. */
static struct book *charts_book(struct fixture *f)
{
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *data = book_sheet(book, "data", STR("It's data"));
    struct sheet *sheet = book_sheet(book, "charts", STR("Charts"));
    struct chart *chart;
    size_t i;
    size_t k;

    data->has_gaps = true;
    sheet_column(data, "key", STR("Key"), CELL_TEXT, 10);
    for (k = 0; k < LOOK_COUNT; k++)
        sheet_column(data, "v", STR("V"), CELL_NUMBER, 10);
    for (i = 0; i < 30; i++) {
        sheet_row(data);
        sheet_text(data, arena_format(&f->arena, "2025-W%02zu", i + 1));
        for (k = 0; k < LOOK_COUNT; k++)
            sheet_number(data, i % 7 == k ? (double)NAN : (double)(i * (k + 1)));
    }
    sheet->has_heading = false;
    sheet_column(sheet, "a", STR(""), CELL_TEXT, 60);
    for (i = 0; i < 60; i++) {
        sheet_row(sheet);
        if (i % 25 == 0)
            sheet_page(sheet);
        sheet_text(sheet, STR("text"));
    }
    for (i = 0; i < 2; i++) {
        chart = sheet_chart(sheet, i ? CHART_BAR : CHART_LINE, STR("=title & \x01 more"));
        chart->data = STR("data");
        chart->last_row = 29;
        chart->at_row = i * 25;
        chart->width = 480;
        chart->height = 288;
        for (k = 0; k < (i ? 1 : LINES); k++)
            sheet_chart_series(chart, k > 4 ? STR("again") : STR("=name & <x>"), 1 + k,
                               (enum chart_look)k);
        sheet_chart_mark(chart, 3, STR("p50, p90"));
        sheet_chart_mark(chart, 999, STR("nowhere"));
    }
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    return book;
}

/* Many rows: those of a large sheet go to disk while they are written. */
static struct book *long_book(struct fixture *f, size_t rows)
{
    struct book *book = book_new(&f->arena, LANG_IT);
    struct sheet *sheet = book_sheet(book, "long", STR("Lunghissimo"));
    size_t i;

    add_columns(sheet);
    for (i = 0; i < rows; i++)
        add_row(sheet, i % 2 ? "=riga" : "riga perch\xC3\xA9", i);
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    return book;
}

/* Keeps the workbook for the checks made from outside. */
static void keep(struct fixture *f, const char *name)
{
    const char *folder = getenv("CFAUDIT_BOOKS");
    char path[512];

    if (!folder)
        return;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_file(path, read_file(f, f->path));
}

static void workbooks_read_back(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(book_save(small_book(f, LANG_EN), writer("xlsx"), f->path, &f->diag),
                     STATUS_OK);
    keep(f, "small.xlsx");
    assert_int_equal(book_save(hostile_book(f), writer("xlsx"), f->path, &f->diag), STATUS_OK);
    keep(f, "hostile.xlsx");
    assert_int_equal(book_save(charts_book(f), writer("xlsx"), f->path, &f->diag), STATUS_OK);
    keep(f, "charts.xlsx");
    assert_int_equal(book_save(long_book(f, 20000), writer("xlsx"), f->path, &f->diag), STATUS_OK);
    keep(f, "long.xlsx");
    assert_int_equal(f->diag.count, 0);
}

static void same_book_same_bytes(void **state)
{
    struct fixture *f = *state;
    struct str first;
    struct str second;
    int i;

    for (i = 0; i < 2; i++) {
        assert_int_equal(
            book_save(i ? long_book(f, 7000) : hostile_book(f), writer("xlsx"), f->path, &f->diag),
            STATUS_OK);
        first = read_file(f, f->path);
        sleep(1); /* a clock of seconds would show */
        assert_int_equal(
            book_save(i ? long_book(f, 7000) : hostile_book(f), writer("xlsx"), f->path, &f->diag),
            STATUS_OK);
        second = read_file(f, f->path);
        assert_true(str_equal(first, second));
    }
}

static void damage_is_seen(void **state)
{
    struct fixture *f = *state;
    struct book *book = small_book(f, LANG_EN);
    struct str bytes;
    size_t cut;
    struct book *other = long_book(f, 4);

    assert_int_equal(writer("xlsx")->write(book, f->path, &f->diag), STATUS_OK);
    assert_int_equal(book_check(book, f->path, &f->diag), STATUS_OK);
    assert_int_equal(book_check(other, f->path, &f->diag), STATUS_IO); /* other rows */
    bytes = read_file(f, f->path);
    for (cut = 0; cut < bytes.len; cut += bytes.len / 40 + 1) {
        write_file(f->path, (struct str){bytes.ptr, cut});
        assert_int_equal(book_check(book, f->path, &f->diag), STATUS_IO);
    }
    for (cut = 40; cut < bytes.len; cut += bytes.len / 40 + 1) {
        struct str changed = arena_str(&f->arena, bytes);
        char *at = arena_bytes(&f->arena, changed.len);

        memcpy(at, changed.ptr, changed.len);
        at[cut] = (char)(at[cut] ^ 0x55);
        write_file(f->path, (struct str){at, changed.len});
        (void)book_check(book, f->path, &f->diag); /* no crash; most are seen by their CRC */
    }
    assert_true(f->diag.by_rule[RULE_OUTPUT_CHECK] >= 40);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], f->diag.by_rule[RULE_OUTPUT_CHECK]);
}

static void a_workbook_needs_a_path(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(book_save(small_book(f, LANG_EN), writer("xlsx"), "-", &f->diag),
                     STATUS_USAGE);
    assert_int_equal(f->diag.by_rule[RULE_OUTPUT_STDOUT], 1);
    assert_int_equal(
        book_save(small_book(f, LANG_EN), writer("xlsx"), "/nowhere/at/all.xlsx", &f->diag),
        STATUS_IO);
}

static void more_rows_than_a_sheet_holds(void **state)
{
    struct fixture *f = *state;
    struct book *book = book_new(&f->arena, LANG_EN);
    struct sheet *sheet = book_sheet(book, "one", STR("One"));
    size_t i;

    sheet_column(sheet, "n", STR("N"), CELL_INTEGER, 10);
    for (i = 0; i < 1048576; i++)
        sheet_row(sheet);
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    assert_int_equal(book_save(book, writer("xlsx"), f->path, &f->diag), STATUS_LIMIT);
    assert_int_equal(f->diag.by_rule[RULE_OUTPUT_LIMIT], 1);
}

static void memory_that_runs_out_leaves_no_file(void **state)
{
    static const char *const names[] = {"xlsx", "csv", "text"};
    struct fixture *f = *state;
    struct book *book = hostile_book(f);
    struct str whole = {NULL, 0};
    unsigned refused = 0;
    unsigned long all;
    unsigned long nth;
    size_t i;

    for (i = 0; i < ARRAY_LEN(names); i++) {
        for (nth = 0, all = 1; nth <= all; nth += nth < 40 ? 1 : 97) {
            struct diag diag;
            enum status status;

            diag_init(&diag);
            mem_fail_at(nth);
            status = book_save(book, writer(names[i]), f->path, &diag);
            if (nth == 0)
                all = mem_count();
            mem_fail_at(0);
            if (nth == 0)
                whole = read_file(f, f->path);
            if (status == STATUS_OK) { /* only the folder was not synchronised */
                assert_true(str_equal(read_file(f, f->path), whole));
                unlink(f->path);
            } else {
                assert_int_equal(status, STATUS_MEMORY);
                assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
                assert_int_equal(access(f->path, F_OK), -1);
                refused++;
            }
            diag_done(&diag);
        }
    }
    assert_true(refused > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cleaned),
        cmocka_unit_test(long_texts_are_cut_with_a_mark),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(writers_are_found),
        cmocka_unit_test_setup_teardown(csv_is_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(csv_guards_every_formula_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_is_aligned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(workbooks_read_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(same_book_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_workbook_needs_a_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(more_rows_than_a_sheet_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_that_runs_out_leaves_no_file, set_up, tear_down),
    };

    if (getenv("CFAUDIT_BOOKS"))
        cmocka_set_test_filter("workbooks_*");
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
