#include "measure/record_links.h"

#include <stdlib.h>

#include "base/mem.h"

struct link {
    struct str name;
    uint32_t number; /* of the record */
};

struct record_links {
    const struct record_set *set;
    struct link *list; /* in order of name, then of the set */
    size_t count;
};

static int compare_links(const void *a, const void *b)
{
    const struct link *left = a;
    const struct link *right = b;
    int order = str_compare(left->name, right->name);

    return order ? order : (left->number > right->number) - (left->number < right->number);
}

static void list_names(struct record_links *links, int slot, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(links->set, i);
        int64_t value = item.is_empty ? VALUE_MISSING : record_value(&item, slot);

        if (value == VALUE_MISSING)
            continue;
        links->list[links->count].name = record_text(links->set, value);
        links->list[links->count++].number = (uint32_t)i;
    }
    if (links->count)
        qsort(links->list, links->count, sizeof *links->list, compare_links);
}

enum status record_links_new(const struct record_set *set, int slot, struct diag *diag,
                             struct record_links **ret_links)
{
    struct record_links *links = mem_alloc(1, sizeof *links);
    size_t count = set && record_has(set, slot) ? record_case_count(set) : 0;

    if (links && count && !(links->list = mem_alloc(count, sizeof *links->list))) {
        mem_free(links);
        links = NULL;
    }
    if (!links)
        return diag_no_memory(diag);
    links->set = set;
    list_names(links, slot, count);
    *ret_links = links;
    return STATUS_OK;
}

void record_links_free(struct record_links *links)
{
    if (!links)
        return;
    mem_free(links->list);
    mem_free(links);
}

static size_t place_of(const struct record_links *links, struct str name, bool beyond)
{
    size_t low = 0;
    size_t high = links->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(links->list[middle].name, name);

        if (order < 0 || (beyond && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct record_link_run record_links_find(const struct record_links *links, struct str name)
{
    struct record_link_run run = {0, 0};

    if (!name.ptr)
        return run;
    run.first = place_of(links, name, /* beyond= */ false);
    run.count = place_of(links, name, /* beyond= */ true) - run.first;
    return run;
}

struct record_case record_links_at(const struct record_links *links, size_t place)
{
    return record_case_at(links->set, links->list[place].number);
}
