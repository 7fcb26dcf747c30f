/* A value in the place of one that can mean nothing else. */
#include <string.h>

#include "lint/fix.h"

static void propose(struct fixing *fixing)
{
    struct xml_source_attr attr;
    struct xml_range content;
    struct xml_range end_name;
    struct str before;

    if (!fixing->item->word.ptr)
        return;
    if (fixing->attribute.ptr) {
        if (xml_source_attr(fixing->document, fixing->node, fixing->attribute, &attr))
            fix_write(fixing, attr.value, fixing->item->word);
        return;
    }
    xml_source_element(fixing->document, fixing->node, &content, &end_name);
    before = xml_source_part(fixing->document, content);
    /* a comment in it would be lost */
    if (before.len && !memchr(before.ptr, '<', before.len))
        fix_write(fixing, content, fixing->item->word);
}

const struct fix fix_word = {
    .about = "writes the value that must be meant", .uncovers = true, .propose = propose};
const struct fix fix_limit = {.about = "writes limits in per cent as shares", .propose = propose};
