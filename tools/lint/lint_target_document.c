/* Targets of a law, contract or policy that nobody can look up. */
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str source = xml_attr(node, "source");

    if (xml_attr(node, "document").ptr ||
        !(str_is(source, "law") || str_is(source, "contract") || str_is(source, "policy")))
        return;
    lint_say(lint, node, "source", "%.*s for %.*s", STR_ARG(source),
             STR_ARG(xml_attr(node, "measure")));
    lint_hint(lint, "add document=\"...\" with its name and paragraph; what no document says is "
                    "source=\"default\"");
}

const struct lint_rule lint_target_document = {.kind = "audit", .element = "target", .look = look};
