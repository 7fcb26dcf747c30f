/* M-44, the emotional bank account: how many customers have reason to trust. */
#include "base/mem.h"
#include "measure/account_cite.h"
#include "measure/account_outcomes.h"
#include "measure/account_prepare.h"
#include "measure/account_tables.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "stat/stat.h"

enum {
    ADEQUATE,
    BY_REVENUE,
    INSUFFICIENT,
    OVERDRAWN,
    FALLING,
    ROBUST,
    MEDIAN,
    OUTCOMES, /* in the order of enum account_outcome */
    VARIANT_END = OUTCOMES + OUTCOME_COUNT
};

static const struct measure_variant variants[] = {
    [ADEQUATE] = {"adequate-or-better", VARIANT_SHARE, "customers of whom enough is known", false,
                  false, NULL, false},
    [BY_REVENUE] = {"adequate-by-revenue", VARIANT_PART,
                    "revenue of customers of whom enough is known", false, false, NULL, false},
    [INSUFFICIENT] = {"insufficient-evidence", VARIANT_SHARE, "customers", false, true, NULL,
                      false},
    [OVERDRAWN] = {"overdrawn", VARIANT_SHARE, "customers of whom enough is known", false, true,
                   NULL, false},
    [FALLING] = {"falling", VARIANT_SHARE, "customers of whom enough is known", false, true, "1",
                 false},
    [ROBUST] = {"robust", VARIANT_SHARE, "customers of whom enough is known", false, false, NULL,
                false},
    [MEDIAN] = {"median-trust", VARIANT_PART, "customers of whom enough is known", false, false,
                NULL, false},
    [OUTCOMES + OUTCOME_SATISFACTION] = {"trust-and-satisfaction", VARIANT_INDEX,
                                         "customers of known trust who were asked", false, false,
                                         NULL, false},
    [OUTCOMES + OUTCOME_RENEWAL] = {"trust-and-renewal", VARIANT_INDEX,
                                    "customers of known trust half a year before", false, false,
                                    NULL, false},
    [OUTCOMES + OUTCOME_CHURN] = {"trust-before-churn", VARIANT_INDEX,
                                  "customers of known trust half a year before", false, false, NULL,
                                  false},
    [OUTCOMES + OUTCOME_COMPLAINT] = {"trust-before-complaint", VARIANT_INDEX,
                                      "customers of known trust half a year before", false, false,
                                      NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return account_applies(context)
               ? ((1u << OUTCOMES) - 1) | account_outcomes_told(context) << OUTCOMES
               : 0u;
}

/* --- figures --- */

static bool is_known(const struct account_customer *customer)
{
    return customer->account.band != BAND_INSUFFICIENT;
}

static bool has(size_t variant, const struct account_customer *customer)
{
    switch (variant) {
    case ADEQUATE:
        return customer->account.band >= BAND_ADEQUATE;
    case INSUFFICIENT:
        return !is_known(customer);
    case OVERDRAWN:
        return customer->account.band == BAND_OVERDRAWN;
    case FALLING:
        return customer->trend == TREND_FALLING;
    default:
        return customer->account.is_robust;
    }
}

static void fill_share(const struct account_book *book, size_t variant, struct figure *figure)
{
    uint64_t k = 0;
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < book->customer_count; i++) {
        if (variant != INSUFFICIENT && !is_known(&book->customers[i]))
            continue;
        n++;
        k += has(variant, &book->customers[i]);
    }
    figure_set_share(figure, k, n);
}

static void fill_by_revenue(const struct account_book *book, struct figure *figure)
{
    double all = 0;
    double good = 0;
    size_t i;

    for (i = 0; i < book->customer_count; i++) {
        const struct account_customer *customer = &book->customers[i];

        if (!is_known(customer) || !(customer->revenue > 0))
            continue;
        figure->n++;
        all += customer->revenue;
        if (has(ADEQUATE, customer)) {
            figure->k++;
            good += customer->revenue;
        }
    }
    if (all > 0)
        figure->value = good / all;
}

/* numbers: all customers, those of whom enough is known first, by trust. */
static void fill_median(const struct account_book *book, const size_t *numbers,
                        struct figure *figure)
{
    uint64_t low;
    uint64_t high;

