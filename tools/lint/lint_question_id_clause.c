/*
 * Ids of questions that read like clause numbers: "Q5-1-2" would be cited as clause 5.1.2, and stay
 * so when the standard moves its clauses.
 */
#include "lint/lint_rule.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Groups of digits alone at the end, "-" or "_" between them; a letter may stand before the first. */
static size_t clause_groups(struct str id)
{
    size_t groups = 0;
    size_t end = id.len;

    while (end > 0 && is_digit(id.ptr[end - 1])) {
        while (end > 0 && is_digit(id.ptr[end - 1]))
            end--;
        groups++;
        if (end == 0 || (id.ptr[end - 1] != '-' && id.ptr[end - 1] != '_'))
            break;
        end--;
    }
    return groups;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str id = xml_attr(node, "id");

    if (clause_groups(id) < 2)
        return;
    lint_say(lint, node, "id", "'%.*s'", STR_ARG(id));
    lint_hint(lint, "number the questions themselves, as %.*s-01; the clause stands in <clause>",
              STR_ARG(xml_attr(node, "section")));
}

const struct lint_rule lint_question_id_clause = {
    .kind = "checklist", .element = "question", .look = look};
