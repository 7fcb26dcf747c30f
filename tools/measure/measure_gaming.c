/* M-61, clock gaming: patterns in times that make figures look better than the service was. */
#include "base/intern.h"
#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/measure_table.h"

enum { REOPENED, RELAXED, SPLIT, MONTH_END, BACKDATED, ROUND };

static const struct measure_variant variants[] = {
    [REOPENED] = {"reopened-within-a-day", VARIANT_SHARE,
                  "cases solved at least a day before the as-of instant", true, true, "s", false},
    [RELAXED] = {"relaxed-before-breach", VARIANT_SHARE, "cases opened under a service level", true,
                 true, "s", false},
    [SPLIT] = {"opened-in-the-same-minute", VARIANT_SHARE, "cases with customer and opening time",
               true, true, NULL, false},
    [MONTH_END] = {"reopened-after-month-end", VARIANT_SHARE,
                   "cases solved on the last day of a month", true, true, "s", false},
    [BACKDATED] = {"opened-after-its-first-event", VARIANT_SHARE,
                   "cases with opening time and events", true, true, "s", false},
    [ROUND] = {"solved-on-the-quarter-hour", VARIANT_SHARE, "cases with a reported resolution time",
               true, true, NULL, false},
};

/* What is known of all cases together. */
struct gaming {
    struct service_clocks *clocks; /* NULL: no agreement */
    struct intern openings;        /* customer and minute */
    uint32_t *counts;              /* of each, by its number */
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    bool has_history = record_has_classes(set) && record_has(set, SLOT_FIRST_EVENT);
    unsigned mask = has_history ? 1u << REOPENED | 1u << MONTH_END : 0;

    if (has_history && service_levels_promise(context, SLA_RESOLUTION))
        mask |= 1u << RELAXED;
    if (record_has(set, SLOT_OPENED) && record_has(set, SLOT_CUSTOMER))
        mask |= 1u << SPLIT;
    if (record_has(set, SLOT_OPENED) && record_has(set, SLOT_FIRST_EVENT))
        mask |= 1u << BACKDATED;
    if (record_has(set, SLOT_RESOLVED))
        mask |= 1u << ROUND;
    return mask;
}

/* --- cases opened together --- */

/* False: the case has no customer or no opening. */
static bool opening_of(const struct record_case *item, int64_t ret_pair[2])
{
    int64_t opened = record_value(item, SLOT_OPENED);

    ret_pair[0] = record_value(item, SLOT_CUSTOMER);
    if (opened == VALUE_MISSING || ret_pair[0] == VALUE_MISSING)
        return false;
    ret_pair[1] = opened / MINUTE_US - (opened % MINUTE_US < 0);
    return true;
}

static struct str bytes_of(const int64_t pair[2])
{
    return (struct str){(const char *)pair, 2 * sizeof pair[0]};
}

static bool count_openings(const struct record_set *set, struct gaming *gaming)
{
    size_t count = record_case_count(set);
    size_t i;

    gaming->counts = mem_alloc(count, sizeof *gaming->counts);
    for (i = 0; gaming->counts && i < count; i++) {
        struct record_case item = record_case_at(set, i);
        int64_t pair[2];
        uint32_t number;

        if (!opening_of(&item, pair))
            continue;
        number = intern_id(&gaming->openings, bytes_of(pair));
        if (number == INTERN_NONE)
            return false;
        gaming->counts[number]++;
    }
    return gaming->counts != NULL;
}

static void release(void *own)
{
    struct gaming *gaming = own;

    if (!gaming)
        return;
    service_clocks_free(gaming->clocks);
    intern_done(&gaming->openings);
    mem_free(gaming->counts);
    mem_free(gaming);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct gaming *gaming = mem_alloc(1, sizeof *gaming);
    enum status status = STATUS_OK;

    if (!gaming)
        return diag_no_memory(diag);
    intern_init(&gaming->openings);
    if (context->sla)
        status = service_clocks_new(context, diag, &gaming->clocks);
    if (status == STATUS_OK && !count_openings(context->set, gaming))
        status = diag_no_memory(diag);
    if (status == STATUS_OK)
        *ret_own = gaming;
    else
        release(gaming);
    return status;
}

