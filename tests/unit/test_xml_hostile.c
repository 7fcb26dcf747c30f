/* Documents that are damaged, wrongly encoded, or made to harm: refused, with a place, soon. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "library_fixture.h"

/* What is refused takes no longer than this, sanitizers included. */
static const double SECONDS_MAX = 3.0;

static enum status load(struct fixture *f, struct str bytes, const struct xml_schema *schema,
                        const char *root, struct xml_document **ret_document)
{
    struct source *source = NULL;
    enum status status;
    clock_t start = clock();

    diag_done(&f->diag);
    *ret_document = NULL;
    assert_int_equal(source_open_memory(STR("d"), bytes, &f->diag, &source), STATUS_OK);
    status = xml_load(source, schema, root, &f->diag, ret_document);
    source_close(source);
    assert_int_equal(status == STATUS_OK, *ret_document != NULL);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < SECONDS_MAX);
    return status;
}

/* Refused with one fatal diagnostic of this rule at this place. */
static void refuse(struct fixture *f, struct str bytes, enum rule rule, uint64_t line,
                   uint64_t column)
{
    struct xml_document *document;
    enum status status = load(f, bytes, f->library.schema, "answers", &document);
    const struct diagnostic *last = &f->diag.list[f->diag.count - 1];

    if (status >= STATUS_OK || f->diag.by_severity[SEVERITY_FATAL] != 1 || last->rule != rule ||
        last->where.line != line || last->where.column != column)
        fail_msg("%.60s...: status %d, said %.*s at %llu:%llu", bytes.ptr, status,
                 STR_ARG(last->text), (unsigned long long)last->where.line,
                 (unsigned long long)last->where.column);
}

static const char valid[] = "<?xml version=\"1.0\"?>\n"
                            "<answers xmlns=\"urn:cfaudit:1\" audit=\"mine\">\n"
                            " <!-- \xC3\xA8 -->\n"
                            " <answer question='Q-1' status=\"scored\" points=\"8\">\n"
                            "  <reason>Perch\xC3\xA9 &amp; <![CDATA[<so>]]></reason>\n"
                            "  <evidence ref=\"EV-001\"/>\n"
                            " </answer>\n"
                            " <?editor keep?>\n"
                            "</answers>";

/* --- damage --- */

static void no_prefix_of_a_valid_document_is_valid(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document;
    size_t len;

    for (len = 0; len < sizeof valid - 1; len++) {
        struct str bytes = {valid, len};
        enum status status = load(f, bytes, f->library.schema, "answers", &document);

        if (status != STATUS_INVALID || f->diag.by_severity[SEVERITY_FATAL] != 1)
            fail_msg("%zu bytes: status %d", len, status);
        assert_true(f->diag.list[0].where.line >= 1 && f->diag.list[0].where.column >= 1);
    }
    assert_int_equal(load(f, STR(valid), f->library.schema, "answers", &document), STATUS_OK);
    xml_free(document);
}

static void a_changed_byte_is_refused_or_read(void **state)
{
    struct fixture *f = *state;
    static const char bytes[] = {'\0', '<', '>', '&',    '"',    '\'',
                                 '=',  '/', '!', '\x80', '\xFF', '\r'};
    struct xml_document *document;
    char text[sizeof valid];
    size_t i;
    size_t j;

    for (i = 0; i < sizeof valid - 1; i++) {
        for (j = 0; j < sizeof bytes; j++) {
            enum status status;

            memcpy(text, valid, sizeof valid);
            text[i] = bytes[j];
            status = load(f, (struct str){text, sizeof valid - 1}, f->library.schema, "answers",
                          &document);
            assert_int_equal(status == STATUS_OK, f->diag.count == 0);
            assert_int_equal(status != STATUS_OK, f->diag.by_severity[SEVERITY_FATAL]);
            xml_free(document);
        }
    }
}

