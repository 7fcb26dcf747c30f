/* Levels that give a first answer more time than the solution: answers come too late to matter. */
#include "lint/lint_level.h"

static bool is_longer(const struct lint_level *response, const struct lint_level *solution)
{
    if (response->days > 0 && solution->days > 0)
        return response->days > solution->days;
    return response->seconds > 0 && solution->seconds > 0 &&
           response->seconds > solution->seconds;
}

static struct str target_of(const struct lint_level *level, const char **ret_name)
{
    *ret_name = level->days > 0 ? "working-days" : "target";
    return xml_attr(level->node, *ret_name);
}

static void say(struct lint *lint, const struct lint_level *response,
                const struct lint_level *solution)
{
    const char *name;
    const char *other;
    struct str target = target_of(response, &name);
    struct str limit = target_of(solution, &other);

    lint_say(lint, response->node, name, "'%.*s' allows %.*s%s, '%.*s' %.*s%s",
             STR_ARG(response->id), STR_ARG(target), response->days > 0 ? " days" : "",
             STR_ARG(solution->id), STR_ARG(limit), response->days > 0 ? " days" : "");
    lint_hint(lint, "write %s=\"%.*s\" or less, or give the solution more time", name,
              STR_ARG(limit));
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_levels levels = lint_levels(lint, node);
    size_t i;
    size_t j;

    for (i = 0; i < levels.count; i++) {
        if (!str_is(levels.list[i].metric, "first-response"))
            continue;
        for (j = 0; j < levels.count; j++) {
            if (!str_is(levels.list[j].metric, "resolution") ||
                !is_longer(&levels.list[i], &levels.list[j]) ||
                !lint_level_is_alike(&levels.list[i], &levels.list[j]) ||
                !lint_level_shares_days(&levels.list[i], &levels.list[j]))
                continue;
            say(lint, &levels.list[i], &levels.list[j]);
            break;
        }
    }
}

const struct lint_rule lint_sla_response_longer = {.kind = "sla", .look = look};
