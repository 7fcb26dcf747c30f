/* Questions with two negations: nobody can tell whether "yes" is good. */
#include "base/mem.h"
#include "lint/lint_help.h"

static const char *const english[] = {"not",     "no",      "never",   "nobody", "none",  "nothing",
                                      "without", "neither", "nowhere", "cannot", "can't", "don't",
                                      "doesn't", "isn't",   "aren't",  "won't",  "unless"};
static const char *const italian[] = {"non",     "mai",    "senza",   "nulla",  "niente",
                                      "nessuno", "nessun", "nessuna", "neppure", "nemmeno"};
static const char *const *const lists[LANG_COUNT] = {english, italian};
static const size_t counts[LANG_COUNT] = {ARRAY_LEN(english), ARRAY_LEN(italian)};

/*
 * In Italian "non ... mai", "non ... nessuno" are one negation: there only "senza" and a second
 * "non" add another.
 */
static bool is_second(enum lang lang, struct str first, struct str second)
{
    if (lang != LANG_IT)
        return true;
    return str_equal_nocase(second, STR("non")) || str_equal_nocase(second, STR("senza")) ||
           str_equal_nocase(first, STR("senza"));
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_phrases *phrases = lint->state;
    struct str text;
    struct str first;
    struct str second;
    enum lang lang;

    if (!lint_wording(lint, node, &lang, &text))
        return;
    first = lint_phrase(phrases, lists, counts, lang, text);
    if (!first.ptr)
        return;
    second = phrases_find(&phrases->in[lang], text, (size_t)(first.ptr - text.ptr) + first.len);
    if (!second.ptr || !is_second(lang, first, second))
        return;
    lint_say(lint, node, NULL, "question %.*s says '%.*s' and '%.*s'",
             STR_ARG(xml_attr(lint_parent(lint), "id")), STR_ARG(first), STR_ARG(second));
    lint_hint(lint, "ask for what is there, so that \"yes\" is the good answer");
}

const struct lint_rule lint_wording_negated = {.kind = "checklist",
                                               .element = "text",
                                               .state_size = sizeof(struct lint_phrases),
                                               .look = look};
