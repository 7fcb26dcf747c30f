#include "measure/second_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/observe.h"

/* Either way of a case's time, and between entries of one piece of work. */
static const int64_t WINDOW = DAY_US;
static const uint32_t UNLINKED = UINT32_MAX;

struct tracked_case {
    uint32_t customer; /* of our own table */
    uint32_t number;
    int64_t start;
    int64_t end;
};

struct entry {
    uint32_t customer;
    uint32_t link; /* number of a case; UNLINKED */
    int64_t at;
    const char *kind;
    struct str reference;
    struct table_place place;
};

struct second_source {
    const struct measure_context *context;
    struct diag *diag;
    struct arena arena;
    struct intern customers;
    struct intern ids; /* of tracked cases: their numbers */
    struct tracked_case *cases;
    size_t case_count;
    size_t case_capacity;
    struct entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct second_count count;
};

static const struct {
    enum record_kind kind;
    const char *name;
    int at;
} lists[] = {
    {RECORD_EFFORT, "effort", EFFORT_DATE},
    {RECORD_INVOICE, "invoice", INVOICE_AT},
};

bool second_source_is_there(const struct measure_context *context)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(lists); i++)
        if (measure_set(context, lists[i].kind) && record_has(context->set, SLOT_CUSTOMER))
            return true;
    return false;
}

const char *second_source_untracked(const struct measure_context *context,
                                    const struct record_case *item)
{
    bool has_owner = record_value(item, SLOT_ASSIGNEE) != VALUE_MISSING ||
                     record_value(item, SLOT_GROUP) != VALUE_MISSING;

    if (record_value(item, SLOT_CUSTOMER) == VALUE_MISSING)
        return "no-customer";
    if (record_value(item, SLOT_OPENED) == VALUE_MISSING &&
        record_value(item, SLOT_FIRST_EVENT) == VALUE_MISSING)
        return "no-opening-time";
    /* where the log names owners at all */
    if (!has_owner &&
        (record_has(context->set, SLOT_ASSIGNEE) || record_has(context->set, SLOT_GROUP)))
        return "no-owner";
    return NULL;
}

/* --- the log --- */

static bool add_case(struct second_source *source, const struct record_case *item)
{
    struct tracked_case tracked = {.start = record_value(item, SLOT_OPENED)};

    if (tracked.start == VALUE_MISSING)
        tracked.start = record_value(item, SLOT_FIRST_EVENT);
    tracked.end = case_end(item);
    if (tracked.end == VALUE_MISSING || tracked.end < tracked.start)
        tracked.end = source->context->as_of.us;
    tracked.customer = intern_id(&source->customers,
                                 record_text(item->set, record_value(item, SLOT_CUSTOMER)));
    tracked.number = intern_id(&source->ids, item->id);
    if (tracked.customer == INTERN_NONE || tracked.number == INTERN_NONE ||
        !mem_grow(&source->cases, source->case_count, &source->case_capacity,
                  sizeof *source->cases))
        return false;
    source->cases[source->case_count++] = tracked;
    return true;
}

static enum status add_cases(void *taker, const struct record_set *set)
{
    struct second_source *source = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);

        if (case_left_out(source->context, &item) ||
            second_source_untracked(source->context, &item))
            continue;
        if (!add_case(source, &item))
            return diag_no_memory(source->diag);
    }
    return STATUS_OK;
}

static int compare_cases(const void *a, const void *b)
{
    const struct tracked_case *left = a;
    const struct tracked_case *right = b;

    if (left->customer != right->customer)
        return left->customer < right->customer ? -1 : 1;
    return (left->start > right->start) - (left->start < right->start);
}

/* --- the other list --- */

/* The first case of the customer that was open then; of several opened at once that of the lowest
   id. */
static uint32_t case_of(const struct second_source *source, const struct entry *entry)
{
    const struct tracked_case *found = NULL;
    size_t low = 0;
    size_t high = source->case_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (source->cases[middle].customer < entry->customer)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < source->case_count && source->cases[low].customer == entry->customer; low++) {
        const struct tracked_case *item = &source->cases[low];

        if (entry->at < item->start - WINDOW || entry->at > item->end + WINDOW)
            continue;
        if (!found || item->start < found->start ||
            (item->start == found->start &&
             str_compare(intern_text(&source->ids, item->number),
                         intern_text(&source->ids, found->number)) < 0))
            found = item;
    }
    return found ? found->number : UNLINKED;
}

