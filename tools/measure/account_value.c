#include "measure/account_value.h"

#include <math.h>

static const int64_t YEAR = 365 * DAY_US;

static const char *const quadrant_names[QUADRANT_COUNT] = {
    [QUADRANT_PARTNERSHIP] = "partnership",
    [QUADRANT_VOLUNTEERING] = "volunteering",
    [QUADRANT_EXTRACTION] = "extraction",
    [QUADRANT_EXIT_OR_REPAIR] = "exit-or-repair",
};

const char *account_quadrant_name(enum account_quadrant quadrant)
{
    return quadrant_names[quadrant];
}

/* Where trust is neither won nor lost. */
static const double EVEN = 0.5;

bool account_quadrant_of(const struct account *account, double net,
                         enum account_quadrant *ret_quadrant)
{
    bool is_trusted = account->trust >= EVEN;

    if (account->band == BAND_INSUFFICIENT || isnan(net))
        return false;
    if (net >= 0)
        *ret_quadrant = is_trusted ? QUADRANT_PARTNERSHIP : QUADRANT_EXTRACTION;
    else
        *ret_quadrant = is_trusted ? QUADRANT_VOLUNTEERING : QUADRANT_EXIT_OR_REPAIR;
    return true;
}

bool account_quadrant(const struct account_customer *customer, enum account_quadrant *ret_quadrant)
{
    return account_quadrant_of(&customer->account, customer->net, ret_quadrant);
}

/* --- what records say of a year --- */

/* Of one customer. */
struct year {
    double invoiced; /* NAN: nothing */
    double hours;
    double hours_cost; /* of those with a rate */
};

static double number(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? NAN : (double)value / FIELD_NUMBER_ONE;
}

static bool is_within_year(int64_t at, int64_t until)
{
    return at != VALUE_MISSING && at <= until && until - at < YEAR;
}

/* NULL: he is nobody in the book. */
static struct year *year_of(const struct account_book *book, const struct record_case *item,
                            struct year *years)
{
    const struct account_customer *found =
        account_book_find(book, account_text(item, SLOT_CUSTOMER));

    return found ? &years[found - book->customers] : NULL;
}

static void read_hours(const struct account_book *book, const struct record_set *set, int64_t until,
                       struct year *years)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct year *year = year_of(book, &item, years);
        double hours = number(&item, EFFORT_HOURS);
        double rate = number(&item, EFFORT_RATE);

        if (!year || isnan(hours) || !is_within_year(record_value(&item, EFFORT_DATE), until))
            continue;
        year->hours += hours;
        if (!isnan(rate))
            year->hours_cost += hours * rate;
    }
}

static void read_invoices(const struct account_book *book, const struct record_set *set,
                          int64_t until, struct year *years)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct year *year = year_of(book, &item, years);
        double amount = number(&item, INVOICE_AMOUNT);

        if (!year || isnan(amount) || !is_within_year(record_value(&item, INVOICE_AT), until))
            continue;
        year->invoiced = isnan(year->invoiced) ? amount : year->invoiced + amount;
    }
}

static void read_year(const struct account_book *book, int64_t until, struct year *years)
{
    const struct record_set *effort = measure_set(book->context, RECORD_EFFORT);
    const struct record_set *invoices = measure_set(book->context, RECORD_INVOICE);
    size_t i;

    for (i = 0; i < book->customer_count; i++)
        years[i] = (struct year){.invoiced = NAN};
    if (effort)
        read_hours(book, effort, until, years);
    if (invoices)
        read_invoices(book, invoices, until, years);
}

/* Where no revenue is stated of the customer, what he was invoiced in the year. */
static double net_of(const struct account_customer *customer, double stated,
                     const struct year *year)
{
    return (isnan(stated) ? year->invoiced : stated) -
           (isnan(customer->cost) ? 0 : customer->cost) - year->hours_cost;
}

void account_value_read(struct account_book *book)
{
    size_t count = book->customer_count;
    int64_t as_of = book->context->as_of.us;
    struct year *now = arena_alloc(&book->arena, count + 1, sizeof *now);
    struct year *before = arena_alloc(&book->arena, count + 1, sizeof *before);
    size_t i;

    if (!now || !before) {
        book->failed = true;
        return;
    }
    read_year(book, as_of, now);
    read_year(book, as_of - ACCOUNT_HALF_YEAR, before);
    for (i = 0; i < count; i++) {
        struct account_customer *customer = &book->customers[i];
        double stated = customer->revenue;

        customer->hours = now[i].hours;
        customer->hours_cost = now[i].hours_cost;
        customer->net = net_of(customer, stated, &now[i]);
        customer->net_before = net_of(customer, stated, &before[i]);
        if (isnan(stated))
            customer->revenue = now[i].invoiced;
    }
}
