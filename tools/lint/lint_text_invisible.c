/*
 * Characters that cannot be seen: they make two equal words differ, or turn the reading direction.
 *
 * Source: Unicode 15, general categories Cf and Cc; the code points that text editors and web pages
 * leave behind, and the controls of bidirectional text.
 */
#include "lint/lint_characters.h"
#include "lint/lint_help.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text = xml_text(node);
    size_t at = 0;

    if (!lint_is_written(lint))
        return;
    while (at < text.len) {
        unsigned code;

        if ((unsigned char)text.ptr[at] < 0xC2) {
            at++;
            continue;
        }
        code = lint_characters_next(text, &at);
        if (!lint_is_invisible(code))
            continue;
        lint_say(lint, node, NULL, "U+%04X in '%s'", code, xml_name(node));
        lint_hint(lint, "type the words around it again");
        return;
    }
}

const struct lint_rule lint_text_invisible = {.element = "*", .look = look};
