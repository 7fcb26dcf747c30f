/* Value tables that make what the field cannot be, so that their rows are refused or tell nothing. */
#include <string.h>

#include "lint/lint_map.h"

static bool is_flag(struct str text)
{
    return str_equal_nocase(text, STR("true")) || str_equal_nocase(text, STR("false")) ||
           str_is(text, "1") || str_is(text, "0") || str_equal_nocase(text, STR("yes")) ||
           str_equal_nocase(text, STR("no"));
}

/* What the field takes; NULL: this too. */
static const char *refused(const struct record_field *field, struct str to)
{
    enum actor_class actor;
    int64_t number;

    if (field->slot == PART_ACTOR_CLASS)
        return actor_class_find(to, &actor)
                   ? NULL
                   : "agent, customer, bot, system, boss or partner";
    if (field->slot == PART_VISIBILITY)
        return str_equal_nocase(to, STR("public")) || str_equal_nocase(to, STR("private"))
                   ? NULL
                   : "public or private";
    if (field->type == FIELD_BOOLEAN)
        return is_flag(to) ? NULL : "true or false";
    if (field->type == FIELD_INTEGER)
        return str_to_int64(to, &number) ? NULL : "a whole number";
    return NULL;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct record_field *field = lint_map_field(lint, node);
    const struct xml_node *value = xml_child(node, "value");

    if (field && value && field->type == FIELD_INSTANT) {
        lint_say(lint, value, NULL, "'%s' is a date or time, which no table changes", field->name);
        lint_hint(lint, "take the values away; texts that mean no date are <null>n/a</null>");
        return;
    }
    for (; field && value; value = xml_next(value, "value")) {
        struct str to = xml_attr(value, "to");
        const char *taken = to.len ? refused(field, to) : NULL;

        if (!taken)
            continue;
        lint_say(lint, value, "to", "'%.*s' is nothing that '%s' can be", STR_ARG(to), field->name);
        lint_hint(lint, "write %s", taken);
    }
}

const struct lint_rule lint_map_value = {.kind = "source-map", .element = "field", .look = look};
