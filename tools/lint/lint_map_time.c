/* Dates and times of a table for which no form is stated: anything but ISO 8601 is refused. */
#include "lint/lint_map.h"

struct state {
    bool is_said; /* once a map */
};

static void look(struct lint *lint, const struct xml_node *node)
{
    struct state *state = lint->state;
    const struct record_field *field = lint_map_field(lint, node);

    if (state->is_said || !field || field->type != FIELD_INSTANT || !lint_map_is_table(lint) ||
        xml_child(node, "format") || xml_child(lint->root, "time"))
        return;
    state->is_said = true;
    lint_say(lint, node, "name", "'%s' is read as ISO 8601 alone, 2026-01-31T17:00:00Z",
             field->name);
    lint_hint(lint, "if that is meant, add <time><format>iso</format></time> behind the notes; for "
                    "31/01/2026 17:00 <time><format>%%d/%%m/%%Y %%H:%%M</format></time>");
}

const struct lint_rule lint_map_time = {
    .kind = "source-map", .element = "field", .state_size = sizeof(struct state), .look = look};
