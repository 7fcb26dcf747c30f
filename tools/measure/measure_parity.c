/* M-42, response parity: is who pays answered as fast as who leads? */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/parity.h"
#include "stat/proportion.h"
#include "time/zone.h"

enum { RATIO, DOMINANCE, CUSTOMERS_HOUR, BOSS_HOUR, DIFFERENCE, VARIANT_END };

static const struct measure_variant variants[] = {
    [RATIO] = {"median-ratio", VARIANT_FACTOR, "replies of groups that may be compared", false,
               true, NULL, false},
    [DOMINANCE] = {"dominance", VARIANT_PART, "replies of groups that may be compared", false, true,
                   NULL, false},
    [CUSTOMERS_HOUR] = {"customers-within-60-minutes", VARIANT_SHARE,
                        "messages of customers to groups that may be compared", false, false, NULL,
                        false},
    [BOSS_HOUR] = {"boss-within-60-minutes", VARIANT_SHARE,
                   "messages of superiors to groups that may be compared", false, false, NULL,
                   false},
    [DIFFERENCE] = {"difference-within-60-minutes", VARIANT_PART,
                    "messages to groups that may be compared", false, true, NULL, false},
};

/* Fewer people could be recognized. */
static const int64_t PEOPLE_LEAST = 5;
/* Logs of mail and chat that are kept longer can watch people at their work. */
static const int64_t PERIOD_MOST = 21 * DAY_US;

/* The replies of one group, in or out of working hours. */
struct parity_group {
    int64_t group; /* text id */
    int64_t people;
    struct parity_reply *replies[2]; /* in working hours, and out of them */
    size_t count[2];
    size_t capacity[2];
};

struct parity_own {
    struct parity_group *groups;
    size_t count;
    size_t capacity;
    int64_t earliest;
    int64_t latest;
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_cases(context->set) && record_has(context->set, LATENCY_COUNTERPART)
               ? (1u << VARIANT_END) - 1
               : 0u;
}

static void release(void *own)
{
    struct parity_own *parity = own;
    size_t i;

    for (i = 0; parity && i < parity->count; i++) {
        mem_free(parity->groups[i].replies[0]);
        mem_free(parity->groups[i].replies[1]);
    }
    if (parity)
        mem_free(parity->groups);
    mem_free(parity);
}

/* --- replies --- */

static struct parity_group *group_of(struct parity_own *own, int64_t group)
{
    size_t i;

    for (i = 0; i < own->count; i++)
        if (own->groups[i].group == group)
            return &own->groups[i];
    if (!mem_grow(&own->groups, own->count, &own->capacity, sizeof *own->groups))
        return NULL;
    own->groups[own->count] = (struct parity_group){.group = group};
    return &own->groups[own->count++];
}

static uint64_t part_of(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? 0 : (uint64_t)value + 1;
}

/* Hour of the week, priority and channel as one number. */
static uint64_t cell_of(const struct measure_context *context, const struct record_case *item)
{
    struct instant received = {record_value(item, LATENCY_RECEIVED)};
    int64_t hour = zone_local(context->zone ? context->zone : zone_utc(), received).us / HOUR_US;
    uint64_t of_week = (uint64_t)((hour % 168 + 168) % 168);

    return (part_of(item, SLOT_CHANNEL) << 36) ^ (part_of(item, SLOT_PRIORITY) << 8) ^ of_week;
}

static bool add_reply(const struct measure_context *context, struct parity_own *own,
                      const struct record_case *item)
{
    struct instant received = {record_value(item, LATENCY_RECEIVED)};
    struct instant replied = {record_value(item, LATENCY_REPLIED)};
    int64_t counterpart = record_value(item, LATENCY_COUNTERPART);
    int64_t people = record_value(item, LATENCY_PEOPLE);
    struct parity_group *group;
    struct parity_reply reply = {.is_unanswered = replied.us == VALUE_MISSING ||
                                                  replied.us > context->as_of.us};
    struct str whose;
    size_t out;

    if (counterpart == VALUE_MISSING || received.us == VALUE_MISSING ||
        received.us > context->as_of.us || observe_is_outside(context, received.us))
        return true;
    whose = record_text(item->set, counterpart);
    reply.is_boss = str_is(whose, "boss");
    if (!reply.is_boss && !str_is(whose, "customer"))
        return true;
    group = group_of(own, record_value(item, SLOT_GROUP));
    if (!group)
        return false;
    if (people != VALUE_MISSING && people > group->people)
        group->people = people;
    own->earliest = received.us < own->earliest ? received.us : own->earliest;
    own->latest = received.us > own->latest ? received.us : own->latest;
    out = calendar_between(context->calendar, received,
                           (struct instant){received.us + SECOND_US}).us == 0;
    if (reply.is_unanswered)
        replied = context->as_of;
    /* nobody works out of hours by the calendar: what counts there is the clock on the wall */
    reply.wait = out ? replied.us - received.us
                     : calendar_between(context->calendar, received, replied).us;
    reply.cell = cell_of(context, item);
    if (!mem_grow(&group->replies[out], group->count[out], &group->capacity[out],
                  sizeof *group->replies[out]))
        return false;
    group->replies[out][group->count[out]++] = reply;
    return true;
}

