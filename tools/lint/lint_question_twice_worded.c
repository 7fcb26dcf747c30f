/* The same question asked twice under two ids: it counts twice, and may get two answers. */
#include "lint/lint_help.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_seen *seen = lint->state; /* one for each language */
    const struct xml_node *question = lint_parent(lint);
    const struct xml_node *before;
    struct str text;
    enum lang lang;

    if (!lint_wording(lint, node, &lang, &text))
        return;
    before = lint_seen_add(lint, &seen[lang], text, question);
    if (!before || before == question)
        return;
    lint_say(lint, node, NULL, "question %.*s has the text of question %.*s",
             STR_ARG(xml_attr(question, "id")), STR_ARG(xml_attr(before, "id")));
    lint_hint(lint, "keep one of the two, or word what tells them apart");
}

const struct lint_rule lint_question_twice_worded = {.kind = "checklist",
                                                     .element = "text",
                                                     .state_size =
                                                         LANG_COUNT * sizeof(struct lint_seen),
                                                     .look = look};
