/* Breakdowns by person: audits look at processes, and labour law at who watches whom. */
#include "lint/lint_rule.h"
#include "record/field.h"

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str name = xml_attr(node, "field");
    bool is_person = false;
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        const struct record_field *field = record_case_field((enum record_kind)kind, name);

        is_person |= field && field->type == FIELD_PERSON;
    }
    if (!is_person)
        return;
    lint_say(lint, node, "field", "'%.*s'", STR_ARG(name));
    lint_hint(lint, "break down by group; groups of fewer than five people are shown as one");
}

const struct lint_rule lint_audit_person = {.kind = "audit", .element = "by", .look = look};
