/* Source maps that an audit reads its sources by, and that are not there. */
#include "lint/lint_reference.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_reference(lint, node, "map", "source-map");
}

const struct lint_rule lint_audit_map = {.kind = "audit", .element = "source", .look = look};
