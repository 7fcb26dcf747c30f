#include "measure/agreed_pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/observe.h"
#include "measure/service_level.h"

struct pair {
    struct str customer;
    struct str service; /* missing: the log names none */
    bool is_covered;
    uint64_t cases;
    int64_t first;
    int64_t last;
    struct table_place place;
};

struct agreed_pairs {
    const struct measure_context *context;
    struct diag *diag;
    struct arena arena;
    struct intern keys;
    struct pair *list;
    size_t count;
    size_t capacity;
};

static struct str text_of(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? (struct str){NULL, 0} : record_text(item->set, value);
}

/* --- what is agreed --- */

static bool is_by_level(const struct measure_context *context, const struct record_case *item,
                        int64_t opened)
{
    int metric;

    for (metric = 0; context->sla && metric < SLA_METRIC_COUNT; metric++)
        if (service_level_at(context, item, (enum sla_metric)metric, (struct instant){opened}, 0) !=
            NO_LEVEL)
            return true;
    return false;
}

/* A promise to the customer, not one that stands behind it. */
static bool is_promise(const struct record_case *agreed)
{
    struct str type = text_of(agreed, AGREED_TYPE);

    return !type.ptr || str_equal_nocase(type, STR("SLA"));
}

static bool is_by_record(const struct measure_context *context, struct str customer,
                         struct str service, int64_t opened)
{
    const struct record_set *set = measure_set(context, RECORD_SLA);
    size_t count = set ? record_case_count(set) : 0;
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case agreed = record_case_at(set, i);
        struct str of = text_of(&agreed, SLOT_SERVICE);
        int64_t from = record_value(&agreed, AGREED_FROM);
        int64_t until = record_value(&agreed, AGREED_UNTIL);

        if (!agreed.is_empty && is_promise(&agreed) &&
            str_equal(text_of(&agreed, AGREED_FOR), customer) &&
            (!of.ptr || str_equal(of, service)) &&
            (from == VALUE_MISSING || from <= opened) &&
            (until == VALUE_MISSING || opened < until))
            return true;
    }
    return false;
}

/* --- pairs --- */

static struct pair *find_pair(struct agreed_pairs *pairs, struct str customer, struct str service)
{
    struct str key = arena_format(&pairs->arena, "%zu:%.*s%.*s", customer.len, STR_ARG(customer),
                                  STR_ARG(service));
    uint32_t number = key.ptr ? intern_id(&pairs->keys, key) : INTERN_NONE;

    if (number == INTERN_NONE)
        return NULL;
    if (number == pairs->count) {
        struct pair pair = {.customer = arena_str(&pairs->arena, customer),
                            .service = arena_str(&pairs->arena, service)};

        if (!pair.customer.ptr || (service.ptr && !pair.service.ptr) ||
            !mem_grow(&pairs->list, pairs->count, &pairs->capacity, sizeof *pairs->list))
            return NULL;
        pairs->list[pairs->count++] = pair;
    }
    return &pairs->list[number];
}

static bool add_case(struct agreed_pairs *pairs, const struct record_case *item)
{
    struct str customer = text_of(item, SLOT_CUSTOMER);
    struct str service = text_of(item, SLOT_SERVICE);
    int64_t opened = record_value(item, SLOT_OPENED);
    struct pair *pair;

    if (!customer.ptr || opened == VALUE_MISSING)
        return true;
    pair = find_pair(pairs, customer, service);
    if (!pair)
        return false;
    if (pair->cases == 0 || opened < pair->first)
        pair->first = opened;
    if (pair->cases == 0 || opened > pair->last)
        pair->last = opened;
    pair->cases++;
    if (!pair->is_covered)
        pair->is_covered = is_by_level(pairs->context, item, opened) ||
                           is_by_record(pairs->context, customer, service, opened);
    if (!pair->place.case_id.ptr || str_compare(item->id, pair->place.case_id) < 0) {
        pair->place = (struct table_place){arena_str(&pairs->arena, item->id), item->source,
                                           item->line, item->offset};
        return pair->place.case_id.ptr != NULL;
    }
    return true;
}

static enum status add_cases(void *taker, const struct record_set *set)
{
    struct agreed_pairs *pairs = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);

        if (!case_left_out(pairs->context, &item) && !add_case(pairs, &item))
            return diag_no_memory(pairs->diag);
    }
    return STATUS_OK;
}

