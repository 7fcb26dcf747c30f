/* Levels that replace each other and both hold for a time: on those days the first one counts. */
#include "lint/lint_level.h"
#include "lint/lint_moment.h"

/* Neither lies within the other, as an exception would. */
static bool is_crossing(const struct lint_level *a, const struct lint_level *b)
{
    return lint_level_shares_days(a, b) && ((a->from < b->from && a->until < b->until) ||
                                            (b->from < a->from && b->until < a->until));
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_levels levels = lint_levels(lint, node);
    size_t i;
    size_t j;

    for (i = 1; i < levels.count; i++) {
        for (j = 0; j < i; j++) {
            const struct lint_level *a = &levels.list[j];
            const struct lint_level *b = &levels.list[i];
            int64_t first = a->from > b->from ? a->from : b->from;
            int64_t last = a->until < b->until ? a->until : b->until;

            if (!str_equal(a->metric, b->metric) || !is_crossing(a, b) ||
                !lint_level_is_alike(a, b))
                continue;
            lint_say(lint, b->node, "id", "'%.*s' and '%.*s' from %s to %s", STR_ARG(a->id),
                     STR_ARG(b->id), lint_day_text(first).text, lint_day_text(last).text);
            lint_hint(lint, "end one on the day before the other begins: until=\"%s\"",
                      lint_day_text(first - 1).text);
            break;
        }
    }
}

const struct lint_rule lint_sla_overlap = {.kind = "sla", .look = look};
