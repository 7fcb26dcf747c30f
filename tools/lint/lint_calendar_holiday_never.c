/* Holidays outside the time in which their version of the calendar holds. */
#include "lint/lint_holiday.h"

static int year_of(int64_t day)
{
    return civil_from_local((struct local){day * DAY_US}).year;
}

static void say(struct lint *lint, const struct lint_holiday *holiday,
                const struct lint_version *version)
{
    struct lint_day_text from = lint_day_text(version->from);

    if (version->until == INT64_MAX)
        lint_say(lint, holiday->node, NULL, "its version holds from %s on", from.text);
    else
        lint_say(lint, holiday->node, NULL, "its version holds from %s to %s", from.text,
                 lint_day_text(version->until - 1).text);
    lint_hint(lint, "mend its %s, or put it into the version that holds then",
              holiday->kind == DAY_SINGLE ? "date" : "years");
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_holidays all = lint_holidays(lint, node);
    size_t i;

    for (i = 0; i < all.count; i++) {
        const struct lint_holiday *holiday = &all.list[i];
        const struct lint_version *version = &all.versions[holiday->version];

        /* those of the calendar itself hold in every version */
        if (holiday->version == 0 || version->until <= version->from)
            continue;
        if (holiday->kind == DAY_SINGLE
                ? holiday->date < version->from || holiday->date >= version->until
                : holiday->last_year < year_of(version->from) ||
                      (version->until != INT64_MAX &&
                       holiday->first_year > year_of(version->until - 1)))
            say(lint, holiday, version);
    }
}

const struct lint_rule lint_calendar_holiday_never = {.kind = "calendar", .look = look};
