#include "measure/case_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/observe.h"

enum { CASE, BY, NUMBERS };

struct listed_case {
    struct table_place place;
    struct str by;
    double numbers[CASE_LIST_NUMBERS];
};

struct case_list {
    const struct measure_context *context;
    struct diag *diag;
    case_look *look;
    void *looker;
    struct arena arena;
    struct listed_case *list;
    size_t count;
    size_t capacity;
};

/* Who is behind a number or a name is for the breakdowns to show, where five are one. */
static bool by_value(struct case_list *list, const struct record_case *item, struct str *ret_by)
{
    int slot = list->context->by_count ? list->context->by_slots[0] : -1;
    int64_t value = slot < 0 ? VALUE_MISSING : record_value(item, slot);
    bool is_text = slot >= SLOT_OWN || (slot >= 0 && slot != SLOT_GROUP &&
                                        slot_type(RECORD_TICKET, slot) == FIELD_TEXT);

    *ret_by = (struct str){NULL, 0};
    if (!is_text || value == VALUE_MISSING)
        return true;
    *ret_by = arena_str(&list->arena, record_text(item->set, value));
    return ret_by->ptr != NULL;
}

static bool add_case(struct case_list *list, const struct record_case *item,
                     const double numbers[CASE_LIST_NUMBERS])
{
    struct listed_case listed = {.by = {NULL, 0}};

    memcpy(listed.numbers, numbers, sizeof listed.numbers);
    listed.place = (struct table_place){arena_str(&list->arena, item->id), item->source, item->line,
                                        item->offset};
    if (!listed.place.case_id.ptr || !by_value(list, item, &listed.by) ||
        !mem_grow(&list->list, list->count, &list->capacity, sizeof *list->list))
        return false;
    list->list[list->count++] = listed;
    return true;
}

static enum status add_cases(void *taker, const struct record_set *set)
{
    struct case_list *list = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        double numbers[CASE_LIST_NUMBERS] = {0};
        enum case_listing listing;

        if (case_left_out(list->context, &item))
            continue;
        listing = list->look(list->looker, list->context, &item, numbers);
        if (listing == CASE_LIST_FAILED ||
            (listing == CASE_LISTED && !add_case(list, &item, numbers)))
            return diag_no_memory(list->diag);
    }
    return STATUS_OK;
}

static int compare_cases(const void *a, const void *b)
{
    const struct listed_case *left = a;
    const struct listed_case *right = b;
    int order = str_compare(left->by, right->by);

    if (order == 0)
        order = (right->numbers[0] > left->numbers[0]) - (right->numbers[0] < left->numbers[0]);
    return order ? order : str_compare(left->place.case_id, right->place.case_id);
}

enum status case_list_new(const struct measure_context *context, case_look *look, void *looker,
                          struct diag *diag, struct case_list **ret_list)
{
    struct case_list *list;
    enum status status;

    *ret_list = NULL;
    if (!context->seed.ptr)
        return STATUS_OK;
    list = mem_alloc(1, sizeof *list);
    if (!list)
        return diag_no_memory(diag);
    list->context = context;
    list->diag = diag;
    list->look = look;
    list->looker = looker;
    arena_init(&list->arena);
    status = case_walk(context, add_cases, list);
    if (list->count)
        qsort(list->list, list->count, sizeof *list->list, compare_cases);
    if (status == STATUS_OK)
        *ret_list = list;
    else
        case_list_free(list);
    return status;
}

void case_list_free(struct case_list *list)
{
    if (!list)
        return;
    arena_done(&list->arena);
    mem_free(list->list);
    mem_free(list);
}

bool case_list_table(const struct case_list *list, const struct table_form *form,
                     struct arena *arena, struct figure *figure)
{
    struct figure_table *table;
    size_t i;
    size_t c;

    if (!list)
        return true;
    table = figure_table_new(arena, figure, form);
    for (i = 0; table && i < list->count; i++) {
        const struct listed_case *listed = &list->list[i];
        struct figure_row *row = table_row(arena, table);
        struct str by = arena_str(arena, listed->by);
        struct str id = arena_str(arena, listed->place.case_id);

        if (!row || !id.ptr || (listed->by.ptr && !by.ptr))
            return false;
        row->place = listed->place;
        row->place.case_id = id;
        table_text(row, CASE, id);
        table_text(row, BY, by);
        for (c = NUMBERS; c < form->column_count; c++)
            table_number(row, c, listed->numbers[c - NUMBERS]);
    }
    return table != NULL;
}
