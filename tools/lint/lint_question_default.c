/*
 * Requirements that are to be scored by figures against limits nobody set: by default only the
 * program did, so that the figures propose and a person has to confirm.
 */
#include "lint/lint_rule.h"

/* Of the ladders there are: all of them, and at least one. Where the limits follow a target, the
   audit says who has set it. */
static bool has_default_only(const struct xml_node *question)
{
    const struct xml_node *binding = xml_child(question, "binding");
    bool has_one = false;

    for (; binding; binding = xml_next(binding, "binding")) {
        const struct xml_node *ladder = xml_child(binding, "ladder");

        if (ladder && (!str_is(xml_attr(ladder, "target-source"), "default") ||
                       xml_attr(ladder, "usual-target").ptr))
            return false;
        has_one |= ladder != NULL;
    }
    return has_one;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    if (!str_is(xml_attr(node, "mode"), "auto") ||
        str_is(xml_attr(node, "basis"), "good-practice") || !has_default_only(node))
        return;
    lint_say(lint, node, "mode", "question %.*s is 'auto', its limits are 'default'",
             STR_ARG(xml_attr(node, "id")));
    lint_hint(lint, "where a law, a contract or a policy sets the limits, say so in target-source; "
                    "where each audit does, in usual-target; else write mode=\"semi\"");
}

const struct lint_rule lint_question_default = {
    .kind = "checklist", .element = "question", .look = look};
