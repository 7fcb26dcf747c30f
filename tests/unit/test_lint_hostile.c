/* Documents that are cut, wrongly encoded or made to harm, looked at by every rule: never valid, with
   a place, soon, and no harm to the next one. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/limits.h"
#include "lint/lint.h"
#include "library_fixture.h"

/* What is refused takes no longer than this, sanitizers included. */
static const double SECONDS_MAX = 3.0;

static const struct lint_document *look(struct fixture *f, struct lint_set *set, struct str bytes)
{
    struct source *source = NULL;
    clock_t start = clock();

    lint_set_init(set, &f->library);
    assert_int_equal(source_open_memory(STR("d.xml"), bytes, &f->diag, &source), STATUS_OK);
    assert_int_equal(lint_set_add_source(set, source, LINT_NAMED, &f->diag), STATUS_OK);
    assert_int_equal(lint_set_end(set, &f->diag), STATUS_OK);
    source_close(source);
    assert_int_equal(f->diag.count, 0);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < SECONDS_MAX);
    return set->documents[0];
}

static const struct diagnostic *first_of(const struct lint_document *document,
                                         enum severity severity, bool is_ours)
{
    size_t i;

    for (i = 0; i < document->diag.count; i++)
        if (document->diag.list[i].severity >= severity &&
            (!is_ours || document->diag.list[i].rule != RULE_XML_ROOT))
            return &document->diag.list[i];
    return NULL;
}

/* The first that is fatal, else the first error; that it is none of ours, to be said after all. */
static const struct diagnostic *worst_of(const struct lint_document *document)
{
    const struct diagnostic *worst = first_of(document, SEVERITY_FATAL, true);

    return worst ? worst : first_of(document, SEVERITY_ERROR, false);
}

/* Never valid; line 0: the place is not known. */
static void refuse(struct fixture *f, struct str bytes, enum rule rule, uint64_t line,
                   uint64_t column)
{
    struct lint_set set;
    const struct lint_document *document = look(f, &set, bytes);
    const struct diagnostic *worst = worst_of(document);

    if (document->outcome != LINT_INVALID && document->outcome != LINT_NOT_CHECKED)
        fail_msg("%.60s: %s", bytes.ptr, lint_outcome_name(document->outcome));
    if (!worst || worst->rule != rule || worst->where.line != line ||
        worst->where.column != column)
        fail_msg("%.60s: said '%.*s' at %llu:%llu", bytes.ptr,
                 STR_ARG(worst ? worst->text : STR("nothing")),
                 (unsigned long long)(worst ? worst->where.line : 0),
                 (unsigned long long)(worst ? worst->where.column : 0));
    lint_set_done(&set);
}

static void accept(struct fixture *f, struct str bytes)
{
    struct lint_set set;
    const struct lint_document *document = look(f, &set, bytes);

    if (document->outcome != LINT_VALID)
        fail_msg("%.60s: %.*s", bytes.ptr,
                 STR_ARG(document->diag.count ? document->diag.list[0].text : STR("nothing said")));
    lint_set_done(&set);
}

/* --- damage --- */

static const char map[] =
    "<?xml version=\"1.0\"?>\n"
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"m\" reader=\"delimited\" zone=\"Europe/Rome\">\n"
    " <title lang=\"en\">Perch\xC3\xA9 &amp; <![CDATA[<so>]]></title>\n"
    " <record kind=\"ticket\">\n"
    "  <field name='id'><column>Number</column></field>\n"
    " </record>\n"
    " <sample read=\"true\">\n"
    "  Number\n"
    "  1\n"
    " </sample>\n"
    "</source-map>";

static const char calendar[] =
    "<calendar xmlns=\"urn:cfaudit:1\" id=\"c\" zone=\"Europe/Rome\">\n"
    " <title lang=\"en\">C</title>\n"
    " <week><day name=\"monday\"><window from=\"09:00\" to=\"18:00\"/></day></week>\n"
    " <fixed date=\"12-25\"/><easter offset=\"1\"/>\n"
    " <version from=\"2026-01-01\">"
    "<week><day name=\"friday\"><window from=\"22:00\" to=\"30:00\"/></day></week>\n"
    " <single date=\"2026-12-24\"/></version>\n"
    "</calendar>";

