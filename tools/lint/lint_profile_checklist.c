/* Checklists that a profile takes questions of, and that are not there. */
#include "lint/lint_reference.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_reference(lint, node, "checklist", "checklist");
}

const struct lint_rule lint_profile_checklist = {
    .kind = "profile", .element = "take", .look = look};
