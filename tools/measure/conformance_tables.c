/* The tables that stand beside the fitness of the cases. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/conformance_tally.h"
#include "stat/stat.h"

/* Rows whose delay is told: each looks through all the cases. */
enum { DELAYS_MOST = 200 };
/* Days behind the as-of instant in which a step that is alive was done. */
static const int64_t DEAD_AFTER = 365;

enum { WHAT, NAME, KIND, PROCESS, OCCURRENCES, CASES, SHARE, DELAY };
enum { STEP, TITLE, OF, ROLE, STATE, EXECUTED, BY_CASES, OMITTED, LAST };
/* The first column is the same in both. */
enum { ACTIVITY = WHAT, UNDER, EVENTS, IN_CASES, FIRST_SEEN, LAST_SEEN };

static const struct table_column deviation_columns[] = {
    [WHAT] = {STR_INIT("what"), {{STR_INIT("Step or activity"), STR_INIT("Passo o attività")}},
              {{STR_INIT("The id of the step; of work that no step has, the activity."),
                STR_INIT("L'identificativo del passo; per lavoro di nessun passo, l'attività.")}},
              TABLE_TEXT, 0},
    [NAME] = {STR_INIT("title"), {{STR_INIT("Title"), STR_INIT("Titolo")}}, {{{NULL, 0}}},
              TABLE_TEXT, 0},
    [KIND] = {STR_INIT("kind"), {{STR_INIT("Deviation"), STR_INIT("Scostamento")}}, {{{NULL, 0}}},
              TABLE_WORD, 0},
    [PROCESS] = {STR_INIT("process"), {{STR_INIT("Process"), STR_INIT("Processo")}}, {{{NULL, 0}}},
                 TABLE_TEXT, 0},
    [OCCURRENCES] = {STR_INIT("occurrences"), {{STR_INIT("Times"), STR_INIT("Volte")}},
                     {{{NULL, 0}}}, TABLE_INTEGER, 0},
    [CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, {{{NULL, 0}}},
               TABLE_INTEGER, 0},
    [SHARE] = {STR_INIT("share"), {{STR_INIT("Share of cases"), STR_INIT("Quota dei casi")}},
               {{{NULL, 0}}}, TABLE_SHARE, 0},
    [DELAY] = {STR_INIT("delay"), {{STR_INIT("Median delay"), STR_INIT("Ritardo mediano")}},
               {{STR_INIT("Median time from the first to the last activity of the cases with the "
                          "deviation, less that of the cases of the process without it: what goes "
                          "together, not what is proven to be its cause."),
                 STR_INIT("Tempo mediano dalla prima all'ultima attività dei casi con lo "
                          "scostamento, meno quello dei casi del processo senza: ciò che si "
                          "accompagna, non una causa provata.")}},
               TABLE_DURATION, 0},
};

static const struct table_form deviation_form = {
    .id = STR_INIT("process"),
    .name = {{STR_INIT("Process"), STR_INIT("Processo")}},
    .title = {{STR_INIT("Where practice leaves the declared process"),
               STR_INIT("Dove la prassi si scosta dal processo dichiarato")}},
    .columns = deviation_columns,
    .column_count = ARRAY_LEN(deviation_columns),
    .chart = {TABLE_CHART_BAR,
              {{STR_INIT("Cases with a deviation"), STR_INIT("Casi con uno scostamento")}},
              WHAT,
              {CASES},
              1,
              15},
};

