/*
 * A clause cited beside a part of itself: "8.2" says that everything below it is asked about, "8.2.2"
 * that one part is. Counts by clause take the question twice.
 */
#include "lint/lint_clauses.h"

static void compare(struct lint *lint, const struct xml_node *whole, const struct xml_node *question)
{
    uint64_t key = clause_key(xml_text(whole));
    const struct xml_node *part = xml_child(question, "clause");

    for (; part; part = xml_next(part, "clause")) {
        if (!clause_is_part(clause_key(xml_text(part)), key))
            continue;
        lint_say(lint, whole, NULL, "'%.*s' beside its part '%.*s'", STR_ARG(xml_text(whole)),
                 STR_ARG(xml_text(part)));
        lint_hint(lint, "keep the one that the question is about");
        return;
    }
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *whole = xml_child(node, "clause");

    for (; whole; whole = xml_next(whole, "clause"))
        if (clause_key(xml_text(whole)))
            compare(lint, whole, node);
}

const struct lint_rule lint_clause_nested = {
    .kind = "checklist", .element = "question", .look = look};
