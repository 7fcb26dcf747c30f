/* Event logs: which events become rows, with what cells, and what is said of the others. */
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/mem.h"
#include "reader_text.h"
#include "xml/xml.h"

static const char wants[] = "case:concept:name,concept:name,time:timestamp";

static void check_wants(const char *text, const char *names, const char *wanted)
{
    static const size_t blocks[] = {0, 1, 2, 7, 64, 100};
    size_t i;

    for (i = 0; i < ARRAY_LEN(blocks); i++) {
        struct reader_text_job job = {"xes",           str_of(text), names, 0,
                                      ENCODING_DETECT, blocks[i],    false};
        struct buf out;

        buf_init(&out, 1u << 24);
        reader_text(&job, &out);
        assert_string_equal(out.bytes, wanted);
        buf_done(&out);
    }
}

static void check(const char *text, const char *wanted)
{
    check_wants(text, wants, wanted);
}

static void events_become_rows(void **state)
{
    (void)state;
    check("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<log xes.version=\"1849.2016\" xmlns=\"http://www.xes-standard.org/\">\n"
          "<extension name=\"Concept\" prefix=\"concept\" uri=\"http://x/concept.xesext\"/>\n"
          "<global scope=\"event\"><string key=\"concept:name\" value=\"none\"/></global>\n"
          "<classifier name=\"c\" keys=\"concept:name\"/>\n"
          "<string key=\"concept:name\" value=\"of the log\"><string key=\"x\" "
          "value=\"y\"/></string>\n"
          "<trace>\n"
          " <string key=\"concept:name\" value=\"case 1\"/>\n"
          " <event><string key=\"concept:name\" value=\"open &amp; &#38; &quot;x&quot;\"/>\n"
          "  <date key=\"time:timestamp\" value=\"2024-03-31T01:59:59.123+01:00\"/></event>\n"
          " <event><string key=\"concept:name\" value='close'/></event>\n"
          "</trace>\n"
          "<trace><string key=\"concept:name\" value=\"empty\"/></trace>\n"
          "</log>\n",
          "9@434|case 1|open & & \"x\"|2024-03-31T01:59:59.123+01:00\n"
          "11@587|case 1|close|-\n"
          "13@654*|empty|-|-\n"
          "= 1 2 0 XES 1849.2016\n");
}

static void attributes_of_a_trace_behind_its_events(void **state)
{
    (void)state;
    check("<log><trace><event><string key='concept:name' value='a'/></event>"
          "<string key='concept:name' value='late'/></trace></log>",
          "1@12|late|a|-\n= 1 1 0 XES\n");
}

static void nested_attributes_are_not_the_event_s(void **state)
{
    (void)state;
    check("<log><trace><event><string key='x' value='1'><string key='concept:name' value='inner'/>"
          "</string><list key='l'><values><string key='concept:name' value='of list'/></values>"
          "</list><container key='c'><string key='concept:name' value='of container'/></container>"
          "</event></trace></log>",
          "1@12|-|-|-\n= 1 1 0 XES\n");
}

static void the_first_name_that_is_there(void **state)
{
    (void)state;
    check_wants("<log><trace><string key='r' value='of trace'/>"
                "<event><string key='b' value='2'/><string key='a' value='1'/></event>"
                "<event><string key='b' value='2'/></event><event/></trace></log>",
                "a|b|case:r,case:r|b",
                "1@46|1|of trace\n1@115|2|of trace\n1@157|of trace|of trace\n= 1 3 0 XES\n");
}

