#include "cmd/stages.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "cmd/gathering.h"
#include "cmd/model_choice.h"
#include "cmd/ownership.h"
#include "report/report.h"

static const struct str default_breakdown[] = {{"priority", 8}};

enum { DOCUMENT_BYTES = 1 << 30, TOLD_BYTES = 1 << 28 };

enum status stage_audit(struct run *run, const char *path, struct audit **ret_audit)
{
    enum status status = run_library(run);

    return status == STATUS_OK
               ? audit_load(&run->arena, &run->library, str_of(path), &run->diag, ret_audit)
               : status;
}

/* --- gather --- */

static enum status take_sources(struct gathering *g, const struct audit *audit)
{
    size_t i;

    g->sources = arena_alloc(&g->run->arena, audit->source_count, sizeof *g->sources);
    if (!g->sources)
        return diag_no_memory(&g->run->diag);
    for (i = 0; i < audit->source_count; i++) {
        const struct audit_source *from = &audit->sources[i];
        struct gathering_source *source = &g->sources[i];

        source->id = from->id;
        source->map = from->map;
        source->folder = audit->folder;
        source->paths = from->files;
        source->path_count = from->file_count;
        source->zone_name = from->zone;
        source->options.date_order = from->date_order;
        source->options.solved_when = from->solved_when;
        source->options.has_audit_trail = from->has_audit_trail;
        source->options.salt = audit->id;
        gathering_take_log_options(g, &source->options);
        source->says_audit_trail = from->says_audit_trail;
    }
    g->source_count = audit->source_count;
    return STATUS_OK;
}

static enum status plan_gathering(struct gathering *g, const struct audit *audit)
{
    struct run *run = g->run;
    size_t count = 0;
    enum status status;

    while (measures[count])
        count++;
    g->measures = arena_alloc(&run->arena, count, sizeof *g->measures);
    if (!g->measures)
        return diag_no_memory(&run->diag);
    memcpy(g->measures, measures, count * sizeof *g->measures);
    g->measure_count = count;
    g->takes_what_comes = true;
    status = gathering_take_limits(g);
    if (status != STATUS_OK)
        return status;
    g->context.by = audit->by_count ? audit->by : default_breakdown;
    g->context.by_count = audit->by_count ? audit->by_count : ARRAY_LEN(default_breakdown);
    g->context.where = audit->where;
    g->context.where_count = audit->where_count;
    g->context.targets = audit->targets;
    g->context.target_count = audit->target_count;
    g->context.grid = audit->grid;
    g->context.baselines = audit->baselines;
    g->context.baseline_count = audit->baseline_count;
    g->context.reactions = audit->reactions;
    g->context.reaction_count = audit->reaction_count;
    g->folder = audit->folder;
    g->zone_name = audit->zone;
    g->calendar_name = audit->calendar;
    g->patron = audit->patron;
    g->sla_name = audit->sla;
    g->trust_name = audit->trust;
    g->process_names = audit->processes;
    g->process_name_count = audit->process_count;
    g->lexicon_names = audit->lexicons;
    g->lexicon_name_count = audit->lexicon_count;
    g->calibration_name = audit->calibration;
    g->context.period_start = audit->period_start;
    g->context.period_end = audit->period_end;
    g->context.as_of = audit->as_of;
    g->context.as_of_is_given = !instant_is_missing(audit->as_of);
    g->context.seed = args_has(&run->args, "seed") ? args_str(&run->args, "seed") : audit->id;
    status = take_sources(g, audit);
    return status == STATUS_OK ? gathering_plan(g) : status;
}

static void describe(const struct audit *audit, const struct gathering *g,
                     struct evidence *evidence)
{
    struct evidence_audit *into = &evidence->audit;

    into->id = audit->id;
    into->title = audit->title;
    into->organization = audit->organization;
    into->scope = audit->scope;
    into->edition = audit->edition;
    into->zone = audit->zone;
    into->period_start = audit->period_start;
    into->period_end = audit->period_end;
    into->as_of = g->context.as_of;
    into->as_of_is_given = g->context.as_of_is_given;
    into->team = audit->team;
    into->team_count = audit->team_count;
    into->plan = audit->plan;
    into->sha256 = audit->sha256;
}

static enum status take_as_of(struct run *run, struct measure_context *context)
{
    struct str text = args_str(&run->args, "as-of");
    unsigned dropped;

    if (!text.ptr)
        return STATUS_OK;
    context->as_of_is_given = true;
    if (instant_parse(text, &context->as_of, &dropped))
        return STATUS_OK;
    return run_usage(run, "'--as-of' takes an instant such as 2026-01-31T12:00:00Z, not '%.*s'",
                     STR_ARG(text));
}

enum status stage_plan(struct run *run, const struct audit *audit, struct gathering *g)
{
    enum status status;

    g->run = run;
    status = plan_gathering(g, audit);
    return status == STATUS_OK ? take_as_of(run, &g->context) : status;
}

enum status stage_ledger(struct gathering *g, const struct audit *audit,
                         struct evidence **ret_evidence)
{
    struct evidence *evidence = arena_alloc(&g->run->arena, 1, sizeof *evidence);
    enum status status;

    if (!evidence)
        return diag_no_memory(&g->run->diag);
    status = gathering_ledger(g, evidence);
    if (status != STATUS_OK)
        return status;
    describe(audit, g, evidence);
    *ret_evidence = evidence;
    return STATUS_OK;
}