static void what_is_not_well_formed_is_told_where(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        uint64_t line;
        uint64_t column;
        const char *said;
    } cases[] = {
        {"<a>\n<b>\n</a>", 3, 5, "'b' of line 2 is closed by 'a'"},
        {"<a>\n\xC3\xA8\xC3\xA8 x & y</a>", 2, 7, "a name is missing behind '&' or '<'"},
        {"<a>&agrave;</a>", 1, 12, "XML does not know '&agrave;'"},
        {"<a b='1' b='2'/>", 1, 15, "attribute b redefined"},
        {"<a b=1/>", 1, 6, "the value of an attribute is not in quotes"},
        {"<a b='<'/>", 1, 7, "'<' in the value of an attribute"},
        {"<a/><b/>", 1, 5, "something stands behind the end of the root element"},
        {"plain text", 1, 1, "no element at the start"},
        {"<a>&#1;</a>", 1, 8, "a control character that XML does not allow"},
        {"<a>\x01</a>", 1, 4, "a control character that XML does not allow"},
        {"<x:a/>", 1, 5, "a prefix before ':' that is not declared"},
        {"<a>", 1, 4, "'a' of line 1 is not closed"},
        {" <?xml version='1.0'?><a/>", 1, 7,
         "the XML declaration does not stand at the very start"},
    };
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        char expected[200];

        refuse(f, str_of(cases[i].text), RULE_XML_SYNTAX, cases[i].line, cases[i].column);
        snprintf(expected, sizeof expected, "not well-formed XML: %s", cases[i].said);
        if (!str_is(f->diag.list[0].text, expected) && !strstr(f->diag.list[0].text.ptr, expected))
            fail_msg("%s: said '%.*s'", cases[i].text, STR_ARG(f->diag.list[0].text));
    }
}

static void nul_characters_are_told_where(void **state)
{
    struct fixture *f = *state;

    refuse(f, STR("<a>\n b\0c</a>"), RULE_XML_SYNTAX, 2, 3);
    refuse(f, STR("<a/>\0"), RULE_XML_SYNTAX, 1, 5);
    refuse(f, STR("<a\0/>"), RULE_XML_SYNTAX, 1, 3);
}

/* --- encodings --- */

static void put_utf16(struct buf *out, const char *text, bool big_endian)
{
    for (; *text; text++) { /* ASCII and Latin-1 of two bytes */
        unsigned code = (unsigned char)*text;

        if (code >= 0xC0)
            code = (code & 0x1F) << 6 | ((unsigned char)*++text & 0x3F);
        buf_add_char(out, (char)(big_endian ? code >> 8 : code & 0xFF));
        buf_add_char(out, (char)(big_endian ? code & 0xFF : code >> 8));
    }
}

static void assert_reads(struct fixture *f, struct str bytes, const char *text)
{
    struct xml_document *document;

    if (load(f, bytes, NULL, NULL, &document) != STATUS_OK)
        fail_msg("%.40s: %.*s", bytes.ptr, STR_ARG(f->diag.list[0].text));
    if (!str_is(xml_text(xml_root(document)), text))
        fail_msg("%.40s: read '%.*s'", bytes.ptr, STR_ARG(xml_text(xml_root(document))));
    xml_free(document);
}

static void accepted_encodings_read_the_same(void **state)
{
    struct fixture *f = *state;
    static const char *const sixteen[] = {
        "<a>\xC3\xA8</a>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\xC3\xA8</a>",
    };
    size_t i;
    int big_endian;
    int mark;

    assert_reads(f, STR("<a>\xC3\xA8\xE2\x82\xAC</a>"), "\xC3\xA8\xE2\x82\xAC");
    assert_reads(f, STR("\xEF\xBB\xBF<a>\xC3\xA8</a>"), "\xC3\xA8");
    assert_reads(f, STR("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a>\xC3\xA8</a>"),
                 "\xC3\xA8");
    assert_reads(f, STR("<?xml version='1.0' encoding='US-ASCII'?><a>e</a>"), "e");
    assert_reads(f, STR("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE8\xA4</a>"),
                 "\xC3\xA8\xC2\xA4");
    assert_reads(f, STR("<?xml version='1.0' encoding = \"iso-8859-15\"?><a>\xE8\xA4\xBE</a>"),
                 "\xC3\xA8\xE2\x82\xAC\xC5\xB8");
    assert_reads(f, STR("<?xml version='1.0' encoding='windows-1252'?><a>\xE8\x80\x93\x9F</a>"),
                 "\xC3\xA8\xE2\x82\xAC\xE2\x80\x9C\xC5\xB8");
    assert_reads(f, STR("\xFF\xFE<\0a\0>\0\x3D\xD8\x00\xDE<\0/\0a\0>\0"), "\xF0\x9F\x98\x80");
    for (i = 0; i < ARRAY_LEN(sixteen); i++) {
        for (big_endian = 0; big_endian < 2; big_endian++) {
            for (mark = 0; mark < 2; mark++) {
                struct buf bytes;

                buf_init(&bytes, 4096);
                if (mark)
                    buf_add_text(&bytes, big_endian ? "\xFE\xFF" : "\xFF\xFE");
                put_utf16(&bytes, sixteen[i], big_endian);
                assert_reads(f, buf_str(&bytes), "\xC3\xA8");
                buf_done(&bytes);
            }
        }
    }
}

