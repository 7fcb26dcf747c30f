/*
 * What the schema accepts and refuses: one complete document of every kind, and lists of changes
 * with the exact words that each must bring.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "source/shipped.h"
#include "library_fixture.h"

enum { FILE_MAX = 1 << 20, CASE_MAX = 4 << 20 };

static const char *const roots[] = {"checklist", "source-map", "audit",   "answers",
                                    "evidence",  "result",     "calendar", "sla", "actions",
                                    "score-model", "clause-table", "trust-policy", "profile",
                                    "process", "lexicon",
                                    "calibration"};

static char *read_file(const char *root, const char *ending)
{
    const char *top = getenv("TOP");
    char path[4096];
    char *text = mem_alloc(1, FILE_MAX);
    FILE *file;

    snprintf(path, sizeof path, "%s/tests/data/xsd/%s%s", top ? top : ".", root, ending);
    file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    assert_non_null(text);
    text[fread(text, 1, FILE_MAX - 1, file)] = '\0';
    fclose(file);
    return text;
}

/* Loads the bytes; diagnostics without the name "d", the closing fatal one left out. */
static enum status check(struct fixture *f, const char *root, struct str bytes, struct buf *said)
{
    struct source *source = NULL;
    struct xml_document *document = NULL;
    enum status status;
    size_t i;

    diag_done(&f->diag);
    assert_int_equal(source_open_memory(STR("d"), bytes, &f->diag, &source), STATUS_OK);
    status = xml_load(source, f->library.schema, root, &f->diag, &document);
    assert_int_equal(status == STATUS_OK, document != NULL);
    xml_free(document);
    source_close(source);
    for (i = 0; i < f->diag.count; i++) {
        struct buf one;
        struct str text;

        if (f->diag.list[i].rule == RULE_DOCUMENT_INVALID)
            continue;
        buf_init(&one, 1 << 16);
        diag_format(&f->diag.list[i], &one);
        text = buf_str(&one);
        assert_true(str_starts(text, "d:"));
        buf_add(said, (struct str){text.ptr + 2, text.len - 2});
        buf_done(&one);
    }
    return status;
}

static void complete_documents_are_valid(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(roots); i++) {
        char *text = read_file(roots[i], ".xml");
        struct buf said;

        buf_init(&said, 1 << 16);
        if (check(f, roots[i], str_of(text), &said) != STATUS_OK)
            fail_msg("%s: %.*s", roots[i], STR_ARG(buf_str(&said)));
        assert_int_equal(said.len, 0);
        buf_done(&said);
        mem_free(text);
    }
}

/* --- cases --- */

/* "@LONG(n)" stands for n letters, "\n" for a line end. */
static void add_unescaped(struct buf *out, struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        struct str rest = {text.ptr + i, text.len - i};

        if (str_starts(rest, "@LONG(")) {
            unsigned long n = strtoul(text.ptr + i + 6, NULL, 10);

            while (n-- > 0)
                buf_add_char(out, 'x');
            while (text.ptr[i] != ')')
                i++;
        } else if (str_starts(rest, "\\n")) {
            buf_add_char(out, '\n');
            i++;
        } else {
            buf_add_char(out, text.ptr[i]);
        }
    }
}

static void run_case(struct fixture *f, const char *root, const char *text, struct str label,
                     struct str from, struct str to, struct str expected)
{
    struct buf wrong;
    struct buf part;
    struct buf said;
    const char *at;
    uint64_t errors;

    buf_init(&wrong, CASE_MAX);
    buf_init(&part, CASE_MAX);
    buf_init(&said, CASE_MAX);
    add_unescaped(&part, from);
    at = strstr(text, part.bytes);
    if (!at || strstr(at + 1, part.bytes))
        fail_msg("%s: %.*s: not there exactly once", root, STR_ARG(label));
    buf_add(&wrong, (struct str){text, (size_t)(at - text)});
    add_unescaped(&wrong, to);
    buf_add_text(&wrong, at + part.len);
    assert_false(wrong.failed || part.failed);
    assert_int_equal(check(f, root, buf_str(&wrong), &said), STATUS_INVALID);
    if (!str_equal(buf_str(&said), expected))
        fail_msg("%s: %.*s: said\n%.*s, expected\n%.*s", root, STR_ARG(label),
                 STR_ARG(buf_str(&said)), STR_ARG(expected));
    /* the closing word counts them */
    errors = f->diag.by_severity[SEVERITY_ERROR];
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    assert_int_equal(f->diag.list[f->diag.count - 1].rule, RULE_DOCUMENT_INVALID);
    buf_clear(&part);
    buf_printf(&part, "document cannot be used: %llu error%s", (unsigned long long)errors,
               errors == 1 ? "" : "s");
    assert_true(str_equal(f->diag.list[f->diag.count - 1].text, buf_str(&part)));
    buf_done(&wrong);
    buf_done(&part);
    buf_done(&said);
}

/* Takes one block off the list: label, "- ", "+ ", and what is said up to an empty line. */
static bool next_case(struct str *rest, struct str *label, struct str *from, struct str *to,
                      struct str *expected)
{
    struct str line;

    do {
        if (!str_split(rest, '\n', label))
            return false;
    } while (label->len == 0 || label->ptr[0] == '#');
    assert_true(str_split(rest, '\n', from) && str_starts(*from, "- "));
    assert_true(str_split(rest, '\n', to) && str_starts(*to, "+ "));
    *from = (struct str){from->ptr + 2, from->len - 2};
    *to = (struct str){to->ptr + 2, to->len - 2};
    expected->ptr = rest->ptr;
    expected->len = 0;
    while (str_split(rest, '\n', &line) && line.len > 0)
        expected->len += line.len + 1;
    return true;
}

