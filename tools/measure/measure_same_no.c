/* M-16, the same NO again. */
#include <stdlib.h>

#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/talk_threads.h"

enum { THREE_TIMES, TWICE, UNHEARD, VARIANTS };

enum { WATCH = 2, ALARM = 3 }; /* refusals of a chain */

static const struct measure_variant variants[VARIANTS] = {
    [THREE_TIMES] = {"three-times", VARIANT_SHARE, "threads with a refusal", true, true, "count",
                     false},
    [TWICE] = {"twice", VARIANT_SHARE, "threads with a refusal", true, true, "count", false},
    [UNHEARD] = {"despite-new-arguments", VARIANT_SHARE, "threads with a refusal", true, true,
                 "count", false},
};

static unsigned applies(const struct measure_context *context)
{
    return talk_threads_are_told(context) && !instant_is_missing(context->as_of)
               ? (1u << VARIANTS) - 1
               : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct talk_threads *threads = NULL;
    enum status status = STATUS_OK;

    if (applies(context))
        status = talk_threads_new(context, diag, &threads);

    if (status == STATUS_OK)
        *ret_own = threads;
    return status;
}

static void release(void *own)
{
    talk_threads_free(own);
}

/* The refusal by which its longest chain got so long. */
static const struct thread_refusal *last_link(const struct talk_thread *thread)
{
    size_t i;

    for (i = 0; i < thread->refusal_count; i++)
        if (thread->refusals[i].link.is_new &&
            thread->refusals[i].link.length == thread->chain.length)
            return &thread->refusals[i];
    return &thread->refusals[0]; /* none is in a chain */
}

static const char *note_of(const struct talk_thread *thread)
{
    return thread->chain.arguments ? "the customer had brought new arguments" : NULL;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct talk_threads *threads = observe_own(state);
    const struct talk_thread *thread;
    const struct thread_refusal *link;
    struct observation observation;
    struct record_case cited = *item;
    bool is_first = false;
    size_t v;

    if (!threads)
        return; /* nothing tells refusals */
    thread = talk_thread_of(threads, item, &is_first);
    for (v = 0; !thread && v < VARIANTS; v++)
        observe_excluded(state, v, item, item->message_count ? "no-refusal" : "no-messages");
    if (!thread || !is_first)
        return;
    link = last_link(thread);
    cited.source = link->source;
    cited.line = link->line;
    cited.offset = link->offset;
    observation = (struct observation){.value = thread->chain.length,
                                       .period = thread->refusals[thread->refusal_count - 1].at,
                                       .note = note_of(thread)};
    observation.counts = thread->chain.length >= ALARM;
    observe_value(state, THREE_TIMES, &cited, &observation);
    observation.counts = thread->chain.length >= WATCH;
    observe_value(state, TWICE, &cited, &observation);
    observation.counts = thread->chain.length >= ALARM && thread->chain.arguments > 0;
    observe_value(state, UNHEARD, &cited, &observation);
}

/* --- the list for whoever looks at them --- */

enum { THREAD, CASES, REFUSALS, CHAIN, ARGUMENTS, FIRST, LAST, COLUMNS };

static const struct table_column columns[COLUMNS] = {
    [THREAD] = {STR_INIT("thread"), {{STR_INIT("Thread"), STR_INIT("Conversazione")}},
                {{STR_INIT("the first case of the thread"),
                  STR_INIT("il primo caso della conversazione")}},
                TABLE_TEXT, 0},
    [CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}},
               {{STR_INIT("of the same customer and topic, each opened within 30 days of the one "
                          "before"),
                 STR_INIT("dello stesso cliente e argomento, aperti ciascuno entro 30 giorni dal "
                          "precedente")}},
               TABLE_INTEGER, 0},
    [REFUSALS] = {STR_INIT("refusals"), {{STR_INIT("Refusals"), STR_INIT("Rifiuti")}},
                  {{{NULL, 0}, {NULL, 0}}}, TABLE_INTEGER, 0},
    [CHAIN] = {STR_INIT("same"), {{STR_INIT("Same NO"), STR_INIT("Stesso NO")}},
               {{STR_INIT("times in a row, the customer having asked again between them"),
                 STR_INIT("volte di seguito, dopo ogni nuova richiesta del cliente")}},
               TABLE_INTEGER, 0},
    [ARGUMENTS] = {STR_INIT("arguments"),
                   {{STR_INIT("New arguments"), STR_INIT("Nuovi argomenti")}},
                   {{STR_INIT("of these, given although the customer had brought something new"),
                     STR_INIT("di questi, dati benché il cliente avesse portato qualcosa di nuovo")}},
                   TABLE_INTEGER, 0},
    [FIRST] = {STR_INIT("first"), {{STR_INIT("First refusal"), STR_INIT("Primo rifiuto")}},
               {{{NULL, 0}, {NULL, 0}}}, TABLE_INSTANT, 0},
    [LAST] = {STR_INIT("last"), {{STR_INIT("Last refusal"), STR_INIT("Ultimo rifiuto")}},
              {{{NULL, 0}, {NULL, 0}}}, TABLE_INSTANT, 0},
};