static void other_encodings_are_refused(void **state)
{
    struct fixture *f = *state;

    /* declared */
    refuse(f, STR("<?xml version='1.0' encoding='UTF-7'?>+ADw-a/+AD4-"), RULE_XML_ENCODING, 1, 1);
    refuse(f, STR("<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/>"), RULE_XML_ENCODING, 1, 1);
    refuse(f, STR("<?xml version='1.0' encoding='GB18030'?><a/>"), RULE_XML_ENCODING, 1, 1);
    refuse(f, STR("<?xml version='1.0' encoding=''?><a/>"), RULE_XML_ENCODING, 1, 1);
    assert_true(str_is(f->diag.list[0].hint,
                       "accepted: UTF-8, UTF-16, ISO-8859-1, ISO-8859-15, windows-1252"));
    /* shown by the bytes */
    refuse(f, STR("\x4C\x6F\xA7\x94\x93"), RULE_XML_ENCODING, 0, 0);
    refuse(f, STR("\xFF\xFE\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0"), RULE_XML_ENCODING, 0, 0);
    refuse(f, STR("\0\0\0<\0\0\0a"), RULE_XML_ENCODING, 0, 0);
    /* undeclared UTF-7 is just text */
    refuse(f, STR("+ADw-a/+AD4-"), RULE_XML_SYNTAX, 1, 1);
}

static void bytes_that_are_not_the_declared_encoding_are_refused(void **state)
{
    struct fixture *f = *state;

    refuse(f, STR("<a>\n perch\xE9</a>"), RULE_XML_ENCODING, 2, 7);
    assert_true(
        str_is(f->diag.list[0].text, "text encoding is not accepted: byte 0xE9 is not UTF-8"));
    refuse(f, STR("<a>\xC0\xAF</a>"), RULE_XML_ENCODING, 1, 4);
    refuse(f, STR("<a>\xED\xA0\x80</a>"), RULE_XML_ENCODING, 1, 4);
    refuse(f, STR("<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>"), RULE_XML_ENCODING, 0,
           0);
    refuse(f, STR("<?xml version='1.0' encoding='UTF-16'?><a/>"), RULE_XML_ENCODING, 1, 1);
    refuse(f, STR("\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>"), RULE_XML_ENCODING,
           1, 1);
    refuse(f, STR("\xFF\xFE<\0a\0/\0>"), RULE_XML_ENCODING, 0, 0);
    refuse(f, STR("\xFF\xFE<\0a\0>\0\x3D\xD8<\0"), RULE_XML_ENCODING, 0, 0);
    refuse(f, STR("\xFF\xFE<\0a\0>\0\x00\xDE<\0"), RULE_XML_ENCODING, 0, 0);
}

/* --- DOCTYPE --- */

static void every_doctype_is_refused(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {
        "<!DOCTYPE answers><answers/>",
        "<!DOCTYPE answers SYSTEM \"file:///etc/passwd\"><answers/>",
        "<!DOCTYPE answers PUBLIC \"x\" \"http://127.0.0.1:1/x.dtd\"><answers/>",
        ("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
         "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><a>&c;</a>"),
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM \"/etc/passwd\"> %x;]><a/>",
        "<!DOCTYPE",
    };
    size_t i;
    int big_endian;

    for (i = 0; i < ARRAY_LEN(texts); i++) {
        refuse(f, str_of(texts[i]), RULE_XML_DOCTYPE, 1, 1);
        for (big_endian = 0; big_endian < 2; big_endian++) {
            struct buf bytes;

            buf_init(&bytes, 4096);
            buf_add_text(&bytes, big_endian ? "\xFE\xFF" : "\xFF\xFE");
            put_utf16(&bytes, texts[i], big_endian);
            refuse(f, buf_str(&bytes), RULE_XML_DOCTYPE, 1, 1);
            buf_done(&bytes);
        }
    }
    refuse(f, STR("<?xml version='1.0'?>\n<!-- c -->\n <!DOCTYPE a>\n<a/>"), RULE_XML_DOCTYPE, 3,
           2);
    /* what only looks like one */
    assert_reads(f, STR("<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>"), "<!DOCTYPE a>");
}