static const char sla[] =
    "<sla xmlns=\"urn:cfaudit:1\" id=\"s\" calendar=\"24x7\" source=\"default\">\n"
    " <title lang=\"en\">S</title>\n"
    " <service-level id=\"A\" metric=\"first-response\" target=\"PT1H\" share=\"0.9\">\n"
    "  <title lang=\"en\">A</title><where field=\"priority\" compare=\"eq\" value=\"1\"/>\n"
    " </service-level>\n"
    " <service-level id=\"B\" metric=\"resolution\" working-days=\"2\" share=\"0.9\""
    " until=\"2026-12-31\"><title lang=\"en\">B</title></service-level>\n"
    "</sla>";

static const char *const documents[] = {map, calendar, sla};

static void no_document_cut_at_any_byte_is_valid(void **state)
{
    struct fixture *f = *state;
    size_t d;
    size_t len;

    for (d = 0; d < ARRAY_LEN(documents); d++) {
        size_t whole = strlen(documents[d]);

        for (len = 0; len < whole; len++) {
            struct lint_set set;
            const struct lint_document *document =
                look(f, &set, (struct str){documents[d], len});
            const struct diagnostic *worst = worst_of(document);

            if (document->outcome == LINT_VALID || !worst || worst->where.line < 1)
                fail_msg("document %zu, %zu bytes", d, len);
            lint_set_done(&set);
        }
        accept(f, (struct str){documents[d], whole});
    }
}

/* A byte that is gone, or stands there twice, or is another: no crash, and a reason when invalid. */
static void a_changed_byte_is_looked_at_to_the_end(void **state)
{
    struct fixture *f = *state;
    static const char bytes[] = {'\0', '<', '"', '0', '9', '-', 'a', '\x80', '\xFF'};
    size_t d;
    size_t i;
    size_t j;

    for (d = 0; d < ARRAY_LEN(documents); d++) {
        size_t len = strlen(documents[d]);
        char *text = mem_alloc(len + 1, 1);

        assert_non_null(text);
        for (i = 0; i < len; i++) {
            for (j = 0; j <= ARRAY_LEN(bytes); j++) {
                struct lint_set set;
                const struct lint_document *document;

                memcpy(text, documents[d], len);
                if (j < ARRAY_LEN(bytes))
                    text[i] = bytes[j];
                else
                    memmove(text + i, documents[d] + i + 1, len - i - 1);
                document = look(f, &set, (struct str){text, j < ARRAY_LEN(bytes) ? len : len - 1});
                assert_int_equal(document->outcome == LINT_VALID, worst_of(document) == NULL);
                lint_set_done(&set);
            }
        }
        mem_free(text);
    }
}

/* --- encodings --- */

/* ASCII as UTF-16. */
static void put_wide(struct buf *out, const char *text, bool big_endian, bool mark)
{
    if (mark)
        buf_add_text(out, big_endian ? "\xFE\xFF" : "\xFF\xFE");
    for (; *text; text++) {
        buf_add_char(out, big_endian ? '\0' : *text);
        buf_add_char(out, big_endian ? *text : '\0');
    }
}