static const struct table_form form = {
    .id = STR_INIT("same-no"),
    .name = {{STR_INIT("Same NO"), STR_INIT("Stesso NO")}},
    .title = {{STR_INIT("The same NO again: threads to be looked at"),
               STR_INIT("Lo stesso NO ripetuto: conversazioni da esaminare")}},
    .columns = columns,
    .column_count = COLUMNS,
};

static const struct words advice = {
    {STR_INIT("Read the thread before you judge it: an answer may say the same because nothing else "
              "is true. Two refusals are taken for the same by their reason's code or by what their "
              "words have in common."),
     STR_INIT("Leggere la conversazione prima di giudicarla: una risposta può ripetersi perché è "
              "l'unica vera. Due rifiuti sono considerati uguali per il codice del motivo o per le "
              "parole che hanno in comune.")}};

static bool add_thread(struct arena *arena, struct figure_table *table,
                       const struct talk_thread *thread)
{
    struct figure_row *row = table_row(arena, table);
    const struct thread_refusal *link = last_link(thread);

    if (!row)
        return false;
    row->place = (struct table_place){arena_str(arena, link->case_id), link->source, link->line,
                                      link->offset};
    table_text(row, THREAD, arena_str(arena, thread->case_id));
    table_number(row, CASES, thread->cases);
    table_number(row, REFUSALS, thread->chain.refusals);
    table_number(row, CHAIN, thread->chain.length);
    table_level(row, CHAIN, thread->chain.length >= ALARM ? TABLE_BAD : TABLE_WATCH);
    table_number(row, ARGUMENTS, thread->chain.arguments);
    table_instant(row, FIRST, (struct instant){thread->refusals[0].at});
    table_instant(row, LAST, (struct instant){thread->refusals[thread->refusal_count - 1].at});
    return row->place.case_id.ptr && row->cells[THREAD].text.ptr;
}

/* The longest chains first, of equals those with more new arguments, then by case. */
static int compare_threads(const void *a, const void *b)
{
    const struct talk_thread *left = *(const struct talk_thread *const *)a;
    const struct talk_thread *right = *(const struct talk_thread *const *)b;

    if (left->chain.length != right->chain.length)
        return left->chain.length > right->chain.length ? -1 : 1;
    if (left->chain.arguments != right->chain.arguments)
        return left->chain.arguments > right->chain.arguments ? -1 : 1;
    return str_compare(left->case_id, right->case_id);
}

static bool add_threads(const struct measure_context *context, const struct talk_threads *threads,
                        struct arena *arena, struct figure_table *table)
{
    size_t most = talk_threads_count(threads);
    const struct talk_thread **list = mem_alloc(most + 1, sizeof(const struct talk_thread *));
    size_t count = 0;
    bool done = list != NULL;
    size_t i;

    for (i = 0; done && i < most; i++) {
        const struct talk_thread *thread = talk_thread_at(threads, i);

        if (thread->chain.length >= WATCH &&
            !observe_is_outside(context, thread->refusals[thread->refusal_count - 1].at))
            list[count++] = thread;
    }
    if (count)
        qsort(list, count, sizeof *list, compare_threads);
    for (i = 0; done && i < count; i++)
        done = add_thread(arena, table, list[i]);
    mem_free(list);
    return done;
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    struct figure_table *table;

    if (variant != THREE_TIMES)
        return true;
    table = figure_table_new(arena, figure, &form);
    return table && add_threads(context, own, arena, table) &&
           (table->row_count == 0 || table_note(arena, table, &advice, false));
}

const struct measure measure_same_no = {
    .id = "M-16",
    .name = "same-no",
    .title = {{STR_INIT("the same NO again"), STR_INIT("lo stesso NO ripetuto")}},
    .definition = {{STR_INIT("Share of the threads with a refusal in which customers asked again and "
                             "were told the same NO three times in a row."),
                    STR_INIT("Quota delle conversazioni con un rifiuto in cui il cliente ha chiesto "
                             "di nuovo e ha ricevuto tre volte di seguito lo stesso NO.")}},
    .formula = "threads whose longest chain of same refusals has at least 3 (twice: 2; despite new "
               "arguments: 3, one of them after a new argument) / threads with a refusal; thread: a "
               "case, or cases of one customer and topic opened within 30 days of one another; same: "
               "by code of reason, by 60 % of content stems in common, or 80 % of groups of three "
               "words; a customer's message has to lie between, an alternative, an escalation or a "
               "decision ends the chain; new: 30 % of its stems unseen; Wilson interval",
    .fields = "event.at event.actor-class event.visibility event.text; ticket.customer "
              "ticket.resolution-code; item.ticket item.at item.kind item.actor-class; lexicons",
    .source = "Jaccard 1901; Broder 1997; Wilson 1927",
    .also_kinds = 1u << RECORD_ITEM,
    .slots = THREAD_SLOTS,
    .needs_classes = true,
    .needs_marks = true,
    .detectors = 1u << DETECT_REFUSAL | 1u << DETECT_ALTERNATIVE | 1u << DETECT_ESCALATION |
                 1u << DETECT_DECISION | 1u << DETECT_THANKS,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
