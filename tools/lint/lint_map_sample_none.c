/* Maps that show no row they read: nobody knows whether they do. */
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *sample = xml_child(node, "sample");

    for (; sample; sample = xml_next(sample, "sample"))
        if (str_is(xml_attr(sample, "read"), "true"))
            return;
    lint_say(lint, node, NULL, "none is to be read");
    lint_hint(lint, "add <sample read=\"true\"> at the end, with the header and a row or two of an "
                    "export");
}

const struct lint_rule lint_map_sample_none = {.kind = "source-map", .look = look};
