/* M-62, the same question from several customers without a known error on record. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

/* A cluster is worth a look from so many cases of so many customers on. */
enum { CASES_LEAST = 5, CUSTOMERS_LEAST = 3 };

static const struct measure_variant variants[] = {
    {"in-candidates", VARIANT_SHARE, "cases with customer, topic and opening time", true, true,
     NULL, false},
};

/* One case, by what it was about. */
struct mention {
    uint32_t thing; /* text ids */
    uint32_t seen;
    uint32_t customer;
    bool is_known; /* it was solved by a known error */
    int64_t opened;
};

struct cluster {
    uint32_t thing;
    uint32_t seen;
    uint64_t cases;
    uint64_t customers;
    int64_t first;
    int64_t last;
    bool is_known;
};

struct known_errors {
    const struct measure_context *context;
    struct mention *mentions;
    size_t mention_count;
    size_t mention_capacity;
    struct cluster *clusters; /* in order of thing and what was seen */
    size_t cluster_count;
    size_t cluster_capacity;
    struct diag *diag;
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;

    return record_has(set, SLOT_CUSTOMER) && record_has(set, SLOT_OPENED) &&
                   (record_has(set, SLOT_SYMPTOM) || record_has(set, SLOT_CATEGORY)) &&
                   !instant_is_missing(context->as_of)
               ? 1u
               : 0u;
}

/* --- one case --- */

static uint32_t text_id(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;
}

/* By service rather than by the customer's own copy of the thing. */
static const char *read_mention(const struct measure_context *context,
                                const struct record_case *item, struct mention *ret_mention)
{
    int seen = case_either(item, SLOT_SYMPTOM, SLOT_CATEGORY);
    struct mention mention = {text_id(item, SLOT_SERVICE), text_id(item, seen),
                              text_id(item, SLOT_CUSTOMER), false,
                              record_value(item, SLOT_OPENED)};

    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED)
        return "cancelled";
    if (mention.seen == INTERN_NONE || mention.customer == INTERN_NONE ||
        mention.opened == VALUE_MISSING)
        return "no-customer-or-topic";
    if (mention.opened > context->as_of.us)
        return "opened-later";
    mention.is_known = case_says(item, SLOT_RESOLUTION_CODE, "known-error") ||
                       case_says(item, SLOT_TICKET_CLASS, "known-error") ||
                       case_says(item, SLOT_CATEGORY, "known-error");
    *ret_mention = mention;
    return NULL;
}

/* --- all of them --- */

static int compare_mentions(const void *a, const void *b)
{
    const struct mention *left = a;
    const struct mention *right = b;

    if (left->thing != right->thing)
        return left->thing < right->thing ? -1 : 1;
    if (left->seen != right->seen)
        return left->seen < right->seen ? -1 : 1;
    return (left->customer > right->customer) - (left->customer < right->customer);
}

static enum status list_mentions(void *taker, const struct record_set *set)
{
    struct known_errors *errors = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct mention mention;

        if (case_left_out(errors->context, &item) ||
            read_mention(errors->context, &item, &mention) ||
            observe_is_outside(errors->context, mention.opened))
            continue;
        if (!mem_grow(&errors->mentions, errors->mention_count, &errors->mention_capacity,
                      sizeof *errors->mentions))
            return diag_no_memory(errors->diag);
        errors->mentions[errors->mention_count++] = mention;
    }
    return STATUS_OK;
}

static struct cluster cluster_of(const struct mention *mentions, size_t count)
{
    struct cluster cluster = {.thing = mentions[0].thing,
                              .seen = mentions[0].seen,
                              .cases = count,
                              .first = mentions[0].opened,
                              .last = mentions[0].opened};
    size_t i;

    for (i = 0; i < count; i++) {
        cluster.customers += i == 0 || mentions[i].customer != mentions[i - 1].customer;
        cluster.is_known |= mentions[i].is_known;
        if (mentions[i].opened < cluster.first)
            cluster.first = mentions[i].opened;
        if (mentions[i].opened > cluster.last)
            cluster.last = mentions[i].opened;
    }
    return cluster;
}

