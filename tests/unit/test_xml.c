/* Documents: positions, texts, writing and reading back, where documents come from. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "xml/library.h"

struct fixture {
    char folder[64];
    struct library library;
    struct diag diag;
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-xml-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    xml_init();
    diag_init(&f->diag);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag);
    rmdir(f->folder);
    mem_free(f);
    return 0;
}

/* Well-formed only. */
static enum status load(struct fixture *f, struct str bytes, const char *root,
                        struct xml_document **ret_document)
{
    struct source *source = NULL;
    enum status status;

    diag_done(&f->diag);
    assert_int_equal(source_open_memory(STR("d"), bytes, &f->diag, &source), STATUS_OK);
    status = xml_load(source, NULL, root, &f->diag, ret_document);
    source_close(source);
    return status;
}

static struct xml_document *must_load(struct fixture *f, struct str bytes)
{
    struct xml_document *document = NULL;

    if (load(f, bytes, NULL, &document) != STATUS_OK)
        fail_msg("%.*s", STR_ARG(f->diag.list[0].text));
    assert_int_equal(f->diag.count, 0);
    return document;
}

static void assert_str(struct str s, const char *text)
{
    if (!str_is(s, text))
        fail_msg("'%.*s' is not '%s'", STR_ARG(s), text);
}

static void assert_where(struct where where, uint64_t line, uint64_t column, uint64_t offset)
{
    assert_str(where.source, "d");
    assert_int_equal(where.line, line);
    assert_int_equal(where.column, column);
    assert_int_equal(where.offset, offset);
}

/* --- asking --- */

static void elements_attributes_and_texts(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document =
        must_load(f, STR("<a x='1' y='' x2='&lt;&#38;&amp;&quot;&#x20AC;'>\n <b>  one\n\t two <!-- "
                         "c -->three</b>"
                         "<c/><b><![CDATA[<&]]> </b>tail</a>\n"));
    const struct xml_node *root = xml_root(document);
    const struct xml_node *b = xml_child(root, "b");

    assert_string_equal(xml_name(root), "a");
    assert_str(xml_attr(root, "x"), "1");
    assert_str(xml_attr(root, "y"), "");
    assert_str(xml_attr(root, "x2"), "<&&\"\xE2\x82\xAC");
    assert_null(xml_attr(root, "z").ptr);
    assert_null(xml_attr(NULL, "z").ptr);
    assert_str(xml_text(b), "one two three");
    assert_str(xml_text_raw(b), "  one\n\t two three");
    assert_str(xml_text(root), "");
    b = xml_next(b, "b");
    assert_str(xml_text(b), "<&");
    assert_str(xml_text_raw(b), "<& ");
    assert_null(xml_next(b, "b"));
    assert_null(xml_child(b, NULL));
    assert_null(xml_child(root, "d"));
    assert_null(xml_child(NULL, "d"));
    assert_string_equal(xml_name(xml_next(xml_child(root, NULL), NULL)), "c");
    xml_free(document);
    xml_free(NULL);
}

static void identity_is_of_the_stored_bytes(void **state)
{
    struct fixture *f = *state;
    struct str bytes = STR("\xEF\xBB\xBF<a/>");
    struct xml_document *document = must_load(f, bytes);
    struct sha256 sum;

    assert_true(digest_bytes(bytes, &sum));
    assert_memory_equal(&xml_identity(document)->sha256, &sum, sizeof sum);
    assert_int_equal(xml_identity(document)->bytes, bytes.len);
    assert_where(xml_where(document, xml_root(document)), 1, 1, 3);
    xml_free(document);
}

