/* Questions that nobody can keep in mind while they listen to the answer. */
#include "lint/lint_help.h"

enum { WORDS_MAX = 40 };

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text;
    size_t words = 0;
    enum lang lang;
    size_t at;

    if (!lint_wording(lint, node, &lang, &text))
        return;
    for (at = phrase_next_word(text, 0); at < text.len; at = phrase_next_word(text, at + 1))
        words++;
    if (words <= WORDS_MAX)
        return;
    lint_say(lint, node, NULL, "question %.*s has %zu words",
             STR_ARG(xml_attr(lint_parent(lint), "id")), words);
    lint_hint(lint, "examples and conditions stand better in <help> or <expected-evidence>");
}

const struct lint_rule lint_wording_long = {.kind = "checklist", .element = "text", .look = look};
