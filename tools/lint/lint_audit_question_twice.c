/* A question in two checklists of one audit: it would be answered twice, so no run begins. */
#include "lint/lint_help.h"
#include "lint/lint_reference.h"

static void compare(struct lint *lint, const struct xml_node *use, const struct xml_node *checklist)
{
    const struct xml_node *question = xml_child(checklist, "question");

    for (; question; question = xml_next(question, "question")) {
        struct str id = arena_str(lint->arena, xml_attr(question, "id"));
        const struct xml_node *before;

        if (!id.len)
            continue;
        before = lint_seen_add(lint, lint->state, id, use);
        if (lint->is_out_of_memory)
            return;
        if (!before || before == use)
            continue;
        lint_say(lint, use, "name", "'%.*s' is in '%.*s' and in '%.*s'", STR_ARG(id),
                 STR_ARG(xml_attr(before, "name")), STR_ARG(xml_attr(use, "name")));
        lint_hint(lint, "leave one of the checklists out, or take the question out of a copy of it");
        return; /* of two checklists that share questions, one is enough to see why */
    }
}

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_with_checklist(lint, node, "name", compare);
}

const struct lint_rule lint_audit_question_twice = {.kind = "audit",
                                                    .element = "checklist",
                                                    .state_size = sizeof(struct lint_seen),
                                                    .look = look};
