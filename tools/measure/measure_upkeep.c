/* M-68, registers kept up: laws, risks, opportunities, objectives, feedback. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { LEGAL, RISKS, OPPORTUNITIES, OBJECTIVES, USEFUL, FOLLOWED };

static const int64_t YEAR_US = 365 * DAY_US;

static const struct measure_variant variants[] = {
    [LEGAL] = {"legal-current", VARIANT_SHARE, "laws and rules in the register", false, false, NULL,
               false},
    [RISKS] = {"risks-current", VARIANT_SHARE, "risks in the register", false, false, NULL, false},
    [OPPORTUNITIES] = {"opportunities-decided", VARIANT_SHARE, "opportunities in the register",
                       false, false, NULL, false},
    [OBJECTIVES] = {"objectives-complete", VARIANT_SHARE, "objectives in the register", false,
                    false, NULL, false},
    [USEFUL] = {"feedback-useful", VARIANT_SHARE, "feedback whose kind is known", true, false, NULL,
                false},
    [FOLLOWED] = {"feedback-followed", VARIANT_SHARE,
                  "feedback that asks for something, answered or due", true, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 1u << LEGAL | 1u << RISKS | 1u << OPPORTUNITIES | 1u << OBJECTIVES;

    if (instant_is_missing(context->as_of) || !record_has(context->set, REGISTER_KIND))
        return 0;
    if (record_has(context->set, REGISTER_RATING) || record_has(context->set, REGISTER_OUTCOME))
        mask |= 1u << USEFUL | 1u << FOLLOWED;
    return mask;
}

static bool is_of_last_year(const struct record_case *item, int64_t as_of)
{
    int64_t reviewed = record_value(item, REGISTER_REVIEWED);

    return reviewed != VALUE_MISSING && reviewed <= as_of && reviewed >= as_of - YEAR_US;
}

static const char *legal_lacks(const struct record_case *item, int64_t as_of)
{
    if (!case_has(item, REGISTER_OWNER))
        return "no owner";
    return is_of_last_year(item, as_of) ? NULL : "no review for a year";
}

static const char *risk_lacks(const struct record_case *item, int64_t as_of)
{
    if (!case_has(item, SLOT_CUSTOMER) && !case_has(item, SLOT_SERVICE))
        return "no customer and no service";
    return legal_lacks(item, as_of);
}

static const char *opportunity_lacks(const struct record_case *item, int64_t as_of)
{
    (void)as_of;
    return case_has(item, REGISTER_DECISION) || case_has(item, REGISTER_OUTCOME) ||
                   case_has(item, REGISTER_DONE)
               ? NULL
               : "no decision";
}

static const char *objective_lacks(const struct record_case *item, int64_t as_of)
{
    (void)as_of;
    if (!case_has(item, REGISTER_OWNER))
        return "no owner";
    if (!case_has(item, SLOT_DUE))
        return "no date";
    return case_has(item, REGISTER_OUTCOME) || case_has(item, REGISTER_DONE) ||
                   case_has(item, REGISTER_REVIEWED)
               ? NULL
               : "no result";
}

static const struct {
    const char *kind;
    const char *(*missing)(const struct record_case *item, int64_t as_of);
} kept_up[] = {
    [LEGAL] = {"legal", legal_lacks},
    [RISKS] = {"risk", risk_lacks},
    [OPPORTUNITIES] = {"opportunity", opportunity_lacks},
    [OBJECTIVES] = {"objective", objective_lacks},
};

/* --- feedback --- */

enum tone { TONE_UNKNOWN, TONE_CONFIRMING, TONE_IMPROVING, TONE_NEGATIVE };

static enum tone tone_in(const struct record_case *item, int slot)
{
    return case_says(item, slot, "confirming")   ? TONE_CONFIRMING
           : case_says(item, slot, "improving") ? TONE_IMPROVING
           : case_says(item, slot, "negative")  ? TONE_NEGATIVE
                                                 : TONE_UNKNOWN;
}

