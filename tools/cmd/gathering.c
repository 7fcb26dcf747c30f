#include "cmd/gathering.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "cmd/ownership.h"
#include "cmd/progress.h"
#include "source/source.h"

/* --- plan --- */

enum status gathering_slot(struct gathering *g, struct str field, int *ret_slot)
{
    int slot = measure_slot(&g->needs, field);
    const struct record_field *model = record_case_field(field);

    if (slot < 0) {
        if (g->needs.own_count == SLOT_END - SLOT_OWN)
            return run_usage(g->run, "too many fields named");
        g->own[g->needs.own_count] = field;
        slot = SLOT_OWN + (int)g->needs.own_count++;
    }
    if (model && slot < SLOT_COUNT)
        g->needs.slots |= 1ull << slot;
    if (slot == SLOT_GROUP) /* to count the people of a group */
        g->needs.slots |= 1ull << SLOT_ASSIGNEE;
    *ret_slot = slot;
    return STATUS_OK;
}

static bool is_person(int slot)
{
    return slot < SLOT_COUNT && slot_type(slot) == FIELD_PERSON;
}

/* --- targets --- */

static const struct measure *find_measure(const struct gathering *g, struct str id)
{
    size_t i;

    for (i = 0; i < g->measure_count; i++)
        if (str_is(id, g->measures[i]->id))
            return g->measures[i];
    return NULL;
}

static bool can_reach(const struct measure_variant *variant, double value)
{
    return value >= 0 && (variant->kind != VARIANT_SHARE || value <= 1);
}

/* A target of 95 where 0.95 is meant would turn every figure into a breach. */
static enum status check_target(struct gathering *g, const struct audit_target *target)
{
    const struct measure *measure = find_measure(g, target->measure);
    bool is_known = false;
    size_t i;

    for (i = 0; measure && i < measure->variant_count; i++) {
        if (target->variant.ptr && !str_is(target->variant, measure->variants[i].name))
            continue;
        if (can_reach(&measure->variants[i], target->value))
            return STATUS_OK;
        is_known = true;
    }
    if (is_known) {
        diag_report(&g->run->diag, RULE_PLAN_VALUE, target->place, "%g for %.*s", target->value,
                    STR_ARG(target->measure));
        diag_hint(&g->run->diag, "a share is written from 0 to 1, such as 0.95");
        return STATUS_USAGE;
    }
    diag_report(&g->run->diag, RULE_PLAN_MEASURE, target->place, "'%.*s%s%.*s'",
                STR_ARG(target->measure), target->variant.ptr ? " " : "", STR_ARG(target->variant));
    return STATUS_OK;
}

/* What an audit says of a chart that no figure has would never be seen again. */
static void check_chart(struct gathering *g, const char *what, struct str id, struct str variant,
                        struct where place)
{
    const struct measure *measure = find_measure(g, id);
    size_t i;

    for (i = 0; measure && i < measure->variant_count; i++)
        if (!variant.ptr || str_is(variant, measure->variants[i].name))
            return;
    diag_report(&g->run->diag, RULE_PLAN_CHART, place, "%s of '%.*s%s%.*s'", what, STR_ARG(id),
                variant.ptr ? " " : "", STR_ARG(variant));
}

static void check_charts(struct gathering *g)
{
    const struct measure_context *context = &g->context;
    size_t i;

    for (i = 0; i < context->baseline_count; i++)
        check_chart(g, "baseline", context->baselines[i].measure, context->baselines[i].variant,
                    context->baselines[i].place);
    for (i = 0; i < context->reaction_count; i++)
        check_chart(g, "reaction", context->reactions[i].measure, context->reactions[i].variant,
                    context->reactions[i].place);
}

static enum status check_targets(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < g->context.target_count && status == STATUS_OK; i++)
        status = check_target(g, &g->context.targets[i]);
    return status;
}

enum status gathering_plan(struct gathering *g)
{
    struct measure_context *context = &g->context;
    struct arena *arena = &g->run->arena;
    int *by = arena_alloc(arena, context->by_count, sizeof *by);
    int *where = arena_alloc(arena, context->where_count, sizeof *where);
    enum status status = STATUS_OK;
    size_t i;

