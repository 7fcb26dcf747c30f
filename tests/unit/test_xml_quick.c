/*
 * The fast way to a document against libxml2: whatever the one takes the other takes too, and gives
 * the same nodes. A processing instruction behind the root makes the loader leave a document to
 * libxml2 and changes nothing else.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "source/shipped.h"
#include "xml/library.h"

enum { FILE_MAX = 1 << 20, NAMES = 400, DOCUMENTS = 40 };

static const char slow[] = "<?slow way?>";
static const char *const roots[] = {"checklist", "source-map", "audit", "answers", "evidence",
                                    "result", "calendar", "sla", "actions", "score-model",
                                    "clause-table", "trust-policy", "profile",
                                    "process"};

struct fixture {
    struct library library;
    struct diag diag[2];
    struct arena arena;
    const char *names[NAMES]; /* of all attributes of the schema */
    size_t name_count;
    struct str documents[DOCUMENTS];
    size_t document_count;
    uint64_t draw;
    size_t taken; /* documents that the fast way took: it must be many */
};

static uint64_t draw_below(struct fixture *f, uint64_t limit)
{
    f->draw = f->draw * 6364136223846793005u + 1442695040888963407u;
    return (f->draw >> 33) % limit;
}

/* --- what to read --- */

static void add_names(struct fixture *f)
{
    static const char mark[] = "<xs:attribute name=\"";
    struct str schema = shipped_bytes(shipped_find(STR("cfaudit.xsd")));
    struct str copy = arena_str(&f->arena, schema);
    const char *at = copy.ptr;

    while ((at = strstr(at, mark)) != NULL) {
        struct str name = {at + sizeof mark - 1, 0};
        size_t i;

        name.len = (size_t)(strchr(name.ptr, '"') - name.ptr);
        for (i = 0; i < f->name_count && !str_is(name, f->names[i]); i++)
            ;
        if (i == f->name_count) {
            assert_true(i < NAMES);
            f->names[f->name_count++] = arena_str(&f->arena, name).ptr;
        }
        at = name.ptr;
    }
    assert_true(f->name_count > 100);
}

static void add_document(struct fixture *f, struct str bytes)
{
    assert_true(f->document_count < DOCUMENTS);
    f->documents[f->document_count++] = arena_str(&f->arena, bytes);
}

static void add_file(struct fixture *f, const char *root)
{
    const char *top = getenv("TOP");
    char path[4096];
    char *text = mem_alloc(1, FILE_MAX);
    FILE *file;

    assert_non_null(text);
    snprintf(path, sizeof path, "%s/tests/data/xsd/%s.xml", top ? top : ".", root);
    file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    text[fread(text, 1, FILE_MAX - 1, file)] = '\0';
    fclose(file);
    add_document(f, str_of(text));
    mem_free(text);
}

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    xml_init();
    diag_init(&f->diag[0]);
    diag_init(&f->diag[1]);
    arena_init(&f->arena);
    f->draw = 20260131;
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag[0]), STATUS_OK);
    add_names(f);
    for (i = 0; i < ARRAY_LEN(roots); i++)
        add_file(f, roots[i]);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag[0]);
    diag_done(&f->diag[1]);
    arena_done(&f->arena);
    mem_free(f);
    return 0;
}

/* --- both ways --- */

static enum status load(struct fixture *f, struct str bytes, struct diag *diag,
                        struct xml_document **ret_document)
{
    struct source *source = NULL;
    enum status status;

    diag_done(diag);
    assert_int_equal(source_open_memory(STR("d"), bytes, diag, &source), STATUS_OK);
    status = xml_load(source, f->library.schema, NULL, diag, ret_document);
    source_close(source);
    return status;
}

static void assert_same_str(struct str a, struct str b)
{
    assert_int_equal(a.ptr != NULL, b.ptr != NULL);
    if (!str_equal(a, b))
        fail_msg("'%.*s' and '%.*s'", STR_ARG(a), STR_ARG(b));
}

static void assert_same_where(struct where a, struct where b)
{
    assert_int_equal(a.line, b.line);
    assert_int_equal(a.column, b.column);
    assert_int_equal(a.offset, b.offset);
}

