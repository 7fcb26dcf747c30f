#include "measure/pause_walk.h"

#include "measure/observe.h"

struct pause_walk pause_walk_begin(const struct measure_context *context,
                                   const struct record_case *item, unsigned classes)
{
    return (struct pause_walk){.item = item,
                               .classes = classes,
                               .opened = record_value(item, SLOT_OPENED),
                               .as_of = context->as_of.us,
                               .class = CLASS_UNKNOWN};
}

/* Goes to the next event; false: there is none by the as-of instant. */
static bool step(struct pause_walk *walk, int64_t *ret_at)
{
    const struct record_event *event;

    if (walk->next == walk->item->event_count)
        return false;
    event = &walk->item->events[walk->next];
    if (walk->as_of != VALUE_MISSING && event->at > walk->as_of)
        return false;
    walk->next++;
    if (event->class != CLASS_UNKNOWN)
        walk->class = event->class;
    *ret_at = event->at;
    return true;
}

static bool is_in_pause(const struct pause_walk *walk)
{
    return (walk->classes >> walk->class & 1) != 0;
}

bool pause_walk_next(struct pause_walk *walk, struct case_pause *ret_pause)
{
    struct case_pause pause;
    int64_t at = 0;

    for (;;) {
        do
            if (!step(walk, &at))
                return false;
        while (!is_in_pause(walk));
        pause = (struct case_pause){.from = at, .until = walk->as_of, .is_running = true,
                                    .is_for_customer = walk->classes == PAUSE_PENDING};
        while (pause.is_running && step(walk, &at))
            pause.is_running = is_in_pause(walk);
        if (!pause.is_running) {
            pause.until = at;
            pause.is_solved = class_is_over(walk->class) && walk->class != CLASS_CANCELLED;
        }
        if (walk->opened != VALUE_MISSING && pause.from < walk->opened)
            pause.from = walk->opened;
        if (pause.from < pause.until || pause.is_running)
            break;
    }
    *ret_pause = pause;
    return true;
}
