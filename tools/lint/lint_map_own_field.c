/* Fields of a ticket that are nearly one of the model: most often a slip that no figure shows. */
#include <string.h>

#include "lint/lint_map.h"

/* Edits that a slip of the fingers makes at most. */
enum { SLIP = 2 };

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct record_model *kind = lint_map_kind(lint);
    struct str name = xml_attr(node, "name");
    const char *nearest;

    if (!kind || strcmp(kind->name, "ticket") != 0 || lint_map_field(lint, node) ||
        lint_map_other_kind(kind, name))
        return;
    nearest = lint_map_nearest(kind, name);
    if (!nearest || str_distance(name, str_of(nearest), SLIP) > SLIP)
        return;
    lint_say(lint, node, "name", "'%.*s'", STR_ARG(name));
    lint_hint(lint, "did you mean '%s'?", nearest);
}

const struct lint_rule lint_map_own_field = {
    .kind = "source-map", .element = "field", .look = look};
