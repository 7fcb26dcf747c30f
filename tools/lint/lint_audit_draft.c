/* Audits by an edition that is not published: nobody can be found not to conform to a draft. */
#include "lint/lint_clauses.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str edition = xml_attr(node, "edition");
    const struct clause_table *table = edition.ptr ? lint_clauses(lint, edition) : NULL;

    if (!table || !table->is_draft)
        return;
    lint_say(lint, node, "edition", "'%.*s'", STR_ARG(edition));
    lint_hint(lint, "audit by %.*s, and take what the draft adds for information",
              STR_ARG(edition_default()));
}

const struct lint_rule lint_audit_draft = {.kind = "audit", .look = look};
