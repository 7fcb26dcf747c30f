/* Delimited text in its dialects: cells, places, and what is said of each bad row. */
#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "reader_text.h"

static void check_job(const struct reader_text_job *job, const char *wanted)
{
    struct buf out;

    enum reader_text_way way;

    for (way = BY_BATCH; way < READER_TEXT_WAYS; way++) {
        buf_init(&out, 1u << 26);
        reader_text_by(job, way, &out);
        assert_false(out.failed);
        assert_string_equal(out.bytes, wanted);
        buf_done(&out);
    }
}

static void check_bytes(struct str bytes, const char *wants, const char *wanted)
{
    check_job(&(struct reader_text_job){"delimited", bytes, wants, 0, ENCODING_DETECT, 0, false},
              wanted);
}

static void check(const char *text, const char *wants, const char *wanted)
{
    check_bytes(str_of(text), wants, wanted);
}

/* --- cells --- */

static void wanted_columns_in_wanted_order(void **state)
{
    (void)state;
    check("a,b,c\n1,2,3\n4,5,6\n", "c,a", "2@6|3|1\n3@12|6|4\n= 1 2 0 comma, UTF-8, LF\n");
    check("a,b\n1,2\n", "zz,b", "2@4|-|2\n= 1 1 0 comma, UTF-8, LF\n");
    check("a,b\n,\n", "a,b", "2@4||\n= 1 1 0 comma, UTF-8, LF\n");
}

static void quotes(void **state)
{
    (void)state;
    check("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"\",\"\"\"\"\n", "a,b",
          "2@4|x,y|say \"hi\"\n3@23||\"\n= 1 2 0 comma, UTF-8, LF\n");
    /* a quote is special at the start of a cell only */
    check("a,b\n5\" disk,it\"s\n \"x\",2\n", "a,b",
          "2@4|5\" disk|it\"s\n3@17| \"x\"|2\n= 1 2 0 comma, UTF-8, LF\n");
    check("a,b\n\"two\nlines\",x\n3,4\n", "a,b",
          "2@4|two\nlines|x\n4@18|3|4\n= 1 2 0 comma, UTF-8, LF\n");
    check("a,b\n\"x\"\"\",1\n", "a", "2@4|x\"\n= 1 1 0 comma, UTF-8, LF\n");
}

static void line_ends(void **state)
{
    (void)state;
    check("a,b\r\n1,2\r\n3,4\r\n", "a,b", "2@5|1|2\n3@10|3|4\n= 1 2 0 comma, UTF-8, CRLF\n");
    check("a,b\r1,2\r3,4\r", "a,b", "2@4|1|2\n3@8|3|4\n= 1 2 0 comma, UTF-8, CR\n");
    check("a,b\n1,2", "a,b", "2@4|1|2\n= 1 1 0 comma, UTF-8, LF\n");
    check("a,b\r\n1,\"2\"\r\n3,\"x\r\ny\"\r\n5,6\r\n", "b",
          "2@5|2\n3@12|x\r\ny\n5@22|6\n= 1 3 0 comma, UTF-8, CRLF\n");
    check("a,b\r\n1,2\r", "b", "2@5|2\n= 1 1 0 comma, UTF-8, CRLF\n");
}

static void blank_lines_are_no_rows(void **state)
{
    (void)state;
    check("\n\na,b\n\n1,2\n\n\n3,4\n\n", "a", "5@7|1\n8@13|3\n= 1 2 0 comma, UTF-8, LF\n");
    check("\r\na,b\r\n\r\n1,2\r\n", "a", "4@9|1\n= 1 1 0 comma, UTF-8, CRLF\n");
}

