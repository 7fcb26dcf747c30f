/* Windows in which the clock is changed: that night they are an hour shorter or longer. */
#include "lint/lint_clock_change.h"
#include "time/instant.h"

static bool look_at(struct lint *lint, const struct xml_node *node,
                    const struct lint_change *change, const struct lint_window *window)
{
    int64_t day = 0;
    long minutes = (window->to - window->from) / 60;
    long changed = (long)((change->high - change->low) / MINUTE_US);

    if (lint_change_meets(change, window, &day) != LINT_MEETS_INSIDE)
        return false;
    changed = change->is_gap ? minutes - changed : minutes + changed;
    lint_say(lint, node, NULL, "on %s its %ld h %02ld min are %ld h %02ld min",
             lint_day_text(day).text, minutes / 60, minutes % 60, changed / 60, changed % 60);
    lint_hint(lint, "nothing is to be mended when the night is really worked");
    return true;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_each_change(lint, node, look_at);
}

const struct lint_rule lint_calendar_clock_change = {.kind = "calendar",
                                                     .element = "window",
                                                     .state_size = sizeof(struct lint_changes),
                                                     .look = look};
