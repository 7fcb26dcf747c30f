/* Answers that cite figures of evidence that looks back from a later day. */
#include "evidence/evidence.h"
#include "lint/lint_meet.h"

/* NULL: it cites none. */
static const struct xml_node *cited_figure(const struct xml_node *answer)
{
    const struct xml_node *use = xml_child(answer, "evidence");

    while (use && !str_starts(xml_attr(use, "ref"), "EV-"))
        use = xml_next(use, "evidence");
    return use;
}

static void meet(struct lint *lint)
{
    const struct lint_document *partner = lint_partner(lint->set, lint->self, "evidence");
    const struct evidence *evidence = partner ? partner->model : NULL;
    const struct xml_node *answer = xml_child(lint->root, "answer");
    struct str day;

    if (!evidence)
        return;
    day = lint_day_of(lint, evidence->audit.as_of, evidence->audit.zone);
    for (; answer && day.ptr; answer = xml_next(answer, "answer")) {
        const struct xml_node *use = cited_figure(answer);

        if (!use || !lint_is_before(xml_attr(answer, "on"), day))
            continue;
        lint_say(lint, use, "ref", "'%.*s' is of %.*s, '%.*s' looks back from %.*s",
                 STR_ARG(xml_attr(answer, "question")), STR_ARG(xml_attr(answer, "on")),
                 STR_ARG(partner->name), STR_ARG(day));
        lint_hint(lint, "look at the figure again, then write the day on which you did");
    }
}

const struct lint_rule lint_answer_figure_later = {.kind = "answers", .meet = meet};
