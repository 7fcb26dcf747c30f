/* M-21, complaints. */
#include <math.h>

#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/customers_active.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/unregistered.h"
#include "measure/work_days.h"
#include "stat/rate.h"

enum {
    PER_CUSTOMERS,
    PER_CONTACTS,
    ACKNOWLEDGED,
    ANSWERED,
    CLOSED,
    UPHELD,
    REOPENED,
    CAUSE_FOUND,
    EXTERNAL,
    UNREGISTERED,
    VARIANT_END
};

/* Where the register has no date of its own to answer by. */
enum { ACKNOWLEDGE_WORK_DAYS = 2, ANSWER_DAYS = 30 };

static const struct measure_variant variants[] = {
    [PER_CUSTOMERS] = {"per-100-customers", VARIANT_COUNT, "complaints received", true, true, NULL,
                       false},
    [PER_CONTACTS] = {"per-1000-contacts", VARIANT_COUNT, "complaints received", true, true, NULL,
                      false},
    [ACKNOWLEDGED] = {"acknowledged-in-2-days", VARIANT_SHARE,
                      "complaints acknowledged, or whose two working days have passed", true,
                      false, "s", false},
    [ANSWERED] = {"answered-in-limit", VARIANT_SHARE,
                  "complaints answered, or whose limit has passed", true, false, "s", false},
    [CLOSED] = {"closed", VARIANT_SHARE, "complaints received", true, false, "s", false},
    [UPHELD] = {"upheld", VARIANT_SHARE, "complaints decided upon", true, true, NULL, false},
    [REOPENED] = {"reopened", VARIANT_SHARE, "closed complaints", true, true, NULL, false},
    [CAUSE_FOUND] = {"cause-found", VARIANT_SHARE, "closed complaints", true, false, NULL, false},
    [EXTERNAL] = {"gone-outside", VARIANT_SHARE, "complaints received", true, true, NULL, false},
    [UNREGISTERED] = {"unregistered", VARIANT_RATIO,
                      "complaints received, and tickets that read like one", false, true, NULL,
                      false},
};

/* Which field each variant cannot do without. */
static const int needed[UNREGISTERED] = {
    [ACKNOWLEDGED] = COMPLAINT_ACKNOWLEDGED, [ANSWERED] = COMPLAINT_ANSWERED,
    [CLOSED] = SLOT_CLOSED,                  [UPHELD] = COMPLAINT_UPHELD,
    [REOPENED] = COMPLAINT_REOPENED,         [CAUSE_FOUND] = COMPLAINT_ROOT_CAUSE,
    [EXTERNAL] = COMPLAINT_EXTERNAL,
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    unsigned mask = 0;
    size_t v;

    if (instant_is_missing(context->as_of) || !record_has(context->set, COMPLAINT_RECEIVED))
        return 0;
    if (measure_set(context, RECORD_CUSTOMER) || (tickets && record_has(tickets, SLOT_CUSTOMER)))
        mask |= 1u << PER_CUSTOMERS;
    if (tickets)
        mask |= 1u << PER_CONTACTS;
    for (v = ACKNOWLEDGED; v <= EXTERNAL; v++)
        if (record_has(context->set, needed[v]))
            mask |= 1u << v;
    if (told_only_shows(context))
        mask |= 1u << UNREGISTERED;
    if (mask >> CLOSED & 1)
        return mask;
    return mask & ~(1u << REOPENED | 1u << CAUSE_FOUND);
}

/* --- how many --- */

struct exposure {
    uint64_t customers;
    uint64_t contacts;
    struct told_only told;
};

static void release(void *own)
{
    struct exposure *exposure = own;

    if (exposure)
        told_only_done(&exposure->told);
    mem_free(exposure);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct exposure *exposure = mem_alloc(1, sizeof *exposure);
    enum status status = STATUS_OK;

    if (!exposure || !customers_active(context, &exposure->customers))
        status = diag_no_memory(diag);
    else
        status = unregistered_count(context, diag, &exposure->told);
    if (status != STATUS_OK) {
        release(exposure);
        return status;
    }
    exposure->contacts = contacts_within(context);
    *ret_own = exposure;
    return STATUS_OK;
}