static int compare_texts(const struct record_set *set, int64_t a, int64_t b)
{
    struct str none = {NULL, 0};

    return str_compare(a == VALUE_MISSING ? none : record_text(set, a),
                       b == VALUE_MISSING ? none : record_text(set, b));
}

/* In byte order of their names; there are few. */
static void sort_groups(const struct record_set *set, struct parity_own *own)
{
    size_t i;
    size_t k;

    for (i = 1; i < own->count; i++) {
        struct parity_group moved = own->groups[i];

        for (k = i; k > 0 && compare_texts(set, own->groups[k - 1].group, moved.group) > 0; k--)
            own->groups[k] = own->groups[k - 1];
        own->groups[k] = moved;
    }
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct parity_own *own = mem_alloc(1, sizeof *own);
    size_t count = record_case_count(context->set);
    size_t i;

    if (!own)
        return diag_no_memory(diag);
    own->earliest = INT64_MAX;
    own->latest = INT64_MIN;
    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(context->set, i);

        if (!item.is_empty && !add_reply(context, own, &item)) {
            release(own);
            return diag_no_memory(diag);
        }
    }
    sort_groups(context->set, own);
    if (own->latest > own->earliest && own->latest - own->earliest > PERIOD_MOST)
        diag_report(diag, RULE_LATENCY_PERIOD, WHERE_NONE, "%lld days",
                    (long long)((own->latest - own->earliest) / DAY_US));
    *ret_own = own;
    return STATUS_OK;
}

/* --- guards --- */

static size_t count_of(const struct parity_group *group, size_t out, bool is_boss)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < group->count[out]; i++)
        count += group->replies[out][i].is_boss == is_boss;
    return count;
}

/* NULL: the group may be compared. */
static const char *refusal(const struct parity_group *group)
{
    if (group->people < PEOPLE_LEAST)
        return "fewer-than-five-people";
    return count_of(group, 0, true) < PARITY_LEAST || count_of(group, 0, false) < PARITY_LEAST
               ? "fewer-than-thirty-replies"
               : NULL;
}

/* --- all groups together --- */

static uint64_t seed_of(const struct measure_context *context)
{
    return str_hash(context->seed.ptr ? context->seed : STR("parity"));
}

/* Replies of all groups that may be compared, each group in cells of its own. */
static bool pool_groups(const struct measure_context *context, const struct parity_own *own,
                        struct parity *ret_parity)
{
    struct parity_reply *all;
    size_t count = 0;
    size_t i;
    size_t k;
    bool done;

    for (i = 0; i < own->count; i++)
        count += refusal(&own->groups[i]) ? 0 : own->groups[i].count[0];
    all = mem_alloc(count + 1, sizeof *all);
    if (!all)
        return false;
    count = 0;
    for (i = 0; i < own->count; i++) {
        if (refusal(&own->groups[i]))
            continue;
        for (k = 0; k < own->groups[i].count[0]; k++) {
            all[count] = own->groups[i].replies[0][k];
            all[count++].cell ^= (uint64_t)i << 56;
        }
    }
    done = parity_compare(all, count, seed_of(context), ret_parity);
    mem_free(all);
    return done;
}

static void fill_share(const struct parity *parity, enum parity_side side, struct figure *figure)
{
    struct interval interval;

    figure->n = parity->n[side];
    figure->k = parity->within[side];
    figure->standing = standing_of(figure->n);
    if (!stat_wilson(figure->k, figure->n, &interval))
        return;
    figure->value = parity->share[side];
    figure->low = interval.low;
    figure->high = interval.high;
    figure->method = STR("wilson");
}

