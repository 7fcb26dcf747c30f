/* M-29, how easily refusals and options are read, and whether they speak the customer's language. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/talk.h"
#include "text/readability.h"

enum { GULPEASE, FLESCH, LANGUAGE, VARIANTS };

enum { WORDS_LEAST = 40 }; /* an index of fewer says little */

static const struct measure_variant variants[VARIANTS] = {
    [GULPEASE] = {"gulpease", VARIANT_SCORE,
                  "refusals and options of at least 40 words in Italian", true, false, NULL, false},
    [FLESCH] = {"flesch", VARIANT_SCORE, "refusals and options of at least 40 words in English",
                true, false, NULL, false},
    [LANGUAGE] = {"customers-language", VARIANT_SHARE,
                  "answers of known language to customers of known language", true, false, NULL,
                  false},
};

enum {
    OF_TEXTS = 1u << DETECT_REFUSAL | 1u << DETECT_ALTERNATIVE | 1u << DETECT_CONSULTANT |
               1u << DETECT_OPTION
};

/* In what language an answer is depends on no detector. */
static const uint32_t by_variant[VARIANTS] = {
    [GULPEASE] = OF_TEXTS, [FLESCH] = OF_TEXTS, [LANGUAGE] = 0};

static unsigned applies(const struct measure_context *context)
{
    return talk_is_read(context) && !instant_is_missing(context->as_of) ? (1u << VARIANTS) - 1 : 0u;
}

struct texts {
    struct measure_state *state;
    enum lang customer; /* of the customer's last text whose language is known */
    bool is_any;        /* an answer with a text */
};

/* Low points are the ones to look at. */
static void say_score(struct texts *texts, size_t variant, const struct record_case *cited,
                      const struct talk_turn *turn, int64_t points)
{
    struct observation observation = {
        .value = points, .rank = points ? points : -1, .period = turn->at};

    observe_value(texts->state, variant, cited, &observation);
}

static void observe_score(struct texts *texts, const struct record_case *cited,
                          const struct talk_turn *turn)
{
    const struct mark_counts *counts = &turn->marks.counts;
    struct reading reading = {counts->sentences, counts->words, counts->letters, counts->syllables};
    size_t variant = turn->marks.language == LANG_IT ? GULPEASE : FLESCH;
    int64_t points;

    if (!(turn->marks.detectors & OF_TEXTS) && !turn->turn.refuses)
        return;
    if (turn->marks.language == LANG_COUNT) {
        observe_excluded(texts->state, GULPEASE, cited, "language-unknown");
        observe_excluded(texts->state, FLESCH, cited, "language-unknown");
    } else if (counts->words < WORDS_LEAST) {
        observe_excluded(texts->state, variant, cited, "too-short");
    } else if (variant == GULPEASE ? reading_gulpease(&reading, &points)
                                   : reading_flesch(&reading, &points)) {
        say_score(texts, variant, cited, turn, points);
    }
}

static bool visit(void *visitor, const struct record_case *item, const struct talk_turn *turn)
{
    struct texts *texts = visitor;
    enum lang language = turn->marks.language;
    struct record_case cited = talk_cited(item, turn->message);

    if (turn->message && turn->message->actor == ACTOR_CUSTOMER && language != LANG_COUNT)
        texts->customer = language;
    if (!turn->is_answer || !turn->turn.has_text)
        return true;
    texts->is_any = true;
    observe_score(texts, &cited, turn);
    if (language == LANG_COUNT || texts->customer == LANG_COUNT) {
        observe_excluded(texts->state, LANGUAGE, &cited, "language-unknown");
    } else {
        struct observation observation = {
            .value = VALUE_MISSING, .counts = language == texts->customer, .period = turn->at};

        observe_value(texts->state, LANGUAGE, &cited, &observation);
    }
    return true;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct texts texts = {state, LANG_COUNT, false};
    size_t v;

    if (!observe_applies(state))
        return;
    if (!talk_each(observe_own(state), item, visit, &texts)) {
        observe_failed(state);
        return;
    }
    for (v = 0; !texts.is_any && v < VARIANTS; v++)
        observe_excluded(state, v, item, item->message_count ? "no-text" : "no-messages");
}

const struct measure measure_readability = {
    .id = "M-29",
    .name = "readability",
    .title = {{STR_INIT("readability of refusals and options"),
               STR_INIT("leggibilità di rifiuti e opzioni")}},
    .definition = {{STR_INIT("How easily the longer refusals and options are read, by an index for "
                             "their language, and how many answers are in the language in which the "
                             "customer writes."),
                    STR_INIT("Quanto si leggono facilmente i rifiuti e le opzioni più lunghi, con un "
                             "indice per la loro lingua, e quante risposte sono nella lingua in cui "
                             "scrive il cliente.")}},
    .formula = "gulpease: 89 + (300 sentences - 10 letters) / words, within 0 and 100; flesch: "
               "206.835 - 1.015 words / sentences - 84.6 syllables / words; p50 of the messages, "
               "with order-statistic interval; customers-language: answers in the language of the "
               "customer's last message / answers where both are known; Wilson interval",
    .fields = "event.at event.actor-class event.visibility event.text; lexicons",
    .source = "Lucisano and Piemontese 1988; Flesch 1948; Wilson 1927",
    .slots = TALK_SLOTS,
    .needs_marks = true,
    .detectors = OF_TEXTS,
    .by_variant = by_variant,
    .prepare = talk_prepare,
    .release = talk_release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