static void header_names(void **state)
{
    (void)state;
    check(" Opened At ,PRIORIT\xc3\x80,last_Update\n1,2,3\n", "opened_at,priorita,Last Update",
          "2@34|1|2|3\n= 1 1 0 comma, UTF-8, LF\n");
    check("\"Opened, at\",b\n1,2\n", "opened,b", "2@15|-|2\n= 1 1 0 comma, UTF-8, LF\n");
    /* of several names the first that the header has */
    check("id,number\n1,2\n", "number|id", "2@10|2\n= 1 1 0 comma, UTF-8, LF\n");
    check(",a,\n0,1,2\n", "a", "2@4|1\n= 1 1 0 comma, UTF-8, LF\n");
    check("a,b,A_\n1,2,3\n", "a",
          "2@7|1\n! csv-column-twice 1:1 two columns have the same name: 'A_', columns 1 and 3\n"
          "= 1 1 0 comma, UTF-8, LF\n");
}

static void missing_column(void **state)
{
    (void)state;
    check(
        "\nnumbr;opened\n1;2\n", "!number|ticket id,opened",
        "! csv-column-missing 2:1 column is missing: the header has none of 'number', 'ticket id'\n"
        "+ did you mean 'numbr'? the header has 'numbr', 'opened'\n= -5\n");
    check("x;y\n1;2\n", "!number",
          "! csv-column-missing 1:1 column is missing: the header has none of 'number'\n"
          "+ the header has 'x', 'y'\n= -5\n");
}

static void small_files(void **state)
{
    (void)state;
    check("", "!a", "! source-empty 0:0 file is empty\n= 1 0 0 one column, UTF-8, LF\n");
    check("\n\r\n\n", "!a", "! source-empty 0:0 file is empty\n= 1 0 0 one column, UTF-8, LF\n");
    check("\xef\xbb\xbf", "!a",
          "! source-empty 0:0 file is empty\n= 1 0 0 one column, UTF-8 with byte order mark, LF\n");
    check("a,b\n", "a", "= 1 0 0 comma, UTF-8, LF\n");
    check("a,b", "a", "= 1 0 0 comma, UTF-8, LF\n");
    check("a\n1\n2\n", "a", "2@2|1\n3@4|2\n= 1 2 0 one column, UTF-8, LF\n");
}

/* --- dialects --- */

static void delimiters(void **state)
{
    (void)state;
    check("a;b\n1,5;2\n", "a,b", "2@4|1,5|2\n= 1 1 0 semicolon, UTF-8, LF\n");
    check("a\tb\n1\t2\n", "b", "2@4|2\n= 1 1 0 tab, UTF-8, LF\n");
    check("a|b\n1|2\n", "b", "2@4|2\n= 1 1 0 bar, UTF-8, LF\n");
    check("a;\"b,c\"\n1;2\n", "a", "2@8|1\n= 1 1 0 semicolon, UTF-8, LF\n");
    check("sep=;\na;b\n1;2\n", "b", "3@10|2\n= 1 1 0 semicolon, UTF-8, LF\n");
    check("sep=;\r\na;b\r\n1;2\r\n", "b", "3@12|2\n= 1 1 0 semicolon, UTF-8, CRLF\n");
    check("sep=#\na#b\n1#2\n", "b", "3@10|2\n= 1 1 0 '#', UTF-8, LF\n");
    check_job(&(struct reader_text_job){"delimited", STR("a:b\n1:2\n"), "b", ':', ENCODING_DETECT,
                                        0, false},
              "2@4|2\n= 1 1 0 ':', UTF-8, LF\n");
}

static void close_calls_are_refused(void **state)
{
    (void)state;
    check("a;b,c\n1;2,3\n4;5,6\n", "zz",
          "! csv-dialect 1:1 delimiter cannot be told: semicolon gives 2 columns in 2 of 2 rows, "
          "comma gives 2 in 2 of 2\n"
          "+ say which it is: --delimiter semicolon or --delimiter comma\n= -5\n");
    /* the names that are looked for decide */
    check("a;b,c\n1;2,3\n4;5,6\n", "c,a;b", "2@6|3|1;2\n3@12|6|4;5\n= 1 2 0 comma, UTF-8, LF\n");
}

