/* M-45, the floor of segments: is every segment of customers served? */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/account_prepare.h"
#include "measure/attainment_judge.h"
#include "measure/case_walk.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/service_clock.h"
#include "stat/proportion.h"

enum {
    ON_TIME_FLOOR,
    ON_TIME_EQUITY,
    SATISFIED_FLOOR,
    SATISFIED_EQUITY,
    ADEQUATE_FLOOR,
    SILENT,
    REVERSALS,
    VARIANT_END
};

enum metric { ON_TIME, SATISFIED, ADEQUATE, METRIC_COUNT };

static const char *const metric_names[METRIC_COUNT] = {
    [ON_TIME] = "on-time", [SATISFIED] = "satisfied", [ADEQUATE] = "adequate"};

static const struct measure_variant variants[] = {
    [ON_TIME_FLOOR] = {"on-time-floor", VARIANT_SHARE, "tickets of the segment with the lowest share",
                       false, false, NULL, false},
    [ON_TIME_EQUITY] = {"on-time-equity", VARIANT_PART, "tickets of the best and worst segment",
                        false, true, NULL, false},
    [SATISFIED_FLOOR] = {"satisfied-floor", VARIANT_SHARE,
                         "answers of the segment with the lowest share", false, false, NULL, false},
    [SATISFIED_EQUITY] = {"satisfied-equity", VARIANT_PART, "answers of the best and worst segment",
                          false, true, NULL, false},
    [ADEQUATE_FLOOR] = {"adequate-floor", VARIANT_SHARE,
                        "customers of the segment with the lowest share", false, false, NULL,
                        false},
    [SILENT] = {"silent", VARIANT_SHARE, "segments of customers", false, true, NULL, false},
    [REVERSALS] = {"reversals", VARIANT_COUNT, "metrics of segments", false, true, NULL, false},
};

/* Fewer are no floor. */
enum { FLOOR_LEAST = 10 };
enum half { EARLIER, LATER, HALVES };
static const int64_t HALF_YEAR = 182 * DAY_US;
static const int64_t SATISFIED_FROM = 4ll * FIELD_NUMBER_ONE;

struct tally {
    uint64_t n;
    uint64_t k;
};

struct segment {
    struct str name;
    bool is_internal;
    size_t customers;
    bool has_voice;
    struct tally all[METRIC_COUNT];
    struct tally half[METRIC_COUNT][HALVES];
};

struct segments {
    const struct measure_context *context;
    struct account_book *book;
    struct segment *list; /* in byte order of name, internal ones last */
    size_t count;
    size_t capacity;
    size_t *of_customer; /* segment of each customer of the book */
    struct service_clocks *clocks;
    struct diag *diag;
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *customers = measure_set(context, RECORD_CUSTOMER);

    return customers && account_applies(context) &&
                   (record_has(customers, CUSTOMER_SEGMENT) ||
                    record_has(customers, CUSTOMER_PURPOSE))
               ? (1u << VARIANT_END) - 1
               : 0u;
}

static void release(void *own)
{
    struct segments *segments = own;

    if (!segments)
        return;
    account_book_drop(segments->book);
    service_clocks_free(segments->clocks);
    mem_free(segments->list);
    mem_free(segments->of_customer);
    mem_free(segments);
}

/* --- which segments there are --- */

static int compare_segments(const void *a, const void *b)
{
    const struct segment *left = a;
    const struct segment *right = b;

    if (left->is_internal != right->is_internal)
        return left->is_internal ? 1 : -1;
    return str_compare(left->name, right->name);
}

static size_t find_segment(const struct segments *segments, struct str name, bool is_internal)
{
    size_t i;

    for (i = 0; i < segments->count; i++)
        if (segments->list[i].is_internal == is_internal &&
            str_compare(segments->list[i].name, name) == 0)
            break;
    return i;
}