/* Of those that the run looks at: what another figure counts. */
static uint64_t complaints_received(const struct measure_context *context)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < record_case_count(context->set); i++) {
        struct record_case item = record_case_at(context->set, i);
        int64_t received = record_value(&item, COMPLAINT_RECEIVED);

        count += !case_left_out(context, &item) && received != VALUE_MISSING &&
                 received <= context->as_of.us && !observe_is_outside(context, received);
    }
    return count;
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct exposure *exposure = own;
    double unit = variant == PER_CUSTOMERS ? (double)exposure->customers / 100
                                           : (double)exposure->contacts / 1000;
    struct interval interval;

    if (variant == UNREGISTERED)
        return unregistered_conclude(&exposure->told, complaints_received(context), arena, figure);
    if (variant != PER_CUSTOMERS && variant != PER_CONTACTS)
        return true;
    figure->value = NAN;
    figure->method = STR("poisson");
    if (stat_poisson_rate(figure->k, unit, &interval)) {
        figure->value = (double)figure->k / unit;
        figure->low = interval.low;
        figure->high = interval.high;
    }
    if (variant == PER_CUSTOMERS)
        figure->note = arena_format(arena, "%llu complaints, %llu active customers",
                                    (unsigned long long)figure->k,
                                    (unsigned long long)exposure->customers);
    else
        figure->note =
            arena_format(arena, "%llu complaints, %llu contacts", (unsigned long long)figure->k,
                         (unsigned long long)exposure->contacts);
    return figure->note.ptr != NULL;
}

/* --- how soon --- */

static void observe_by(struct measure_state *state, const struct record_case *item, size_t variant,
                       int64_t limit)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t at = case_instant_by(item, needed[variant], as_of);
    struct observation observation = {.value = VALUE_MISSING,
                                      .is_open = at == VALUE_MISSING,
                                      .period = record_value(item, COMPLAINT_RECEIVED)};

    if (limit == VALUE_MISSING || (at == VALUE_MISSING && as_of < limit)) {
        observe_excluded(state, variant, item, "open-before-deadline");
        return;
    }
    if (at != VALUE_MISSING && at < observation.period) {
        observe_excluded(state, variant, item, "end-before-start");
        return;
    }
    observation.counts = at != VALUE_MISSING && at <= limit;
    if (!observation.counts)
        observation.value = (at == VALUE_MISSING ? as_of : at) - limit;
    observation.note = at != VALUE_MISSING        ? NULL
                       : variant == ACKNOWLEDGED ? "not acknowledged yet"
                                                 : "not answered yet";
    observe_value(state, variant, item, &observation);
}

static int64_t answer_limit(const struct measure_context *context, const struct record_case *item)
{
    int64_t due = record_value(item, SLOT_DUE);

    return due != VALUE_MISSING
               ? due
               : calendar_days_after(context->calendar, record_value(item, COMPLAINT_RECEIVED),
                                     ANSWER_DAYS);
}

/* --- what became of it --- */

static void observe_flag(struct measure_state *state, const struct record_case *item,
                         size_t variant)
{
    int64_t flag = record_value(item, needed[variant]);
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = flag == 1,
                                      .period = record_value(item, COMPLAINT_RECEIVED)};

    if (flag == VALUE_MISSING)
        observe_excluded(state, variant, item, "no-flag");
    else
        observe_value(state, variant, item, &observation);
}

