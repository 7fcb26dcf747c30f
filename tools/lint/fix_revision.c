/* The next revision of what was worded otherwise. */
#include <stdio.h>
#include <string.h>

#include "lint/fix.h"

/* The question or checklist whose text it is. */
static const struct xml_node *owner_of(const struct fixing *fixing)
{
    const struct xml_node *node = fixing->node;

    while (node && strcmp(xml_name(node), "question") != 0 &&
           strcmp(xml_name(node), "checklist") != 0)
        node = xml_source_parent(fixing->document, node);
    return node;
}

static void propose(struct fixing *fixing)
{
    const struct xml_node *owner = owner_of(fixing);
    struct xml_source_attr attr;
    char text[64];

    if (!owner || !fixing->item->word.ptr)
        return;
    if (xml_source_attr(fixing->document, owner, STR("revision"), &attr)) {
        fix_write(fixing, attr.value, fixing->item->word);
    } else if (xml_source_attr(fixing->document, owner, STR("id"), &attr)) {
        snprintf(text, sizeof text, " revision=\"%.*s\"", STR_ARG(fixing->item->word));
        fix_edit(fixing, (struct xml_range){attr.whole.end, attr.whole.end}, str_of(text));
    }
}

const struct fix fix_revision = {.about = "writes the next revision", .propose = propose};
