/*
 * Clauses of a later edition in questions that count before it: an audit by the edition in force
 * would find against a clause that does not exist yet.
 */
#include "lint/lint_clauses.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str edition = lint_question_edition(lint_parent(lint));
    const struct clause_table *table = lint_clauses(lint, edition);
    struct str number = xml_text(node);
    uint64_t key = clause_key(number);
    const struct clause_table *later;

    if (!table || !key || clause_table_find(table, key))
        return;
    later = lint_clauses_later(lint, edition, key);
    if (!later)
        return;
    lint_say(lint, node, NULL, "'%.*s' comes with the edition %.*s", STR_ARG(number),
             STR_ARG(later->edition));
    lint_hint(lint, "write since=\"%.*s\" at the question, or cite a clause of the edition %.*s",
              STR_ARG(later->edition), STR_ARG(edition));
}

const struct lint_rule lint_clause_later = {.kind = "checklist", .element = "clause", .look = look};
