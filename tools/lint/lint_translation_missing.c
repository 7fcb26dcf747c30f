/*
 * Texts that are in one language and not in another. Of a checklist its loader says so; what the
 * program writes has the languages of what it was made from.
 */
#include <string.h>

#include "lint/lint_help.h"
#include "lint/lint_texts.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *child = xml_child(node, NULL);
    int lang;

    if (!child || !lint_is_written(lint) || strcmp(xml_name(lint->root), "checklist") == 0)
        return;
    while (child) {
        struct lint_text text = lint_text_next(child, &child);

        for (lang = 0; text.first && lang < LANG_COUNT; lang++) {
            if (text.is_in[lang])
                continue;
            lint_say(lint, text.first, NULL, "'%s' of '%s' has no text in '%s'",
                     xml_name(text.first), xml_name(node), lang_name((enum lang)lang));
            lint_hint(lint, "add <%s lang=\"%s\">...</%s>", xml_name(text.first),
                      lang_name((enum lang)lang), xml_name(text.first));
        }
    }
}

const struct lint_rule lint_translation_missing = {.element = "*", .look = look};