static const struct table_column step_columns[] = {
    [STEP] = {STR_INIT("step"), {{STR_INIT("Step"), STR_INIT("Passo")}}, {{{NULL, 0}}}, TABLE_TEXT,
              0},
    [TITLE] = {STR_INIT("title"), {{STR_INIT("Title"), STR_INIT("Titolo")}}, {{{NULL, 0}}},
               TABLE_TEXT, 0},
    [OF] = {STR_INIT("process"), {{STR_INIT("Process"), STR_INIT("Processo")}}, {{{NULL, 0}}},
            TABLE_TEXT, 0},
    [ROLE] = {STR_INIT("role"), {{STR_INIT("Role"), STR_INIT("Ruolo")}}, {{{NULL, 0}}}, TABLE_TEXT,
              0},
    [STATE] = {STR_INIT("state"), {{STR_INIT("State"), STR_INIT("Stato")}},
               {{STR_INIT("A step that nobody did in the last twelve months is a dead letter, or "
                          "the log does not show it."),
                 STR_INIT("Un passo non eseguito negli ultimi dodici mesi è lettera morta, oppure "
                          "il registro non lo mostra.")}},
               TABLE_WORD, 0},
    [EXECUTED] = {STR_INIT("executed"), {{STR_INIT("Times done"), STR_INIT("Volte eseguito")}},
                  {{{NULL, 0}}}, TABLE_INTEGER, 0},
    [BY_CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, {{{NULL, 0}}},
                  TABLE_INTEGER, 0},
    [OMITTED] = {STR_INIT("omitted"), {{STR_INIT("Times missing"), STR_INIT("Volte mancante")}},
                 {{{NULL, 0}}}, TABLE_INTEGER, 0},
    [LAST] = {STR_INIT("last"), {{STR_INIT("Last done"), STR_INIT("Ultima volta")}}, {{{NULL, 0}}},
              TABLE_INSTANT, 0},
};

static const struct table_form step_form = {
    .id = STR_INIT("process-steps"),
    .name = {{STR_INIT("Process-steps"), STR_INIT("Passi del processo")}},
    .title = {{STR_INIT("Steps of the declared processes"),
               STR_INIT("Passi dei processi dichiarati")}},
    .columns = step_columns,
    .column_count = ARRAY_LEN(step_columns),
};

static const struct table_column activity_columns[] = {
    [ACTIVITY] = {STR_INIT("activity"), {{STR_INIT("Activity"), STR_INIT("Attività")}},
                  {{{NULL, 0}}}, TABLE_TEXT, 0},
    [UNDER] = {STR_INIT("process"), {{STR_INIT("Process"), STR_INIT("Processo")}}, {{{NULL, 0}}},
               TABLE_TEXT, 0},
    [EVENTS] = {STR_INIT("events"), {{STR_INIT("Times done"), STR_INIT("Volte eseguita")}},
                {{{NULL, 0}}}, TABLE_INTEGER, 0},
    [IN_CASES] = {STR_INIT("cases"), {{STR_INIT("Cases"), STR_INIT("Casi")}}, {{{NULL, 0}}},
                  TABLE_INTEGER, 0},
    [FIRST_SEEN] = {STR_INIT("first"), {{STR_INIT("First seen"), STR_INIT("Prima volta")}},
                    {{{NULL, 0}}}, TABLE_INSTANT, 0},
    [LAST_SEEN] = {STR_INIT("last"), {{STR_INIT("Last seen"), STR_INIT("Ultima volta")}},
                   {{{NULL, 0}}}, TABLE_INSTANT, 0},
};

static const struct table_form activity_form = {
    .id = STR_INIT("undocumented"),
    .name = {{STR_INIT("Undocumented"), STR_INIT("Non documentate")}},
    .title = {{STR_INIT("Work that no declared process knows"),
               STR_INIT("Lavoro che nessun processo dichiarato conosce")}},
    .columns = activity_columns,
    .column_count = ARRAY_LEN(activity_columns),
};

/* --- order --- */

struct row_key {
    const struct conformance *tally;
    const struct deviation_tally *deviation;
};

static struct str what_of(const struct conformance *tally, const struct deviation_tally *deviation)
{
    const struct process_document *process = tally->context->processes[deviation->process];

    if (deviation->kind == DEVIATION_UNKNOWN)
        return record_text(tally->context->set, deviation->what);
    return deviation->what == UINT32_MAX ? process->version : process->steps[deviation->what].id;
}

/* Most cases first; the rest by what stands in the row. */
static int compare_rows(const void *a, const void *b)
{
    const struct row_key *left = a;
    const struct row_key *right = b;
    const struct deviation_tally *one = left->deviation;
    const struct deviation_tally *two = right->deviation;

    if (one->count != two->count)
        return one->count > two->count ? -1 : 1;
    if (one->process != two->process)
        return one->process < two->process ? -1 : 1;
    if (one->kind != two->kind)
        return one->kind < two->kind ? -1 : 1;
    return str_compare(what_of(left->tally, one), what_of(right->tally, two));
}

