/* Results that hold a plan of actions which was changed since. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    if (lint_say_partner_digest(lint, "actions", "actions-sha256"))
        lint_hint(lint, "score again");
}

const struct lint_rule lint_result_actions = {.kind = "result", .meet = meet};
