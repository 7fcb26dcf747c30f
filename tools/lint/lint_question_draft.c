/* Questions that count from an edition on that is not published: clauses and wording may change. */
#include "lint/lint_clauses.h"

struct state {
    const struct xml_node *first;
    size_t count;
};

static void look(struct lint *lint, const struct xml_node *node)
{
    struct state *state = lint->state;
    struct str since = xml_attr(node, "since");
    const struct clause_table *table = since.ptr ? lint_clauses(lint, since) : NULL;

    if (!table || !table->is_draft)
        return;
    if (!state->first)
        state->first = node;
    state->count++;
}

static void end(struct lint *lint)
{
    const struct state *state = lint->state;

    if (!state->first)
        return;
    if (state->count == 1)
        lint_say(lint, state->first, "since", "'%.*s'", STR_ARG(xml_attr(state->first, "since")));
    else
        lint_say(lint, state->first, "since", "'%.*s', and %zu more",
                 STR_ARG(xml_attr(state->first, "since")), state->count - 1);
    lint_hint(lint, "look again at its clause and words when the edition is published");
}

const struct lint_rule lint_question_draft = {.kind = "checklist",
                                              .element = "question",
                                              .state_size = sizeof(struct state),
                                              .look = look,
                                              .end = end};
