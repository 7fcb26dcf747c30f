/* Answers signed by a name that is not in the team of the audit. */
#include "lint/lint_meet.h"
#include "plan/plan.h"

/* Edits up to which a name is worth suggesting. */
enum { SUGGEST_EDITS = 2 };

static bool is_member(const struct audit *audit, struct str name, struct str *ret_nearest)
{
    unsigned best = SUGGEST_EDITS + 1;
    size_t i;

    *ret_nearest = (struct str){NULL, 0};
    for (i = 0; i < audit->team_count; i++) {
        unsigned edits = str_distance(name, audit->team[i].name, SUGGEST_EDITS);

        if (edits == 0)
            return true;
        if (edits < best && edits < name.len) {
            best = edits;
            *ret_nearest = audit->team[i].name;
        }
    }
    return false;
}

static void meet(struct lint *lint)
{
    const struct lint_document *partner = lint_partner(lint->set, lint->self, "audit");
    const struct audit *audit = partner ? partner->model : NULL;
    const struct xml_node *answer = xml_child(lint->root, "answer");

    if (!audit || !audit->team_count)
        return;
    for (; answer; answer = xml_next(answer, "answer")) {
        struct str by = xml_attr(answer, "by");
        struct str nearest;

        if (!by.len || is_member(audit, by, &nearest))
            continue;
        lint_say(lint, answer, "by", "'%.*s' answered '%.*s'", STR_ARG(by),
                 STR_ARG(xml_attr(answer, "question")));
        if (nearest.ptr)
            lint_hint(lint, "did you mean '%.*s'?", STR_ARG(nearest));
        else
            lint_hint(lint, "add <member> to the team of '%.*s', or name who is in it",
                      STR_ARG(partner->name));
    }
}

const struct lint_rule lint_answer_stranger = {.kind = "answers", .meet = meet};
