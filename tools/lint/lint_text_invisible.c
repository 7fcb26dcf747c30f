/*
 * Characters that cannot be seen: they make two equal words differ, or turn the reading direction.
 *
 * Source: Unicode 15, general categories Cf and Cc; the code points that text editors and web pages
 * leave behind, and the controls of bidirectional text.
 */
#include "lint/lint_help.h"

static const struct range {
    unsigned first;
    unsigned last;
} ranges[] = {
    {0x80, 0x9F},     {0xAD, 0xAD},     {0x200B, 0x200F}, {0x2028, 0x202E},
    {0x2060, 0x2064}, {0x2066, 0x206F}, {0xFEFF, 0xFEFF},
};

/* Of two or three bytes, which all of these are; 0: neither. */
static unsigned code_point(struct str text, size_t i)
{
    unsigned first = (unsigned char)text.ptr[i];

    if ((first & 0xE0) == 0xC0 && i + 1 < text.len)
        return (first & 0x1F) << 6 | ((unsigned char)text.ptr[i + 1] & 0x3F);
    if ((first & 0xF0) == 0xE0 && i + 2 < text.len)
        return (first & 0x0F) << 12 | ((unsigned char)text.ptr[i + 1] & 0x3Fu) << 6 |
               ((unsigned char)text.ptr[i + 2] & 0x3F);
    return 0;
}

static bool is_invisible(unsigned code)
{
    size_t i;

    for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text = xml_text(node);
    size_t i;

    if (!lint_is_written(lint))
        return;
    for (i = 0; i < text.len; i++) {
        unsigned code;

        if ((unsigned char)text.ptr[i] < 0xC2)
            continue;
        code = code_point(text, i);
        if (!is_invisible(code))
            continue;
        lint_say(lint, node, NULL, "U+%04X in '%s'", code, xml_name(node));
        lint_hint(lint, "type the words around it again");
        return;
    }
}

const struct lint_rule lint_text_invisible = {.element = "*", .look = look};