static void observe_split(struct measure_state *state, const struct record_case *item)
{
    const struct gaming *gaming = observe_own(state);
    struct observation observation = {.value = VALUE_MISSING,
                                      .period = record_value(item, SLOT_OPENED)};
    int64_t pair[2];

    if (!opening_of(item, pair)) {
        observe_excluded(state, SPLIT, item, "no-customer-or-opening");
        return;
    }
    observation.counts = gaming->counts[intern_find(&gaming->openings, bytes_of(pair))] > 1;
    observe_value(state, SPLIT, item, &observation);
}

/* --- solved and opened again --- */

static bool is_solved(uint8_t class)
{
    return class == CLASS_SOLVED || class == CLASS_CLOSED;
}

static bool is_last_day_of_month(const struct zone *zone, int64_t at)
{
    struct civil today = civil_from_local(zone_local(zone, (struct instant){at}));
    struct local next = local_from_civil(&today);

    next.us += DAY_US;
    return civil_from_local(next).month != today.month;
}

/* The shortest time from a solution to a reopening, of any day or of last days; missing: none. */
static int64_t find_return(const struct measure_context *context, const struct record_case *item,
                           bool of_month_end, int64_t *ret_solved)
{
    int64_t shortest = VALUE_MISSING;
    int64_t solved = VALUE_MISSING;
    size_t i;

    *ret_solved = VALUE_MISSING;
    for (i = 0; i < item->event_count && item->events[i].at <= context->as_of.us; i++) {
        const struct record_event *event = &item->events[i];

        if (is_solved(event->class)) {
            if (solved == VALUE_MISSING &&
                (!of_month_end || is_last_day_of_month(context->zone, event->at))) {
                solved = event->at;
                if (*ret_solved == VALUE_MISSING)
                    *ret_solved = solved;
            }
        } else if (event->class != CLASS_UNKNOWN && event->class != CLASS_CANCELLED) {
            if (solved != VALUE_MISSING &&
                (shortest == VALUE_MISSING || event->at - solved < shortest))
                shortest = event->at - solved;
            solved = VALUE_MISSING;
        }
    }
    return shortest;
}

static void observe_returns(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    struct observation observation = {.value = VALUE_MISSING};
    int64_t solved;
    int64_t shortest = find_return(context, item, false, &solved);

    observation.period = solved;
    if (solved == VALUE_MISSING) {
        observe_excluded(state, REOPENED, item, "never-solved");
    } else if (context->as_of.us - solved < DAY_US) {
        observe_excluded(state, REOPENED, item, "window-not-observed");
    } else {
        observation.counts = shortest != VALUE_MISSING && shortest <= DAY_US;
        observation.value = shortest;
        observation.rank = shortest == VALUE_MISSING ? 0 : shortest; /* soonest first */
        observe_value(state, REOPENED, item, &observation);
    }
    shortest = find_return(context, item, true, &solved);
    if (solved == VALUE_MISSING) {
        observe_excluded(state, MONTH_END, item, "not-solved-on-a-last-day");
        return;
    }
    observation = (struct observation){
        .value = shortest, .counts = shortest != VALUE_MISSING, .period = solved};
    observe_value(state, MONTH_END, item, &observation);
}

/* --- a longer target just before the shorter one is used up --- */

/* Working time used up when the case came under a longer target; false: out of memory. */
static bool find_relaxation(struct measure_state *state, const struct record_case *item,
                            const struct service_clock *clock, int64_t *ret_used)
{
    const struct measure_context *context = observe_context(state);
    struct gaming *gaming = observe_own(state);
    size_t i;

    *ret_used = VALUE_MISSING;
    for (i = 1; i < item->event_count && item->events[i].at <= clock->end.us; i++) {
        struct service_clock before;
        int32_t from;
        int32_t to;

        if (item->events[i].fields == item->events[i - 1].fields ||
            item->events[i].at <= clock->opened.us)
            continue;
        from = service_level_at(context, item, SLA_RESOLUTION, clock->opened, i - 1);
        to = service_level_at(context, item, SLA_RESOLUTION, clock->opened, i);
        if (from == NO_LEVEL || from == to ||
            (to != NO_LEVEL &&
             context->sla->levels[to].target.us <= context->sla->levels[from].target.us))
            continue;
        if (!service_clock_until(gaming->clocks, item, SLA_RESOLUTION, clock,
                                 (struct instant){item->events[i].at}, &before))
            return false;
        if (before.elapsed.us <= before.target.us &&
            (double)before.elapsed.us >= 0.8 * (double)before.target.us)
            *ret_used = before.elapsed.us;
    }
    return true;
}

