/* Results whose ledger was gathered again, or exchanged. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    if (lint_say_partner_digest(lint, "evidence", "evidence-sha256"))
        lint_hint(lint, "score again, or find the ledger it was made from");
}

const struct lint_rule lint_result_evidence = {.kind = "result", .meet = meet};