static void encodings(void **state)
{
    (void)state;
    check("\xef\xbb\xbf"
          "a,b\n1,\xc3\xa8\n",
          "b", "2@7|\xc3\xa8\n= 1 1 0 comma, UTF-8 with byte order mark, LF\n");
    check("a,b\n1,perch\xe9\n2,\x80\n", "b",
          "2@4|perch\xc3\xa9\n3@13|\xe2\x82\xac\n= 1 2 0 comma, windows-1252, LF\n");
    check_bytes((struct str){"\xff\xfe"
                             "a\0,\0b\0\n\0001\0,\0\x3d\xd8\x00\xde\n\0",
                             20},
                "a,b", "2@10|1|\xf0\x9f\x98\x80\n= 1 1 0 comma, UTF-16 with byte order mark, LF\n");
    check_bytes((struct str){"\xfe\xff\0a\0,\0b\0\n\0001\0,\0002\0\n", 18}, "b",
                "2@10|2\n= 1 1 0 comma, UTF-16 with byte order mark, LF\n");
    check_bytes((struct str){"a\0,\0b\0\n\0001\0,\0002\0\n\0", 16}, "b",
                "2@8|2\n= 1 1 0 comma, UTF-16, LF\n");
    check_job(&(struct reader_text_job){"delimited", STR("a,b\n1,\xa4\n"), "b", 0, ENCODING_LATIN9,
                                        0, false},
              "2@4|\xe2\x82\xac\n= 1 1 0 comma, ISO-8859-15, LF\n");
    check_job(&(struct reader_text_job){"delimited", STR("a,b\n1,\x80\n"), "b", 0, ENCODING_LATIN1,
                                        0, false},
              "2@4|\xc2\x80\n= 1 1 0 comma, ISO-8859-1, LF\n");
}

static void doubtful_encodings(void **state)
{
    (void)state;
    check("a,b\n1,\xc3\xa8\n2,\xe8\n", "b",
          "! text-encoding 0:0 text encoding cannot be told: UTF-8 and windows-1252 are both "
          "possible (1 characters are valid UTF-8, 1 bytes are not)\n"
          "+ say which it is: --encoding utf-8 or --encoding windows-1252\n= -5\n");
    check_job(&(struct reader_text_job){"delimited", STR("a,b\n1,\xc3\xa8\n2,\xe8 x\n3,4\n"), "b",
                                        0, ENCODING_UTF8, 0, false},
              "2@4|\xc3\xa8\n4@15|4\n"
              "! csv-encoding 3:3 bytes that the encoding of the file does not have: byte E8 in "
              "UTF-8 text\n= 1 3 1 comma, UTF-8, LF\n");
    /* unassigned in windows-1252 */
    check("a,b\n1,\xe8\n2,\x81\n3,4\n", "b",
          "2@4|\xc3\xa8\n4@12|4\n"
          "! csv-encoding 3:3 bytes that the encoding of the file does not have: in "
          "windows-1252 text\n= 1 3 1 comma, windows-1252, LF\n");
}

/* --- bad rows --- */

static void ragged_rows(void **state)
{
    (void)state;
    check("a,b\n1\n2,3\n4,5,6\n7,8\n", "a",
          "3@6|2\n5@16|7\n"
          "! csv-ragged 2:2 row has the wrong number of cells: 1 cells, the header has 2\n"
          "! csv-ragged 4:5 row has the wrong number of cells: 3 cells, the header has 2\n"
          "= 1 4 2 comma, UTF-8, LF\n");
}

static void stray_quotes(void **state)
{
    (void)state;
    check("a,b\n1,\"x\"y\n2,3\n", "a",
          "3@11|2\n"
          "! csv-stray-quote 2:6 text after a closing quote: the cell opens on line 2, column 3\n"
          "= 1 2 1 comma, UTF-8, LF\n");
    /* a quote that was forgotten meets the next one: one line is lost, not the rows between */
    check("a,b\n1,\"open\n2,3\n4,\"x\"\n5,6\n", "a,b",
          "3@12|2|3\n4@16|4|x\n5@22|5|6\n"
          "! csv-stray-quote 4:4 text after a closing quote: the cell opens on line 2, column 3\n"
          "= 1 4 1 comma, UTF-8, LF\n");
}

