/* Promises that some cases come under and the rest does not: nobody answers for the rest. */
#include "lint/lint_level.h"

static bool is_of_group(const struct lint_level *a, const struct lint_level *b)
{
    return str_equal(a->metric, b->metric) && str_equal(a->type, b->type);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_levels levels = lint_levels(lint, node);
    size_t i;
    size_t j;

    for (i = 0; i < levels.count; i++) {
        const struct lint_level *last = &levels.list[i];

        /* the last of its group speaks for it */
        for (j = i + 1; j < levels.count && !is_of_group(last, &levels.list[j]); j++)
            ;
        if (j < levels.count)
            continue;
        for (j = 0; j <= i; j++)
            if (is_of_group(last, &levels.list[j]) && !xml_child(levels.list[j].node, "where"))
                break;
        if (j <= i)
            continue;
        lint_say(lint, last->node, "id", "%.*s, %.*s", STR_ARG(last->type), STR_ARG(last->metric));
        lint_hint(lint, "add a level without <where> behind '%.*s'", STR_ARG(last->id));
    }
}

const struct lint_rule lint_sla_rest = {.kind = "sla", .look = look};
