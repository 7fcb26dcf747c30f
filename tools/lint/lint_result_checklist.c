/* Results by a checklist that was changed since. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    const struct xml_node *node = xml_child(lint->root, "checklist");

    for (; node; node = xml_next(node, "checklist")) {
        const struct lint_document *checklist =
            lint_known(lint->set, "checklist", xml_attr(node, "id"));

        if (!checklist || lint_digest_is(&checklist->sha256, xml_attr(node, "sha256")))
            continue;
        lint_say_digest(lint, node, "sha256", checklist);
        lint_hint(lint, "see what changed, then score again");
    }
}

const struct lint_rule lint_result_checklist = {.kind = "result", .meet = meet};
