/* The page for browsers: what texts become, how tables and links are said, how drawings are made. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "writer/writer.h"

struct fixture {
    struct arena arena;
    struct diag diag;
    struct buf out;
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    arena_init(&f->arena);
    diag_init(&f->diag);
    buf_init(&f->out, SIZE_MAX / 2);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    mem_fail_at(0);
    buf_done(&f->out);
    arena_done(&f->arena);
    diag_done(&f->diag);
    mem_free(f);
    return 0;
}

static struct book *new_book(struct fixture *f, enum lang lang)
{
    struct book *book = book_new(&f->arena, lang);

    assert_non_null(book);
    book->title = STR("Title");
    book->tool = STR("cfaudit test");
    book->zone = STR("UTC");
    return book;
}

static const char *page(struct fixture *f, struct book *book)
{
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    buf_clear(&f->out);
    assert_int_equal(writer_find(STR("html"))->write_text(book, &f->out, &f->diag), STATUS_OK);
    return f->out.bytes;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("not in the page: %s", part);
}

static void assert_has_not(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("in the page: %s", part);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (text = strstr(text, part); text; text = strstr(text + 1, part))
        count++;
    return count;
}

/* In every place a text can come to: cells, headings, help, names of charts, keys of links. */
static void no_text_becomes_markup(void **state)
{
    static const struct str evil = STR_INIT("</td><script>alert('x')</script>&amp;\"'<!--\x01");
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct sheet *sheet;
    struct chart *chart;
    const char *text;

    book->title = evil;
    book->organization = evil;
    book->tool = evil;
    sheet = book_sheet(book, "table", STR("<b>&"));
    sheet->has_heading = true;
    sheet_column(sheet, "a", evil, CELL_TEXT, 10)->help = evil;
    sheet_column(sheet, "b", evil, CELL_NUMBER, 10);
    sheet_row(sheet);
    sheet_anchor(sheet, evil);
    sheet_text(sheet, evil);
    sheet_help(sheet, evil);
    sheet_link(sheet, "table", evil);
    sheet_unit(sheet, evil);
    chart = sheet_chart(sheet, CHART_LINE, evil);
    chart->description = evil;
    chart->x_title = evil;
    chart->y_title = evil;
    chart->width = 400;
    chart->height = 300;
    chart->category = 0;
    sheet_chart_series(chart, evil, 1, LOOK_VALUE);
    sheet_chart_series(chart, STR("<i>"), 1, LOOK_SECOND);
    sheet_chart_mark(chart, 0, evil);
    text = page(f, book);
    assert_has_not(text, "<script");
    assert_has_not(text, "<b>");
    assert_has_not(text, "<i>");
    assert_has_not(text, "<!--");
    assert_has_not(text, "&amp;amp;\"");
    assert_has_not(text, "\x01");
    assert_has(text, "&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;&quot;&#39;"
                     "&lt;!--");
    assert_has(text, "<tr id=\"table:~3C~2Ftd~3E~3Cscript~3Ealert~28~27x~27~29~3C~2Fscript~3E~26"
                     "amp~3B~22~27~3C~21--~01\">");
    assert_has(text, "<a href=\"#table:~3C~2Ftd~3E");
}

/* Bytes that are no text, and marks that turn its direction. */
static void bad_text_is_made_good(void **state)
{
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct sheet *sheet = book_sheet(book, "one", STR("One"));

    sheet_column(sheet, "a", STR("A"), CELL_TEXT, 10);
    sheet->has_heading = true;
    sheet_row(sheet);
    sheet_text(sheet, STR("\xFF \xE2\x80\xAE"
                          "exe.txt"));
    assert_has(page(f, book), "<td>\xEF\xBF\xBD &lt;U+202E&gt;exe.txt</td>");
}

static struct book *two_tables(struct fixture *f, enum lang lang)
{
    struct book *book = new_book(f, lang);
    struct sheet *sheet = book_sheet(book, "questions", STR("Questions"));
    struct sheet *other = book_sheet(book, "findings", STR("Findings"));