static void wrong_values_reject_their_event(void **state)
{
    (void)state;
    check("<log><trace>\n"
          "<event><int key='n' value='0.0'/></event>\n"
          "<event><float key='n' value='1,5'/><date key='d' value='x'/></event>\n"
          "<event><date key='d' value='2023-02-29T00:00:00Z'/></event>\n"
          "<event><boolean key='b' value='yes'/></event>\n"
          "<event><id key='i' value='No ID'/></event>\n"
          "<event><string value='1'/></event>\n"
          "<event><string key='1'/></event>\n"
          "<event><string key='concept:name' value='1'/><string key='concept:name' "
          "value='1'/></event>\n"
          "<event><what/></event>\n"
          "<event><string key='concept:name' value='good'/></event>\n"
          "</trace></log>",
          "11@456|-|good|-\n"
          "! xes-value 2:8 value is not of its type: '0.0' of 'n' is no int\n"
          "! xes-value 3:8 value is not of its type: '1,5' of 'n' is no float\n"
          "! xes-value 3:36 value is not of its type: 'x' of 'd' is no date\n"
          "! xes-value 4:8 value is not of its type: '2023-02-29T00:00:00Z' of 'd' is no date\n"
          "! xes-value 5:8 value is not of its type: 'yes' of 'b' is no boolean\n"
          "! xes-value 6:8 value is not of its type: 'No ID' of 'i' is no id\n"
          "! xes-value 7:8 value is not of its type: <string> without key\n"
          "! xes-value 8:8 value is not of its type: <string> without value\n"
          "! xes-key-twice 9:46 key stands twice: 'concept:name'\n"
          "! xes-element 10:8 element is unknown: <what>\n"
          "= 1 10 9 XES\n");
}

static void values_of_every_type(void **state)
{
    (void)state;
    check_wants("<log><trace><event><int key='i' value='-12'/><float key='f' value='1.5e3'/>"
                "<float key='g' value='NaN'/><float key='h' value='-INF'/>"
                "<boolean key='b' value='true'/><id key='d' value='a-1'/>"
                "<date key='t' value=' 2020-02-29T23:59:59 '/><date key='u' "
                "value='2020-01-01T00:00:00.1234567+0530'/></event></trace></log>",
                "i,f,g,h,b,d,t,u",
                "1@12|-12|1.5e3|NaN|-INF|true|a-1|2020-02-29T23:59:59|"
                "2020-01-01T00:00:00.1234567+0530\n= 1 1 0 XES\n");
}

static void wrong_value_of_a_trace_rejects_its_events(void **state)
{
    (void)state;
    check("<log><trace><int key='n' value='x'/><event/><event/></trace>\n"
          "<trace><event/><date key='d' value=''/></trace><trace><event/></trace></log>",
          "2@115|-|-|-\n"
          "! xes-value 1:13 value is not of its type: 'x' of 'n' is no int\n"
          "! xes-value 2:16 value is not of its type: '' of 'd' is no date\n"
          "= 1 4 3 XES\n");
}

/* A case whose events were all rejected is a case still. */
static void a_case_without_good_events(void **state)
{
    (void)state;
    check("<log><trace><string key='concept:name' value='c'/>"
          "<event><int key='n' value='x'/></event></trace></log>",
          "1@5*|c|-|-\n"
          "! xes-value 1:58 value is not of its type: 'x' of 'n' is no int\n"
          "= 1 1 1 XES\n");
}

static void events_outside_traces_are_said_and_left_out(void **state)
{
    (void)state;
    check(
        "<log><trace><event/></trace>\n<event><string key='concept:name' value='a'/></event></log>",
        "1@12|-|-|-\n! xes-no-trace 2:1 event stands outside a trace\n= 1 1 0 XES\n");
}

static void header_faults_concern_no_row(void **state)
{
    (void)state;
    check(
        "<log><trace><event/></trace>\n<extension/><string key='k'/><boolean key='b' value='x'/>"
        "<classifier name='c'/><other/></log>",
        "1@12|-|-|-\n"
        "! xes-header 2:1 header of the log is not as it should be: <extension> comes too late\n"
        "! xes-header 2:1 header of the log is not as it should be: <extension> without name\n"
        "! xes-header 2:13 header of the log is not as it should be: <string> comes too late\n"
        "! xes-header 2:13 header of the log is not as it should be: <string> without value\n"
        "! xes-header 2:30 header of the log is not as it should be: <boolean> comes too late\n"
        "! xes-header 2:30 header of the log is not as it should be: 'x' of 'b' is no boolean\n"
        "! xes-header 2:58 header of the log is not as it should be: <classifier> comes too late\n"
        "! xes-header 2:58 header of the log is not as it should be: <classifier> without keys\n"
        "! xes-header 2:80 header of the log is not as it should be: <other> is unknown\n"
        "= 1 1 0 XES\n");
}