static void fill(const struct parity *parity, size_t variant, struct figure *figure)
{
    figure->n = parity->n[PARITY_CUSTOMER] + parity->n[PARITY_BOSS];
    switch (variant) {
    case RATIO:
        figure->value = parity->ratio;
        figure->low = parity->ratio_limits.low;
        figure->high = parity->ratio_limits.high;
        figure->method = STR("bootstrap");
        break;
    case DOMINANCE:
        figure->value = parity->dominance;
        break;
    case DIFFERENCE:
        figure->value = parity->difference;
        figure->low = parity->difference_limits.low;
        figure->high = parity->difference_limits.high;
        figure->method = STR("newcombe");
        break;
    case CUSTOMERS_HOUR:
        fill_share(parity, PARITY_CUSTOMER, figure);
        return;
    default:
        fill_share(parity, PARITY_BOSS, figure);
        return;
    }
    figure->standing = standing_of(figure->n);
}

static bool list_refusals(const struct parity_own *own, struct arena *arena, struct figure *figure)
{
    static const char *const reasons[] = {"fewer-than-five-people", "fewer-than-thirty-replies"};
    struct exclusion *list = arena_alloc(arena, ARRAY_LEN(reasons), sizeof *list);
    size_t r;
    size_t i;

    if (!list)
        return false;
    for (r = 0; r < ARRAY_LEN(reasons); r++) {
        struct exclusion *exclusion = &list[figure->excluded_count];

        exclusion->reason = str_of(reasons[r]);
        for (i = 0; i < own->count; i++)
            if (refusal(&own->groups[i]) && str_is(exclusion->reason, refusal(&own->groups[i])))
                exclusion->n += own->groups[i].count[0] + own->groups[i].count[1];
        figure->excluded_count += exclusion->n > 0;
    }
    figure->excluded = list;
    return true;
}

/* --- table --- */

enum { P_GROUP, P_HOURS, P_READING, P_CUSTOMERS, P_BOSS, P_CUSTOMERS_UNANSWERED,
       P_BOSS_UNANSWERED, P_CELLS, P_CUSTOMERS_MEDIAN, P_BOSS_MEDIAN, P_RATIO, P_LOW, P_HIGH,
       P_DOMINANCE, P_CUSTOMERS_HOUR, P_BOSS_HOUR, P_DIFFERENCE_LOW, P_DIFFERENCE_HIGH,
       P_COLUMNS };

