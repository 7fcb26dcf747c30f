/*
 * Audits that look back from an instant inside their period: its last part has not happened yet, and
 * its months compare badly with whole ones.
 */
#include "lint/lint_rule.h"
#include "plan/plan.h"

static bool moment(const struct xml_node *node, const char *name, const struct zone *zone,
                   struct instant *ret_instant)
{
    struct str text = xml_attr(node, name);

    return text.ptr && moment_parse(text, zone, ret_instant);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str name = xml_attr(node, "zone");
    struct zone *zone = NULL;
    struct instant end;
    struct instant as_of;
    struct diag inner;

    diag_init(&inner);
    if (name.ptr && zone_load(name, &inner, &zone) == STATUS_MEMORY)
        lint_no_memory(lint);
    diag_done(&inner);
    if (zone && moment(xml_child(node, "period"), "end", zone, &end) &&
        moment(node, "as-of", zone, &as_of) && as_of.us < end.us) {
        lint_say(lint, node, "as-of", "'%.*s' is before '%.*s'", STR_ARG(xml_attr(node, "as-of")),
                 STR_ARG(xml_attr(xml_child(node, "period"), "end")));
        lint_hint(lint, "end the period there, or look back from a later instant");
    }
    zone_free(zone);
}

const struct lint_rule lint_audit_as_of = {.kind = "audit", .look = look};
