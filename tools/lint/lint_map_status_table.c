/* A status that no table says the meaning of: neither waiting nor solved can be told. */
#include "lint/lint_map.h"

struct state {
    bool is_said;
};

static void look(struct lint *lint, const struct xml_node *node)
{
    struct state *state = lint->state;
    const struct record_model *kind = lint_map_kind(lint);

    if (!kind || kind->kind != RECORD_TICKET || state->is_said || !lint_map_is_table(lint) || xml_child(lint->root, "status") ||
        !str_is(xml_attr(node, "name"), "status"))
        return;
    state->is_said = true;
    lint_say(lint, node, "name", "the map has no table 'status'");
    lint_hint(lint, "add <status><value class=\"open\">New</value>"
                    "<value class=\"closed\">Closed</value></status> behind the records");
}

const struct lint_rule lint_map_status_table = {
    .kind = "source-map", .element = "field", .state_size = sizeof(struct state), .look = look};
