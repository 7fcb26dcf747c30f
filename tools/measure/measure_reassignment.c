/* M-12, reassignment between groups and ping-pong. */
#include "base/mem.h"
#include "measure/case_list.h"
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

/* Changes of group, and whether one of them goes back. */
static int64_t count_changes(const struct record_case *item, bool *ret_is_back)
{
    size_t i = first_group(item);
    int64_t changes = 0;

    *ret_is_back = false;
    if (i == item->event_count)
        return 0;
    for (i = next_group(item, i); i < item->event_count; i = next_group(item, i)) {
        changes++;
        *ret_is_back |= had_before(item, i);
    }
    return changes;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t changes;
    bool is_ping_pong;
    struct observation observation = {.period = case_end(item)};
    size_t v;

    if (first_group(item) == item->event_count) {
        for (v = 0; v < ARRAY_LEN(variants); v++)
            observe_excluded(state, v, item, "no-group");
        return;
    }
    changes = count_changes(item, &is_ping_pong);
    observation.value = changes;
    observe_value(state, CHANGES, item, &observation);
    observation.counts = is_ping_pong;
    observe_value(state, PING_PONG, item, &observation);
    observation.counts = changes >= 3;
    observe_value(state, THREE_OR_MORE, item, &observation);
}

/* --- the list --- */

static const struct table_column columns[] = {
    {STR_INIT("case"), {{STR_INIT("Case"), STR_INIT("Caso")}}, {{{NULL, 0}}}, TABLE_TEXT, 0},
    {STR_INIT("by"), {{STR_INIT("Of"), STR_INIT("Di")}}, {{{NULL, 0}}}, TABLE_TEXT, 0},
    {STR_INIT("changes"), {{STR_INIT("Changes of group"), STR_INIT("Passaggi di gruppo")}},
     {{{NULL, 0}}}, TABLE_INTEGER, 0},
};

static const struct table_form form = {
    .id = STR_INIT("ping-pong"),
    .name = {{STR_INIT("Ping-pong"), STR_INIT("Rimpalli")}},
    .title = {{STR_INIT("Cases that came back to a group that had given them away"),
               STR_INIT("Casi tornati a un gruppo che li aveva ceduti")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

static enum case_listing look(void *looker, const struct measure_context *context,
                              const struct record_case *item, double ret_numbers[CASE_LIST_NUMBERS])
{
    bool is_back;

    (void)looker;
    (void)context;
    ret_numbers[0] = (double)count_changes(item, &is_back);
    return is_back ? CASE_LISTED : CASE_NOT_LISTED;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct case_list *list = NULL;
    enum status status = STATUS_OK;

    if (applies(context))
        status = case_list_new(context, look, NULL, diag, &list);
    if (status == STATUS_OK)
        *ret_own = list;
    return status;
}

static void release(void *own)
{
    case_list_free(own);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    (void)context;
    return variant != PING_PONG || case_list_table(own, &form, arena, figure);
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
    .prepare = prepare,
    .release = release,
    .conclude = conclude,
};
