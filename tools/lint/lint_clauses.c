#include "lint/lint_clauses.h"

#include "base/bug.h"

/* Where in the set's tables that edition stands; LINT_EDITIONS: nowhere. */
static size_t place_of(struct str edition)
{
    size_t i;

    for (i = 0; edition_at(i); i++) {
        BUG_IF(i == LINT_EDITIONS);
        if (str_is(edition, edition_at(i)))
            return i;
    }
    return LINT_EDITIONS;
}

const struct clause_table *lint_clauses(struct lint *lint, struct str edition)
{
    size_t place = place_of(edition);
    struct clause_table *table = NULL;
    enum status status;
    struct diag inner;

    if (place == LINT_EDITIONS)
        return NULL;
    if (lint->tables->was_tried[place])
        return lint->tables->clauses[place];
    lint->tables->was_tried[place] = true;
    diag_init(&inner);
    status = clause_table_load(&lint->tables->arena, lint->library, edition, &inner, &table);
    diag_done(&inner);
    if (status == STATUS_MEMORY) {
        lint_no_memory(lint);
    } else if (status != STATUS_OK) {
        diag_report(lint->diag, RULE_CLAUSE_TABLE, xml_where(lint->document, lint->root),
                    "edition %.*s", STR_ARG(edition));
        lint_hint(lint, "'cfaudit validate' with the table itself tells what is wrong with it");
    }
    lint->tables->clauses[place] = table;
    return table;
}

struct str lint_question_edition(const struct xml_node *question)
{
    struct str since = xml_attr(question, "since");

    return since.ptr ? since : edition_default();
}

const struct clause_table *lint_clauses_later(struct lint *lint, struct str edition, uint64_t key)
{
    size_t i;

    for (i = place_of(edition) + 1; i < LINT_EDITIONS && edition_at(i); i++) {
        const struct clause_table *table = lint_clauses(lint, str_of(edition_at(i)));

        if (table && clause_table_find(table, key))
            return table;
    }
    return NULL;
}