static bool fill_entry(struct second_source *source, const struct record_case *item, size_t list,
                       struct entry *entry)
{
    int64_t ticket = record_value(item, KIND_TICKET);

    entry->at = record_value(item, lists[list].at);
    entry->kind = lists[list].name;
    entry->customer = intern_id(&source->customers,
                                record_text(item->set, record_value(item, SLOT_CUSTOMER)));
    if (ticket != VALUE_MISSING) {
        entry->reference = arena_str(&source->arena, record_text(item->set, ticket));
        entry->link = intern_find(&source->ids, entry->reference);
        if (entry->link == INTERN_NONE)
            entry->link = UNLINKED;
    } else {
        entry->link = case_of(source, entry);
    }
    entry->place = (struct table_place){arena_str(&source->arena, item->id), item->source,
                                        item->line, item->offset};
    return entry->customer != INTERN_NONE && entry->place.case_id.ptr &&
           (ticket == VALUE_MISSING || entry->reference.ptr);
}

static bool add_entries(struct second_source *source, size_t list)
{
    const struct record_set *set = measure_set(source->context, lists[list].kind);
    size_t count = set ? record_case_count(set) : 0;
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct entry entry = {.link = UNLINKED};

        if (item.is_empty || record_value(&item, SLOT_CUSTOMER) == VALUE_MISSING ||
            record_value(&item, lists[list].at) == VALUE_MISSING)
            continue;
        if (!fill_entry(source, &item, list, &entry) ||
            !mem_grow(&source->entries, source->entry_count, &source->entry_capacity,
                      sizeof *source->entries))
            return false;
        source->entries[source->entry_count++] = entry;
    }
    return true;
}

/* --- both --- */

/* Customers by name, so that the order does not depend on who was read first. */
static int compare_entries(const struct second_source *source, const struct entry *a,
                           const struct entry *b)
{
    int order = a->customer == b->customer
                    ? 0
                    : str_compare(intern_text(&source->customers, a->customer),
                                  intern_text(&source->customers, b->customer));

    if (order == 0 && a->at != b->at)
        order = a->at < b->at ? -1 : 1;
    return order ? order : str_compare(a->place.case_id, b->place.case_id);
}

struct sorted_entry {
    const struct second_source *source;
    const struct entry *entry;
};

static int compare_sorted(const void *a, const void *b)
{
    const struct sorted_entry *left = a;
    const struct sorted_entry *right = b;

    return compare_entries(left->source, left->entry, right->entry);
}

static bool is_new_piece(const struct entry *before, const struct entry *entry)
{
    return !before || before->customer != entry->customer || entry->at - before->at > WINDOW;
}

/* Entries without a case, in order; NULL when memory is out. */
static struct sorted_entry *unlinked(const struct second_source *source, size_t *ret_count)
{
    struct sorted_entry *list = mem_alloc(source->entry_count + 1, sizeof *list);
    size_t count = 0;
    size_t i;

    for (i = 0; list && i < source->entry_count; i++)
        if (source->entries[i].link == UNLINKED)
            list[count++] = (struct sorted_entry){source, &source->entries[i]};
    if (list)
        qsort(list, count, sizeof *list, compare_sorted);
    *ret_count = count;
    return list;
}

static bool count_pieces(struct second_source *source)
{
    bool *is_seen = mem_alloc(intern_count(&source->ids) + 1, sizeof *is_seen);
    struct sorted_entry *list;
    size_t count;
    size_t i;

    list = unlinked(source, &count);
    source->count.tracked = source->case_count;
    for (i = 0; is_seen && i < source->entry_count; i++) {
        uint32_t link = source->entries[i].link;

        if (link == UNLINKED || is_seen[link])
            continue;
        is_seen[link] = true;
        source->count.both++;
    }
    source->count.second = source->count.both;
    for (i = 0; list && i < count; i++)
        source->count.second += is_new_piece(i ? list[i - 1].entry : NULL, list[i].entry);
    mem_free(list);
    mem_free(is_seen);
    return is_seen && list;
}