static bool make_clusters(struct known_errors *errors)
{
    const struct mention *list = errors->mentions;
    size_t first;
    size_t end;

    if (errors->mention_count)
        qsort(errors->mentions, errors->mention_count, sizeof *list, compare_mentions);
    for (first = 0; first < errors->mention_count; first = end) {
        for (end = first + 1; end < errors->mention_count && list[end].thing == list[first].thing &&
                              list[end].seen == list[first].seen;
             end++)
            continue;
        if (!mem_grow(&errors->clusters, errors->cluster_count, &errors->cluster_capacity,
                      sizeof *errors->clusters))
            return false;
        errors->clusters[errors->cluster_count++] = cluster_of(list + first, end - first);
    }
    return true;
}

static void release(void *own)
{
    struct known_errors *errors = own;

    if (!errors)
        return;
    mem_free(errors->mentions);
    mem_free(errors->clusters);
    mem_free(errors);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct known_errors *errors = mem_alloc(1, sizeof *errors);
    enum status status;

    if (!errors)
        return diag_no_memory(diag);
    errors->context = context;
    errors->diag = diag;
    status = case_walk(context, list_mentions, errors);
    if (status == STATUS_OK && !make_clusters(errors))
        status = diag_no_memory(diag);
    if (status == STATUS_OK)
        *ret_own = errors;
    else
        release(errors);
    return status;
}

static bool is_candidate(const struct cluster *cluster)
{
    return cluster->cases >= CASES_LEAST && cluster->customers >= CUSTOMERS_LEAST &&
           !cluster->is_known;
}

static const struct cluster *find_cluster(const struct known_errors *errors,
                                          const struct mention *mention)
{
    size_t low = 0;
    size_t high = errors->cluster_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cluster *at = &errors->clusters[middle];

        if (at->thing < mention->thing || (at->thing == mention->thing && at->seen < mention->seen))
            low = middle + 1;
        else
            high = middle;
    }
    return &errors->clusters[low];
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct known_errors *errors = observe_own(state);
    struct mention mention;
    const char *refusal = read_mention(observe_context(state), item, &mention);
    struct observation observation = {.value = VALUE_MISSING};

    if (refusal) {
        observe_excluded(state, 0, item, refusal);
        return;
    }
    observation.period = mention.opened;
    /* outside the period there may be no cluster, and the observation is not counted either */
    observation.counts = !observe_is_outside(observe_context(state), mention.opened) &&
                         is_candidate(find_cluster(errors, &mention));
    observe_value(state, 0, item, &observation);
}

/* --- the table --- */

enum { THING, SEEN, CASES, CUSTOMERS, FIRST, LAST };

static const struct table_column columns[] = {
    [THING] = {STR_INIT("service"), {{STR_INIT("Service"), STR_INIT("Servizio")}}, {{{0}}},
               TABLE_TEXT, 0},
    [SEEN] = {STR_INIT("symptom"), {{STR_INIT("Symptom"), STR_INIT("Sintomo")}}, {{{0}}},
              TABLE_TEXT, 0},
    [CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, {{{0}}}, TABLE_INTEGER,
               0},
    [CUSTOMERS] = {STR_INIT("customers"), {{STR_INIT("Customers"), STR_INIT("Clienti")}}, {{{0}}},
                   TABLE_INTEGER, 0},
    [FIRST] = {STR_INIT("first"), {{STR_INIT("First"), STR_INIT("Primo")}}, {{{0}}}, TABLE_INSTANT,
               0},
    [LAST] = {STR_INIT("last"), {{STR_INIT("Last"), STR_INIT("Ultimo")}}, {{{0}}}, TABLE_INSTANT,
              0},
};

