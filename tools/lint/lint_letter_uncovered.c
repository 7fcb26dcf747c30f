/* Checklists that leave out one of the three letters of clause 5.1.2: its score cannot exist. */
#include "checklist/checklist.h"
#include "lint/lint_rule.h"

struct state {
    unsigned letters;
    bool has_question;
};

static void look(struct lint *lint, const struct xml_node *node)
{
    struct state *state = lint->state;
    unsigned letters;

    if (letters_find(xml_attr(node, "letters"), &letters))
        state->letters |= letters;
    state->has_question = true;
}

static void end(struct lint *lint)
{
    const struct state *state = lint->state;
    unsigned missing = (LETTER_A | LETTER_B | LETTER_C) & ~state->letters;
    struct str text = letters_text(missing);

    /* a document without letters at all has other troubles */
    if (!state->has_question || !state->letters || !missing)
        return;
    lint_say(lint, lint->root, "id", "no question is on '%.*s'", STR_ARG(text));
    lint_hint(lint, "add questions with letters=\"%.*s\", or use it in audits beside a checklist "
                    "that has them", STR_ARG(text));
}

const struct lint_rule lint_letter_uncovered = {.kind = "checklist",
                                                .element = "question",
                                                .state_size = sizeof(struct state),
                                                .look = look,
                                                .end = end};
