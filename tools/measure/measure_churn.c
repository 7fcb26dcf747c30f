/* M-59, customers lost after we were right. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/customers_active.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/record_links.h"

enum { AFTER_WINNING, OTHERWISE, DIFFERENCE };

static const int64_t WINDOW_DAYS = 365;

static const struct measure_variant variants[] = {
    [AFTER_WINNING] = {"lost-after-winning", VARIANT_SHARE,
                       "customers a year after a dispute closed in our favour", false, true, "s",
                       false},
    [OTHERWISE] = {"lost-otherwise", VARIANT_SHARE,
                   "other customers that there were a year before the as-of instant", false, true,
                   NULL, false},
    [DIFFERENCE] = {"difference", VARIANT_RATIO, "customers of both groups", false, true, NULL,
                    false},
};

struct churn {
    struct record_links *disputes;
    uint64_t n[2];
    uint64_t k[2];
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *registers = measure_set(context, RECORD_REGISTER);

    return registers && record_has(registers, REGISTER_OUTCOME) &&
                   record_has(registers, SLOT_CUSTOMER) &&
                   record_has(context->set, CUSTOMER_UNTIL) && !instant_is_missing(context->as_of)
               ? 1u << AFTER_WINNING | 1u << OTHERWISE | 1u << DIFFERENCE
               : 0u;
}

/* --- one customer --- */

/* The first dispute with the customer that was closed in our favour; VALUE_MISSING: none. */
static int64_t won_at(const struct record_links *disputes, struct str customer, int64_t as_of)
{
    struct record_link_run run = record_links_find(disputes, customer);
    int64_t first = VALUE_MISSING;
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case row = record_links_at(disputes, run.first + i);
        int64_t done = case_instant_by(&row, REGISTER_DONE, as_of);

        if (done != VALUE_MISSING && case_says(&row, REGISTER_KIND, "dispute") &&
            case_says(&row, REGISTER_OUTCOME, "won") && (first == VALUE_MISSING || done < first))
            first = done;
    }
    return first;
}

struct loss {
    const char *refusal;
    size_t group; /* AFTER_WINNING or OTHERWISE */
    bool is_lost;
    int64_t after; /* how long after winning; VALUE_MISSING */
};

static struct loss loss_of(const struct churn *churn, const struct record_case *item, int64_t as_of)
{
    int64_t until = case_instant_by(item, CUSTOMER_UNTIL, as_of);
    int64_t since = record_value(item, CUSTOMER_SINCE);
    int64_t won = won_at(churn->disputes, item->id, as_of);
    int64_t begin = won != VALUE_MISSING ? won : as_of - WINDOW_DAYS * DAY_US;
    struct loss loss = {.group = won != VALUE_MISSING ? AFTER_WINNING : OTHERWISE,
                        .after = VALUE_MISSING};

    if (won != VALUE_MISSING && as_of - won < WINDOW_DAYS * DAY_US)
        loss.refusal = "window-not-observed";
    else if (until != VALUE_MISSING && until < begin)
        loss.refusal = "left-before";
    else if (since != VALUE_MISSING && since > begin)
        loss.refusal = "came-later";
    loss.is_lost = until != VALUE_MISSING && until - begin <= WINDOW_DAYS * DAY_US;
    if (loss.is_lost && won != VALUE_MISSING)
        loss.after = until - won;
    return loss;
}

/* --- all of them, for the difference --- */

static void release(void *own)
{
    struct churn *churn = own;

    if (!churn)
        return;
    record_links_free(churn->disputes);
    mem_free(churn);
}

static void count_losses(const struct measure_context *context, struct churn *churn)
{
    size_t i;

    for (i = 0; i < record_case_count(context->set); i++) {
        struct record_case item = record_case_at(context->set, i);
        struct loss loss;

        if (case_left_out(context, &item))
            continue;
        loss = loss_of(churn, &item, context->as_of.us);
        if (loss.refusal)
            continue;
        churn->n[loss.group]++;
        churn->k[loss.group] += loss.is_lost;
    }
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct churn *churn = mem_alloc(1, sizeof *churn);
    enum status status;

    if (!churn)
        return diag_no_memory(diag);
    status = record_links_new(measure_set(context, RECORD_REGISTER), SLOT_CUSTOMER, diag,
                              &churn->disputes);
    if (status != STATUS_OK) {
        release(churn);
        return status;
    }
    count_losses(context, churn);
    *ret_own = churn;
    return STATUS_OK;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct loss loss = loss_of(observe_own(state), item, observe_context(state)->as_of.us);
    struct observation observation = {
        .value = loss.after, .counts = loss.is_lost, .period = VALUE_MISSING};

    if (loss.refusal)
        observe_excluded(state, loss.group, item, loss.refusal);
    else
        observe_value(state, loss.group, item, &observation);
    observe_excluded(state, loss.group == OTHERWISE ? AFTER_WINNING : OTHERWISE, item,
                     loss.group == OTHERWISE ? "no-dispute-won" : "dispute-won");
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct churn *churn = own;

    (void)context;
    (void)arena;
    if (variant != DIFFERENCE)
        return true;
    figure->n = churn->n[AFTER_WINNING] + churn->n[OTHERWISE];
    figure->k = churn->k[AFTER_WINNING] + churn->k[OTHERWISE];
    figure->standing = standing_of(churn->n[AFTER_WINNING]);
    figure_set_difference(figure, churn->k[AFTER_WINNING], churn->n[AFTER_WINNING],
                          churn->k[OTHERWISE], churn->n[OTHERWISE]);
    return true;
}

const struct measure measure_churn = {
    .id = "M-59",
    .name = "lost-after-winning",
    .title = {{STR_INIT("customers lost after we were right"),
               STR_INIT("clienti persi dopo aver avuto ragione")}},
    .definition = {{STR_INIT("Share of customers who left within a year after a dispute that ended "
                             "in our favour, beside that of all others in the last year."),
                    STR_INIT("Quota di clienti andati via entro un anno da una controversia chiusa "
                             "a nostro favore, accanto a quella degli altri nell'ultimo anno.")}},
    .formula = "lost-after-winning: left within 365 days after the first dispute won / customers "
               "with a dispute won at least 365 days before the as-of instant; lost-otherwise: left "
               "in the 365 days before it / customers without one who were there before; "
               "difference: the first minus the second, Newcombe interval; Wilson interval",
    .fields = "customer.since customer.until register.kind register.customer register.outcome "
              "register.done",
    .source = "Newcombe 1998; Wilson 1927",
    .kind = RECORD_CUSTOMER,
    .also_kinds = 1u << RECORD_REGISTER,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