static void nesting_that_makes_no_sense_ends_the_reading(void **state)
{
    static const char *const inner[] = {
        "<trace><event><event/></event></trace>",
        "<trace><trace/></trace>",
        "<trace><event><trace/></event></trace>",
        "<trace><event><string key='a' value='b'><event/></string></event></trace>",
        "<trace><string key='a' value='b'><event/></string></trace>",
        "<string key='a' value='b'><trace/></string>",
        "<global><event/></global>",
        "<log/>",
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(inner); i++) {
        char text[200];
        struct buf out;

        snprintf(text, sizeof text, "<log>%s</log>", inner[i]);
        buf_init(&out, 10000);
        reader_text(
            &(struct reader_text_job){"xes", str_of(text), wants, 0, ENCODING_DETECT, 0, false},
            &out);
        assert_non_null(strstr(out.bytes, "! xes-structure 1:"));
        assert_non_null(strstr(out.bytes, "= -5 "));
        buf_done(&out);
    }
    check(
        "<html><body/></html>",
        "! xes-structure 1:1 element where none may stand: <html> is not the root of an event log, "
        "<log>\n= -5 0 0 XES\n");
}

static void other_files(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 10000);
    reader_text(
        &(struct reader_text_job){"xes", STR("a,b\n1,2\n"), wants, 0, ENCODING_DETECT, 0, false},
        &out);
    assert_string_equal(
        out.bytes, "! source-kind 1:1 file is not of the expected kind: an event log in XES was "
                   "expected, and this looks like delimited text\n= -5 0 0 XES\n");
    buf_done(&out);
    check("", "! source-empty 0:0 file is empty\n= 1 0 0 XES\n");
    check("<!DOCTYPE log [<!ENTITY a \"b\">]>\n<log/>",
          "! xml-doctype 1:1 DOCTYPE is refused\n= -5 0 0 XES\n");
}

static void foreign_namespaces_are_no_events(void **state)
{
    (void)state;
    check("<log xmlns='http://www.xes-standard.org/' xmlns:o='urn:o'><trace><event/>"
          "<o:event/></trace></log>",
          "! xes-element 1:74 element is unknown: <event>\n= 1 1 1 XES\n");
}

/* Every prefix of a log is refused or, where the file is known to be cut, read as far as it goes.
 */
static void every_prefix_is_refused(void **state)
{
    static const char text[] =
        "<?xml version='1.0'?><!-- a - comment <event/> --><log><?pi <event/> ?>"
        "<trace><string key='concept:name' value='c>1'/><event><string key='concept:name' "
        "value='a'/></event><![CDATA[<event/>]]></trace></log>";
    char both[2][sizeof text];
    size_t len;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof text; i++) {
        both[0][i] = text[i];
        both[1][i] = text[i] == '\'' ? '"' : text[i];
    }
    for (len = 2; len < 2 * (sizeof text - 1); len++) {
        struct str cut = {both[len & 1], len / 2};
        struct buf out;

        buf_init(&out, 10000);
        reader_text(
            &(struct reader_text_job){"xes", cut, wants, 0, ENCODING_DETECT, 1 + len % 7, false},
            &out);
        assert_non_null(strstr(out.bytes, "= -5 "));
        buf_done(&out);
    }
    check(both[0], "1@118|c>1|a|-\n= 1 1 0 XES\n");
    check(both[1], "1@118|c>1|a|-\n= 1 1 0 XES\n");
}

