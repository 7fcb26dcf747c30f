/* M-37, unauthorised changes. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { UNAUTHORISED, BY_US, BY_CUSTOMER, BY_THIRD, DELAY, BY_MONITORING, TOLD_BEFORE };

static const struct measure_variant variants[] = {
    [UNAUTHORISED] = {"unauthorised", VARIANT_SHARE, "changes found by the as-of instant", true,
                      true, NULL, false},
    [BY_US] = {"unauthorised-by-us", VARIANT_SHARE, "changes that we made", true, true, NULL,
               false},
    [BY_CUSTOMER] = {"unauthorised-by-customer", VARIANT_SHARE, "changes that the customer made",
                     true, true, NULL, false},
    [BY_THIRD] = {"unauthorised-by-third", VARIANT_SHARE, "changes that third parties made", true,
                  true, NULL, false},
    [DELAY] = {"time-to-detect", VARIANT_DURATION, "unauthorised changes whose finding is dated",
               true, false, NULL, false},
    [BY_MONITORING] = {"found-by-monitoring", VARIANT_SHARE,
                       "unauthorised changes of which it is known how they were found", true,
                       false, NULL, false},
    [TOLD_BEFORE] = {"told-before-effect", VARIANT_SHARE, "changes with a date of effect", true,
                     false, "s", false},
};

static const char *const parties[] = {
    [BY_US] = "us", [BY_CUSTOMER] = "customer", [BY_THIRD] = "third"};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (instant_is_missing(context->as_of))
        return 0;
    if (record_has(set, CHANGE_AUTHORISED))
        mask |= 1u << UNAUTHORISED;
    if (mask && record_has(set, CHANGE_PARTY))
        mask |= 1u << BY_US | 1u << BY_CUSTOMER | 1u << BY_THIRD;
    if (mask && record_has(set, CHANGE_DETECTED))
        mask |= 1u << DELAY;
    if (mask && record_has(set, CHANGE_DETECTED_BY))
        mask |= 1u << BY_MONITORING;
    if (record_has(set, CHANGE_NOTICE) && record_has(set, CHANGE_EFFECTIVE))
        mask |= 1u << TOLD_BEFORE;
    return mask;
}

/* --- authorised or not --- */

static void observe_party(struct measure_state *state, const struct record_case *item, size_t v,
                          const struct observation *observation)
{
    if (!case_has(item, CHANGE_PARTY) || case_says(item, CHANGE_PARTY, "unknown"))
        observe_excluded(state, v, item, "party-unknown");
    else if (!case_says(item, CHANGE_PARTY, parties[v]))
        observe_excluded(state, v, item, "other-party");
    else
        observe_value(state, v, item, observation);
}

static void observe_finding(struct measure_state *state, const struct record_case *item, int64_t at,
                            unsigned mask)
{
    int64_t found = record_value(item, CHANGE_DETECTED);
    struct observation delay = {.period = found};
    struct observation monitored = {.value = VALUE_MISSING,
                                    .counts = case_says(item, CHANGE_DETECTED_BY, "monitoring"),
                                    .period = at};

    if (mask >> DELAY & 1) {
        if (found == VALUE_MISSING || at == VALUE_MISSING) {
            observe_excluded(state, DELAY, item, "no-date");
        } else if (found < at) {
            observe_excluded(state, DELAY, item, "end-before-start");
        } else {
            delay.value = found - at;
            observe_value(state, DELAY, item, &delay);
        }
    }
    if (mask >> BY_MONITORING & 1) {
        if (case_has(item, CHANGE_DETECTED_BY))
            observe_value(state, BY_MONITORING, item, &monitored);
        else
            observe_excluded(state, BY_MONITORING, item, "finder-unknown");
    }
}

static void observe_flag(struct measure_state *state, const struct record_case *item, int64_t at,
                         unsigned mask)
{
    static const unsigned flagged = 1u << UNAUTHORISED | 1u << BY_US | 1u << BY_CUSTOMER |
                                    1u << BY_THIRD | 1u << DELAY | 1u << BY_MONITORING;
    int64_t flag = record_value(item, CHANGE_AUTHORISED);
    struct observation observation = {.value = VALUE_MISSING, .counts = flag == 0, .period = at};
    size_t v;

    if (flag == VALUE_MISSING) {
        observe_excluded_of(state, flagged, item, "no-flag");
        return;
    }
    observe_value(state, UNAUTHORISED, item, &observation);
    for (v = BY_US; v <= BY_THIRD; v++)
        if (mask >> v & 1)
            observe_party(state, item, v, &observation);
    if (flag == 0)
        observe_finding(state, item, at, mask);
    else
        observe_excluded_of(state, 1u << DELAY | 1u << BY_MONITORING, item, "authorised");
}

/* --- told before it took effect --- */

static void observe_notice(struct measure_state *state, const struct record_case *item)
{
    int64_t effective = record_value(item, CHANGE_EFFECTIVE);
    int64_t notice = record_value(item, CHANGE_NOTICE);
    struct observation observation = {.value = VALUE_MISSING, .period = effective};

    if (effective == VALUE_MISSING || effective > observe_context(state)->as_of.us) {
        observe_excluded(state, TOLD_BEFORE, item,
                         effective == VALUE_MISSING ? "no-date" : "not-in-effect");
        return;
    }
    observation.counts = notice != VALUE_MISSING && notice <= effective;
    if (!observation.counts && notice != VALUE_MISSING)
        observation.value = notice - effective;
    observe_value(state, TOLD_BEFORE, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t at = record_value(item, CHANGE_AT);

    if (at != VALUE_MISSING && at > observe_context(state)->as_of.us) {
        observe_excluded_of(state, EVERY_VARIANT, item, "changed-later");
        return;
    }
    if (mask >> UNAUTHORISED & 1)
        observe_flag(state, item, at, mask);
    if (mask >> TOLD_BEFORE & 1)
        observe_notice(state, item);
}

const struct measure measure_changes = {
    .id = "M-37",
    .name = "unauthorised-changes",
    .title = {{STR_INIT("unauthorised changes"), STR_INIT("modifiche non autorizzate")}},
    .definition = {{STR_INIT("Share of changes found that nobody had authorised, by who made them, "
                             "how long they stayed unseen, and whether those concerned were told "
                             "before a change took effect."),
                    STR_INIT("Quota di modifiche rilevate che nessuno aveva autorizzato, per "
                             "autore, per quanto sono rimaste ignote e se gli interessati sono "
                             "stati avvisati prima dell'efficacia.")}},
    .formula = "unauthorised: not authorised / changes with a flag, and the same for each party; "
               "time-to-detect: detected-at - at, p50; found-by-monitoring: detected-by "
               "monitoring / unauthorised and found by a known means; told-before-effect: "
               "notice-at <= effective-at / in effect; Wilson and order-statistic intervals",
    .fields = "change.at change.party change.authorised change.detected-by change.detected-at "
              "change.notice-at change.effective-at",
    .source = "ITIL change enablement; ISO 9001 clauses 8.2.4 and 8.5.6; Wilson 1927",
    .kind = RECORD_CHANGE,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
