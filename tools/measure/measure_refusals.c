/* M-17, refusals that say why and what else is possible. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/talk.h"
#include "measure/working_day.h"

enum { COMPLETE, REASON, ALTERNATIVE, OUR_FAULT, VARIANTS };

static const struct measure_variant variants[VARIANTS] = {
    [COMPLETE] = {"reason-and-alternative", VARIANT_SHARE, "refusals", true, false, NULL, false},
    [REASON] = {"reason", VARIANT_SHARE, "refusals", true, false, NULL, false},
    [ALTERNATIVE] = {"alternative", VARIANT_SHARE, "refusals", true, false, NULL, false},
    [OUR_FAULT] = {"although-our-fault", VARIANT_SHARE,
                   "cases whose cause was ours or whose error was admitted", true, true, "count",
                   false},
};

static const uint32_t by_variant[VARIANTS] = {
    [COMPLETE] = 1u << DETECT_REFUSAL | 1u << DETECT_REASON | 1u << DETECT_ALTERNATIVE,
    [REASON] = 1u << DETECT_REFUSAL | 1u << DETECT_REASON,
    [ALTERNATIVE] = 1u << DETECT_REFUSAL | 1u << DETECT_ALTERNATIVE,
    [OUR_FAULT] = 1u << DETECT_REFUSAL | 1u << DETECT_ADMITTED_ERROR,
};

static unsigned applies(const struct measure_context *context)
{
    const uint32_t told = detector_bit(DETECT_REASON) | detector_bit(DETECT_ALTERNATIVE);

    if (!talk_is_read(context) || instant_is_missing(context->as_of) ||
        (talk_detectors(context) & told) != told)
        return 0;
    return (1u << VARIANTS) - 1;
}

/* The refusal whose next answer is still awaited, and what the case says of all. */
struct refusals {
    struct measure_state *state;
    bool is_waiting;
    bool has_text;
    uint32_t told; /* detectors of its message */
    int64_t at;
    int64_t until; /* a working day later */
    struct record_case cited;
    uint32_t count;
    int64_t last;
    bool is_admitted;
};

static bool tells(uint32_t first, uint32_t next, uint32_t wanted)
{
    return (first & wanted) == wanted || (next & wanted) == wanted;
}

/* What was told in its own message, or in the next one: each has to tell all by itself. */
static void judge(struct refusals *refusals, uint32_t next)
{
    static const uint32_t reason = 1u << DETECT_REASON;
    static const uint32_t alternative = 1u << DETECT_ALTERNATIVE;
    static const uint32_t wanted[] = {
        [COMPLETE] = 1u << DETECT_REASON | 1u << DETECT_ALTERNATIVE,
        [REASON] = 1u << DETECT_REASON,
        [ALTERNATIVE] = 1u << DETECT_ALTERNATIVE,
    };
    uint32_t told = refusals->told;
    struct observation observation = {.value = VALUE_MISSING, .period = refusals->at};
    size_t v;

    if (!tells(told, next, reason) && !tells(told, next, alternative))
        observation.note = "neither reason nor alternative";
    else if (!tells(told, next, reason))
        observation.note = "no reason";
    else if (!tells(told, next, alternative))
        observation.note = "no alternative";
    for (v = COMPLETE; v <= ALTERNATIVE; v++) {
        observation.counts = tells(told, next, wanted[v]);
        if (refusals->has_text || observation.counts)
            observe_value(refusals->state, v, &refusals->cited, &observation);
        else
            observe_excluded(refusals->state, v, &refusals->cited, "no-text");
    }
    refusals->is_waiting = false;
}

static bool visit(void *visitor, const struct record_case *item, const struct talk_turn *turn)
{
    struct refusals *refusals = visitor;
    const struct measure_context *context = observe_context(refusals->state);

    if (!turn->is_answer)
        return true;
    if (refusals->is_waiting)
        judge(refusals, turn->at <= refusals->until ? turn->marks.detectors : 0);
    refusals->is_admitted |=
        (turn->marks.detectors & detector_bit(DETECT_ADMITTED_ERROR)) != 0;
    if (!turn->turn.refuses)
        return true;
    refusals->is_waiting = true;
    refusals->has_text = turn->turn.has_text;
    refusals->told = turn->marks.detectors;
    refusals->at = refusals->last = turn->at;
    refusals->until = working_days_after(context->calendar, turn->at, 1);
    refusals->cited = talk_cited(item, turn->message);
    refusals->count++;
    return true;
}

/* Nobody has written since; there may be time left. */
static void leave(struct refusals *refusals)
{
    size_t v;

    if (tells(refusals->told, 0, detector_bit(DETECT_REASON) | detector_bit(DETECT_ALTERNATIVE)) ||
        observe_context(refusals->state)->as_of.us > refusals->until) {
        judge(refusals, 0);
        return;
    }
    for (v = COMPLETE; v <= ALTERNATIVE; v++)
        observe_excluded(refusals->state, v, &refusals->cited, "working-day-not-over");
}

static bool is_ours(const struct record_case *item)
{
    int64_t party = record_value(item, SLOT_CAUSE_PARTY);

    return party != VALUE_MISSING &&
           str_equal_nocase(str_trim(record_text(item->set, party)), STR("us"));
}

static void observe_fault(struct measure_state *state, const struct record_case *item,
                          const struct refusals *refusals)
{
    struct observation observation = {.value = refusals->count,
                                      .counts = refusals->count > 0,
                                      .period = refusals->count ? refusals->last
                                                                : record_value(item, SLOT_OPENED)};

    if (!is_ours(item) && !refusals->is_admitted)
        observe_excluded(state, OUR_FAULT, item, "not-our-fault");
    else
        observe_value(state, OUR_FAULT, refusals->count ? &refusals->cited : item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct refusals refusals = {.state = state};
    size_t v;

    if (!observe_applies(state))
        return;
    if (!talk_each(observe_own(state), item, visit, &refusals)) {
        observe_failed(state);
        return;
    }
    if (refusals.is_waiting)
        leave(&refusals);
    for (v = COMPLETE; refusals.count == 0 && v <= ALTERNATIVE; v++)
        observe_excluded(state, v, item, item->message_count ? "no-refusal" : "no-messages");
    observe_fault(state, item, &refusals);
}

const struct measure measure_refusals = {
    .id = "M-17",
    .name = "explained-refusals",
    .title = {{STR_INIT("refusals with reason and alternative"),
               STR_INIT("rifiuti con motivo e alternativa")}},
    .definition = {{STR_INIT("Share of refusals that say why and what else is possible, in the same "
                             "message or in the next one within a working day."),
                    STR_INIT("Quota dei rifiuti che dicono il perché e che cos'altro è possibile, "
                             "nello stesso messaggio o nel successivo entro un giorno lavorativo.")}},
    .formula = "refusals of which the message, or the next answer within one working day, tells both "
               "(reason, alternative: that one) / refusals; although our fault: cases with a refusal "
               "/ cases with cause-party us or an error admitted; Wilson interval",
    .fields = "event.at event.actor-class event.visibility event.text; ticket.cause-party "
              "ticket.resolution-code; lexicons with reason and alternative",
    .source = "ISO 10002, reasons are given with a decision; Wilson 1927",
    .slots = TALK_SLOTS | 1ull << SLOT_CAUSE_PARTY,
    .needs_marks = true,
    .detectors = 1u << DETECT_REFUSAL | 1u << DETECT_REASON | 1u << DETECT_ALTERNATIVE |
                 1u << DETECT_ADMITTED_ERROR,
    .by_variant = by_variant,
    .prepare = talk_prepare,
    .release = talk_release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