/* One gzip member by zlib. */
static struct str gzip_of(struct str plain, char *room, size_t size)
{
    z_stream z;

    memset(&z, 0, sizeof z);
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)plain.ptr;
    z.avail_in = (uInt)plain.len;
    z.next_out = (Bytef *)room;
    z.avail_out = (uInt)size;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size -= z.avail_out;
    deflateEnd(&z);
    return (struct str){room, size};
}

/* What a cut file still holds is used; an event that the cut goes through is not. */
static void cut_files_give_whole_events(void **state)
{
    static const char text[] =
        "<log><trace><string key='concept:name' value='c'/><event><string key='concept:name' "
        "value='first'/></event><event><string key='concept:name' value='second'/></event><event>"
        "<string key='concept:name' value='third'/></event></trace></log>";
    char room[1000];
    struct str packed = gzip_of(STR(text), room, sizeof room);
    bool seen[4] = {false, false, false, false};
    bool seen_cut = false;
    size_t cut;

    (void)state;
    for (cut = 12; cut < packed.len; cut++) {
        static const char *const names[] = {"|c|first|-\n", "|c|second|-\n", "|c|third|-\n"};
        size_t found = 0;
        struct buf out;

        buf_init(&out, 10000);
        reader_text(
            &(struct reader_text_job){
                "xes", {packed.ptr, cut}, wants, 0, ENCODING_DETECT, 0, false},
            &out);
        assert_non_null(strstr(out.bytes, "! source-truncated "));
        assert_non_null(strstr(out.bytes, "= 1 "));
        while (found < 3 && strstr(out.bytes, names[found]))
            found++;
        seen[found] = true;
        if (strstr(out.bytes, "! xes-cut 1:0 event is cut off by the end of the data\n"))
            seen_cut = true;
        buf_done(&out);
    }
    assert_true(seen[0] && seen[3] && seen_cut);
}

/* How far lines were counted. */
struct counted {
    uint64_t offset;
    uint64_t line;
};

/* The offset of a row is where "<event" or "<trace" stands, the line too; rows come in order. */
static void check_place(struct str text, const struct row_batch *batch, size_t r,
                        struct counted *counted)
{
    const char *tag = batch->is_case_only[r] ? "<trace" : "<event";

    assert_true(batch->offsets[r] + 6 <= text.len);
    assert_memory_equal(text.ptr + batch->offsets[r], tag, 6);
    assert_true(batch->offsets[r] > counted->offset);
    for (; counted->offset < batch->offsets[r]; counted->offset++)
        counted->line += text.ptr[counted->offset] == '\n';
    assert_int_equal(batch->lines[r], counted->line);
}

static void places_are_exact(void **state)
{
    static const size_t blocks[] = {0, 3, 61, 4099};
    struct buf text;
    size_t i;

    (void)state;
    buf_init(&text, 1u << 24);
    buf_add_text(&text, "\xef\xbb\xbf<?xml version='1.0'?>\n<log>\n");
    for (i = 0; i < 3000; i++) {
        buf_printf(&text,
                   "<trace><!-- %zu <event> -->\n<string\n key='concept:name' value='\xc3\xa8 > "
                   "\n%zu'/>",
                   i, i * i);
        if (i % 3)
            buf_printf(&text, "<event>%.*s<string key='x' value='%0*zu'/></event>", (int)(i % 7),
                       "\n\n  \n\n ", (int)(i % 300) + 1, i);
        buf_add_text(&text, "<![CDATA[<event> ]] > <event>]]><?x <event>?></trace>\n");
    }
    buf_add_text(&text, "</log>");
    for (i = 0; i < ARRAY_LEN(blocks); i++) {
        struct reader_options options = {.encoding = ENCODING_DETECT};
        struct reader_text_wants parsed;
        struct rowset *rowset;
        struct source *source;
        struct row_batch batch;
        struct diag diag;
        struct counted counted = {0, 1};
        size_t rows = 0;

        diag_init(&diag);
        reader_text_parse(str_of(wants), &parsed);
        assert_int_equal(source_open_memory(STR("t"), buf_str(&text), &diag, &source), STATUS_OK);
        if (blocks[i])
            source_set_block(source, blocks[i]);
        assert_int_equal(reader_find(STR("xes"))
                             ->open(source, &options, parsed.wants, parsed.count, &diag, &rowset),
                         STATUS_OK);
        while (rowset_next(rowset, &batch) == STATUS_OK)
            for (size_t r = 0; r < batch.count; r++, rows++)
                check_place(buf_str(&text), &batch, r, &counted);
        assert_int_equal(diag.count, 0);
        assert_int_equal(rows, 3000);
        rowset_close(rowset);
        source_close(source);
        diag_done(&diag);
    }
    buf_done(&text);
}