static void every_listed_change_is_refused_in_these_words(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(roots); i++) {
        char *text = read_file(roots[i], ".xml");
        char *cases = read_file(roots[i], ".cases");
        struct str rest = str_of(cases);
        struct str label;
        struct str from;
        struct str to;
        struct str expected;
        unsigned count = 0;

        while (next_case(&rest, &label, &from, &to, &expected)) {
            run_case(f, roots[i], text, label, from, to, expected);
            count++;
        }
        assert_true(count >= 8);
        mem_free(cases);
        mem_free(text);
    }
}

/* --- nothing in the schema without a case --- */

static bool has_label(char *const *cases, const char *kind, struct str name)
{
    char label[200];
    size_t i;

    snprintf(label, sizeof label, "\n%s %.*s", kind, STR_ARG(name));
    for (i = 0; i < ARRAY_LEN(roots); i++) {
        const char *at = cases[i];

        while ((at = strstr(at, label)) != NULL) {
            at += strlen(label);
            if (*at == '\n' || *at == ',')
                return true;
        }
    }
    return false;
}

/* Every <xs:TAG name="..."> of the schema that is not closed at once has a case "KIND name". */
static unsigned demand(struct str schema, char *const *cases, const char *tag, const char *kind)
{
    char open[100];
    unsigned count = 0;
    size_t i;

    snprintf(open, sizeof open, "<xs:%s name=\"", tag);
    for (i = 0; i + strlen(open) < schema.len; i++) {
        const char *name = schema.ptr + i + strlen(open);
        const char *end;
        char full[110];

        if (memcmp(schema.ptr + i, open, strlen(open)) != 0)
            continue;
        end = strchr(name, '"');
        assert_non_null(end);
        if (strchr(end, '>')[-1] == '/')
            continue;
        snprintf(full, sizeof full, "%s%.*s", strcmp(tag, "attribute") == 0 ? "@" : "",
                 (int)(end - name), name);
        if (!has_label(cases, kind, str_of(full)))
            fail_msg("the schema's %s '%s' has no case '%s %s'", tag, full, kind, full);
        count++;
    }
    return count;
}

static void every_constraint_of_the_schema_has_a_case(void **state)
{
    const struct shipped *shipped = shipped_find(STR("cfaudit.xsd"));
    struct str schema = shipped_bytes(shipped);
    char *cases[ARRAY_LEN(roots)];
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(roots); i++)
        cases[i] = read_file(roots[i], ".cases");
    assert_true(demand(schema, cases, "simpleType", "type") > 40);
    assert_true(demand(schema, cases, "attribute", "type") > 10);
    assert_true(demand(schema, cases, "unique", "key") > 20);
    assert_true(demand(schema, cases, "key", "key") > 4);
    assert_true(demand(schema, cases, "keyref", "key") > 2);
    for (i = 0; i < ARRAY_LEN(roots); i++)
        mem_free(cases[i]);
}

/* --- every attribute --- */

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.';
}

/*
 * The document with the name of the attribute at `at` changed; an oracle for places that knows
 * nothing of XML but that an attribute is a name before ="...".
 */
static void rename_attribute(struct fixture *f, const char *root, const char *text, const char *at,
                             unsigned line, unsigned column)
{
    struct buf wrong;
    struct buf said;
    bool found = false;
    size_t i;

    buf_init(&wrong, CASE_MAX);
    buf_init(&said, CASE_MAX);
    buf_add(&wrong, (struct str){text, (size_t)(at - text)});
    buf_add_text(&wrong, "zz");
    buf_add_text(&wrong, at);
    assert_int_equal(check(f, root, buf_str(&wrong), &said), STATUS_INVALID);
    for (i = 0; i < f->diag.count; i++)
        found |= f->diag.list[i].rule == RULE_XML_ATTRIBUTE && f->diag.list[i].where.line == line &&
                 f->diag.list[i].where.column == column &&
                 f->diag.list[i].where.offset == (uint64_t)(at - text);
    if (!found)
        fail_msg("%s %u:%u: %.*s", root, line, column, STR_ARG(buf_str(&said)));
    buf_done(&wrong);
    buf_done(&said);
}

static void an_attribute_of_another_name_is_found_where_it_stands(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(roots); i++) {
        char *text = read_file(roots[i], ".xml");
        unsigned line = 1;
        unsigned column = 1;
        unsigned count = 0;
        const char *at;

        for (at = text; *at; at++) {
            const char *end = at;

            while (is_name_character(*end))
                end++;
            if (line > 1 && end > at && (at[-1] == ' ' || at[-1] == '\n') &&
                strncmp(end, "=\"", 2) == 0 && strncmp(at, "xmlns", 5) != 0 &&
                strncmp(at, "any=", 4) != 0) {
                rename_attribute(f, roots[i], text, at, line, column);
                count++;
            }
            column = *at == '\n' ? 1 : column + ((*at & 0xC0) != 0x80);
            line += *at == '\n';
        }
        assert_true(count > 5);
        mem_free(text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_documents_are_valid),
        cmocka_unit_test(every_listed_change_is_refused_in_these_words),
        cmocka_unit_test(every_constraint_of_the_schema_has_a_case),
        cmocka_unit_test(an_attribute_of_another_name_is_found_where_it_stands),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
