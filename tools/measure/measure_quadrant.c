/* M-40, trust and net value of customers beside each other. */
#include "base/mem.h"
#include "measure/account_cite.h"
#include "measure/account_prepare.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum {
    PARTNERSHIP,
    VOLUNTEERING,
    EXTRACTION,
    EXIT_OR_REPAIR,
    TWICE,
    FALLING,
    HOURS,
    NOT_PLACED,
    VARIANT_END
};

static const struct measure_variant variants[] = {
    [PARTNERSHIP] = {"partnership", VARIANT_SHARE, "customers of known trust and value", false,
                     false, NULL, false},
    [VOLUNTEERING] = {"volunteering", VARIANT_SHARE, "customers of known trust and value", false,
                      true, NULL, false},
    [EXTRACTION] = {"extraction", VARIANT_SHARE, "customers of known trust and value", false, true,
                    NULL, false},
    [EXIT_OR_REPAIR] = {"exit-or-repair", VARIANT_SHARE, "customers of known trust and value",
                        false, true, NULL, false},
    [TWICE] = {"volunteering-twice", VARIANT_SHARE, "customers of known trust and value", false,
               true, NULL, false},
    [FALLING] = {"extraction-falling", VARIANT_SHARE, "customers of known trust and value", false,
                 true, NULL, false},
    [HOURS] = {"volunteering-hours", VARIANT_PART, "hours for customers of known trust and value",
               false, true, NULL, false},
    [NOT_PLACED] = {"not-placed", VARIANT_SHARE, "customers", false, true, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *customers = measure_set(context, RECORD_CUSTOMER);
    const struct record_set *invoices = measure_set(context, RECORD_INVOICE);
    bool has_money = (customers && record_has(customers, CUSTOMER_REVENUE)) ||
                     (invoices && record_has(invoices, INVOICE_AMOUNT));

    return has_money && account_applies(context) ? (1u << VARIANT_END) - 1 : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    return applies(context) ? account_prepare(context, diag, ret_own) : STATUS_OK;
}

/* Half a year ago, too, by the trust and the value of then. */
static bool was_volunteering(const struct account_customer *customer)
{
    enum account_quadrant quadrant;

    return account_quadrant_of(&customer->before, customer->net_before, &quadrant) &&
           quadrant == QUADRANT_VOLUNTEERING;
}

static bool has(size_t variant, const struct account_customer *customer,
                enum account_quadrant quadrant)
{
    static const enum account_quadrant quadrants[] = {
        [PARTNERSHIP] = QUADRANT_PARTNERSHIP,   [VOLUNTEERING] = QUADRANT_VOLUNTEERING,
        [EXTRACTION] = QUADRANT_EXTRACTION,     [EXIT_OR_REPAIR] = QUADRANT_EXIT_OR_REPAIR,
        [TWICE] = QUADRANT_VOLUNTEERING,        [FALLING] = QUADRANT_EXTRACTION,
    };

    return quadrant == quadrants[variant] &&
           (variant != TWICE || was_volunteering(customer)) &&
           (variant != FALLING || customer->trend == TREND_FALLING);
}

static void fill_hours(const struct account_book *book, struct figure *figure)
{
    double all = 0;
    double part = 0;
    size_t i;

    for (i = 0; i < book->customer_count; i++) {
        const struct account_customer *customer = &book->customers[i];
        enum account_quadrant quadrant;

        if (!account_quadrant(customer, &quadrant))
            continue;
        figure->n++;
        all += customer->hours;
        if (quadrant != QUADRANT_VOLUNTEERING)
            continue;
        figure->k++;
        part += customer->hours;
    }
    if (all > 0)
        figure->value = part / all;
}

static void fill_share(const struct account_book *book, size_t variant, struct figure *figure)
{
    uint64_t k = 0;
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < book->customer_count; i++) {
        enum account_quadrant quadrant;
        bool is_placed = account_quadrant(&book->customers[i], &quadrant);

        n += variant == NOT_PLACED || is_placed;
        k += variant == NOT_PLACED ? !is_placed
                                   : is_placed && has(variant, &book->customers[i], quadrant);
    }
    figure_set_share(figure, k, n);
}

static bool is_cited(size_t variant, const struct account_customer *customer)
{
    enum account_quadrant quadrant;

    return account_quadrant(customer, &quadrant) && has(variant, customer, quadrant);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    if (own && variant == HOURS)
        fill_hours(own, figure);
    else if (own)
        fill_share(own, variant, figure);
    /* of the quadrants the table of customers tells */
    return !own || !context->seed.ptr || (variant != TWICE && variant != FALLING) ||
           account_cite(own, is_cited, variant, arena, figure);
}

const struct measure measure_quadrant = {
    .id = "M-40",
    .name = "net-value-quadrant",
    .title = {{STR_INIT("trust and net value"), STR_INIT("fiducia e valore netto")}},
    .definition = {{STR_INIT("Customers by trust and by what they bring: partnership, volunteering, "
                             "extraction, exit or repair."),
                    STR_INIT("Clienti secondo la fiducia e ciò che portano: partnership, "
                             "volontariato, sfruttamento, uscita o recupero.")}},
    .formula = "trust as in M-44, at least 0.5 or below; net value: revenue of a year less cost and "
               "hours at their rates, at least 0 or below; customers of a quadrant / customers of "
               "whom both are known (twice: by the trust and value of half a year ago, too; "
               "falling: with falling trust); Wilson interval",
    .fields = "as M-44, customer.revenue customer.cost effort.customer effort.date effort.hours "
              "effort.rate invoice.customer invoice.at invoice.amount",
    .source = "Kaplan and Narayanan 2001, customer profitability; Wilson 1927",
    .also_kinds = ACCOUNT_KINDS,
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
    .prepare = prepare,
    .prepares_long = true,
    .release = account_release,
    .conclude = conclude,
};
