/* The earlier result that an audit is held against, and that is not there. */
#include "lint/lint_reference.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_reference(lint, node, "href", "result");
}

const struct lint_rule lint_audit_previous = {.kind = "audit", .element = "previous", .look = look};
