#include "cmd/gathering.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cmd/gathering_kinds.h"
#include "cmd/gathering_runs.h"
#include "cmd/gathering_texts.h"
#include "cmd/ownership.h"
#include "cmd/progress.h"
#include "source/source.h"

/* --- reading --- */

static void step(void *context, uint64_t bytes)
{
    progress_step(context, bytes);
}

/* Who reads together; one alone leaves at least the digest to another thread. */
static struct pool *readers(const struct gathering *g)
{
    return g->reads_alone ? NULL : g->pool;
}

/* Cases that are settled go to the measures at once, unless a reading has shown that they are not. */
static enum status new_set(struct gathering *g)
{
    struct diag *diag = &g->run->diag;
    bool keeps_all = g->set && record_set_needs_table(g->set);
    enum status status;

    g->reads_alone |= g->set && record_set_needs_one_lane(g->set);
    g->marks_ids |= g->set && record_set_needs_marks(g->set);
    record_set_free(g->set);
    g->set = NULL;
    measuring_restart(g->measuring);
    g->keeps_cases |= keeps_all;
    status = gathering_kinds_begin(g);
    if (status == STATUS_OK)
        status = record_set_new(&g->needs, diag, &g->set);
    if (status == STATUS_OK && !g->keeps_cases && measuring_wants_cases(g->measuring)) {
        struct record_sink sink = measuring_sink(g->measuring);

        status = record_set_stream(g->set, &sink, readers(g), g->marks_ids, diag);
    }
    return status;
}

/* More than memory may hold: the reading ends, and another one goes by way of sorted runs. */
static enum status note_full(void *relief, struct diag *diag)
{
    struct gathering *g = relief;

    (void)diag;
    g->is_full = true;
    return STATUS_END;
}

static enum status read_sources(struct gathering *g)
{
    struct run *run = g->run;
    struct progress progress;
    enum status status = STATUS_OK;
    uint32_t number = 0;
    size_t s;
    size_t i;

    progress_init(&progress, !run->is_quiet);
    status = gathering_pool(g);
    if (status == STATUS_OK)
        status = new_set(g);
    for (s = 0; s < g->source_count && status == STATUS_OK; s++) {
        struct gathering_source *source = &g->sources[s];

        source->options.as_of = g->context.as_of;
        source->options.has_as_of = g->context.as_of_is_given;
        source->options.progress = step;
        source->options.context = &progress;
        source->options.pool = readers(g);
        source->options.relieve = g->reads_once ? NULL : note_full;
        source->options.relief = g;
        for (i = 0; i < source->name_count && status == STATUS_OK; i++) {
            progress_start(&progress, source->names[i]);
            source->options.shown = gathering_name(g, s, i);
            status = record_read(g->set, source->names[i], number, &source->options, &run->arena,
                                 &run->diag, &g->accounting[number]);
            if (status == STATUS_OK && (g->is_full || record_set_is_void(g->set))) {
                progress_end(&progress);
                return STATUS_OK;
            }
            if (status == STATUS_OK && record_set_needs_order(g->set)) {
                progress_end(&progress);
                return record_decide_order(source->names, source->name_count, &source->options,
                                           &run->diag, &source->options.date_order);
            }
            number++;
        }
    }
    progress_end(&progress);
    if (status == STATUS_OK)
        status = gathering_kinds_end(g);
    return status == STATUS_OK ? record_set_settle(g->set, &run->diag) : status;
}

/*
 * What comes only once must be right the first time: every row is kept, and the order of day and
 * month is taken from the files beside it, which could ask for another reading otherwise.
 */
static enum status prepare_single_reading(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++)
        for (i = 0; i < g->sources[s].name_count; i++)
            g->reads_once |= source_reads_once(g->sources[s].names[i]);
    if (!g->reads_once)
        return STATUS_OK;
    g->keeps_cases = true;
    g->needs.keep_all = true;
    for (s = 0; s < g->source_count && status == STATUS_OK; s++) {
        struct gathering_source *source = &g->sources[s];

        status = record_decide_order(source->names, source->name_count, &source->options,
                                     &g->run->diag, &source->options.date_order);
    }
    return status;
}

