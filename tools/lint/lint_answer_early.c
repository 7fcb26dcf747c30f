/* Answers of a day before the period that is audited begins. */
#include "lint/lint_meet.h"
#include "plan/plan.h"

static void meet(struct lint *lint)
{
    const struct audit *audit = lint_partner_model(lint->set, lint->self, "audit");
    const struct xml_node *answer = xml_child(lint->root, "answer");
    struct str start;

    if (!audit)
        return;
    start = lint_day_of(lint, audit->period_start, audit->zone);
    for (; answer && start.ptr; answer = xml_next(answer, "answer")) {
        struct str on = xml_attr(answer, "on");

        if (!lint_is_before(on, start))
            continue;
        lint_say(lint, answer, "on", "'%.*s' on %.*s", STR_ARG(xml_attr(answer, "question")),
                 STR_ARG(on));
        lint_hint(lint, "look at the year: the period begins on %.*s", STR_ARG(start));
    }
}

const struct lint_rule lint_answer_early = {.kind = "answers", .meet = meet};