static void unclosed_quotes(void **state)
{
    (void)state;
    check("a,b\n1,2\n3,\"open\n4,5\n6,7\n", "a",
          "2@4|1\n4@16|4\n5@20|6\n"
          "! csv-unclosed-quote 3:3 quote is never closed: it opens on line 3\n"
          "= 1 4 1 comma, UTF-8, LF\n");
    check("a,b\n1,\"", "a",
          "! csv-unclosed-quote 2:3 quote is never closed: it opens on line 2\n"
          "= 1 1 1 comma, UTF-8, LF\n");
}

static void zero_bytes(void **state)
{
    (void)state;
    check_bytes((struct str){"a,b\n1,\0x\n2,3\n", 13}, "a",
                "3@9|2\n! csv-nul 2:3 zero byte in a row\n= 1 2 1 comma, UTF-8, LF\n");
}

static void late_bytes_reject_their_row(void **state)
{
    struct buf text;
    struct buf out;
    size_t i;

    (void)state;
    buf_init(&text, 1u << 24);
    buf_init(&out, 1u << 24);
    buf_add_text(&text, "a,b\n");
    for (i = 0; i < 200; i++)
        buf_add_text(&text, "\xc3\xa8,2\n");
    buf_add_text(&text, "1,\xe8\n3,4\n");
    reader_text(
        &(struct reader_text_job){"delimited", buf_str(&text), "zz", 0, ENCODING_DETECT, 0, false},
        &out);
    assert_non_null(strstr(out.bytes, "! csv-encoding 202:3 "));
    assert_non_null(strstr(out.bytes, "= 1 202 1 comma, UTF-8, LF\n"));
    buf_done(&out);

    /* it looks like windows-1252 at first, and then it cannot be */
    buf_clear(&text);
    buf_add_text(&text, "a,b\nperch\xe9,2\n");
    while (text.len < SOURCE_BLOCK + 1000)
        buf_add_text(&text, "plain,2\n");
    for (i = 0; i < 20; i++)
        buf_add_text(&text, "\xc3\xa8,2\n");
    buf_init(&out, 1u << 26);
    reader_text(
        &(struct reader_text_job){"delimited", buf_str(&text), "zz", 0, ENCODING_DETECT, 0, false},
        &out);
    assert_non_null(strstr(out.bytes, "it began like windows-1252 and goes on like UTF-8 "
                                      "(20 characters are valid UTF-8, 1 bytes are not)\n"));
    assert_non_null(strstr(out.bytes, "= -5 "));
    buf_done(&out);
    buf_done(&text);
}

static void large_cells(void **state)
{
    static const char *const opening[] = {"1,", "1,\""};
    static const char *const closing[] = {",x\n", "\",x\n"};
    size_t kind;

    (void)state;
    for (kind = 0; kind < 2; kind++) {
        size_t size;

        for (size = (1u << 20) - 1; size <= (1u << 20) + 1; size++) {
            struct buf text;
            struct buf out;
            char wanted[300];
            size_t end;
            size_t i;

            buf_init(&text, 1u << 24);
            buf_init(&out, 1u << 24);
            buf_add_text(&text, "a,b,c\n");
            buf_add_text(&text, opening[kind]);
            for (i = 0; i < size; i++)
                buf_add_char(&text, 'x');
            buf_add_text(&text, closing[kind]);
            buf_add_text(&text, "2,3,4\n");
            reader_text(&(struct reader_text_job){"delimited", buf_str(&text), "a,c", ',',
                                                  ENCODING_DETECT, 0, false},
                        &out);
            end = 6 + strlen(opening[kind]) + size + strlen(closing[kind]);
            if (size <= 1u << 20)
                snprintf(wanted, sizeof wanted, "2@6|1|x\n3@%zu|2|4\n= 1 2 0 comma, UTF-8, LF\n",
                         end);
            else
                snprintf(wanted, sizeof wanted,
                         "3@%zu|2|4\n! csv-cell-too-large 2:3 cell is too large: more than 1048576 "
                         "bytes%s\n= 1 2 1 comma, UTF-8, LF\n",
                         end, kind ? "; a closing quote may be missing" : "");
            assert_string_equal(out.bytes, wanted);
            buf_done(&text);
            buf_done(&out);
        }
    }
}

