/* Questions that do not say what an auditor would accept: two auditors will not agree. */
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    if (xml_child(node, "expected-evidence") || !xml_attr(node, "id").ptr)
        return;
    lint_say(lint, node, "id", "'%.*s'", STR_ARG(xml_attr(node, "id")));
    lint_hint(lint, "add <expected-evidence lang=\"en\"> behind its <text>: which records, how many, "
                    "how recent");
}

const struct lint_rule lint_question_evidence = {
    .kind = "checklist", .element = "question", .look = look};