    while (figure->n < book->customer_count && is_known(&book->customers[numbers[figure->n]]))
        figure->n++;
    figure->k = figure->n;
    figure->standing = standing_of(figure->n);
    if (figure->n == 0)
        return;
    figure->value = book->customers[numbers[stat_rank(figure->n, 50, 100) - 1]].account.trust;
    figure->method = STR("order-statistic");
    stat_rank_interval(figure->n, 50, 100, &low, &high);
    if (low > 0)
        figure->low = book->customers[numbers[low - 1]].account.trust;
    if (high > 0 && high <= figure->n)
        figure->high = book->customers[numbers[high - 1]].account.trust;
}

/* --- lists --- */

static bool is_cited(size_t variant, const struct account_customer *customer)
{
    return is_known(customer) &&
           (variant == ADEQUATE ? !has(ADEQUATE, customer) : has(variant, customer));
}

/* --- together --- */

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct account_book *book = own;
    size_t *numbers = book ? arena_alloc(arena, book->customer_count + 1, sizeof *numbers) : NULL;

    if (!book)
        return true;
    if (!numbers || !account_order(book, numbers))
        return false;
    if (variant >= OUTCOMES)
        return account_outcome_fill(book, (enum account_outcome)(variant - OUTCOMES), figure);
    if (variant == BY_REVENUE)
        fill_by_revenue(book, figure);
    else if (variant == MEDIAN)
        fill_median(book, numbers, figure);
    else
        fill_share(book, variant, figure);
    if (context->seed.ptr && (variant == ADEQUATE || variant == OVERDRAWN || variant == FALLING) &&
        !account_cite(book, is_cited, variant, arena, figure))
        return false;
    return variant != ADEQUATE || (account_customer_table(book, arena, figure) &&
                                   account_statement_table(book, arena, figure));
}

const struct measure measure_account = {
    .id = "M-44",
    .name = "trust-account",
    .title = {{STR_INIT("emotional bank account"), STR_INIT("conto corrente emozionale")}},
    .definition = {{STR_INIT("Acts towards each customer as deposits and withdrawals that fade; "
                             "share of customers whose account is adequate or better."),
                    STR_INIT("Atti verso ciascun cliente come versamenti e prelievi che "
                             "svaniscono; quota di clienti con un conto adeguato o migliore.")}},
    .formula = "trust = (D + a C) / (D + W + C), D and W the faded sums of deposits and of "
               "withdrawals with their factor, a base rate, C prior weight; bands by trust, none "
               "where D + W < C; customers in band adequate or better / customers of whom enough "
               "is known; Wilson interval; median with order-statistic interval; trust and outcome: "
               "Kendall tau-b from 20 customers on, area under the curve from 10 of each kind on",
    .fields = "ticket.customer ticket.opened ticket.resolved ticket.due ticket.met ticket.cause "
              "ticket.cause-party ticket.resolution-code ticket.first-contact ticket.confirmed "
              "event.group event.actor-class event.visibility event.text promise.due-at "
              "promise.fulfilled-at promise.state promise.partner invoice.amount "
              "invoice.estimate invoice.consent-at complaint.due complaint.answered "
              "register.kind register.at register.informed-at change.notice-at item.kind item.at "
              "item.chosen item.actor-class customer.purpose customer.purpose-at "
              "customer.revenue customer.since customer.until survey.customer survey.at survey.scale "
              "survey.score complaint.received lexicons",
    .source = "Josang and Ismail 2002, beta reputation; Josang 2016, subjective logic; Wilson 1927; "
              "Kendall 1945; DeLong, DeLong and Clarke-Pearson 1988",
    .also_kinds = ACCOUNT_KINDS | 1 << RECORD_SURVEY,
    .slots = ACCOUNT_SLOTS,
    .follows = ACCOUNT_FOLLOWS,
    .needs_classes = true,
    .needs_groups = true,
    .needs_messages = true,
    .needs_marks = true,
    .needs_levels = true,
    .needs_trust = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe_nothing,
    .prepare = account_prepare,
    .prepares_long = true,
    .release = account_release,
    .conclude = conclude,
};
