#include "measure/presumption.h"

#include <math.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/case_words.h"
#include "measure/observe.h"
#include "stat/compare.h"
#include "stat/stat.h"

/* Groups of certainty: 0 to 19 per cent and so on, the last with 100. */
enum { GROUPS = 5, GROUP_WIDTH = 20 };

struct delays {
    double *list;
    size_t count;
    size_t capacity;
};

struct group_of_certainty {
    uint64_t n;
    uint64_t hits;
    uint64_t stated; /* sum of the per cents */
};

struct presumptions {
    const struct measure_context *context;
    uint64_t matrix[FAULT_COUNT][FAULT_COUNT]; /* presumed, found */
    struct group_of_certainty certainty[GROUPS];
    struct delays right; /* of presumptions of the customer */
    struct delays wrong;
    struct diag *diag;
};

static const char *const fault_words[FAULT_COUNT] = {"us", "customer", "third"};

static bool read_fault(const struct record_case *item, int slot, enum fault *ret_fault)
{
    size_t f;

    for (f = 0; f < FAULT_COUNT; f++)
        if (case_says(item, slot, fault_words[f])) {
            *ret_fault = (enum fault)f;
            return true;
        }
    return false;
}

struct presumption presumption_of(const struct measure_context *context,
                                  const struct record_case *item)
{
    int64_t surely = record_value(item, SLOT_PRESUMED_SURELY);
    struct presumption presumption = {.surely = VALUE_MISSING, .end = case_end(item)};

    presumption.is_made = read_fault(item, SLOT_PRESUMED_PARTY, &presumption.presumed);
    if (presumption.is_made && surely >= 0 && surely <= 100)
        presumption.surely = surely;
    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED)
        presumption.refusal = "cancelled";
    else if (presumption.end == VALUE_MISSING || presumption.end > context->as_of.us)
        presumption.refusal = "still-open";
    else if (!read_fault(item, SLOT_CAUSE_PARTY, &presumption.found))
        presumption.refusal = "cause-unknown";
    return presumption;
}

/* --- all of them --- */

static bool add_delay(struct presumptions *presumptions, const struct record_case *item,
                      const struct presumption *presumption)
{
    struct delays *delays =
        presumption->found == FAULT_CUSTOMER ? &presumptions->right : &presumptions->wrong;
    int64_t opened = record_value(item, SLOT_OPENED);
    struct span span;

    if (presumption->presumed != FAULT_CUSTOMER || opened == VALUE_MISSING ||
        presumption->end < opened)
        return true;
    span = calendar_between(presumptions->context->calendar, (struct instant){opened},
                            (struct instant){presumption->end});
    if (!mem_grow(&delays->list, delays->count, &delays->capacity, sizeof *delays->list))
        return false;
    delays->list[delays->count++] = (double)span.us;
    return true;
}

static void add_certainty(struct presumptions *presumptions, const struct presumption *presumption)
{
    struct group_of_certainty *group;
    int64_t number;

    if (presumption->surely == VALUE_MISSING)
        return;
    number = presumption->surely / GROUP_WIDTH;
    group = &presumptions->certainty[number < GROUPS ? number : GROUPS - 1];
    group->n++;
    group->hits += presumption->presumed == presumption->found;
    group->stated += (uint64_t)presumption->surely;
}

static enum status list_cases(void *taker, const struct record_set *set)
{
    struct presumptions *presumptions = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct presumption presumption;

        if (case_left_out(presumptions->context, &item))
            continue;
        presumption = presumption_of(presumptions->context, &item);
        if (presumption.refusal || !presumption.is_made ||
            observe_is_outside(presumptions->context, presumption.end))
            continue;
        presumptions->matrix[presumption.presumed][presumption.found]++;
        add_certainty(presumptions, &presumption);
        if (!add_delay(presumptions, &item, &presumption))
            return diag_no_memory(presumptions->diag);
    }
    return STATUS_OK;
}

enum status presumptions_new(const struct measure_context *context, struct diag *diag,
                             struct presumptions **ret_presumptions)
{
    struct presumptions *presumptions = mem_alloc(1, sizeof *presumptions);
    enum status status;

