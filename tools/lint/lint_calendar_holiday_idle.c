/* Holidays that always fall on a day without work: they change nothing. */
#include "lint/lint_holiday.h"

enum { SUNDAY = 6 };

/* -1: another one from year to year. */
static int weekday_of(const struct lint_holiday *holiday)
{
    switch (holiday->kind) {
    case DAY_WEEKDAY:
        return holiday->weekday;
    case DAY_EASTER:
        return (int)(((SUNDAY + holiday->offset) % WEEKDAYS + WEEKDAYS) % WEEKDAYS);
    case DAY_SINGLE:
        return (int)civil_weekday(holiday->date) - 1;
    case DAY_FIXED:
        break;
    }
    return -1;
}

static bool is_in(const struct lint_holiday *holiday, const struct lint_version *version)
{
    return holiday->kind != DAY_SINGLE ||
           (version->from <= holiday->date && holiday->date < version->until);
}

/* It holds in some version, and in none that it holds in is its weekday worked. */
static bool is_idle(const struct lint_holidays *all, const struct lint_holiday *holiday,
                    int weekday)
{
    size_t last = holiday->version ? holiday->version + 1 : all->version_count;
    bool holds = false;
    size_t i;

    for (i = holiday->version; i < last; i++) {
        if (!is_in(holiday, &all->versions[i]))
            continue;
        if (all->versions[i].works[weekday])
            return false;
        holds = true;
    }
    return holds;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_holidays all = lint_holidays(lint, node);
    size_t i;

    for (i = 0; i < all.count; i++) {
        const struct lint_holiday *holiday = &all.list[i];
        int weekday = weekday_of(holiday);

        /* hours on one date open it */
        if (weekday < 0 || (holiday->kind == DAY_SINGLE && holiday->has_hours) ||
            !is_idle(&all, holiday, weekday))
            continue;
        lint_say(lint, holiday->node, NULL, "it is a %s", lint_weekday_name(weekday));
        lint_hint(lint, holiday->kind == DAY_SINGLE ? "look at the date and the year, or take it away"
                                                    : "it may be taken away");
    }
}

const struct lint_rule lint_calendar_holiday_idle = {.kind = "calendar", .look = look};
