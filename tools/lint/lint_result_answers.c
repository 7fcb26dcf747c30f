/* Results of answers that were changed since. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    const struct lint_document *other = lint_partner(lint->set, lint->self, "answers");
    struct str written = xml_attr(lint->root, "answers-sha256");

    if (!other || !written.ptr || lint_digest_is(&other->sha256, written))
        return;
    lint_say_digest(lint, lint->root, "answers-sha256", other);
    lint_hint(lint, "score again");
}

const struct lint_rule lint_result_answers = {.kind = "result", .meet = meet};