static void assert_same_nodes(const struct fixture *f, const struct xml_document *a_document,
                              const struct xml_document *b_document, const struct xml_node *a,
                              const struct xml_node *b)
{
    const struct xml_node *a_child = xml_child(a, NULL);
    const struct xml_node *b_child = xml_child(b, NULL);
    size_t i;

    assert_string_equal(xml_name(a), xml_name(b));
    assert_same_str(xml_text(a), xml_text(b));
    assert_same_where(xml_where(a_document, a), xml_where(b_document, b));
    for (i = 0; i < f->name_count; i++) {
        assert_same_str(xml_attr(a, f->names[i]), xml_attr(b, f->names[i]));
        if (xml_attr(a, f->names[i]).ptr)
            assert_same_where(xml_where_attr(a_document, a, str_of(f->names[i])),
                              xml_where_attr(b_document, b, str_of(f->names[i])));
    }
    for (; a_child && b_child; a_child = xml_next(a_child, NULL), b_child = xml_next(b_child, NULL))
        assert_same_nodes(f, a_document, b_document, a_child, b_child);
    assert_null(a_child);
    assert_null(b_child);
}

static void assert_same(struct fixture *f, struct str bytes)
{
    struct xml_document *quick_document = NULL;
    struct xml_document *slow_document = NULL;
    struct buf whole;
    enum status quick_status;
    enum status slow_status;

    buf_init(&whole, 1 << 24);
    buf_add(&whole, bytes);
    buf_add_text(&whole, slow);
    quick_status = load(f, bytes, &f->diag[0], &quick_document);
    slow_status = load(f, buf_str(&whole), &f->diag[1], &slow_document);
    if (quick_status != slow_status)
        fail_msg("%d and %d by libxml2: %.*s", quick_status, slow_status, STR_ARG(bytes));
    if (quick_document) {
        assert_int_equal(f->diag[0].count, 0);
        assert_same_nodes(f, quick_document, slow_document, xml_root(quick_document),
                          xml_root(slow_document));
        f->taken++;
    }
    xml_free(quick_document);
    xml_free(slow_document);
    buf_done(&whole);
}

/* --- documents --- */

static void complete_documents_are_the_same(void **state)
{
    struct fixture *f = *state;
    const struct shipped *document;
    size_t i;

    for (i = 0; i < f->document_count; i++)
        assert_same(f, f->documents[i]);
    for (document = shipped_documents; document->name; document++)
        if (!str_ends(str_of(document->name), ".xsd"))
            assert_same(f, shipped_bytes(document));
    assert_true(f->taken > f->document_count);
}

/* What is put in place of values, or anywhere. */
static const char *const pieces[] = {
    "", " ", "0", "-0", "00", "-1", "1", "1.0", "+1", "1e5", "1E+400", "NaN", "INF", ".5", "5.",
    "0.12345", "1000", "1000.0001", "9223372036854775807", "9223372036854775808",
    "99999999999999999999999999", "2026-02-29", "2024-02-29", "1900-02-29", "0000-01-01",
    "2026-13-01", "2026-01-31Z", "2026-01-31T24:00:00Z", "2026-01-31T23:59:60Z",
    "2026-01-31T23:59:59.1234567Z", "2026-01-31T23:59:59+14:00", "2026-01-31T23:59:59-13:59",
    "2026-01-31T23:59:59+14:01", "2026-01-31T23:59:59", "a", "a-", "A-1", "a--b", "EV-001", "EV-1",
    "PT4H30M", "P", "PT", "P1D", "urn:x", "urn:a b", "urn:%zz", "http://x:y/", " a", "a ", "a  b",
    "\ta", "a\nb", "\xC3\xA4", "\xEF\xBF\xBE", "\xEF\xBB\xBF", "\xE2\x80\xA8", "\x7F", "\x01",
    "&amp;", "&lt;", "&#65;", "&#x41;", "&#0;", "&#xD800;", "&#xFFFF;", "&#10;", "&#38;lt;",
    "&nbsp;", "&", "<", ">", "]]>", "]]", "'", "\"", "=", "/", "true", "false", "yes", "customer",
    "<!-- c -->", "<!-- -- -->", "<!---->", "<![CDATA[x]]>", "<?p i?>", "<x/>", "\r\n", "\t",
    " xmlns=\"\"", " xmlns=\"urn:cfaudit:1\"", " xmlns:y=\"urn:y\"", " xml:lang=\"en\"",
    " xml:space=\"preserve\"", " xsi:nil=\"true\"", " id=\"x\"", "<extensions/>",
    "<extensions><y xmlns=\"urn:y\" z=\"1\">w</y></extensions>", "<title lang=\"en\">T</title>",
    "<note lang=\"en\">N</note>", "48:00", "47:59", "24:00", "1/2", "10/10", "2026-W53", "2026-Q4",
};

