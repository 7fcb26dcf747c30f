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

bool account_quadrant(const struct account_customer *customer, enum account_quadrant *ret_quadrant)
{
    bool is_trusted = customer->account.trust >= EVEN;

    if (customer->account.band == BAND_INSUFFICIENT || isnan(customer->net))
        return false;
    if (customer->net >= 0)
        *ret_quadrant = is_trusted ? QUADRANT_PARTNERSHIP : QUADRANT_EXTRACTION;
    else
        *ret_quadrant = is_trusted ? QUADRANT_VOLUNTEERING : QUADRANT_EXIT_OR_REPAIR;
    return true;
}

static double number(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? NAN : (double)value / FIELD_NUMBER_ONE;
}

static bool is_within_year(const struct account_book *book, int64_t at)
{
    int64_t as_of = book->context->as_of.us;

    return at != VALUE_MISSING && at <= as_of && as_of - at < YEAR;
}

static struct account_customer *customer_of(struct account_book *book,
                                            const struct record_case *item)
{
    const struct account_customer *found =
        account_book_find(book, account_text(item, SLOT_CUSTOMER));

    return found ? &book->customers[found - book->customers] : NULL;
}

static void read_hours(struct account_book *book, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct account_customer *customer = customer_of(book, &item);
        double hours = number(&item, EFFORT_HOURS);
        double rate = number(&item, EFFORT_RATE);

        if (!customer || isnan(hours) || !is_within_year(book, record_value(&item, EFFORT_DATE)))
            continue;
        customer->hours += hours;
        if (!isnan(rate))
            customer->hours_cost += hours * rate;
    }
}

/* Where no revenue is stated of the customer, what he was invoiced in the year. */
static void read_invoices(struct account_book *book, const struct record_set *set, double *sums)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct account_customer *customer = customer_of(book, &item);
        double amount = number(&item, INVOICE_AMOUNT);
        size_t place;

        if (!customer || isnan(amount) || !is_within_year(book, record_value(&item, INVOICE_AT)))
            continue;
        place = (size_t)(customer - book->customers);
        sums[place] = isnan(sums[place]) ? amount : sums[place] + amount;
    }
}

static void take_invoiced(struct account_book *book, const double *sums)
{
    size_t i;

    for (i = 0; i < book->customer_count; i++)
        if (isnan(book->customers[i].revenue))
            book->customers[i].revenue = sums[i];
}

void account_value_read(struct account_book *book)
{
    const struct record_set *effort = measure_set(book->context, RECORD_EFFORT);
    const struct record_set *invoices = measure_set(book->context, RECORD_INVOICE);
    double *sums = arena_alloc(&book->arena, book->customer_count + 1, sizeof *sums);
    size_t i;

    if (!sums) {
        book->failed = true;
        return;
    }
    for (i = 0; i < book->customer_count; i++)
        sums[i] = NAN;
    if (effort)
        read_hours(book, effort);
    if (invoices)
        read_invoices(book, invoices, sums);
    take_invoiced(book, sums);
    for (i = 0; i < book->customer_count; i++) {
        struct account_customer *customer = &book->customers[i];

        customer->net = customer->revenue - (isnan(customer->cost) ? 0 : customer->cost) -
                        customer->hours_cost;
    }
}
