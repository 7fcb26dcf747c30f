/*
 * Limits of a ladder that cannot be in the unit of its measure: 95 for a share from 0 to 1, a length
 * of time for a share or a number, a number that nothing measured can reach.
 */
#include <stdio.h>

#include "lint/lint_binding.h"
#include "lint/lint_rule.h"

/* A share of cases, of a whole in time: between nothing and all. */
static bool is_share(const struct measure_variant *variant)
{
    return variant->kind == VARIANT_SHARE || variant->kind == VARIANT_PART;
}

static bool is_time(const struct measure_variant *variant)
{
    /* quantities of some measures are times, too */
    return kind_is_time(variant->kind) || variant->kind == VARIANT_QUANTITY;
}

/* Whether all its limits are written in per cent: none can be a share, and whoever wrote them so
   meant no other thing. */
static bool is_in_per_cent(const struct xml_node *ladder)
{
    const struct xml_node *step = xml_child(ladder, "step");
    double value;

    for (; step; step = xml_next(step, "step"))
        if (!str_to_double(xml_attr(step, "at"), &value) || value < 2 || value > 100)
            return false;
    return true;
}

static void check_number(struct lint *lint, const struct xml_node *step,
                         const struct xml_node *ladder, const struct measure_variant *variant,
                         bool is_difference)
{
    struct str at = xml_attr(step, "at");
    char share[32];
    double value;

    if (!str_to_double(at, &value))
        return;
    if (is_share(variant) && (value > 1 || value < -1)) {
        lint_say(lint, step, "at", "'%.*s' for a share from 0 to 1", STR_ARG(at));
        if (value > 1 && value <= 100)
            lint_hint(lint, "%.*s %% is written %.10g", STR_ARG(at), value / 100);
        snprintf(share, sizeof share, "%.10g", value / 100);
        if (is_in_per_cent(ladder))
            lint_word(lint, str_of(share));
    } else if (value < 0 && !is_difference) {
        lint_say(lint, step, "at", "'%.*s': nothing that is measured is below zero", STR_ARG(at));
        lint_hint(lint, "with minus-target=\"true\" on the ladder a limit below the target is meant");
    }
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct measure_variant *variant = lint_binding_variant(node);
    const struct xml_node *ladder = xml_child(node, "ladder");
    bool is_difference = str_is(xml_attr(ladder, "minus-target"), "true");
    const struct xml_node *step = xml_child(ladder, "step");

    for (; variant && step; step = xml_next(step, "step")) {
        struct str at = xml_attr(step, "at");

        if (str_starts(at, "P") && !is_time(variant)) {
            lint_say(lint, step, "at", "'%.*s' is a length of time, and %.*s is %s", STR_ARG(at),
                     STR_ARG(xml_attr(node, "measure")), is_share(variant) ? "a share" : "none");
            lint_hint(lint, "write a number: a share lies between 0 and 1, 0.95 is 95 %%");
        } else {
            check_number(lint, step, ladder, variant, is_difference);
        }
    }
}

const struct lint_rule lint_ladder_unit = {
    .kind = "checklist", .element = "binding", .look = look};