static void every_doctype_is_refused_in_every_encoding(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {
        "<!DOCTYPE sla><sla/>",
        "<!DOCTYPE sla SYSTEM \"file:///etc/passwd\"><sla/>",
        "<!DOCTYPE sla PUBLIC \"x\" \"http://127.0.0.1:1/x.dtd\"><sla/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM \"/etc/passwd\"> %x;]><a/>",
        "<!DOCTYPE a [<!ENTITY a \"&#38;#60;\"><!ENTITY b '&a;&a;&a;&a;'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>",
        "<!DOCTYPE\n\ta\n[\n]>\n<a/>",
        "<!DOCTYPE",
    };
    static const char *const declared[] = {"UTF-8", "ISO-8859-1", "ISO-8859-15", "windows-1252",
                                           "US-ASCII"};
    size_t i;
    size_t j;

    for (i = 0; i < ARRAY_LEN(texts); i++) {
        struct buf bytes;

        refuse(f, str_of(texts[i]), RULE_XML_DOCTYPE, 1, 1);
        buf_init(&bytes, 1 << 16);
        buf_printf(&bytes, "\xEF\xBB\xBF%s", texts[i]);
        refuse(f, buf_str(&bytes), RULE_XML_DOCTYPE, 1, 1);
        for (j = 0; j < ARRAY_LEN(declared); j++) {
            buf_clear(&bytes);
            buf_printf(&bytes, "<?xml version='1.0' encoding='%s'?>\n<!-- <a> --> %s", declared[j],
                       texts[i]);
            refuse(f, buf_str(&bytes), RULE_XML_DOCTYPE, 2, 14);
        }
        for (j = 0; j < 4; j++) {
            buf_clear(&bytes);
            put_wide(&bytes, texts[i], j & 1, j & 2);
            refuse(f, buf_str(&bytes), RULE_XML_DOCTYPE, 1, 1);
        }
        buf_done(&bytes);
    }
}

static void other_encodings_are_refused(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"UTF-7", "EBCDIC-CP-US", "GB18030", "Shift_JIS", "UTF-32",
                                        "UCS-4", "HZ",           "x",       ""};
    size_t i;

    for (i = 0; i < ARRAY_LEN(names); i++) {
        struct buf bytes;

        buf_init(&bytes, 4096);
        buf_printf(&bytes, "<?xml version='1.0' encoding='%s'?><sla/>", names[i]);
        refuse(f, buf_str(&bytes), RULE_XML_ENCODING, 1, 1);
        buf_done(&bytes);
    }
    /* what the bytes are not */
    refuse(f, STR("<sla>\n perch\xE9</sla>"), RULE_XML_ENCODING, 2, 7);
    refuse(f, STR("<sla>\xC0\xBC!DOCTYPE</sla>"), RULE_XML_ENCODING, 1, 6);
    refuse(f, STR("<sla>\xED\xA0\x80</sla>"), RULE_XML_ENCODING, 1, 6);
    refuse(f, STR("<sla>\xF4\x90\x80\x80</sla>"), RULE_XML_ENCODING, 1, 6);
    refuse(f, STR("<sla>\xE2\x82"), RULE_XML_ENCODING, 1, 6);
    refuse(f, STR("<?xml version='1.0' encoding='UTF-16'?><sla/>"), RULE_XML_ENCODING, 1, 1);
    refuse(f, STR("\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><sla/>"),
           RULE_XML_ENCODING, 1, 1);
    refuse(f, STR("<sla>\0</sla>"), RULE_XML_SYNTAX, 1, 6);
    /* undeclared UTF-7 is text, and no element */
    refuse(f, STR("+ADwAIQ-DOCTYPE a+AD4-"), RULE_XML_SYNTAX, 1, 1);
}

static void entities_are_refused(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {"&agrave;", "&x;",      "&#0;",      "&#x1;",
                                        "&#xD800;", "&#xFFFE;", "&#1114112;", "&#99999999999999;",
                                        "&",        "&;",       "&#;",       "&#x;"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(texts); i++) {
        struct buf bytes;
        struct lint_set set;
        const struct lint_document *document;

        buf_init(&bytes, 4096);
        buf_printf(&bytes, "<sla>\n <title>%s</title></sla>", texts[i]);
        document = look(f, &set, buf_str(&bytes));
        if (document->outcome == LINT_VALID || worst_of(document)->rule != RULE_XML_SYNTAX ||
            worst_of(document)->where.line != 2)
            fail_msg("%s: %.*s", texts[i], STR_ARG(worst_of(document)->text));
        lint_set_done(&set);
        buf_done(&bytes);
    }
}

/* --- reading on --- */

static const char said_at[] = "2:1 xml-doctype, 3:35 sla-calendar, 4:23 xml-encoding, "
                              "4:28 xml-syntax, 4:30 xml-syntax, 5:21 xml-syntax, "
                              "5:34 xml-syntax, 6:9 xml-syntax, 7:2 xml-element, ";

