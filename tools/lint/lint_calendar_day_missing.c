/* A day of the week without hours between days that have them: most often forgotten. */
#include "lint/lint_moment.h"
#include "lint/lint_rule.h"

enum { FRIDAY = 4 };

static void look(struct lint *lint, const struct xml_node *node)
{
    bool works[WEEKDAYS];
    int day;

    lint_week_works(node, works);
    for (day = 1; day < FRIDAY; day++) {
        if (works[day] || !works[day - 1] || !works[day + 1])
            continue;
        lint_say(lint, node, NULL, "%s", lint_weekday_name(day));
        lint_hint(lint, "if it is worked, add <day name=\"%s\"><window from=\"09:00\" "
                        "to=\"18:00\"/></day>",
                  lint_weekday_name(day));
    }
}

const struct lint_rule lint_calendar_day_missing = {
    .kind = "calendar", .element = "week", .look = look};
