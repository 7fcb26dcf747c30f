/* M-41, somebody sits down with the customer after much effort. */
#include <stdlib.h>

#include "base/mem.h"
#include "measure/effort_row.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/record_links.h"

static const int64_t WINDOW = 90 * 86400 * INT64_C(1000000);
/* Outside the contract in 90 days: more than so many hours, or than this part of those inside. */
static const int64_t MANY_HOURS = 16 * 3600 * INT64_C(1000000);
enum { PART_OF_CONTRACT = 10 };

static const struct measure_variant variants[] = {
    {"reviewed-within-90-days", VARIANT_SHARE,
     "customers with much effort outside the contract, met or 90 days ago", true, false, "s",
     false},
};

struct follow_up {
    struct record_links *efforts;
    struct record_links *reviews;
    struct record_links *meetings;
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *efforts = measure_set(context, RECORD_EFFORT);

    return efforts && record_has(efforts, EFFORT_SCOPE) && !instant_is_missing(context->as_of) &&
                   (measure_set(context, RECORD_MGMT) || measure_set(context, RECORD_REGISTER))
               ? 1u
               : 0u;
}

static void release(void *own)
{
    struct follow_up *follow = own;

    if (!follow)
        return;
    record_links_free(follow->efforts);
    record_links_free(follow->reviews);
    record_links_free(follow->meetings);
    mem_free(follow);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct follow_up *follow = mem_alloc(1, sizeof *follow);
    enum status status;

    if (!follow)
        return diag_no_memory(diag);
    status = record_links_new(measure_set(context, RECORD_EFFORT), SLOT_CUSTOMER, diag,
                              &follow->efforts);
    if (status == STATUS_OK)
        status = record_links_new(measure_set(context, RECORD_MGMT), SLOT_CUSTOMER, diag,
                                  &follow->reviews);
    if (status == STATUS_OK)
        status = record_links_new(measure_set(context, RECORD_REGISTER), SLOT_CUSTOMER, diag,
                                  &follow->meetings);
    if (status == STATUS_OK)
        *ret_own = follow;
    else
        release(follow);
    return status;
}

/* --- when it was much --- */

static int compare_rows(const void *a, const void *b)
{
    const struct effort_row *left = a;
    const struct effort_row *right = b;

    return (left->date > right->date) - (left->date < right->date);
}

/* The date of the row with which the last 90 days come above the limits; rows are in order. */
static int64_t trigger_of(const struct effort_row *rows, size_t count)
{
    int64_t out = 0;
    int64_t in = 0;
    size_t first = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        out += rows[i].is_out ? rows[i].time : 0;
        in += rows[i].is_out ? 0 : rows[i].time;
        for (; rows[i].date - rows[first].date >= WINDOW; first++) {
            out -= rows[first].is_out ? rows[first].time : 0;
            in -= rows[first].is_out ? 0 : rows[first].time;
        }
        /* rows of one day come together */
        if (i + 1 < count && rows[i + 1].date == rows[i].date)
            continue;
        if (out > MANY_HOURS || (in > 0 && out > in / PART_OF_CONTRACT))
            return rows[i].date;
    }
    return VALUE_MISSING;
}

/* False: memory is out. */
static bool find_trigger(const struct follow_up *follow, struct str customer, int64_t as_of,
                         int64_t *ret_trigger)
{
    struct record_link_run run = record_links_find(follow->efforts, customer);
    struct effort_row *rows = mem_alloc(run.count, sizeof *rows);
    size_t count = 0;
    size_t i;

    if (!rows)
        return false;
    for (i = 0; i < run.count; i++) {
        struct record_case item = record_links_at(follow->efforts, run.first + i);
        struct effort_row row = effort_row_of(&item, as_of);

        if (!row.refusal && row.has_scope)
            rows[count++] = row;
    }
    if (count)
        qsort(rows, count, sizeof *rows, compare_rows);
    *ret_trigger = trigger_of(rows, count);
    mem_free(rows);
    return true;
}

/* --- whether they met --- */

static int64_t earliest(int64_t a, int64_t b)
{
    return a == VALUE_MISSING || (b != VALUE_MISSING && b < a) ? b : a;
}

/* A review, visit or decision of management with a decision or an action, or a meeting that was held,
   at the trigger or after it. */
static int64_t find_review(const struct follow_up *follow, struct str customer, int64_t trigger,
                           int64_t as_of)
{
    struct record_link_run run = record_links_find(follow->reviews, customer);
    int64_t found = VALUE_MISSING;
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case item = record_links_at(follow->reviews, run.first + i);
        int64_t at = case_instant_by(&item, MGMT_DATE, as_of);

        if (at != VALUE_MISSING && at >= trigger &&
            (case_has(&item, MGMT_DECISION) || case_has(&item, MGMT_ACTION)))
            found = earliest(found, at);
    }
    run = record_links_find(follow->meetings, customer);
    for (i = 0; i < run.count; i++) {
        struct record_case item = record_links_at(follow->meetings, run.first + i);
        int64_t at = case_instant_by(&item, REGISTER_DONE, as_of);

        if (at != VALUE_MISSING && at >= trigger && case_says(&item, REGISTER_KIND, "meeting"))
            found = earliest(found, at);
    }
    return found;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct follow_up *follow = observe_own(state);
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t trigger;
    int64_t review;
    struct observation observation = {.value = VALUE_MISSING};

    if (!find_trigger(follow, item->id, as_of, &trigger)) {
        observe_failed(state);
        return;
    }
    if (trigger == VALUE_MISSING) {
        observe_excluded(state, 0, item, "no-great-effort");
        return;
    }
    review = find_review(follow, item->id, trigger, as_of);
    if (review == VALUE_MISSING && as_of - trigger < WINDOW) {
        observe_excluded(state, 0, item, "window-not-observed");
        return;
    }
    observation.period = trigger;
    observation.counts = review != VALUE_MISSING && review - trigger <= WINDOW;
    if (!observation.counts)
        observation.value = (review == VALUE_MISSING ? as_of : review) - trigger;
    observation.note = review == VALUE_MISSING ? "never reviewed" : NULL;
    observe_value(state, 0, item, &observation);
}

const struct measure measure_follow_up = {
    .id = "M-41",
    .name = "commercial-follow-up",
    .title = {{STR_INIT("commercial follow-up"), STR_INIT("seguito commerciale")}},
    .definition = {{STR_INIT("Share of customers with much effort outside the contract with whom "
                             "somebody sat down within 90 days to discuss how to go on."),
                    STR_INIT("Quota di clienti con molto impegno fuori contratto con cui qualcuno "
                             "si è seduto entro 90 giorni a discutere come proseguire.")}},
    .formula = "customers whose hours outside the contract came above 16 in 90 days, or above a "
               "tenth of those inside, with an act of management that decides something or a "
               "meeting held within 90 days after that day / such customers; Wilson interval",
    .fields = "customer.id effort.customer effort.date effort.hours effort.scope mgmt.date "
              "mgmt.customer mgmt.decision mgmt.action register.kind register.customer "
              "register.done",
    .source = "account management practice; Wilson 1927",
    .kind = RECORD_CUSTOMER,
    .also_kinds = 1u << RECORD_EFFORT | 1u << RECORD_MGMT | 1u << RECORD_REGISTER,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
