#include "measure/promise_table.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/case_words.h"
#include "measure/observe.h"
#include "stat/stat.h"

struct entry {
    struct str id;
    struct str customer;
    struct str department;
    struct promise promise;
    uint32_t source;
    uint64_t line;
    uint64_t offset;
};

struct promise_table {
    const struct measure_context *context;
    struct arena arena; /* of the texts */
    struct entry *list; /* worst first */
    size_t count;
    size_t capacity;
    struct diag *diag;
};

/* --- all of them --- */

static bool copy_texts(struct promise_table *table, const struct record_case *item,
                       struct entry *entry)
{
    struct str customer = case_word(item, SLOT_CUSTOMER);
    struct str department = case_word(item, PROMISE_DEPARTMENT);

    entry->id = arena_str(&table->arena, item->id);
    entry->customer = arena_str(&table->arena, customer);
    entry->department = arena_str(&table->arena, department);
    return entry->id.ptr && (!customer.ptr || entry->customer.ptr) &&
           (!department.ptr || entry->department.ptr);
}

static enum status list_promises(void *taker, const struct record_set *set)
{
    struct promise_table *table = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct entry entry = {.source = item.source, .line = item.line, .offset = item.offset};

        if (case_left_out(table->context, &item))
            continue;
        entry.promise = promise_judge(table->context, &item);
        if (entry.promise.state == PROMISE_IS_UNKNOWN ||
            observe_is_outside(table->context, entry.promise.due))
            continue;
        if (!copy_texts(table, &item, &entry) ||
            !mem_grow(&table->list, table->count, &table->capacity, sizeof *table->list))
            return diag_no_memory(table->diag);
        table->list[table->count++] = entry;
    }
    return STATUS_OK;
}

/* Broken, late, undated, open, void, kept; in each the latest of its date first. */
static int rank_of(enum promise_state state)
{
    static const int ranks[PROMISE_STATE_COUNT] = {
        [PROMISE_IS_BROKEN] = 0, [PROMISE_IS_LATE] = 1, [PROMISE_IS_UNDATED] = 2,
        [PROMISE_IS_OPEN] = 3,   [PROMISE_IS_VOID] = 4, [PROMISE_IS_KEPT] = 5,
    };

    return ranks[state];
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = a;
    const struct entry *right = b;
    int order = rank_of(left->promise.state) - rank_of(right->promise.state);

    if (order)
        return order;
    if (left->promise.late != right->promise.late)
        return left->promise.late > right->promise.late ? -1 : 1;
    return str_compare(left->id, right->id);
}

enum status promise_table_new(const struct measure_context *context, struct diag *diag,
                              struct promise_table **ret_table)
{
    struct promise_table *table = mem_alloc(1, sizeof *table);
    enum status status;

    if (!table)
        return diag_no_memory(diag);
    arena_init(&table->arena);
    table->context = context;
    table->diag = diag;
    status = case_walk(context, list_promises, table);
    if (status != STATUS_OK) {
        promise_table_free(table);
        return status;
    }
    if (table->count)
        qsort(table->list, table->count, sizeof *table->list, compare_entries);
    *ret_table = table;
    return STATUS_OK;
}

void promise_table_free(struct promise_table *table)
{
    if (!table)
        return;
    arena_done(&table->arena);
    mem_free(table->list);
    mem_free(table);
}

struct promise_counts promise_table_counts(const struct promise_table *table, const char *department)
{
    struct promise_counts counts = {0, 0};
    size_t i;

    for (i = 0; i < table->count; i++) {
        const struct entry *entry = &table->list[i];

        if (!str_equal_nocase(entry->department, str_of(department)))
            continue;
        counts.kept += entry->promise.state == PROMISE_IS_KEPT;
        counts.judged += entry->promise.state == PROMISE_IS_KEPT ||
                         entry->promise.state == PROMISE_IS_LATE ||
                         entry->promise.state == PROMISE_IS_BROKEN;
    }
    return counts;
}

/* --- one row each --- */

enum { ID, CUSTOMER, DEPARTMENT, MADE, DUE, FULFILLED, STATE, LATE, PUT_OFF, REMARK };

