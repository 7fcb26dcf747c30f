/* JSON: which objects become rows, with what cells, and what is said of the others. */
#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "reader_text.h"

/* For every size of block the same. */
static void check_job(struct reader_text_job job, const char *wanted)
{
    static const size_t blocks[] = {0, 1, 2, 3, 7, 64};
    size_t i;

    for (i = 0; i < ARRAY_LEN(blocks); i++) {
        struct buf out;

        job.block = blocks[i];
        buf_init(&out, 1u << 24);
        reader_text(&job, &out);
        assert_string_equal(out.bytes, wanted);
        buf_done(&out);
    }
}

static void check_lines(const char *text, const char *wants, const char *wanted)
{
    check_job((struct reader_text_job){.kind = "json-lines", .bytes = str_of(text), .wants = wants},
              wanted);
}

static void check_json(const char *text, const char *wants, const char *rows, const char *wanted)
{
    char kind[100] = "json";

    if (rows)
        snprintf(kind, sizeof kind, "json %s", rows);
    check_job((struct reader_text_job){.kind = kind, .bytes = str_of(text), .wants = wants},
              wanted);
}

static const char *refused(const char *line)
{
    static char text[400];
    struct reader_text_job job = {.kind = "json-lines", .bytes = str_of(line), .wants = "a"};
    struct buf out;

    buf_init(&out, 1u << 20);
    reader_text(&job, &out);
    snprintf(text, sizeof text, "%s", out.bytes);
    buf_done(&out);
    return text;
}

/* --- values --- */

static void values_keep_their_letters(void **state)
{
    (void)state;
    check_lines("{\"a\":1,\"b\":\"x\"}\n"
                "{\"b\":\"\",\"a\":-0.10e+02}\n"
                "{\"a\":123456789012345678901234567890,\"b\":true}\n"
                "{\"a\":null,\"b\":false}\n"
                "{\"c\":1}\n"
                "{}\n"
                "{\"a\":1e999,\"b\":0.1}",
                "a,b",
                "1@0|1|x\n2@16|-0.10e+02|\n3@39|123456789012345678901234567890|true\n"
                "4@85||false\n5@106|-|-\n6@114|-|-\n7@117|1e999|0.1\n"
                "= 1 7 0 JSON lines, UTF-8\n");
}

static void escapes_become_what_they_stand_for(void **state)
{
    (void)state;
    check_lines("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}\n"
                "{\"a\":\"\\u0041\\u00e8\\u20ac\\ud83d\\ude00!\"}\n"
                "{\"\\u0061\":\"named with an escape\"}\n"
                "{\"a\":\"\xc3\xa8 \xe2\x82\xac \xf0\x9f\x98\x80\"}\n",
                "a",
                "1@0|\"\\/\b\f\n\r\t\n2@25|A\xc3\xa8\xe2\x82\xac\xf0\x9f\x98\x80!\n"
                "3@65|named with an escape\n4@99|\xc3\xa8 \xe2\x82\xac \xf0\x9f\x98\x80\n"
                "= 1 4 0 JSON lines, UTF-8\n");
}

static void blanks_and_empty_lines_do_not_count(void **state)
{
    (void)state;
    check_lines("\n \t\r\n  { \"a\" : 1 ,\t\"b\" : [ ] }  \r\n\n\x1e{\"b\":2}\n", "a,b",
                "3@5|1|\n5@35|-|2\n= 1 2 0 JSON lines, UTF-8\n");
}

static void a_byte_order_mark_is_no_text(void **state)
{
    (void)state;
    check_lines("\xef\xbb\xbf{\"a\":1}\n", "a",
                "1@3|1\n= 1 1 0 JSON lines, UTF-8 with byte order mark\n");
}

static void utf16_is_read(void **state)
{
    static const char text[] = "\xff\xfe{\0\"\0a\0\"\0:\0\"\0\xe8\0\"\0}\0\n";

    (void)state;
    check_job((struct reader_text_job){
                  .kind = "json-lines", .bytes = {text, sizeof text}, .wants = "a"},
              "1@2|\xc3\xa8\n= 1 1 0 JSON lines, UTF-16 with byte order mark\n");
}

/* --- names --- */

