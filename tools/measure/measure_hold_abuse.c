/* M-06, hold-clock abuse: pauses that stop the clock without a visible reason. */
#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/conversation.h"
#include "measure/measure_table.h"
#include "measure/pause_walk.h"

enum { NO_QUESTION, LATE_UNANSWERED, LATE, LEFT_SOLVED, REPEATED };

static const struct measure_variant variants[] = {
    [NO_QUESTION] = {"without-question", VARIANT_SHARE, "pauses that wait for the customer", true,
                     true, "s", false},
    [LATE_UNANSWERED] = {"in-last-tenth-unanswered", VARIANT_SHARE,
                         "pauses of cases with a deadline", true, true, "s", false},
    [LATE] = {"in-last-tenth", VARIANT_SHARE, "pauses of cases with a deadline", true, true, "s",
              false},
    [LEFT_SOLVED] = {"ended-by-solution", VARIANT_SHARE, "pauses that have ended", true, true, "s",
                     false},
    [REPEATED] = {"three-or-more-pauses", VARIANT_SHARE, "cases with a pause", true, true, "count",
                  false},
};

static const unsigned EVERY_PAUSE = PAUSE_PENDING | PAUSE_HOLD;

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;
    bool has_messages = record_has_messages(context->set);

    if (!record_has_met(context->set, EVERY_PAUSE))
        return 0;
    mask = 1u << LEFT_SOLVED | 1u << REPEATED;
    if (has_messages && record_has_met(context->set, PAUSE_PENDING))
        mask |= 1u << NO_QUESTION;
    if (attainment_applies(context, SLA_RESOLUTION))
        mask |= 1u << LATE | (has_messages ? 1u << LATE_UNANSWERED : 0);
    return mask;
}

static void say(struct measure_state *state, size_t variant, const struct record_case *item,
                const struct case_pause *pause, bool counts)
{
    struct observation observation = {.value = observe_time(state, pause->from, pause->until),
                                      .counts = counts,
                                      .period = pause->from,
                                      .note = pause->is_running ? "still waiting" : NULL};

    observe_value(state, variant, item, &observation);
}

/* --- what was said --- */

/* At some moment of the pause the last public word was an agent's. */
static bool has_question(const struct record_case *item, const struct case_pause *pause)
{
    bool is_asked = false;
    size_t i;

    for (i = 0; i < item->message_count && item->messages[i].at <= pause->from; i++) {
        if (message_is_answer(&item->messages[i]))
            is_asked = true;
        else if (item->messages[i].actor == ACTOR_CUSTOMER)
            is_asked = false;
    }
    for (; i < item->message_count && item->messages[i].at < pause->until; i++)
        is_asked |= message_is_answer(&item->messages[i]);
    return is_asked;
}

static bool has_customer_word(const struct record_case *item, const struct case_pause *pause)
{
    size_t i;

    for (i = 0; i < item->message_count && item->messages[i].at <= pause->until; i++)
        if (item->messages[i].at >= pause->from && item->messages[i].actor == ACTOR_CUSTOMER)
            return true;
    return false;
}

static void observe_questions(struct measure_state *state, const struct record_case *item)
{
    struct pause_walk walk = pause_walk_begin(observe_context(state), item, PAUSE_PENDING);
    struct case_pause pause;
    bool is_any = false;

    while (pause_walk_next(&walk, &pause)) {
        say(state, NO_QUESTION, item, &pause, !has_question(item, &pause));
        is_any = true;
    }
    if (!is_any)
        observe_excluded(state, NO_QUESTION, item, "no-pause");
}

/* --- how late --- */

/* Working time used up when the pause begins, and what there is of it; false: out of memory. */
static bool time_by(struct measure_state *state, const struct record_case *item,
                    const struct attainment *attainment, const struct case_pause *pause,
                    int64_t *ret_elapsed, int64_t *ret_target)
{
    struct service_clock start = {.start = {attainment->start}};
    struct service_clock clock;

    if (attainment->level == NO_LEVEL) {
        *ret_elapsed = observe_time(state, attainment->start, pause->from);
        *ret_target = observe_time(state, attainment->start, attainment->due);
        return true;
    }
    if (!service_clock_until(observe_own(state), item, SLA_RESOLUTION, &start,
                             (struct instant){pause->from}, &clock))
        return false;
    *ret_elapsed = clock.elapsed.us;
    *ret_target = attainment->target;
    return true;
}