/*
 * Once more when a date showed that the order of day and month must be decided first, a row that was
 * left out turned out to matter, or memory is full. Another reading repeats every diagnostic: only those of
 * the last are kept.
 */
static enum status read_as_often_as_needed(struct gathering *g)
{
    struct diag before;
    enum status status = prepare_single_reading(g);
    bool again = status == STATUS_OK;

    diag_init(&before);
    if (again)
        diag_merge(&before, &g->run->diag);
    while (again) {
        status = read_sources(g);
        again = status == STATUS_OK &&
                (g->is_full || record_set_needs_order(g->set) || record_set_needs_all(g->set) ||
                 record_set_is_void(g->set));
        if (!again)
            break;
        g->needs.keep_all |= record_set_needs_all(g->set);
        diag_done(&g->run->diag);
        diag_merge(&g->run->diag, &before);
        if (g->is_full) {
            status = gathering_read_runs(g);
            break;
        }
    }
    diag_done(&before);
    return status;
}

/* Before anything is read: what is to be written must not be what is read. */
enum status gathering_check_outputs(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t s;
    size_t o;

    for (s = 0; s < g->source_count; s++)
        for (o = 0; o < g->output_count && status == STATUS_OK; o++)
            if (g->outputs[o])
                status = ownership_not_input(g->outputs[o], g->sources[s].names,
                                             g->sources[s].name_count, &g->run->diag);
    return status;
}

enum { FIELD_NAMES = 512 };

/* Some record has it, of whatever kind. */
static bool is_given(const struct gathering *g, struct str field, int slot)
{
    int kind;

    if (record_has(g->set, slot))
        return true;
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        int own = measure_slot(&g->kinds[kind].needs, field);

        if (g->kind_sets[kind] && own >= 0 && record_has(g->kind_sets[kind], own))
            return true;
    }
    return false;
}

static void warn_of_field(struct gathering *g, struct str field, int slot)
{
    const char *names[FIELD_NAMES + 1];
    const char *nearest;
    size_t count = 0;
    size_t k;
    size_t i;

    if (is_given(g, field, slot))
        return;
    for (k = 0; k < record_model_count; k++)
        for (i = 0; i < record_models[k]->field_count && count < FIELD_NAMES; i++)
            names[count++] = record_models[k]->fields[i].name;
    names[count] = NULL;
    nearest = str_nearest(field, names);
    diag_report(&g->run->diag, RULE_FIELD_UNKNOWN, WHERE_NONE, "'%.*s'", STR_ARG(field));
    if (nearest && !str_is(field, nearest))
        diag_hint(&g->run->diag, "did you mean '%s'?", nearest);
}

/* What was asked for and never met: without a word it would look like an answer. */
static void warn_of_nothing_met(struct gathering *g)
{
    const struct measure_context *context = &g->context;
    size_t number = 0;
    size_t s;
    size_t i;

    for (i = 0; i < context->by_count; i++)
        warn_of_field(g, context->by[i], context->by_slots[i]);
    for (i = 0; i < context->where_count; i++)
        warn_of_field(g, context->where[i].field, context->where_slots[i]);
    for (s = 0; s < g->source_count; s++) {
        const struct gathering_source *source = &g->sources[s];
        uint64_t rows = 0;

        for (i = 0; i < source->name_count; i++)
            rows += g->accounting[number++].rows_solving;
        if (source->options.solved_when.ptr && source->name_count && rows == 0)
            diag_report(&g->run->diag, RULE_SOLVED_NEVER, WHERE_NONE, "'%.*s'",
                        STR_ARG(source->options.solved_when));
    }
}

enum status gathering_look_back(struct gathering *g)
{
    size_t i;

    warn_of_nothing_met(g);
    for (i = 0; i < g->accounting_count; i++)
        if (g->accounting[i].identity.truncated)
            g->run->incomplete = "truncated";
        else if (g->accounting[i].is_partial && !g->run->incomplete)
            g->run->incomplete = "pattern-limit";
    return gathering_warn_of_copies(g) ? STATUS_OK : diag_no_memory(&g->run->diag);
}

enum status gathering_read(struct gathering *g)
{
    struct run *run = g->run;
    size_t files = 0;
    enum status status = gathering_prepare(g);
    size_t s;

