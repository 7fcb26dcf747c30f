/* M-55, agreed meetings that were held. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { HELD, UNEXPLAINED };

static const struct measure_variant variants[] = {
    [HELD] = {"held", VARIANT_SHARE, "agreed meetings whose day has passed, held or missed", true,
              false, NULL, false},
    [UNEXPLAINED] = {"cancelled-without-reason", VARIANT_SHARE,
                     "agreed meetings whose day has passed, held, missed or cancelled", true, true,
                     NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, SLOT_DUE) && record_has(context->set, REGISTER_KIND) &&
                   !instant_is_missing(context->as_of)
               ? 1u << HELD | 1u << UNEXPLAINED
               : 0u;
}

static void leave_out(struct measure_state *state, const struct record_case *item,
                      const char *reason)
{
    observe_excluded(state, HELD, item, reason);
    observe_excluded(state, UNEXPLAINED, item, reason);
}

/* Who cancels with a reason keeps faith, and so do we when it was the customer. */
static const char *excuse_of(const struct record_case *item)
{
    if (case_says(item, REGISTER_PARTY, "customer"))
        return "cancelled-by-customer";
    return case_has(item, REGISTER_REASON) ? "cancelled-with-reason" : NULL;
}

static bool is_called_off(const struct record_case *item)
{
    return case_says(item, SLOT_STATUS, "cancelled") ||
           case_says(item, REGISTER_OUTCOME, "cancelled");
}

static void observe_passed(struct measure_state *state, const struct record_case *item, int64_t due)
{
    int64_t done = case_instant_by(item, REGISTER_DONE, observe_context(state)->as_of.us);
    bool is_cancelled = done == VALUE_MISSING && is_called_off(item);
    const char *excuse = is_cancelled ? excuse_of(item) : NULL;
    struct observation held = {
        .value = VALUE_MISSING, .counts = done != VALUE_MISSING, .period = due};
    struct observation unexplained = {
        .value = VALUE_MISSING, .counts = is_cancelled && !excuse, .period = due};

    held.note = is_cancelled ? "cancelled without a reason" : NULL;
    observe_value(state, UNEXPLAINED, item, &unexplained);
    if (excuse)
        observe_excluded(state, HELD, item, excuse);
    else
        observe_value(state, HELD, item, &held);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t due = record_value(item, SLOT_DUE);

    if (!case_says(item, REGISTER_KIND, "meeting"))
        leave_out(state, item, "other-register");
    else if (due == VALUE_MISSING)
        leave_out(state, item, "no-due-date");
    else if (due > observe_context(state)->as_of.us)
        leave_out(state, item, "not-due");
    else
        observe_passed(state, item, due);
}

const struct measure measure_meetings = {
    .id = "M-55",
    .name = "meetings-held",
    .title = {{STR_INIT("agreed meetings held"), STR_INIT("incontri concordati e tenuti")}},
    .definition = {{STR_INIT("Share of agreed meetings with customers that were held; those that "
                             "were cancelled with a reason, or by the customer, do not count."),
                    STR_INIT("Quota di incontri concordati con i clienti che si sono tenuti; quelli "
                             "annullati con motivazione, o dal cliente, non contano.")}},
    .formula = "held: done / done or missed, of meetings due by the as-of instant; "
               "cancelled-without-reason: cancelled by us without a reason / all of them; Wilson "
               "interval",
    .fields = "register.kind register.due register.done register.status register.reason "
              "register.party register.outcome",
    .source = "ISO 9001 clause 8.2.1; Wilson 1927",
    .kind = RECORD_REGISTER,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
