/* Calendars that an audit counts time by, and that are not there. */
#include "lint/lint_reference.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_reference(lint, node, "calendar", "calendar");
}

const struct lint_rule lint_audit_calendar = {.kind = "audit", .look = look};
