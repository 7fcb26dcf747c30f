/* What an audit holds its figures against, reads texts with and keeps accounts by, and cannot use. */
#include "lint/lint_reference.h"

/* Every element of that name names a document whose root has the same name. */
static void look_at_all(struct lint *lint, const struct xml_node *audit, const char *root)
{
    const struct xml_node *use = xml_child(audit, root);

    for (; use; use = xml_next(use, root))
        lint_reference(lint, use, "name", root);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_reference(lint, node, "sla", "sla");
    lint_reference(lint, node, "trust", "trust-policy");
    lint_reference(lint, node, "calibration", "calibration");
    look_at_all(lint, node, "process");
    look_at_all(lint, node, "lexicon");
}

const struct lint_rule lint_audit_agreement = {.kind = "audit", .look = look};