static void leave_out_late(struct measure_state *state, const struct record_case *item,
                           unsigned mask, const char *reason)
{
    if (mask >> LATE & 1)
        observe_excluded(state, LATE, item, reason);
    if (mask >> LATE_UNANSWERED & 1)
        observe_excluded(state, LATE_UNANSWERED, item, reason);
}

static void observe_late(struct measure_state *state, const struct record_case *item, unsigned mask)
{
    struct pause_walk walk = pause_walk_begin(observe_context(state), item, EVERY_PAUSE);
    struct attainment attainment;
    struct case_pause pause;
    bool is_any = false;
    int64_t elapsed;
    int64_t target;

    if (!attainment_of(state, item, SLA_RESOLUTION, &attainment)) {
        observe_failed(state);
        return;
    }
    if (attainment.standing == CLOCK_NO_LEVEL || attainment.standing == CLOCK_NO_OPENING ||
        attainment.start == VALUE_MISSING) {
        leave_out_late(state, item, mask,
                       attainment.excluded ? attainment.excluded : "no-opening-time");
        return;
    }
    observe_level(state, attainment.level);
    while (pause_walk_next(&walk, &pause)) {
        bool is_late;

        if (!time_by(state, item, &attainment, &pause, &elapsed, &target)) {
            observe_failed(state);
            return;
        }
        is_late = elapsed <= target && (double)elapsed >= 0.9 * (double)target;
        if (mask >> LATE & 1)
            say(state, LATE, item, &pause, is_late);
        if (mask >> LATE_UNANSWERED & 1)
            say(state, LATE_UNANSWERED, item, &pause,
                is_late && !pause.is_running && !has_customer_word(item, &pause));
        is_any = true;
    }
    if (!is_any)
        leave_out_late(state, item, mask, "no-pause");
    observe_level(state, NO_LEVEL);
}

/* --- what the statuses alone say --- */

static void observe_ends(struct measure_state *state, const struct record_case *item)
{
    struct pause_walk walk = pause_walk_begin(observe_context(state), item, EVERY_PAUSE);
    struct observation count = {.period = VALUE_MISSING};
    struct case_pause pause;
    bool is_ended = false;

    while (pause_walk_next(&walk, &pause)) {
        if (count.value++ == 0)
            count.period = pause.from;
        if (pause.is_running)
            continue;
        say(state, LEFT_SOLVED, item, &pause, pause.is_solved);
        is_ended = true;
    }
    if (!is_ended)
        observe_excluded(state, LEFT_SOLVED, item, count.value ? "still-waiting" : "no-pause");
    if (count.value == 0) {
        observe_excluded(state, REPEATED, item, "no-pause");
        return;
    }
    count.counts = count.value >= 3;
    observe_value(state, REPEATED, item, &count);
}

/* Which variants these sources feed was asked of them all when the state was made. */
static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);

    if (mask >> NO_QUESTION & 1)
        observe_questions(state, item);
    if (mask & (1u << LATE | 1u << LATE_UNANSWERED))
        observe_late(state, item, mask);
    observe_ends(state, item);
}

const struct measure measure_hold_abuse = {
    .id = "M-06",
    .name = "hold-clock-abuse",
    .title = {{STR_INIT("pauses to be looked at"), STR_INIT("sospensioni da esaminare")}},
    .definition = {{STR_INIT("Share of pauses that stopped the clock without a reason that the "
                             "records show; each is to be looked at, none is proven."),
                    STR_INIT("Quota di sospensioni che hanno fermato il tempo senza un motivo "
                             "visibile nelle registrazioni; ciascuna è da esaminare, nessuna è "
                             "provata.")}},
    .formula =
        "without-question: pauses for the customer in which no public message of an agent "
        "awaits an answer / such pauses; in-last-tenth: pauses begun when 90 to 100 % of the "
        "target was used up / pauses; ended-by-solution: pauses left straight for a solved "
        "status / pauses that ended; three-or-more-pauses: cases with three pauses / cases "
        "with one",
    .fields = "event.at event.status; messages; sla.due or service levels",
    .source = "BPI Challenge 2013, question on the misuse of waiting; Wilson 1927",
    .slots = ATTAINMENT_SLOTS,
    .needs_classes = true,
    .needs_messages = true,
    .needs_levels = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = attainment_prepare,
    .release = attainment_release,
};