static void names_go_into_objects_and_through_arrays(void **state)
{
    (void)state;
    check_lines("{\"f\":{\"status\":{\"name\":\"Open\"},\"parts\":[{\"n\":\"A\"},{\"n\":\"B\"}],"
                "\"tags\":[\"x\",\"y\",3]}}\n",
                "f.status.name,f.parts.n,f.tags,f.tags.1,/f/parts/1/n,f.parts.0.n,f.status",
                "1@0|Open|A, B|x, y, 3|y|B|A|\n= 1 1 0 JSON lines, UTF-8\n");
}

static void a_dot_may_be_of_the_name(void **state)
{
    (void)state;
    check_lines("{\"log.level\":\"info\",\"x\":{\"y.z\":1}}\n{\"log\":{\"level\":\"warn\"}}\n"
                "{\"log.level\":\"a\",\"log\":{\"level\":\"b\"}}\n",
                "log.level,x.y.z,/log.level",
                "1@0|info|1|info\n2@35|warn|-|-\n"
                "! json-key-twice 3:33 name stands twice in an object: one column, in two ways\n"
                "= 1 3 1 JSON lines, UTF-8\n");
}

static void pointers_have_escapes_of_their_own(void **state)
{
    (void)state;
    check_lines("{\"a/b\":{\"c~d\":1},\"\":{\"e\":2}}\n", "/a~1b/c~0d,//e",
                "1@0|1|2\n= 1 1 0 JSON lines, UTF-8\n");
}

static void the_first_name_with_a_value(void **state)
{
    (void)state;
    check_lines("{\"b\":2,\"a\":1}\n{\"b\":2}\n{\"a\":null,\"b\":2}\n{\"a\":{\"c\":3},\"b\":2}\n",
                "a|b,a.c|a",
                "1@0|1|1\n2@14|2|-\n3@22|2|\n4@39|2|3\n= 1 4 0 JSON lines, UTF-8\n");
}

/* null is empty for all that could be in it, a list of nothing too; what is not there is missing. */
static void nothing_that_is_said_is_empty(void **state)
{
    (void)state;
    check_lines("{\"p\":null}\n{\"p\":{\"n\":null}}\n{\"p\":{}}\n{\"p\":[]}\n{\"p\":[{\"n\":1},null]}\n"
                "{\"p\":[null,{\"n\":2}]}\n{\"p.n\":null,\"q\":\"\"}\n{\"q\":[[],{}]}\n{\"p\":7}\n{\"q\":{\"r\":1}}\n",
                "p.n|q,p.m,q",
                "1@0|||-\n2@11||-|-\n3@28|-|-|-\n4@37|||-\n5@46|1||-\n6@67|2||-\n7@88||-|\n"
                "8@108||-|\n9@122|-|-|-\n10@130||-|\n= 1 10 0 JSON lines, UTF-8\n");
}

static void order_of_members_does_not_matter(void **state)
{
    (void)state;
    check_lines("{\"a\":1,\"b\":2,\"c\":3}\n{\"c\":6,\"a\":4,\"b\":5}\n{\"b\":8,\"a\":7}\n"
                "{ \"a\":9, \"b\":10}\n{\"a\":\t11,\"b\":  12}\n",
                "a,b,c",
                "1@0|1|2|3\n2@20|4|5|6\n3@40|7|8|-\n4@54|9|10|-\n5@71|11|12|-\n"
                "= 1 5 0 JSON lines, UTF-8\n");
}

/* However long the name, and however little stands behind it. */
static void names_differ_by_any_letter(void **state)
{
    size_t len;

    (void)state;
    for (len = 1; len <= 70; len++) {
        size_t at;

        for (at = 0; at < len; at += 1 + len / 8) {
            char name[80];
            char other[80];
            char text[400];
            char wanted[200];
            char wants[160];

            memset(name, 'n', len);
            name[len] = '\0';
            memcpy(other, name, len + 1);
            other[at] = 'm';
            snprintf(text, sizeof text,
                     "{\"a\":1,\"%s\":2}\n{\"a\":3,\"%s\":4}\n{\"a\":5,\"%s\":6}", name, other,
                     name);
            snprintf(wanted, sizeof wanted,
                     "1@0|2|-\n2@%zu|-|4\n3@%zu|6|-\n= 1 3 0 JSON lines, UTF-8\n", len + 13,
                     2 * (len + 13));
            snprintf(wants, sizeof wants, "%s,%s", name, other);
            check_lines(text, wants, wanted);
        }
    }
}

