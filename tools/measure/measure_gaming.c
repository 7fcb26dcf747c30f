/* M-61, clock gaming: patterns in times that make figures look better than the service was. */
#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/gaming_history.h"
#include "measure/gaming_openings.h"
#include "measure/gaming_reply.h"
#include "measure/measure_table.h"

enum { REOPENED, RELAXED, SPLIT, MONTH_END, BACKDATED, ROUND, AFTER_THE_FACT, BY_PROGRAM,
       PATTERN_COUNT };

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
    [AFTER_THE_FACT] = {"promised-after-the-fact", VARIANT_SHARE,
                        "cases with a promise whose making and fulfilment are dated", true, true,
                        "s", false},
    [BY_PROGRAM] = {"answered-by-a-program", VARIANT_SHARE,
                    "cases with a reported first response that their messages show", true, true,
                    "s", false},
};

/* What is known of all cases together. */
struct gaming {
    struct service_clocks *clocks; /* NULL: no agreement */
    struct gaming_openings *openings;
};

static void release(void *own)
{
    struct gaming *gaming = own;

    if (!gaming)
        return;
    service_clocks_free(gaming->clocks);
    gaming_openings_free(gaming->openings);
    mem_free(gaming);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct gaming *gaming = mem_alloc(1, sizeof *gaming);
    enum status status = STATUS_OK;

    if (!gaming)
        return diag_no_memory(diag);
    if (context->sla)
        status = service_clocks_new(context, diag, &gaming->clocks);
    if (status == STATUS_OK)
        status = gaming_openings_new(context, diag, &gaming->openings);
    if (status == STATUS_OK)
        *ret_own = gaming;
    else
        release(gaming);
    return status;
}

/* --- cases opened together --- */

static void observe_split(struct measure_state *state, const struct record_case *item)
{
    const struct gaming *gaming = observe_own(state);
    uint32_t count = gaming_opening_count(gaming->openings, item);
    struct observation observation = {
        .value = VALUE_MISSING, .counts = count > 1, .period = record_value(item, SLOT_OPENED)};

    if (count == 0)
        observe_excluded(state, SPLIT, item, "no-customer-or-opening");
    else
        observe_value(state, SPLIT, item, &observation);
}

/* --- solved and opened again --- */

static void observe_reopened(struct measure_state *state, const struct record_case *item)
{
    const struct measure_context *context = observe_context(state);
    struct solution_return seen = solution_return_of(context, item, /* of_month_end= */ false);
    struct observation observation = {.value = seen.shortest, .period = seen.solved};

    if (seen.solved == VALUE_MISSING) {
        observe_excluded(state, REOPENED, item, "never-solved");
        return;
    }
    if (context->as_of.us - seen.solved < DAY_US) {
        observe_excluded(state, REOPENED, item, "window-not-observed");
        return;
    }
    observation.counts = seen.shortest != VALUE_MISSING && seen.shortest <= DAY_US;
    observation.rank = seen.shortest == VALUE_MISSING ? 0 : seen.shortest; /* soonest first */
    observe_value(state, REOPENED, item, &observation);
}

static void observe_month_end(struct measure_state *state, const struct record_case *item)
{
    struct solution_return seen =
        solution_return_of(observe_context(state), item, /* of_month_end= */ true);
    struct observation observation = {
        .value = seen.shortest, .counts = seen.shortest != VALUE_MISSING, .period = seen.solved};

    if (seen.solved == VALUE_MISSING)
        observe_excluded(state, MONTH_END, item, "not-solved-on-a-last-day");
    else
        observe_value(state, MONTH_END, item, &observation);
}

