/* M-19, promises kept. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/lead_times.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/promise_table.h"
#include "measure/untraced.h"

enum {
    KEPT,
    STRICT,
    LATENESS,
    UNDATED,
    PUT_OFF,
    AFTERWARDS,
    UNREVIEWED,
    TOO_EARLY,
    GAP,
    UNTRACED,
    VARIANT_END
};

static const struct measure_variant variants[] = {
    [KEPT] = {"kept", VARIANT_SHARE, "promises kept, late or broken", true, false, "s", false},
    [STRICT] = {"kept-strictly", VARIANT_SHARE,
                "promises kept, late or broken, by their first date when put off too late", true,
                false, "s", false},
    [LATENESS] = {"lateness", VARIANT_DURATION, "promises fulfilled late", true, false, NULL,
                  false},
    [UNDATED] = {"undated", VARIANT_SHARE, "promises made by the as-of instant", false, true, NULL,
                 false},
    [PUT_OFF] = {"renegotiated", VARIANT_SHARE, "promises with a date", true, true, NULL, false},
    [AFTERWARDS] = {"recorded-afterwards", VARIANT_SHARE,
                    "fulfilled promises whose making is dated", true, true, "s", false},
    [UNREVIEWED] = {"without-review", VARIANT_SHARE,
                    "promises with an order, or made by sales", true, true, NULL, false},
    [TOO_EARLY] = {"sooner-than-usual", VARIANT_SHARE,
                   "promises made when the usual time of tickets was known", true, true, "s",
                   false},
    [GAP] = {"support-minus-sales", VARIANT_RATIO, "promises of support, and those of sales", false,
             false, NULL, false},
    [UNTRACED] = {"untraced", VARIANT_SHARE, "tickets in whose messages something was promised",
                  false, true, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    unsigned mask = 1u << UNDATED;

    if (instant_is_missing(context->as_of))
        return 0;
    if (record_has(set, SLOT_PROMISED))
        mask |= 1u << KEPT | 1u << STRICT | 1u << PUT_OFF;
    if (record_has(set, SLOT_PROMISED) && record_has(set, SLOT_FULFILLED))
        mask |= 1u << LATENESS;
    if (record_has(set, SLOT_PROMISE_MADE) && record_has(set, SLOT_FULFILLED))
        mask |= 1u << AFTERWARDS;
    if (measure_set(context, RECORD_ORDER_REVIEW))
        mask |= 1u << UNREVIEWED;
    if (tickets && record_has(set, SLOT_PROMISED) && record_has(set, SLOT_PROMISE_MADE))
        mask |= 1u << TOO_EARLY;
    if (record_has(set, PROMISE_DEPARTMENT))
        mask |= 1u << GAP;
    if (tickets && record_has_marks(tickets) && record_has(set, KIND_TICKET))
        mask |= 1u << UNTRACED;
    return mask;
}

/* --- what is known of all of them --- */

struct promises {
    struct promise_table *table;
    struct lead_times *leads;
    struct told_only untraced;
};

static void release(void *own)
{
    struct promises *promises = own;

    if (!promises)
        return;
    promise_table_free(promises->table);
    lead_times_free(promises->leads);
    told_only_done(&promises->untraced);
    mem_free(promises);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct promises *promises = mem_alloc(1, sizeof *promises);
    enum status status;

    if (!promises)
        return diag_no_memory(diag);
    status = promise_table_new(context, diag, &promises->table);
    if (status == STATUS_OK)
        status = lead_times_new(measure_set(context, RECORD_TICKET), 85, diag, &promises->leads);
    if (status == STATUS_OK)
        status = untraced_count(context, diag, &promises->untraced);
    if (status == STATUS_OK)
        *ret_own = promises;
    else
        release(promises);
    return status;
}

/* --- kept or not --- */

static bool is_judged(enum promise_state state)
{
    return state == PROMISE_IS_KEPT || state == PROMISE_IS_LATE || state == PROMISE_IS_BROKEN;
}

