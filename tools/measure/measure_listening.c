/* M-69, listening: does what customers say come back in the next answer, and are they asked again? */
#include "base/mem.h"
#include "measure/asked_questions.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/talk.h"

enum { PICKED_UP, ASKED_AGAIN, VARIANTS };
enum { PICKED_PERCENT = 20 }; /* of the new words, at least */

static const struct measure_variant variants[VARIANTS] = {
    [PICKED_UP] = {"picked-up", VARIANT_SHARE,
                   "answers to customers who had brought in something new", true, false, "ratio",
                   false},
    [ASKED_AGAIN] = {"asked-again", VARIANT_SHARE, "answers with a question about the problem",
                     true, true, NULL, false},
};

/* Which words are new says the whole conversation; no phrase of a lexicon decides on it. */
static const uint32_t by_variant[VARIANTS] = {
    [PICKED_UP] = 0,
    [ASKED_AGAIN] = 1u << DETECT_COACH | 1u << DETECT_REFUSAL,
};

/* Terms that a customer has brought in since the last answer. */
struct fresh_terms {
    uint32_t *list;
    size_t count;
    size_t capacity;
};

struct listening {
    struct talk *talk;
    struct asked_questions asked;
    struct term_pool seen; /* in the case so far */
    struct term_pool said; /* in the answer at hand */
    struct fresh_terms fresh;
    /* the case at hand */
    struct measure_state *state;
    unsigned mask;
    bool is_awaited; /* a customer has written since the last answer */
    bool has_text;   /* and all of it was read */
    bool has_answer;
    bool is_told[VARIANTS]; /* something was said of it */
};

static unsigned applies(const struct measure_context *context)
{
    const uint32_t told = detector_bit(DETECT_COACH) | detector_bit(DETECT_REFUSAL);

    if (!talk_is_read(context) || instant_is_missing(context->as_of))
        return 0;
    return 1u << PICKED_UP | ((talk_detectors(context) & told) == told ? 1u << ASKED_AGAIN : 0u);
}

static void release(void *own)
{
    struct listening *listening = own;

    if (!listening)
        return;
    talk_free(listening->talk);
    asked_questions_done(&listening->asked);
    term_pool_done(&listening->seen);
    term_pool_done(&listening->said);
    mem_free(listening->fresh.list);
    mem_free(listening);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct listening *listening = mem_alloc(1, sizeof *listening);

    if (!listening)
        return diag_no_memory(diag);
    asked_questions_init(&listening->asked);
    listening->talk = talk_new(context);
    if (!listening->talk) {
        release(listening);
        return diag_no_memory(diag);
    }
    *ret_own = listening;
    return STATUS_OK;
}

/* --- what is picked up --- */

/* The terms that the conversation did not have. False: memory is out. */
static bool take_customer(struct listening *listening, const struct talk_turn *turn)
{
    struct fresh_terms *fresh = &listening->fresh;
    struct terms stems = turn->turn.stems;
    size_t i;

    listening->has_text = (!listening->is_awaited || listening->has_text) && turn->turn.has_text;
    listening->is_awaited = true;
    for (i = 0; i < stems.count; i++) {
        if (!term_pool_unseen(&listening->seen, (struct terms){&stems.list[i], 1}))
            continue;
        if (!mem_grow(&fresh->list, fresh->count, &fresh->capacity, sizeof *fresh->list))
            return false;
        fresh->list[fresh->count++] = stems.list[i];
    }
    return true;
}

static void say_picked(struct listening *listening, const struct record_case *cited,
                       const struct talk_turn *turn, const char *reason)
{
    size_t count = listening->fresh.count;
    size_t taken;
    struct observation observation = {.period = turn->at};

    listening->is_told[PICKED_UP] = true;
    if (reason) {
        observe_excluded(listening->state, PICKED_UP, cited, reason);
        return;
    }
    taken =
        count - term_pool_unseen(&listening->said, (struct terms){listening->fresh.list, count});
    observation.counts = taken * 100 >= PICKED_PERCENT * count;
    observation.value = (int64_t)(taken * 1000000 / count);
    observation.rank = observation.value + 1; /* 0 would be none */
    observation.note = taken ? NULL : "no word of it came back";
    observe_value(listening->state, PICKED_UP, cited, &observation);
}

