#include "measure/account_book.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/account_segments.h"
#include "measure/account_value.h"
#include "time/zone.h"

struct str account_text(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? (struct str){NULL, 0} : record_text(item->set, value);
}

/* --- adding --- */

static struct table_place place_of(struct account_book *book, const struct record_case *item)
{
    struct table_place place = {arena_str(&book->arena, item->id), item->source, item->line,
                                item->offset};

    if (!place.case_id.ptr)
        book->failed = true;
    return place;
}

void account_book_add(struct account_book *book, const struct record_case *item,
                      const struct account_act *act)
{
    struct account_entry *entry;
    struct instant at = {act->at};

    if (act->at == VALUE_MISSING)
        return;
    if (!act->customer.len) {
        book->strays++;
        return;
    }
    if (!mem_grow(&book->entries, book->entry_count, &book->entry_capacity,
                  sizeof *book->entries)) {
        book->failed = true;
        return;
    }
    entry = &book->entries[book->entry_count++];
    *entry = (struct account_entry){
        .customer = intern_id(&book->names, act->customer),
        .event = {.at = act->at,
                  .fact = act->ticket.len ? (int64_t)intern_id(&book->facts, act->ticket)
                                          : ACCOUNT_NO_FACT,
                  .day = zone_local(book->context->zone ? book->context->zone : zone_utc(), at).us / DAY_US,
                  .class = act->class,
                  .severity = act->severity,
                  .attribution = act->attribution,
                  .confidence = act->confidence,
                  .repaired_at = act->repaired_at},
        .place = place_of(book, item),
        .is_gesture = act->is_gesture,
    };
    if (entry->customer == INTERN_NONE)
        book->failed = true;
}

void account_book_name(struct account_book *book, struct str customer)
{
    if (customer.len && intern_id(&book->names, customer) == INTERN_NONE)
        book->failed = true;
}

/* --- customers --- */

static int compare_customers(const void *a, const void *b)
{
    const struct account_customer *left = a;
    const struct account_customer *right = b;

    return str_compare(left->id, right->id);
}

/* The names in byte order; where[i] is the place of the name that was met as number i. */
static bool list_customers(struct account_book *book)
{
    size_t count = intern_count(&book->names);
    uint32_t *where = mem_alloc(count, sizeof *where);
    size_t i;

    book->customers = arena_alloc(&book->arena, count, sizeof *book->customers);
    if (!where || !book->customers) {
        mem_free(where);
        return false;
    }
    for (i = 0; i < count; i++)
        book->customers[i] = (struct account_customer){
            .id = intern_text(&book->names, (uint32_t)i), .revenue = NAN, .cost = NAN,
            .net = NAN, .net_before = NAN};
    book->customer_count = count;
    if (count)
        qsort(book->customers, count, sizeof *book->customers, compare_customers);
    for (i = 0; i < count; i++)
        where[intern_find(&book->names, book->customers[i].id)] = (uint32_t)i;
    for (i = 0; i < book->entry_count; i++)
        book->entries[i].customer = where[book->entries[i].customer];
    mem_free(where);
    return true;
}

/* An order that no reading can change: by customer, time and place. */
static int compare_entries(const void *a, const void *b)
{
    const struct account_entry *left = a;
    const struct account_entry *right = b;

    if (left->customer != right->customer)
        return left->customer < right->customer ? -1 : 1;
    if (left->event.at != right->event.at)
        return left->event.at < right->event.at ? -1 : 1;
    if (left->event.class != right->event.class)
        return left->event.class < right->event.class ? -1 : 1;
    if (left->place.source != right->place.source)
        return left->place.source < right->place.source ? -1 : 1;
    if (left->place.offset != right->place.offset)
        return left->place.offset < right->place.offset ? -1 : 1;
    return str_compare(left->place.case_id, right->place.case_id);
}

