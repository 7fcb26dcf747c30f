/* Formats of time on fields that are none: nobody will read them. */
#include "lint/lint_map.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *format = xml_child(node, "format");
    const struct record_field *field = lint_map_field(lint, node);

    if (!format || !lint_map_kind(lint) || (field && field->type == FIELD_INSTANT))
        return;
    lint_say(lint, format, NULL, "'%.*s' is no date or time", STR_ARG(xml_attr(node, "name")));
    lint_hint(lint, "take the format away");
}

const struct lint_rule lint_map_format_unused = {
    .kind = "source-map", .element = "field", .look = look};
