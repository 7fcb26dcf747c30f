/* Results whose ledger was gathered again, or exchanged. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    const struct lint_document *other = lint_partner(lint->set, lint->self, "evidence");
    struct str written = xml_attr(lint->root, "evidence-sha256");

    if (!other || !written.ptr || lint_digest_is(&other->sha256, written))
        return;
    lint_say_digest(lint, lint->root, "evidence-sha256", other);
    lint_hint(lint, "score again, or find the ledger it was made from");
}

const struct lint_rule lint_result_evidence = {.kind = "result", .meet = meet};