static void places_count_characters_and_lines(void **state)
{
    struct fixture *f = *state;
    static const char text[] =
        "<?xml version=\"1.0\"?>\n<!-- <x> -->\n<a>\xC3\xA8\xF0\x9F\x98\x80<b"
        " one='x>y'\n   two = \"=\" three='3'/><![CDATA[<no>\n]]><c/></a>";
    struct xml_document *document = must_load(f, STR(text));
    const struct xml_node *root = xml_root(document);
    const struct xml_node *b = xml_child(root, "b");
    const struct xml_node *c = xml_child(root, "c");

    assert_where(xml_where(document, root), 3, 1, (uint64_t)(strstr(text, "<a>") - text));
    assert_where(xml_where(document, b), 3, 6, (uint64_t)(strstr(text, "<b") - text));
    assert_where(xml_where_attr(document, b, STR("one")), 3, 9,
                 (uint64_t)(strstr(text, "one=") - text));
    assert_where(xml_where_attr(document, b, STR("two")), 4, 4,
                 (uint64_t)(strstr(text, "two =") - text));
    assert_where(xml_where_attr(document, b, STR("three")), 4, 14,
                 (uint64_t)(strstr(text, "three=") - text));
    /* an attribute that is not there stands where its element does */
    assert_where(xml_where_attr(document, b, STR("four")), 3, 6,
                 (uint64_t)(strstr(text, "<b") - text));
    assert_where(xml_where(document, c), 5, 4, (uint64_t)(strstr(text, "<c/>") - text));
    xml_free(document);
}

static void places_of_other_encodings_have_no_offset(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document =
        must_load(f, STR("<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\n \xE8<b c='1'/></a>"));
    const struct xml_node *b = xml_child(xml_root(document), "b");

    assert_where(xml_where(document, b), 3, 3, 0);
    assert_where(xml_where_attr(document, b, STR("c")), 3, 6, 0);
    xml_free(document);
}

/* libxml2 keeps 16 bits of a line unless it is told to keep more, and is one off even then. */
static void lines_beyond_65535_are_exact(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    struct xml_document *document;
    const struct xml_node *node;
    uint64_t line = 1;
    unsigned i;

    buf_init(&text, 1 << 24);
    buf_add_text(&text, "<a>");
    for (i = 0; i < 70000; i++)
        buf_printf(&text, "\n  <b n=\"%u\"/>", i);
    buf_add_text(&text, "</a>");
    document = must_load(f, buf_str(&text));
    for (node = xml_child(xml_root(document), "b"); node; node = xml_next(node, "b")) {
        struct where where = xml_where(document, node);

        assert_int_equal(where.line, ++line);
        assert_int_equal(where.column, 3);
    }
    assert_int_equal(line, 70001);
    xml_free(document);
    buf_done(&text);
}

/* --- writing --- */

static void what_is_written_is_read_back(void **state)
{
    struct fixture *f = *state;
    static const char *const values[] = {
        "",
        " ",
        "a&b<c>d\"e'f",
        "]]>",
        "\t",
        "a\nb",
        "a\rb\r\nc",
        "\xC3\xA8\xF0\x9F\x98\x80",
        "=1+1",
        "  both  ",
        "&amp;&lt;",
        "<!-- -->",
        "\x7F",
        "{\"a\":1}",
        "\xE2\x80\xAE bidi \xE2\x80\xAC",
        "<?pi?>",
    };
    struct xml_writer writer;
    struct xml_document *document;
    const struct xml_node *node;
    struct buf out;
    size_t i;

    buf_init(&out, 1 << 16);
    xml_write_begin(&writer, &out);
    xml_write_open(&writer, "list");
    for (i = 0; i < ARRAY_LEN(values); i++) {
        xml_write_open(&writer, "item");
        xml_write_attr(&writer, "value", str_of(values[i]));
        xml_write_attr(&writer, "none", (struct str){NULL, 0});
        xml_write_text(&writer, str_of(values[i]));
        xml_write_close(&writer);
    }
    xml_write_close(&writer);
    assert_false(out.failed);
    document = must_load(f, buf_str(&out));
    node = xml_child(xml_root(document), "item");
    for (i = 0; i < ARRAY_LEN(values); i++, node = xml_next(node, "item")) {
        assert_str(xml_attr(node, "value"), values[i]);
        assert_null(xml_attr(node, "none").ptr);
        assert_str(xml_text_raw(node), values[i]);
    }
    assert_null(node);
    xml_free(document);
    buf_done(&out);
}

