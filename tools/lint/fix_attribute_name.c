/* The name that an attribute must have been meant to have. */
#include <string.h>

#include "lint/fix.h"

static void propose(struct fixing *fixing)
{
    struct xml_source_attr attr;

    if (!fixing->item->word.ptr || !fixing->attribute.ptr ||
        memchr(fixing->attribute.ptr, ':', fixing->attribute.len) ||
        !xml_source_attr(fixing->document, fixing->node, fixing->attribute, &attr))
        return;
    fix_edit(fixing, attr.name, fixing->item->word);
}

const struct fix fix_attribute_name = {
    .about = "writes the name that must be meant", .uncovers = true, .propose = propose};
