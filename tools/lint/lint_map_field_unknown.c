/* Fields that records other than tickets do not have: no row could be read by the map. */
#include <string.h>

#include "lint/lint_map.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct record_model *kind = lint_map_kind(lint);
    struct str name = xml_attr(node, "name");
    const struct record_model *other;
    const char *nearest;

    /* a ticket may have fields of any name */
    if (!kind || strcmp(kind->name, "ticket") == 0 || name.len == 0 || lint_map_field(lint, node))
        return;
    lint_say(lint, node, "name", "record '%s' has no '%.*s'", kind->name, STR_ARG(name));
    nearest = lint_map_nearest(kind, name);
    other = lint_map_other_kind(kind, name);
    if (other)
        lint_hint(lint, "put it into <record kind=\"%s\">, which has one", other->name);
    else if (nearest)
        lint_hint(lint, "did you mean '%s'?", nearest);
    else
        lint_hint(lint, "'cfaudit list fields' prints what there is; fields of your own belong "
                        "into <record kind=\"ticket\">");
    if (!other)
        lint_word(lint, str_of(lint_map_meant(kind, name)));
}

const struct lint_rule lint_map_field_unknown = {
    .kind = "source-map", .element = "field", .look = look};
