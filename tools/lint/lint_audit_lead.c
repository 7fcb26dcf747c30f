/* Audits that nobody leads, or two: one person answers for the conclusions (ISO 19011). */
#include "lint/lint_rule.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *team = xml_child(node, "team");
    const struct xml_node *member = xml_child(team, "member");
    const struct xml_node *lead = NULL;

    for (; member; member = xml_next(member, "member")) {
        if (!str_is(xml_attr(member, "role"), "lead-auditor"))
            continue;
        if (lead) {
            lint_say(lint, member, "role", "'%.*s' beside '%.*s'", STR_ARG(xml_text(member)),
                     STR_ARG(xml_text(lead)));
            lint_hint(lint, "write role=\"auditor\" for all but one");
            return;
        }
        lead = member;
    }
    if (lead)
        return;
    lint_say(lint, team ? team : node, NULL, team ? "no member leads" : "no team is named");
    lint_hint(lint, team ? "write role=\"lead-auditor\" at the member who answers for the conclusions"
                         : "add <team> with a <member role=\"lead-auditor\">");
}

const struct lint_rule lint_audit_lead = {.kind = "audit", .look = look};
