/* M-31, premature solutions: proposals before anybody has asked. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/talk_roles.h"

enum { PREMATURE, RESTATED, VARIANTS };

static const struct measure_variant variants[VARIANTS] = {
    [PREMATURE] = {"before-any-question", VARIANT_SHARE, "cases with a proposal or diagnosis", true,
                   true, NULL, false},
    [RESTATED] = {"restated-first", VARIANT_SHARE, "cases with a proposal or diagnosis in answers",
                  true, false, NULL, false},
};

enum {
    PROPOSALS = 1u << DETECT_SPECIALIST | 1u << DETECT_CONSULTANT | 1u << DETECT_OPTION |
                1u << DETECT_ALTERNATIVE
};

static const uint32_t by_variant[VARIANTS] = {
    [PREMATURE] = PROPOSALS | 1u << DETECT_COACH | 1u << DETECT_RESTATEMENT,
    [RESTATED] = PROPOSALS | 1u << DETECT_RESTATEMENT,
};

static unsigned applies(const struct measure_context *context)
{
    if (!talk_roles_are_told(context))
        return 0;
    return talk_detectors(context) & detector_bit(DETECT_RESTATEMENT)
               ? 1u << PREMATURE | 1u << RESTATED
               : 1u << PREMATURE;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct talk_roles *roles = NULL;
    enum status status = talk_roles_new(context, diag, &roles);

    if (status == STATUS_OK)
        *ret_own = roles;
    return status;
}

static void release(void *own)
{
    talk_roles_free(own);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const unsigned proposals = 1u << ROLE_SPECIALIST | 1u << ROLE_CONSULTANT;
    unsigned mask = observe_applies(state);
    struct observation observation = {.value = VALUE_MISSING,
                                      .period = record_value(item, SLOT_OPENED)};
    struct roles_seen seen;
    const char *reason = NULL;
    size_t v;

    if (!observe_applies(state))
        return;
    if (!talk_roles_of(observe_own(state), item, &seen)) {
        observe_failed(state);
        return;
    }
    if (!(seen.cover.played & proposals))
        reason = seen.items == 0 && seen.answers == 0
                     ? (item->message_count ? "no-answer" : "no-messages")
                 : seen.items == 0 && seen.texts == 0 ? "no-text"
                                                      : "no-proposal";
    for (v = 0; reason && v < VARIANTS; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, reason);
    if (reason)
        return;
    observation.counts = roles_are_premature(&seen.cover);
    observation.note = !observation.counts                          ? NULL
                       : seen.cover.played & 1u << ROLE_COACH ? "asked later"
                                                                    : "nothing was asked";
    observe_value(state, PREMATURE, item, &observation);
    if (!(mask >> RESTATED & 1))
        return;
    if (seen.texts == 0) {
        observe_excluded(state, RESTATED, item, "no-text");
        return;
    }
    observation.note = NULL;
    observation.counts = seen.is_restated;
    observe_value(state, RESTATED, item, &observation);
}

const struct measure measure_premature = {
    .id = "M-31",
    .name = "premature-solution",
    .title = {{STR_INIT("premature solutions"), STR_INIT("soluzioni premature")}},
    .definition = {{STR_INIT("Share of the cases with a proposal or diagnosis in which it came before "
                             "the first question about the problem."),
                    STR_INIT("Quota dei casi con una proposta o una diagnosi in cui questa è arrivata "
                             "prima della prima domanda sul problema.")}},
    .formula = "cases whose first option, alternative, hypothesis or diagnosis precedes every "
               "question about the problem / cases with one; restated first: cases in which an answer "
               "before it restated the problem and the customer wrote in between / cases with one; "
               "Wilson interval",
    .fields = "event.at event.actor-class event.visibility event.text; item.ticket item.at item.kind; "
              "lexicons",
    .source = "Schein 1999, process consultation; Wilson 1927",
    .also_kinds = 1u << RECORD_ITEM,
    .slots = ROLE_SLOTS,
    .needs_classes = true,
    .needs_marks = true,
    .detectors = PROPOSALS | 1u << DETECT_COACH | 1u << DETECT_RESTATEMENT,
    .by_variant = by_variant,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