static const struct table_column promise_columns[] = {
    [ID] = {STR_INIT("promise"), {{STR_INIT("Promise"), STR_INIT("Promessa")}}, {{{0}}}, TABLE_TEXT,
            0},
    [CUSTOMER] = {STR_INIT("customer"), {{STR_INIT("Customer"), STR_INIT("Cliente")}}, {{{0}}},
                  TABLE_TEXT, 0},
    [DEPARTMENT] = {STR_INIT("department"), {{STR_INIT("Department"), STR_INIT("Reparto")}},
                    {{{0}}}, TABLE_TEXT, 0},
    [MADE] = {STR_INIT("made"), {{STR_INIT("Made"), STR_INIT("Fatta")}}, {{{0}}}, TABLE_INSTANT, 0},
    [DUE] = {STR_INIT("due"), {{STR_INIT("Due"), STR_INIT("Scadenza")}},
             {{STR_INIT("That it is judged on: the new one where the customer agreed to it"),
               STR_INIT("Su cui è giudicata: quella nuova se il cliente ha acconsentito")}},
             TABLE_INSTANT, 0},
    [FULFILLED] = {STR_INIT("fulfilled"), {{STR_INIT("Fulfilled"), STR_INIT("Mantenuta il")}},
                   {{{0}}}, TABLE_INSTANT, 0},
    [STATE] = {STR_INIT("state"), {{STR_INIT("State"), STR_INIT("Stato")}}, {{{0}}}, TABLE_WORD, 0},
    [LATE] = {STR_INIT("late"), {{STR_INIT("Late by"), STR_INIT("Ritardo")}}, {{{0}}},
              TABLE_DURATION, 0},
    [PUT_OFF] = {STR_INIT("put-off"), {{STR_INIT("Put off"), STR_INIT("Rinegoziata")}}, {{{0}}},
                 TABLE_WORD, 0},
    [REMARK] = {STR_INIT("remark"), {{STR_INIT("Remark"), STR_INIT("Osservazione")}}, {{{0}}},
                TABLE_WORD, 0},
};

static const struct table_form promises_form = {
    .id = STR_INIT("promises"),
    .name = {{STR_INIT("Promises"), STR_INIT("Promesse")}},
    .title = {{STR_INIT("Promises to customers and what became of them"),
               STR_INIT("Promesse ai clienti e loro esito")}},
    .columns = promise_columns,
    .column_count = ARRAY_LEN(promise_columns),
};

static struct str remark_of(const struct promise *promise)
{
    if (promise->is_disputed)
        return STR("register-says-otherwise");
    if (promise->made != VALUE_MISSING && promise->fulfilled != VALUE_MISSING &&
        promise->made >= promise->fulfilled)
        return STR("recorded-afterwards");
    if (promise->strict != promise->state)
        return STR("put-off-too-late");
    return (struct str){NULL, 0};
}

static enum table_level level_of(enum promise_state state)
{
    switch (state) {
    case PROMISE_IS_KEPT:
        return TABLE_GOOD;
    case PROMISE_IS_LATE:
    case PROMISE_IS_UNDATED:
        return TABLE_WATCH;
    case PROMISE_IS_BROKEN:
        return TABLE_BAD;
    default:
        return TABLE_PLAIN;
    }
}

static struct instant instant_of(int64_t at)
{
    return at == VALUE_MISSING ? INSTANT_MISSING : (struct instant){at};
}

static void fill_promise(struct figure_row *row, const struct entry *entry)
{
    const struct promise *promise = &entry->promise;

    row->place = (struct table_place){entry->id, entry->source, entry->line, entry->offset};
    table_text(row, ID, entry->id);
    table_text(row, CUSTOMER, entry->customer);
    table_text(row, DEPARTMENT, entry->department);
    table_instant(row, MADE, instant_of(promise->made));
    table_instant(row, DUE, instant_of(promise->due));
    table_instant(row, FULFILLED, instant_of(promise->fulfilled));
    table_text(row, STATE, str_of(promise_state_name(promise->state)));
    table_level(row, STATE, level_of(promise->state));
    table_number(row, LATE,
                 promise->late == VALUE_MISSING ? NAN : (double)promise->late / (double)SECOND_US);
    if (promise->is_renegotiated)
        table_text(row, PUT_OFF, STR("by-consent"));
    table_text(row, REMARK, remark_of(promise));
}

/* The texts outlive the table: they go into the arena of the figure. */
static bool keep_texts(struct arena *arena, struct entry *entry)
{
    entry->id = arena_str(arena, entry->id);
    if (entry->customer.ptr && !(entry->customer = arena_str(arena, entry->customer)).ptr)
        return false;
    if (entry->department.ptr && !(entry->department = arena_str(arena, entry->department)).ptr)
        return false;
    return entry->id.ptr;
}

static bool add_promises(const struct promise_table *table, struct arena *arena,
                         struct figure *figure)
{
    struct figure_table *sheet = figure_table_new(arena, figure, &promises_form);
    size_t i;

    for (i = 0; sheet && i < table->count; i++) {
        struct entry entry = table->list[i];
        struct figure_row *row = table_row(arena, sheet);

        if (!row || !keep_texts(arena, &entry))
            return false;
        fill_promise(row, &entry);
    }
    return sheet != NULL;
}

/* --- by department --- */

enum { WHO, TOTAL, KEPT, LATES, BROKEN, OPEN, UNDATED, RATE, LOW, HIGH };

