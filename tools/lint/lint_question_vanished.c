/* Questions of the earlier version that are gone: what was answered to them is answered to nothing. */
#include "lint/lint_earlier.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_seen *now = lint->state;
    struct str id = xml_attr(node, "id");

    if (lint->earlier && id.ptr)
        lint_seen_add(lint, now, id, node);
}

static void end(struct lint *lint)
{
    const struct lint_seen *now = lint->state;
    const struct xml_node *before = xml_child(lint->earlier, "question");

    if (!lint->earlier)
        return;
    for (; before; before = xml_next(before, "question")) {
        struct str id = xml_attr(before, "id");

        if (lint_seen_find(now, id))
            continue;
        lint_say(lint, lint->root, "id", "'%.*s' asked: %.*s", STR_ARG(id),
                 STR_ARG(xml_text(xml_child(before, "text"))));
        lint_hint(lint, "if it has another id now, give it the old one back");
    }
}

const struct lint_rule lint_question_vanished = {.kind = "checklist",
                                                 .element = "question",
                                                 .state_size = sizeof(struct lint_seen),
                                                 .look = look,
                                                 .end = end};
