/* M-12, reassignment between groups and ping-pong. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { CHANGES, PING_PONG, THREE_OR_MORE };

static const struct measure_variant variants[] = {
    [CHANGES] = {"changes", VARIANT_QUANTITY, "cases with a known group", true, false, NULL, false},
    [PING_PONG] = {"ping-pong", VARIANT_SHARE, "cases with a known group", true, true, "count",
                   false},
    [THREE_OR_MORE] = {"three-or-more", VARIANT_SHARE, "cases with a known group", true, true,
                       "count", false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_groups(context->set) ? 7u : 0u;
}

/* The next event of another group than the one at i, passing over events without a group. */
static size_t next_group(const struct record_case *item, size_t i)
{
    uint32_t group = item->events[i].group;

    while (++i < item->event_count)
        if (item->events[i].group != INTERN_NONE && item->events[i].group != group)
            break;
    return i;
}

static size_t first_group(const struct record_case *item)
{
    size_t i = 0;

    while (i < item->event_count && item->events[i].group == INTERN_NONE)
        i++;
    return i;
}

/* Whether the group at `at` had the case before. */
static bool had_before(const struct record_case *item, size_t at)
{
    size_t i;

    for (i = 0; i < at; i++)
        if (item->events[i].group == item->events[at].group)
            return true;
    return false;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    size_t i = first_group(item);
    int64_t changes = 0;
    bool is_ping_pong = false;
    struct observation observation = {.period = case_end(item)};
    size_t v;

    if (i == item->event_count) {
        for (v = 0; v < ARRAY_LEN(variants); v++)
            observe_excluded(state, v, item, "no-group");
        return;
    }
    for (i = next_group(item, i); i < item->event_count; i = next_group(item, i)) {
        changes++;
        is_ping_pong |= had_before(item, i);
    }
    observation.value = changes;
    observe_value(state, CHANGES, item, &observation);
    observation.counts = is_ping_pong;
    observe_value(state, PING_PONG, item, &observation);
    observation.counts = changes >= 3;
    observe_value(state, THREE_OR_MORE, item, &observation);
}

const struct measure measure_reassignment = {
    .id = "M-12",
    .name = "reassignment",
    .title = {{STR_INIT("reassignment between groups"), STR_INIT("riassegnazione tra gruppi")}},
    .definition =
        {{STR_INIT("How often a case changes hands, and whether it comes back to a group that "
                   "gave it away."),
          STR_INIT("Quante volte un caso passa di gruppo e se torna a un gruppo che l'aveva "
                   "ceduto.")}},
    .formula = "changes: mean of the group changes of a case, missing groups dropped and equal "
               "neighbours joined; ping-pong: share of cases in which a group appears again; "
               "three-or-more: share with at least three changes",
    .fields = "event.at event.group",
    .source = "BPI Challenge 2013, question on ping-pong behaviour; Wilson 1927",
    .slots = 1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED | 1ull << SLOT_RESOLVED |
             1ull << SLOT_CLOSED,
    .needs_groups = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
