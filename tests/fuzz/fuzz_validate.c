/*
 * Documents of any kind, looked at by every rule: valid, or wrong for a reason that stands at a place
 * inside the document, and the same when it is looked at again. What --fix makes of it can be read and
 * has nothing left to mend.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "lint/lint.h"
#include "lint/mend.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static uint64_t lines_of(struct str bytes)
{
    uint64_t lines = 1;
    size_t i;

    for (i = 0; i < bytes.len; i++)
        lines += bytes.ptr[i] == '\n' || bytes.ptr[i] == '\r';
    return lines;
}

static void check(const struct lint_document *document, struct str bytes)
{
    uint64_t bad = document->diag.by_severity[SEVERITY_ERROR] +
                   document->diag.by_severity[SEVERITY_FATAL];
    size_t i;

    must(document->outcome != LINT_VALID || bad == 0, "what is valid has no error");
    must(document->outcome == LINT_VALID || document->diag.count > 0, "what is not has a reason");
    must(document->outcome == LINT_VALID || document->outcome == LINT_NOT_OURS || bad > 0,
         "which is an error");
    for (i = 0; i < document->diag.count; i++) {
        const struct diagnostic *item = &document->diag.list[i];

        must(item->text.len > 0, "it says something");
        must(utf8_valid_prefix(item->text) == item->text.len, "in UTF-8");
        must(!str_is(item->where.source, "input.xml") || item->where.line <= lines_of(bytes),
             "at a line that there is");
    }
}

/* All that is said, for comparison; whether it is well-formed. */
static bool validate(const struct library *library, struct str bytes, struct buf *words)
{
    struct lint_set set;
    struct diag diag;
    struct source *source = NULL;
    bool is_xml = true;
    size_t i;

    diag_init(&diag);
    lint_set_init(&set, library);
    must(source_open_memory(str_of("input.xml"), bytes, &diag, &source) == STATUS_OK, "it is open");
    must(lint_set_add_source(&set, source, LINT_NAMED, &diag) == STATUS_OK, "it is looked at");
    source_close(source);
    must(lint_set_end(&set, &diag) == STATUS_OK, "to the end");
    must(set.count == 1 && diag.count == 0, "and nothing is said elsewhere");
    check(set.documents[0], bytes);
    for (i = 0; i < set.documents[0]->diag.count; i++) {
        is_xml = is_xml && set.documents[0]->diag.list[i].rule != RULE_XML_SYNTAX;
        diag_format(&set.documents[0]->diag.list[i], words);
    }
    lint_set_done(&set);
    diag_done(&diag);
    return is_xml;
}

static void mend(const struct library *library, struct str bytes)
{
    struct lint_set set;
    struct lint_mending first;
    struct lint_mending second;
    struct diag diag;
    struct buf words;

    diag_init(&diag);
    lint_set_init(&set, library);
    must(lint_mend(&set, str_of("input.xml"), bytes, LINT_NAMED, &diag, &first) == STATUS_OK,
         "it is mended");
    must(first.made.count > 0 || str_equal(first.after, bytes), "or left as it is");
    if (first.made.count > 0) {
        must(lint_mend(&set, str_of("input.xml"), first.after, LINT_NAMED, &diag, &second) ==
                 STATUS_OK,
             "what was mended is looked at");
        must(second.made.count == 0 && str_equal(second.after, first.after),
             "and there is nothing left to mend");
        lint_mending_done(&second);
        buf_init(&words, SIZE_MAX / 2);
        must(validate(library, first.after, &words), "it can be read");
        buf_done(&words);
    }
    lint_mending_done(&first);
    lint_set_done(&set);
    diag_done(&diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { WORDS = 1 << 26 };
    static struct library library;
    static bool is_ready;
    struct str bytes = {(const char *)data, size};
    struct buf first;
    struct buf second;

    if (!is_ready) {
        struct diag diag;

        xml_init();
        diag_init(&diag);
        must(library_init(&library, (struct str){NULL, 0}, &diag) == STATUS_OK, "the library is");
        diag_done(&diag);
        is_ready = true;
    }
    buf_init(&first, WORDS);
    buf_init(&second, WORDS);
    validate(&library, bytes, &first);
    validate(&library, bytes, &second);
    must(str_equal(buf_str(&first), buf_str(&second)), "the same is said twice");
    mend(&library, bytes);
    buf_done(&first);
    buf_done(&second);
    return 0;
}
