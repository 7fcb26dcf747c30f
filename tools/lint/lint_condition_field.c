/* Conditions on a field that is nearly one of the model: no case may ever meet them. */
#include "base/mem.h"
#include "lint/lint_rule.h"
#include "record/record.h"

/* Edits that a slip of the fingers makes at most, and fields that there may be. */
enum { SLIP = 2, NAMES = 128 };

static const char *nearest_of(struct str name)
{
    const char *names[NAMES] = {NULL};
    size_t count = 0;
    size_t k;
    size_t i;

    for (k = 0; k < record_model_count; k++)
        for (i = 0; i < record_models[k]->field_count && count + 1 < ARRAY_LEN(names); i++)
            names[count++] = record_models[k]->fields[i].name;
    return str_nearest(name, names);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str name = xml_attr(node, "field");
    const char *nearest = nearest_of(name);

    if (name.len == 0 || !nearest || str_is(name, nearest) ||
        str_distance(name, str_of(nearest), SLIP) > SLIP)
        return;
    lint_say(lint, node, "field", "'%.*s'", STR_ARG(name));
    lint_hint(lint, "did you mean '%s'?", nearest);
}

const struct lint_rule lint_condition_field = {
    .kind = "sla", .element = "where", .look = look};
