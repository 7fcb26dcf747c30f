/* Clauses that a later edition no longer has: the question goes on to count in audits by it. */
#include "lint/lint_clauses.h"

/* The first edition behind this one that is without the clause. */
static const struct clause_table *without(struct lint *lint, struct str edition, uint64_t key)
{
    bool is_behind = false;
    size_t i;

    for (i = 0; edition_at(i); i++) {
        const struct clause_table *table;

        if (!is_behind) {
            is_behind = str_is(edition, edition_at(i));
            continue;
        }
        table = lint_clauses(lint, str_of(edition_at(i)));
        if (table && !clause_table_find(table, key))
            return table;
    }
    return NULL;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str edition = lint_question_edition(lint_parent(lint));
    const struct clause_table *table = lint_clauses(lint, edition);
    struct str number = xml_text(node);
    uint64_t key = clause_key(number);
    const struct clause_table *later;

    if (!table || !clause_table_find(table, key))
        return;
    later = without(lint, edition, key);
    if (!later)
        return;
    lint_say(lint, node, NULL, "'%.*s' is not in the edition %.*s%s", STR_ARG(number),
             STR_ARG(later->edition), later->is_draft ? ", a draft" : "");
    lint_hint(lint, "cite beside it a clause that both have, or keep the checklist to audits by "
                    "earlier editions");
}

const struct lint_rule lint_clause_gone = {.kind = "checklist", .element = "clause", .look = look};