static void behind_each_mistake_it_is_read_on(void **state)
{
    struct fixture *f = *state;
    struct lint_set set;
    const struct lint_document *document =
        look(f, &set,
             STR("<?xml version='1.0'?>\n"
                 "<!DOCTYPE sla [<!ENTITY x '>'> ]><!-- -->\n"
                 "<sla xmlns='urn:cfaudit:1' id='s' calendar='24 x 7' source='law'>\n"
                 " <title lang='en'>Qual\xE9 R&D & S</title>\n"
                 " <note lang='en'>&x; and &agrave; so</note>\n"
                 " <party>\x01 and &amp; &#65;</party>\n"
                 " <nonsense/>\n"
                 "</sla>"));
    struct buf said;
    size_t i;

    buf_init(&said, 4096);
    for (i = 0; i < document->diag.count; i++)
        if (document->diag.list[i].severity >= SEVERITY_ERROR)
            buf_printf(&said, "%llu:%llu %s, ",
                       (unsigned long long)document->diag.list[i].where.line,
                       (unsigned long long)document->diag.list[i].where.column,
                       rule_info(document->diag.list[i].rule)->name);
    if (!str_is(buf_str(&said), said_at))
        fail_msg("said %.*s", STR_ARG(buf_str(&said)));
    assert_int_equal(document->outcome, LINT_INVALID);
    lint_set_done(&set);
    buf_done(&said);
}

/* Thousands of stray characters: some are told, and it ends soon. */
static void mistakes_are_passed_over_up_to_a_limit(void **state)
{
    struct fixture *f = *state;
    struct lint_set set;
    const struct lint_document *document;
    struct buf bytes;
    size_t i;

    buf_init(&bytes, 1 << 24);
    buf_add_text(&bytes, "<sla xmlns='urn:cfaudit:1'><title lang='en'>");
    for (i = 0; i < 100000; i++)
        buf_add_text(&bytes, "& < \x01 ");
    buf_add_text(&bytes, "</title></sla>");
    document = look(f, &set, buf_str(&bytes));
    assert_int_equal(document->outcome, LINT_INVALID);
    assert_true(document->diag.by_rule[RULE_XML_SYNTAX] > 10);
    assert_true(document->diag.by_rule[RULE_XML_SYNTAX] <= LIMIT_XML_MENDS + 1);
    lint_set_done(&set);
    buf_done(&bytes);
}

/* --- limits --- */

static void put_times(struct buf *out, const char *text, size_t times)
{
    for (; times > 0; times--)
        buf_add_text(out, text);
}

static void depth_attributes_and_sizes_are_limited(void **state)
{
    struct fixture *f = *state;
    struct buf bytes;
    size_t i;

    buf_init(&bytes, 1 << 26);
    put_times(&bytes, "<a>", 1000000);
    refuse(f, buf_str(&bytes), RULE_LIMIT, 1, LIMIT_XML_DEPTH * 3 + 1);
    buf_clear(&bytes);
    buf_add_text(&bytes, "<sla\n");
    for (i = 0; i < 100000; i++)
        buf_printf(&bytes, " a%zu=''", i);
    buf_add_text(&bytes, "/>");
    refuse(f, buf_str(&bytes), RULE_LIMIT, 1, 1);
    buf_clear(&bytes);
    buf_add_text(&bytes, "<sla a='");
    put_times(&bytes, "xxxxxxxxxxxxxxxx", LIMIT_XML_TAG_BYTES / 16 + 1);
    buf_add_text(&bytes, "'/>");
    refuse(f, buf_str(&bytes), RULE_LIMIT, 1, 1);
    buf_done(&bytes);
}

