#include "lint/lint_clock_change.h"

#include <string.h>

#include "base/mem.h"
#include "time/zone.h"

/* Two a year, and some that were odd. */
enum { FIRST_YEAR = 2020, LAST_YEAR = 2037, MOST = 128, DAY_SECONDS = 86400 };

static void collect(const struct zone *zone, struct lint_changes *changes)
{
    int64_t end = civil_days(LAST_YEAR + 1, 1, 1) * DAY_US;
    struct zone_stretch stretch =
        zone_stretch(zone, (struct instant){civil_days(FIRST_YEAR, 1, 1) * DAY_US});

    while (stretch.until < end && changes->count < MOST) {
        struct zone_stretch next = zone_stretch(zone, (struct instant){stretch.until});
        int64_t before = stretch.until + stretch.offset * SECOND_US;
        int64_t after = stretch.until + next.offset * SECOND_US;

        if (before != after)
            changes->list[changes->count++] = (struct lint_change){
                before < after ? before : after, before < after ? after : before, before < after};
        stretch = next;
    }
}

static void prepare_changes(struct lint *lint, struct lint_changes *changes)
{
    struct str name = xml_attr(lint->root, "zone");
    struct zone *zone = NULL;
    struct diag inner;

    if (changes->is_ready)
        return;
    changes->is_ready = true;
    changes->list = arena_alloc(lint->arena, MOST, sizeof *changes->list);
    if (!changes->list) {
        lint_no_memory(lint);
        return;
    }
    diag_init(&inner);
    if (name.len > 0 && zone_load(name, &inner, &zone) == STATUS_OK)
        collect(zone, changes);
    zone_free(zone);
    diag_done(&inner);
}

static bool read_window(const struct lint *lint, const struct xml_node *node,
                        struct lint_window *ret_window)
{
    const struct xml_node *day = lint_parent(lint);
    struct lint_window window = {.from = lint_clock(xml_attr(node, "from")),
                                 .to = lint_clock(xml_attr(node, "to")),
                                 .weekday = -1};

    if (!day || window.from < 0 || window.to <= window.from ||
        window.to - window.from >= DAY_SECONDS)
        return false;
    if (strcmp(xml_name(day), "single") == 0) {
        *ret_window = window;
        return lint_day(xml_attr(day, "date"), &ret_window->date);
    }
    window.weekday = lint_weekday(xml_attr(day, "name"));
    *ret_window = window;
    return strcmp(xml_name(day), "day") == 0 && window.weekday >= 0;
}

static bool is_day_of(const struct lint_window *window, int64_t day)
{
    return window->weekday < 0 ? day == window->date
                               : (int)civil_weekday(day) - 1 == window->weekday;
}

/* What begins where a gap begins loses nothing that it had. */
static bool is_hit(const struct lint_change *change, int64_t local)
{
    return (change->is_gap ? local > change->low : local >= change->low) && local < change->high;
}

static enum lint_meeting meet_on(const struct lint_change *change, const struct lint_window *window,
                                 int64_t day)
{
    int64_t from = day * DAY_US + window->from * SECOND_US;
    int64_t to = day * DAY_US + window->to * SECOND_US;

    if (is_hit(change, from))
        return LINT_MEETS_FROM;
    if (is_hit(change, to))
        return LINT_MEETS_TO;
    return from <= change->low && change->high <= to ? LINT_MEETS_INSIDE : LINT_MEETS_NOT;
}

enum lint_meeting lint_change_meets(const struct lint_change *change,
                                    const struct lint_window *window, int64_t *ret_day)
{
    int64_t last = change->high / DAY_US;
    int64_t day;

    /* a window reaches into the next day but one */
    for (day = last - 2; day <= last; day++) {
        enum lint_meeting meeting =
            is_day_of(window, day) ? meet_on(change, window, day) : LINT_MEETS_NOT;

        if (meeting == LINT_MEETS_NOT)
            continue;
        *ret_day = day;
        return meeting;
    }
    return LINT_MEETS_NOT;
}

void lint_each_change(struct lint *lint, const struct xml_node *node,
                      bool (*look_at)(struct lint *lint, const struct xml_node *node,
                                      const struct lint_change *change,
                                      const struct lint_window *window))
{
    struct lint_changes *changes = lint->state;
    struct lint_window window;
    size_t i;

    prepare_changes(lint, changes);
    if (!read_window(lint, node, &window))
        return;
    for (i = 0; i < changes->count && !look_at(lint, node, &changes->list[i], &window); i++)
        ;
}