static void many_members_are_told_apart(void **state)
{
    struct reader_text_job job = {.kind = "json-lines", .wants = "n999,n0,n20000"};
    struct buf text;
    struct buf out;
    size_t i;

    (void)state;
    buf_init(&text, 1u << 24);
    buf_init(&out, 1u << 24);
    for (i = 0; i < 30000; i++)
        buf_printf(&text, "%s\"n%zu\":%zu", i % 1000 ? "," : i ? "}\n{" : "{", i, i + 1);
    buf_add_text(&text, "}\n{\"n0\":7,\"n999\":8}\n");
    job.bytes = buf_str(&text);
    reader_text(&job, &out);
    assert_non_null(strstr(out.bytes, "1@0|1000|1|-\n"));
    assert_non_null(strstr(out.bytes, "|-|-|20001\n"));
    assert_non_null(strstr(out.bytes, "|8|7|-\n"));
    buf_done(&out);
    buf_done(&text);
}

static void bytes_as_numbers_are_text_where_the_map_says_so(void **state)
{
    static const char text[] = "{\"m\":[104,105,10, 195,168]}\n{\"m\":[\"a\",\"b\"]}\n"
                               "{\"m\":[300,1]}\n{\"m\":[]}\n{\"m\":[255,65]}\n{\"m\":[01]}\n";

    (void)state;
    check_job((struct reader_text_job){
                  .kind = "json-lines +", .bytes = str_of(text), .wants = "m"},
              "1@0|hi\n\xc3\xa8\n2@28|a, b\n3@44|300, 1\n4@58|\n5@67|\xef\xbf\xbd" "A\n"
              "! json-bytes 5:0 bytes of a value are no UTF-8\n"
              "! json-syntax 6:8 line is not valid JSON: a comma or ']' was expected\n"
              "= 1 6 1 JSON lines, UTF-8\n");
}

/* --- bad lines --- */

static void a_bad_line_is_lost_alone(void **state)
{
    (void)state;
    check_lines("{\"a\":1}\nnot JSON\n{\"a\":2\n{\"a\":\"\xc3\xa8\xc3\xa8\",}\n[1]\n{\"a\":3}\n",
                "a",
                "1@0|1\n6@42|3\n"
                "! json-no-object 2:1 row is no object\n"
                "! json-syntax 3:7 line is not valid JSON: the object is not closed\n"
                "! json-syntax 4:11 line is not valid JSON: a name in quotes was expected\n"
                "! json-no-object 5:1 row is no object\n"
                "= 1 6 4 JSON lines, UTF-8\n");
}