/* --- a longer target just before the shorter one is used up --- */

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
    if (!relaxation_of(context, gaming->clocks, item, &clock, &used)) {
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

static void observe_promise(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t made = record_value(item, SLOT_PROMISE_MADE);
    int64_t fulfilled = record_value(item, SLOT_FULFILLED);
    struct observation observation = {.value = VALUE_MISSING, .period = fulfilled};

    if (made == VALUE_MISSING || made > as_of) {
        observe_excluded(state, AFTER_THE_FACT, item,
                         made == VALUE_MISSING && record_value(item, SLOT_PROMISED) == VALUE_MISSING
                             ? "no-promise"
                             : "promise-undated");
        return;
    }
    if (fulfilled == VALUE_MISSING || fulfilled > as_of) {
        observe_excluded(state, AFTER_THE_FACT, item, "not-fulfilled");
        return;
    }
    observation.counts = made >= fulfilled;
    if (observation.counts)
        observation.value = made - fulfilled;
    observe_value(state, AFTER_THE_FACT, item, &observation);
}

/* --- who answered first --- */

static void observe_reply(struct measure_state *state, const struct record_case *item)
{
    static const char *const left_out[] = {[REPLY_NOT_REPORTED] = "no-first-response",
                                           [REPLY_NOT_SEEN] = "response-not-seen",
                                           [REPLY_DOUBTFUL] = "author-unknown"};
    int64_t as_of = observe_context(state)->as_of.us;
    struct first_reply reply = first_reply_of(item, as_of);
    struct observation observation = {.value = VALUE_MISSING, .period = reply.reported};

    if (reply.author < ARRAY_LEN(left_out)) {
        observe_excluded(state, BY_PROGRAM, item, left_out[reply.author]);
        return;
    }
    observation.counts = reply.author == REPLY_BY_PROGRAM;
    if (observation.counts && reply.answered != VALUE_MISSING) {
        observation.value = reply.answered - reply.reported;
    } else if (observation.counts) {
        observation.value = as_of - reply.reported;
        observation.note = "no person has answered";
    }
    observe_value(state, BY_PROGRAM, item, &observation);
}

/* --- all of them --- */

static bool has_solutions(const struct measure_context *context)
{
    return record_has_classes(context->set) && record_has(context->set, SLOT_FIRST_EVENT);
}

static bool has_agreement(const struct measure_context *context)
{
    return has_solutions(context) && service_levels_promise(context, SLA_RESOLUTION);
}

static bool has_openings(const struct measure_context *context)
{
    return record_has(context->set, SLOT_OPENED) && record_has(context->set, SLOT_CUSTOMER);
}

static bool has_opening_and_events(const struct measure_context *context)
{
    return record_has(context->set, SLOT_OPENED) && record_has(context->set, SLOT_FIRST_EVENT);
}

static bool has_resolutions(const struct measure_context *context)
{
    return record_has(context->set, SLOT_RESOLVED);
}

static bool has_promises(const struct measure_context *context)
{
    return record_has(context->set, SLOT_PROMISE_MADE) && record_has(context->set, SLOT_FULFILLED);
}

static bool has_replies(const struct measure_context *context)
{
    return record_has(context->set, SLOT_FIRST_RESPONSE) && record_has_messages(context->set);
}

/* What is done for each variant, where the sources can show it. */
static const struct pattern {
    bool (*applies)(const struct measure_context *context);
    void (*observe)(struct measure_state *state, const struct record_case *item);
} patterns[PATTERN_COUNT] = {
    [REOPENED] = {has_solutions, observe_reopened},
    [RELAXED] = {has_agreement, observe_relaxed},
    [SPLIT] = {has_openings, observe_split},
    [MONTH_END] = {has_solutions, observe_month_end},
    [BACKDATED] = {has_opening_and_events, observe_backdated},
    [ROUND] = {has_resolutions, observe_round},
    [AFTER_THE_FACT] = {has_promises, observe_promise},
    [BY_PROGRAM] = {has_replies, observe_reply},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;
    size_t i;

    for (i = 0; i < PATTERN_COUNT; i++)
        if (patterns[i].applies(context))
            mask |= 1u << i;
    return mask;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    size_t i;

    for (i = 0; i < PATTERN_COUNT; i++)
        if (mask >> i & 1)
            patterns[i].observe(state, item);
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
    .fields = "event.at event.status; ticket.opened ticket.resolved ticket.customer "
              "ticket.first-response; promise.made-at promise.fulfilled-at; messages; service levels",
    .source = "Goodhart 1975; Bevan and Hood 2006, on gaming in targets and terror",
    .slots = ATTAINMENT_SLOTS | 1ull << SLOT_CUSTOMER | 1ull << SLOT_PROMISED |
             1ull << SLOT_PROMISE_MADE | 1ull << SLOT_FULFILLED,
    .needs_classes = true,
    .needs_messages = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = prepare,
    .prepares_long = true,
    .release = release,
};
