/* Texts that are not in the language they are said to be in, by the small words that every text has. */
#include "base/mem.h"
#include "lint/lint_help.h"

/* Fewer than so many decide nothing. */
enum { SMALL_WORDS_MIN = 3 };

static const char *const english[] = {"the", "of",   "and",  "is",    "are",  "to",    "who", "how",
                                      "for", "with", "what", "which", "does", "every", "by",  "from"};
static const char *const italian[] = {"il",  "la",  "di",   "che",  "sono", "gli",   "le",  "per",
                                      "del", "dei", "alla", "come", "chi",  "della", "con", "ogni"};
static const char *const *const lists[LANG_COUNT] = {english, italian};
static const size_t counts[LANG_COUNT] = {ARRAY_LEN(english), ARRAY_LEN(italian)};

static size_t count_small_words(struct phrases *phrases, struct str text)
{
    struct str found = phrases_find(phrases, text, 0);
    size_t count = 0;

    for (; found.ptr; count++)
        found = phrases_find(phrases, text, (size_t)(found.ptr - text.ptr) + found.len);
    return count;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_phrases *phrases = lint->state;
    size_t found[LANG_COUNT];
    enum lang said;
    int other;
    int i;

    if (!lang_find(xml_attr(node, "lang"), &said))
        return;
    for (i = 0; i < LANG_COUNT; i++) {
        if (!phrases->in[i].list)
            phrases_init(&phrases->in[i], lists[i], counts[i]);
        found[i] = count_small_words(&phrases->in[i], xml_text(node));
    }
    other = said == LANG_EN ? LANG_IT : LANG_EN;
    if (found[said] > 0 || found[other] < SMALL_WORDS_MIN)
        return;
    lint_say(lint, node, "lang", "'%s' of '%s' %.*s reads like '%s'", xml_name(node),
             LINT_OWNER(lint_owner(lint, lint_parent(lint))), lang_name((enum lang)other));
    lint_hint(lint, "write lang=\"%s\", or translate it", lang_name((enum lang)other));
}

const struct lint_rule lint_translation_swapped = {
    .element = "*", .state_size = sizeof(struct lint_phrases), .look = look};
