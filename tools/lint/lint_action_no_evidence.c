/* Actions that are said to be done, with nothing to look at. */
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str status = xml_attr(node, "status");

    if (!str_is(status, "implemented") && !str_is(status, "verified") && !str_is(status, "closed"))
        return;
    if (xml_child(node, "evidence"))
        return;
    lint_say(lint, node, "status", "'%.*s' is %.*s", STR_ARG(xml_attr(node, "id")),
             STR_ARG(status));
    lint_hint(lint, "add <evidence ref=\"...\"/> behind 'what'");
}

const struct lint_rule lint_action_no_evidence = {
    .kind = "actions", .element = "action", .look = look};