/* Where the nth of such a byte is, counted round; SIZE_MAX without any. */
static size_t find_nth(struct fixture *f, struct str text, char c)
{
    size_t count = 0;
    size_t nth;
    size_t i;

    for (i = 0; i < text.len; i++)
        count += text.ptr[i] == c;
    if (count == 0)
        return SIZE_MAX;
    nth = draw_below(f, count);
    for (i = 0;; i++)
        if (text.ptr[i] == c && nth-- == 0)
            return i;
}

static size_t find_from(struct str text, size_t at, char c)
{
    while (at < text.len && text.ptr[at] != c)
        at++;
    return at < text.len ? at : SIZE_MAX;
}

/* The text with the bytes from..to replaced. */
static struct str replaced(struct arena *arena, struct str text, size_t from, size_t to,
                           struct str by)
{
    return arena_format(arena, "%.*s%.*s%.*s", (int)from, text.ptr, STR_ARG(by),
                        (int)(text.len - to), text.ptr + to);
}

/* One change that often leaves the document valid. */
static struct str changed(struct fixture *f, struct arena *arena, struct str text)
{
    struct str piece = str_of(pieces[draw_below(f, ARRAY_LEN(pieces))]);
    size_t from;
    size_t to;

    switch (draw_below(f, 8)) {
    case 0: /* a value */
    case 1:
    case 2:
        from = find_nth(f, text, '=');
        to = from < SIZE_MAX ? find_from(text, from + 2, text.ptr[from + 1]) : SIZE_MAX;
        if (to < SIZE_MAX)
            return replaced(arena, text, from + 2, to, piece);
        break;
    case 3: /* a text */
        from = find_nth(f, text, '>');
        to = from < SIZE_MAX ? find_from(text, from, '<') : SIZE_MAX;
        if (to < SIZE_MAX)
            return replaced(arena, text, from + 1, to, piece);
        break;
    case 4: /* a line twice, or not at all */
        from = find_nth(f, text, '\n');
        to = from < SIZE_MAX ? find_from(text, from + 1, '\n') : SIZE_MAX;
        if (to < SIZE_MAX && draw_below(f, 2))
            return replaced(arena, text, from, to, STR(""));
        if (to < SIZE_MAX)
            return replaced(arena, text, from, from, (struct str){text.ptr + from, to - from});
        break;
    case 5: /* another value of the same document */
        from = find_nth(f, text, '=');
        to = from < SIZE_MAX ? find_from(text, from + 2, text.ptr[from + 1]) : SIZE_MAX;
        if (to < SIZE_MAX) {
            size_t other = find_nth(f, text, '=');
            size_t end = find_from(text, other + 2, text.ptr[other + 1]);

            if (end < SIZE_MAX)
                return replaced(arena, text, from + 2, to,
                                (struct str){text.ptr + other + 2, end - other - 2});
        }
        break;
    case 6: /* anything between two bytes */
        from = draw_below(f, text.len);
        return replaced(arena, text, from, from, piece);
    default: /* a byte less */
        from = draw_below(f, text.len);
        return replaced(arena, text, from, from + 1, STR(""));
    }
    return text;
}

static void changed_documents_are_the_same(void **state)
{
    struct fixture *f = *state;
    const char *more = getenv("CFAUDIT_TEST_ROUNDS");
    size_t rounds = more ? strtoul(more, NULL, 10) : 3000;
    size_t i;

    f->taken = 0;
    for (i = 0; i < rounds; i++) {
        struct str text = f->documents[i % f->document_count];
        struct arena arena;
        size_t changes = 1 + draw_below(f, 3);

        arena_init(&arena);
        for (; changes > 0; changes--)
            text = changed(f, &arena, text);
        assert_same(f, text);
        arena_done(&arena);
    }
    assert_true(f->taken > rounds / 20);
    assert_true(f->taken < rounds);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_documents_are_the_same),
        cmocka_unit_test(changed_documents_are_the_same),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
