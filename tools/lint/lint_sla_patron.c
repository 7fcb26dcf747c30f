/* Calendars that leave the holiday of the town to an agreement that does not state it. */
#include "lint/lint_level.h"

static void look_at(struct lint *lint, const struct xml_node *node)
{
    struct str name;
    struct diag inner;

    if (!lint_level_calendar(lint, node, &name, &inner))
        return;
    if (inner.by_rule[RULE_CALENDAR_PATRON]) {
        lint_say(lint, node, "calendar", "'%.*s' leaves it open", STR_ARG(name));
        lint_hint(lint, "add patron=\"MM-DD\", or let the audit state it");
    }
    diag_done(&inner);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_each_level(lint, node, look_at);
}

const struct lint_rule lint_sla_patron = {.kind = "sla", .look = look};
