/* Fields of a ticket that the model knows of another record: as they stand no measure reads them. */
#include <string.h>

#include "lint/lint_map.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct record_model *kind = lint_map_kind(lint);
    struct str name = xml_attr(node, "name");
    const struct record_model *other;

    if (!kind || strcmp(kind->name, "ticket") != 0 || lint_map_field(lint, node))
        return;
    other = lint_map_other_kind(kind, name);
    if (!other)
        return;
    lint_say(lint, node, "name", "'%.*s' is read from records '%s'", STR_ARG(name), other->name);
    lint_hint(lint, "put it into <record kind=\"%s\">, or give a field of your own another name",
              other->name);
}

const struct lint_rule lint_map_field_elsewhere = {
    .kind = "source-map", .element = "field", .look = look};
