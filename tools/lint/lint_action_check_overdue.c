/* Actions whose effectiveness was to be checked before the audit looks back, and was not. */
#include "answer/answer.h"
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    const struct lint_document *partner = lint_partner(lint->set, lint->self, "audit");
    const struct audit *audit = partner ? partner->model : NULL;
    const struct actions *actions = lint->self->model;
    const struct xml_node *node = xml_child(lint->root, "action");
    struct str day;
    size_t i;

    if (!audit)
        return;
    day = lint_day_of(lint, audit->as_of, audit->zone);
    for (i = 0; i < actions->count && day.ptr; i++, node = xml_next(node, "action")) {
        const struct action *action = &actions->list[i];

        if (action->checked.ptr || action->status == ACTION_CLOSED ||
            !lint_is_before(action->check_due, day))
            continue;
        lint_say(lint, xml_child(node, "effectiveness"), "due",
                 "check of '%.*s' was due on %.*s, the audit looks back from %.*s",
                 STR_ARG(action->id), STR_ARG(action->check_due), STR_ARG(day));
        lint_hint(lint, "check it and write on=\"...\" and result=\"...\", or plan another day");
    }
}

const struct lint_rule lint_action_check_overdue = {.kind = "actions", .meet = meet};
