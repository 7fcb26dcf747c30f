/* The namespace at the root of a document whose root element can be no other's. */
#include "lint/fix.h"
#include "lint/lint_kind.h"

static void propose(struct fixing *fixing)
{
    struct xml_range name = xml_source_name(fixing->document, fixing->node);
    struct xml_source_attr attr;

    if (fixing->node != xml_root(fixing->document) ||
        !lint_kind_find(xml_source_part(fixing->document, name)) ||
        name.start != xml_source_offset(fixing->node) + 1 /* it has a prefix */ ||
        xml_source_attr(fixing->document, fixing->node, STR("xmlns"), &attr))
        return;
    fix_edit(fixing, (struct xml_range){name.end, name.end}, STR(" xmlns=\"urn:cfaudit:1\""));
}

const struct fix fix_namespace = {.about = "states the namespace of cfaudit at the root",
                                  .uncovers = true,
                                  .uncovers_schema = true,
                                  .propose = propose};
