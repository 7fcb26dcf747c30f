/* Maps without the number of the ticket: rows could not be told apart. */
#include "lint/lint_map.h"

static bool has_id(const struct xml_node *record)
{
    const struct xml_node *field = xml_child(record, "field");

    for (; field; field = xml_next(field, "field"))
        if (str_is(xml_attr(field, "name"), "id"))
            return true;
    return false;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *record = xml_child(node, "record");
    const struct xml_node *ticket = NULL;

    for (; record; record = xml_next(record, "record")) {
        if (!str_is(xml_attr(record, "kind"), "ticket"))
            continue;
        if (has_id(record))
            return;
        ticket = ticket ? ticket : record;
    }
    lint_say(lint, ticket ? ticket : node, NULL,
             ticket ? "no field of the ticket is its 'id'" : "it has no record of kind 'ticket'");
    lint_hint(lint, "add %s<field name=\"id\" required=\"true\"><column>Number</column></field>%s",
              ticket ? "" : "<record kind=\"ticket\">", ticket ? "" : "</record>");
}

const struct lint_rule lint_map_no_id = {.kind = "source-map", .look = look};