static bool list_segments(struct segments *segments)
{
    const struct account_book *book = segments->book;
    size_t i;

    segments->of_customer = mem_alloc(book->customer_count + 1, sizeof *segments->of_customer);
    for (i = 0; segments->of_customer && i < book->customer_count; i++) {
        const struct account_customer *customer = &book->customers[i];

        if (find_segment(segments, customer->segment, customer->is_internal) < segments->count)
            continue;
        if (!mem_grow(&segments->list, segments->count, &segments->capacity,
                      sizeof *segments->list))
            return false;
        segments->list[segments->count++] =
            (struct segment){.name = customer->segment, .is_internal = customer->is_internal};
    }
    if (segments->count)
        qsort(segments->list, segments->count, sizeof *segments->list, compare_segments);
    for (i = 0; segments->of_customer && i < book->customer_count; i++) {
        const struct account_customer *customer = &book->customers[i];

        segments->of_customer[i] =
            find_segment(segments, customer->segment, customer->is_internal);
        segments->list[segments->of_customer[i]].customers++;
    }
    return segments->of_customer != NULL;
}

/* NULL: nobody of that name is known. */
static struct segment *segment_of(struct segments *segments, struct str customer)
{
    const struct account_customer *found = account_book_find(segments->book, customer);

    return found ? &segments->list[segments->of_customer[found - segments->book->customers]] : NULL;
}

/* --- what is counted --- */

static void count(const struct segments *segments, struct segment *segment, enum metric metric,
                  int64_t at, bool is_good)
{
    int64_t age = at == VALUE_MISSING ? -1 : segments->context->as_of.us - at;

    segment->all[metric].n++;
    segment->all[metric].k += is_good;
    if (age < 0 || age >= 2 * HALF_YEAR)
        return;
    segment->half[metric][age < HALF_YEAR ? LATER : EARLIER].n++;
    segment->half[metric][age < HALF_YEAR ? LATER : EARLIER].k += is_good;
}

/* False: memory is out. */
static bool count_ticket(struct segments *segments, const struct record_case *item)
{
    struct segment *segment = segment_of(segments, account_text(item, SLOT_CUSTOMER));
    struct attainment a = attainment_unknown;
    struct deadline_case deadline = {record_value(item, SLOT_OPENED), record_value(item, SLOT_DUE),
                                     case_end(item), record_value(item, SLOT_CLASS)};
    struct service_clock clock = {.standing = CLOCK_NO_LEVEL};

    if (!segment || item->is_empty || observe_is_outside(segments->context, deadline.end))
        return true;
    segment->has_voice = true;
    if (segments->clocks &&
        !service_clock_read(segments->clocks, item, SLA_RESOLUTION, &clock))
        return false;
    if (clock.standing == CLOCK_NO_LEVEL) {
        attainment_by_deadline(segments->context, &deadline, &a);
        clock.standing = a.standing;
    }
    if (!attainment_exclusion(clock.standing, SLA_RESOLUTION))
        count(segments, segment, ON_TIME, deadline.end, clock.standing == CLOCK_MET);
    return true;
}

static enum status count_tickets(void *taker, const struct record_set *set)
{
    struct segments *segments = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);

        if (!count_ticket(segments, &item))
            return diag_no_memory(segments->diag);
    }
    return STATUS_OK;
}

static void count_surveys(struct segments *segments, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct segment *segment = segment_of(segments, account_text(&item, SLOT_CUSTOMER));
        int64_t score = record_value(&item, SURVEY_SCORE);
        int64_t at = record_value(&item, SURVEY_AT);

        if (!segment || score == VALUE_MISSING || at == VALUE_MISSING ||
            at > segments->context->as_of.us || observe_is_outside(segments->context, at))
            continue;
        segment->has_voice = true;
        if (str_is(account_text(&item, SURVEY_SCALE), "csat"))
            count(segments, segment, SATISFIED, at, score >= SATISFIED_FROM);
    }
}

static void count_complaints(struct segments *segments, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct segment *segment = segment_of(segments, account_text(&item, SLOT_CUSTOMER));

        if (segment)
            segment->has_voice = true;
    }
}

/* Of a customer, not of a moment: halves tell the bands of their ends. */
static void count_accounts(struct segments *segments)
{
    const struct account_book *book = segments->book;
    size_t i;

    for (i = 0; i < book->customer_count; i++)
        if (book->customers[i].account.band != BAND_INSUFFICIENT)
            count(segments, &segments->list[segments->of_customer[i]], ADEQUATE, VALUE_MISSING,
                  book->customers[i].account.band >= BAND_ADEQUATE);
}

