/* Agreements and processes that an audit holds its figures against, and that are not there. */
#include "lint/lint_reference.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *process = xml_child(node, "process");

    lint_reference(lint, node, "sla", "sla");
    for (; process; process = xml_next(process, "process"))
        lint_reference(lint, process, "name", "process");
}

const struct lint_rule lint_audit_agreement = {.kind = "audit", .look = look};
