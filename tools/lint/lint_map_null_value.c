/* Texts that are said to mean "nothing" and to mean something: the second is never read. */
#include "lint/lint_rule.h"

static const struct xml_node *value_of(const struct lint *lint, struct str text)
{
    const struct xml_node *record = xml_child(lint->root, "record");
    const struct xml_node *value = xml_child(xml_child(lint->root, "status"), "value");

    for (; value; value = xml_next(value, "value"))
        if (str_equal(xml_text(value), text))
            return value;
    for (; record; record = xml_next(record, "record")) {
        const struct xml_node *field = xml_child(record, "field");

        for (; field; field = xml_next(field, "field"))
            for (value = xml_child(field, "value"); value; value = xml_next(value, "value"))
                if (str_equal(xml_attr(value, "from"), text))
                    return value;
    }
    return NULL;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *value = value_of(lint, xml_text(node));

    if (!value)
        return;
    lint_say(lint, node, NULL, "line %llu gives '%.*s' a meaning",
             (unsigned long long)xml_where(lint->document, value).line, STR_ARG(xml_text(node)));
    lint_hint(lint, "take one of the two away");
}

const struct lint_rule lint_map_null_value = {
    .kind = "source-map", .element = "null", .look = look};
