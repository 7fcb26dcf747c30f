/*
 * Letters with accents that went through a wrong encoding: two or three letters that no language
 * has side by side stand for one, or the sign for "no character" stands for what was lost.
 */
#include "lint/lint_characters.h"
#include "lint/lint_help.h"

static bool has(struct str text, struct str bytes)
{
    struct lint_sign sign = {bytes, {NULL, 0}};

    return lint_sign_find(text, &sign, 0) < text.len;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text = xml_text(node);
    size_t i;

    if (!lint_is_written(lint) || (!has(text, STR("\xC3")) && !has(text, STR("\xEF"))))
        return;
    for (i = 0; i < lint_sign_count; i++) {
        if (!has(text, lint_signs[i].bytes))
            continue;
        lint_say(lint, node, NULL, "'%.*s' in '%s'", STR_ARG(lint_signs[i].bytes),
                 xml_name(node));
        if (lint_signs[i].meant.len)
            lint_hint(lint, "it was '%.*s' once; save the file in UTF-8 and type it again",
                      STR_ARG(lint_signs[i].meant));
        else
            lint_hint(lint, "a character was lost there; type it again");
        return;
    }
}

const struct lint_rule lint_text_garbled = {.element = "*", .look = look};