    if (!presumptions)
        return diag_no_memory(diag);
    presumptions->context = context;
    presumptions->diag = diag;
    status = case_walk(context, list_cases, presumptions);
    if (status == STATUS_OK &&
        (!stat_sort_double(presumptions->right.list, presumptions->right.count) ||
         !stat_sort_double(presumptions->wrong.list, presumptions->wrong.count)))
        status = diag_no_memory(diag);
    if (status == STATUS_OK)
        *ret_presumptions = presumptions;
    else
        presumptions_free(presumptions);
    return status;
}

void presumptions_free(struct presumptions *presumptions)
{
    if (!presumptions)
        return;
    mem_free(presumptions->right.list);
    mem_free(presumptions->wrong.list);
    mem_free(presumptions);
}

/* --- tables --- */

enum { PRESUMED, FOUND_US, FOUND_CUSTOMER, FOUND_THIRD, RIGHT, RIGHT_LOW, RIGHT_HIGH };

static const struct table_column matrix_columns[] = {
    [PRESUMED] = {STR_INIT("presumed"), {{STR_INIT("Presumed"), STR_INIT("Presunto")}}, {{{0}}},
                  TABLE_WORD, 0},
    [FOUND_US] = {STR_INIT("found-us"), {{STR_INIT("Found: us"), STR_INIT("Trovato: noi")}},
                  {{{0}}}, TABLE_INTEGER, 0},
    [FOUND_CUSTOMER] = {STR_INIT("found-customer"),
                        {{STR_INIT("Found: customer"), STR_INIT("Trovato: cliente")}}, {{{0}}},
                        TABLE_INTEGER, 0},
    [FOUND_THIRD] = {STR_INIT("found-third"),
                     {{STR_INIT("Found: third party"), STR_INIT("Trovato: terzi")}}, {{{0}}},
                     TABLE_INTEGER, 0},
    [RIGHT] = {STR_INIT("right"), {{STR_INIT("Right"), STR_INIT("Corretto")}}, {{{0}}}, TABLE_SHARE,
               0},
    [RIGHT_LOW] = {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Da")}}, {{{0}}}, TABLE_SHARE, 0},
    [RIGHT_HIGH] = {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("A")}}, {{{0}}}, TABLE_SHARE, 0},
};

static const struct table_form matrix_form = {
    .id = STR_INIT("presumptions"),
    .name = {{STR_INIT("Presumptions"), STR_INIT("Presunzioni")}},
    .title = {{STR_INIT("Whose fault was presumed, and whose it was"),
               STR_INIT("Di chi si presumeva la colpa, e di chi era")}},
    .columns = matrix_columns,
    .column_count = ARRAY_LEN(matrix_columns),
};

static bool add_matrix(const struct presumptions *presumptions, struct arena *arena,
                       struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &matrix_form);
    size_t p;
    size_t f;

    for (p = 0; table && p < FAULT_COUNT; p++) {
        struct figure_row *row = table_row(arena, table);
        const uint64_t *found = presumptions->matrix[p];
        uint64_t n = found[FAULT_US] + found[FAULT_CUSTOMER] + found[FAULT_THIRD];
        struct interval interval;

        if (!row)
            return false;
        table_text(row, PRESUMED, str_of(fault_words[p]));
        for (f = 0; f < FAULT_COUNT; f++)
            table_number(row, FOUND_US + f, (double)found[f]);
        if (!stat_wilson(found[p], n, &interval))
            continue;
        table_number(row, RIGHT, (double)found[p] / (double)n);
        table_number(row, RIGHT_LOW, interval.low);
        table_number(row, RIGHT_HIGH, interval.high);
    }
    return table != NULL;
}

enum { CERTAINTY, CASES, STATED, OBSERVED, LOW, HIGH, READING };

