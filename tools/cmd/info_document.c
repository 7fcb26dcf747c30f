/* Documents of ours, and XML that is none. */
#include <string.h>

#include "base/mem.h"
#include "cmd/info.h"
#include "xml/xml.h"

enum { NAMES_MAX = 64, LANGUAGES_MAX = 16 };

/* What was met how often, in order of appearance; what does not fit is left out. */
struct tally {
    struct str names[NAMES_MAX];
    uint64_t counts[NAMES_MAX];
    size_t count;
};

static void count(struct tally *tally, struct str name)
{
    size_t i;

    for (i = 0; i < tally->count; i++)
        if (str_equal(tally->names[i], name))
            break;
    if (i == NAMES_MAX)
        return;
    tally->names[i] = name;
    tally->counts[i]++;
    if (i == tally->count)
        tally->count++;
}

/* Elements that can be referred to, and languages of texts. */
static void count_node(const struct xml_node *node, struct tally *elements, struct tally *languages)
{
    struct str language = xml_attr(node, "lang");

    if (xml_attr(node, "id").len || xml_attr(node, "question").len || xml_attr(node, "measure").len)
        count(elements, str_of(xml_name(node)));
    if (language.len)
        count(languages, language);
}

static void count_all(const struct xml_node *root, struct tally *elements, struct tally *languages)
{
    const struct xml_node *stack[256];
    const struct xml_node *node = xml_child(root, NULL);
    size_t depth = 0;

    while (node) {
        const struct xml_node *child = xml_child(node, NULL);

        count_node(node, elements, languages);
        if (child && depth < ARRAY_LEN(stack)) {
            stack[depth++] = node;
            node = child;
            continue;
        }
        while (!xml_next(node, NULL) && depth)
            node = stack[--depth];
        node = xml_next(node, NULL);
    }
}

static enum status tell_tally(struct facts *facts, const char *key, const struct tally *tally)
{
    static const char *const columns[] = {"name", "#n", NULL};
    size_t i;

    facts_table(facts, key, columns);
    for (i = 0; i < tally->count; i++) {
        struct str cells[] = {tally->names[i], facts_count(facts->arena, tally->counts[i])};

        if (!facts_row(facts, cells))
            return STATUS_MEMORY;
    }
    facts_table_end(facts);
    return STATUS_OK;
}

/* What the root says of itself, and titles. */
static enum status tell_root(struct info *info, const struct xml_node *root)
{
    static const char *const pairs[] = {"attribute", "value", NULL};
    static const char *const texts[] = {"language", "title", NULL};
    const struct xml_node *title;
    struct str cells[2];
    size_t i;

    facts_table(info->facts, "root", pairs);
    for (i = 0; xml_attr_at(root, i, &cells[0], &cells[1]); i++)
        if (!facts_row(info->facts, cells))
            return STATUS_MEMORY;
    facts_table_end(info->facts);
    facts_table(info->facts, "titles", texts);
    for (title = xml_child(root, "title"); title; title = xml_next(title, "title")) {
        cells[0] = xml_attr(title, "lang");
        cells[1] = xml_text(title);
        if (!facts_row(info->facts, cells))
            return STATUS_MEMORY;
    }
    facts_table_end(info->facts);
    return STATUS_OK;
}

static enum status tell_schema(struct info *info, struct xml_document *document)
{
    struct diag quiet;
    enum status status = run_library(info->run);

    if (status != STATUS_OK)
        return status;
    diag_init(&quiet);
    status = xml_validate(document, info->run->library.schema, &quiet);
    if (status == STATUS_OK || status == STATUS_INVALID) {
        facts_text(info->facts, "schema",
                   status == STATUS_OK ? STR("holds") : STR("does not hold; see: cfaudit validate"));
        if (status == STATUS_INVALID)
            facts_number(info->facts, "findings", quiet.by_severity[SEVERITY_ERROR]);
        status = STATUS_OK;
    } else {
        diag_merge(&info->run->diag, &quiet);
    }
    diag_done(&quiet);
    return status;
}

static enum status tell_ours(struct info *info, struct xml_document *document)
{
    const struct xml_node *root = xml_root(document);
    struct tally elements = {.count = 0};
    struct tally languages = {.count = 0};
    enum status status = tell_root(info, root);

    if (status == STATUS_OK)
        status = tell_schema(info, document);
    count_all(root, &elements, &languages);
    if (status == STATUS_OK)
        status = tell_tally(info->facts, "languages", &languages);
    if (status == STATUS_OK)
        status = tell_tally(info->facts, "elements", &elements);
    return status;
}

static enum status tell(struct info *info)
{
    struct xml_document *document = NULL;
    enum status status = xml_load(info->source, NULL, NULL, &info->run->diag, &document);
    const char *root;

    if (status != STATUS_OK) {
        facts_text(info->facts, "kind", STR("XML that cannot be read"));
        return status;
    }
    root = xml_name(xml_root(document));
    if (xml_is_ours(document)) {
        facts_text(info->facts, "kind",
                   arena_format(&info->run->arena, "%s, a document of cfaudit", root));
        status = tell_ours(info, document);
    } else {
        facts_text(info->facts, "kind", STR("XML, not of cfaudit"));
        facts_text(info->facts, "element", str_of(root));
    }
    xml_free(document);
    return status == STATUS_MEMORY ? diag_no_memory(&info->run->diag) : status;
}

/* A long way into the prolog an element has to begin. */
struct str info_root(struct str text)
{
    size_t i = 0;
    size_t from;

    while (i + 1 < text.len) {
        const char *next;

        if (text.ptr[i] != '<') {
            i++;
            continue;
        }
        if (text.ptr[i + 1] != '?' && text.ptr[i + 1] != '!')
            break;
        if (text.len - i > 4 && memcmp(text.ptr + i, "<!--", 4) == 0) {
            for (i += 4; i + 3 <= text.len && memcmp(text.ptr + i, "-->", 3) != 0;)
                i++;
            continue;
        }
        next = memchr(text.ptr + i, '>', text.len - i);
        if (!next)
            return (struct str){NULL, 0};
        i = (size_t)(next - text.ptr);
    }
    for (from = ++i; i < text.len && !strchr(" \t\r\n/>", text.ptr[i]); i++)
        if (text.ptr[i] == ':')
            from = i + 1;
    return i < text.len ? (struct str){text.ptr + from, i - from} : (struct str){NULL, 0};
}

static bool fits(const struct info *info)
{
    struct str text = info->text;

    while (text.len && strchr(" \t\r\n", text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    return text.len > 1 && text.ptr[0] == '<' &&
           (text.ptr[1] == '?' || text.ptr[1] == '!' || info_root(text).len > 0) &&
           !(text.ptr[1] >= '0' && text.ptr[1] <= '9');
}

const struct info_kind info_document = {.fits = fits, .tell = tell};
