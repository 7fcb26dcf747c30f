/* The table of response parity, group by group. */
#include "measure/figure.h"
#include "measure/parity_groups.h"

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

static void put_parity(const struct parity *parity, enum parity_hours hours, struct figure_row *row)
{
    table_text(row, P_HOURS, hours == PARITY_OUT_OF_HOURS ? STR("out-of-hours") : STR("working-hours"));
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
    if (hours == PARITY_OUT_OF_HOURS)
        return;
    table_number(row, P_LOW, parity->ratio_limits.low);
    table_number(row, P_HIGH, parity->ratio_limits.high);
    table_text(row, P_READING, str_of(parity_reading_name(parity->reading)));
    table_level(row, P_READING,
                parity->reading == PARITY_CLASSIC     ? TABLE_WATCH
                : parity->reading == PARITY_UNDECIDED ? TABLE_MUTED
                                                      : TABLE_GOOD);
}

static bool put_group(const struct parity_groups *groups, size_t number, enum parity_hours hours,
                      struct arena *arena, struct figure_table *table)
{
    int64_t group = groups->list[number].group;
    struct str name = group == VALUE_MISSING ? STR("") : record_text(groups->context->set, group);
    struct figure_row *row;
    struct parity parity;

    if (!parity_groups_compare(groups, number, hours, &parity))
        return false;
    /* a single reply would stand for one person */
    if (hours == PARITY_OUT_OF_HOURS &&
        (parity.n[PARITY_CUSTOMER] < PARITY_LEAST || parity.n[PARITY_BOSS] < PARITY_LEAST))
        return true;
    row = table_row(arena, table);
    if (!row)
        return false;
    name = arena_str(arena, name);
    table_text(row, P_GROUP, name);
    put_parity(&parity, hours, row);
    return name.ptr != NULL;
}

bool parity_groups_table(const struct parity_groups *groups, struct arena *arena,
                         struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &form);
    size_t i;

    if (!table)
        return false;
    for (i = 0; i < groups->count; i++)
        if (!parity_refusal(&groups->list[i]) &&
            (!put_group(groups, i, PARITY_WORKING_HOURS, arena, table) ||
             !put_group(groups, i, PARITY_OUT_OF_HOURS, arena, table)))
            return false;
    if (parity_groups_are_long(groups) &&
        !table_note(arena, table, &period_note, /* is_warning= */ true))
        return false;
    return table_note(arena, table, &guard_note, /* is_warning= */ false);
}