/* --- limits --- */

static struct str nested(struct buf *out, unsigned depth)
{
    unsigned i;

    buf_init(out, 1 << 24);
    for (i = 0; i < depth; i++)
        buf_add_text(out, "<a>");
    for (i = 0; i < depth; i++)
        buf_add_text(out, "</a>");
    return buf_str(out);
}

static struct str attributed(struct buf *out, unsigned count)
{
    unsigned i;

    buf_init(out, 1 << 24);
    buf_add_text(out, "<a");
    for (i = 0; i < count; i++)
        buf_printf(out, " a%u='='", i);
    buf_add_text(out, "/>");
    return buf_str(out);
}

static void assert_limit(struct fixture *f, struct str bytes, const char *said)
{
    struct xml_document *document;

    assert_int_equal(load(f, bytes, NULL, NULL, &document), STATUS_LIMIT);
    assert_int_equal(f->diag.count, 1);
    assert_int_equal(f->diag.list[0].rule, RULE_LIMIT);
    if (!str_is(f->diag.list[0].text, said))
        fail_msg("said '%.*s'", STR_ARG(f->diag.list[0].text));
    assert_int_equal(f->diag.list[0].where.line, 1);
    assert_true(f->diag.list[0].where.column >= 1);
}

static void depth_is_limited(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document;
    struct buf out;

    assert_int_equal(load(f, nested(&out, LIMIT_XML_DEPTH), NULL, "a", &document), STATUS_OK);
    xml_free(document);
    buf_done(&out);
    assert_limit(f, nested(&out, LIMIT_XML_DEPTH + 1),
                 "limit exceeded: depth of elements is more than 200");
    assert_int_equal(f->diag.list[0].where.column, LIMIT_XML_DEPTH * 3 + 1);
    buf_done(&out);
    assert_limit(f, nested(&out, 1000000), "limit exceeded: depth of elements is more than 200");
    buf_done(&out);
}

static void attributes_of_a_tag_are_limited(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document;
    struct buf out;

    assert_int_equal(load(f, attributed(&out, LIMIT_XML_ATTRIBUTES), NULL, "a", &document),
                     STATUS_OK);
    xml_free(document);
    buf_done(&out);
    assert_limit(f, attributed(&out, LIMIT_XML_ATTRIBUTES + 1),
                 "limit exceeded: number of attributes of one tag is more than 256");
    buf_done(&out);
    assert_limit(f, attributed(&out, 100000),
                 "limit exceeded: number of attributes of one tag is more than 256");
    buf_done(&out);
}

static void the_size_of_a_tag_is_limited(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    uint64_t i;

    buf_init(&out, 1 << 24);
    buf_add_text(&out, "<a b='");
    for (i = 0; i < LIMIT_XML_TAG_BYTES; i++)
        buf_add_char(&out, 'x');
    buf_add_text(&out, "'/>");
    assert_limit(f, buf_str(&out), "limit exceeded: bytes of one tag is more than 1048576");
    buf_done(&out);
}

static void elements_are_limited(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    unsigned i;

    buf_init(&out, 1 << 25);
    buf_add_text(&out, "<a>");
    for (i = 0; i < LIMIT_XML_ELEMENTS; i++)
        buf_add_text(&out, "<b/>");
    buf_add_text(&out, "</a>");
    assert_limit(f, buf_str(&out), "limit exceeded: number of elements is more than 2000000");
    buf_done(&out);
}

