/* Actions that are not carried out, and were due before the audit looks back. */
#include "answer/answer.h"
#include "lint/lint_meet.h"

static void look(struct lint *lint, const struct xml_node *node, const struct action *action,
                 struct str day)
{
    if (!action_is_overdue(action, day))
        return;
    lint_say(lint, node, "due", "'%.*s' was due on %.*s, the audit looks back from %.*s",
             STR_ARG(action->id), STR_ARG(action->due), STR_ARG(day));
    lint_hint(lint, "state what became of it, or agree on another day");
}

static void meet(struct lint *lint)
{
    lint_actions_by_day(lint, look);
}

const struct lint_rule lint_action_overdue = {.kind = "actions", .meet = meet};