/* Each customer gets his stretch of the events. */
static bool share_out(struct account_book *book)
{
    struct account_customer *customer;
    size_t i;

    book->events = arena_alloc(&book->arena, book->entry_count, sizeof *book->events);
    if (!book->events)
        return false;
    if (book->entry_count)
        qsort(book->entries, book->entry_count, sizeof *book->entries, compare_entries);
    for (i = 0; i < book->entry_count; i++) {
        book->events[i] = book->entries[i].event;
        book->events[i].order = i;
        customer = &book->customers[book->entries[i].customer];
        if (customer->event_count++ == 0)
            customer->events = &book->events[i];
        if (!customer->place.case_id.ptr)
            customer->place = book->entries[i].place;
    }
    return true;
}

/* Nearest before the repair, of the same fact, within the days in which a repair counts. */
static bool mend(const struct account_book *book, struct account_customer *customer, size_t number)
{
    const struct account_event *repair = &customer->events[number];
    int64_t within = (int64_t)(book->policy->repair_within * (double)DAY_US);
    bool has_mended = false;
    size_t i;

    if (repair->fact == ACCOUNT_NO_FACT)
        return false;
    for (i = number; i > 0 && repair->at - customer->events[i - 1].at <= within; i--) {
        struct account_event *event = &customer->events[i - 1];

        if (event->fact != repair->fact || !trust_class_is_withdrawal(event->class))
            continue;
        if (event->repaired_at == VALUE_MISSING || event->repaired_at > repair->at)
            event->repaired_at = repair->at;
        has_mended = true;
    }
    return has_mended;
}

static void mend_all(struct account_book *book)
{
    size_t c;
    size_t i;

    for (c = 0; c < book->customer_count; c++) {
        struct account_customer *customer = &book->customers[c];

        for (i = 0; i < customer->event_count; i++)
            if (customer->events[i].class == TRUST_R && !mend(book, customer, i) &&
                book->entries[customer->events[i].order].is_gesture)
                customer->events[i].class = TRUST_D6;
    }
}

static double money(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? NAN : (double)value / FIELD_NUMBER_ONE;
}

static void read_customer(struct account_customer *customer, const struct record_case *item)
{
    struct str segment = account_text(item, CUSTOMER_SEGMENT);

    customer->is_known = true;
    customer->segment = segment.len ? segment : account_text(item, CUSTOMER_PURPOSE);
    customer->revenue = money(item, CUSTOMER_REVENUE);
    customer->cost = money(item, CUSTOMER_COST);
    customer->is_internal = str_is(account_text(item, CUSTOMER_TYPE), "internal");
    customer->place = (struct table_place){customer->id, item->source, item->line, item->offset};
}

/* What the register of customers says of them; one without any act is a customer, too. */
static void name_customers(struct account_book *book, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++)
        account_book_name(book, record_case_at(set, i).id);
}

static void read_customers(struct account_book *book, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        const struct account_customer *customer = account_book_find(book, item.id);

        if (customer)
            read_customer(&book->customers[customer - book->customers], &item);
    }
}

static int by_id(const void *id, const void *customer)
{
    return str_compare(*(const struct str *)id, ((const struct account_customer *)customer)->id);
}

const struct account_customer *account_book_find(const struct account_book *book, struct str id)
{
    if (book->customer_count == 0)
        return NULL;
    return bsearch(&id, book->customers, book->customer_count, sizeof *book->customers, by_id);
}

/* --- accounts --- */

/* With the planned event as the last of all. */
static bool plan_ahead(struct account_book *book, struct account_customer *customer)
{
    const struct account_plan *plan = book->context->planned;
    struct account_event *events = mem_alloc(customer->event_count + 1, sizeof *events);
    struct trust_policy policy = account_policy(book, customer);

    if (!events)
        return false;
    if (customer->event_count)
        memcpy(events, customer->events, customer->event_count * sizeof *events);
    events[customer->event_count] = (struct account_event){.at = book->context->as_of.us,
                                                           .fact = ACCOUNT_NO_FACT,
                                                           .class = plan->class,
                                                           .severity = plan->severity,
                                                           .attribution = 1,
                                                           .confidence = 1,
                                                           .repaired_at = VALUE_MISSING,
                                                           .order = UINT64_MAX};
    account_at(&policy, events, customer->event_count + 1, book->context->as_of.us,
               &customer->planned);
    mem_free(events);
    return true;
}