    sheet->has_heading = true;
    sheet->frozen_columns = 1;
    sheet_column(sheet, "id", STR("Id"), CELL_TEXT, 10);
    sheet_column(sheet, "share", STR("Share"), CELL_SHARE, 10);
    sheet_column(sheet, "on", STR("On"), CELL_DATE, 10);
    sheet_column(sheet, "finding", STR("Finding"), CELL_TEXT, 10);
    sheet_row(sheet);
    sheet_anchor(sheet, STR("Q-1"));
    sheet_text(sheet, STR("Q-1"));
    sheet_share(sheet, 0.875);
    sheet_level(sheet, LEVEL_BAD);
    sheet_date(sheet, local_from_civil(&(struct civil){.year = 2026, .month = 1, .day = 31}));
    sheet_text(sheet, STR("F-1"));
    sheet_link(sheet, "findings", STR("F-1"));
    sheet_row(sheet);
    sheet_text(sheet, STR("Q-2"));
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_text(sheet, STR("F-9"));
    sheet_link(sheet, "findings", STR("F-9"));
    other->has_heading = true;
    sheet_column(other, "id", STR("Id"), CELL_TEXT, 10);
    sheet_row(other);
    sheet_anchor(other, STR("F-1"));
    sheet_anchor(other, STR("also"));
    sheet_text(other, STR("F-1"));
    sheet_link(other, "questions", STR("Q-1"));
    return book;
}

static void tables_say_what_their_cells_are(void **state)
{
    struct fixture *f = *state;
    const char *text = page(f, two_tables(f, LANG_EN));

    assert_has(text, "<html lang=\"en\">");
    assert_has(text, "<th scope=\"col\">Id</th><th scope=\"col\" class=\"n\">Share</th>");
    assert_has(text, "<tr id=\"questions:Q-1\"><th scope=\"row\">Q-1</th>"
                     "<td class=\"n bad\">87.5 %</td>"
                     "<td><time datetime=\"2026-01-31\">2026-01-31</time></td>"
                     "<td><a href=\"#findings:F-1\">F-1</a></td></tr>");
    /* a row with two keys can be reached by both */
    assert_has(text, "<tr id=\"findings:F-1\"><td><span id=\"findings:also\"></span>"
                     "<a href=\"#questions:Q-1\">F-1</a></td></tr>");
    /* a link to nothing is none */
    assert_has(text, "<td>F-9</td>");
    assert_has(text, "<li><a href=\"#findings\">Findings</a></li>");
    text = page(f, two_tables(f, LANG_IT));
    assert_has(text, "<html lang=\"it\">");
    assert_has(text, "87,5 %");
    assert_has(text, "<time datetime=\"2026-01-31\">31/01/2026</time>");
    assert_has(text, "Indice");
}

/* The policy allows the one style sheet by its digest: a byte off, and browsers drop it. */
static void the_policy_names_the_style_by_its_digest(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct fixture *f = *state;
    const char *text = page(f, two_tables(f, LANG_EN));
    const char *from = strstr(text, "<style>") + strlen("<style>");
    const char *to = strstr(from, "</style>");
    const char *policy = strstr(text, "style-src 'sha256-") + strlen("style-src 'sha256-");
    struct sha256 sum;
    size_t i;

    assert_true(digest_bytes((struct str){from, (size_t)(to - from)}, &sum));
    for (i = 0; i < 32; i++) { /* the bits of each byte, from six-bit digits */
        uint32_t pair = 0;
        size_t bit = i * 8;
        size_t k;

        for (k = 0; k < 2; k++) {
            const char *digit = strchr(digits, policy[bit / 6 + k]);

            pair = pair << 6 | (digit && policy[bit / 6 + k] != '=' ? (uint32_t)(digit - digits) : 0);
        }
        assert_int_equal(pair >> (4 - bit % 6) & 0xFF, sum.bytes[i]);
    }
    assert_has(text, "default-src 'none'");
    assert_has_not(text, " style=");
    assert_has_not(text, "unsafe-inline");
    assert_int_equal(count_of(text, "<style>"), 1);
}

