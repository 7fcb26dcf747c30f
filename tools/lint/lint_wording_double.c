/* Two questions under one id: one answer cannot be right for both. */
#include "base/mem.h"
#include "lint/lint_help.h"

static const char *const english[] = {
    "and how",  "and who", "and when", "and where", "and why",  "and what", "and which",
    "and is",   "and are", "and does", "and do",    "and has",  "and have", "and can",
    "and was",  "and were", "or how",  "or who",    "and did",  "and will"};
static const char *const italian[] = {"e come",  "e chi",    "e quando", "e dove",     "e perché",
                                      "e quali", "e quale",  "e che cosa", "e cosa",   "ed è",
                                      "e sono",  "e vengono", "e viene",  "e hanno",   "e ha"};
static const char *const *const lists[LANG_COUNT] = {english, italian};
static const size_t counts[LANG_COUNT] = {ARRAY_LEN(english), ARRAY_LEN(italian)};

static size_t count_marks(struct str text)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < text.len; i++)
        count += text.ptr[i] == '?';
    return count;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text;
    struct str found;
    enum lang lang;

    if (!lint_wording(lint, node, &lang, &text))
        return;
    found = lint_phrase(lint->state, lists, counts, lang, text);
    if (!found.ptr && count_marks(text) < 2)
        return;
    if (found.ptr)
        lint_say(lint, node, NULL, "question %.*s goes on with '%.*s'",
                 STR_ARG(xml_attr(lint_parent(lint), "id")), STR_ARG(found));
    else
        lint_say(lint, node, NULL, "question %.*s has %zu question marks",
                 STR_ARG(xml_attr(lint_parent(lint), "id")), count_marks(text));
    lint_hint(lint, "make two questions of it, each with a weight of its own");
}

const struct lint_rule lint_wording_double = {.kind = "checklist",
                                              .element = "text",
                                              .state_size = sizeof(struct lint_phrases),
                                              .look = look};
