/* M-22, customer satisfaction. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { VARIANT_TOP, VARIANT_BOTTOM };

/* The two best and the two worst answers from 1 to 5, in the unit of the field. */
static const int64_t LEAST = 1 * (int64_t)FIELD_NUMBER_ONE;
static const int64_t LOW = 2 * (int64_t)FIELD_NUMBER_ONE;
static const int64_t HIGH = 4 * (int64_t)FIELD_NUMBER_ONE;
static const int64_t MOST = 5 * (int64_t)FIELD_NUMBER_ONE;

static const struct measure_variant variants[] = {
    [VARIANT_TOP] = {"top-two", VARIANT_SHARE, "answers from 1 to 5", true, false, NULL, false},
    [VARIANT_BOTTOM] = {"bottom-two", VARIANT_SHARE, "answers from 1 to 5", true, true, NULL,
                        false},
};

static unsigned applies(const struct measure_context *context)
{
    int64_t scale;

    return record_text_find(context->set, STR("csat"), &scale) &&
                   record_has(context->set, SURVEY_SCORE)
               ? 3u
               : 0u;
}

static void leave_out(struct measure_state *state, const struct record_case *item,
                      const char *reason)
{
    observe_excluded(state, VARIANT_TOP, item, reason);
    observe_excluded(state, VARIANT_BOTTOM, item, reason);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t scale = record_value(item, SURVEY_SCALE);
    int64_t score = record_value(item, SURVEY_SCORE);
    struct observation observation = {.value = VALUE_MISSING,
                                      .period = record_value(item, SURVEY_AT)};

    if (scale == VALUE_MISSING || !str_is(record_text(item->set, scale), "csat")) {
        leave_out(state, item, "another-scale");
    } else if (score == VALUE_MISSING) {
        leave_out(state, item, "no-answer");
    } else if (score < LEAST || score > MOST) {
        leave_out(state, item, "outside-scale");
    } else {
        observation.counts = score >= HIGH;
        observe_value(state, VARIANT_TOP, item, &observation);
        observation.counts = score <= LOW;
        observe_value(state, VARIANT_BOTTOM, item, &observation);
    }
}

const struct measure measure_satisfaction = {
    .id = "M-22",
    .name = "satisfaction",
    .title = {{STR_INIT("customer satisfaction"), STR_INIT("soddisfazione del cliente")}},
    .definition = {{STR_INIT("Share of answers in the two best boxes of five, and in the two worst."),
                    STR_INIT("Quota di risposte nelle due caselle migliori su cinque, e nelle due "
                             "peggiori.")}},
    .formula = "answers of 4 or 5 / answers from 1 to 5; answers of 1 or 2 / the same; Wilson "
               "interval. Invitations without an answer are left out and counted",
    .fields = "survey.scale survey.score survey.at",
    .source = "top-two-box score of five-point scales; Wilson 1927",
    .kind = RECORD_SURVEY,
    .slots = 1ull << SURVEY_SCALE | 1ull << SURVEY_SCORE | 1ull << SURVEY_AT,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
