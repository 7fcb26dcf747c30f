/* Ledgers of an audit that was changed since. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    const struct lint_document *audit = lint_partner(lint->set, lint->self, "audit");
    const struct xml_node *node = xml_child(lint->root, "audit");

    if (!audit || lint_digest_is(&audit->sha256, xml_attr(node, "sha256")))
        return;
    lint_say_digest(lint, node, "sha256", audit);
    lint_hint(lint, "see what changed, then cfaudit gather %.*s", STR_ARG(audit->name));
}

const struct lint_rule lint_evidence_audit = {.kind = "evidence", .meet = meet};