enum status stage_gather(struct run *run, const struct audit *audit, const char *const *outputs,
                         size_t output_count, struct evidence **ret_evidence)
{
    struct gathering g = {.outputs = outputs, .output_count = output_count};
    enum status status = stage_plan(run, audit, &g);

    if (status == STATUS_OK)
        status = gathering_read(&g);
    if (status == STATUS_OK)
        status = gathering_measure(&g);
    if (status == STATUS_OK)
        status = stage_ledger(&g, audit, ret_evidence);
    gathering_done(&g);
    return status;
}

/* --- score --- */

enum status stage_checklists(struct run *run, const struct audit *audit,
                             struct checklist ***ret_checklists)
{
    struct checklist **list = arena_alloc(&run->arena, audit->checklist_count, sizeof *list);
    enum status status = STATUS_OK;
    size_t i;

    if (!list)
        return diag_no_memory(&run->diag);
    for (i = 0; i < audit->checklist_count && status == STATUS_OK; i++)
        status = checklist_load(&run->arena, &run->library, audit->checklists[i].name,
                                audit->checklists[i].folder, &run->diag, &list[i]);
    if (status == STATUS_OK)
        status = audit_tailor(&run->arena, audit, list, &run->diag);
    if (status == STATUS_OK)
        *ret_checklists = list;
    return status;
}

enum status stage_assess(struct run *run, const struct audit *audit, const char *answers_path,
                         const struct evidence *evidence, const struct sha256 *evidence_sha256,
                         struct result **ret_result)
{
    struct checklist **checklists = NULL;
    struct answers *answers = NULL;
    struct assessment *assessments = NULL;
    const struct score_rules *rules = NULL;
    struct str model = {NULL, 0};
    size_t count = 0;
    enum status status = stage_checklists(run, audit, &checklists);

    if (status == STATUS_OK)
        status = model_choose(run, audit, &model, &rules);
    if (status == STATUS_OK && answers_path)
        status = answers_load(&run->arena, &run->library, str_of(answers_path), &run->diag,
                              &answers);
    if (status == STATUS_OK)
        status = assess(&run->arena, checklists, audit->checklist_count, evidence, answers,
                        &run->diag, &assessments, &count);
    if (status == STATUS_OK)
        status = score_compute(&run->arena, checklists, audit->checklist_count, assessments, count,
                               rules, &run->diag, ret_result);
    if (status != STATUS_OK)
        return status;
    (*ret_result)->model = model;
    if (audit->profile)
        (*ret_result)->profile = (struct used_profile){audit->profile->id, audit->profile->revision,
                                                       audit->profile->sha256};
    (*ret_result)->tool_version = evidence->tool_version;
    (*ret_result)->evidence_sha256 = *evidence_sha256;
    (*ret_result)->audit = evidence->audit.id;
    (*ret_result)->as_of = evidence->audit.as_of;
    (*ret_result)->has_answers = answers != NULL;
    if (answers)
        (*ret_result)->answers_sha256 = answers->sha256;
    return STATUS_OK;
}

void stage_judge(struct run *run, const struct result *result)
{
    size_t i;

    for (i = 0; i < result->gate_count; i++)
        if (result->gates[i].is_triggered && !str_is(result->gates[i].id, "G1"))
            run->gate_failed = true;
    if (result->index[INDEX_CONFORMITY].is_incomplete && !run->incomplete)
        run->incomplete = "coverage";
}

/* --- documents --- */

enum status stage_evidence_bytes(struct run *run, const struct evidence *evidence, struct buf *out,
                                 struct sha256 *ret_sha256)
{
    enum status status;

    buf_init(out, DOCUMENT_BYTES);
    status = evidence_write(evidence, out, &run->diag);
    if (status == STATUS_OK)
        status = ownership_seal(out, &run->diag);
    if (status == STATUS_OK && !digest_bytes(buf_str(out), ret_sha256))
        status = diag_no_memory(&run->diag);
    return status;
}

enum status stage_result_bytes(struct run *run, const struct result *result, struct buf *out)
{
    enum status status;

    buf_init(out, DOCUMENT_BYTES);
    status = result_write(result, out, &run->diag);
    return status == STATUS_OK ? ownership_seal(out, &run->diag) : status;
}

enum status stage_save(struct run *run, const char *path, const struct buf *bytes)
{
    struct output *output = NULL;
    enum status status = ownership_check(path, args_has(&run->args, "force"), &run->diag);

    if (status == STATUS_OK)
        status = output_open(path, &run->diag, &output);
    if (status != STATUS_OK)
        return status;
    output_write(output, buf_str(bytes));
    return run->group ? output_group_add(run->group, output, &run->diag)
                      : output_commit(output, &run->diag);
}

enum status stage_print(struct run *run, const struct buf *text)
{
    struct output *output = NULL;
    enum status status = output_open("-", &run->diag, &output);

    if (status != STATUS_OK)
        return status;
    output_write(output, buf_str(text));
    return output_commit(output, &run->diag);
}

enum status stage_tell_sources(struct run *run, const struct evidence *evidence, const char *path)
{
    enum status status;
    struct buf text;

    if (run->is_quiet || !path || strcmp(path, "-") == 0)
        return STATUS_OK;
    buf_init(&text, TOLD_BYTES);
    status = report_sources_text(&run->arena, evidence, run->lang, &run->diag, &text);
    if (status == STATUS_OK)
        status = stage_print(run, &text);
    buf_done(&text);
    return status;
}
