/* Calendars that an agreement counts time by, and that are not there or cannot be used. */
#include "lint/lint_level.h"
#include "lint/lint_reference.h"

static void look_at(struct lint *lint, const struct xml_node *node)
{
    struct str name;
    struct diag inner;

    if (!lint_level_calendar(lint, node, &name, &inner))
        return;
    if (inner.by_rule[RULE_CALENDAR_NO_PATRON]) {
        lint_say(lint, node, "patron", "'%.*s' has no place for the holiday of a town",
                 STR_ARG(name));
        lint_hint(lint, "take the day away, or name a calendar with <patron name=\"...\"/>");
    } else if (inner.by_severity[SEVERITY_ERROR] + inner.by_severity[SEVERITY_FATAL] > 0) {
        lint_reference_say(lint, node, "calendar", name, &inner);
    }
    diag_done(&inner);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_each_level(lint, node, look_at);
}

const struct lint_rule lint_sla_calendar = {.kind = "sla", .look = look};