/* Two lanes: each from its heading to its end, not row by row across. */
static void lanes_are_read_one_after_the_other(void **state)
{
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct sheet *sheet = book_sheet(book, "cover", STR("Cover"));
    const char *text;
    size_t i;

    for (i = 0; i < 5; i++)
        sheet_column(sheet, "c", (struct str){NULL, 0}, CELL_TEXT, 10);
    sheet->has_heading = false;
    sheet->second_pane = 3;
    sheet_row(sheet);
    sheet_text(sheet, STR("The title"));
    sheet_style(sheet, STYLE_TITLE);
    sheet_span(sheet, 5);
    sheet_row(sheet);
    sheet_text(sheet, STR("Left"));
    sheet_style(sheet, STYLE_SECTION);
    sheet_span(sheet, 2);
    sheet_blank(sheet);
    sheet_text(sheet, STR("Right"));
    sheet_style(sheet, STYLE_SECTION);
    sheet_span(sheet, 2);
    for (i = 0; i < 2; i++) {
        sheet_row(sheet);
        sheet_text(sheet, i ? STR("l2") : STR("l1"));
        sheet_number(sheet, 1);
        sheet_blank(sheet);
        sheet_text(sheet, i ? STR("r2") : STR("r1"));
        sheet_number(sheet, 2);
    }
    sheet_row(sheet);
    sheet_text(sheet, STR("follow changes"));
    sheet_span(sheet, 5);
    sheet_live(sheet);
    text = page(f, book);
    assert_has(text, "<h1 class=\"title\">The title</h1>");
    assert_has(text,
               "<div class=\"panes\">\n<div class=\"pane\">\n<h3 class=\"section\">Left</h3>\n<table>\n"
               "<tr><th scope=\"row\">l1</th><td class=\"n\">1.00</td></tr>\n"
               "<tr><th scope=\"row\">l2</th><td class=\"n\">1.00</td></tr>\n</table>\n</div>\n"
               "<div class=\"pane\">\n<h3 class=\"section\">Right</h3>\n<table>\n"
               "<tr><th scope=\"row\">r1</th><td class=\"n\">2.00</td></tr>\n");
    assert_has_not(text, "follow changes");
}

/* --- drawings --- */

static struct chart *a_chart(struct book *book, enum chart_kind kind, const double *values,
                             size_t count)
{
    struct sheet *sheet = book_sheet(book, "data", STR("Data"));
    struct chart *chart = sheet_chart(sheet, kind, STR("Chart"));
    size_t i;

    sheet->has_heading = true;
    sheet->has_gaps = true;
    sheet_column(sheet, "name", STR("Name"), CELL_TEXT, 10);
    sheet_column(sheet, "value", STR("Value"), CELL_NUMBER, 10);
    for (i = 0; i < count; i++) {
        sheet_row(sheet);
        sheet_text(sheet, i % 2 ? STR("odd") : STR("even"));
        sheet_number(sheet, values[i]);
    }
    chart->type = CELL_NUMBER;
    chart->last_row = count - 1;
    chart->width = 400;
    chart->height = 300;
    return chart;
}

static void a_line_is_broken_where_there_is_no_value(void **state)
{
    static const double values[] = {1, 2, NAN, 4, 5};
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct chart *chart = a_chart(book, CHART_LINE, values, 5);
    const char *text;
    char *line;

    chart->description = STR("What it shows");
    sheet_chart_series(chart, STR("values"), 1, LOOK_VALUE);
    text = page(f, book);
    assert_has(text, "role=\"img\"");
    assert_has(text, "<title id=\"chart1\">Chart</title>\n<desc id=\"chart1d\">What it shows</desc>");
    assert_has(text, "<title>odd: 2</title>");
    assert_int_equal(count_of(text, "<path d=\"M"), 5); /* a line and four marks */
    line = strstr(text, "<path d=\"M");
    *strchr(line + strlen("<path d=\""), '"') = '\0'; /* two pieces of two points */
    assert_int_equal(count_of(line, "M"), 2);
    assert_int_equal(count_of(line, "L"), 2);
}

/* 0 stands on the lowest line, the largest value at most on the highest, a half half-way. */
static void bars_are_as_long_as_their_values(void **state)
{
    static const double values[] = {0, 50, 100};
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct chart *chart = a_chart(book, CHART_BAR, values, 3);
    const char *bar;
    double heights[3];
    size_t i;

    sheet_chart_series(chart, STR("values"), 1, LOOK_VALUE);
    bar = page(f, book);
    for (i = 0; i < 3; i++) {
        bar = strstr(bar + 1, "<rect");
        assert_non_null(bar);
        assert_int_equal(sscanf(strstr(bar, " height=\""), " height=\"%lf\"", &heights[i]), 1);
    }
    assert_true(heights[0] < 0.01);
    assert_true(heights[2] > 150);
    assert_true(fabs(heights[1] - heights[2] / 2) < 0.02);
}

