#include "measure/item_list.h"

#include <stdlib.h>

#include "base/mem.h"

struct item_list {
    struct item *items; /* in order of ticket, instant, place */
    size_t count;
};

bool items_are_told(const struct measure_context *context)
{
    const struct record_set *set = measure_set(context, RECORD_ITEM);

    return set && record_has_cases(set);
}

static bool find_kind(struct str word, enum item_kind *ret_kind)
{
    static const char *const names[ITEM_KIND_COUNT] = {"question", "hypothesis", "option",
                                                       "decision"};
    int i;

    for (i = 0; i < ITEM_KIND_COUNT; i++) {
        if (str_equal_nocase(word, str_of(names[i]))) {
            *ret_kind = (enum item_kind)i;
            return true;
        }
    }
    return false;
}

static struct str text_of(const struct record_case *record, int slot)
{
    int64_t value = record_value(record, slot);

    return value == VALUE_MISSING ? (struct str){NULL, 0} : record_text(record->set, value);
}

static uint32_t cells_of(const struct record_case *record)
{
    static const int slots[] = {ITEM_TIME, ITEM_COST, ITEM_OUTCOME};
    uint32_t cells = 0;
    size_t i;

    for (i = 0; i < ARRAY_LEN(slots); i++)
        cells += record_value(record, slots[i]) != VALUE_MISSING;
    return cells;
}

/* False: it is of no use. */
static bool read_item(const struct record_case *record, int64_t as_of, struct item *item)
{
    *item = (struct item){.ticket = text_of(record, KIND_TICKET),
                          .at = record_value(record, ITEM_AT),
                          .cells = cells_of(record),
                          .is_chosen = record_value(record, ITEM_CHOSEN) == 1,
                          .source = record->source,
                          .line = record->line,
                          .offset = record->offset};
    actor_class_find(text_of(record, ITEM_ACTOR_CLASS), &item->actor);
    return item->ticket.ptr && find_kind(text_of(record, ITEM_KIND), &item->kind) &&
           (item->at == VALUE_MISSING || item->at <= as_of);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *a, const void *b)
{
    const struct item *left = a;
    const struct item *right = b;
    int order = str_compare(left->ticket, right->ticket);

    if (order == 0 && left->at != right->at)
        order = left->at < right->at ? -1 : 1;
    if (order == 0)
        order = compare_numbers(left->source, right->source);
    return order ? order : compare_numbers(left->offset, right->offset);
}

enum status item_list_new(const struct measure_context *context, struct diag *diag,
                          struct item_list **ret_list)
{
    const struct record_set *set = measure_set(context, RECORD_ITEM);
    size_t count = set ? record_case_count(set) : 0;
    struct item_list *list = mem_alloc(1, sizeof *list);
    size_t i;

    if (list)
        list->items = mem_alloc(count + 1, sizeof *list->items);
    if (!list || !list->items) {
        item_list_free(list);
        return diag_no_memory(diag);
    }
    for (i = 0; i < count; i++) {
        struct record_case record = record_case_at(set, i);
        struct item *item = &list->items[list->count];

        if (record.is_empty || !read_item(&record, context->as_of.us, item))
            continue;
        list->count++;
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare);
    *ret_list = list;
    return STATUS_OK;
}

void item_list_free(struct item_list *list)
{
    if (!list)
        return;
    mem_free(list->items);
    mem_free(list);
}

const struct item *item_list_of(const struct item_list *list, struct str ticket, size_t *ret_count)
{
    size_t low = 0;
    size_t high = list->count;
    size_t end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(list->items[middle].ticket, ticket) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < list->count && str_equal(list->items[end].ticket, ticket); end++)
        ;
    *ret_count = end - low;
    return list->items + low;
}