static void observe_relaxed(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    struct gaming *gaming = observe_own(state);
    struct service_clock clock;
    struct observation observation;
    int64_t used;

    if (!service_clock_read(gaming->clocks, item, SLA_RESOLUTION, &clock)) {
        observe_failed(state);
        return;
    }
    if (clock.standing == CLOCK_NO_OPENING) {
        observe_excluded(state, RELAXED, item, "no-opening-time");
        return;
    }
    if (service_level_at(context, item, SLA_RESOLUTION, clock.opened, 0) == NO_LEVEL) {
        observe_excluded(state, RELAXED, item, "no-service-level");
        return;
    }
    clock.start = clock.opened;
    if (!find_relaxation(state, item, &clock, &used)) {
        observe_failed(state);
        return;
    }
    observation = (struct observation){
        .value = used, .counts = used != VALUE_MISSING, .period = clock.opened.us};
    observe_value(state, RELAXED, item, &observation);
}

/* --- single instants --- */

static void observe_backdated(struct measure_state *state, const struct record_case *item)
{
    int64_t opened = record_value(item, SLOT_OPENED);
    int64_t first = record_value(item, SLOT_FIRST_EVENT);
    struct observation observation = {.period = opened};

    if (opened == VALUE_MISSING || first == VALUE_MISSING) {
        observe_excluded(state, BACKDATED, item,
                         opened == VALUE_MISSING ? "no-opening-time" : "no-events");
        return;
    }
    observation.counts = first < opened;
    observation.value = observation.counts ? opened - first : VALUE_MISSING;
    observe_value(state, BACKDATED, item, &observation);
}

static void observe_round(struct measure_state *state, const struct record_case *item)
{
    int64_t resolved = record_value(item, SLOT_RESOLVED);
    struct observation observation = {.value = VALUE_MISSING, .period = resolved};

    if (resolved == VALUE_MISSING) {
        observe_excluded(state, ROUND, item, "no-resolution-time");
        return;
    }
    observation.counts = resolved % (15 * MINUTE_US) == 0;
    observe_value(state, ROUND, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);

    if (mask >> REOPENED & 1)
        observe_returns(state, item);
    if (mask >> RELAXED & 1)
        observe_relaxed(state, item);
    if (mask >> SPLIT & 1)
        observe_split(state, item);
    if (mask >> BACKDATED & 1)
        observe_backdated(state, item);
    if (mask >> ROUND & 1)
        observe_round(state, item);
}

const struct measure measure_gaming = {
    .id = "M-61",
    .name = "clock-gaming",
    .title = {{STR_INIT("patterns of times to be looked at"),
               STR_INIT("anomalie degli orari da esaminare")}},
    .definition = {{STR_INIT("Share of cases with patterns of times that make figures look better "
                             "than the service was; hints to be looked at, not verdicts."),
                    STR_INIT("Quota di casi con orari che fanno apparire i valori migliori del "
                             "servizio reso; indizi da esaminare, non verdetti.")}},
    .formula = "cases with the pattern / cases in which it could be seen; Wilson interval",
    .fields =
        "event.at event.status; ticket.opened ticket.resolved ticket.customer; service levels",
    .source = "Goodhart 1975; Bevan and Hood 2006, on gaming in targets and terror",
    .slots = ATTAINMENT_SLOTS | 1ull << SLOT_CUSTOMER,
    .needs_classes = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = prepare,
    .release = release,
};