/* A finding for each of many elements: the first ones are kept, all are counted. */
static void findings_are_kept_up_to_a_limit(void **state)
{
    struct fixture *f = *state;
    struct lint_set set;
    const struct lint_document *document;
    struct buf bytes;
    size_t i;

    buf_init(&bytes, 1 << 26);
    buf_add_text(&bytes, "<sla xmlns='urn:cfaudit:1' id='s' calendar='24x7' source='law'>"
                         "<title lang='en'>S</title>");
    for (i = 0; i < 500; i++)
        buf_printf(&bytes,
                   "<service-level id='L%zu' metric='resolution' target='PT1H' share='0.0%zu1'"
                   " source='law'><title lang='en'>TODO</title>"
                   "<where field='prioriti' compare='eq' value='%zu'/></service-level>",
                   i, i, i);
    buf_add_text(&bytes, "</sla>");
    document = look(f, &set, buf_str(&bytes));
    assert_true(document->diag.by_rule[RULE_SLA_DOCUMENT] == 500);
    assert_true(document->diag.by_rule[RULE_CONDITION_FIELD] == 500);
    assert_true(document->diag.count <= 12 * LIMIT_LINT_KEPT);
    lint_set_done(&set);
    buf_done(&bytes);
}

/* Thousands of holidays and hundreds of versions, each looked at beside the others. */
static void a_calendar_of_many_days_takes_no_time(void **state)
{
    struct fixture *f = *state;
    struct lint_set set;
    struct buf bytes;
    size_t i;

    buf_init(&bytes, 1 << 26);
    buf_add_text(&bytes, "<calendar xmlns='urn:cfaudit:1' id='c' zone='Europe/Rome'>"
                         "<title lang='en'>C</title><week><day name='monday'>"
                         "<window from='09:00' to='18:00'/></day></week>");
    for (i = 0; i < 5000; i++)
        buf_printf(&bytes, "<single date='%04zu-%02zu-%02zu'/>", 2000 + i / 336, 1 + i / 28 % 12,
                   1 + i % 28);
    for (i = 0; i < 200; i++)
        buf_printf(&bytes, "<version from='2%03zu-01-01'><week><day name='sunday'>"
                           "<window from='01:00' to='02:30'/></day></week></version>", 100 + i);
    buf_add_text(&bytes, "</calendar>");
    look(f, &set, buf_str(&bytes));
    lint_set_done(&set);
    buf_done(&bytes);
}

/* --- what documents ask for and do not get --- */

static void hints_are_not_followed(void **state)
{
    struct fixture *f = *state;
    static const char *const hints[] = {
        "xsi:schemaLocation='urn:cfaudit:1 /dev/zero'",
        "xsi:schemaLocation='urn:cfaudit:1 http://127.0.0.1:1/x.xsd'",
        "xsi:noNamespaceSchemaLocation='file:///dev/zero'",
    };
    size_t i;

    for (i = 0; i < ARRAY_LEN(hints); i++) {
        struct lint_set set;
        const struct lint_document *document;
        struct buf bytes;

        /* by a schema of its own anything could stand there */
        buf_init(&bytes, 4096);
        buf_printf(&bytes,
                   "<?xml-model href='/dev/zero'?>\n<answers xmlns='urn:cfaudit:1' audit='a'"
                   " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' %s>\n<nonsense/>"
                   "</answers>",
                   hints[i]);
        document = look(f, &set, buf_str(&bytes));
        assert_int_equal(document->outcome, LINT_INVALID);
        assert_int_equal(worst_of(document)->rule, RULE_XML_ELEMENT);
        assert_int_equal(worst_of(document)->where.line, 3);
        lint_set_done(&set);
        buf_done(&bytes);
    }
    refuse(f,
           STR("<answers xmlns='urn:cfaudit:1' audit='a'>\n<xi:include"
               " xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/></answers>"),
           RULE_XML_ELEMENT, 2, 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_document_cut_at_any_byte_is_valid),
        cmocka_unit_test(a_changed_byte_is_looked_at_to_the_end),
        cmocka_unit_test(every_doctype_is_refused_in_every_encoding),
        cmocka_unit_test(other_encodings_are_refused),
        cmocka_unit_test(entities_are_refused),
        cmocka_unit_test(behind_each_mistake_it_is_read_on),
        cmocka_unit_test(mistakes_are_passed_over_up_to_a_limit),
        cmocka_unit_test(depth_attributes_and_sizes_are_limited),
        cmocka_unit_test(findings_are_kept_up_to_a_limit),
        cmocka_unit_test(a_calendar_of_many_days_takes_no_time),
        cmocka_unit_test(hints_are_not_followed),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
