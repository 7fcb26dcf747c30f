/* Actions that are not carried out, and were due before the audit looks back. */
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
        if (!action_is_overdue(&actions->list[i], day))
            continue;
        lint_say(lint, node, "due", "'%.*s' was due on %.*s, the audit looks back from %.*s",
                 STR_ARG(actions->list[i].id), STR_ARG(actions->list[i].due), STR_ARG(day));
        lint_hint(lint, "state what became of it, or agree on another day");
    }
}

const struct lint_rule lint_action_overdue = {.kind = "actions", .meet = meet};
