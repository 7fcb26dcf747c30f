/* Windows that begin or end at an hour that the clock skips or shows twice. */
#include "lint/lint_clock_change.h"

static bool look_at(struct lint *lint, const struct xml_node *node,
                    const struct lint_change *change, const struct lint_window *window)
{
    int64_t day = 0;
    enum lint_meeting meeting = lint_change_meets(change, window, &day);
    const char *bound = meeting == LINT_MEETS_FROM ? "from" : "to";
    int32_t seconds = meeting == LINT_MEETS_FROM ? window->from : window->to;

    if (meeting != LINT_MEETS_FROM && meeting != LINT_MEETS_TO)
        return false;
    lint_say(lint, node, bound, "%02d:%02d %s on %s", seconds / 3600 % 24, seconds / 60 % 60,
             change->is_gap ? "does not exist" : "comes twice",
             lint_day_text(day + seconds / 86400).text);
    lint_hint(lint, "let the window begin and end at an hour at which no clock is changed");
    return true;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_each_change(lint, node, look_at);
}

const struct lint_rule lint_calendar_clock_twice = {.kind = "calendar",
                                                    .element = "window",
                                                    .state_size = sizeof(struct lint_changes),
                                                    .look = look};
