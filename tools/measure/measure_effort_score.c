/* M-24, customer effort. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/survey_scale.h"

enum { EASY, AGREEMENT, OLD_EASY, OLD_EFFORT };

static const struct measure_variant variants[] = {
    [EASY] = {"easy", VARIANT_SHARE, "answers on the scale 1 to 7", true, false, "count", false},
    [AGREEMENT] = {"mean-agreement", VARIANT_QUANTITY, "answers on the scale 1 to 7", true, false,
                   NULL, false},
    [OLD_EASY] = {"old-scale-easy", VARIANT_SHARE, "answers on the older effort scale 1 to 5", true,
                  false, "count", false},
    [OLD_EFFORT] = {"old-scale-mean-effort", VARIANT_QUANTITY,
                    "answers on the older effort scale 1 to 5", true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(context->set, SURVEY_SCORE))
        return 0;
    if (survey_scale_is_told(context->set, SCALE_CES))
        mask |= 1u << EASY | 1u << AGREEMENT;
    if (survey_scale_is_told(context->set, SCALE_CES_5))
        mask |= 1u << OLD_EASY | 1u << OLD_EFFORT;
    return mask;
}

static void observe_on(struct measure_state *state, const struct record_case *item,
                       const struct survey_answer *answer, enum survey_scale scale, size_t easy,
                       size_t mean)
{
    const char *refusal = survey_refusal(answer, scale, observe_context(state)->as_of.us);
    struct observation observation = {.value = answer->score, .period = answer->at};

    if (refusal) {
        observe_excluded(state, easy, item, refusal);
        observe_excluded(state, mean, item, refusal);
        return;
    }
    observation.counts = scale == SCALE_CES ? answer->score >= 5 : answer->score <= 2;
    observation.rank = scale == SCALE_CES ? answer->score : -answer->score; /* hardest first */
    observe_value(state, easy, item, &observation);
    observe_value(state, mean, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct survey_answer answer = survey_answer_of(item);

    if (observe_applies(state) >> EASY & 1)
        observe_on(state, item, &answer, SCALE_CES, EASY, AGREEMENT);
    if (observe_applies(state) >> OLD_EASY & 1)
        observe_on(state, item, &answer, SCALE_CES_5, OLD_EASY, OLD_EFFORT);
}

const struct measure measure_effort_score = {
    .id = "M-24",
    .name = "customer-effort",
    .title = {{STR_INIT("customer effort"), STR_INIT("sforzo del cliente")}},
    .definition = {{STR_INIT("Share of customers for whom it was easy. The two scales in use run "
                             "in opposite directions and are never mixed."),
                    STR_INIT("Quota di clienti per cui è stato facile. Le due scale in uso vanno in "
                             "direzioni opposte e non si mescolano mai.")}},
    .formula = "easy: 5 to 7 of \"it was easy\", 1 to 7 / answers; mean-agreement: their mean; "
               "old-scale-easy: 1 and 2 of the effort asked for, 1 to 5 / answers; "
               "old-scale-mean-effort: their mean; Wilson and normal intervals",
    .fields = "survey.at survey.scale survey.score survey.question",
    .source = "Dixon, Freeman and Toman 2010; Wilson 1927",
    .kind = RECORD_SURVEY,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
