/* Texts that are the same in both languages: most often copied and never translated. */
#include "lint/lint_help.h"

/* Names and single words may well be the same. */
enum { WORDS_MIN = 4 };

static size_t count_words(struct str text)
{
    size_t count = 0;
    size_t at;

    for (at = phrase_next_word(text, 0); at < text.len; at = phrase_next_word(text, at + 1))
        count++;
    return count;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_pair pair;

    if (!lint_pair(node, &pair) || !str_equal(pair.texts[LANG_EN], pair.texts[LANG_IT]) ||
        count_words(pair.texts[LANG_EN]) < WORDS_MIN)
        return;
    lint_say(lint, xml_next(node, NULL), NULL, "'%s' of '%s' %.*s", xml_name(node),
             LINT_OWNER(lint_owner(lint, node)));
    lint_hint(lint, "translate it, or leave the second one out: reports fall back to the first");
}

const struct lint_rule lint_translation_same = {.element = "*", .look = look};
