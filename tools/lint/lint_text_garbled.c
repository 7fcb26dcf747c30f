/*
 * Letters with accents that went through a wrong encoding: two or three letters that no language
 * has side by side stand for one, or the sign for "no character" stands for what was lost.
 */
#include <string.h>

#include "base/mem.h"
#include "lint/lint_help.h"

/* UTF-8 read as windows-1252, and written as UTF-8 again. */
static const struct sign {
    const char *bytes;
    const char *meant;
} signs[] = {
    {"\xC3\x83\xC2\xA0", "\xC3\xA0"}, {"\xC3\x83\xC2\xA8", "\xC3\xA8"},
    {"\xC3\x83\xC2\xA9", "\xC3\xA9"}, {"\xC3\x83\xC2\xAC", "\xC3\xAC"},
    {"\xC3\x83\xC2\xB2", "\xC3\xB2"}, {"\xC3\x83\xC2\xB9", "\xC3\xB9"},
    {"\xC3\x83\xC2\xA4", "\xC3\xA4"}, {"\xC3\x83\xC2\xB6", "\xC3\xB6"},
    {"\xC3\x83\xC2\xBC", "\xC3\xBC"}, {"\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2", "\xE2\x80\x99"},
    {"\xC3\xA2\xE2\x82\xAC\xC5\x93", "\xE2\x80\x9C"}, {"\xEF\xBF\xBD", ""},
};

static bool has(struct str text, const char *bytes)
{
    size_t len = strlen(bytes);
    size_t i;

    for (i = 0; i + len <= text.len; i++)
        if (text.ptr[i] == bytes[0] && memcmp(text.ptr + i, bytes, len) == 0)
            return true;
    return false;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str text = xml_text(node);
    size_t i;

    if (!lint_is_written(lint) || (!has(text, "\xC3") && !has(text, "\xEF")))
        return;
    for (i = 0; i < ARRAY_LEN(signs); i++) {
        if (!has(text, signs[i].bytes))
            continue;
        lint_say(lint, node, NULL, "'%s' in '%s'", signs[i].bytes, xml_name(node));
        if (*signs[i].meant)
            lint_hint(lint, "it was '%s' once; save the file in UTF-8 and type it again",
                      signs[i].meant);
        else
            lint_hint(lint, "a character was lost there; type it again");
        return;
    }
}

const struct lint_rule lint_text_garbled = {.element = "*", .look = look};