static const struct table_column department_columns[] = {
    [WHO] = {STR_INIT("department"), {{STR_INIT("Department"), STR_INIT("Reparto")}}, {{{0}}},
             TABLE_TEXT, 0},
    [TOTAL] = {STR_INIT("promises"), {{STR_INIT("Promises"), STR_INIT("Promesse")}}, {{{0}}},
               TABLE_INTEGER, 0},
    [KEPT] = {STR_INIT("kept"), {{STR_INIT("Kept"), STR_INIT("Mantenute")}}, {{{0}}}, TABLE_INTEGER,
              0},
    [LATES] = {STR_INIT("late"), {{STR_INIT("Late"), STR_INIT("In ritardo")}}, {{{0}}},
               TABLE_INTEGER, 0},
    [BROKEN] = {STR_INIT("broken"), {{STR_INIT("Broken"), STR_INIT("Non mantenute")}}, {{{0}}},
                TABLE_INTEGER, 0},
    [OPEN] = {STR_INIT("open"), {{STR_INIT("Open"), STR_INIT("Aperte")}}, {{{0}}}, TABLE_INTEGER,
              0},
    [UNDATED] = {STR_INIT("undated"), {{STR_INIT("Undated"), STR_INIT("Senza data")}}, {{{0}}},
                 TABLE_INTEGER, 0},
    [RATE] = {STR_INIT("rate"), {{STR_INIT("Kept of judged"), STR_INIT("Mantenute su giudicate")}},
              {{{0}}}, TABLE_SHARE, 0},
    [LOW] = {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Da")}}, {{{0}}}, TABLE_SHARE, 0},
    [HIGH] = {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("A")}}, {{{0}}}, TABLE_SHARE, 0},
};

static const struct table_form departments_form = {
    .id = STR_INIT("promise-departments"),
    .name = {{STR_INIT("Promises by department"), STR_INIT("Promesse per reparto")}},
    .title = {{STR_INIT("Promises kept, by department"),
               STR_INIT("Promesse mantenute, per reparto")}},
    .columns = department_columns,
    .column_count = ARRAY_LEN(department_columns),
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Promises by department"), STR_INIT("Promesse per reparto")}},
              .category = WHO,
              .series = {KEPT, LATES, BROKEN},
              .series_count = 3,
              .rows = 12},
};

static int compare_departments(const void *a, const void *b)
{
    const struct entry *left = *(const struct entry *const *)a;
    const struct entry *right = *(const struct entry *const *)b;

    return str_compare(left->department, right->department);
}

static bool fill_department(struct arena *arena, struct figure_row *row,
                            const struct entry *const *list, size_t count)
{
    uint64_t by_state[PROMISE_STATE_COUNT] = {0};
    struct str name = list[0]->department.ptr ? arena_str(arena, list[0]->department) : STR("");
    struct interval interval;
    uint64_t judged;
    size_t i;

    for (i = 0; i < count; i++)
        by_state[list[i]->promise.state]++;
    judged = by_state[PROMISE_IS_KEPT] + by_state[PROMISE_IS_LATE] + by_state[PROMISE_IS_BROKEN];
    table_text(row, WHO, name);
    table_number(row, TOTAL, (double)count);
    table_number(row, KEPT, (double)by_state[PROMISE_IS_KEPT]);
    table_number(row, LATES, (double)by_state[PROMISE_IS_LATE]);
    table_number(row, BROKEN, (double)by_state[PROMISE_IS_BROKEN]);
    table_number(row, OPEN, (double)by_state[PROMISE_IS_OPEN]);
    table_number(row, UNDATED, (double)by_state[PROMISE_IS_UNDATED]);
    if (stat_wilson(by_state[PROMISE_IS_KEPT], judged, &interval)) {
        table_number(row, RATE, (double)by_state[PROMISE_IS_KEPT] / (double)judged);
        table_number(row, LOW, interval.low);
        table_number(row, HIGH, interval.high);
    }
    return name.ptr != NULL;
}

static bool add_departments(const struct promise_table *table, struct arena *arena,
                            struct figure *figure)
{
    const struct entry **list = mem_alloc(table->count, sizeof *list);
    struct figure_table *sheet = list ? figure_table_new(arena, figure, &departments_form) : NULL;
    bool done = sheet != NULL;
    size_t first;
    size_t end;

    for (first = 0; done && first < table->count; first++)
        list[first] = &table->list[first];
    if (done && table->count)
        qsort(list, table->count, sizeof *list, compare_departments);
    for (first = 0; done && first < table->count; first = end) {
        struct figure_row *row = table_row(arena, sheet);

        for (end = first + 1;
             end < table->count && compare_departments(&list[first], &list[end]) == 0; end++)
            continue;
        done = row && fill_department(arena, row, list + first, end - first);
    }
    mem_free(list);
    return done;
}

bool promise_table_sheets(const struct promise_table *table, struct arena *arena,
                          struct figure *figure)
{
    bool has_departments = record_has(table->context->set, PROMISE_DEPARTMENT);

    if (table->count == 0)
        return true;
    return add_promises(table, arena, figure) &&
           (!has_departments || add_departments(table, arena, figure));
}
