#include "measure/service_clock.h"

#include <string.h>

#include "base/mem.h"
#include "measure/conversation.h"
#include "measure/service_ending.h"

/* What holds from an event on. */
struct moment {
    int32_t level; /* that governs the case */
    uint8_t class; /* an event whose status says nothing goes on with the class before it */
};

struct service_clocks {
    const struct measure_context *context;
    struct pause *pauses;
    struct moment *moments; /* one for each event, at least one */
    size_t capacity;        /* of both */
    /* the case being read */
    const struct record_case *item;
    size_t event_count; /* up to the as-of instant */
    size_t first;       /* event that says how the case stood when it was opened */
    int64_t opened;
    int64_t as_of;
};

/* What a clock shows after its last stretch under one level. */
struct reading {
    int32_t level;
    int64_t elapsed;
    int64_t before;     /* of that, before the last stretch */
    int64_t from;       /* of the last stretch */
    size_t event;       /* that the last stretch begins in */
    size_t pause_count; /* in the last stretch */
};

enum status service_clocks_new(const struct measure_context *context, struct diag *diag,
                               struct service_clocks **ret_clocks)
{
    struct service_clocks *clocks = mem_alloc(1, sizeof *clocks);

    if (!clocks)
        return diag_no_memory(diag);
    clocks->context = context;
    *ret_clocks = clocks;
    return STATUS_OK;
}

void service_clocks_free(struct service_clocks *clocks)
{
    if (!clocks)
        return;
    mem_free(clocks->pauses);
    mem_free(clocks->moments);
    mem_free(clocks);
}

/* --- the history of a case --- */

static bool make_room(struct service_clocks *clocks, size_t count)
{
    size_t capacity = clocks->capacity ? clocks->capacity : 64;
    struct pause *pauses;
    struct moment *moments;

    if (count <= clocks->capacity)
        return true;
    while (capacity < count)
        capacity *= 2;
    pauses = mem_alloc(capacity, sizeof *pauses);
    moments = mem_alloc(capacity, sizeof *moments);
    if (!pauses || !moments) {
        mem_free(pauses);
        mem_free(moments);
        return false;
    }
    mem_free(clocks->pauses);
    mem_free(clocks->moments);
    clocks->pauses = pauses;
    clocks->moments = moments;
    clocks->capacity = capacity;
    return true;
}

static enum sla_change change_of(const struct service_clocks *clocks, int32_t level)
{
    return level == NO_LEVEL ? SLA_CARRY : clocks->context->sla->levels[level].change;
}

/* Follows the levels through the case: the one that is left says whether it can be left at all. */
static void find_levels(struct service_clocks *clocks, enum sla_metric metric)
{
    const struct record_case *item = clocks->item;
    struct instant opened = {clocks->opened};
    struct moment *moments = clocks->moments;
    int32_t level = service_level_at(clocks->context, item, metric, opened, clocks->first);
    size_t i;

    moments[clocks->first].level = level;
    for (i = clocks->first + 1; i < clocks->event_count; i++) {
        /* only a field that is tracked can decide on a level */
        if (item->events[i].fields != item->events[i - 1].fields &&
            change_of(clocks, level) != SLA_AS_OF_OPEN)
            level = service_level_at(clocks->context, item, metric, opened, i);
        moments[i].level = level;
    }
}

static bool load(struct service_clocks *clocks, const struct record_case *item,
                 enum sla_metric metric)
{
    size_t i;

    clocks->item = item;
    clocks->as_of = clocks->context->as_of.us;
    clocks->opened = record_value(item, SLOT_OPENED);
    if (clocks->opened == VALUE_MISSING)
        clocks->opened = record_value(item, SLOT_FIRST_EVENT);
    clocks->event_count = item->event_count;
    while (clocks->event_count && item->events[clocks->event_count - 1].at > clocks->as_of)
        clocks->event_count--;
    if (!make_room(clocks, clocks->event_count + 1))
        return false;
    clocks->first = 0;
    for (i = 0; i < clocks->event_count; i++) {
        uint8_t class = item->events[i].class;

        clocks->moments[i].class =
            class == CLASS_UNKNOWN && i > 0 ? clocks->moments[i - 1].class : class;
        if (item->events[i].at <= clocks->opened)
            clocks->first = i;
    }
    if (clocks->opened != VALUE_MISSING)
        find_levels(clocks, metric);
    return true;
}

