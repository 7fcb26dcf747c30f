/*
 * Clauses that the standard does not have: a slip of the keyboard, or a numbering of one's own that
 * is taken for the standard's. A nonconformity against such a clause falls at the first objection.
 */
#include "base/buf.h"
#include "lint/lint_clauses.h"
#include "lint/lint_help.h"

enum { HINT_BYTES = 1200 };

/* What the clause has that the wanted one would be a part of; false: nothing. */
static bool hint_parts(struct lint *lint, const struct clause_table *table, uint64_t whole)
{
    const struct clause *clause = clause_table_find(table, whole);
    size_t count = 0;
    struct buf list;
    size_t i;

    if (!clause)
        return false;
    buf_init(&list, HINT_BYTES);
    for (i = 0; i < table->count; i++) {
        if (clause_parent(table->clauses[i].key) != whole)
            continue;
        buf_printf(&list, "%s%.*s", count ? ", " : "", STR_ARG(table->clauses[i].number));
        count++;
    }
    if (count)
        lint_hint(lint, "%.*s has %.*s", STR_ARG(clause->number), STR_ARG(buf_str(&list)));
    else
        lint_hint(lint, "%.*s has no parts: cite %.*s itself", STR_ARG(clause->number),
                  STR_ARG(clause->number));
    buf_done(&list);
    return true;
}

/* An edition before this one that has the clause; NULL: none. */
static const char *earlier(struct lint *lint, struct str edition, uint64_t key)
{
    const char *found = NULL;
    size_t i;

    for (i = 0; edition_at(i) && !str_is(edition, edition_at(i)); i++) {
        const struct clause_table *table = lint_clauses(lint, str_of(edition_at(i)));

        if (table && clause_table_find(table, key))
            found = edition_at(i);
    }
    return found;
}

static void hint(struct lint *lint, const struct clause_table *table, uint64_t key)
{
    const char *before = earlier(lint, table->edition, key);
    uint64_t whole;

    if (before) {
        lint_hint(lint, "the edition %s had it; cite the clause that took its place", before);
        return;
    }
    for (whole = clause_parent(key); whole; whole = clause_parent(whole))
        if (hint_parts(lint, table, whole))
            return;
    if (table->count)
        lint_hint(lint, "its clauses go from %.*s to %.*s", STR_ARG(table->clauses[0].number),
                  STR_ARG(table->clauses[table->count - 1].number));
}

/* Of anything else the schema has said that it is no number of a clause. */
static bool is_number(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if (!lint_is_digit(text.ptr[i]) && text.ptr[i] != '.')
            return false;
    return text.len > 0;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str edition = lint_question_edition(lint_parent(lint));
    const struct clause_table *table = lint_clauses(lint, edition);
    struct str number = xml_text(node);
    uint64_t key = clause_key(number);

    if (!table || !is_number(number) || clause_table_find(table, key) ||
        lint_clauses_later(lint, edition, key))
        return;
    lint_say(lint, node, NULL, "'%.*s' is not in %.*s, edition %.*s", STR_ARG(number),
             STR_ARG(table->standard), STR_ARG(table->edition));
    hint(lint, table, key);
}

const struct lint_rule lint_clause_unknown = {
    .kind = "checklist", .element = "clause", .look = look};
