/* Shares below a half: a slip of the decimal point, or a promise that is none. */
#include "lint/lint_rule.h"

static const double HALF = 0.5;

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str share = xml_attr(node, "share");
    double value;

    if (!str_to_double(share, &value) || value <= 0 || value >= HALF)
        return;
    lint_say(lint, node, "share", "%.*s of the cases is %g in 100", STR_ARG(share), value * 100);
    lint_hint(lint, "95 in 100 are written share=\"0.95\"");
}

const struct lint_rule lint_sla_share_low = {
    .kind = "sla", .element = "service-level", .look = look};