/* --- the short way for simple tags against the parser --- */

static uint32_t next_number(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void put_attribute(uint64_t *seed, struct buf *text, unsigned depth)
{
    static const char *const types[] = {"string", "string", "string", "int",  "date",
                                        "float",  "list",   "what",   "event"};
    static const char *const keys[] = {"concept:name", "time:timestamp", "other", "x y",
                                       "\xc3\xa8"};
    static const char *const values[] = {"plain",
                                         "12",
                                         "2024-01-01T00:00:00Z",
                                         "a > b / c",
                                         "&amp;&#38;&lt;",
                                         "",
                                         "\xc3\xa8\xf0\x9f\x98\x80",
                                         "tab\there",
                                         "it is = a 'b'",
                                         "a value that is longer than sixteen bytes, by far"};
    const char *type = types[next_number(seed) % (depth ? 6 : ARRAY_LEN(types) - 1)];
    const char *value = values[next_number(seed) % ARRAY_LEN(values)];
    unsigned form = next_number(seed) % 12;

    /* " stands for the quotes that one version of the text writes differently */
    if (form == 0)
        buf_printf(text, "<%s value=\"%s\" key=\"k\"/>", type, strchr(value, '\'') ? "" : value);
    else if (form == 1)
        buf_printf(text, "<%s key=\"k\" value=\"v\" more=\"m\" />", type);
    else if (form == 2)
        buf_printf(text, "<%s key=\"n\" value=\"v\"></%s>", type, type);
    else
        buf_printf(text, "<%s key=\"%s\" value=\"%s\"%s/>", type,
                   keys[next_number(seed) % ARRAY_LEN(keys)], strchr(value, '\'') ? "" : value,
                   form == 3 ? " " : "");
    if (form == 4)
        buf_add_text(text, "<!-- <string key=\"concept:name\" value=\"no\"/> -->");
    if (form == 5)
        buf_add_text(text, "<![CDATA[<string key=\"concept:name\" value=\"no\"/>]]>");
    if (form == 6)
        buf_add_text(text, "<?p <string key=\"concept:name\" value=\"no\"/>?>");
    if (form == 7 && depth < 3) {
        buf_add_text(text, "<container key=\"c\">");
        put_attribute(seed, text, depth + 1);
        buf_add_text(text, "</container>");
    }
    if (form == 8 && depth < 3) {
        buf_add_text(text, "<container key=\"d\" xmlns=\"urn:other\">");
        put_attribute(seed, text, depth + 1);
        buf_add_text(text, "</container>");
    }
    buf_add_text(text, next_number(seed) % 2 ? "\n  " : "");
}

static void put_log(uint64_t *seed, struct buf *text)
{
    unsigned traces = next_number(seed) % 12;

    buf_add_text(text,
                 next_number(seed) % 2 ? "<log xmlns=\"http://www.xes-standard.org/\">" : "<log>");
    while (traces--) {
        unsigned events = next_number(seed) % 8;

        buf_add_text(text, "<trace>");
        put_attribute(seed, text, 0);
        while (events--) {
            unsigned attributes = next_number(seed) % 6;

            if (attributes == 0 && next_number(seed) % 2) {
                buf_add_text(text, "<event/>");
                continue;
            }
            buf_add_text(text, "<event>");
            while (attributes--)
                put_attribute(seed, text, 0);
            buf_add_text(text, "</event>");
        }
        if (next_number(seed) % 4 == 0)
            put_attribute(seed, text, 0);
        buf_add_text(text, "</trace>\n");
    }
    buf_add_text(text, "</log>\n");
}

static void simple_tags_read_as_the_parser_reads_them(void **state)
{
    uint64_t seed = 3;
    unsigned round;

    (void)state;
    for (round = 0; round < 300; round++) {
        const size_t blocks[] = {0, 1 + next_number(&seed) % 200};
        struct buf text;
        struct buf by_parser;
        size_t i;

        buf_init(&text, 1u << 20);
        buf_init(&by_parser, 1u << 20);
        put_log(&seed, &text);
        for (i = 0; i < ARRAY_LEN(blocks); i++) {
            struct reader_text_job job = {"xes",           buf_str(&text), wants, 0,
                                          ENCODING_DETECT, blocks[i],      false};
            struct buf out;

            buf_init(&out, 1u << 20);
            reader_text(&job, &out);
            if (i == 0) {
                struct buf single;
                size_t k;

                buf_init(&single, 1u << 20);
                buf_add(&single, buf_str(&text));
                for (k = 0; k < single.len; k++)
                    single.bytes[k] = single.bytes[k] == '"' ? '\'' : single.bytes[k];
                job.bytes = buf_str(&single);
                reader_text(&job, &by_parser);
                buf_done(&single);
            }
            assert_string_equal(out.bytes, by_parser.bytes);
            buf_done(&out);
        }
        buf_done(&text);
        buf_done(&by_parser);
    }
}

static void simple_tags_where_none_may_stand(void **state)
{
    (void)state;
    check("<log></log><string key=\"a\" value=\"b\"/>",
          "! xml-syntax 1:12 not well-formed XML: something stands behind the end of the root "
          "element\n"
          "= -5 0 0 XES\n");
    check("<string key=\"a\" value=\"b\"/>", "! xes-structure 1:1 element where none may stand: "
                                             "<string> is not the root of an event log, "
                                             "<log>\n= -5 0 0 XES\n");
}

/* --- real logs --- */

static void count_log(const char *folder, const char *name, uint64_t traces, uint64_t events)
{
    struct reader_options options = {.encoding = ENCODING_DETECT};
    struct reader_text_wants parsed;
    struct rowset *rowset;
    struct source *source;
    struct row_batch batch;
    struct diag diag;
    char path[1000];
    uint64_t rows = 0;
    uint64_t cases = 0;
    char last[200] = "";

    snprintf(path, sizeof path, "%s/event-logs/%s", folder, name);
    diag_init(&diag);
    reader_text_parse(str_of(wants), &parsed);
    assert_int_equal(source_open(str_of(path), &diag, &source), STATUS_OK);
    assert_int_equal(
        reader_find(STR("xes"))->open(source, &options, parsed.wants, parsed.count, &diag, &rowset),
        STATUS_OK);
    while (rowset_next(rowset, &batch) == STATUS_OK) {
        for (size_t r = 0; r < batch.count; r++) {
            struct str id = batch.cells[r * batch.width];

            rows++;
            assert_true(id.ptr && id.len < sizeof last);
            cases += !str_is(id, last);
            memcpy(last, id.ptr, id.len);
            last[id.len] = '\0';
        }
    }
    assert_int_equal(diag.count, diag.by_severity[SEVERITY_NOTE]);
    assert_int_equal(rows, events);
    assert_int_equal(cases, traces);
    assert_int_equal(rowset->counts.read, events);
    rowset_close(rowset);
    source_close(source);
    diag_done(&diag);
}

static void published_logs_are_read_whole(void **state)
{
    const char *folder = getenv("CFAUDIT_REAL_DATA");

    (void)state;
    if (!folder)
        skip();
    count_log(folder, "bpic2012.xes.gz", 13087, 262200);
    count_log(folder, "bpic2013_closed_problems.xes.gz", 1487, 6660);
    count_log(folder, "receipt_part1.xes.gz", 717, 4276);
    count_log(folder, "sepsis_1t_per_variant.xes.gz", 846, 13775);
    count_log(folder, "roadtraffic100traces.xes.gz", 100, 390);
    count_log(folder, "reviewing.xes.gz", 100, 3730);
    count_log(folder, "interval_event_log.xes.gz", 1266, 8109);
    count_log(folder, "tickets.xes.gz", 9, 43);
    count_log(folder, "running-example.xes", 6, 42);
}

static void print_outcome(const char *name, struct buf *out)
{
    const char *p;

    print_message("%s:", name);
    for (p = out->bytes; *p; p++)
        if (*p != '\n')
            print_message("%c", *p);
        else
            print_message(" ");
    print_message("\n");
}

/* Each breaks or keeps one rule: read, or refused with a place; no event is invented. */
static void conformance_logs_are_read_or_refused(void **state)
{
    const char *folder = getenv("CFAUDIT_REAL_DATA");
    char path[1000];
    struct dirent *entry;
    size_t count = 0;
    DIR *stream;

    (void)state;
    if (!folder)
        skip();
    snprintf(path, sizeof path, "%s/event-logs/xes-conformance", folder);
    stream = opendir(path);
    assert_non_null(stream);
    while ((entry = readdir(stream))) {
        struct source *source;
        struct diag diag;
        struct buf out;

        if (entry->d_name[0] == '.')
            continue;
        count++;
        snprintf(path, sizeof path, "%s/event-logs/xes-conformance/%s", folder, entry->d_name);
        diag_init(&diag);
        buf_init(&out, 1u << 20);
        assert_int_equal(source_open(str_of(path), &diag, &source), STATUS_OK);
        reader_text_rows(
            &(struct reader_text_job){"xes", {NULL, 0}, wants, 0, ENCODING_DETECT, 0, false},
            BY_BATCH, source, &diag, &out);
        print_outcome(entry->d_name, &out);
        for (size_t i = 0; i < diag.count; i++)
            assert_true(diag.list[i].where.line > 0 && diag.list[i].where.column > 0);
        source_close(source);
        diag_done(&diag);
        buf_done(&out);
    }
    closedir(stream);
    assert_int_equal(count, 37);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_become_rows),
        cmocka_unit_test(attributes_of_a_trace_behind_its_events),
        cmocka_unit_test(nested_attributes_are_not_the_event_s),
        cmocka_unit_test(the_first_name_that_is_there),
        cmocka_unit_test(wrong_values_reject_their_event),
        cmocka_unit_test(values_of_every_type),
        cmocka_unit_test(wrong_value_of_a_trace_rejects_its_events),
        cmocka_unit_test(a_case_without_good_events),
        cmocka_unit_test(events_outside_traces_are_said_and_left_out),
        cmocka_unit_test(header_faults_concern_no_row),
        cmocka_unit_test(nesting_that_makes_no_sense_ends_the_reading),
        cmocka_unit_test(other_files),
        cmocka_unit_test(foreign_namespaces_are_no_events),
        cmocka_unit_test(every_prefix_is_refused),
        cmocka_unit_test(cut_files_give_whole_events),
        cmocka_unit_test(places_are_exact),
        cmocka_unit_test(simple_tags_read_as_the_parser_reads_them),
        cmocka_unit_test(simple_tags_where_none_may_stand),
        cmocka_unit_test(published_logs_are_read_whole),
        cmocka_unit_test(conformance_logs_are_read_or_refused),
    };

    xml_init();
    return cmocka_run_group_tests_name("reader xes", tests, NULL, NULL);
}