/* Parts lie behind each other and fill the bar; what is open is striped. */
static void parts_of_a_bar_follow_each_other(void **state)
{
    static const double values[] = {30, 70};
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct chart *chart = a_chart(book, CHART_STACK, values, 2);
    const char *text;
    const char *bar;
    double x[2];
    double width[2];
    size_t i;

    chart->last_row = 0;
    chart->maximum = 60;
    sheet_chart_series(chart, STR("met"), 1, LOOK_MET);
    sheet_chart_series(chart, STR("open"), 1, LOOK_OPEN);
    text = page(f, book);
    assert_has(text, "<pattern id=\"stripes1\"");
    assert_has(text, "fill=\"url(#stripes1)\"");
    bar = strstr(text, "</defs>");
    for (i = 0; i < 2; i++) {
        bar = strstr(bar + 1, "<rect");
        assert_int_equal(
            sscanf(strstr(bar, " x=\""), " x=\"%lf\" y=\"%*f\" width=\"%lf\"", &x[i], &width[i]), 2);
    }
    assert_true(fabs(x[0] + width[0] - x[1]) < 0.02);
    assert_true(fabs(width[0] - width[1]) < 0.02);
}

/* The first spoke points up; equal values lie on a circle. */
static void a_radar_has_its_values_around_the_middle(void **state)
{
    static const double values[] = {10, 10, 10, 10};
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct chart *chart = a_chart(book, CHART_RADAR, values, 4);
    const char *ring = NULL;
    const char *next;
    double x[4];
    double y[4];

    chart->maximum = 10;
    sheet_chart_series(chart, STR("values"), 1, LOOK_VALUE);
    next = page(f, book);
    while ((next = strstr(next, "<path d=\"M")) != NULL) {
        if (strstr(next, "z\" fill=\"none\" stroke=\"#1F5FA8\"") &&
            strstr(next, "z\" fill=\"none\" stroke=\"#1F5FA8\"") < strstr(next, "/>"))
            ring = next;
        next++;
    }
    assert_non_null(ring);
    assert_int_equal(sscanf(ring, "<path d=\"M%lf %lfL%lf %lfL%lf %lfL%lf %lfz", &x[0], &y[0],
                            &x[1], &y[1], &x[2], &y[2], &x[3], &y[3]),
                     8);
    assert_true(fabs(x[0] - 200) < 0.02 && fabs(x[2] - 200) < 0.02);
    assert_true(fabs(y[1] - y[3]) < 0.02);
    assert_true(fabs((x[1] - x[3]) - (y[2] - y[0])) < 0.02);
    assert_true(y[0] < y[1] && y[1] < y[2]);
}

static void a_chart_of_nothing_is_its_caption(void **state)
{
    static const double values[] = {1};
    struct fixture *f = *state;
    struct book *book = new_book(f, LANG_EN);
    struct chart *chart = a_chart(book, CHART_LINE, values, 1);

    chart->last_row = 7; /* beyond the table */
    sheet_chart_series(chart, STR("values"), 1, LOOK_VALUE);
    assert_has_not(page(f, book), "<svg");
    assert_has(page(f, book), "<figcaption><strong>Chart</strong></figcaption>");
}

/* Each allocation failing in turn: a failure that is told, or the same page. */
static void running_out_of_memory_is_told(void **state)
{
    static const double values[] = {1, 2, 3};
    struct fixture *f = *state;
    struct book *book = two_tables(f, LANG_EN);
    struct chart *chart = a_chart(book, CHART_LINE, values, 3);
    enum status status = STATUS_MEMORY;
    unsigned long nth;

    sheet_chart_series(chart, STR("values"), 1, LOOK_VALUE);
    assert_int_equal(book_finish(book, &f->diag), STATUS_OK);
    for (nth = 1; status == STATUS_MEMORY; nth++) {
        struct diag diag;
        struct buf out;

        diag_init(&diag);
        buf_init(&out, SIZE_MAX / 2);
        mem_fail_at(nth);
        status = writer_find(STR("html"))->write_text(book, &out, &diag);
        mem_fail_at(0);
        assert_int_equal(status == STATUS_OK, !out.failed);
        buf_done(&out);
        diag_done(&diag);
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(nth > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_text_becomes_markup, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_text_is_made_good, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables_say_what_their_cells_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_policy_names_the_style_by_its_digest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lanes_are_read_one_after_the_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_is_broken_where_there_is_no_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bars_are_as_long_as_their_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_of_a_bar_follow_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_radar_has_its_values_around_the_middle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_chart_of_nothing_is_its_caption, set_up, tear_down),
        cmocka_unit_test_setup_teardown(running_out_of_memory_is_told, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