/* The last event by then, not before the opening. */
static size_t event_at(const struct service_clocks *clocks, int64_t instant)
{
    const struct record_event *events = clocks->item->events;
    size_t low = clocks->first;
    size_t high = clocks->event_count;

    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;

        if (events[middle].at <= instant)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool has_status(const struct service_level *level, const struct record_set *set,
                       uint32_t status)
{
    size_t i;

    if (status == INTERN_NONE)
        return false;
    for (i = 0; i < level->pause_status_count; i++)
        if (str_equal_nocase(level->pause_statuses[i], record_text(set, status)))
            return true;
    return false;
}

bool service_level_pauses(const struct service_level *level, const struct record_set *set,
                          uint8_t class, uint32_t status)
{
    return (class_is_over(class) && level->reopen != SLA_RUN_ON) ||
           (class == CLASS_PENDING && level->pauses_pending) ||
           (class == CLASS_HOLD && level->pauses_hold) ||
           (level->pause_status_count && has_status(level, set, status));
}

/* --- time --- */

static const struct service_level *level_of(const struct service_clocks *clocks, int32_t number)
{
    return &clocks->context->sla->levels[number];
}

/* The pauses of the reading's level in its stretch, neighbours joined. */
static size_t collect_pauses(struct service_clocks *clocks, const struct reading *reading,
                             int64_t until)
{
    const struct record_event *events = clocks->item->events;
    const struct service_level *level = level_of(clocks, reading->level);
    size_t count = 0;
    size_t i;

    for (i = reading->event; i < clocks->event_count && events[i].at < until; i++) {
        int64_t begin = later_of(events[i].at, reading->from);
        int64_t end =
            i + 1 < clocks->event_count && events[i + 1].at < until ? events[i + 1].at : until;

        if (begin >= end || !service_level_pauses(level, clocks->item->set,
                                                  clocks->moments[i].class, events[i].status))
            continue;
        if (count && clocks->pauses[count - 1].until.us == begin)
            clocks->pauses[count - 1].until.us = end;
        else
            clocks->pauses[count++] = (struct pause){{begin}, {end}};
    }
    return count;
}

/* Adds the stretch that the reading's level has governed since `from`. */
static void add_stretch(struct service_clocks *clocks, struct reading *reading, int64_t until)
{
    const struct service_level *level;
    const struct calendar *calendar;
    struct instant from = {reading->from};

    reading->before = reading->elapsed;
    reading->pause_count = 0;
    if (reading->level == NO_LEVEL || until <= reading->from)
        return;
    level = level_of(clocks, reading->level);
    calendar = level->calendar->calendar;
    if (level->metric == SLA_RESOLUTION)
        reading->pause_count = collect_pauses(clocks, reading, until);
    reading->elapsed += reading->pause_count
                            ? calendar_between_without(calendar, from, (struct instant){until},
                                                       clocks->pauses, reading->pause_count)
                                  .us
                            : calendar_between(calendar, from, (struct instant){until}).us;
}

/* The case comes under the level of the event. */
static void change_level(struct service_clocks *clocks, struct reading *reading, size_t event)
{
    int64_t at = later_of(clocks->item->events[event].at, reading->from);

    if (change_of(clocks, reading->level) == SLA_RESTART) {
        reading->elapsed = 0;
        reading->from = at;
        reading->event = event;
    } else if (reading->level != NO_LEVEL) {
        add_stretch(clocks, reading, at);
        reading->from = at;
        reading->event = event;
    }
    reading->level = clocks->moments[event].level;
}

/* Working time in [from, until) under the levels that govern the case one after the other. */
static struct reading read_time(struct service_clocks *clocks, int64_t from, int64_t until)
{
    size_t i = event_at(clocks, from);
    struct reading reading = {.level = clocks->moments[i].level, .from = from, .event = i};

    for (i++; i < clocks->event_count && clocks->item->events[i].at < until; i++)
        if (clocks->moments[i].level != reading.level)
            change_level(clocks, &reading, i);
    add_stretch(clocks, &reading, until);
    return reading;
}

static struct service_clock read_clock(struct service_clocks *clocks, int64_t from, int64_t until,
                                       bool is_ended)
{
    struct reading reading = read_time(clocks, from, until);
    struct service_clock clock = {.standing = CLOCK_NO_LEVEL,
                                  .level = reading.level,
                                  .opened = {clocks->opened},
                                  .start = {from},
                                  .end = {until},
                                  .elapsed = {reading.elapsed}};

    if (reading.level == NO_LEVEL)
        return clock;
    clock.target = level_of(clocks, reading.level)->target;
    clock.standing = clock_standing_of(is_ended, clock.elapsed.us, clock.target.us);
    return clock;
}

/* Of two clocks the one that says more: the farther beyond its target, else the later one. */
static void keep_worse(struct service_clock *worst, const struct service_clock *other)
{
    int64_t lateness = other->elapsed.us - other->target.us;
    int64_t known = worst->elapsed.us - worst->target.us;

    if (worst->level == NO_LEVEL || (other->level != NO_LEVEL && (known <= 0 || lateness > known)))
        *worst = *other;
}

/* --- resolution --- */

static struct ending find_ending(const struct service_clocks *clocks)
{
    const struct record_case *item = clocks->item;
    struct case_fields fields = {.opened = clocks->opened,
                                 .resolved = record_value(item, SLOT_RESOLVED),
                                 .closed = record_value(item, SLOT_CLOSED),
                                 .class = record_value(item, SLOT_CLASS)};
    int64_t over = VALUE_MISSING; /* begin of the last run of statuses that end a case */
    int64_t reopened = VALUE_MISSING;
    bool was_over = false;
    size_t i;

    for (i = 0; i < clocks->event_count; i++) {
        bool is_over = class_is_over(clocks->moments[i].class);

        if (is_over && !was_over)
            over = item->events[i].at;
        else if (was_over && !is_over)
            reopened = item->events[i].at;
        was_over = is_over;
    }
    if (i && clocks->moments[i - 1].class != CLASS_UNKNOWN)
        fields.class = clocks->moments[i - 1].class;
    return ending_of(&fields, was_over ? over : VALUE_MISSING, reopened, clocks->as_of);
}

/* Every stretch of work has a clock of its own. */
static struct service_clock read_cycles(struct service_clocks *clocks, const struct ending *ending)
{
    const struct record_event *events = clocks->item->events;
    struct service_clock worst = {.standing = CLOCK_NO_LEVEL, .level = NO_LEVEL};
    struct service_clock clock;
    int64_t from = clocks->opened;
    bool was_over = false;
    size_t i;

    for (i = 0; i < clocks->event_count; i++) {
        bool is_over = class_is_over(clocks->moments[i].class);
        int64_t at = later_of(events[i].at, clocks->opened);

        if (is_over && !was_over && events[i].at < ending->reopened) {
            clock = read_clock(clocks, from, at, /* is_ended= */ true);
            keep_worse(&worst, &clock);
        } else if (was_over && !is_over) {
            from = at;
        }
        was_over = is_over;
    }
    clock = read_clock(clocks, from, ending->at != VALUE_MISSING ? ending->at : clocks->as_of,
                       ending->at != VALUE_MISSING);
    keep_worse(&worst, &clock);
    return worst;
}

static struct service_clock read_resolution(struct service_clocks *clocks,
                                            const struct ending *ending)
{
    struct service_clock clock =
        read_clock(clocks, clocks->opened, ending_until(ending, clocks->opened, clocks->as_of),
                   ending->at != VALUE_MISSING);

    if (clock.level != NO_LEVEL && !ending->is_unknown && ending->reopened != VALUE_MISSING &&
        level_of(clocks, clock.level)->reopen == SLA_NEW_CYCLE)
        clock = read_cycles(clocks, ending);
    if (clock.level != NO_LEVEL)
        clock.standing = resolution_standing_of(ending, clock.standing);
    return clock;
}

/* --- responses --- */

/* A case that was ended while an answer was awaited: late if it was late by then. */
static struct service_clock read_unanswered(struct service_clocks *clocks,
                                            const struct ending *ending, int64_t from)
{
    bool is_ended = ending->at != VALUE_MISSING;
    struct service_clock clock =
        read_clock(clocks, from, is_ended ? later_of(ending->at, from) : clocks->as_of, is_ended);

    if (clock.level != NO_LEVEL && (is_ended || ending->is_unknown) &&
        clock.standing != CLOCK_ENDED_LATE)
        clock.standing = CLOCK_NOT_ASKED;
    return clock;
}

static struct service_clock read_first_response(struct service_clocks *clocks,
                                                const struct ending *ending)
{
    size_t count = conversation_count(clocks->item, clocks->as_of);
    size_t reply = conversation_first_answer(clocks->item, count, clocks->opened);
    int64_t reported =
        reported_by(record_value(clocks->item, SLOT_FIRST_RESPONSE), VALUE_MISSING, clocks->as_of);
    struct service_clock clock;

    if (reply == count && reported == VALUE_MISSING)
        return read_unanswered(clocks, ending, clocks->opened);
    clock = read_clock(clocks, clocks->opened,
                       reply == count ? reported : clocks->item->messages[reply].at,
                       /* is_ended= */ true);
    if (clock.level != NO_LEVEL && clock.end.us < clocks->opened)
        clock.standing = CLOCK_BACKWARDS;
    return clock;
}

static struct service_clock read_next_response(struct service_clocks *clocks,
                                               const struct ending *ending)
{
    const struct record_message *messages = clocks->item->messages;
    size_t count = conversation_count(clocks->item, clocks->as_of);
    size_t i = conversation_first_answer(clocks->item, count, clocks->opened);
    int64_t since = VALUE_MISSING;
    struct service_clock worst = {.standing = CLOCK_NOT_ASKED, .level = NO_LEVEL};
    struct service_clock clock;

    for (i++; i < count; i++) {
        if (messages[i].actor == ACTOR_CUSTOMER && since == VALUE_MISSING) {
            since = messages[i].at;
        } else if (message_is_answer(&messages[i]) && since != VALUE_MISSING) {
            clock = read_clock(clocks, since, messages[i].at, /* is_ended= */ true);
            keep_worse(&worst, &clock);
            since = VALUE_MISSING;
        }
    }
    if (since == VALUE_MISSING)
        return worst;
    clock = read_unanswered(clocks, ending, since);
    if (clock.standing != CLOCK_NOT_ASKED || worst.level == NO_LEVEL)
        keep_worse(&worst, &clock);
    return worst;
}

/* --- the door --- */

bool service_clock_read(struct service_clocks *clocks, const struct record_case *item,
                        enum sla_metric metric, struct service_clock *ret_clock)
{
    struct ending ending;

    if (!load(clocks, item, metric))
        return false;
    *ret_clock = (struct service_clock){.standing = CLOCK_NO_OPENING, .level = NO_LEVEL};
    if (clocks->opened == VALUE_MISSING)
        return true;
    ending = find_ending(clocks);
    *ret_clock = metric == SLA_FIRST_RESPONSE  ? read_first_response(clocks, &ending)
                 : metric == SLA_NEXT_RESPONSE ? read_next_response(clocks, &ending)
                                               : read_resolution(clocks, &ending);
    if (ending.is_cancelled && ret_clock->level != NO_LEVEL)
        ret_clock->standing = CLOCK_CANCELLED;
    return true;
}

bool service_clock_until(struct service_clocks *clocks, const struct record_case *item,
                         enum sla_metric metric, const struct service_clock *clock,
                         struct instant until, struct service_clock *ret_clock)
{
    if (!load(clocks, item, metric))
        return false;
    *ret_clock = read_clock(clocks, clock->start.us, until.us, /* is_ended= */ false);
    return true;
}

bool service_clock_deadline(struct service_clocks *clocks, const struct record_case *item,
                            enum sla_metric metric, const struct service_clock *clock,
                            struct instant *ret_deadline)
{
    struct reading reading;
    struct span left;

    *ret_deadline = INSTANT_MISSING;
    if (!load(clocks, item, metric))
        return false;
    reading = read_time(clocks, clock->start.us, clock->end.us);
    if (reading.level == NO_LEVEL)
        return true;
    left.us = level_of(clocks, reading.level)->target.us - reading.before;
    ret_deadline->us = reading.from;
    if (left.us >= 0)
        *ret_deadline = calendar_after_without(level_of(clocks, reading.level)->calendar->calendar,
                                               (struct instant){reading.from}, left, clocks->pauses,
                                               reading.pause_count);
    return true;
}
