/*
 * Ids that named another question in the earlier version: whatever was answered, found and done
 * about that one would be taken for this one's.
 */
#include "lint/lint_earlier.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str id = xml_attr(node, "id");
    const struct xml_node *before = earlier_question(lint, lint->state, id);

    if (!before || !earlier_is_other(node, before))
        return;
    lint_say(lint, node, "id", "'%.*s' asked: %.*s", STR_ARG(id),
             STR_ARG(xml_text(xml_child(before, "text"))));
    lint_hint(lint, "give the new question an id that was never used");
}

const struct lint_rule lint_question_reused = {.kind = "checklist",
                                               .element = "question",
                                               .state_size = sizeof(struct earlier),
                                               .look = look};
