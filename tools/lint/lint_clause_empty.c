/* Clauses that ask for nothing, as those of scope and terms: nobody can conform to them or not. */
#include "lint/lint_clauses.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct clause_table *table =
        lint_clauses(lint, lint_question_edition(lint_parent(lint)));
    const struct clause *clause =
        table ? clause_table_find(table, clause_key(xml_text(node))) : NULL;

    if (!clause || clause->has_requirements)
        return;
    lint_say(lint, node, NULL, "'%.*s' (%.*s)", STR_ARG(clause->number),
             STR_ARG(words_in(&clause->title, LANG_EN)));
    lint_hint(lint, "cite the clause whose requirement the question is about");
}

const struct lint_rule lint_clause_empty = {.kind = "checklist", .element = "clause", .look = look};