static const struct table_form form = {
    .id = STR_INIT("known-errors"),
    .name = {{STR_INIT("Known error candidates"), STR_INIT("Errori noti candidati")}},
    .title = {{STR_INIT("Questions of several customers without a known error on record"),
               STR_INIT("Domande di più clienti senza un errore noto registrato")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Known error candidates"), STR_INIT("Errori noti candidati")}},
              .category = SEEN,
              .series = {CASES, CUSTOMERS},
              .series_count = 2,
              .rows = 12},
};

struct named_cluster {
    const struct cluster *cluster;
    struct str thing;
    struct str seen;
};

static int compare_named(const void *a, const void *b)
{
    const struct named_cluster *left = a;
    const struct named_cluster *right = b;
    int order;

    if (left->cluster->cases != right->cluster->cases)
        return left->cluster->cases > right->cluster->cases ? -1 : 1;
    order = str_compare(left->thing, right->thing);
    return order ? order : str_compare(left->seen, right->seen);
}

static struct str name_of(const struct known_errors *errors, struct arena *arena, uint32_t id)
{
    return id == INTERN_NONE ? STR("")
                             : arena_str(arena, record_text(errors->context->set, (int64_t)id));
}

static bool fill_rows(struct arena *arena, struct figure_table *table,
                      const struct named_cluster *named, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct figure_row *row = table_row(arena, table);

        if (!row)
            return false;
        table_text(row, THING, named[i].thing);
        table_text(row, SEEN, named[i].seen);
        table_number(row, CASES, (double)named[i].cluster->cases);
        table_number(row, CUSTOMERS, (double)named[i].cluster->customers);
        table_instant(row, FIRST, (struct instant){named[i].cluster->first});
        table_instant(row, LAST, (struct instant){named[i].cluster->last});
    }
    return true;
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct known_errors *errors = own;
    struct named_cluster *named = mem_alloc(errors->cluster_count, sizeof *named);
    struct figure_table *table;
    size_t count = 0;
    bool done = named != NULL;
    size_t i;

    (void)context;
    (void)variant;
    for (i = 0; done && i < errors->cluster_count; i++) {
        if (!is_candidate(&errors->clusters[i]))
            continue;
        named[count].cluster = &errors->clusters[i];
        named[count].thing = name_of(errors, arena, errors->clusters[i].thing);
        named[count].seen = name_of(errors, arena, errors->clusters[i].seen);
        done = named[count].thing.ptr && named[count].seen.ptr;
        count++;
    }
    if (done && count) {
        qsort(named, count, sizeof *named, compare_named);
        table = figure_table_new(arena, figure, &form);
        done = table && fill_rows(arena, table, named, count);
    }
    mem_free(named);
    return done;
}

const struct measure measure_known_errors = {
    .id = "M-62",
    .name = "known-error-candidates",
    .title = {{STR_INIT("known error candidates"), STR_INIT("errori noti candidati")}},
    .definition = {{STR_INIT("Share of cases whose question at least 5 cases of at least 3 customers "
                             "have in common while no known error is on record."),
                    STR_INIT("Quota di casi la cui domanda è comune ad almeno 5 casi di almeno 3 "
                             "clienti senza che un errore noto sia registrato.")}},
    .formula = "cases of one service and symptom, where no source has one category, of which there "
               "are 5 or more from 3 customers or more, none of them solved as known-error / cases "
               "with customer, topic and opening; Wilson interval",
    .fields = "ticket.opened ticket.customer ticket.service ticket.symptom ticket.category "
              "ticket.resolution-code ticket.status",
    .source = "ITIL problem management; Wilson 1927",
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_CUSTOMER | 1ull << SLOT_SERVICE |
             1ull << SLOT_SYMPTOM | 1ull << SLOT_CATEGORY | 1ull << SLOT_TICKET_CLASS |
             1ull << SLOT_RESOLUTION_CODE |
             1ull << SLOT_CLASS,
    .needs_classes = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
