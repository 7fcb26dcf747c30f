/* Status tables by which no case is ever over: nothing that was solved would count. */
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *table = xml_child(node, "status");
    const struct xml_node *value = xml_child(table, "value");

    for (; value; value = xml_next(value, "value"))
        if (str_is(xml_attr(value, "class"), "solved") ||
            str_is(xml_attr(value, "class"), "closed"))
            return;
    if (!table)
        return;
    lint_say(lint, table, NULL, "none is of class solved or closed");
    lint_hint(lint, "add the status that cases end with: <value class=\"solved\">Resolved</value>");
}

const struct lint_rule lint_map_status_end = {.kind = "source-map", .look = look};
