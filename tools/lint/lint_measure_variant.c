/* Questions bound to a variant that the measure does not have: no figure will ever speak. */
#include "lint/lint_rule.h"
#include "measure/measure.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct measure *measure = measure_find(xml_attr(node, "measure"));
    struct str variant = xml_attr(node, "variant");
    const char *names[MEASURE_VARIANTS + 1];
    const char *nearest;
    size_t i;

    if (!measure || !variant.ptr)
        return;
    for (i = 0; i < measure->variant_count; i++) {
        names[i] = measure->variants[i].name;
        if (str_is(variant, names[i]))
            return;
    }
    names[i] = NULL;
    nearest = str_nearest(variant, names);
    lint_say(lint, node, "variant", "%s has no variant '%.*s'", measure->id, STR_ARG(variant));
    if (nearest)
        lint_hint(lint, "did you mean '%s'?", nearest);
    else
        lint_hint(lint, "'cfaudit explain %s' names its variants; without one the first that has a "
                        "value speaks", measure->id);
    lint_word(lint, str_of(str_meant(variant, names)));
}

const struct lint_rule lint_measure_variant = {
    .kind = "checklist", .element = "binding", .look = look};
