/*
 * Checklists that changed under the same revision: two audits that both name it asked different
 * things.
 */
#include "base/mem.h"
#include "lint/lint_earlier.h"

struct state {
    struct earlier earlier;
    const struct xml_node *changed; /* the first question that is not as it was */
    size_t kept;                    /* questions that the earlier version has, too */
};

/* Attributes that decide what an answer counts, beside the words. */
static bool counts_otherwise(const struct xml_node *question, const struct xml_node *before)
{
    static const char *const names[] = {"revision", "section", "letters", "basis", "mode",
                                        "weight",   "gate",    "since"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(names); i++)
        if (!str_equal(xml_attr(question, names[i]), xml_attr(before, names[i])))
            return true;
    return false;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct state *state = lint->state;
    const struct xml_node *before =
        earlier_question(lint, &state->earlier, xml_attr(node, "id"));

    state->kept += before != NULL;
    if (lint->earlier && !state->changed &&
        (!before || counts_otherwise(node, before) || earlier_reworded(node, before)))
        state->changed = node;
}

static void end(struct lint *lint)
{
    const struct state *state = lint->state;
    uint64_t revision = earlier_revision(lint->root);
    bool is_less;

    if (!lint->earlier || revision > earlier_revision(lint->earlier))
        return;
    is_less = state->kept < state->earlier.questions.count;
    if (!state->changed && !is_less && revision == earlier_revision(lint->earlier))
        return;
    if (state->changed)
        lint_say(lint, lint->root, "revision", "it is %llu, as before question %.*s was changed",
                 (unsigned long long)revision, STR_ARG(xml_attr(state->changed, "id")));
    else
        lint_say(lint, lint->root, "revision", "it is %llu, and was %llu",
                 (unsigned long long)revision,
                 (unsigned long long)earlier_revision(lint->earlier));
    lint_hint(lint, "write revision=\"%llu\" at the checklist",
              (unsigned long long)earlier_revision(lint->earlier) + 1);
    lint_number(lint, earlier_revision(lint->earlier) + 1);
}

const struct lint_rule lint_checklist_revision = {.kind = "checklist",
                                                  .element = "question",
                                                  .state_size = sizeof(struct state),
                                                  .look = look,
                                                  .end = end};