    g->own = arena_alloc(arena, SLOT_END - SLOT_OWN, sizeof *g->own);
    if (!g->own || !by || !where)
        return diag_no_memory(&g->run->diag);
    g->needs.own = g->own;
    for (i = 0; i < g->measure_count; i++)
        measure_add_needs(g->measures[i], &g->needs);
    if (context->by_count > MEASURE_BREAKDOWNS)
        return run_usage(g->run, "at most %d breakdowns", MEASURE_BREAKDOWNS);
    for (i = 0; i < context->by_count && status == STATUS_OK; i++) {
        status = gathering_slot(g, context->by[i], &by[i]);
        if (status == STATUS_OK && is_person(by[i]))
            status = run_usage(g->run, "no figures about single persons: '%.*s'",
                               STR_ARG(context->by[i]));
    }
    for (i = 0; i < context->where_count && status == STATUS_OK; i++)
        status = gathering_slot(g, context->where[i].field, &where[i]);
    if (status == STATUS_OK)
        status = check_targets(g);
    check_charts(g);
    context->by_slots = by;
    context->where_slots = where;
    return status;
}

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
    status = record_set_new(&g->needs, diag, &g->set);
    if (status == STATUS_OK && !g->keeps_cases && measuring_wants_cases(g->measuring)) {
        struct record_sink sink = measuring_sink(g->measuring);

        if (!g->pool && g->threads > 1 && !(g->pool = pool_new(g->threads)))
            return diag_no_memory(diag);
        status = record_set_stream(g->set, &sink, readers(g), g->marks_ids, diag);
    }
    return status;
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
    status = new_set(g);
    for (s = 0; s < g->source_count && status == STATUS_OK; s++) {
        struct gathering_source *source = &g->sources[s];

        source->options.as_of = g->context.as_of;
        source->options.has_as_of = g->context.as_of_is_given;
        source->options.progress = step;
        source->options.context = &progress;
        for (i = 0; i < source->name_count && status == STATUS_OK; i++) {
            progress_start(&progress, source->names[i]);
            status = record_read(g->set, source->names[i], number, &source->options, &run->arena,
                                 &run->diag, &g->accounting[number]);
            if (status == STATUS_OK && record_set_is_void(g->set)) {
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
    return status == STATUS_OK ? record_set_settle(g->set, &run->diag) : status;
}

/*
 * What comes only once must be right the first time: every row is kept, and the order of day and
 * month is taken from the files beside it, which could ask for another reading otherwise.
 */
static enum status prepare_single_reading(struct gathering *g)
{
    enum status status = STATUS_OK;
    bool reads_once = false;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++)
        for (i = 0; i < g->sources[s].name_count; i++)
            reads_once |= source_reads_once(g->sources[s].names[i]);
    if (!reads_once)
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
 * Once more when a date showed that the order of day and month must be decided first, or a row
 * that was left out turned out to matter. Another reading repeats every diagnostic: only those of
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
        again = status == STATUS_OK && (record_set_needs_order(g->set) ||
                                        record_set_needs_all(g->set) || record_set_is_void(g->set));
        if (!again)
            break;
        g->needs.keep_all |= record_set_needs_all(g->set);
        diag_done(&g->run->diag);
        diag_merge(&g->run->diag, &before);
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

enum { FIELD_NAMES = 128 };

static void warn_of_field(struct gathering *g, struct str field, int slot)
{
    const char *names[FIELD_NAMES + 1];
    const char *nearest;
    size_t count = 0;
    size_t k;
    size_t i;

    if (record_has(g->set, slot))
        return;
    for (k = 0; k < record_kind_count; k++)
        for (i = 0; i < record_kinds[k].field_count && count < FIELD_NAMES; i++)
            names[count++] = record_kinds[k].fields[i].name;
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

void gathering_look_back(struct gathering *g)
{
    size_t i;

    warn_of_nothing_met(g);
    for (i = 0; i < g->accounting_count; i++)
        if (g->accounting[i].identity.truncated)
            g->run->incomplete = "truncated";
        else if (g->accounting[i].is_partial && !g->run->incomplete)
            g->run->incomplete = "pattern-limit";
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
    if (status == STATUS_OK)
        gathering_look_back(g);
    return status;
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
        status = staff_floor_find(g->set, &g->run->diag, &g->floor);
        g->context.floor = &g->floor;
        if (g->floor.groups)
            diag_report(&g->run->diag, RULE_STAFF_FLOOR, WHERE_NONE, "%zu groups", g->floor.groups);
    }
    return status;
}

enum status gathering_measure(struct gathering *g)
{
    struct run *run = g->run;
    bool has_cases = false;
    enum status status;
    size_t m;
    size_t i;

    g->context.set = g->set;
    if (instant_is_missing(g->context.as_of))
        g->context.as_of = record_latest(g->set);
    g->figures = arena_alloc(&run->arena, g->measure_count * MEASURE_VARIANTS, sizeof *g->figures);
    if (!g->figures)
        return diag_no_memory(&run->diag);
    status = find_floor(g);
    if (status != STATUS_OK)
        return status;
    g->context.pool = g->pool;
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
    record_set_free(g->set);
    g->set = NULL;
    pool_free(g->pool);
    gathering_clock_done(g);
    for (s = 0; s < g->source_count; s++)
        zone_free(g->sources[s].zone);
}

/* --- ledger --- */

/* The folder of the audit goes from the paths that a text has between quotes, too. */
static struct str shown_text(const struct gathering *g, struct str text)
{
    struct str folder = g->source_count ? g->sources[0].folder : (struct str){NULL, 0};
    struct buf out;
    struct str shown;
    size_t i;

    if (folder.len == 0)
        return text;
    buf_init(&out, text.len + 1);
    for (i = 0; i < text.len; i++) {
        buf_add_char(&out, text.ptr[i]);
        if (text.ptr[i] == '\'' && text.len - i > folder.len + 1 &&
            memcmp(text.ptr + i + 1, folder.ptr, folder.len) == 0 &&
            text.ptr[i + 1 + folder.len] == '/')
            i += folder.len + 1;
    }
    shown = out.failed ? text : arena_str(&g->run->arena, buf_str(&out));
    buf_done(&out);
    return shown.ptr ? shown : text;
}

static enum status keep_notes(struct gathering *g, struct evidence *evidence)
{
    const struct diag *diag = &g->run->diag;
    size_t i;

    evidence->notes = arena_alloc(&g->run->arena, diag->count, sizeof *evidence->notes);
    if (!evidence->notes)
        return diag_no_memory(&g->run->diag);
    for (i = 0; i < diag->count; i++) {
        const struct diagnostic *item = &diag->list[i];
        struct ledger_note *note = &evidence->notes[i];

        note->severity = str_of(severity_name(item->severity));
        note->rule = str_of(rule_info(item->rule)->name);
        note->text = shown_text(g, item->text);
        note->source = gathering_shown(g, item->where.source);
        note->line = item->where.line;
        note->column = item->where.column;
    }
    evidence->note_count = diag->count;
    return STATUS_OK;
}

enum status gathering_ledger(struct gathering *g, struct evidence *evidence)
{
    enum status status;
    size_t i;

    for (i = 0; i < g->accounting_count; i++)
        g->accounting[i].identity.name = gathering_shown(g, g->accounting[i].identity.name);
    evidence->tool_version = STR("cfaudit " CFAUDIT_VERSION);
    evidence->zone_database = zone_database_version();
    evidence->audit.as_of = g->context.as_of;
    evidence->audit.as_of_is_given = g->context.as_of_is_given;
    evidence->sources = g->accounting;
    evidence->source_count = g->accounting_count;
    evidence->missing = g->missing;
    evidence->missing_count = g->missing_count;
    evidence->figures = g->figures;
    evidence->figure_count = g->figure_count;
    evidence->seed = g->context.seed;
    evidence->is_incomplete = g->run->incomplete != NULL;
    status = keep_notes(g, evidence);
    if (status == STATUS_OK)
        status = gathering_clock_ledger(g, evidence);
    return status == STATUS_OK ? evidence_number(evidence, &g->run->arena, &g->run->diag) : status;
}
