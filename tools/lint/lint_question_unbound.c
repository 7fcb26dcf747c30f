/* Questions that figures are to answer, and that no figure can: they stay open in every audit. */
#include "lint/lint_binding.h"
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    if (!str_is(xml_attr(node, "mode"), "auto") || lint_has_ladder(node))
        return;
    lint_say(lint, node, "mode", "question %.*s is 'auto' and has no ladder",
             STR_ARG(xml_attr(node, "id")));
    lint_hint(lint, "add <binding measure=\"...\"> with a <ladder>, or write mode=\"human\"");
}

const struct lint_rule lint_question_unbound = {
    .kind = "checklist", .element = "question", .look = look};
