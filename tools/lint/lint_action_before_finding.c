/* Actions against a nonconformity that was stated on a later day. */
#include "answer/answer.h"
#include "lint/lint_meet.h"

/* The answer that states it; NULL: none of these. */
static const struct answer *stating(const struct answers *answers, struct str id)
{
    size_t i;

    for (i = 0; i < answers->count && id.ptr; i++) {
        const struct nonconformity *statement = answers->list[i].nonconformity;

        if (statement && str_equal(statement->id, id))
            return &answers->list[i];
    }
    return NULL;
}

static void meet(struct lint *lint)
{
    const struct answers *answers = lint_partner_model(lint->set, lint->self, "answers");
    const struct xml_node *node = xml_child(lint->root, "action");

    for (; answers && node; node = xml_next(node, "action")) {
        const struct answer *answer = stating(answers, xml_attr(node, "nonconformity"));

        if (!answer || !lint_is_before(xml_attr(node, "raised"), answer->on))
            continue;
        lint_say(lint, node, "raised", "'%.*s' on %.*s, '%.*s' on %.*s",
                 STR_ARG(xml_attr(node, "id")), STR_ARG(xml_attr(node, "raised")),
                 STR_ARG(answer->nonconformity->id), STR_ARG(answer->on));
        lint_hint(lint, "write raised=\"%.*s\" or later, or mend the day of the answer",
                  STR_ARG(answer->on));
    }
}

const struct lint_rule lint_action_before_finding = {.kind = "actions", .meet = meet};