static void the_size_of_a_document_is_limited(void **state)
{
    struct fixture *f = *state;
    size_t len = (size_t)LIMIT_DOCUMENT_BYTES + 1;
    char *bytes = mem_alloc(len, 1);
    struct xml_document *document;

    assert_non_null(bytes);
    memset(bytes, ' ', len);
    memcpy(bytes, "<a/>", 4);
    assert_int_equal(load(f, (struct str){bytes, len}, NULL, "a", &document), STATUS_LIMIT);
    assert_int_equal(f->diag.list[0].rule, RULE_LIMIT);
    mem_free(bytes);
}

/* One finding an element: enough is enough. */
static void a_thousand_findings_end_the_check(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document;
    struct buf out;
    unsigned i;

    buf_init(&out, 1 << 24);
    buf_add_text(&out, "<answers xmlns='urn:cfaudit:1' audit='a'>");
    for (i = 0; i < 5000; i++)
        buf_printf(&out, "<answer question='Q%u' status='maybe'/>\n", i);
    buf_add_text(&out, "</answers>");
    assert_int_equal(load(f, buf_str(&out), f->library.schema, "answers", &document),
                     STATUS_INVALID);
    assert_int_equal(f->diag.by_rule[RULE_XML_TYPE], LIMIT_XSD_FINDINGS);
    assert_true(str_is(f->diag.list[f->diag.count - 1].text,
                       "document cannot be used: more than 1000 errors; it was not checked to its "
                       "end"));
    buf_done(&out);
}

/* --- what documents ask for and do not get --- */

static void hints_of_the_document_are_not_followed(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document;

    /* a schema of its own, in which anything would be valid */
    assert_int_equal(
        load(f,
             STR("<answers xmlns='urn:cfaudit:1' audit='a'"
                 " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                 " xsi:schemaLocation='urn:cfaudit:1 /tmp/none.xsd'><nonsense/></answers>"),
             f->library.schema, "answers", &document),
        STATUS_INVALID);
    assert_int_equal(f->diag.list[0].rule, RULE_XML_ELEMENT);
    assert_int_equal(load(f,
                          STR("<answers xmlns='urn:cfaudit:1' audit='a'"
                              " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                              " xsi:noNamespaceSchemaLocation='http://127.0.0.1:1/x.xsd'/>"),
                          f->library.schema, "answers", &document),
                     STATUS_OK);
    xml_free(document);
    refuse(f,
           STR("<answers xmlns='urn:cfaudit:1' audit='a'>"
               "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>"
               "</answers>"),
           RULE_DOCUMENT_INVALID, 0, 0);
    assert_int_equal(load(f,
                          STR("<?xml-stylesheet href='http://127.0.0.1:1/x.xsl'?>"
                              "<answers xmlns='urn:cfaudit:1' audit='a'/>"),
                          f->library.schema, "answers", &document),
                     STATUS_OK);
    xml_free(document);
}

/* A pattern that backtracks without end would end in "could not", never in "valid". */
static void long_values_against_patterns_take_no_time(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document;
    struct buf out;
    unsigned i;

    buf_init(&out, 1 << 21);
    buf_add_text(&out, "<answers xmlns='urn:cfaudit:1' audit='");
    for (i = 0; i < 100000; i++)
        buf_add_text(&out, "a-a.");
    buf_add_text(&out, "!'/>");
    assert_int_equal(load(f, buf_str(&out), f->library.schema, "answers", &document),
                     STATUS_INVALID);
    assert_int_equal(f->diag.list[0].rule, RULE_XML_TYPE);
    buf_done(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_prefix_of_a_valid_document_is_valid),
        cmocka_unit_test(a_changed_byte_is_refused_or_read),
        cmocka_unit_test(what_is_not_well_formed_is_told_where),
        cmocka_unit_test(nul_characters_are_told_where),
        cmocka_unit_test(accepted_encodings_read_the_same),
        cmocka_unit_test(other_encodings_are_refused),
        cmocka_unit_test(bytes_that_are_not_the_declared_encoding_are_refused),
        cmocka_unit_test(every_doctype_is_refused),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(attributes_of_a_tag_are_limited),
        cmocka_unit_test(the_size_of_a_tag_is_limited),
        cmocka_unit_test(elements_are_limited),
        cmocka_unit_test(the_size_of_a_document_is_limited),
        cmocka_unit_test(a_thousand_findings_end_the_check),
        cmocka_unit_test(hints_of_the_document_are_not_followed),
        cmocka_unit_test(long_values_against_patterns_take_no_time),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
