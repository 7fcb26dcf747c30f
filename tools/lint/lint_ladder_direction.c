/* Ladders on which worse figures give more points. */
#include "lint/lint_binding.h"
#include "lint/lint_rule.h"

/* "higher", "lower"; NULL: both may be meant. */
static const char *better_of(const struct measure_variant *variant)
{
    if (kind_is_time(variant->kind))
        return "lower";
    if (variant->kind == VARIANT_SHARE)
        return variant->counts_bad ? "lower" : "higher";
    return NULL;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct measure_variant *variant = lint_binding_variant(node);
    const struct xml_node *ladder = xml_child(node, "ladder");
    struct str direction = xml_attr(ladder, "direction");
    const char *better = variant ? better_of(variant) : NULL;

    if (!better || !(str_is(direction, "higher") || str_is(direction, "lower")) ||
        str_is(direction, better))
        return;
    lint_say(lint, ladder, "direction", "'%.*s', and of %.*s %s figures are better",
             STR_ARG(direction), STR_ARG(xml_attr(node, "measure")), better);
    lint_hint(lint, "write direction=\"%s\" and turn the limits round, the easiest last", better);
}

const struct lint_rule lint_ladder_direction = {
    .kind = "checklist", .element = "binding", .look = look};
