#include "measure/survey_selection.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/ended_work.h"
#include "measure/observe.h"
#include "measure/record_links.h"
#include "measure/survey_scale.h"
#include "measure/talk.h"
#include "stat/stat.h"

static const int64_t TIME_TO_ASK = 14 * DAY_US;

static const char *const outcome_names[CASE_OUTCOME_COUNT] = {
    [OUTCOME_WELL] = "went-well",  [OUTCOME_COMPLAINED] = "complained",
    [OUTCOME_REFUSED] = "refused", [OUTCOME_LATE] = "ended-late",
    [OUTCOME_REOPENED] = "opened-again"};

/* A case that did not go well, whose customer nobody asked. */
struct unasked {
    struct table_place place;
    enum case_outcome outcome;
    int64_t ended;
};

struct survey_selection {
    uint64_t cases[CASE_OUTCOME_COUNT];
    uint64_t asked[CASE_OUTCOME_COUNT];
    struct arena arena;
    struct unasked *list; /* by id; empty where nothing is cited */
    size_t count;
    size_t capacity;
};

bool survey_selection_shows(const struct measure_context *context)
{
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);

    return tickets && record_has(context->set, KIND_TICKET) &&
           record_has(context->set, SURVEY_INVITED) &&
           (record_has(tickets, SLOT_RESOLVED) || record_has(tickets, SLOT_CLOSED) ||
            record_has(tickets, SLOT_FIRST_SOLVED));
}

/* --- what there is to look at --- */

struct looking {
    const struct measure_context *context; /* of surveys */
    struct service_clocks *clocks;         /* NULL: no agreement */
    struct record_links *surveys;
    struct record_links *complaints; /* of none when there is no register */
};

static void looking_done(struct looking *looking)
{
    service_clocks_free(looking->clocks);
    record_links_free(looking->surveys);
    record_links_free(looking->complaints);
}

static enum status looking_init(struct looking *looking, const struct measure_context *context,
                                struct diag *diag)
{
    const struct measure_context *tickets = measure_context_of(context, RECORD_TICKET);
    enum status status =
        record_links_new(context->set, KIND_TICKET, diag, &looking->surveys);

    looking->context = context;
    if (status == STATUS_OK)
        status = record_links_new(measure_set(context, RECORD_COMPLAINT), KIND_TICKET, diag,
                                  &looking->complaints);
    if (status == STATUS_OK && tickets->sla)
        status = service_clocks_new(tickets, diag, &looking->clocks);
    return status;
}

/* --- one case --- */

static bool was_asked(const struct looking *looking, const struct record_case *ticket)
{
    struct record_link_run run = record_links_find(looking->surveys, ticket->id);
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case survey = record_links_at(looking->surveys, run.first + i);
        struct survey_answer answer = survey_answer_of(&survey);

        if (answer.is_invited &&
            (answer.at == VALUE_MISSING || answer.at <= looking->context->as_of.us))
            return true;
    }
    return false;
}

static bool was_complained_of(const struct looking *looking, const struct record_case *ticket)
{
    struct record_link_run run = record_links_find(looking->complaints, ticket->id);
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case complaint = record_links_at(looking->complaints, run.first + i);
        int64_t received = record_value(&complaint, COMPLAINT_RECEIVED);

        if (received == VALUE_MISSING || received <= looking->context->as_of.us)
            return true;
    }
    return false;
}

/* False: out of memory. */
static bool outcome_of(const struct looking *looking, const struct record_case *ticket, int64_t end,
                       enum case_outcome *ret_outcome)
{
    struct str reason;
    enum ended_work work = ended_work_of(looking->clocks, ticket, end);

    *ret_outcome = was_complained_of(looking, ticket)                      ? OUTCOME_COMPLAINED
                   : case_is_refused(ticket, &reason)                       ? OUTCOME_REFUSED
                   : work == WORK_LATE                                      ? OUTCOME_LATE
                   : ended_was_reopened(ticket, looking->context->as_of.us) ? OUTCOME_REOPENED
                                                                            : OUTCOME_WELL;
    return work != WORK_FAILED;
}

