/* Promises to customers and what supports them: does it leave them time? */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/agreed_pairs.h"

struct link {
    struct str id;
    struct str parent;
    int64_t target; /* microseconds */
    int64_t from;
    int64_t until; /* not included */
    bool is_parallel;
    bool is_promise;
};

struct links {
    struct link *list;
    size_t count;
};

enum { PROMISE, TARGET, SERIAL, PARALLEL, NEEDED, VERDICT };

static const struct table_column columns[] = {
    [PROMISE] = {STR_INIT("promise"), {{STR_INIT("Promise"), STR_INIT("Promessa")}}, {{{NULL, 0}}},
                 TABLE_TEXT, 0},
    [TARGET] = {STR_INIT("target"), {{STR_INIT("Target"), STR_INIT("Obiettivo")}}, {{{NULL, 0}}},
                TABLE_DURATION, 0},
    [SERIAL] = {STR_INIT("serial"),
                {{STR_INIT("One after the other"), STR_INIT("In successione")}},
                {{STR_INIT("Sum of the targets of the levels that support it one after the other."),
                  STR_INIT("Somma degli obiettivi dei livelli che la sostengono in successione.")}},
                TABLE_DURATION, 0},
    [PARALLEL] = {STR_INIT("parallel"), {{STR_INIT("In parallel"), STR_INIT("In parallelo")}},
                  {{STR_INIT("The longest target of those that run beside the others."),
                    STR_INIT("L'obiettivo più lungo di quelli che corrono accanto agli altri.")}},
                  TABLE_DURATION, 0},
    [NEEDED] = {STR_INIT("needed"), {{STR_INIT("Needed"), STR_INIT("Necessario")}}, {{{NULL, 0}}},
                TABLE_DURATION, 0},
    [VERDICT] = {STR_INIT("verdict"), {{STR_INIT("Verdict"), STR_INIT("Esito")}}, {{{NULL, 0}}},
                 TABLE_WORD, 0},
};

