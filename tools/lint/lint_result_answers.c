/* Results of answers that were changed since. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    if (lint_say_partner_digest(lint, "answers", "answers-sha256"))
        lint_hint(lint, "score again");
}

const struct lint_rule lint_result_answers = {.kind = "result", .meet = meet};