static void what_the_grammar_refuses(void **state)
{
    static const struct {
        const char *line;
        const char *said;
    } cases[] = {
        {"{\"a\":01}\n", "! json-syntax 1:7 "},
        {"{\"a\":+1}\n", "! json-syntax 1:6 "},
        {"{\"a\":.5}\n", "! json-syntax 1:6 "},
        {"{\"a\":1.}\n", "! json-syntax 1:8 "},
        {"{\"a\":1e}\n", "! json-syntax 1:8 "},
        {"{\"a\":-}\n", "! json-syntax 1:7 "},
        {"{\"a\":0x1}\n", "! json-syntax 1:7 "},
        {"{\"a\":NaN}\n", "! json-syntax 1:6 "},
        {"{\"a\":Infinity}\n", "! json-syntax 1:6 "},
        {"{\"a\":True}\n", "! json-syntax 1:6 "},
        {"{\"a\":nul}\n", "! json-syntax 1:6 "},
        {"{\"a\":nulll}\n", "! json-syntax 1:10 "},
        {"{\"a\":'x'}\n", "! json-syntax 1:6 "},
        {"{'a':1}\n", "! json-syntax 1:2 "},
        {"{a:1}\n", "! json-syntax 1:2 "},
        {"{\"a\" 1}\n", "! json-syntax 1:6 "},
        {"{\"a\":}\n", "! json-syntax 1:6 "},
        {"{\"a\":1 \"b\":2}\n", "! json-syntax 1:8 "},
        {"{\"a\":1,,\"b\":2}\n", "! json-syntax 1:8 "},
        {"{,\"a\":1}\n", "! json-syntax 1:2 "},
        {"{\"a\":[1,]}\n", "! json-syntax 1:9 "},
        {"{\"a\":[,1]}\n", "! json-syntax 1:7 "},
        {"{\"a\":[1 2]}\n", "! json-syntax 1:9 "},
        {"{\"a\":[1}\n", "! json-syntax 1:8 "},
        {"{\"a\":{1]}\n", "! json-syntax 1:7 "},
        {"{\"a\":1]\n", "! json-syntax 1:7 "},
        {"{\"a\":1}}\n", "! json-syntax 1:8 "},
        {"{\"a\":1}{}\n", "! json-syntax 1:8 "},
        {"{\"a\":1}#\n", "! json-syntax 1:8 "},
        {"{\"a\":1/*c*/}\n", "! json-syntax 1:7 "},
        {"{\"a\":\"x}\n", "! json-syntax 1:6 "},
        {"{\"a\":\"x\ty\"}\n", "! json-syntax 1:8 "},
        {"{\"a\":\"\x01\"}\n", "! json-syntax 1:7 "},
        {"{\"a\":\"\\q\"}\n", "! json-syntax 1:7 "},
        {"{\"a\":\"\\u12g4\"}\n", "! json-syntax 1:7 "},
        {"{\"a\":\"\\u12\"}\n", "! json-syntax 1:7 "},
        {"{\"a\":\"\\", "! json-syntax 1:6 "},
        {"{", "! json-syntax 1:2 "},
        {"{\"a\":\"\\ud800\"}\n", "! json-character 1:7 "},
        {"{\"a\":\"\\udc00\"}\n", "! json-character 1:7 "},
        {"{\"a\":\"\\ud800\\ud800\"}\n", "! json-character 1:7 "},
        {"{\"a\":\"\\ud800x\\u0041\\u0041\"}\n", "! json-character 1:7 "},
        {"{\"b\":\"\\u0000\"}\n", "! json-character 1:7 "},
        {"{\"a\":\"\xff\"}\n", "! json-encoding 1:7 "},
        {"{\"b\":\"\xc0\xaf\"}\n", "! json-encoding 1:7 "},
        {"{\"b\":\"\xed\xa0\x80\"}\n", "! json-encoding 1:7 "},
        {"{\"b\":\"\xf4\x90\x80\x80\"}\n", "! json-encoding 1:7 "},
        {"{\"b\":\"\xe2\x82\"}\n", "! json-encoding 1:7 "},
        {"{\"\xff\":1}\n", "! json-encoding 1:3 "},
        {"{\"a\":1,\"a\":1}\n", "! json-key-twice 1:8 "},
        {"{\"b\":1,\"c\":2,\"\\u0062\":1}\n", "! json-key-twice 1:14 "},
        {"{\"x\":[{\"b\":1,\"b\":2}]}\n", "! json-key-twice 1:14 "},
        {"\"a\"\n", "! json-no-object 1:1 "},
        {"  12\n", "! json-no-object 1:3 "},
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        const char *said = refused(cases[i].line);

        if (strncmp(said, cases[i].said, strlen(cases[i].said)) != 0)
            fail_msg("%s gave %s", cases[i].line, said);
        assert_non_null(strstr(said, "= 1 1 1 "));
    }
}

/* Half a pair at the very end of the text is no reason to wait for more. */
static void names_twice_are_found_in_the_second_object_as_well(void **state)
{
    (void)state;
    check_lines("{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":2,\"a\":3}\n{\"a\":{\"x\":1},\"b\":{\"x\":2}}\n",
                "b",
                "1@0|2\n3@34|\n"
                "! json-key-twice 2:14 name stands twice in an object\n"
                "= 1 3 1 JSON lines, UTF-8\n");
}

/* What was remembered of a member without a comma is no leave to go without one. */
static void commas_are_asked_for_whatever_came_before(void **state)
{
    (void)state;
    check_lines("{\"a\":1}\n{\"b\":2}\n{\"a\":3\"b\":4}\n{\"a\":5,\"b\":6}\n{,\"a\":7}\n", "a,b",
                "1@0|1|-\n2@8|-|2\n4@29|5|6\n"
                "! json-syntax 3:7 line is not valid JSON: a comma or '}' was expected\n"
                "! json-syntax 5:2 line is not valid JSON: a name in quotes was expected\n"
                "= 1 5 2 JSON lines, UTF-8\n");
    check_lines("{\"\xff\":1}\n{\"\xff\":1}\n", "a",
                "! json-encoding 1:3 bytes that are no UTF-8\n"
                "! json-encoding 2:3 bytes that are no UTF-8\n"
                "= 1 2 2 JSON lines, UTF-8\n");
}