static void observe_closed(struct measure_state *state, const struct record_case *item,
                           unsigned mask)
{
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t received = record_value(item, COMPLAINT_RECEIVED);
    bool is_closed = case_instant_by(item, SLOT_CLOSED, as_of) != VALUE_MISSING;
    struct observation closed = {
        .value = is_closed ? VALUE_MISSING : as_of - received, .counts = is_closed};
    struct observation cause = {.value = VALUE_MISSING,
                                .counts = case_has(item, COMPLAINT_ROOT_CAUSE)};

    closed.period = cause.period = received;
    observe_value(state, CLOSED, item, &closed);
    if (mask >> REOPENED & 1) {
        if (is_closed)
            observe_flag(state, item, REOPENED);
        else
            observe_excluded(state, REOPENED, item, "still-open");
    }
    if (mask >> CAUSE_FOUND & 1) {
        if (is_closed)
            observe_value(state, CAUSE_FOUND, item, &cause);
        else
            observe_excluded(state, CAUSE_FOUND, item, "still-open");
    }
}

static void observe_received(struct measure_state *state, const struct record_case *item,
                             int64_t received, unsigned mask)
{
    const struct measure_context *context = observe_context(state);
    struct observation counted = {.value = VALUE_MISSING, .counts = true, .period = received};

    if (mask >> PER_CUSTOMERS & 1)
        observe_value(state, PER_CUSTOMERS, item, &counted);
    if (mask >> PER_CONTACTS & 1)
        observe_value(state, PER_CONTACTS, item, &counted);
    if (mask >> ACKNOWLEDGED & 1)
        observe_by(state, item, ACKNOWLEDGED,
                   work_days_after(context->calendar, received, ACKNOWLEDGE_WORK_DAYS));
    if (mask >> ANSWERED & 1)
        observe_by(state, item, ANSWERED, answer_limit(context, item));
    if (mask >> CLOSED & 1)
        observe_closed(state, item, mask);
    if (mask >> UPHELD & 1)
        observe_flag(state, item, UPHELD);
    if (mask >> EXTERNAL & 1)
        observe_flag(state, item, EXTERNAL);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t received = record_value(item, COMPLAINT_RECEIVED);
    const char *refusal = NULL;
    size_t v;

    if (received == VALUE_MISSING)
        refusal = "no-date";
    else if (received > observe_context(state)->as_of.us)
        refusal = "received-later";
    for (v = 0; refusal && v < UNREGISTERED; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, refusal);
    if (!refusal)
        observe_received(state, item, received, mask);
}

const struct measure measure_complaints = {
    .id = "M-21",
    .name = "complaints",
    .title = {{STR_INIT("complaints"), STR_INIT("reclami")}},
    .definition = {{STR_INIT("How many complaints there are for the customers and contacts there "
                             "are, and whether they are acknowledged, answered in time, closed, "
                             "upheld, reopened, and led to a cause."),
                    STR_INIT("Quanti reclami ci sono rispetto a clienti e contatti, e se sono "
                             "presi in carico, riscontrati nei termini, chiusi, accolti, riaperti "
                             "e ricondotti a una causa.")}},
    .formula = "per-100-customers and per-1000-contacts: complaints of the period / active "
               "customers, or tickets opened, exact Poisson interval; acknowledged-in-2-days: by "
               "the end of the second working day after receipt; answered-in-limit: not after "
               "due, without one by the end of the 30th day; closed, upheld, reopened, "
               "cause-found, gone-outside: shares, Wilson interval; unregistered: tickets whose "
               "customer complains in a message and which the register does not know / complaints "
               "registered",
    .fields = "complaint.received complaint.acknowledged complaint.answered complaint.due "
              "complaint.closed complaint.upheld complaint.reopened complaint.root-cause "
              "complaint.external-referral customer.since customer.until ticket.opened "
              "ticket.customer complaint.ticket complaint.customer messages",
    .source = "ISO 10002, complaints handling; Garwood 1936; Wilson 1927; Chapman 1951; "
              "Regulation 1182/71 for days",
    .kind = RECORD_COMPLAINT,
    .also_kinds = 1u << RECORD_CUSTOMER | 1u << RECORD_TICKET,
    .ticket_slots = 1ull << SLOT_OPENED | 1ull << SLOT_CUSTOMER,
    .needs_messages = true,
    .needs_marks = true,
    .prepares_long = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = prepare,
    .release = release,
    .conclude = conclude,
};