static const struct table_column certainty_columns[] = {
    [CERTAINTY] = {STR_INIT("certainty"), {{STR_INIT("Certainty"), STR_INIT("Certezza")}}, {{{0}}},
                   TABLE_TEXT, 0},
    [CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, {{{0}}}, TABLE_INTEGER,
               0},
    [STATED] = {STR_INIT("stated"), {{STR_INIT("Stated"), STR_INIT("Dichiarata")}},
                {{STR_INIT("Mean of the certainties stated"),
                  STR_INIT("Media delle certezze dichiarate")}},
                TABLE_SHARE, 0},
    [OBSERVED] = {STR_INIT("observed"), {{STR_INIT("Right"), STR_INIT("Corretti")}}, {{{0}}},
                  TABLE_SHARE, 0},
    [LOW] = {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Da")}}, {{{0}}}, TABLE_SHARE, 0},
    [HIGH] = {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("A")}}, {{{0}}}, TABLE_SHARE, 0},
    [READING] = {STR_INIT("reading"), {{STR_INIT("Reading"), STR_INIT("Lettura")}}, {{{0}}},
                 TABLE_WORD, 0},
};

static const struct table_form certainty_form = {
    .id = STR_INIT("presumption-calibration"),
    .name = {{STR_INIT("Calibration"), STR_INIT("Calibrazione")}},
    .title = {{STR_INIT("How sure people were of a presumption, and how often they were right"),
               STR_INIT("Quanto si era certi di una presunzione, e quante volte era vera")}},
    .columns = certainty_columns,
    .column_count = ARRAY_LEN(certainty_columns),
    .chart = {.kind = TABLE_CHART_LINE,
              .title = {{STR_INIT("Stated and observed"), STR_INIT("Dichiarata e osservata")}},
              .category = CERTAINTY,
              .series = {STATED, OBSERVED},
              .series_count = 2},
};

static bool fill_certainty(struct arena *arena, struct figure_row *row, size_t number,
                           const struct group_of_certainty *group)
{
    struct str name = arena_format(arena, "%zu-%zu %%", number * GROUP_WIDTH,
                                   number + 1 < GROUPS ? number * GROUP_WIDTH + GROUP_WIDTH - 1
                                                       : (size_t)100);
    double stated = (double)group->stated / (double)group->n / 100;
    struct interval interval;

    table_text(row, CERTAINTY, name);
    table_number(row, CASES, (double)group->n);
    table_number(row, STATED, stated);
    table_number(row, OBSERVED, (double)group->hits / (double)group->n);
    if (!stat_wilson(group->hits, group->n, &interval))
        return name.ptr != NULL;
    table_number(row, LOW, interval.low);
    table_number(row, HIGH, interval.high);
    table_text(row, READING,
               stated > interval.high  ? STR("too-sure")
               : stated < interval.low ? STR("too-doubtful")
                                       : STR("may-be-right"));
    table_level(row, READING,
                stated > interval.high || stated < interval.low ? TABLE_WATCH : TABLE_PLAIN);
    return name.ptr != NULL;
}

static bool add_certainties(const struct presumptions *presumptions, struct arena *arena,
                            struct figure *figure)
{
    struct figure_table *table = NULL;
    size_t i;

    for (i = 0; i < GROUPS; i++) {
        struct figure_row *row;

        if (presumptions->certainty[i].n == 0)
            continue;
        if (!table && !(table = figure_table_new(arena, figure, &certainty_form)))
            return false;
        row = table_row(arena, table);
        if (!row || !fill_certainty(arena, row, i, &presumptions->certainty[i]))
            return false;
    }
    return true;
}

bool presumptions_sheets(const struct presumptions *presumptions, struct arena *arena,
                         struct figure *figure)
{
    return figure->n == 0 || (add_matrix(presumptions, arena, figure) &&
                              add_certainties(presumptions, arena, figure));
}

/* --- what a wrong presumption costs --- */

bool presumptions_delay(const struct presumptions *presumptions, struct arena *arena,
                        struct figure *figure)
{
    struct dominance dominance;

    if (!stat_dominance(presumptions->wrong.list, presumptions->wrong.count,
                        presumptions->right.list, presumptions->right.count, &dominance))
        return true;
    figure->note = arena_format(arena,
                                "a wrong presumption against a right one takes longer in %.1f %% "
                                "of pairs (Cliff's delta %.3f, %s effect)",
                                100 * dominance.a, dominance.delta,
                                effect_size_name(dominance.size));
    return figure->note.ptr != NULL;
}