static const struct table_column columns[P_COLUMNS] = {
    {STR_INIT("group"), {{STR_INIT("Group"), STR_INIT("Gruppo")}},
     {{{NULL, 0}}},
     TABLE_TEXT, 0},
    {STR_INIT("hours"), {{STR_INIT("Hours"), STR_INIT("Orario")}},
     {{STR_INIT("By when the message came."),
       STR_INIT("Secondo l'arrivo del messaggio.")}},
     TABLE_WORD, 0},
    {STR_INIT("reading"), {{STR_INIT("Reading"), STR_INIT("Lettura")}},
     {{STR_INIT("By the interval of the ratio: at most 1, at most 1.5; classic above 2.5 where customers wait longer in most pairs."),
       STR_INIT("Secondo l'intervallo del rapporto: al più 1, al più 1,5; classica oltre 2,5 se i clienti attendono di più nella maggior parte delle coppie.")}},
     TABLE_WORD, 0},
    {STR_INIT("customers"), {{STR_INIT("Customers"), STR_INIT("Clienti")}},
     {{STR_INIT("Messages of customers."),
       STR_INIT("Messaggi di clienti.")}},
     TABLE_INTEGER, 0},
    {STR_INIT("boss"), {{STR_INIT("Boss"), STR_INIT("Capo")}},
     {{STR_INIT("Messages of superiors."),
       STR_INIT("Messaggi di superiori.")}},
     TABLE_INTEGER, 0},
    {STR_INIT("customers-unanswered"), {{STR_INIT("Customers unanswered"), STR_INIT("Clienti senza risposta")}},
     {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("boss-unanswered"), {{STR_INIT("Boss unanswered"), STR_INIT("Capo senza risposta")}},
     {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("cells"), {{STR_INIT("Matched cells"), STR_INIT("Celle abbinate")}},
     {{STR_INIT("Hour of the week, priority and channel with five of each; 0: compared as they are."),
       STR_INIT("Ora della settimana, priorità e canale con cinque di ciascuno; 0: confronto diretto.")}},
     TABLE_INTEGER, 0},
    {STR_INIT("customers-median"), {{STR_INIT("Customers p50"), STR_INIT("Clienti p50")}},
     {{STR_INIT("Working time."),
       STR_INIT("Tempo lavorativo.")}},
     TABLE_DURATION, 0},
    {STR_INIT("boss-median"), {{STR_INIT("Boss p50"), STR_INIT("Capo p50")}},
     {{STR_INIT("Working time, at the customers' mix of cells."),
       STR_INIT("Tempo lavorativo, con le celle dei clienti.")}},
     TABLE_DURATION, 0},
    {STR_INIT("ratio"), {{STR_INIT("Ratio"), STR_INIT("Rapporto")}},
     {{STR_INIT("Of the medians, customers to boss."),
       STR_INIT("Delle mediane, clienti su capo.")}},
     TABLE_NUMBER, 2},
    {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Min")}},
     {{{NULL, 0}}},
     TABLE_NUMBER, 2},
    {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("Max")}},
     {{{NULL, 0}}},
     TABLE_NUMBER, 2},
    {STR_INIT("dominance"), {{STR_INIT("Dominance"), STR_INIT("Dominanza")}},
     {{STR_INIT("How often a customer waits longer than the boss."),
       STR_INIT("Quanto spesso un cliente attende più del capo.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("customers-hour"), {{STR_INIT("Customers within 60 min"), STR_INIT("Clienti entro 60 min")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("boss-hour"), {{STR_INIT("Boss within 60 min"), STR_INIT("Capo entro 60 min")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("difference-low"), {{STR_INIT("Difference, low"), STR_INIT("Differenza, min")}},
     {{STR_INIT("Boss less customers, Newcombe."),
       STR_INIT("Capo meno clienti, Newcombe.")}},
     TABLE_SHARE, 0},
    {STR_INIT("difference-high"), {{STR_INIT("Difference, high"), STR_INIT("Differenza, max")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
};

static const struct table_form form = {
    .id = STR_INIT("parity"),
    .name = {{STR_INIT("Parity"), STR_INIT("Parità")}},
    .title = {{STR_INIT("Waits of customers and of superiors"),
               STR_INIT("Attese dei clienti e dei superiori")}},
    .columns = columns,
    .column_count = P_COLUMNS,
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Median wait, customers and boss"),
                         STR_INIT("Attesa mediana, clienti e capo")}},
              .category = P_GROUP,
              .series = {P_CUSTOMERS_MEDIAN, P_BOSS_MEDIAN},
              .series_count = 2},
};

static const struct words period_note = {
    {STR_INIT("These records span more than 21 days. Metadata of mail and chat kept that long can "
              "amount to monitoring people at work, which in Italy needs an agreement or a permit "
              "(Law 300/1970, article 4): use them only if it is there."),
     STR_INIT("Questi dati coprono più di 21 giorni. I metadati di posta e chat conservati così a "
              "lungo possono costituire controllo a distanza dei lavoratori, che richiede accordo o "
              "autorizzazione (legge 300/1970, articolo 4): usarli solo se c'è.")}};
static const struct words guard_note = {
    {STR_INIT("Only groups of at least five people and 30 messages of each kind are shown; what a "
              "superior asks may be easier. A hint for the organization, not a verdict."),
     STR_INIT("Sono mostrati solo gruppi di almeno cinque persone e 30 messaggi di ciascun tipo; le "
              "richieste di un superiore possono essere più facili. Un indizio per "
              "l'organizzazione, non un verdetto.")}};

static void put_parity(const struct parity *parity, bool is_out, struct figure_row *row)
{
    table_text(row, P_HOURS, is_out ? STR("out-of-hours") : STR("working-hours"));
    table_number(row, P_CUSTOMERS, (double)parity->n[PARITY_CUSTOMER]);
    table_number(row, P_BOSS, (double)parity->n[PARITY_BOSS]);
    table_number(row, P_CUSTOMERS_UNANSWERED, (double)parity->unanswered[PARITY_CUSTOMER]);
    table_number(row, P_BOSS_UNANSWERED, (double)parity->unanswered[PARITY_BOSS]);
    table_number(row, P_CELLS, (double)parity->cells);
    table_number(row, P_CUSTOMERS_MEDIAN, parity->median[PARITY_CUSTOMER] / (double)SECOND_US);
    table_number(row, P_BOSS_MEDIAN, parity->median[PARITY_BOSS] / (double)SECOND_US);
    table_number(row, P_RATIO, parity->ratio);
    table_number(row, P_DOMINANCE, parity->dominance);
    table_number(row, P_CUSTOMERS_HOUR, parity->share[PARITY_CUSTOMER]);
    table_number(row, P_BOSS_HOUR, parity->share[PARITY_BOSS]);
    table_number(row, P_DIFFERENCE_LOW, parity->difference_limits.low);
    table_number(row, P_DIFFERENCE_HIGH, parity->difference_limits.high);
    if (is_out)
        return;
    table_number(row, P_LOW, parity->ratio_limits.low);
    table_number(row, P_HIGH, parity->ratio_limits.high);
    table_text(row, P_READING, str_of(parity_reading_name(parity->reading)));
    table_level(row, P_READING,
                parity->reading == PARITY_CLASSIC     ? TABLE_WATCH
                : parity->reading == PARITY_UNDECIDED ? TABLE_MUTED
                                                      : TABLE_GOOD);
}

static bool put_group(const struct measure_context *context, struct parity_group *group, size_t out,
                      struct arena *arena, struct figure_table *table)
{
    struct str name = group->group == VALUE_MISSING ? STR("")
                                                    : record_text(context->set, group->group);
    struct figure_row *row;
    struct parity parity;

    if (!parity_compare(group->replies[out], group->count[out], seed_of(context), &parity))
        return false;
    /* a single reply would stand for one person */
    if (out && (parity.n[PARITY_CUSTOMER] < PARITY_LEAST || parity.n[PARITY_BOSS] < PARITY_LEAST))
        return true;
    row = table_row(arena, table);
    if (!row)
        return false;
    name = arena_str(arena, name);
    table_text(row, P_GROUP, name);
    put_parity(&parity, out, row);
    return name.ptr != NULL;
}

static bool add_table(const struct measure_context *context, struct parity_own *own,
                      struct arena *arena, struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &form);
    size_t i;

    if (!table)
        return false;
    for (i = 0; i < own->count; i++)
        if (!refusal(&own->groups[i]) &&
            (!put_group(context, &own->groups[i], 0, arena, table) ||
             !put_group(context, &own->groups[i], 1, arena, table)))
            return false;
    if (own->latest > own->earliest && own->latest - own->earliest > PERIOD_MOST &&
        !table_note(arena, table, &period_note, /* is_warning= */ true))
        return false;
    return table_note(arena, table, &guard_note, /* is_warning= */ false);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    struct parity parity;

    if (!pool_groups(context, own, &parity) || !list_refusals(own, arena, figure))
        return false;
    fill(&parity, variant, figure);
    return variant != RATIO || add_table(context, own, arena, figure);
}

const struct measure measure_parity = {
    .id = "M-42",
    .name = "response-parity",
    .title = {{STR_INIT("response parity of customers and superiors"),
               STR_INIT("parità di risposta tra clienti e superiori")}},
    .definition = {{STR_INIT("How long customers wait for an answer compared with superiors, at the "
                             "same hours, priority and channel."),
                    STR_INIT("Quanto attendono una risposta i clienti rispetto ai superiori, a "
                             "parità di ora, priorità e canale.")}},
    .formula = "median wait of customers / of superiors at the customers' mix of cells with five "
               "replies of each, seeded bootstrap interval; dominance: P(a customer waits longer) "
               "+ P(tie) / 2 within cells; share answered within 60 minutes, unanswered ones are "
               "not; Wilson, difference by Newcombe; only groups of five people and 30 replies of "
               "each kind",
    .fields = "reply-latency.group reply-latency.counterpart reply-latency.received "
              "reply-latency.replied reply-latency.channel reply-latency.priority "
              "reply-latency.people",
    .source = "Cliff 1993; Efron 1979; Newcombe 1998; Wilson 1927",
    .kind = RECORD_REPLY_LATENCY,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe_nothing,
    .prepare = prepare,
    .prepares_long = true,
    .release = release,
    .conclude = conclude,
};
