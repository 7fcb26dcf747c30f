#include "measure/account_cite.h"

#include "measure/account_tables.h"

static struct citation citation_of(const struct account_customer *customer, struct arena *arena)
{
    return (struct citation){.case_id = arena_str(arena, customer->id),
                             .source = customer->place.source,
                             .line = customer->place.line,
                             .offset = customer->place.offset,
                             .value = customer->account.trust};
}

bool account_cite(const struct account_book *book,
                  bool (*is_cited)(size_t variant, const struct account_customer *customer),
                  size_t variant, struct arena *arena, struct figure *figure)
{
    size_t *numbers = arena_alloc(arena, book->customer_count + 1, sizeof *numbers);
    struct citation *list = arena_alloc(arena, FIGURE_CITATIONS, sizeof *list);
    size_t count = 0;
    size_t i;

    if (!numbers || !list || !account_order(book, numbers))
        return false;
    for (i = 0; i < book->customer_count && count < FIGURE_CITATIONS; i++) {
        const struct account_customer *customer = &book->customers[numbers[i]];

        if (is_cited(variant, customer) && customer->place.case_id.ptr)
            list[count++] = citation_of(customer, arena);
    }
    figure->worst = (struct citations){list, count};
    return true;
}
