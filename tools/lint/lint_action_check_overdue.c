/* Actions whose effectiveness was to be checked before the audit looks back, and was not. */
#include "answer/answer.h"
#include "lint/lint_meet.h"

static void look(struct lint *lint, const struct xml_node *node, const struct action *action,
                 struct str day)
{
    if (action->checked.ptr || action->status == ACTION_CLOSED ||
        !lint_is_before(action->check_due, day))
        return;
    lint_say(lint, xml_child(node, "effectiveness"), "due",
             "check of '%.*s' was due on %.*s, the audit looks back from %.*s",
             STR_ARG(action->id), STR_ARG(action->check_due), STR_ARG(day));
    lint_hint(lint, "check it and write on=\"...\" and result=\"...\", or plan another day");
}

static void meet(struct lint *lint)
{
    lint_actions_by_day(lint, look);
}

const struct lint_rule lint_action_check_overdue = {.kind = "actions", .meet = meet};
