#include "measure/case_phases.h"

#include "measure/observe.h"

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Class of the case once the event has happened. */
static enum status_class class_after(const struct record_event *event, enum status_class before)
{
    return event->has_status ? (enum status_class)event->class : before;
}

void case_phases_begin(struct case_phases *phases, const struct record_case *item, int64_t from,
                       int64_t until)
{
    *phases = (struct case_phases){
        .item = item, .at = from, .until = until, .class = CLASS_OPEN};
    for (; phases->next < item->event_count && item->events[phases->next].at <= from;
         phases->next++)
        phases->class = class_after(&item->events[phases->next], phases->class);
}

bool case_phases_next(struct case_phases *phases, struct case_phase *ret_phase)
{
    const struct record_case *item = phases->item;
    enum status_class class = phases->class;

    if (phases->at >= phases->until)
        return false;
    *ret_phase = (struct case_phase){phases->at, phases->until, class};
    for (; phases->next < item->event_count; phases->next++) {
        const struct record_event *event = &item->events[phases->next];

        if (event->at >= phases->until)
            break;
        phases->class = class_after(event, phases->class);
        if (phases->class == class)
            continue;
        /* events of the same instant: only the last of them lasts */
        if (phases->next + 1 < item->event_count && item->events[phases->next + 1].at == event->at)
            continue;
        ret_phase->until = event->at;
        phases->next++;
        break;
    }
    phases->at = ret_phase->until;
    return true;
}

/* --- the end --- */

static int64_t reported(const struct record_case *item, int slot, int64_t as_of, int64_t reopened)
{
    int64_t at = record_value(item, slot);

    if (at == VALUE_MISSING || at > as_of || (reopened != VALUE_MISSING && at <= reopened))
        return VALUE_MISSING;
    return at;
}

struct case_ending case_ending(const struct record_case *item, int64_t as_of)
{
    struct case_ending ending = {.at = VALUE_MISSING};
    enum status_class class = CLASS_UNKNOWN;
    int64_t reopened = VALUE_MISSING;
    size_t i;

    for (i = 0; i < item->event_count && item->events[i].at <= as_of; i++) {
        bool was_over = class_is_over(class);

        class = class_after(&item->events[i], class);
        if (class_is_over(class) && !was_over)
            ending.at = item->events[i].at;
        else if (was_over && !class_is_over(class))
            reopened = item->events[i].at;
    }
    if (item->event_count == 0 && record_value(item, SLOT_CLASS) != VALUE_MISSING)
        class = (enum status_class)record_value(item, SLOT_CLASS);
    ending.is_cancelled = class == CLASS_CANCELLED;
    ending.is_over = class_is_over(class);
    if (!ending.is_over || ending.at == VALUE_MISSING)
        ending.at = reported(item, SLOT_RESOLVED, as_of, reopened);
    if (ending.at == VALUE_MISSING)
        ending.at = reported(item, SLOT_CLOSED, as_of, reopened);
    ending.is_over |= ending.at != VALUE_MISSING;
    if (ending.at != VALUE_MISSING)
        ending.at = later(ending.at, case_request(item));
    return ending;
}

int64_t case_request(const struct record_case *item)
{
    int64_t opened = record_value(item, SLOT_OPENED);

    return opened != VALUE_MISSING ? opened : record_value(item, SLOT_FIRST_EVENT);
}