static void nesting_has_an_end(void **state)
{
    struct buf text;
    struct buf wanted;
    size_t depth;

    (void)state;
    for (depth = 198; depth <= 200; depth++) {
        buf_init(&text, 1u << 20);
        buf_init(&wanted, 1u << 20);
        buf_add_text(&text, "{\"a\":");
        for (size_t i = 0; i < depth; i++)
            buf_add_char(&text, '[');
        for (size_t i = 0; i < depth; i++)
            buf_add_char(&text, ']');
        buf_add_text(&text, "}\n{\"a\":1}\n");
        if (depth < 200)
            buf_printf(&wanted, "1@0|\n2@%zu|1\n= 1 2 0 JSON lines, UTF-8\n", depth * 2 + 7);
        else
            buf_printf(&wanted,
                       "2@%zu|1\n! json-depth 1:205 objects are nested too deeply\n"
                       "= 1 2 1 JSON lines, UTF-8\n",
                       depth * 2 + 7);
        check_lines(text.bytes, "a", wanted.bytes);
        buf_done(&wanted);
        buf_done(&text);
    }
}

static void rows_and_strings_have_a_largest_size(void **state)
{
    static const size_t sizes[] = {(1 << 20) + 1, 17 << 20};
    static const char *const said[] = {"a string of more than 1 MiB", "a line of more than 16 MiB"};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(sizes); i++) {
        struct reader_text_job job = {.kind = "json-lines", .wants = "a"};
        struct buf text;
        struct buf out;
        char *room = mem_alloc(sizes[i], 1);

        memset(room, 'x', sizes[i]);
        buf_init(&text, 1u << 26);
        buf_init(&out, 1u << 20);
        buf_add_text(&text, "{\"b\":\"");
        buf_add(&text, (struct str){room, sizes[i]});
        buf_add_text(&text, "\"}\n{\"a\":1}\n");
        job.bytes = buf_str(&text);
        reader_text(&job, &out);
        assert_non_null(strstr(out.bytes, "! json-too-large 1:"));
        assert_non_null(strstr(out.bytes, said[i]));
        assert_non_null(strstr(out.bytes, "= 1 2 1 "));
        assert_non_null(strstr(out.bytes, "2@"));
        buf_done(&out);
        buf_done(&text);
        mem_free(room);
    }
}

/* --- documents --- */

static void rows_at_the_top_and_in_an_array(void **state)
{
    (void)state;
    check_json("{\"a\":1}\n{\n \"a\": 2\n}{\"a\":3}", "a", NULL,
               "1@0|1\n2@8|2\n4@19|3\n= 1 3 0 JSON, UTF-8\n");
    check_json("[{\"a\":1},\n {\"a\":2}, {}]\n", "a", NULL,
               "1@1|1\n2@11|2\n2@20|-\n= 1 3 0 JSON, UTF-8\n");
    check_json("[]", "a", NULL, "= 1 0 0 JSON, UTF-8\n");
    check_json("[{\"a\":1},7,[{\"a\":2}],null]", "a", NULL,
               "1@1|1\n! json-no-object 1:10 row is no object\n"
               "! json-no-object 1:12 row is no object\n"
               "! json-no-object 1:22 row is no object\n"
               "= 1 4 3 JSON, UTF-8\n");
}

static void rows_at_a_path(void **state)
{
    (void)state;
    check_json("{\"count\":2,\"skip\":{\"result\":[{\"a\":9}],\"x\":[1,\"]\",{}]},"
               "\"result\":[{\"a\":1},{\"a\":2}],\"next\":null}\n{\"result\":{\"a\":3}}",
               "a", "result", "1@64|1\n1@72|2\n2@104|3\n= 1 3 0 JSON, UTF-8\n");
    check_json("[{\"d\":{\"v\":[{\"a\":1}]}},{\"d\":{\"v\":[]}}]", "a", "d.v",
               "1@12|1\n= 1 1 0 JSON, UTF-8\n");
    check_json("{\"issues\":[{\"a\":1}]}{\"values\":[{\"a\":2}]}", "a", "issues|values",
               "1@11|1\n1@31|2\n= 1 2 0 JSON, UTF-8\n");
    check_json("{\"a\":{\"b\":[0,{\"c\":[{\"a\":1}]}]}}", "a", "/a/b/1/c",
               "1@19|1\n= 1 1 0 JSON, UTF-8\n");
}