static enum tone tone_of(const struct record_case *item)
{
    enum tone tone = tone_in(item, REGISTER_RATING);

    return tone != TONE_UNKNOWN ? tone : tone_in(item, REGISTER_OUTCOME);
}

static void observe_followed(struct measure_state *state, const struct record_case *item,
                             enum tone tone, int64_t as_of)
{
    int64_t due = record_value(item, SLOT_DUE);
    bool is_done = case_instant_by(item, REGISTER_DONE, as_of) != VALUE_MISSING ||
                   case_has(item, REGISTER_DECISION);
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = is_done,
                                      .period = record_value(item, REGISTER_AT),
                                      .note = is_done ? NULL : "nothing done"};

    if (tone == TONE_CONFIRMING)
        observe_excluded(state, FOLLOWED, item, "asks-for-nothing");
    else if (!is_done && due != VALUE_MISSING && due > as_of)
        observe_excluded(state, FOLLOWED, item, "not-due");
    else
        observe_value(state, FOLLOWED, item, &observation);
}

static void observe_feedback(struct measure_state *state, const struct record_case *item,
                             int64_t as_of)
{
    enum tone tone = tone_of(item);
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = tone != TONE_NEGATIVE,
                                      .period = record_value(item, REGISTER_AT)};

    if (tone == TONE_UNKNOWN) {
        observe_excluded(state, USEFUL, item, "kind-not-known");
        observe_excluded(state, FOLLOWED, item, "kind-not-known");
        return;
    }
    observe_value(state, USEFUL, item, &observation);
    observe_followed(state, item, tone, as_of);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t as_of = observe_context(state)->as_of.us;
    bool is_feedback = case_says(item, REGISTER_KIND, "feedback");
    size_t v;

    for (v = 0; v < ARRAY_LEN(kept_up); v++) {
        struct observation observation = {.value = VALUE_MISSING, .period = VALUE_MISSING};

        if (!case_says(item, REGISTER_KIND, kept_up[v].kind)) {
            observe_excluded(state, v, item, "other-register");
            continue;
        }
        observation.note = kept_up[v].missing(item, as_of);
        observation.counts = !observation.note;
        observe_value(state, v, item, &observation);
    }
    if ((mask >> USEFUL & 1) == 0)
        return;
    if (is_feedback) {
        observe_feedback(state, item, as_of);
        return;
    }
    observe_excluded(state, USEFUL, item, "other-register");
    observe_excluded(state, FOLLOWED, item, "other-register");
}

const struct measure measure_upkeep = {
    .id = "M-68",
    .name = "register-upkeep",
    .title = {{STR_INIT("registers kept up"), STR_INIT("registri tenuti aggiornati")}},
    .definition = {{STR_INIT("Share of laws, risks, opportunities and objectives in the registers "
                             "that have what makes them useful; of feedback that is more than "
                             "negative, and that was followed."),
                    STR_INIT("Quota di leggi, rischi, opportunità e obiettivi dei registri che "
                             "hanno ciò che li rende utili; di informazioni di ritorno non solo "
                             "negative, e di quelle che hanno avuto un seguito.")}},
    .formula = "legal-current: owner and review within 365 days / rows; risks-current: the same, "
               "and customer or service / rows; opportunities-decided: decision, outcome or done / "
               "rows; objectives-complete: owner, due, and outcome, done or review / rows; "
               "feedback-useful: confirming or improving / rows of known kind; feedback-followed: "
               "done or decided / improving or negative rows, done or due; Wilson interval",
    .fields = "register.kind register.owner register.reviewed-at register.customer "
              "register.service register.decision register.outcome register.done register.due "
              "register.rating register.at",
    .source = "ISO 9001, 6.1, 6.2 and 8.2.2; Wilson 1927",
    .kind = RECORD_REGISTER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
