/* M-25, how many of those who were asked answered. */
#include "base/mem.h"
#include "measure/ended_work.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/survey_scale.h"
#include "measure/survey_selection.h"

enum { RESPONSE, CSAT_LOW, CSAT_HIGH, SELECTION, VARIANT_END };

static const struct measure_variant variants[] = {
    [RESPONSE] = {"response", VARIANT_SHARE, "customers asked", true, false, NULL, false},
    [CSAT_LOW] = {"satisfied-at-least", VARIANT_SHARE, "customers asked on the scale 1 to 5", true,
                  false, NULL, false},
    [CSAT_HIGH] = {"satisfied-at-most", VARIANT_SHARE, "customers asked on the scale 1 to 5", true,
                   false, NULL, false},
    [SELECTION] = {"invited-by-outcome", VARIANT_RATIO,
                   "ended cases that went well, and those that did not", false, true, NULL, false},
};

/* Where nobody noted who was asked and kept silent, all seem to have answered. */
static unsigned applies(const struct measure_context *context)
{
    if (!record_has(context->set, SURVEY_INVITED) || !record_has(context->set, SURVEY_SCALE) ||
        instant_is_missing(context->as_of))
        return 0;
    return 1u << RESPONSE | 1u << CSAT_LOW | 1u << CSAT_HIGH |
           (survey_selection_shows(context) ? 1u << SELECTION : 0u);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct survey_selection *selection = NULL;
    enum status status = STATUS_OK;

    if (!instant_is_missing(context->as_of) && survey_selection_shows(context))
        status = survey_selection_new(context, diag, &selection);
    if (status == STATUS_OK)
        *ret_own = selection;
    return status;
}

static void release(void *own)
{
    survey_selection_free(own);
}

static void leave_out(struct measure_state *state, const struct record_case *item, size_t first,
                      const char *reason)
{
    size_t v;

    for (v = first; v <= CSAT_HIGH; v++)
        observe_excluded(state, v, item, reason);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct survey_answer answer = survey_answer_of(item);
    bool is_positive = !answer.is_silent && !answer.is_off && answer.score >= 4;
    struct observation observation = {.value = VALUE_MISSING, .period = answer.at};

    if (answer.at != VALUE_MISSING && answer.at > observe_context(state)->as_of.us) {
        leave_out(state, item, RESPONSE, "answered-later");
        return;
    }
    if (!answer.is_invited) {
        leave_out(state, item, RESPONSE, "not-asked");
        return;
    }
    observation.counts = !answer.is_silent;
    observe_value(state, RESPONSE, item, &observation);
    if (answer.scale != SCALE_CSAT) {
        leave_out(state, item, CSAT_LOW,
                  answer.scale == SCALE_UNKNOWN ? "scale-unknown" : "other-scale");
        return;
    }
    observation.counts = is_positive;
    observe_value(state, CSAT_LOW, item, &observation);
    observation.counts = is_positive || answer.is_silent;
    observe_value(state, CSAT_HIGH, item, &observation);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    (void)context;
    if (variant == SELECTION)
        return survey_selection_conclude(own, arena, figure);
    if (variant == RESPONSE && figure->n && figure->k * 2 < figure->n)
        figure->note = STR("fewer than half answered: satisfied-at-least and satisfied-at-most "
                           "say between what the share of the satisfied may lie");
    return true;
}

const struct measure measure_response_rate = {
    .id = "M-25",
    .name = "survey-response",
    .title = {{STR_INIT("answers to surveys"), STR_INIT("risposte ai sondaggi")}},
    .definition = {{STR_INIT("Share of the customers asked who answered, and between what the "
                             "share of the satisfied lies when all the silent were dissatisfied, "
                             "or all satisfied."),
                    STR_INIT("Quota dei clienti interpellati che hanno risposto, ed estremi della "
                             "quota di soddisfatti se i silenziosi fossero tutti insoddisfatti, o "
                             "tutti soddisfatti.")}},
    .formula = "response: with a score / asked; satisfied-at-least: scores 4 and 5 / asked on 1 to "
               "5; satisfied-at-most: scores 4 and 5, and the silent / asked on 1 to 5; who "
               "answered was asked; Wilson interval; invited-by-outcome: share asked of the cases "
               "that went well less that of the cases complained of, refused, ended late or "
               "reopened, Newcombe interval",
    .fields = "survey.at survey.scale survey.score survey.invited survey.question survey.ticket",
    .source = "bounds without assumptions on non-response, Manski 1989; Wilson 1927; Newcombe 1998",
    .kind = RECORD_SURVEY,
    .also_kinds = 1u << RECORD_TICKET | 1u << RECORD_COMPLAINT,
    .ticket_slots = ENDED_WORK_SLOTS | 1ull << SLOT_RESOLUTION_CODE,
    .needs_classes = true,
    .needs_levels = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
