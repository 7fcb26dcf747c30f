/* M-13, resolution at the first contact. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/topic_cases.h"

enum { BY_REPEATS, BY_AGENT, BY_CUSTOMER, VARIANT_END };

static const int64_t WINDOW_DAYS = 7;

static const struct measure_variant variants[] = {
    [BY_REPEATS] = {"no-repeat-within-7-days", VARIANT_SHARE,
                    "cases solved at least 7 days before the as-of instant", true, false, "s",
                    false},
    [BY_AGENT] = {"agent-flagged", VARIANT_SHARE, "solved cases that the agent flagged, or not",
                  true, false, NULL, false},
    [BY_CUSTOMER] = {"customer-confirmed", VARIANT_SHARE,
                     "solved cases about which the customer has said whether they are", true, false,
                     NULL, false},
};

static bool has_end(const struct record_set *set)
{
    return record_has(set, SLOT_RESOLVED) || record_has(set, SLOT_CLOSED) ||
           record_has(set, SLOT_FIRST_SOLVED);
}

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !has_end(set))
        return 0;
    if (topics_are_told(context))
        mask |= 1u << BY_REPEATS;
    if (record_has(set, SLOT_FIRST_CONTACT))
        mask |= 1u << BY_AGENT;
    if (record_has(set, SLOT_CONFIRMED))
        mask |= 1u << BY_CUSTOMER;
    return mask;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct topic_cases *cases = NULL;
    enum status status = STATUS_OK;

    if (topics_are_told(context))
        status = topic_cases_take(context, diag, &cases);
    if (status == STATUS_OK)
        *ret_own = cases;
    return status;
}

static void release(void *own)
{
    topic_cases_drop(own);
}

/* Who asks again before it is solved has not got it at the first contact, either. */
static void observe_repeats(struct measure_state *state, const struct record_case *item,
                            int64_t solved)
{
    const struct topic_cases *cases = observe_own(state);
    struct observation observation = {.value = VALUE_MISSING, .period = solved};
    const struct topic_case *after;
    struct topic topic;
    const char *refusal = topic_of(cases, item, &topic);

    if (refusal) {
        observe_excluded(state, BY_REPEATS, item, refusal);
        return;
    }
    if (observe_context(state)->as_of.us - solved < WINDOW_DAYS * DAY_US) {
        observe_excluded(state, BY_REPEATS, item, "window-not-observed");
        return;
    }
    after = topic_after(cases, &topic, record_value(item, SLOT_OPENED));
    observation.counts = !after || after->opened > solved + WINDOW_DAYS * DAY_US;
    if (!observation.counts) {
        observation.value = after->opened - record_value(item, SLOT_OPENED);
        observation.rank = observation.value; /* the sooner they came back, the worse */
    }
    observe_value(state, BY_REPEATS, item, &observation);
}

static void observe_flag(struct measure_state *state, const struct record_case *item,
                         int64_t solved)
{
    int64_t flag = record_value(item, SLOT_FIRST_CONTACT);
    struct observation observation = {
        .value = VALUE_MISSING, .counts = flag == 1, .period = solved};

    if (flag == VALUE_MISSING)
        observe_excluded(state, BY_AGENT, item, "no-flag");
    else
        observe_value(state, BY_AGENT, item, &observation);
}

/* The customer can tell that it is solved, the agent how many contacts it took. */
static void observe_word(struct measure_state *state, const struct record_case *item,
                         int64_t solved)
{
    int64_t word = record_value(item, SLOT_CONFIRMED);
    struct observation observation = {
        .value = VALUE_MISSING,
        .counts = word == 1 && record_value(item, SLOT_FIRST_CONTACT) != 0,
        .period = solved};

    if (word == VALUE_MISSING)
        observe_excluded(state, BY_CUSTOMER, item, "customer-silent");
    else
        observe_value(state, BY_CUSTOMER, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t solved = case_end(item);
    const char *refusal = NULL;
    size_t v;

    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED)
        refusal = "cancelled";
    else if (solved == VALUE_MISSING || solved > observe_context(state)->as_of.us)
        refusal = "never-solved";
    else if (solved < record_value(item, SLOT_OPENED))
        refusal = "end-before-start";
    for (v = 0; refusal && v < VARIANT_END; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, refusal);
    if (refusal)
        return;
    if (mask >> BY_REPEATS & 1)
        observe_repeats(state, item, solved);
    if (mask >> BY_AGENT & 1)
        observe_flag(state, item, solved);
    if (mask >> BY_CUSTOMER & 1)
        observe_word(state, item, solved);
}

const struct measure measure_first_contact = {
    .id = "M-13",
    .name = "first-contact-resolution",
    .title = {{STR_INIT("resolution at the first contact"),
               STR_INIT("risoluzione al primo contatto")}},
    .definition = {{STR_INIT("Share of solved cases that needed one contact: no other contact of "
                             "the customer on the topic followed, the agent says so, or the "
                             "customer does. To be compared within one channel only."),
                    STR_INIT("Quota di casi risolti con un solo contatto: nessun altro contatto "
                             "del cliente sull'argomento, a detta dell'operatore o del cliente. "
                             "Confrontabile solo entro lo stesso canale.")}},
    .formula = "no-repeat-within-7-days: no other case of the same customer and topic was opened "
               "after it and up to 7 days after its end / solved cases with 7 days behind them; "
               "agent-flagged: flagged / solved cases with a flag; customer-confirmed: confirmed "
               "and not flagged as more than one contact / solved cases with the customer's word; "
               "Wilson interval",
    .fields = "ticket.opened ticket.resolved ticket.closed ticket.status ticket.customer ticket.ci "
              "ticket.service ticket.symptom ticket.category ticket.first-contact "
              "ticket.confirmed",
    .source = "service desk practice: first contact resolution by flag, by survey and by repeat "
              "contacts are three measures; Wilson 1927",
    .slots = TOPIC_SLOTS | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_FIRST_SOLVED |
             1ull << SLOT_FIRST_CONTACT | 1ull << SLOT_CONFIRMED,
    .needs_classes = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
