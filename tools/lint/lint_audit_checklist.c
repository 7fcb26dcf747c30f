/* Checklists that an audit uses, and that are not there. */
#include "lint/lint_reference.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_reference(lint, node, "name", "checklist");
}

const struct lint_rule lint_audit_checklist = {.kind = "audit", .element = "checklist", .look = look};
