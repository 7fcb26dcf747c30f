/* Checks of effectiveness that are planned for a day on which nothing needs to have been done yet. */
#include "lint/lint_meet.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *check = xml_child(node, "effectiveness");
    struct str due = xml_attr(node, "due");

    if (!check || !lint_is_before(xml_attr(check, "due"), due))
        return;
    lint_say(lint, check, "due", "'%.*s' is due on %.*s, its check on %.*s",
             STR_ARG(xml_attr(node, "id")), STR_ARG(due), STR_ARG(xml_attr(check, "due")));
    lint_hint(lint, "plan the check for a day behind %.*s", STR_ARG(due));
}

const struct lint_rule lint_action_check_planned = {
    .kind = "actions", .element = "action", .look = look};
