/* Promises of a contract, a law or a policy that is not named: nobody can look them up. */
#include "lint/lint_level.h"

struct state {
    bool is_said; /* of the agreement, for all its levels */
};

static void look(struct lint *lint, const struct xml_node *node)
{
    struct state *state = lint->state;
    const struct xml_node *stating = lint_level_stating(lint, node, "source");
    struct str source = xml_attr(stating, "source");

    if (source.len == 0 || str_is(source, "default") ||
        xml_attr(lint_level_stating(lint, node, "document"), "document").len > 0 ||
        (stating == lint->root && state->is_said))
        return;
    state->is_said |= stating == lint->root;
    lint_say(lint, stating, "source", "it says '%.*s'", STR_ARG(source));
    lint_hint(lint, "add document=\"...\" with the name, number and section of the %.*s",
              STR_ARG(source));
}

const struct lint_rule lint_sla_document = {
    .kind = "sla", .element = "service-level", .state_size = sizeof(struct state), .look = look};