static enum status fill(struct segments *segments)
{
    const struct record_set *surveys = measure_set(segments->context, RECORD_SURVEY);
    const struct record_set *complaints = measure_set(segments->context, RECORD_COMPLAINT);
    enum status status = account_book_take(segments->context, segments->diag, &segments->book);

    if (status == STATUS_OK && segments->context->sla)
        status = service_clocks_new(segments->context, segments->diag, &segments->clocks);
    if (status == STATUS_OK && !list_segments(segments))
        status = diag_no_memory(segments->diag);
    if (status == STATUS_OK && measure_set(segments->context, RECORD_TICKET))
        status = case_walk(segments->context, count_tickets, segments);
    if (status != STATUS_OK)
        return status;
    if (surveys)
        count_surveys(segments, surveys);
    if (complaints)
        count_complaints(segments, complaints);
    count_accounts(segments);
    return STATUS_OK;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct segments *segments;
    enum status status;

    if (!applies(context))
        return STATUS_OK;
    segments = mem_alloc(1, sizeof *segments);
    if (!segments)
        return diag_no_memory(diag);
    segments->context = context;
    segments->diag = diag;
    status = fill(segments);
    if (status == STATUS_OK)
        *ret_own = segments;
    else
        release(segments);
    return status;
}

/* --- what is said --- */

static double share_of(const struct tally *tally)
{
    return tally->n ? (double)tally->k / (double)tally->n : NAN;
}

/* The worst (sign -1) or best external segment with enough cases; count when there is none. */
static size_t extreme(const struct segments *segments, enum metric metric, double sign)
{
    size_t found = segments->count;
    size_t i;

    for (i = 0; i < segments->count; i++) {
        const struct tally *tally = &segments->list[i].all[metric];

        if (tally->n < FLOOR_LEAST || segments->list[i].is_internal)
            continue;
        if (found == segments->count ||
            sign * share_of(tally) > sign * share_of(&segments->list[found].all[metric]))
            found = i;
    }
    return found;
}

static int sign_of(double change)
{
    return (change > 0) - (change < 0);
}

static double change_of(const struct tally *halves)
{
    return share_of(&halves[LATER]) - share_of(&halves[EARLIER]);
}

/* Simpson's paradox: at least two segments, and each goes the other way than all together. */
static bool is_reversed(const struct segments *segments, enum metric metric)
{
    struct tally pooled[HALVES] = {{0, 0}, {0, 0}};
    size_t seen = 0;
    size_t i;
    size_t h;
    int sign;

    for (i = 0; i < segments->count; i++)
        for (h = 0; h < HALVES; h++) {
            pooled[h].n += segments->list[i].half[metric][h].n;
            pooled[h].k += segments->list[i].half[metric][h].k;
        }
    sign = sign_of(change_of(pooled));
    for (i = 0; i < segments->count; i++) {
        double change = change_of(segments->list[i].half[metric]);

        if (isnan(change))
            continue;
        seen++;
        if (sign == 0 || sign_of(change) != -sign)
            return false;
    }
    return seen > 1;
}

static void fill_floor(const struct segments *segments, enum metric metric, struct figure *figure)
{
    size_t worst = extreme(segments, metric, -1);
    struct interval interval;

    if (worst == segments->count)
        return;
    figure->n = segments->list[worst].all[metric].n;
    figure->k = segments->list[worst].all[metric].k;
    figure->standing = standing_of(figure->n);
    figure->value = share_of(&segments->list[worst].all[metric]);
    if (!stat_wilson(figure->k, figure->n, &interval))
        return;
    figure->method = STR("wilson");
    figure->low = interval.low;
    figure->high = interval.high;
}

static void fill_equity(const struct segments *segments, enum metric metric, struct figure *figure)
{
    size_t worst = extreme(segments, metric, -1);
    size_t best = extreme(segments, metric, 1);
    const struct tally *low;
    const struct tally *high;
    struct interval interval;

    if (worst == segments->count || worst == best)
        return;
    low = &segments->list[worst].all[metric];
    high = &segments->list[best].all[metric];
    figure->n = low->n + high->n;
    figure->standing = standing_of(low->n < high->n ? low->n : high->n);
    figure->value = share_of(high) - share_of(low);
    if (!stat_newcombe(high->k, high->n, low->k, low->n, &interval))
        return;
    figure->method = STR("newcombe");
    figure->low = interval.low;
    figure->high = interval.high;
}

