/* An element that says nothing but what an earlier one beside it says in the same words. */
#include <string.h>

#include "lint/fix.h"

enum { DEPTH_MAX = 16 };

static bool same_attributes(const struct xml_node *a, const struct xml_node *b)
{
    struct str name;
    struct str value;
    size_t count = 0;

    for (; xml_attr_at(a, count, &name, &value); count++)
        if (!xml_attr(b, name.ptr).ptr || !str_equal(xml_attr(b, name.ptr), value))
            return false;
    return !xml_attr_at(b, count, &name, &value);
}

static bool is_same(const struct xml_node *a, const struct xml_node *b, unsigned depth)
{
    const struct xml_node *in_a = xml_child(a, NULL);
    const struct xml_node *in_b = xml_child(b, NULL);

    if (depth == DEPTH_MAX || strcmp(xml_name(a), xml_name(b)) != 0 || !same_attributes(a, b) ||
        !str_equal(xml_text(a), xml_text(b)))
        return false;
    for (; in_a && in_b; in_a = xml_next(in_a, NULL), in_b = xml_next(in_b, NULL))
        if (!is_same(in_a, in_b, depth + 1))
            return false;
    return !in_a && !in_b;
}

static bool has_comment(struct str content)
{
    const char *at = content.ptr;
    const char *end = content.ptr + content.len;

    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL)
        if (str_starts((struct str){at, (size_t)(end - at)}, "<!--"))
            return true;
        else
            at++;
    return false;
}

/* With the line it has for itself. */
static struct xml_range with_line(const struct xml_document *document, struct xml_range element)
{
    struct str text = xml_source_text(document);
    struct xml_range line = element;

    while (line.start > 0 && (text.ptr[line.start - 1] == ' ' || text.ptr[line.start - 1] == '\t'))
        line.start--;
    while (line.end < text.len && (text.ptr[line.end] == ' ' || text.ptr[line.end] == '\t'))
        line.end++;
    if (line.start == 0 || text.ptr[line.start - 1] != '\n' || line.end == text.len)
        return element;
    if (text.ptr[line.end] == '\r')
        line.end++;
    if (line.end == text.len || text.ptr[line.end] != '\n')
        return element;
    line.end++;
    return line;
}

static void propose(struct fixing *fixing)
{
    const struct xml_node *parent = xml_source_parent(fixing->document, fixing->node);
    const struct xml_node *before = parent ? xml_child(parent, NULL) : fixing->node;
    struct xml_range content;
    struct xml_range end_name;
    struct xml_range element;

    while (before != fixing->node && !is_same(before, fixing->node, 0))
        before = xml_next(before, NULL);
    if (before == fixing->node)
        return;
    element = xml_source_element(fixing->document, fixing->node, &content, &end_name);
    if (has_comment(xml_source_part(fixing->document, content)))
        return; /* somebody has a word on it */
    fix_edit(fixing, with_line(fixing->document, element), STR(""));
}

const struct fix fix_repeated = {.about = "takes away what is there in the same words before",
                                 .uncovers = true,
                                 .propose = propose};
const struct fix fix_repeated_day = {.about = "takes away what is there in the same words before",
                                     .propose = propose};