static bool add_unasked(struct survey_selection *selection, const struct record_case *ticket,
                        enum case_outcome outcome, int64_t end)
{
    struct unasked listed = {.outcome = outcome, .ended = end};

    listed.place = (struct table_place){arena_str(&selection->arena, ticket->id), ticket->source,
                                        ticket->line, ticket->offset};
    if (!listed.place.case_id.ptr || !mem_grow(&selection->list, selection->count,
                                               &selection->capacity, sizeof *selection->list))
        return false;
    selection->list[selection->count++] = listed;
    return true;
}

static bool count_case(const struct looking *looking, const struct record_case *ticket,
                       struct survey_selection *selection)
{
    const struct measure_context *context = looking->context;
    int64_t end = ticket->is_empty ? VALUE_MISSING : case_end(ticket);
    enum case_outcome outcome;
    bool is_asked;

    if (end == VALUE_MISSING || end > context->as_of.us - TIME_TO_ASK ||
        record_value(ticket, SLOT_CLASS) == CLASS_CANCELLED || observe_is_outside(context, end))
        return true;
    if (!outcome_of(looking, ticket, end, &outcome))
        return false;
    is_asked = was_asked(looking, ticket);
    selection->cases[outcome]++;
    selection->asked[outcome] += is_asked;
    return is_asked || outcome == OUTCOME_WELL || !context->seed.ptr ||
           add_unasked(selection, ticket, outcome, end);
}

static int compare_unasked(const void *a, const void *b)
{
    const struct unasked *left = a;
    const struct unasked *right = b;

    return str_compare(left->place.case_id, right->place.case_id);
}

enum status survey_selection_new(const struct measure_context *context, struct diag *diag,
                                 struct survey_selection **ret_selection)
{
    struct survey_selection *selection = mem_alloc(1, sizeof *selection);
    const struct record_set *tickets = measure_set(context, RECORD_TICKET);
    struct looking looking = {.clocks = NULL};
    enum status status;
    size_t i;

    if (!selection)
        return diag_no_memory(diag);
    arena_init(&selection->arena);
    status = looking_init(&looking, context, diag);
    for (i = 0; status == STATUS_OK && i < record_case_count(tickets); i++) {
        struct record_case ticket = record_case_at(tickets, i);

        if (!count_case(&looking, &ticket, selection))
            status = diag_no_memory(diag);
    }
    looking_done(&looking);
    if (status != STATUS_OK) {
        survey_selection_free(selection);
        return status;
    }
    if (selection->count)
        qsort(selection->list, selection->count, sizeof *selection->list, compare_unasked);
    *ret_selection = selection;
    return STATUS_OK;
}

void survey_selection_free(struct survey_selection *selection)
{
    if (!selection)
        return;
    arena_done(&selection->arena);
    mem_free(selection->list);
    mem_free(selection);
}

/* --- what is said --- */

enum { OUTCOME, CASES, ASKED, SHARE, LOW, HIGH };

static const struct table_column outcome_columns[] = {
    [OUTCOME] = {STR_INIT("outcome"), {{STR_INIT("Outcome"), STR_INIT("Esito")}}, {{{NULL, 0}}},
                 TABLE_WORD, 0},
    [CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, {{{NULL, 0}}},
               TABLE_INTEGER, 0},
    [ASKED] = {STR_INIT("asked"), {{STR_INIT("Customers asked"), STR_INIT("Clienti interpellati")}},
               {{{NULL, 0}}}, TABLE_INTEGER, 0},
    [SHARE] = {STR_INIT("share"), {{STR_INIT("Share asked"), STR_INIT("Quota interpellata")}},
               {{{NULL, 0}}}, TABLE_SHARE, 0},
    [LOW] = {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Da")}}, {{{NULL, 0}}}, TABLE_SHARE, 0},
    [HIGH] = {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("A")}}, {{{NULL, 0}}}, TABLE_SHARE,
              0},
};

