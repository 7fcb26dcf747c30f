#include "measure/account_segments.h"

#include <stdlib.h>

#include "base/mem.h"

/* The base rate of a prior is neither nothing nor all. */
static const double RATE_LEAST = 0.001;
static const double RATE_MOST = 0.999;

static int compare_segments(const void *a, const void *b)
{
    const struct account_segment *left = a;
    const struct account_segment *right = b;

    if (left->is_internal != right->is_internal)
        return left->is_internal ? 1 : -1;
    return str_compare(left->name, right->name);
}

static bool is_counted(const struct account_customer *customer)
{
    return customer->segment.len && customer->account.band != BAND_INSUFFICIENT;
}

/* The customers of a segment stand in a row. */
static size_t join(struct account_segment *list, size_t count, double least)
{
    size_t kept = 0;
    size_t end;
    size_t i;

    for (i = 0; i < count; i = end) {
        struct account_segment whole = list[i];

        for (end = i + 1; end < count && compare_segments(&list[i], &list[end]) == 0; end++) {
            whole.customers++;
            whole.mean += list[end].mean;
        }
        whole.mean /= (double)whole.customers;
        if ((double)whole.customers >= least)
            list[kept++] = whole;
    }
    return kept;
}

/* A sum in an order that no reading can change: by segment, then by trust. */
static int compare_customers(const void *a, const void *b)
{
    const struct account_segment *left = a;
    const struct account_segment *right = b;
    int order = compare_segments(left, right);

    return order ? order : (left->mean > right->mean) - (left->mean < right->mean);
}

bool account_segments_read(struct account_book *book)
{
    size_t count = 0;
    size_t i;

    if (!(book->policy->segment_least > 0))
        return true;
    book->segments = arena_alloc(&book->arena, book->customer_count + 1, sizeof *book->segments);
    if (!book->segments)
        return false;
    for (i = 0; i < book->customer_count; i++) {
        const struct account_customer *customer = &book->customers[i];

        if (is_counted(customer))
            book->segments[count++] = (struct account_segment){
                customer->segment, customer->is_internal, 1, customer->account.trust};
    }
    if (count)
        qsort(book->segments, count, sizeof *book->segments, compare_customers);
    book->segment_count = join(book->segments, count, book->policy->segment_least);
    return true;
}

bool account_segment_rate(const struct account_book *book, const struct account_customer *customer,
                          double *ret_rate)
{
    struct account_segment wanted = {.name = customer->segment,
                                     .is_internal = customer->is_internal};
    const struct account_segment *found =
        book->segment_count ? bsearch(&wanted, book->segments, book->segment_count,
                                      sizeof wanted, compare_segments)
                            : NULL;

    if (!found)
        return false;
    *ret_rate = found->mean < RATE_LEAST ? RATE_LEAST
                : found->mean > RATE_MOST ? RATE_MOST
                                          : found->mean;
    return true;
}
