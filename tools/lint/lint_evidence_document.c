/* Ledgers whose figures rest on a calendar or agreement that was changed since. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    const struct xml_node *node = xml_child(lint->root, "document");

    for (; node; node = xml_next(node, "document")) {
        struct str kind = xml_attr(node, "kind");
        const struct lint_document *document = NULL;

        if (str_is(kind, "calendar"))
            document = lint_known(lint->set, "calendar", xml_attr(node, "id"));
        else if (str_is(kind, "sla"))
            document = lint_known(lint->set, "sla", xml_attr(node, "id"));
        if (!document || lint_digest_is(&document->sha256, xml_attr(node, "sha256")))
            continue;
        lint_say_digest(lint, node, "sha256", document);
        lint_hint(lint, "see what changed, then gather again");
    }
}

const struct lint_rule lint_evidence_document = {.kind = "evidence", .meet = meet};
