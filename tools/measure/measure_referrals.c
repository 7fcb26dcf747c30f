/* M-58, third parties that we brought to a customer. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { CHECKED, GONE_WRONG };

static const int64_t WINDOW_DAYS = 90;

static const struct measure_variant variants[] = {
    [CHECKED] = {"checked-within-90-days", VARIANT_SHARE,
                 "referrals checked, or whose day for it has passed", true,
                 false, "s", false},
    [GONE_WRONG] = {"gone-wrong", VARIANT_SHARE, "referrals whose outcome is known", true, true,
                    NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(set, REGISTER_KIND))
        return 0;
    if ((record_has(set, REGISTER_AT) || record_has(set, SLOT_DUE)) &&
        (record_has(set, REGISTER_VERIFIED) || record_has(set, REGISTER_DONE)))
        mask |= 1u << CHECKED;
    if (record_has(context->set, REGISTER_OUTCOME))
        mask |= 1u << GONE_WRONG;
    return mask;
}

/* The 90 days, or the day that the register itself has set for the check. */
static int64_t limit_of(const struct record_case *item)
{
    int64_t at = record_value(item, REGISTER_AT);

    return at != VALUE_MISSING ? at + WINDOW_DAYS * DAY_US : record_value(item, SLOT_DUE);
}

static void observe_checked(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t limit = limit_of(item);
    int64_t checked =
        case_instant_by(item, case_either(item, REGISTER_VERIFIED, REGISTER_DONE), as_of);
    struct observation observation = {.value = VALUE_MISSING, .period = limit};

    if (limit == VALUE_MISSING) {
        observe_excluded(state, CHECKED, item, "no-date");
        return;
    }
    if (checked == VALUE_MISSING && as_of < limit) {
        observe_excluded(state, CHECKED, item, "window-not-observed");
        return;
    }
    observation.counts = checked != VALUE_MISSING && checked <= limit;
    if (!observation.counts)
        observation.value = (checked == VALUE_MISSING ? as_of : checked) - limit;
    observation.is_open = checked == VALUE_MISSING;
    observation.note = checked == VALUE_MISSING ? "never checked" : NULL;
    observe_value(state, CHECKED, item, &observation);
}

static void observe_outcome(struct measure_state *state, const struct record_case *item)
{
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = case_says(item, REGISTER_OUTCOME, "bad"),
                                      .period = limit_of(item)};

    if (case_has(item, REGISTER_OUTCOME))
        observe_value(state, GONE_WRONG, item, &observation);
    else
        observe_excluded(state, GONE_WRONG, item, "outcome-unknown");
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t at = record_value(item, REGISTER_AT);

    if (!case_says(item, REGISTER_KIND, "referral")) {
        observe_excluded_of(state, EVERY_VARIANT, item, "other-register");
    } else if (at != VALUE_MISSING && at > observe_context(state)->as_of.us) {
        observe_excluded_of(state, EVERY_VARIANT, item, "recorded-later");
    } else {
        if (mask >> CHECKED & 1)
            observe_checked(state, item);
        if (mask >> GONE_WRONG & 1)
            observe_outcome(state, item);
    }
}

const struct measure measure_referrals = {
    .id = "M-58",
    .name = "referrals",
    .title = {{STR_INIT("referrals followed up"), STR_INIT("segnalazioni di terzi seguite")}},
    .definition = {{STR_INIT("Share of third parties brought to a customer whose result was looked "
                             "at within 90 days, and of those that went wrong."),
                    STR_INIT("Quota di terzi presentati a un cliente il cui esito è stato "
                             "verificato entro 90 giorni, e di quelli andati male.")}},
    .formula = "checked-within-90-days: verified-at, where no row has one done, at most 90 days after at, where there "
               "is no at not after due / checked, or that day has passed; "
               "gone-wrong: outcome bad / with an outcome; Wilson interval",
    .fields = "register.kind register.at register.due register.verified-at register.done "
              "register.outcome",
    .source = "ISO 9001 clauses 6.1 and 8.4; Wilson 1927",
    .kind = RECORD_REGISTER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
