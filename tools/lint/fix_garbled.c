/* The letters that were there before the text went through a wrong encoding. */
#include "lint/fix.h"
#include "lint/lint_characters.h"

static void propose(struct fixing *fixing)
{
    struct xml_range content;
    struct xml_range end_name;
    struct str text;
    size_t i;

    xml_source_element(fixing->document, fixing->node, &content, &end_name);
    text = xml_source_part(fixing->document, content);
    for (i = 0; i < lint_sign_count; i++) {
        const struct lint_sign *sign = &lint_signs[i];
        size_t at;

        for (at = sign->meant.len ? lint_sign_find(text, sign, 0) : text.len; at < text.len;
             at = lint_sign_find(text, sign, at + sign->bytes.len))
            fix_edit(fixing,
                     (struct xml_range){content.start + at,
                                        content.start + at + sign->bytes.len},
                     sign->meant);
    }
}

const struct fix fix_garbled = {.about = "writes the letters that were meant", .propose = propose};
