#include "xml/xml_source.h"

#include <string.h>

#include "xml/xml_document.h"

struct str xml_source_text(const struct xml_document *document)
{
    return document->text;
}

struct str xml_source_part(const struct xml_document *document, struct xml_range range)
{
    return (struct str){document->text.ptr + range.start, range.end - range.start};
}

size_t xml_source_offset(const struct xml_node *node)
{
    return node->offset;
}

/* --- places --- */

/* The last element that begins there or before; NULL: the root stands behind. */
static const struct xml_node *node_before(const struct xml_document *document, uint64_t line,
                                          uint64_t column)
{
    size_t low = 0;
    size_t high = document->node_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct xml_node *node = &document->nodes[middle];

        if (node->line < line || (node->line == line && node->column <= column))
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &document->nodes[low - 1] : NULL;
}

struct where xml_source_where(const struct xml_document *document, size_t offset)
{
    size_t low = 0;
    size_t high = document->node_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (document->nodes[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? xml_where_behind(document, &document->nodes[low - 1], document->text.ptr + offset)
               : xml_where_offset(document, offset);
}

const struct xml_node *xml_source_find(const struct xml_document *document,
                                       const struct where *where, struct str *ret_attribute)
{
    const struct xml_node *node = node_before(document, where->line, where->column);
    struct xml_source_attr attr;
    size_t i;

    *ret_attribute = (struct str){NULL, 0};
    if (!node || (node->line == where->line && node->column == where->column))
        return node;
    for (i = 0; xml_source_attr_at(document, node, i, &attr); i++) {
        struct where place =
            xml_where_behind(document, node, document->text.ptr + attr.name.start);

        if (place.line == where->line && place.column == where->column) {
            *ret_attribute = xml_source_part(document, attr.name);
            return node;
        }
    }
    return NULL;
}

const struct xml_node *xml_source_parent(const struct xml_document *document,
                                         const struct xml_node *node)
{
    const struct xml_node *above = NULL;
    const struct xml_node *at = document->nodes;

    while (at != node) {
        if (at + at->span > node)
            above = at++;
        else
            at += at->span;
    }
    return above;
}

/* --- parts of a start tag --- */

static bool ends_name(char c)
{
    return xml_is_blank(c) || c == '/' || c == '>' || c == '=';
}

static size_t name_end(const struct xml_document *document, size_t at)
{
    while (at < document->text.len && !ends_name(document->text.ptr[at]))
        at++;
    return at;
}

static size_t skip_blanks(const struct xml_document *document, size_t at)
{
    while (at < document->text.len && xml_is_blank(document->text.ptr[at]))
        at++;
    return at;
}

static struct xml_range without_prefix(const struct xml_document *document, struct xml_range name)
{
    const char *colon =
        memchr(document->text.ptr + name.start, ':', name.end - name.start);

    if (colon)
        name.start = (size_t)(colon + 1 - document->text.ptr);
    return name;
}

struct xml_range xml_source_name(const struct xml_document *document, const struct xml_node *node)
{
    size_t start = node->offset + (size_t)1;

    return without_prefix(document, (struct xml_range){start, name_end(document, start)});
}

/* The attribute behind `at`; false: the tag ends there. */
static bool next_attr(const struct xml_document *document, size_t at,
                      struct xml_source_attr *ret_attr)
{
    const char *text = document->text.ptr;
    const char *end;

    ret_attr->whole.start = at;
    at = skip_blanks(document, at);
    ret_attr->name = (struct xml_range){at, name_end(document, at)};
    at = skip_blanks(document, ret_attr->name.end);
    if (at >= document->text.len || text[at] != '=')
        return false;
    at = skip_blanks(document, at + 1);
    end = at + 1 < document->text.len
              ? memchr(text + at + 1, text[at], document->text.len - at - 1)
              : NULL;
    if (!end)
        return false;
    ret_attr->value = (struct xml_range){at + 1, (size_t)(end - text)};
    ret_attr->whole.end = ret_attr->value.end + 1;
    return true;
}

static size_t after_name(const struct xml_document *document, const struct xml_node *node)
{
    return name_end(document, node->offset + (size_t)1);
}

bool xml_source_attr_at(const struct xml_document *document, const struct xml_node *node, size_t i,
                        struct xml_source_attr *ret_attr)
{
    size_t at = after_name(document, node);

    do {
        if (!next_attr(document, at, ret_attr))
            return false;
        at = ret_attr->whole.end;
    } while (i-- > 0);
    return true;
}

bool xml_source_attr(const struct xml_document *document, const struct xml_node *node,
                     struct str name, struct xml_source_attr *ret_attr)
{
    size_t at = after_name(document, node);

    while (next_attr(document, at, ret_attr)) {
        if (str_equal(xml_source_part(document, ret_attr->name), name))
            return true;
        at = ret_attr->whole.end;
    }
    return false;
}

/* --- the whole element --- */

static size_t past(const struct xml_document *document, size_t at, const char *text)
{
    size_t len = strlen(text);

    for (; at + len <= document->text.len; at++)
        if (memcmp(document->text.ptr + at, text, len) == 0)
            return at + len;
    return document->text.len;
}

/* Behind the tag that begins at `at`; whether it was closed at once. */
static size_t tag_end(const struct xml_document *document, size_t at, bool *ret_is_whole)
{
    const char *text = document->text.ptr;
    char quote = '\0';

    for (; at < document->text.len && (quote || text[at] != '>'); at++) {
        if (quote)
            quote = text[at] == quote ? '\0' : quote;
        else if (text[at] == '"' || text[at] == '\'')
            quote = text[at];
    }
    *ret_is_whole = text[at - 1] == '/';
    return at + 1;
}

/* The "</" that closes what was opened before `at`. */
static size_t find_end_tag(const struct xml_document *document, size_t at)
{
    const char *text = document->text.ptr;
    size_t depth = 1;

    for (;;) {
        struct str rest;
        bool is_whole;

        at = past(document, at, "<") - 1;
        rest = (struct str){text + at, document->text.len - at};
        if (str_starts(rest, "<!--"))
            at = past(document, at + 4, "-->");
        else if (str_starts(rest, "<![CDATA["))
            at = past(document, at, "]]>");
        else if (str_starts(rest, "<?"))
            at = past(document, at, "?>");
        else if (!str_starts(rest, "</")) {
            at = tag_end(document, at, &is_whole);
            depth += !is_whole;
        } else if (--depth > 0) {
            at = past(document, at, ">");
        } else {
            return at;
        }
        if (at >= document->text.len)
            return document->text.len;
    }
}

struct xml_range xml_source_element(const struct xml_document *document,
                                    const struct xml_node *node, struct xml_range *ret_content,
                                    struct xml_range *ret_end_name)
{
    bool is_whole;
    size_t at = tag_end(document, node->offset, &is_whole);
    struct xml_range element = {node->offset, at};

    *ret_content = *ret_end_name = (struct xml_range){at, at};
    if (is_whole)
        return element;
    ret_content->end = find_end_tag(document, at);
    ret_end_name->start = ret_content->end + 2;
    ret_end_name->end = name_end(document, ret_end_name->start);
    *ret_end_name = without_prefix(document, *ret_end_name);
    element.end = past(document, ret_end_name->end, ">");
    return element;
}