static const struct table_form form = {
    .id = STR_INIT("sla-chain"),
    .name = {{STR_INIT("SLA-chain"), STR_INIT("Catena degli SLA")}},
    .title = {{STR_INIT("Promises and the agreements that support them"),
               STR_INIT("Promesse e accordi che le sostengono")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

/* --- levels of both origins --- */

static struct str text_of(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? (struct str){NULL, 0} : record_text(item->set, value);
}

static void add_levels(const struct sla_document *sla, struct links *links)
{
    size_t i;

    for (i = 0; sla && i < sla->level_count; i++) {
        const struct service_level *level = &sla->levels[i];

        links->list[links->count++] = (struct link){
            level->id,
            level->parent,
            level->target.us,
            level->valid_from == INT64_MIN ? INT64_MIN : level->valid_from * DAY_US,
            level->valid_until == INT64_MAX ? INT64_MAX : (level->valid_until + 1) * DAY_US,
            level->is_parallel,
            level->type == SLA_CUSTOMER};
    }
}

static void add_records(const struct record_set *set, struct links *links)
{
    size_t count = set ? record_case_count(set) : 0;
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct str type = text_of(&item, AGREED_TYPE);
        int64_t target = record_value(&item, AGREED_TARGET);
        int64_t from = record_value(&item, AGREED_FROM);
        int64_t until = record_value(&item, AGREED_UNTIL);

        if (item.is_empty || target == VALUE_MISSING)
            continue;
        links->list[links->count++] =
            (struct link){item.id,
                          text_of(&item, AGREED_PARENT),
                          target * SECOND_US,
                          from == VALUE_MISSING ? INT64_MIN : from,
                          until == VALUE_MISSING ? INT64_MAX : until,
                          false,
                          !type.ptr || str_equal_nocase(type, STR("SLA"))};
    }
}

static int compare_ids(const void *a, const void *b)
{
    const struct link *left = a;
    const struct link *right = b;

    return str_compare(left->id, right->id);
}

/* Levels as they stand in their document, then records in order of id. */
static bool list_links(const struct measure_context *context, struct arena *arena,
                       struct links *links)
{
    const struct record_set *set = measure_set(context, RECORD_SLA);
    size_t most = (context->sla ? context->sla->level_count : 0) +
                  (set ? record_case_count(set) : 0);

    links->list = arena_alloc(arena, most + 1, sizeof *links->list);
    links->count = 0;
    if (!links->list)
        return false;
    add_levels(context->sla, links);
    most = links->count;
    add_records(set, links);
    if (links->count > most)
        qsort(links->list + most, links->count - most, sizeof *links->list, compare_ids);
    return true;
}

static bool supports(const struct link *link, const struct link *promise)
{
    return link->parent.ptr && str_equal(link->parent, promise->id);
}

/* --- sums --- */

struct sum {
    int64_t serial;
    int64_t parallel;
};

static struct sum sum_at(const struct links *links, const struct link *promise, int64_t at)
{
    struct sum sum = {0, 0};
    size_t i;

    for (i = 0; i < links->count; i++) {
        const struct link *link = &links->list[i];

        if (!supports(link, promise) || link->from > at || link->until <= at)
            continue;
        if (!link->is_parallel)
            sum.serial += link->target;
        else if (link->target > sum.parallel)
            sum.parallel = link->target;
    }
    return sum;
}

/* The sum is largest at a moment at which some level begins. False: nothing supports the promise. */
static bool largest_sum(const struct links *links, const struct link *promise, struct sum *ret_sum)
{
    bool is_any = false;
    size_t i;

    *ret_sum = (struct sum){0, 0};
    for (i = 0; i < links->count; i++) {
        const struct link *link = &links->list[i];
        int64_t at = link->from > promise->from ? link->from : promise->from;
        struct sum sum;

        if (!supports(link, promise) || at >= promise->until || at >= link->until)
            continue;
        sum = sum_at(links, promise, at);
        if (!is_any || sum.serial + sum.parallel > ret_sum->serial + ret_sum->parallel)
            *ret_sum = sum;
        is_any = true;
    }
    return is_any;
}

static double seconds(int64_t us)
{
    return (double)us / (double)SECOND_US;
}

static bool add_row(const struct link *promise, const struct sum *sum, bool is_kept,
                    struct arena *arena, struct figure_table *table)
{
    struct figure_row *row = table_row(arena, table);
    struct str id = arena_str(arena, promise->id);

    if (!row || !id.ptr)
        return false;
    table_text(row, PROMISE, id);
    table_number(row, TARGET, seconds(promise->target));
    table_number(row, SERIAL, seconds(sum->serial));
    table_number(row, PARALLEL, seconds(sum->parallel));
    table_number(row, NEEDED, seconds(sum->serial + sum->parallel));
    table_text(row, VERDICT, is_kept ? STR("leaves-time") : STR("needs-longer"));
    table_level(row, VERDICT, is_kept ? TABLE_GOOD : TABLE_BAD);
    return true;
}

bool agreed_chains_are_there(const struct measure_context *context)
{
    const struct record_set *set = measure_set(context, RECORD_SLA);
    size_t i;

    for (i = 0; context->sla && i < context->sla->level_count; i++)
        if (context->sla->levels[i].parent.ptr)
            return true;
    return set && record_has(set, AGREED_PARENT);
}

bool agreed_chains(const struct measure_context *context, struct arena *arena,
                   struct figure *figure, struct agreed_count *ret_count)
{
    struct figure_table *table = figure_table_new(arena, figure, &form);
    struct agreed_count count = {0, 0};
    struct links links;
    struct sum sum;
    size_t i;

    if (!table || !list_links(context, arena, &links))
        return false;
    for (i = 0; i < links.count; i++) {
        const struct link *promise = &links.list[i];
        bool is_kept;

        if (!promise->is_promise || !largest_sum(&links, promise, &sum))
            continue;
        is_kept = sum.serial + sum.parallel <= promise->target;
        count.n++;
        count.k += !is_kept;
        if (!add_row(promise, &sum, is_kept, arena, table))
            return false;
    }
    *ret_count = count;
    return true;
}