static void too_many_columns(void **state)
{
    struct buf text;
    struct buf out;
    size_t i;

    (void)state;
    buf_init(&text, 1u << 20);
    buf_init(&out, 1u << 20);
    for (i = 0; i < 10000; i++)
        buf_add_text(&text, ",");
    buf_add_text(&text, "\n1\n");
    reader_text(
        &(struct reader_text_job){"delimited", buf_str(&text), "a", ',', ENCODING_DETECT, 0, false},
        &out);
    assert_string_equal(out.bytes, "! csv-columns 1:1 too many columns: 10001 in the header, more "
                                   "than 10000\n= -4\n");
    buf_done(&text);
    buf_done(&out);
}

static void other_kinds_of_file(void **state)
{
    static const struct {
        struct str bytes;
        const char *said;
    } cases[] = {
        {{"PK\x03\x04rest", 8}, "an XLSX, ODS or other ZIP package"},
        {{"<?xml version=\"1.0\"?><log/>", 27}, "XML"},
        {{"\xef\xbb\xbf\n<log xmlns='x'>", 19}, "XML"},
        {{"%PDF-1.7\n", 9}, "a PDF document"},
        {{"SQLite format 3\0abc", 19}, "an SQLite database"},
        {{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", 10}, "an old Excel workbook (XLS)"},
        {{"{\"a\": 1}\n", 9}, "JSON"},
        {{"[{\"a\": 1}]\n", 11}, "JSON"},
        {{"\xff\xfe\0\0a\0\0\0", 8}, "text in UTF-32"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        char wanted[200];
        struct buf out;

        buf_init(&out, 10000);
        reader_text(&(struct reader_text_job){"delimited", cases[i].bytes, "a", 0, ENCODING_DETECT,
                                              0, false},
                    &out);
        snprintf(wanted, sizeof wanted,
                 "! source-kind 1:1 file is not of the expected kind: delimited text was expected, "
                 "and this looks like %s\n",
                 cases[i].said);
        assert_memory_equal(out.bytes, wanted, strlen(wanted));
        assert_non_null(strstr(out.bytes, "= -5\n"));
        buf_done(&out);
    }
    /* and what only looks so at first sight */
    check(
        "<id>,b\n1,2\n", "b",
        "! source-kind 1:1 file is not of the expected kind: delimited text was expected, and this "
        "looks like XML\n= -5\n");
    check("<5 days,b\n1,2\n", "b", "2@10|2\n= 1 1 0 comma, UTF-8, LF\n");
    check("BZhello,b\n1,2\n", "b", "2@10|2\n= 1 1 0 comma, UTF-8, LF\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wanted_columns_in_wanted_order),
        cmocka_unit_test(quotes),
        cmocka_unit_test(line_ends),
        cmocka_unit_test(blank_lines_are_no_rows),
        cmocka_unit_test(header_names),
        cmocka_unit_test(missing_column),
        cmocka_unit_test(small_files),
        cmocka_unit_test(delimiters),
        cmocka_unit_test(close_calls_are_refused),
        cmocka_unit_test(encodings),
        cmocka_unit_test(doubtful_encodings),
        cmocka_unit_test(ragged_rows),
        cmocka_unit_test(stray_quotes),
        cmocka_unit_test(unclosed_quotes),
        cmocka_unit_test(zero_bytes),
        cmocka_unit_test(late_bytes_reject_their_row),
        cmocka_unit_test(large_cells),
        cmocka_unit_test(too_many_columns),
        cmocka_unit_test(other_kinds_of_file),
    };

    return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
