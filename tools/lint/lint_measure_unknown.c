/* Questions bound to a measure that the program does not compute: no figure will ever speak. */
#include "lint/lint_rule.h"
#include "measure/measure.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str id = xml_attr(node, "measure");

    if (!id.ptr || measure_find(id))
        return;
    lint_say(lint, node, "measure", "'%.*s' of question %.*s", STR_ARG(id),
             STR_ARG(xml_attr(lint_parent(lint), "id")));
    lint_hint(lint, "a person answers the question; 'cfaudit list measures' prints what is computed");
}

const struct lint_rule lint_measure_unknown = {
    .kind = "checklist", .element = "binding", .look = look};
