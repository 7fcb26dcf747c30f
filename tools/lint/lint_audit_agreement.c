/* Agreements that an audit holds its figures against, and that are not there. */
#include "lint/lint_reference.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_reference(lint, node, "sla", "sla");
}

const struct lint_rule lint_audit_agreement = {.kind = "audit", .look = look};