enum status second_source_new(const struct measure_context *context, struct diag *diag,
                              struct second_source **ret_source)
{
    struct second_source *source = mem_alloc(1, sizeof *source);
    enum status status;
    size_t i;

    if (!source)
        return diag_no_memory(diag);
    source->context = context;
    source->diag = diag;
    arena_init(&source->arena);
    intern_init(&source->customers);
    intern_init(&source->ids);
    status = case_walk(context, add_cases, source);
    if (source->case_count)
        qsort(source->cases, source->case_count, sizeof *source->cases, compare_cases);
    for (i = 0; i < ARRAY_LEN(lists) && status == STATUS_OK; i++)
        status = add_entries(source, i) ? STATUS_OK : diag_no_memory(diag);
    if (status == STATUS_OK && !count_pieces(source))
        status = diag_no_memory(diag);
    if (status == STATUS_OK)
        *ret_source = source;
    else
        second_source_free(source);
    return status;
}

void second_source_free(struct second_source *source)
{
    if (!source)
        return;
    arena_done(&source->arena);
    intern_done(&source->customers);
    intern_done(&source->ids);
    mem_free(source->cases);
    mem_free(source->entries);
    mem_free(source);
}

struct second_count second_source_count(const struct second_source *source)
{
    return source->count;
}

/* --- table --- */

enum { CUSTOMER, KIND, FIRST, LAST, ENTRIES, REFERENCE };

static const struct table_column columns[] = {
    [CUSTOMER] = {STR_INIT("customer"), {{STR_INIT("Customer"), STR_INIT("Cliente")}},
                  {{{NULL, 0}}}, TABLE_TEXT, 0},
    [KIND] = {STR_INIT("kind"), {{STR_INIT("Seen in"), STR_INIT("Visto in")}}, {{{NULL, 0}}},
              TABLE_WORD, 0},
    [FIRST] = {STR_INIT("first"), {{STR_INIT("First entry"), STR_INIT("Prima voce")}},
               {{{NULL, 0}}}, TABLE_INSTANT, 0},
    [LAST] = {STR_INIT("last"), {{STR_INIT("Last entry"), STR_INIT("Ultima voce")}}, {{{NULL, 0}}},
              TABLE_INSTANT, 0},
    [ENTRIES] = {STR_INIT("entries"), {{STR_INIT("Entries"), STR_INIT("Voci")}}, {{{NULL, 0}}},
                 TABLE_INTEGER, 0},
    [REFERENCE] = {STR_INIT("reference"),
                   {{STR_INIT("Case that it names"), STR_INIT("Caso citato")}}, {{{NULL, 0}}},
                   TABLE_TEXT, 0},
};

static const struct table_form form = {
    .id = STR_INIT("shadow-work"),
    .name = {{STR_INIT("Shadow-work"), STR_INIT("Lavoro sommerso")}},
    .title = {{STR_INIT("Work for customers that the log does not show"),
               STR_INIT("Lavoro per i clienti che il registro non mostra")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

static bool begin_row(const struct second_source *source, const struct entry *entry,
                      struct arena *arena, struct figure_row *row)
{
    struct str customer = arena_str(arena, intern_text(&source->customers, entry->customer));
    struct str reference = arena_str(arena, entry->reference);

    row->place = entry->place;
    row->place.case_id = arena_str(arena, entry->place.case_id);
    table_text(row, CUSTOMER, customer);
    table_text(row, KIND, str_of(entry->kind));
    table_text(row, REFERENCE, reference);
    table_instant(row, FIRST, (struct instant){entry->at});
    return customer.ptr && row->place.case_id.ptr;
}

bool second_source_table(const struct second_source *source, struct arena *arena,
                         struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &form);
    struct figure_row *row = NULL;
    size_t count = 0;
    struct sorted_entry *list = unlinked(source, &count);
    bool is_made = table && list;
    double entries = 0;
    size_t i;

    for (i = 0; i < count && is_made; i++) {
        if (is_new_piece(i ? list[i - 1].entry : NULL, list[i].entry)) {
            row = table_row(arena, table);
            entries = 0;
            is_made = row && begin_row(source, list[i].entry, arena, row);
        }
        if (is_made) {
            table_instant(row, LAST, (struct instant){list[i].entry->at});
            table_number(row, ENTRIES, ++entries);
        }
    }
    mem_free(list);
    return is_made;
}