static void what_xml_cannot_hold_becomes_a_replacement(void **state)
{
    struct fixture *f = *state;
    static const struct {
        struct str value;
        const char *read;
    } cases[] = {
        {{"a\0b", 3},
         "a\xEF\xBF\xBD"
         "b"},
        {{"\x01\x1F", 2}, "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {{"\xEF\xBF\xBE", 3}, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {{"\xED\xA0\x80", 3}, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {{"\xC3", 1}, "\xEF\xBF\xBD"},
        {{"x\xFFy", 3}, "x\xEF\xBF\xBDy"},
        {{"\xF4\x90\x80\x80", 4}, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct xml_document *document;
        struct xml_writer writer;
        struct buf out;

        buf_init(&out, 1 << 16);
        xml_write_begin(&writer, &out);
        xml_write_open(&writer, "a");
        xml_write_attr(&writer, "v", cases[i].value);
        xml_write_text(&writer, cases[i].value);
        xml_write_close(&writer);
        document = must_load(f, buf_str(&out));
        assert_str(xml_attr(xml_root(document), "v"), cases[i].read);
        assert_str(xml_text_raw(xml_root(document)), cases[i].read);
        xml_free(document);
        buf_done(&out);
    }
}

static void every_byte_pair_can_be_written(void **state)
{
    struct fixture *f = *state;
    struct xml_writer writer;
    struct buf out;
    struct xml_document *document;
    unsigned a;
    unsigned b;

    buf_init(&out, 1 << 24);
    xml_write_begin(&writer, &out);
    xml_write_open(&writer, "list");
    for (a = 0; a < 256; a++) {
        for (b = 0; b < 256; b += 3) {
            char bytes[2] = {(char)a, (char)b};

            xml_write_open(&writer, "i");
            xml_write_attr(&writer, "v", (struct str){bytes, 2});
            xml_write_close(&writer);
        }
    }
    xml_write_close(&writer);
    document = must_load(f, buf_str(&out));
    xml_free(document);
    buf_done(&out);
}

static void the_form_of_what_is_written(void **state)
{
    struct xml_writer writer;
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 16);
    xml_write_begin(&writer, &out);
    xml_write_open(&writer, "a");
    xml_write_attr_int(&writer, "i", INT64_MIN);
    xml_write_attr_double(&writer, "d", 0.1);
    xml_write_open(&writer, "b");
    xml_write_open(&writer, "c");
    xml_write_close(&writer);
    xml_write_close(&writer);
    xml_write_open(&writer, "d");
    xml_write_text(&writer, STR("x"));
    xml_write_close(&writer);
    xml_write_close(&writer);
    assert_str(buf_str(&out), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                              "<a i=\"-9223372036854775808\" d=\"0.1\">\n"
                              " <b>\n"
                              "  <c/>\n"
                              " </b>\n"
                              " <d>x</d>\n"
                              "</a>\n");
    buf_done(&out);
}

/* --- where documents come from --- */

static void put_file(struct fixture *f, const char *name, const char *text, char *ret_path)
{
    FILE *file;

    snprintf(ret_path, 200, "%s/%s", f->folder, name);
    file = fopen(ret_path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static enum status find(struct fixture *f, const char *name, struct str folder, const char *root,
                        struct xml_document **ret_document)
{
    diag_done(&f->diag);
    return library_load(&f->library, str_of(name), folder, root, &f->diag, ret_document);
}

static const char answers[] = "<answers xmlns=\"urn:cfaudit:1\" audit=\"mine\"/>";

static void shipped_documents_are_valid(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document = NULL;

    assert_int_equal(find(f, "iso9001-5.1.2", (struct str){NULL, 0}, "checklist", &document),
                     STATUS_OK);
    assert_str(xml_attr(xml_root(document), "id"), "iso9001-5.1.2");
    /* defaults of the schema are there as if written */
    assert_str(xml_attr(xml_child(xml_root(document), "question"), "gate"), "no");
    xml_free(document);
}

static void paths_are_relative_to_the_folder_given(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document = NULL;
    char path[200];

    put_file(f, "own.xml", answers, path);
    assert_int_equal(find(f, path, STR("/nowhere"), "answers", &document), STATUS_OK);
    xml_free(document);
    document = NULL;
    assert_int_equal(find(f, "own.xml", str_of(f->folder), "answers", &document), STATUS_OK);
    xml_free(document);
    document = NULL;
    assert_int_equal(find(f, "own.xml", STR("/nowhere"), "answers", &document), STATUS_IO);
    assert_int_equal(f->diag.list[0].rule, RULE_SOURCE_OPEN);
    assert_null(document);
    diag_done(&f->diag);
    assert_int_equal(library_load_path(&f->library, str_of(path), "answers", &f->diag, &document),
                     STATUS_OK);
    xml_free(document);
    unlink(path);
}

static void the_data_folder_comes_first(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document = NULL;
    char path[200];

    put_file(f, "xes.xml", answers, path);
    f->library.data_folder = str_of(f->folder);
    assert_int_equal(find(f, "xes", (struct str){NULL, 0}, "answers", &document), STATUS_OK);
    xml_free(document);
    document = NULL;
    /* and what it lacks is shipped */
    assert_int_equal(find(f, "vinst", (struct str){NULL, 0}, "source-map", &document), STATUS_OK);
    xml_free(document);
    f->library.data_folder = (struct str){NULL, 0};
    document = NULL;
    assert_int_equal(find(f, "xes", (struct str){NULL, 0}, "source-map", &document), STATUS_OK);
    xml_free(document);
    unlink(path);
}

static void an_unknown_name_is_told_with_the_nearest(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document = NULL;

    assert_int_equal(find(f, "iso9001-512", (struct str){NULL, 0}, "checklist", &document),
                     STATUS_USAGE);
    assert_int_equal(f->diag.count, 1);
    assert_int_equal(f->diag.list[0].rule, RULE_DOCUMENT_UNKNOWN);
    assert_str(f->diag.list[0].text, "no such document: 'iso9001-512'");
    assert_str(f->diag.list[0].hint, "did you mean 'iso9001-5.1.2'?");
    assert_int_equal(find(f, "qqqq", (struct str){NULL, 0}, "checklist", &document), STATUS_USAGE);
    assert_true(str_starts(f->diag.list[0].hint, "shipped are: "));
    assert_int_equal(find(f, "", (struct str){NULL, 0}, "checklist", &document), STATUS_USAGE);
    /* the schema is no document of a user's */
    assert_int_equal(find(f, "cfaudit.xsd", (struct str){NULL, 0}, "schema", &document),
                     STATUS_USAGE);
    assert_null(document);
}

static void another_kind_of_document_is_told(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document = NULL;

    assert_int_equal(find(f, "xes", (struct str){NULL, 0}, "checklist", &document), STATUS_INVALID);
    assert_int_equal(f->diag.list[0].rule, RULE_XML_ROOT);
    assert_str(f->diag.list[0].text,
               "wrong kind of document: it begins with 'source-map', wanted is 'checklist'");
    assert_null(document);
}

static void a_root_outside_the_namespace_is_told(void **state)
{
    struct fixture *f = *state;
    struct xml_document *document = NULL;
    char path[200];

    put_file(f, "bare.xml", "<answers audit='mine'/>", path);
    assert_int_equal(find(f, path, (struct str){NULL, 0}, "answers", &document), STATUS_INVALID);
    assert_int_equal(f->diag.count, 1);
    assert_int_equal(f->diag.list[0].rule, RULE_XML_ROOT);
    assert_str(f->diag.list[0].hint, "write <answers xmlns=\"urn:cfaudit:1\" ...>");
    assert_null(document);
    unlink(path);
}

/* --- the schema itself --- */

static void a_schema_that_does_not_compile_is_no_schema(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"a\""
        " type=\"none\"/></xs:schema>",
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:include"
        " schemaLocation=\"/etc/passwd\"/></xs:schema>",
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">",
        "",
    };
    size_t i;

    for (i = 0; i < ARRAY_LEN(texts); i++) {
        struct xml_schema *schema = NULL;
        enum status status;

        diag_done(&f->diag);
        status = xml_schema_load(STR("s.xsd"), str_of(texts[i]), &f->diag, &schema);
        assert_int_equal(status, i < 2 ? STATUS_OK : STATUS_INVALID);
        assert_int_equal(schema != NULL, i < 2);
        if (schema)
            assert_int_equal(xml_schema_compile(schema, &f->diag), STATUS_INVALID);
        xml_schema_free(schema);
        assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
        assert_int_equal(f->diag.list[0].rule, i < 2 ? RULE_XML_SCHEMA : RULE_XML_SYNTAX);
    }
}

/* --- memory --- */

/* Allocations that fail in one child, one a document: to make a child costs more than all of them. */
enum { FAILURES_A_CHILD = 64 };

/* STATUS_OK: loaded, with fewer allocations. */
static enum status load_with_failure(struct fixture *f, struct str bytes, unsigned long nth)
{
    struct source *source = NULL;
    struct xml_document *document = NULL;
    enum status status;

    mem_fail_at(nth);
    status = source_open_memory(STR("d"), bytes, &f->diag, &source);
    if (status == STATUS_OK)
        status = xml_load(source, f->library.schema, "checklist", &f->diag, &document);
    if (status == STATUS_OK && mem_count() >= nth)
        status = STATUS_INVALID;
    if (status == STATUS_MEMORY && document)
        status = STATUS_INVALID;
    mem_fail_at(0);
    xml_free(document);
    source_close(source);
    diag_done(&f->diag);
    return status;
}

/* Status of a child in which the allocations from the first on fail; 0: a document was loaded. */
static int load_with_failures(struct fixture *f, struct str bytes, unsigned long first)
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        enum status ended = STATUS_MEMORY;
        unsigned long nth;

        if (!freopen("/dev/null", "w", stderr))
            _exit(99);
        diag_done(&f->diag);
        for (nth = first; nth < first + FAILURES_A_CHILD && ended == STATUS_MEMORY; nth++)
            ended = load_with_failure(f, bytes, nth);
        _exit(ended == STATUS_OK ? 0 : ended == STATUS_MEMORY ? 2 : 98);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* How many allocations failed, but for those in front of the document that was loaded at last. */
static unsigned long fail_all(struct fixture *f, struct str bytes)
{
    unsigned long first;

    for (first = 1; first < 5000; first += FAILURES_A_CHILD) {
        int status = load_with_failures(f, bytes, first);

        if (status == 0)
            return first - 1;
        if (status != 2)
            fail_msg("allocation %lu or one behind it: status %d", first, status);
    }
    fail_msg("no document was loaded");
    return 0;
}

static void no_allocation_that_fails_makes_a_document(void **state)
{
    struct fixture *f = *state;
    struct buf document;
    unsigned i;

    buf_init(&document, 1 << 16);
    buf_add_text(&document, "<checklist xmlns=\"urn:cfaudit:1\" id=\"a\">"
                            "<title lang=\"en\"> T &amp; U </title>"
                            "<section id=\"S\"><title lang=\"en\">S</title></section>");
    for (i = 0; i < 20; i++)
        buf_printf(&document,
                   "<question id=\"Q%u\" section=\"S\" letters=\"a\" basis=\"policy\""
                   " mode=\"human\" weight=\"1\"><clause>5.1</clause>"
                   "<text lang=\"en\">Q?</text></question>",
                   i);
    buf_add_text(&document, "</checklist>");
    assert_true(fail_all(f, buf_str(&document)) > 10);
    /* a thing that only libxml2 knows */
    buf_add_text(&document, "<?x y?>");
    assert_true(fail_all(f, buf_str(&document)) > 100);
    buf_done(&document);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_attributes_and_texts),
        cmocka_unit_test(identity_is_of_the_stored_bytes),
        cmocka_unit_test(places_count_characters_and_lines),
        cmocka_unit_test(places_of_other_encodings_have_no_offset),
        cmocka_unit_test(lines_beyond_65535_are_exact),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(what_xml_cannot_hold_becomes_a_replacement),
        cmocka_unit_test(every_byte_pair_can_be_written),
        cmocka_unit_test(the_form_of_what_is_written),
        cmocka_unit_test(shipped_documents_are_valid),
        cmocka_unit_test(paths_are_relative_to_the_folder_given),
        cmocka_unit_test(the_data_folder_comes_first),
        cmocka_unit_test(an_unknown_name_is_told_with_the_nearest),
        cmocka_unit_test(another_kind_of_document_is_told),
        cmocka_unit_test(a_root_outside_the_namespace_is_told),
        cmocka_unit_test(a_schema_that_does_not_compile_is_no_schema),
        cmocka_unit_test(no_allocation_that_fails_makes_a_document),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