enum status agreed_pairs_new(const struct measure_context *context, struct diag *diag,
                             struct agreed_pairs **ret_pairs)
{
    struct agreed_pairs *pairs = mem_alloc(1, sizeof *pairs);
    enum status status;

    if (!pairs)
        return diag_no_memory(diag);
    pairs->context = context;
    pairs->diag = diag;
    arena_init(&pairs->arena);
    intern_init(&pairs->keys);
    status = case_walk(context, add_cases, pairs);
    if (status == STATUS_OK)
        *ret_pairs = pairs;
    else
        agreed_pairs_free(pairs);
    return status;
}

void agreed_pairs_free(struct agreed_pairs *pairs)
{
    if (!pairs)
        return;
    arena_done(&pairs->arena);
    intern_done(&pairs->keys);
    mem_free(pairs->list);
    mem_free(pairs);
}

struct agreed_count agreed_pairs_count(const struct agreed_pairs *pairs)
{
    struct agreed_count count = {pairs->count, 0};
    size_t i;

    for (i = 0; i < pairs->count; i++)
        count.k += pairs->list[i].is_covered;
    return count;
}

/* --- table --- */

enum { CUSTOMER, SERVICE, CASES, FIRST, LAST };

static const struct table_column columns[] = {
    [CUSTOMER] = {STR_INIT("customer"), {{STR_INIT("Customer"), STR_INIT("Cliente")}},
                  {{{NULL, 0}}}, TABLE_TEXT, 0},
    [SERVICE] = {STR_INIT("service"), {{STR_INIT("Service"), STR_INIT("Servizio")}}, {{{NULL, 0}}},
                 TABLE_TEXT, 0},
    [CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, {{{NULL, 0}}},
               TABLE_INTEGER, 0},
    [FIRST] = {STR_INIT("first"), {{STR_INIT("First case"), STR_INIT("Primo caso")}},
               {{{NULL, 0}}}, TABLE_INSTANT, 0},
    [LAST] = {STR_INIT("last"), {{STR_INIT("Last case"), STR_INIT("Ultimo caso")}}, {{{NULL, 0}}},
              TABLE_INSTANT, 0},
};

static const struct table_form form = {
    .id = STR_INIT("without-agreement"),
    .name = {{STR_INIT("Without-agreement"), STR_INIT("Senza accordo")}},
    .title = {{STR_INIT("Customers and services in use without a service level"),
               STR_INIT("Clienti e servizi in uso senza un livello di servizio")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *const *left = a;
    const struct pair *const *right = b;
    int order = str_compare((*left)->customer, (*right)->customer);

    if ((*left)->cases != (*right)->cases)
        return (*left)->cases > (*right)->cases ? -1 : 1;
    return order ? order : str_compare((*left)->service, (*right)->service);
}

static bool add_row(const struct pair *pair, struct arena *arena, struct figure_table *table)
{
    struct figure_row *row = table_row(arena, table);
    struct str customer = arena_str(arena, pair->customer);
    struct str service = arena_str(arena, pair->service);

    if (!row || !customer.ptr || (pair->service.ptr && !service.ptr))
        return false;
    table_text(row, CUSTOMER, customer);
    table_text(row, SERVICE, service);
    table_number(row, CASES, (double)pair->cases);
    table_instant(row, FIRST, (struct instant){pair->first});
    table_instant(row, LAST, (struct instant){pair->last});
    row->place = pair->place;
    row->place.case_id = arena_str(arena, pair->place.case_id);
    return row->place.case_id.ptr != NULL;
}

bool agreed_pairs_table(const struct agreed_pairs *pairs, struct arena *arena,
                        struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &form);
    const struct pair **list = mem_alloc(pairs->count + 1, sizeof *list);
    bool is_made = table && list;
    size_t count = 0;
    size_t i;

    for (i = 0; list && i < pairs->count; i++)
        if (!pairs->list[i].is_covered)
            list[count++] = &pairs->list[i];
    if (list)
        qsort(list, count, sizeof *list, compare_pairs);
    for (i = 0; i < count && is_made; i++)
        is_made = add_row(list[i], arena, table);
    mem_free(list);
    return is_made;
}
