/* M-52, signals in customer data that somebody reacted to. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/signal_list.h"

static const struct measure_variant variants[] = {
    {"reacted-in-time", VARIANT_SHARE, "signals with a reaction, or whose 15 working days are over",
     false, false, NULL, false},
};

/* Where nobody keeps reactions, in the audit or a register, none can be missing. */
static bool keeps_reactions(const struct measure_context *context)
{
    return context->reaction_count > 0 || measure_set(context, RECORD_REGISTER) ||
           measure_set(context, RECORD_MGMT);
}

static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, SLOT_OPENED) && !instant_is_missing(context->as_of) &&
                   keeps_reactions(context)
               ? 1u
               : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct signal_list *list;
    enum status status = signal_list_new(context, diag, &list);

    if (status == STATUS_OK)
        *ret_own = list;
    return status;
}

static void release(void *own)
{
    signal_list_free(own);
}

/* --- the table --- */

enum { MEASURE, VARIANT, PERIOD, WHAT, LIMIT, REACTED, WHERE, READING };

static const struct table_column columns[] = {
    [MEASURE] = {STR_INIT("measure"), {{STR_INIT("Measure"), STR_INIT("Misura")}}, {{{0}}},
                 TABLE_TEXT, 0},
    [VARIANT] = {STR_INIT("variant"), {{STR_INIT("Variant"), STR_INIT("Variante")}}, {{{0}}},
                 TABLE_WORD, 0},
    [PERIOD] = {STR_INIT("period"), {{STR_INIT("Period"), STR_INIT("Periodo")}}, {{{0}}},
                TABLE_TEXT, 0},
    [WHAT] = {STR_INIT("signal"), {{STR_INIT("Signal"), STR_INIT("Segnale")}}, {{{0}}}, TABLE_WORD,
              0},
    [LIMIT] = {STR_INIT("react-by"), {{STR_INIT("React before"), STR_INIT("Reagire prima di")}},
               {{{0}}}, TABLE_INSTANT, 0},
    [REACTED] = {STR_INIT("reacted"), {{STR_INIT("Reacted"), STR_INIT("Reazione")}}, {{{0}}},
                 TABLE_INSTANT, 0},
    [WHERE] = {STR_INIT("recorded-in"), {{STR_INIT("On record in"), STR_INIT("Registrata in")}},
               {{{0}}}, TABLE_WORD, 0},
    [READING] = {STR_INIT("reading"), {{STR_INIT("Reading"), STR_INIT("Lettura")}}, {{{0}}},
                 TABLE_WORD, 0},
};

static const struct table_form form = {
    .id = STR_INIT("signals"),
    .name = {{STR_INIT("Signals"), STR_INIT("Segnali")}},
    .title = {{STR_INIT("Signals in customer data, and what was done"),
               STR_INIT("Segnali nei dati dei clienti, e che cosa si è fatto")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

static struct instant instant_of(int64_t at)
{
    return at == VALUE_MISSING ? INSTANT_MISSING : (struct instant){at};
}

static bool fill_row(struct arena *arena, struct figure_row *row, const struct signal_seen *signal)
{
    struct str measure = arena_str(arena, signal->measure);
    struct str variant = arena_str(arena, signal->variant);
    struct str period = arena_str(arena, signal->period);
    struct str what = arena_str(arena, signal->what);
    struct str place = arena_str(arena, signal->place.case_id);

    table_text(row, MEASURE, measure);
    table_text(row, VARIANT, variant);
    table_text(row, PERIOD, period);
    table_text(row, WHAT, what);
    table_instant(row, LIMIT, instant_of(signal->limit));
    table_instant(row, REACTED, instant_of(signal->reacted));
    table_text(row, WHERE, signal->reacted_in);
    row->place = signal->place;
    row->place.case_id = place;
    table_text(row, READING,
               signal->is_open                    ? STR("still-time")
               : signal->is_in_time               ? STR("reacted-in-time")
               : signal->reacted == VALUE_MISSING ? STR("no-reaction")
                                                  : STR("reacted-late"));
    table_level(row, READING,
                signal->is_open      ? TABLE_MUTED
                : signal->is_in_time ? TABLE_GOOD
                                     : TABLE_BAD);
    return measure.ptr && variant.ptr && period.ptr && what.ptr &&
           (place.ptr || !signal->place.case_id.ptr);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct signal_list *list = own;
    struct figure_table *table = NULL;
    uint64_t k = 0;
    uint64_t n = 0;
    size_t i;

    (void)context;
    (void)variant;
    for (i = 0; i < list->count; i++) {
        struct figure_row *row;

        if (!table && !(table = figure_table_new(arena, figure, &form)))
            return false;
        row = table_row(arena, table);
        if (!row || !fill_row(arena, row, &list->list[i]))
            return false;
        n += !list->list[i].is_open;
        k += list->list[i].is_in_time;
    }
    figure_set_share(figure, k, n);
    return true;
}

const struct measure measure_signals = {
    .id = "M-52",
    .name = "signals-answered",
    .title = {{STR_INIT("signals with a reaction"), STR_INIT("segnali con una reazione")}},
    .definition = {{STR_INIT("Share of the signals in customer data, alarms of control charts and "
                             "missed targets, with a reaction on record within 15 working days."),
                    STR_INIT("Quota dei segnali nei dati dei clienti, allarmi delle carte di "
                             "controllo e obiettivi mancati, con una reazione registrata entro 15 "
                             "giorni lavorativi.")}},
    .formula = "periods of M-03, M-07, M-11, M-19, M-21, M-22 and M-23 with a signal or a missed "
               "target, and a reaction of the audit, an action of a register or an act of "
               "management that names measure and period, from the beginning of the period to 15 "
               "working days after it / those with a reaction or whose 15 days are over; Wilson "
               "interval",
    .fields = "register.kind register.reference register.at register.done mgmt.date mgmt.topic "
              "mgmt.decision mgmt.action ticket.opened",
    .source = "ISO 9001 clause 9.1.3; Western Electric 1956; Wilson 1927",
    .also_kinds = 1u << RECORD_REGISTER | 1u << RECORD_MGMT | 1u << RECORD_PROMISE |
                  1u << RECORD_COMPLAINT | 1u << RECORD_SURVEY | 1u << RECORD_CUSTOMER |
                  1u << RECORD_ORDER_REVIEW,
    .slots = 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED | 1ull << SLOT_DUE |
             1ull << SLOT_MET | 1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED |
             1ull << SLOT_FIRST_RESPONSE | 1ull << SLOT_CLASS | 1ull << SLOT_CUSTOMER,
    .needs_classes = true,
    .needs_levels = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe_nothing,
    .conclude = conclude,
};
