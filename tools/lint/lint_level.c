#include "lint/lint_level.h"

#include "base/mem.h"
#include "lint/lint_moment.h"
#include "plan/plan.h"

const struct xml_node *lint_level_stating(const struct lint *lint, const struct xml_node *level,
                                          const char *name)
{
    return xml_attr(level, name).ptr ? level : lint->root;
}

static void read_level(const struct lint *lint, const struct xml_node *node,
                       struct lint_level *level)
{
    struct str type = xml_attr(node, "type");
    struct span target = {0};

    level->node = node;
    level->id = xml_attr(node, "id");
    level->metric = xml_attr(node, "metric");
    level->type = type.len ? type : STR("customer");
    if (!lint_day(xml_attr(lint_level_stating(lint, node, "from"), "from"), &level->from))
        level->from = INT64_MIN;
    if (!lint_day(xml_attr(lint_level_stating(lint, node, "until"), "until"), &level->until))
        level->until = INT64_MAX;
    if (span_parse(xml_attr(node, "target"), &target))
        level->seconds = target.us / SECOND_US;
    if (!str_to_int64(xml_attr(node, "working-days"), &level->days))
        level->days = 0;
}

struct lint_levels lint_levels(struct lint *lint, const struct xml_node *root)
{
    const struct xml_node *node = xml_child(root, "service-level");
    struct lint_level *list;
    size_t count = 0;

    for (; node; node = xml_next(node, "service-level"))
        count++;
    list = arena_alloc(lint->arena, count, sizeof *list);
    if (!list) {
        lint_no_memory(lint);
        return (struct lint_levels){NULL, 0};
    }
    count = 0;
    for (node = xml_child(root, "service-level"); node; node = xml_next(node, "service-level"))
        read_level(lint, node, &list[count++]);
    return (struct lint_levels){list, count};
}

static bool has_condition(const struct xml_node *level, const struct xml_node *condition)
{
    const struct xml_node *where = xml_child(level, "where");

    for (; where; where = xml_next(where, "where"))
        if (str_equal(xml_attr(where, "field"), xml_attr(condition, "field")) &&
            str_equal(xml_attr(where, "compare"), xml_attr(condition, "compare")) &&
            str_equal(xml_attr(where, "value"), xml_attr(condition, "value")))
            return true;
    return false;
}

static bool has_all(const struct xml_node *level, const struct xml_node *other)
{
    const struct xml_node *where = xml_child(other, "where");

    while (where && has_condition(level, where))
        where = xml_next(where, "where");
    return where == NULL;
}

bool lint_level_is_alike(const struct lint_level *a, const struct lint_level *b)
{
    return str_equal(a->type, b->type) && has_all(a->node, b->node) && has_all(b->node, a->node);
}

bool lint_level_shares_days(const struct lint_level *a, const struct lint_level *b)
{
    return a->from <= b->until && b->from <= a->until;
}

bool lint_level_calendar(struct lint *lint, const struct xml_node *node, struct str *ret_name,
                         struct diag *ret_diag)
{
    const struct xml_node *stated = lint_level_stating(lint, node, "calendar");
    struct str name = xml_attr(stated, "calendar");
    struct str patron = xml_attr(xml_attr(node, "patron").ptr ? node : stated, "patron");
    struct calendar_document *calendar = NULL;
    unsigned month;
    unsigned day;

    if (name.len == 0 || !(xml_attr(node, "calendar").ptr || xml_attr(node, "patron").ptr))
        return false;
    if (!month_day_parse(patron, &month, &day))
        patron = (struct str){NULL, 0};
    diag_init(ret_diag);
    if (calendar_load(lint->arena, lint->library, name, patron, STR("UTC"), lint->folder, ret_diag,
                      &calendar) == STATUS_MEMORY ||
        ret_diag->lost)
        lint_no_memory(lint);
    calendar_document_free(calendar);
    *ret_name = name;
    return true;
}

void lint_each_level(struct lint *lint, const struct xml_node *root,
                     void (*look_at)(struct lint *lint, const struct xml_node *node))
{
    const struct xml_node *level = xml_child(root, "service-level");

    look_at(lint, root);
    for (; level; level = xml_next(level, "service-level"))
        look_at(lint, level);
}
