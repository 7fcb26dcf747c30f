/* M-30, next steps: what customers are left with. */
#include "base/mem.h"
#include "measure/case_phases.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/talk.h"

enum { OWNER_AND_DATE, OWNER, DATE, VARIANTS };

static const char population[] = "last messages of agents before the customer's turn, the case not "
                                 "being solved";

static const struct measure_variant variants[VARIANTS] = {
    [OWNER_AND_DATE] = {"owner-and-date", VARIANT_SHARE, population, true, false, NULL, false},
    [OWNER] = {"owner", VARIANT_SHARE, population, true, false, NULL, false},
    [DATE] = {"date", VARIANT_SHARE, population, true, false, NULL, false},
};

static const uint32_t by_variant[VARIANTS] = {
    [OWNER_AND_DATE] = 1u << DETECT_OWNER | 1u << DETECT_WHEN,
    [OWNER] = 1u << DETECT_OWNER,
    [DATE] = 1u << DETECT_WHEN,
};

static unsigned applies(const struct measure_context *context)
{
    const uint32_t told = detector_bit(DETECT_OWNER) | detector_bit(DETECT_WHEN);

    return talk_is_read(context) && !instant_is_missing(context->as_of) &&
                   (talk_detectors(context) & told) == told
               ? (1u << VARIANTS) - 1
               : 0u;
}

/* The last answer, as long as nobody else has written. */
struct steps {
    struct measure_state *state;
    bool is_any;
    bool is_last;
    bool has_text;
    uint32_t told;
    struct record_case cited;
    int64_t at;
};

/* Of a case without a history only the end is known, if that is dated. */
static bool was_over(const struct record_case *item, int64_t at)
{
    struct case_ending ending = case_ending(item, at);

    if (item->event_count > 0 || ending.at != VALUE_MISSING)
        return ending.is_over;
    return ending.is_over && record_value(item, SLOT_RESOLVED) == VALUE_MISSING &&
           record_value(item, SLOT_CLOSED) == VALUE_MISSING;
}

static void judge(struct steps *steps, const struct record_case *item)
{
    bool owner = (steps->told & detector_bit(DETECT_OWNER)) != 0;
    bool date = (steps->told & detector_bit(DETECT_WHEN)) != 0;
    const bool counts[VARIANTS] = {owner && date, owner, date};
    struct observation observation = {.value = VALUE_MISSING,
                                      .period = steps->at,
                                      .note = counts[OWNER_AND_DATE] ? NULL
                                              : owner                ? "no date"
                                              : date                 ? "nobody named"
                                                     : "neither anybody nor a date named"};
    const char *reason = was_over(item, steps->at) ? "solved"
                         : !steps->has_text        ? "no-text"
                                                   : NULL;
    size_t v;

    steps->is_last = false;
    steps->is_any = true;
    for (v = 0; v < VARIANTS; v++) {
        observation.counts = counts[v];
        if (reason)
            observe_excluded(steps->state, v, &steps->cited, reason);
        else
            observe_value(steps->state, v, &steps->cited, &observation);
    }
}

static bool visit(void *visitor, const struct record_case *item, const struct talk_turn *turn)
{
    struct steps *steps = visitor;

    if (turn->is_answer) {
        steps->is_last = turn->message != NULL;
        steps->has_text = turn->turn.has_text;
        steps->told = turn->marks.detectors;
        steps->at = turn->at;
        steps->cited = talk_cited(item, turn->message);
    } else if (turn->message->actor == ACTOR_CUSTOMER && steps->is_last) {
        judge(steps, item);
    }
    return true;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct steps steps = {.state = state};
    size_t v;

    if (!observe_applies(state))
        return;
    if (!talk_each(observe_own(state), item, visit, &steps)) {
        observe_failed(state);
        return;
    }
    if (steps.is_last)
        judge(&steps, item);
    for (v = 0; !steps.is_any && v < VARIANTS; v++)
        observe_excluded(state, v, item, item->message_count ? "no-answer" : "no-messages");
}

const struct measure measure_next_step = {
    .id = "M-30",
    .name = "next-step",
    .title = {{STR_INIT("next steps with owner and date"),
               STR_INIT("passi successivi con responsabile e data")}},
    .definition = {{STR_INIT("Share of the messages which leave the customer with the word that say "
                             "who does what comes next, and when."),
                    STR_INIT("Quota dei messaggi dopo i quali tocca al cliente che dicono chi farà il "
                             "passo successivo e quando.")}},
    .formula = "last answers before a customer's message, or of all, sent while the case was not "
               "solved, that name an owner and a date or time (owner, date: that one) / such "
               "answers; Wilson interval",
    .fields = "event.at event.actor-class event.visibility event.text event.status; lexicons with "
              "owner and when",
    .source = "ISO 10002, progress of a complaint is told; Wilson 1927",
    .slots = TALK_SLOTS | 1ull << SLOT_FIRST_EVENT | 1ull << SLOT_CLASS,
    .needs_classes = true,
    .needs_marks = true,
    .detectors = 1u << DETECT_OWNER | 1u << DETECT_WHEN,
    .by_variant = by_variant,
    .prepare = talk_prepare,
    .release = talk_release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