static void observe_state(struct measure_state *state, const struct record_case *item,
                          const struct promise *promise)
{
    static const char *const left_out[PROMISE_STATE_COUNT] = {
        [PROMISE_IS_OPEN] = "promise-not-due",
        [PROMISE_IS_VOID] = "void",
        [PROMISE_IS_UNDATED] = "undated"};
    struct observation kept = {.value = promise->late,
                               .counts = promise->state == PROMISE_IS_KEPT,
                               .is_open = promise->state == PROMISE_IS_BROKEN,
                               .period = promise->due};
    struct observation strict = kept;

    kept.note = promise->state == PROMISE_IS_BROKEN ? "not fulfilled yet" : NULL;
    strict.counts = promise->strict == PROMISE_IS_KEPT;
    if (is_judged(promise->state))
        observe_value(state, KEPT, item, &kept);
    else
        observe_excluded(state, KEPT, item, left_out[promise->state]);
    if (is_judged(promise->strict))
        observe_value(state, STRICT, item, &strict);
    else
        observe_excluded(state, STRICT, item, left_out[promise->strict]);
    if (promise->is_disputed)
        observe_difference(state, KEPT, item, "register-says-otherwise", 0);
}

static void observe_lateness(struct measure_state *state, const struct record_case *item,
                             const struct promise *promise)
{
    struct observation observation = {.value = promise->late, .period = promise->due};

    if (promise->state == PROMISE_IS_LATE && promise->late != VALUE_MISSING)
        observe_value(state, LATENESS, item, &observation);
    else
        observe_excluded(state, LATENESS, item,
                         promise->state == PROMISE_IS_KEPT ? "kept" : "not-fulfilled-late");
}

static void observe_afterwards(struct measure_state *state, const struct record_case *item,
                               const struct promise *promise)
{
    struct observation observation = {.value = VALUE_MISSING, .period = promise->fulfilled};

    if (promise->fulfilled == VALUE_MISSING || promise->made == VALUE_MISSING) {
        observe_excluded(state, AFTERWARDS, item,
                         promise->made == VALUE_MISSING ? "promise-undated" : "not-fulfilled");
        return;
    }
    observation.counts = promise->made >= promise->fulfilled;
    if (observation.counts)
        observation.value = promise->made - promise->fulfilled;
    observe_value(state, AFTERWARDS, item, &observation);
}

/* --- feasible or not --- */

static void observe_review(struct measure_state *state, const struct record_case *item,
                           const struct promise *promise)
{
    const struct record_set *reviews =
        measure_set(observe_context(state), RECORD_ORDER_REVIEW);
    struct str order = case_word(item, SLOT_ORDER);
    struct observation observation = {
        .value = VALUE_MISSING, .counts = true, .period = promise->made};
    size_t number;

    if (!order.ptr && !case_says(item, PROMISE_DEPARTMENT, "sales")) {
        observe_excluded(state, UNREVIEWED, item, "no-order");
        return;
    }
    if (promise->made == VALUE_MISSING) {
        observe_excluded(state, UNREVIEWED, item, "promise-undated");
        return;
    }
    if (order.ptr && record_case_find(reviews, order, &number)) {
        struct record_case review = record_case_at(reviews, number);
        int64_t reviewed = record_value(&review, REVIEW_REVIEWED);

        observation.counts = reviewed == VALUE_MISSING || reviewed > promise->made;
    }
    observe_value(state, UNREVIEWED, item, &observation);
}

static void observe_sooner(struct measure_state *state, const struct record_case *item,
                           const struct promise *promise)
{
    const struct promises *promises = observe_own(state);
    struct observation observation = {.value = VALUE_MISSING, .period = promise->made};
    int64_t usual;

    if (promise->made == VALUE_MISSING || promise->due == VALUE_MISSING) {
        observe_excluded(state, TOO_EARLY, item,
                         promise->made == VALUE_MISSING ? "promise-undated" : "undated");
        return;
    }
    usual = lead_times_known(promises->leads, promise->made);
    if (usual == VALUE_MISSING) {
        observe_excluded(state, TOO_EARLY, item, "usual-time-unknown");
        return;
    }
    observation.counts = promise->due - promise->made < usual;
    if (observation.counts)
        observation.value = usual - (promise->due - promise->made);
    observe_value(state, TOO_EARLY, item, &observation);
}

