/* Audits of a time without a beginning or an end: figures would change with every new export. */
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *period = xml_child(node, "period");
    bool has_start = xml_attr(period, "start").ptr != NULL;
    bool has_end = xml_attr(period, "end").ptr != NULL;

    if (has_start && has_end)
        return;
    lint_say(lint, period ? period : node, NULL, "%s", !period || (!has_start && !has_end)
                                                           ? "neither start nor end is stated"
                                                       : has_start ? "it has no end"
                                                                   : "it has no start");
    lint_hint(lint, "<period start=\"2025-01-01\" end=\"2026-01-01\"/> is the year 2025: the end is "
                    "not included");
}

const struct lint_rule lint_audit_period = {.kind = "audit", .look = look};