/* "!a" is a column that no row may lack. */
static void rows_out_of_their_pages_are_rows(void **state)
{
    (void)state;
    check_json("{\"a\":1,\"b\":[2,{\"c\":\"}\"}]}\n{\"b\":3, \"a\":null}\n"
               "{\"result\":[{\"a\":4}]}\n"
               "{\"a\":5,\"result\":[{\"a\":6}],\"x\":1}\n{\"b\":7}\n{}", "!a", "result",
               "1@0|1\n2@26|\n3@55|4\n4@82|6\n! json-no-rows 5:1 document without rows\n"
               "! json-no-rows 6:1 document without rows\n= 1 6 2 JSON, UTF-8\n");
    check_json("[{\"a\":1},{\"b\":0,\"a\":2} , {\"result\":{\"a\":3}}]", "!a", "result",
               "1@1|1\n1@9|2\n1@35|3\n= 1 3 0 JSON, UTF-8\n");
    check_json("{\"a\":1,\"a\":2}{\"a\":\"\\ud800\"}{\"a\":3}", "!a", "result",
               "1@27|3\n! json-key-twice 1:8 name stands twice in an object\n"
               "! json-character 1:20 escape stands for no character: half of a surrogate pair\n"
               "= 1 3 2 JSON, UTF-8\n");
    check_json("{\"a\":1}\n{\"a\":1]}", "!a", "result",
               "1@0|1\n! json-broken 2:7 JSON is broken: a comma or '}' was expected\n"
               "= -5 1 0 JSON, UTF-8\n");
    check_json("{\"a\":1}\n{\"a\":1", "!a", "result",
               "1@0|1\n! json-broken 2:7 JSON is broken: the data end inside a document\n"
               "= -5 1 0 JSON, UTF-8\n");
}

static void a_document_without_rows_counts(void **state)
{
    (void)state;
    check_json("{\"result\":[{\"a\":1}]}\n {\"error\":{\"message\":\"no\"}}\n7", "a", "result",
               "1@11|1\n! json-no-rows 2:2 document without rows\n"
               "! json-no-object 3:1 row is no object\n= 1 3 2 JSON, UTF-8\n");
}

static void a_row_whose_end_is_known_is_lost_alone(void **state)
{
    (void)state;
    check_json("[{\"a\":\"\\ud800\"},\n{\"a\":\"\xff\"},{\"a\":1,\"a\":2},{\"a\":3}]", "a", NULL,
               "2@41|3\n! json-character 1:8 escape stands for no character: half of a surrogate "
               "pair\n! json-encoding 2:7 bytes that are no UTF-8\n"
               "! json-key-twice 2:18 name stands twice in an object\n= 1 4 3 JSON, UTF-8\n");
}

static void a_broken_document_ends_the_reading(void **state)
{
    (void)state;
    check_json("[{\"a\":1}{\"a\":2}]", "a", NULL,
               "1@1|1\n! json-broken 1:9 JSON is broken: a comma or ']' was expected\n"
               "= -5 1 0 JSON, UTF-8\n");
    check_json("[{\"a\":1},\n{\"a\":tru}]", "a", NULL,
               "1@1|1\n! json-broken 2:6 JSON is broken: a value was expected\n"
               "= -5 1 0 JSON, UTF-8\n");
}

/* Not a row that is no object as well: it is no value. */
static void what_is_no_value_is_told_once(void **state)
{
    (void)state;
    check_json("{\"result\":[{\"a\":1}]}\ngarbage", "a", "result",
               "1@11|1\n! json-broken 2:1 JSON is broken: a value was expected\n"
               "= -5 1 0 JSON, UTF-8\n");
    check_json("[{\"a\":1}, nothing]", "a", NULL,
               "1@1|1\n! json-broken 1:11 JSON is broken: a value was expected\n"
               "= -5 1 0 JSON, UTF-8\n");
    check_json("[{\"a\":1}, \"text\", -1]", "a", NULL,
               "1@1|1\n! json-no-object 1:11 row is no object\n"
               "! json-no-object 1:19 row is no object\n= 1 3 2 JSON, UTF-8\n");
}

static void data_that_end_early_are_told(void **state)
{
    (void)state;
    check_json("{\"a\":1}\n{\"a\":2", "a", NULL,
               "1@0|1\n! json-broken 2:7 JSON is broken: the object is not closed\n"
               "= -5 1 0 JSON, UTF-8\n");
}

