/* M-48, actions done on time, and whether they helped. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { ON_TIME, VERIFIED, LATENESS };

static const struct measure_variant variants[] = {
    [ON_TIME] = {"on-time", VARIANT_SHARE, "actions due by the as-of instant", true, false, "s",
                 false},
    [VERIFIED] = {"effect-verified", VARIANT_SHARE, "actions done by the as-of instant", true,
                  false, NULL, false},
    [LATENESS] = {"lateness", VARIANT_DURATION, "actions done after their due date", true, false,
                  NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (instant_is_missing(context->as_of))
        return 0;
    if (record_has(set, SLOT_DUE))
        mask |= 1u << ON_TIME;
    if (record_has(set, SLOT_DUE) && record_has(set, REGISTER_DONE))
        mask |= 1u << LATENESS;
    if (record_has(set, REGISTER_DONE))
        mask |= 1u << VERIFIED;
    return mask;
}

static void observe_due(struct measure_state *state, const struct record_case *item, int64_t due,
                        int64_t done)
{
    int64_t as_of = observe_context(state)->as_of.us;
    bool is_late = done != VALUE_MISSING && done > due;
    struct observation on_time = {.value = VALUE_MISSING,
                                  .counts = done != VALUE_MISSING && !is_late,
                                  .is_open = done == VALUE_MISSING,
                                  .period = due};
    struct observation late = {.value = is_late ? done - due : 0, .period = due};

    if (is_late || done == VALUE_MISSING)
        on_time.value = (is_late ? done : as_of) - due;
    on_time.note = done == VALUE_MISSING ? "not done yet" : NULL;
    observe_value(state, ON_TIME, item, &on_time);
    if ((observe_applies(state) >> LATENESS & 1) == 0)
        return;
    if (is_late)
        observe_value(state, LATENESS, item, &late);
    else
        observe_excluded(state, LATENESS, item,
                         done == VALUE_MISSING ? "not-done" : "done-in-time");
}

static void observe_dated(struct measure_state *state, const struct record_case *item, int64_t done)
{
    int64_t due = record_value(item, SLOT_DUE);
    unsigned mask = observe_applies(state);
    const char *refusal = NULL;

    if (due == VALUE_MISSING)
        refusal = "no-due-date";
    else if (due > observe_context(state)->as_of.us && done == VALUE_MISSING)
        refusal = "not-due";
    if (!refusal) {
        observe_due(state, item, due, done);
        return;
    }
    observe_excluded(state, ON_TIME, item, refusal);
    if (mask >> LATENESS & 1)
        observe_excluded(state, LATENESS, item, refusal);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t done = case_instant_by(item, REGISTER_DONE, as_of);
    unsigned mask = observe_applies(state);
    struct observation verified = {.value = VALUE_MISSING, .period = done};

    if (!case_says(item, REGISTER_KIND, "action")) {
        observe_excluded_of(state, EVERY_VARIANT, item, "other-register");
        return;
    }
    if (case_says(item, SLOT_STATUS, "cancelled")) {
        observe_excluded_of(state, EVERY_VARIANT, item, "cancelled");
        return;
    }
    if (mask >> ON_TIME & 1)
        observe_dated(state, item, done);
    if ((mask >> VERIFIED & 1) == 0)
        return;
    verified.counts = case_instant_by(item, REGISTER_VERIFIED, as_of) != VALUE_MISSING;
    if (done == VALUE_MISSING)
        observe_excluded(state, VERIFIED, item, "not-done");
    else
        observe_value(state, VERIFIED, item, &verified);
}

const struct measure measure_actions = {
    .id = "M-48",
    .name = "actions",
    .title = {{STR_INIT("actions done on time"), STR_INIT("azioni svolte nei tempi")}},
    .definition = {{STR_INIT("Share of due actions that were done by their date, how late the "
                             "others were, and of how many somebody looked whether they helped."),
                    STR_INIT("Quota di azioni in scadenza svolte entro la data, ritardo delle "
                             "altre e quante hanno avuto una verifica di efficacia.")}},
    .formula = "on-time: done <= due / actions whose due date has passed or that are done; "
               "effect-verified: with a verification / done; lateness: done - due of those done "
               "later, p50; Wilson and order-statistic intervals",
    .fields = "register.kind register.due register.done register.verified-at register.status",
    .source = "ISO 9001 clauses 6.1 and 10.2; Wilson 1927; Conover 1999",
    .kind = RECORD_REGISTER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
