/* Questions that give away the answer they expect. */
#include "base/mem.h"
#include "lint/lint_help.h"

static const char *const english[] = {
    "of course",  "obviously",   "clearly",      "naturally",  "surely",       "certainly",
    "don't you",  "isn't it",    "aren't they",  "doesn't it", "do you agree", "you agree that",
    "as you know", "don't you think", "wouldn't you", "undoubtedly", "needless to say", "right"};
static const char *const italian[] = {
    "ovviamente", "naturalmente", "certamente",  "sicuramente",   "evidentemente", "chiaramente",
    "vero",       "non crede",    "non credete", "non è vero",    "non è forse",   "come è noto",
    "senz'altro", "va da sé",     "è d'accordo", "siete d'accordo", "giusto"};
static const char *const *const lists[LANG_COUNT] = {english, italian};
static const size_t counts[LANG_COUNT] = {ARRAY_LEN(english), ARRAY_LEN(italian)};

/* A tag question ends the sentence; in its middle these are words like others. */
static bool is_tag(struct str phrase)
{
    return str_equal_nocase(phrase, STR("right")) || str_equal_nocase(phrase, STR("vero")) ||
           str_equal_nocase(phrase, STR("giusto"));
}

static bool is_at_end(struct str text, struct str phrase)
{
    size_t behind = (size_t)(phrase.ptr - text.ptr) + phrase.len;

    return behind < text.len && text.ptr[behind] == '?';
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text;
    struct str found;
    enum lang lang;

    if (!lint_wording(lint, node, &lang, &text))
        return;
    found = lint_phrase(lint->state, lists, counts, lang, text);
    if (!found.ptr || (is_tag(found) && !is_at_end(text, found)))
        return;
    lint_say(lint, node, NULL, "question %.*s says '%.*s'",
             STR_ARG(xml_attr(lint_parent(lint), "id")), STR_ARG(found));
    lint_hint(lint, "ask what is done, or to be shown it: how, who, when, which");
}

const struct lint_rule lint_wording_leading = {.kind = "checklist",
                                               .element = "text",
                                               .state_size = sizeof(struct lint_phrases),
                                               .look = look};