static struct row_key *sorted(const struct conformance *tally, struct arena *arena)
{
    struct row_key *rows = arena_alloc(arena, tally->deviation_count + 1, sizeof *rows);
    size_t i;

    for (i = 0; rows && i < tally->deviation_count; i++)
        rows[i] = (struct row_key){tally, &tally->deviations[i]};
    if (rows)
        qsort(rows, tally->deviation_count, sizeof *rows, compare_rows);
    return rows;
}

/* --- delay --- */

static double median(int64_t *times, size_t count)
{
    return count && stat_sort_int64(times, count)
               ? (double)times[(count - 1) / 2] / (double)SECOND_US
               : NAN;
}

/* NAN: every case of the process has it. */
static double delay_of(const struct conformance *tally, const struct deviation_tally *deviation,
                       int64_t *room)
{
    size_t with = 0;
    size_t without = 0;
    size_t next = 0;
    size_t i;

    for (i = 0; i < tally->case_count; i++) {
        if (next < deviation->count && deviation->cases[next] == i) {
            next++;
            room[with++] = tally->times[i];
        } else if (tally->process_of[i] == deviation->process) {
            room[tally->case_count - ++without] = tally->times[i];
        }
    }
    return median(room, with) - median(room + tally->case_count - without, without);
}

/* --- tables --- */

static struct str process_name(const struct process_document *process, struct arena *arena)
{
    return arena_format(arena, "%.*s %.*s", STR_ARG(process->id), STR_ARG(process->version));
}

/* What the row says for longer than the tally and the records are there. */
static bool fill_row(const struct conformance *tally, const struct deviation_tally *deviation,
                     struct arena *arena, struct figure_row *row)
{
    struct str what = arena_str(arena, what_of(tally, deviation));

    row->place = deviation->place;
    row->place.case_id = arena_str(arena, row->place.case_id);
    table_text(row, WHAT, what);
    return what.ptr && row->place.case_id.ptr;
}

static uint64_t cases_of(const struct conformance *tally, uint32_t process)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < tally->case_count; i++)
        count += tally->process_of[i] == process;
    return count;
}

static bool add_deviation(const struct conformance *tally, const struct deviation_tally *deviation,
                          double delay, struct arena *arena, struct figure_table *table)
{
    const struct process_document *process = tally->context->processes[deviation->process];
    struct figure_row *row = table_row(arena, table);
    struct str name = process_name(process, arena);
    bool is_step = deviation->kind != DEVIATION_UNKNOWN && deviation->what != UINT32_MAX;

    if (!row || !name.ptr || !fill_row(tally, deviation, arena, row))
        return false;
    if (is_step)
        table_words(row, NAME, &process->steps[deviation->what].title);
    table_text(row, KIND, str_of(deviation_kind_name((enum deviation_kind)deviation->kind)));
    table_text(row, PROCESS, name);
    table_number(row, OCCURRENCES, (double)deviation->occurrences);
    table_number(row, CASES, (double)deviation->count);
    table_number(row, SHARE,
                 (double)deviation->count / (double)cases_of(tally, deviation->process));
    table_number(row, DELAY, delay);
    table_level(row, KIND,
                deviation->kind == DEVIATION_APPROVAL || deviation->kind == DEVIATION_FOUR_EYES
                    ? TABLE_BAD
                    : TABLE_PLAIN);
    return true;
}

static bool add_note(struct arena *arena, struct figure_table *table, uint64_t count,
                     const char *english, const char *italian)
{
    struct words words = {{{NULL, 0}}};

    if (count == 0)
        return true;
    words.in[LANG_EN] = arena_format(arena, "%llu %s", (unsigned long long)count, english);
    words.in[LANG_IT] = arena_format(arena, "%llu %s", (unsigned long long)count, italian);
    return words.in[LANG_EN].ptr && words.in[LANG_IT].ptr &&
           table_note(arena, table, &words, /* is_warning= */ true);
}

