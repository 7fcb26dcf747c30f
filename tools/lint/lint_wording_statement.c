/* Questions that ask nothing: a statement invites to nod. */
#include "lint/lint_help.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text;
    enum lang lang;

    if (!lint_wording(lint, node, &lang, &text) || text.ptr[text.len - 1] == '?')
        return;
    lint_say(lint, node, NULL, "question %.*s does not end with '?'",
             STR_ARG(xml_attr(lint_parent(lint), "id")));
    lint_hint(lint, "ask for what can be shown: how, who, when, which");
}

const struct lint_rule lint_wording_statement = {
    .kind = "checklist", .element = "text", .look = look};