    if (status == STATUS_OK)
        status = gathering_check_outputs(g);
    if (status != STATUS_OK)
        return status;
    for (s = 0; s < g->source_count; s++)
        files += g->sources[s].name_count;
    if (files > LIMIT_SOURCES)
        return diag_limit(&run->diag, WHERE_NONE, "the number of source files", LIMIT_SOURCES);
    g->accounting = arena_alloc(&run->arena, files, sizeof *g->accounting);
    if (!g->accounting)
        return diag_no_memory(&run->diag);
    status = measuring_new(g->measures, g->measure_count, &g->context, &run->diag, &g->measuring);
    if (status == STATUS_OK)
        status = read_as_often_as_needed(g);
    g->accounting_count = files;
    return status == STATUS_OK ? gathering_look_back(g) : status;
}

/* --- figures --- */

static bool is_breach(const struct figure *figure)
{
    return str_is(figure->verdict, "breached") || str_is(figure->verdict, "proven-incapable");
}

/* Only a breakdown by staff group needs it. */
static enum status find_floor(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < g->context.by_count && status == STATUS_OK; i++) {
        if (g->context.by_slots[i] != SLOT_GROUP || g->context.floor)
            continue;
        status = staff_floor_find(&g->context, &g->run->diag, &g->floor);
        g->context.floor = &g->floor;
        if (g->floor.groups)
            diag_report(&g->run->diag, RULE_STAFF_FLOOR, WHERE_NONE, "%zu groups", g->floor.groups);
    }
    return status;
}

/* Of any record. */
static struct instant latest_of(const struct gathering *g)
{
    struct instant latest = record_latest(g->set);
    struct instant other = gathering_kinds_latest(g);

    return !instant_is_missing(other) && (instant_is_missing(latest) || other.us > latest.us)
               ? other
               : latest;
}

static enum status make_figures(struct gathering *g)
{
    struct run *run = g->run;
    enum status status;
    size_t m;

    for (m = 0; m < g->measure_count; m++) {
        struct figure *figures = NULL;
        size_t count = 0;

        status = measuring_finish(g->measuring, m, &run->arena, &run->diag, &figures, &count);
        if (status != STATUS_OK)
            return status;
        if (count == 0)
            diag_report(&run->diag,
                        g->takes_what_comes ? RULE_MEASURE_NOT_FED : RULE_MEASURE_NO_DATA,
                        WHERE_NONE, "%s needs %s", g->measures[m]->id, g->measures[m]->fields);
        memcpy(g->figures + g->figure_count, figures, count * sizeof *figures);
        g->figure_count += count;
    }
    return STATUS_OK;
}

enum status gathering_measure(struct gathering *g)
{
    struct run *run = g->run;
    bool has_cases = false;
    enum status status;
    size_t i;

    g->context.set = g->set;
    if (instant_is_missing(g->context.as_of))
        g->context.as_of = latest_of(g);
    g->figures = arena_alloc(&run->arena, g->measure_count * MEASURE_VARIANTS, sizeof *g->figures);
    if (!g->figures)
        return diag_no_memory(&run->diag);
    status = find_floor(g);
    if (status == STATUS_OK)
        status = gathering_boilerplate(g);
    if (status != STATUS_OK)
        return status;
    g->context.pool = g->pool;
    g->context.shared = &g->shared;
    status = gathering_kinds_contexts(g);
    if (status == STATUS_OK)
        status = make_figures(g);
    shared_list_done(&g->shared);
    if (status != STATUS_OK)
        return status;
    gathering_mark_partial(g);
    for (i = 0; i < g->figure_count; i++) {
        has_cases |= g->figures[i].n > 0;
        run->target_breached |= is_breach(&g->figures[i]);
    }
    if (!has_cases)
        run->incomplete = "nothing-assessed";
    return STATUS_OK;
}

void gathering_done(struct gathering *g)
{
    size_t s;

    measuring_free(g->measuring);
    staff_floor_done(&g->floor);
    gathering_runs_free(g->runs);
    gathering_kinds_done(g);
    record_set_free(g->set);
    g->set = NULL;
    pool_free(g->pool);
    gathering_clock_done(g);
    gathering_texts_done(g);
    for (s = 0; s < g->source_count; s++)
        zone_free(g->sources[s].zone);
}