static bool deviation_table(const struct conformance *tally, const struct row_key *rows,
                            struct arena *arena, struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &deviation_form);
    int64_t *room = mem_alloc(tally->case_count + 1, sizeof *room);
    bool is_made = table && room;
    size_t i;

    for (i = 0; i < tally->deviation_count && is_made; i++)
        is_made = add_deviation(tally, rows[i].deviation,
                                i < DELAYS_MOST ? delay_of(tally, rows[i].deviation, room) : NAN,
                                arena, table);
    mem_free(room);
    return is_made &&
           add_note(arena, table, tally->unaligned,
                    "cases are too long and too different for the nearest allowed sequence to be "
                    "found; their deviations are not counted.",
                    "casi sono troppo lunghi e diversi perché si trovi la sequenza ammessa più "
                    "vicina; i loro scostamenti non sono contati.") &&
           add_note(arena, table, tally->bounds,
                    "cases have more ways through the process than were looked at; their fitness "
                    "is at least what is said.",
                    "casi hanno più vie attraverso il processo di quante esaminate; la loro "
                    "aderenza è almeno quella indicata.");
}

static const char *state_of(const struct conformance *tally, const struct step_tally *step)
{
    int64_t as_of = tally->context->as_of.us;

    if (step->executed == 0)
        return "never-done";
    return as_of != VALUE_MISSING && step->last < as_of - DEAD_AFTER * DAY_US ? "dead" : "in-use";
}

static bool step_table(const struct conformance *tally, struct arena *arena, struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &step_form);
    size_t p;
    size_t s;

    for (p = 0; table && p < tally->context->process_count; p++) {
        const struct process_document *process = tally->context->processes[p];
        struct str name = process_name(process, arena);

        for (s = 0; s < process->step_count; s++) {
            const struct step_tally *step = &tally->steps[tally->first_step[p] + s];
            struct figure_row *row = table_row(arena, table);
            const char *state = state_of(tally, step);

            if (!row || !name.ptr)
                return false;
            table_text(row, STEP, process->steps[s].id);
            table_words(row, TITLE, &process->steps[s].title);
            table_text(row, OF, name);
            table_text(row, ROLE, process->steps[s].role);
            table_text(row, STATE, str_of(state));
            table_level(row, STATE, strcmp(state, "in-use") == 0 ? TABLE_PLAIN : TABLE_WATCH);
            table_number(row, EXECUTED, (double)step->executed);
            table_number(row, BY_CASES, (double)step->cases);
            table_number(row, OMITTED, (double)step->omitted);
            if (step->executed)
                table_instant(row, LAST, (struct instant){step->last});
        }
    }
    return table != NULL;
}

/* Work that is done and written nowhere: to be written down perhaps, no fault by itself. */
static bool activity_table(const struct conformance *tally, const struct row_key *rows,
                           struct arena *arena, struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &activity_form);
    size_t i;

    for (i = 0; table && i < tally->deviation_count; i++) {
        const struct deviation_tally *deviation = rows[i].deviation;
        struct figure_row *row;
        struct str name;

        if (deviation->kind != DEVIATION_UNKNOWN)
            continue;
        row = table_row(arena, table);
        name = process_name(tally->context->processes[deviation->process], arena);
        if (!row || !name.ptr || !fill_row(tally, deviation, arena, row))
            return false;
        table_text(row, UNDER, name);
        table_number(row, EVENTS, (double)deviation->occurrences);
        table_number(row, IN_CASES, (double)deviation->count);
        table_instant(row, FIRST_SEEN, (struct instant){deviation->first});
        table_instant(row, LAST_SEEN, (struct instant){deviation->last});
    }
    return table != NULL;
}

bool conformance_tables(const struct conformance *tally, struct arena *arena,
                        struct figure *figure)
{
    struct row_key *rows = sorted(tally, arena);

    return rows && deviation_table(tally, rows, arena, figure) &&
           step_table(tally, arena, figure) && activity_table(tally, rows, arena, figure);
}
