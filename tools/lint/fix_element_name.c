/* The name that an element must have been meant to have, in both of its tags. */
#include "lint/fix.h"

static void propose(struct fixing *fixing)
{
    struct xml_range content;
    struct xml_range end_name;

    if (!fixing->item->word.ptr || fixing->attribute.ptr)
        return;
    fix_edit(fixing, xml_source_name(fixing->document, fixing->node), fixing->item->word);
    xml_source_element(fixing->document, fixing->node, &content, &end_name);
    if (end_name.end > end_name.start)
        fix_edit(fixing, end_name, fixing->item->word);
}

const struct fix fix_element_name = {.about = "writes the name that must be meant, in both tags",
                                     .uncovers = true,
                                     .uncovers_schema = true,
                                     .propose = propose};
