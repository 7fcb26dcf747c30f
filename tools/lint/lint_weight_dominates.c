/* Sections in which one question outweighs all the others together: the rest decides nothing. */
#include <stdlib.h>

#include "lint/lint_help.h"

/* Sections with fewer questions are about one thing, which may well dominate. */
enum { QUESTIONS_MIN = 4 };

struct section_weights {
    struct str id;
    double sum;
    double largest;
    const struct xml_node *heaviest;
    size_t questions;
    struct section_weights *next;
};

struct state {
    struct section_weights *first;
    struct section_weights *last;
};

static struct section_weights *section_of(struct lint *lint, struct str id)
{
    struct state *state = lint->state;
    struct section_weights *section;

    /* questions of a section stand together, sections are few */
    if (state->last && str_equal(state->last->id, id))
        return state->last;
    for (section = state->first; section; section = section->next)
        if (str_equal(section->id, id))
            return section;
    section = arena_alloc(lint->arena, 1, sizeof *section);
    if (!section) {
        lint_no_memory(lint);
        return NULL;
    }
    section->id = id;
    if (state->last)
        state->last->next = section;
    else
        state->first = section;
    state->last = section;
    return section;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct section_weights *section;
    double weight;

    if (!str_to_double(xml_attr(node, "weight"), &weight) || weight <= 0)
        return;
    section = section_of(lint, xml_attr(node, "section"));
    if (!section)
        return;
    section->sum += weight;
    section->questions++;
    if (weight > section->largest) {
        section->largest = weight;
        section->heaviest = node;
    }
}

static void end(struct lint *lint)
{
    const struct state *state = lint->state;
    const struct section_weights *section;

    for (section = state->first; section; section = section->next) {
        if (section->questions < QUESTIONS_MIN || section->largest <= section->sum / 2)
            continue;
        lint_say(lint, section->heaviest, "weight",
                 "question %.*s weighs more than the other %zu of section '%.*s' together",
                 STR_ARG(xml_attr(section->heaviest, "id")), section->questions - 1,
                 STR_ARG(section->id));
        lint_hint(lint, "weights from 1 to 3 are usual; is it a slip of the keyboard?");
    }
}

const struct lint_rule lint_weight_dominates = {.kind = "checklist",
                                                .element = "question",
                                                .state_size = sizeof(struct state),
                                                .look = look,
                                                .end = end};