/* --- one promise --- */

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    struct promise promise = promise_judge(observe_context(state), item);
    struct observation undated = {.value = VALUE_MISSING,
                                  .counts = promise.state == PROMISE_IS_UNDATED,
                                  .period = promise.made};
    struct observation put_off = {
        .value = VALUE_MISSING, .counts = promise.is_renegotiated, .period = promise.due};

    if (promise.state == PROMISE_IS_UNKNOWN) {
        observe_excluded_of(state, ~(1u << GAP | 1u << UNTRACED), item, "promised-later");
        return;
    }
    observe_value(state, UNDATED, item, &undated);
    if (mask >> KEPT & 1) {
        observe_state(state, item, &promise);
        if (promise.state == PROMISE_IS_UNDATED)
            observe_excluded(state, PUT_OFF, item, "undated");
        else
            observe_value(state, PUT_OFF, item, &put_off);
    }
    if (mask >> LATENESS & 1)
        observe_lateness(state, item, &promise);
    if (mask >> AFTERWARDS & 1)
        observe_afterwards(state, item, &promise);
    if (mask >> UNREVIEWED & 1)
        observe_review(state, item, &promise);
    if (mask >> TOO_EARLY & 1)
        observe_sooner(state, item, &promise);
}

/* --- all promises --- */

static void fill_gap(const struct promise_table *table, struct figure *figure)
{
    struct promise_counts sales = promise_table_counts(table, "sales");
    struct promise_counts support = promise_table_counts(table, "support");

    figure->n = sales.judged + support.judged;
    figure->k = sales.kept + support.kept;
    figure->standing = standing_of(sales.judged < support.judged ? sales.judged : support.judged);
    figure_set_difference(figure, support.kept, support.judged, sales.kept, sales.judged);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct promises *promises = own;

    (void)context;
    if (variant == KEPT)
        return promise_table_sheets(promises->table, arena, figure);
    if (variant == GAP)
        fill_gap(promises->table, figure);
    if (variant == UNTRACED)
        return untraced_conclude(&promises->untraced, arena, figure);
    if (variant == UNDATED && figure->n && figure->k * 5 > figure->n)
        figure->note = STR("more than a fifth of the promises have no date: the rates of kept "
                           "promises speak of the rest only");
    return true;
}

const struct measure measure_promises = {
    .id = "M-19",
    .name = "promises-kept",
    .title = {{STR_INIT("promises kept"), STR_INIT("promesse mantenute")}},
    .definition = {{STR_INIT("Share of promises to customers that were kept by their date, and "
                             "whether they were known, feasible and dated."),
                    STR_INIT("Quota di promesse ai clienti mantenute entro la data, e se erano "
                             "note, fattibili e datate.")}},
    .formula = "kept: fulfilled by the date / kept, late or broken, of promises due in the period; "
               "one put off with consent is judged on its new date, more than once is late; "
               "kept-strictly: put off after the first date is broken; without-review: no order "
               "review before it was made; sooner-than-usual: due - made below p85 of the tickets "
               "ended by then; support-minus-sales: difference of kept, Newcombe interval; "
               "untraced: tickets with a promise in the messages and none in the register; Wilson "
               "interval",
    .fields = "promise.made-at promise.due-at promise.fulfilled-at promise.state "
              "promise.renegotiated-at promise.new-due-at promise.consent promise.renegotiations "
              "promise.department promise.order promise.ticket order-review.order "
              "order-review.reviewed-at ticket.opened ticket.resolved ticket.closed",
    .source = "ISO 10001, codes of conduct and promises; Wilson 1927; Newcombe 1998; Chapman 1951",
    .kind = RECORD_PROMISE,
    .also_kinds = 1u << RECORD_TICKET | 1u << RECORD_ORDER_REVIEW,
    .ticket_slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
                    1ull << SLOT_FIRST_SOLVED,
    .needs_classes = true,
    .needs_messages = true,
    .needs_marks = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