/* The first answer after a customer. False: memory is out. */
static bool take_answer(struct listening *listening, const struct record_case *cited,
                        const struct talk_turn *turn)
{
    term_pool_clear(&listening->said);
    if (!term_pool_add(&listening->said, turn->turn.stems))
        return false;
    say_picked(listening, cited, turn,
               !turn->turn.has_text || !listening->has_text ? "no-text"
               : listening->fresh.count == 0                ? "nothing-new"
                                                            : NULL);
    listening->is_awaited = false;
    listening->fresh.count = 0;
    return true;
}

/* --- what is asked again --- */

static bool take_question(struct listening *listening, const struct record_case *cited,
                          const struct talk_turn *turn)
{
    struct observation observation = {.value = VALUE_MISSING, .period = turn->at};
    enum question_kind kind;

    if (!asked_questions_take(&listening->asked, turn, &kind))
        return false;
    if (kind == QUESTION_NONE)
        return true;
    observation.counts = kind == QUESTION_AGAIN;
    listening->is_told[ASKED_AGAIN] = true;
    observe_value(listening->state, ASKED_AGAIN, cited, &observation);
    return true;
}

/* --- a conversation --- */

static bool visit(void *visitor, const struct record_case *item, const struct talk_turn *turn)
{
    struct listening *listening = visitor;
    struct record_case cited;

    if (!turn->message)
        return true;
    cited = talk_cited(item, turn->message);
    listening->has_answer |= turn->is_answer;
    if (listening->mask >> ASKED_AGAIN & 1 && !take_question(listening, &cited, turn))
        return false;
    if (turn->message->actor == ACTOR_CUSTOMER) {
        if (!take_customer(listening, turn))
            return false;
    } else if (turn->is_answer && listening->is_awaited && !take_answer(listening, &cited, turn)) {
        return false;
    }
    return term_pool_add(&listening->seen, turn->turn.stems);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct listening *listening = observe_own(state);
    const char *reason;
    size_t v;

    listening->state = state;
    listening->mask = observe_applies(state);
    if (!listening->mask)
        return;
    listening->is_awaited = listening->has_answer = false;
    listening->is_told[PICKED_UP] = listening->is_told[ASKED_AGAIN] = false;
    listening->fresh.count = 0;
    term_pool_clear(&listening->seen);
    asked_questions_clear(&listening->asked);
    if (!talk_each(listening->talk, item, visit, listening)) {
        observe_failed(state);
        return;
    }
    reason = !item->message_count ? "no-messages" : !listening->has_answer ? "no-answer" : NULL;
    for (v = 0; v < VARIANTS; v++)
        if (listening->mask >> v & 1 && !listening->is_told[v])
            observe_excluded(state, v, item,
                             reason           ? reason
                             : v == PICKED_UP ? "no-answer-due"
                                              : "no-question");
}

const struct measure measure_listening = {
    .id = "M-69",
    .name = "listening",
    .title = {{STR_INIT("answers that take up what was said"),
               STR_INIT("risposte che riprendono ciò che è stato detto")}},
    .definition = {{STR_INIT(
                        "Share of the answers that take up what the customer had just brought in, "
                        "and how often customers are asked for what they had already told."),
                    STR_INIT("Quota delle risposte che riprendono ciò che il cliente ha appena "
                             "portato, e quante volte gli si chiede ciò che aveva già detto.")}},
    .formula =
        "picked up: first answers after a customer's messages with at least 20 % of the content "
        "stems that these brought into the conversation / such answers with a new stem to take "
        "up; asked again: questions about the problem with 60 % of the stems of an earlier one "
        "that the customer has answered / questions about the problem; Wilson interval",
    .fields = "event.at event.actor-class event.visibility event.text; lexicons",
    .source = "Jaccard 1901; Wilson 1927",
    .slots = TALK_SLOTS,
    .needs_classes = true,
    .needs_marks = true,
    .detectors = 1u << DETECT_COACH | 1u << DETECT_REFUSAL,
    .by_variant = by_variant,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