static void fill_silent(const struct segments *segments, struct figure *figure)
{
    struct interval interval;
    size_t i;

    for (i = 0; i < segments->count; i++)
        figure->k += !segments->list[i].has_voice;
    figure->n = segments->count;
    figure->standing = standing_of(figure->n);
    if (!stat_wilson(figure->k, figure->n, &interval))
        return;
    figure->method = STR("wilson");
    figure->value = (double)figure->k / (double)figure->n;
    figure->low = interval.low;
    figure->high = interval.high;
}

static void fill_reversals(const struct segments *segments, struct figure *figure)
{
    int metric;

    figure->n = METRIC_COUNT;
    for (metric = 0; metric < METRIC_COUNT; metric++)
        figure->k += is_reversed(segments, (enum metric)metric);
    figure->value = (double)figure->k;
}

/* --- table --- */

enum { G_SEGMENT, G_METRIC, G_N, G_VALUE, G_LOW, G_HIGH, G_FLOOR, G_EARLIER_HALF, G_LATER_HALF,
       G_REVERSED, G_CUSTOMERS, G_VOICE, G_COLUMNS };

static const struct table_column columns[G_COLUMNS] = {
    {STR_INIT("segment"), {{STR_INIT("Segment"), STR_INIT("Segmento")}},
     {{{NULL, 0}}},
     TABLE_TEXT, 0},
    {STR_INIT("metric"), {{STR_INIT("Metric"), STR_INIT("Indicatore")}},
     {{{NULL, 0}}},
     TABLE_WORD, 0},
    {STR_INIT("n"), {{STR_INIT("n"), STR_INIT("n")}},
     {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("value"), {{STR_INIT("Value"), STR_INIT("Valore")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Min")}},
     {{STR_INIT("95 % interval after Wilson."),
       STR_INIT("Intervallo 95 % di Wilson.")}},
     TABLE_SHARE, 0},
    {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("Max")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("floor"), {{STR_INIT("Floor"), STR_INIT("Minimo")}},
     {{STR_INIT("The segment with the lowest share, of those with at least 10."),
       STR_INIT("Il segmento con la quota più bassa, tra quelli con almeno 10.")}},
     TABLE_WORD, 0},
    {STR_INIT("earlier-half"), {{STR_INIT("Earlier half-year"), STR_INIT("Semestre precedente")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("later-half"), {{STR_INIT("Later half-year"), STR_INIT("Semestre successivo")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("reversed"), {{STR_INIT("Change"), STR_INIT("Variazione")}},
     {{STR_INIT("Reversed: every segment changes the other way than all together."),
       STR_INIT("Invertita: ogni segmento varia in senso opposto al totale.")}},
     TABLE_WORD, 0},
    {STR_INIT("customers"), {{STR_INIT("Customers"), STR_INIT("Clienti")}},
     {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("voice"), {{STR_INIT("Voice"), STR_INIT("Voce")}},
     {{STR_INIT("Silent: neither survey answer, complaint nor ticket. Silence is not satisfaction."),
       STR_INIT("Silente: né risposte a sondaggi, né reclami, né ticket. Il silenzio non è soddisfazione.")}},
     TABLE_WORD, 0},
};

static const struct table_form form = {
    .id = STR_INIT("segments"),
    .name = {{STR_INIT("Segments"), STR_INIT("Segmenti")}},
    .title = {{STR_INIT("How each segment of customers is served"),
               STR_INIT("Come è servito ciascun segmento di clienti")}},
    .columns = columns,
    .column_count = G_COLUMNS,
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Shares by segment, metric after metric"),
                         STR_INIT("Quote per segmento, un indicatore dopo l'altro")}},
              .category = G_SEGMENT,
              .series = {G_VALUE},
              .series_count = 1},
};

static void put_metric(const struct segments *segments, size_t number, enum metric metric,
                       struct figure_row *row)
{
    const struct segment *segment = &segments->list[number];
    const struct tally *tally = &segment->all[metric];
    bool is_floor = extreme(segments, metric, -1) == number;
    struct interval interval;

    table_text(row, G_METRIC, str_of(metric_names[metric]));
    table_number(row, G_N, (double)tally->n);
    table_number(row, G_VALUE, share_of(tally));
    if (stat_wilson(tally->k, tally->n, &interval)) {
        table_number(row, G_LOW, interval.low);
        table_number(row, G_HIGH, interval.high);
    }
    table_text(row, G_FLOOR, is_floor ? STR("floor") : (struct str){NULL, 0});
    table_level(row, G_FLOOR, is_floor ? TABLE_WATCH : TABLE_PLAIN);
    table_number(row, G_EARLIER_HALF, share_of(&segment->half[metric][EARLIER]));
    table_number(row, G_LATER_HALF, share_of(&segment->half[metric][LATER]));
    if (is_reversed(segments, metric))
        table_text(row, G_REVERSED, STR("reversed"));
    table_number(row, G_CUSTOMERS, (double)segment->customers);
    table_text(row, G_VOICE, segment->has_voice ? STR("heard") : STR("silent"));
    table_level(row, G_VOICE, segment->has_voice ? TABLE_PLAIN : TABLE_WATCH);
}

static struct str name_of(const struct segment *segment, struct arena *arena)
{
    return segment->is_internal
               ? arena_format(arena, "%.*s (internal)", STR_ARG(segment->name))
               : arena_str(arena, segment->name.ptr ? segment->name : STR(""));
}

/* The rows of one metric stand together. */
static bool add_table(const struct segments *segments, struct arena *arena, struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &form);
    int metric;
    size_t i;

    for (metric = 0; table && metric < METRIC_COUNT; metric++) {
        for (i = 0; i < segments->count; i++) {
            struct figure_row *row;
            struct str name = name_of(&segments->list[i], arena);

            if (segments->list[i].all[metric].n == 0 &&
                (metric != ON_TIME || segments->list[i].has_voice))
                continue;
            row = table_row(arena, table);
            if (!row || !name.ptr)
                return false;
            table_text(row, G_SEGMENT, name);
            put_metric(segments, i, (enum metric)metric, row);
        }
    }
    return table != NULL;
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct segments *segments = own;

    (void)context;
    if (!segments)
        return true;
    switch (variant) {
    case ON_TIME_FLOOR:
        fill_floor(segments, ON_TIME, figure);
        return add_table(segments, arena, figure);
    case ON_TIME_EQUITY:
        fill_equity(segments, ON_TIME, figure);
        break;
    case SATISFIED_FLOOR:
        fill_floor(segments, SATISFIED, figure);
        break;
    case SATISFIED_EQUITY:
        fill_equity(segments, SATISFIED, figure);
        break;
    case ADEQUATE_FLOOR:
        fill_floor(segments, ADEQUATE, figure);
        break;
    case SILENT:
        fill_silent(segments, figure);
        break;
    default:
        fill_reversals(segments, figure);
        break;
    }
    return true;
}

const struct measure measure_segments = {
    .id = "M-45",
    .name = "segment-floor",
    .title = {{STR_INIT("segments of customers"), STR_INIT("segmenti di clienti")}},
    .definition = {{STR_INIT("How the worst served segment of customers fares, how far it is from "
                             "the best, and which are not heard at all."),
                    STR_INIT("Come va il segmento di clienti servito peggio, quanto dista dal "
                             "migliore e quali non hanno voce.")}},
    .formula = "floor: the lowest share of external segments with at least 10 cases, Wilson "
               "interval; equity: the highest less the lowest, Newcombe; silent: segments without "
               "survey answer, complaint and ticket / segments; reversals: metrics whose change "
               "between half-years goes the other way in every segment than in all together",
    .fields = "customer.segment customer.purpose customer.type ticket.customer ticket.opened "
              "ticket.resolved ticket.due survey.customer survey.at survey.scale survey.score "
              "complaint.customer",
    .source = "Wilson 1927; Newcombe 1998; Simpson 1951",
    .also_kinds = ACCOUNT_KINDS | 1 << RECORD_SURVEY,
    .slots = ACCOUNT_SLOTS,
    .needs_classes = true,
    .needs_groups = true,
    .needs_messages = true,
    .needs_levels = true,
    .needs_trust = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe_nothing,
    .prepare = prepare,
    .prepares_long = true,
    .release = release,
    .conclude = conclude,
};
