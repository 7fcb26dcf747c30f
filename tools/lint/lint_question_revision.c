/*
 * Questions worded otherwise than in the earlier version under the same revision: answers of before
 * are held against answers of today as if both had been asked the same.
 */
#include "lint/lint_earlier.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str id = xml_attr(node, "id");
    const struct xml_node *before = earlier_question(lint, lint->state, id);
    const struct xml_node *text = before ? earlier_reworded(node, before) : NULL;
    uint64_t revision = earlier_revision(node);

    if (!before || (text && earlier_is_other(node, before)))
        return;
    if (revision < earlier_revision(before)) {
        lint_say(lint, node, "revision", "question %.*s had revision %llu", STR_ARG(id),
                 (unsigned long long)earlier_revision(before));
        lint_hint(lint, "revisions only rise");
    } else if (text && revision == earlier_revision(before)) {
        lint_say(lint, text, NULL, "question %.*s is still revision %llu", STR_ARG(id),
                 (unsigned long long)revision);
        lint_hint(lint, "write revision=\"%llu\" at the question", (unsigned long long)revision + 1);
        lint_number(lint, revision + 1);
    }
}

const struct lint_rule lint_question_revision = {.kind = "checklist",
                                                 .element = "question",
                                                 .state_size = sizeof(struct earlier),
                                                 .look = look};
