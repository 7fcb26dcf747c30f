/*
 * "Appropriate", "adequate", "timely" without a criterion: each auditor will have another one. A
 * number in the question or in what would be accepted, or a ladder, is a criterion.
 */
#include <string.h>

#include "base/mem.h"
#include "lint/lint_binding.h"
#include "lint/lint_help.h"

static const char *const english[] = {
    "appropriate", "appropriately", "adequate",  "adequately",   "suitable",     "suitably",
    "sufficient",  "sufficiently",  "reasonable", "reasonably",  "timely",       "properly",
    "regularly",   "periodically",  "if necessary", "as necessary", "where necessary",
    "in good time", "promptly",     "as soon as possible", "satisfactory", "good enough"};
static const char *const italian[] = {
    "adeguat*",   "appropriat*",   "idone*",     "sufficient*",  "sufficientemente",
    "opportuno", "opportuna", "opportunamente",  "tempestiv*",    "ragionevol*", "regolarmente", "periodicamente",
    "se necessario", "quando necessario", "congru*", "correttamente", "soddisfacent*",
    "prontamente", "al più presto", "in tempo utile"};
static const char *const *const lists[LANG_COUNT] = {english, italian};
static const size_t counts[LANG_COUNT] = {ARRAY_LEN(english), ARRAY_LEN(italian)};

static bool has_digit(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if (lint_is_digit(text.ptr[i]))
            return true;
    return false;
}

/* Somewhere in the question there is a number: in its text or its evidence of any language. */
static bool has_criterion(const struct xml_node *question)
{
    const struct xml_node *child = xml_child(question, NULL);

    for (; child; child = xml_next(child, NULL))
        if ((strcmp(xml_name(child), "text") == 0 ||
             strcmp(xml_name(child), "expected-evidence") == 0) &&
            has_digit(xml_text(child)))
            return true;
    return lint_has_ladder(question);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text;
    struct str found;
    enum lang lang;

    if (!lint_wording(lint, node, &lang, &text))
        return;
    found = lint_phrase(lint->state, lists, counts, lang, text);
    if (!found.ptr || has_criterion(lint_parent(lint)))
        return;
    lint_say(lint, node, NULL, "question %.*s says '%.*s'",
             STR_ARG(xml_attr(lint_parent(lint), "id")), STR_ARG(found));
    lint_hint(lint, "say by what it is judged: a number, a day, a list that can be looked up");
}

const struct lint_rule lint_wording_vague = {.kind = "checklist",
                                             .element = "text",
                                             .state_size = sizeof(struct lint_phrases),
                                             .look = look};
