/* M-22, customer satisfaction. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/survey_scale.h"

enum { TOP_TWO, BOTTOM_TWO, SCORE_1, SCORE_5 = SCORE_1 + 4, VARIANT_END };

static const struct measure_variant variants[] = {
    [TOP_TWO] = {"top-two", VARIANT_SHARE, "answers on the scale 1 to 5", true, false, "count",
                 false},
    [BOTTOM_TWO] = {"bottom-two", VARIANT_SHARE, "answers on the scale 1 to 5", true, true, "count",
                    false},
    [SCORE_1] = {"score-1", VARIANT_SHARE, "answers on the scale 1 to 5", false, true, NULL, false},
    {"score-2", VARIANT_SHARE, "answers on the scale 1 to 5", false, true, NULL, false},
    {"score-3", VARIANT_SHARE, "answers on the scale 1 to 5", false, true, NULL, false},
    {"score-4", VARIANT_SHARE, "answers on the scale 1 to 5", false, false, NULL, false},
    [SCORE_5] = {"score-5", VARIANT_SHARE, "answers on the scale 1 to 5", false, false, NULL,
                 false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, SURVEY_SCORE) && survey_scale_is_told(context->set, SCALE_CSAT) &&
                   !instant_is_missing(context->as_of)
               ? (1u << VARIANT_END) - 1
               : 0u;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct survey_answer answer = survey_answer_of(item);
    const char *refusal = survey_refusal(&answer, SCALE_CSAT, observe_context(state)->as_of.us);
    struct observation observation = {
        .value = answer.score, .rank = answer.score, .period = answer.at};
    size_t v;

    for (v = 0; v < VARIANT_END; v++) {
        observation.counts = v == TOP_TWO      ? answer.score >= 4
                             : v == BOTTOM_TWO ? answer.score <= 2
                                               : answer.score == (int)(v - SCORE_1) + 1;
        if (refusal)
            observe_excluded(state, v, item, refusal);
        else
            observe_value(state, v, item, &observation);
    }
}

const struct measure measure_satisfaction = {
    .id = "M-22",
    .name = "satisfaction",
    .title = {{STR_INIT("customer satisfaction"), STR_INIT("soddisfazione dei clienti")}},
    .definition = {{STR_INIT("Share of answers in the two best boxes of the scale 1 to 5, in the "
                             "two worst, and in each."),
                    STR_INIT("Quota di risposte nelle due caselle migliori della scala da 1 a 5, "
                             "nelle due peggiori e in ciascuna.")}},
    .formula = "top-two: scores 4 and 5 / answers; bottom-two: scores 1 and 2 / answers; score-1 "
               "to score-5: the distribution; Wilson interval",
    .fields = "survey.at survey.scale survey.score survey.question",
    .source = "ISO 10004, monitoring and measuring customer satisfaction; Wilson 1927",
    .kind = RECORD_SURVEY,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