/* --- memory --- */

static void memory_that_runs_out_is_told(void **state)
{
    static const char text[] = "{\"a\":\"\\u0041\",\"b\":[\"x\",\"y\"],\"c\":[104,255]}\n{\"d\":1}\nx\n";
    unsigned long nth;

    (void)state;
    for (nth = 1;; nth++) {
        struct reader_text_wants parsed;
        struct reader_options options = {.has_byte_arrays = true};
        struct source *source = NULL;
        struct rowset *rowset = NULL;
        struct row_batch batch;
        struct diag diag;
        enum status status;
        bool has_failed;

        diag_init(&diag);
        reader_text_parse(STR("a,b,c,d"), &parsed);
        assert_int_equal(source_open_memory(STR("t"), str_of(text), &diag, &source), STATUS_OK);
        mem_fail_at(nth);
        status = reader_find(nth % 2 ? STR("json-lines") : STR("json"))
                     ->open(source, &options, parsed.wants, parsed.count, &diag, &rowset);
        while (status == STATUS_OK)
            status = rowset_next(rowset, &batch);
        has_failed = mem_count() >= nth;
        mem_fail_at(0);
        if (has_failed)
            assert_true(status == STATUS_MEMORY || diag.lost || status == STATUS_END ||
                        status == STATUS_INVALID);
        if (status == STATUS_MEMORY)
            assert_true(diag.by_severity[SEVERITY_FATAL] == 1);
        rowset_close(rowset);
        source_close(source);
        diag_done(&diag);
        if (!has_failed && nth % 2)
            break;
    }
    assert_true(nth > 10);
}

/* --- bids --- */

static void readers_bid_for_their_own(void **state)
{
    const struct reader_kind *lines = reader_find(STR("json-lines"));
    const struct reader_kind *json = reader_find(STR("json"));
    const struct reader_kind *table = reader_find(STR("delimited"));

    (void)state;
    assert_true(lines->bid(STR("{\"a\":1}\n{\"a\":2}\n")) > json->bid(STR("{\"a\":1}\n{\"a\":2}\n")));
    assert_true(json->bid(STR("{\n \"a\":1\n}\n")) > lines->bid(STR("{\n \"a\":1\n}\n")));
    assert_true(json->bid(STR("[{\"a\":1}]")) > table->bid(STR("[{\"a\":1}]")));
    assert_int_equal(json->bid(STR("a,b\n1,2\n")), 0);
    assert_int_equal(lines->bid(STR("a,b\n1,2\n")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_keep_their_letters),
        cmocka_unit_test(escapes_become_what_they_stand_for),
        cmocka_unit_test(blanks_and_empty_lines_do_not_count),
        cmocka_unit_test(a_byte_order_mark_is_no_text),
        cmocka_unit_test(utf16_is_read),
        cmocka_unit_test(names_go_into_objects_and_through_arrays),
        cmocka_unit_test(a_dot_may_be_of_the_name),
        cmocka_unit_test(pointers_have_escapes_of_their_own),
        cmocka_unit_test(the_first_name_with_a_value),
        cmocka_unit_test(nothing_that_is_said_is_empty),
        cmocka_unit_test(order_of_members_does_not_matter),
        cmocka_unit_test(names_differ_by_any_letter),
        cmocka_unit_test(many_members_are_told_apart),
        cmocka_unit_test(bytes_as_numbers_are_text_where_the_map_says_so),
        cmocka_unit_test(a_bad_line_is_lost_alone),
        cmocka_unit_test(what_the_grammar_refuses),
        cmocka_unit_test(names_twice_are_found_in_the_second_object_as_well),
        cmocka_unit_test(commas_are_asked_for_whatever_came_before),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(rows_and_strings_have_a_largest_size),
        cmocka_unit_test(rows_at_the_top_and_in_an_array),
        cmocka_unit_test(rows_at_a_path),
        cmocka_unit_test(rows_out_of_their_pages_are_rows),
        cmocka_unit_test(a_document_without_rows_counts),
        cmocka_unit_test(a_row_whose_end_is_known_is_lost_alone),
        cmocka_unit_test(a_broken_document_ends_the_reading),
        cmocka_unit_test(what_is_no_value_is_told_once),
        cmocka_unit_test(data_that_end_early_are_told),
        cmocka_unit_test(memory_that_runs_out_is_told),
        cmocka_unit_test(readers_bid_for_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