static const struct table_form outcome_form = {
    .id = STR_INIT("asked-by-outcome"),
    .name = {{STR_INIT("Asked by outcome"), STR_INIT("Interpellati per esito")}},
    .title = {{STR_INIT("Who was asked, by how the case had gone"),
               STR_INIT("Chi è stato interpellato, secondo com'era andato il caso")}},
    .columns = outcome_columns,
    .column_count = ARRAY_LEN(outcome_columns),
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Share asked"), STR_INIT("Quota interpellata")}},
              .category = OUTCOME,
              .series = {SHARE},
              .series_count = 1},
};

static bool add_outcomes(const struct survey_selection *selection, struct arena *arena,
                         struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &outcome_form);
    size_t o;

    for (o = 0; table && o < CASE_OUTCOME_COUNT; o++) {
        struct interval interval = {NAN, NAN};
        struct figure_row *row;

        if (!stat_wilson(selection->asked[o], selection->cases[o], &interval))
            continue;
        row = table_row(arena, table);
        if (!row)
            return false;
        table_text(row, OUTCOME, str_of(outcome_names[o]));
        table_number(row, CASES, (double)selection->cases[o]);
        table_number(row, ASKED, (double)selection->asked[o]);
        table_number(row, SHARE, (double)selection->asked[o] / (double)selection->cases[o]);
        table_number(row, LOW, interval.low);
        table_number(row, HIGH, interval.high);
    }
    return table != NULL;
}

enum { CASE, HOW, ENDED };

static const struct table_column unasked_columns[] = {
    [CASE] = {STR_INIT("case"), {{STR_INIT("Case"), STR_INIT("Caso")}}, {{{NULL, 0}}}, TABLE_TEXT,
              0},
    [HOW] = {STR_INIT("outcome"), {{STR_INIT("Outcome"), STR_INIT("Esito")}}, {{{NULL, 0}}},
             TABLE_WORD, 0},
    [ENDED] = {STR_INIT("ended"), {{STR_INIT("Ended"), STR_INIT("Concluso")}}, {{{NULL, 0}}},
               TABLE_INSTANT, 0},
};

static const struct table_form unasked_form = {
    .id = STR_INIT("not-asked"),
    .name = {{STR_INIT("Not asked"), STR_INIT("Non interpellati")}},
    .title = {{STR_INIT("Cases that did not go well, and whose customers were not asked"),
               STR_INIT("Casi andati non bene i cui clienti non sono stati interpellati")}},
    .columns = unasked_columns,
    .column_count = ARRAY_LEN(unasked_columns),
};

static bool add_list(const struct survey_selection *selection, struct arena *arena,
                     struct figure *figure)
{
    struct figure_table *table;
    size_t i;

    if (selection->count == 0)
        return true;
    table = figure_table_new(arena, figure, &unasked_form);
    for (i = 0; table && i < selection->count; i++) {
        const struct unasked *listed = &selection->list[i];
        struct figure_row *row = table_row(arena, table);
        struct str id = arena_str(arena, listed->place.case_id);

        if (!row || !id.ptr)
            return false;
        row->place = listed->place;
        row->place.case_id = id;
        table_text(row, CASE, id);
        table_text(row, HOW, str_of(outcome_names[listed->outcome]));
        table_instant(row, ENDED, (struct instant){listed->ended});
    }
    return table != NULL;
}

bool survey_selection_conclude(const struct survey_selection *selection, struct arena *arena,
                               struct figure *figure)
{
    uint64_t asked = 0;
    uint64_t cases = 0;
    size_t o;

    for (o = OUTCOME_WELL + 1; o < CASE_OUTCOME_COUNT; o++) {
        asked += selection->asked[o];
        cases += selection->cases[o];
    }
    figure->n = selection->cases[OUTCOME_WELL] + cases;
    figure->k = selection->asked[OUTCOME_WELL] + asked;
    figure_set_difference(figure, selection->asked[OUTCOME_WELL], selection->cases[OUTCOME_WELL],
                          asked, cases);
    figure->standing = standing_of(cases < selection->cases[OUTCOME_WELL]
                                       ? cases
                                       : selection->cases[OUTCOME_WELL]);
    if (figure->low > 0)
        figure->note = STR("customers whose case went well were asked more often: what the answers "
                           "say of all is too good");
    return add_outcomes(selection, arena, figure) && add_list(selection, arena, figure);
}