struct trust_policy account_policy(const struct account_book *book,
                                   const struct account_customer *customer)
{
    struct trust_policy policy = *book->policy;

    policy.base_rate = customer->base_rate;
    return policy;
}

static void keep_account(const struct account_book *book, struct account_customer *customer)
{
    struct trust_policy policy = account_policy(book, customer);
    int64_t as_of = book->context->as_of.us;

    account_at(&policy, customer->events, customer->event_count, as_of - ACCOUNT_HALF_YEAR,
               &customer->before);
    account_at(&policy, customer->events, customer->event_count, as_of, &customer->account);
    customer->trend = account_trend(&policy, customer->events, customer->event_count, as_of,
                                    &customer->account);
}

static bool keep_accounts(struct account_book *book)
{
    size_t i;

    for (i = 0; i < book->customer_count; i++) {
        book->customers[i].base_rate = book->policy->base_rate;
        keep_account(book, &book->customers[i]);
    }
    if (!account_segments_read(book))
        return false;
    for (i = 0; i < book->customer_count; i++) {
        struct account_customer *customer = &book->customers[i];

        if (account_segment_rate(book, customer, &customer->base_rate))
            keep_account(book, customer);
        if (book->context->planned && !plan_ahead(book, customer))
            return false;
    }
    return true;
}

static enum status collect(struct account_book *book)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; account_sources[i] && status == STATUS_OK; i++) {
        const struct record_set *set = measure_set(book->context, account_sources[i]->kind);

        if (set)
            status = account_sources[i]->collect(book, set);
    }
    return status;
}

static enum status fill(struct account_book *book)
{
    const struct record_set *known = measure_set(book->context, RECORD_CUSTOMER);
    enum status status = collect(book);

    if (status != STATUS_OK)
        return status;
    if (known)
        name_customers(book, known);
    if (book->failed || !list_customers(book) || !share_out(book))
        return diag_no_memory(book->diag);
    mend_all(book);
    if (known)
        read_customers(book, known);
    account_value_read(book);
    return !book->failed && keep_accounts(book) ? STATUS_OK : diag_no_memory(book->diag);
}

static void free_book(struct shared *shared)
{
    struct account_book *book = (struct account_book *)shared;

    mem_free(book->entries);
    intern_done(&book->names);
    intern_done(&book->facts);
    arena_done(&book->arena);
    mem_free(book);
}

static enum status make_book(const struct measure_context *context, struct diag *diag,
                             struct shared **ret_shared)
{
    struct account_book *book = mem_alloc(1, sizeof *book);
    enum status status;

    if (!book)
        return diag_no_memory(diag);
    book->policy = context->trust;
    book->context = context;
    book->diag = diag;
    arena_init(&book->arena);
    intern_init(&book->names);
    intern_init(&book->facts);
    status = fill(book);
    if (status == STATUS_OK)
        *ret_shared = &book->shared;
    else
        free_book(&book->shared);
    return status;
}

static const struct shared_kind books = {make_book, free_book};

enum status account_book_take(const struct measure_context *context, struct diag *diag,
                              struct account_book **ret_book)
{
    struct shared *shared = NULL;
    enum status status = shared_take(context, &books, diag, &shared);

    if (status == STATUS_OK)
        *ret_book = (struct account_book *)shared;
    return status;
}

void account_book_drop(struct account_book *book)
{
    shared_drop(book ? &book->shared : NULL);
}
