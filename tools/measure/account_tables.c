#include "measure/account_tables.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { C_CUSTOMER, C_BAND, C_TRUST, C_LOW, C_HIGH, C_UNCERTAINTY, C_BALANCE, C_DEPOSITS,
       C_WITHDRAWALS, C_EVENTS, C_TREND, C_FIRM, C_ROBUST, C_GRID_LOW, C_GRID_HIGH, C_QUADRANT,
       C_NET_VALUE, C_HOURS, C_SEGMENT, C_PLANNED_TRUST, C_PLANNED_BAND, C_COLUMNS };

static const struct table_column customer_columns[C_COLUMNS] = {
    {STR_INIT("customer"), {{STR_INIT("Customer"), STR_INIT("Cliente")}},
     {{{NULL, 0}}},
     TABLE_TEXT, 0},
    {STR_INIT("band"), {{STR_INIT("Band"), STR_INIT("Fascia")}},
     {{STR_INIT("By trust: overdrawn, strained, adequate, solid, reserve; insufficient where too little is known to say."),
       STR_INIT("Secondo la fiducia: in rosso, teso, adeguato, solido, riserva; insufficiente dove si sa troppo poco.")}},
     TABLE_WORD, 0},
    {STR_INIT("trust"), {{STR_INIT("Trust"), STR_INIT("Fiducia")}},
     {{STR_INIT("From 0 to 1: what deposits are of all that is known, with the prior."),
       STR_INIT("Da 0 a 1: la parte dei versamenti in tutto ciò che è noto, con il valore iniziale.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Min")}},
     {{STR_INIT("10 % quantile of the model, not of a sample."),
       STR_INIT("Quantile 10 % del modello, non di un campione.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("Max")}},
     {{STR_INIT("90 % quantile of the model, not of a sample."),
       STR_INIT("Quantile 90 % del modello, non di un campione.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("uncertainty"), {{STR_INIT("Uncertainty"), STR_INIT("Incertezza")}},
     {{STR_INIT("Share of the opinion that nothing is known of."),
       STR_INIT("Parte del giudizio di cui nulla è noto.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("balance"), {{STR_INIT("Balance"), STR_INIT("Saldo")}},
     {{STR_INIT("Deposits less withdrawals, faded to the as-of instant."),
       STR_INIT("Versamenti meno prelievi, attenuati alla data di riferimento.")}},
     TABLE_NUMBER, 2},
    {STR_INIT("deposits"), {{STR_INIT("Deposits"), STR_INIT("Versamenti")}},
     {{{NULL, 0}}},
     TABLE_NUMBER, 2},
    {STR_INIT("withdrawals"), {{STR_INIT("Withdrawals"), STR_INIT("Prelievi")}},
     {{STR_INIT("With the factor of the policy."),
       STR_INIT("Con il fattore della politica.")}},
     TABLE_NUMBER, 2},
    {STR_INIT("events"), {{STR_INIT("Events"), STR_INIT("Eventi")}},
     {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("trend"), {{STR_INIT("Trend"), STR_INIT("Tendenza")}},
     {{STR_INIT("Against the trust of the quarter before."),
       STR_INIT("Rispetto alla fiducia del trimestre precedente.")}},
     TABLE_WORD, 0},
    {STR_INIT("firm"), {{STR_INIT("Firm"), STR_INIT("Certo")}},
     {{STR_INIT("Firm: the interval touches at most two bands beside each other."),
       STR_INIT("Certo: l'intervallo tocca al più due fasce vicine.")}},
     TABLE_WORD, 0},
    {STR_INIT("robust"), {{STR_INIT("Robust"), STR_INIT("Robusto")}},
     {{STR_INIT("Robust: other weights of the grid change the band by one at most."),
       STR_INIT("Robusto: altri pesi della griglia cambiano la fascia di una al più.")}},
     TABLE_WORD, 0},
    {STR_INIT("grid-low"), {{STR_INIT("Lowest band"), STR_INIT("Fascia più bassa")}},
     {{STR_INIT("Over the grid of weights."),
       STR_INIT("Sulla griglia dei pesi.")}},
     TABLE_WORD, 0},
    {STR_INIT("grid-high"), {{STR_INIT("Highest band"), STR_INIT("Fascia più alta")}},
     {{STR_INIT("Over the grid of weights."),
       STR_INIT("Sulla griglia dei pesi.")}},
     TABLE_WORD, 0},
    {STR_INIT("quadrant"), {{STR_INIT("Quadrant"), STR_INIT("Quadrante")}},
     {{STR_INIT("Trust and value together: partnership, volunteering, extraction, exit or repair."),
       STR_INIT("Fiducia e valore insieme: partnership, volontariato, sfruttamento, uscita o recupero.")}},
     TABLE_WORD, 0},
    {STR_INIT("net-value"), {{STR_INIT("Net value"), STR_INIT("Valore netto")}},
     {{STR_INIT("Revenue of a year less cost and effort."),
       STR_INIT("Ricavi di un anno meno costi e impegno.")}},
     TABLE_NUMBER, 2},
    {STR_INIT("hours"), {{STR_INIT("Hours"), STR_INIT("Ore")}},
     {{STR_INIT("Of the year before the as-of instant."),
       STR_INIT("Dell'anno prima della data di riferimento.")}},
     TABLE_NUMBER, 1},
    {STR_INIT("segment"), {{STR_INIT("Segment"), STR_INIT("Segmento")}},
     {{STR_INIT("As the customer record has it, else by purpose."),
       STR_INIT("Come nella scheda cliente, altrimenti per scopo.")}},
     TABLE_TEXT, 0},
    {STR_INIT("planned-trust"), {{STR_INIT("Trust after the plan"), STR_INIT("Fiducia dopo il piano")}},
     {{STR_INIT("With the planned act."),
       STR_INIT("Con l'atto pianificato.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("planned-band"), {{STR_INIT("Band after the plan"), STR_INIT("Fascia dopo il piano")}},
     {{STR_INIT("With the planned act."),
       STR_INIT("Con l'atto pianificato.")}},
     TABLE_WORD, 0},
};

enum { S_CUSTOMER, S_AT, S_CLASS, S_ACT, S_SEVERITY, S_ATTRIBUTION, S_CONFIDENCE, S_REPEAT, S_FATE,
       S_REPAIRED, S_MASS, S_EFFECT, S_BALANCE, S_COLUMNS };

static const struct table_column statement_columns[S_COLUMNS] = {
    {STR_INIT("customer"), {{STR_INIT("Customer"), STR_INIT("Cliente")}},
     {{{NULL, 0}}},
     TABLE_TEXT, 0},
    {STR_INIT("at"), {{STR_INIT("When"), STR_INIT("Quando")}},
     {{{NULL, 0}}},
     TABLE_INSTANT, 0},
    {STR_INIT("class"), {{STR_INIT("Class"), STR_INIT("Classe")}},
     {{{NULL, 0}}},
     TABLE_TEXT, 0},
    {STR_INIT("act"), {{STR_INIT("Act"), STR_INIT("Atto")}},
     {{{NULL, 0}}},
     TABLE_WORD, 0},
    {STR_INIT("severity"), {{STR_INIT("Severity"), STR_INIT("Gravità")}},
     {{{NULL, 0}}},
     TABLE_NUMBER, 1},
    {STR_INIT("attribution"), {{STR_INIT("Attribution"), STR_INIT("Attribuzione")}},
     {{STR_INIT("1 ours, 0.5 of a partner whom we introduced."),
       STR_INIT("1 nostra, 0,5 di un partner presentato da noi.")}},
     TABLE_NUMBER, 1},
    {STR_INIT("confidence"), {{STR_INIT("Confidence"), STR_INIT("Confidenza")}},
     {{STR_INIT("1 of a record; of a text the low end of the precision of its detector, 0 where nobody has calibrated it."),
       STR_INIT("1 di una registrazione; di un testo il limite inferiore della precisione del rilevatore, 0 se nessuno lo ha calibrato.")}},
     TABLE_NUMBER, 2},
    {STR_INIT("repeat"), {{STR_INIT("Repeat factor"), STR_INIT("Fattore di ripetizione")}},
     {{{NULL, 0}}},
     TABLE_NUMBER, 1},
    {STR_INIT("fate"), {{STR_INIT("What became of it"), STR_INIT("Esito")}},
     {{STR_INIT("Counted, capped, superseded by a graver act of the same fact, weightless, or unconfirmed: seen in a text by a detector that nobody has calibrated."),
       STR_INIT("Contato, limitato, assorbito da un atto più grave dello stesso fatto, senza peso, o non confermato: visto in un testo da un rilevatore non calibrato.")}},
     TABLE_WORD, 0},
    {STR_INIT("repaired"), {{STR_INIT("Repaired"), STR_INIT("Rimediato")}},
     {{{NULL, 0}}},
     TABLE_WORD, 0},
    {STR_INIT("mass"), {{STR_INIT("Mass"), STR_INIT("Massa")}},
     {{STR_INIT("Before it fades."),
       STR_INIT("Prima che svanisca.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("effect"), {{STR_INIT("Effect"), STR_INIT("Effetto")}},
     {{STR_INIT("On the balance at the as-of instant."),
       STR_INIT("Sul saldo alla data di riferimento.")}},
     TABLE_NUMBER, 3},
    {STR_INIT("balance"), {{STR_INIT("Running sum"), STR_INIT("Somma progressiva")}},
     {{STR_INIT("Of the effects."),
       STR_INIT("Degli effetti.")}},
     TABLE_NUMBER, 3},
};

static const struct table_form customer_form = {
    .id = STR_INIT("customers"),
    .name = {{STR_INIT("Customers"), STR_INIT("Clienti")}},
    .title = {{STR_INIT("Emotional bank accounts of customers"),
               STR_INIT("Conti correnti emozionali dei clienti")}},
    .columns = customer_columns,
    .column_count = C_COLUMNS,
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Balances, lowest trust first"),
                         STR_INIT("Saldi, dalla fiducia più bassa")}},
              .category = C_CUSTOMER,
              .series = {C_BALANCE},
              .series_count = 1,
              .rows = 40},
};

static const struct table_form statement_form = {
    .id = STR_INIT("statement"),
    .name = {{STR_INIT("Statement"), STR_INIT("Estratto conto")}},
    .title = {{STR_INIT("Statement of account"), STR_INIT("Estratto conto del cliente")}},
    .columns = statement_columns,
    .column_count = S_COLUMNS,
    .chart = {.kind = TABLE_CHART_LINE,
              .title = {{STR_INIT("Running sum of the effects"),
                         STR_INIT("Somma progressiva degli effetti")}},
              .category = S_AT,
              .series = {S_BALANCE},
              .series_count = 1},
};

/* --- customers --- */

struct ranked {
    const struct account_customer *customer;
    size_t number;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct account *left = &((const struct ranked *)a)->customer->account;
    const struct account *right = &((const struct ranked *)b)->customer->account;
    size_t first = ((const struct ranked *)a)->number;
    size_t second = ((const struct ranked *)b)->number;
    bool is_left_known = left->band != BAND_INSUFFICIENT;
    bool is_right_known = right->band != BAND_INSUFFICIENT;

    if (is_left_known != is_right_known)
        return is_left_known ? -1 : 1;
    if (left->trust < right->trust || left->trust > right->trust)
        return left->trust < right->trust ? -1 : 1;
    return first < second ? -1 : first > second;
}

bool account_order(const struct account_book *book, size_t *numbers)
{
    struct ranked *list = mem_alloc(book->customer_count + 1, sizeof *list);
    size_t i;

    if (!list)
        return false;
    for (i = 0; i < book->customer_count; i++)
        list[i] = (struct ranked){&book->customers[i], i};
    qsort(list, book->customer_count, sizeof *list, compare_ranked);
    for (i = 0; i < book->customer_count; i++)
        numbers[i] = list[i].number;
    mem_free(list);
    return true;
}

static enum table_level level_of(enum trust_band band)
{
    static const enum table_level levels[] = {
        [BAND_OVERDRAWN] = TABLE_BAD,   [BAND_STRAINED] = TABLE_WATCH,
        [BAND_ADEQUATE] = TABLE_GOOD,   [BAND_SOLID] = TABLE_GOOD,
        [BAND_RESERVE] = TABLE_GOOD,    [BAND_INSUFFICIENT] = TABLE_MUTED,
    };

    return levels[band];
}

static bool copy_text(struct arena *arena, struct figure_row *row, size_t column, struct str text)
{
    struct str copy = arena_str(arena, text);

    table_text(row, column, copy);
    return copy.ptr || !text.ptr;
}

static bool copy_place(struct arena *arena, struct figure_row *row, const struct table_place *place)
{
    row->place = *place;
    row->place.case_id = arena_str(arena, place->case_id);
    return row->place.case_id.ptr || !place->case_id.ptr;
}

static void put_account(const struct account_customer *customer, struct figure_row *row)
{
    const struct account *account = &customer->account;
    bool is_known = account->band != BAND_INSUFFICIENT;

    table_text(row, C_BAND, str_of(trust_band_name(account->band)));
    table_level(row, C_BAND, level_of(account->band));
    table_number(row, C_TRUST, account->trust);
    table_number(row, C_LOW, account->low);
    table_number(row, C_HIGH, account->high);
    table_number(row, C_UNCERTAINTY, account->uncertainty);
    table_number(row, C_BALANCE, account->balance);
    table_number(row, C_DEPOSITS, account->deposits);
    table_number(row, C_WITHDRAWALS, account->withdrawals);
    table_number(row, C_EVENTS, (double)customer->event_count);
    table_text(row, C_TREND, str_of(account_trend_name(customer->trend)));
    table_level(row, C_TREND, customer->trend == TREND_FALLING ? TABLE_WATCH : TABLE_PLAIN);
    if (!is_known)
        return;
    table_text(row, C_FIRM, account->is_firm ? STR("firm") : STR("provisional"));
    table_text(row, C_ROBUST, account->is_robust ? STR("robust") : STR("fragile"));
    table_text(row, C_GRID_LOW, str_of(trust_band_name(account->grid.low)));
    table_text(row, C_GRID_HIGH, str_of(trust_band_name(account->grid.high)));
}

static bool put_customer(const struct account_book *book, const struct account_customer *customer,
                         struct arena *arena, struct figure_row *row)
{
    enum account_quadrant quadrant;

    put_account(customer, row);
    if (account_quadrant(customer, &quadrant))
        table_text(row, C_QUADRANT, str_of(account_quadrant_name(quadrant)));
    table_number(row, C_NET_VALUE, customer->net);
    table_number(row, C_HOURS, customer->hours > 0 ? customer->hours : NAN);
    if (book->context->planned) {
        table_number(row, C_PLANNED_TRUST, customer->planned.trust);
        table_text(row, C_PLANNED_BAND, str_of(trust_band_name(customer->planned.band)));
        table_level(row, C_PLANNED_BAND, level_of(customer->planned.band));
    }
    return copy_text(arena, row, C_CUSTOMER, customer->id) &&
           copy_text(arena, row, C_SEGMENT, customer->segment) &&
           copy_place(arena, row, &customer->place);
}

/* Which numbers are not the shipped ones: whoever reads the bands has to know. */
static bool note_changes(const struct trust_policy *policy, struct arena *arena,
                         struct figure_table *table)
{
    struct words text;
    size_t i;

    text.in[LANG_EN] = arena_format(arena, "Trust policy: %.*s, revision %u; %zu numbers differ "
                                           "from the shipped policy.",
                                    STR_ARG(policy->id), policy->revision, policy->change_count);
    text.in[LANG_IT] = arena_format(arena, "Politica della fiducia: %.*s, revisione %u; numeri "
                                           "diversi da quelli forniti: %zu.",
                                    STR_ARG(policy->id), policy->revision, policy->change_count);
    if (!text.in[LANG_IT].ptr || !table_note(arena, table, &text, /* is_warning= */ false))
        return false;
    for (i = 0; i < policy->change_count; i++) {
        const struct trust_change *change = &policy->changes[i];

        text.in[LANG_EN] = arena_format(arena, "%.*s is %g, not %g. %.*s", STR_ARG(change->name),
                                        change->value, change->shipped, STR_ARG(change->reason));
        text.in[LANG_IT] = arena_format(arena, "%.*s è %g, non %g. %.*s", STR_ARG(change->name),
                                        change->value, change->shipped, STR_ARG(change->reason));
        if (!text.in[LANG_IT].ptr ||
            !table_note(arena, table, &text, /* is_warning= */ !change->reason.len))
            return false;
    }
    return true;
}

/* Whose base rate is not that of the policy. */
static bool note_segments(const struct account_book *book, struct arena *arena,
                          struct figure_table *table)
{
    struct words text;
    size_t i;

    for (i = 0; i < book->segment_count; i++) {
        const struct account_segment *segment = &book->segments[i];

        text.in[LANG_EN] = arena_format(arena, "Base rate of the segment %.*s: %.3f, the mean trust "
                                               "of %zu customers.",
                                        STR_ARG(segment->name), segment->mean, segment->customers);
        text.in[LANG_IT] = arena_format(arena, "Valore iniziale del segmento %.*s: %.3f, fiducia "
                                               "media di %zu clienti.",
                                        STR_ARG(segment->name), segment->mean, segment->customers);
        if (!text.in[LANG_IT].ptr || !table_note(arena, table, &text, /* is_warning= */ false))
            return false;
    }
    return true;
}

bool account_customer_table(const struct account_book *book, struct arena *arena,
                            struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &customer_form);
    size_t *numbers = arena_alloc(arena, book->customer_count + 1, sizeof *numbers);
    size_t i;

    if (!table || !numbers || !account_order(book, numbers))
        return false;
    for (i = 0; i < book->customer_count; i++) {
        struct figure_row *row = table_row(arena, table);

        if (!row || !put_customer(book, &book->customers[numbers[i]], arena, row))
            return false;
    }
    return note_changes(book->policy, arena, table) && note_segments(book, arena, table);
}

/* --- statements --- */

static bool put_entry(const struct account_book *book, const struct account_customer *customer,
                      const struct account_event *event, double *sum, struct arena *arena,
                      struct figure_row *row)
{
    bool is_deposit = trust_class_is_deposit(event->class);
    double effect = is_deposit ? event->decayed : -event->decayed * book->policy->withdrawal_factor;

    *sum += effect;
    table_instant(row, S_AT, (struct instant){event->at});
    table_text(row, S_CLASS, str_of(trust_class_name(event->class)));
    table_text(row, S_ACT, str_of(trust_class_name(event->class)));
    table_number(row, S_SEVERITY, event->severity);
    table_number(row, S_ATTRIBUTION, event->attribution);
    table_number(row, S_CONFIDENCE, event->confidence);
    table_number(row, S_REPEAT, is_deposit ? NAN : event->repeat);
    table_text(row, S_FATE, str_of(account_fate_name(event->fate)));
    if (event->is_repaired)
        table_text(row, S_REPAIRED, STR("yes"));
    table_number(row, S_MASS, event->mass);
    table_number(row, S_EFFECT, effect);
    table_level(row, S_EFFECT, effect < 0 ? TABLE_BAD : effect > 0 ? TABLE_GOOD : TABLE_MUTED);
    table_number(row, S_BALANCE, *sum);
    return copy_text(arena, row, S_CUSTOMER, customer->id) &&
           copy_place(arena, row, &book->entries[event->order].place);
}

bool account_statement_table(const struct account_book *book, struct arena *arena,
                             struct figure *figure)
{
    struct str wanted = book->context->statement;
    struct figure_table *table;
    size_t c;
    size_t i;

    if (!wanted.len)
        return true;
    table = figure_table_new(arena, figure, &statement_form);
    for (c = 0; table && c < book->customer_count; c++) {
        const struct account_customer *customer = &book->customers[c];
        double sum = 0;

        if (!str_is(wanted, "all") && !str_equal(wanted, customer->id))
            continue;
        for (i = 0; i < customer->event_count; i++) {
            struct figure_row *row = table_row(arena, table);

            if (!row || !put_entry(book, customer, &customer->events[i], &sum, arena, row))
                return false;
        }
    }
    return table != NULL;
}
