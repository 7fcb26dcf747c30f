/* run: the whole way, from an audit to its workbook. */
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "cmd/command_table.h"
#include "cmd/delivery.h"
#include "cmd/follow_up.h"
#include "cmd/model_choice.h"
#include "cmd/ownership.h"
#include "cmd/stages.h"
#include "report/report.h"

enum { TEXT_BYTES = 1 << 30 };

static const struct option_row options[] = {
    {"answers", 'a', "FILE", false, "what the auditors answered"},
    {"actions", 0, "FILE", false, "the plan of corrective actions"},
    {"previous", 0, "FILE", false, "an earlier result to be held against (default: the audit's)"},
    {"model", 0, "NAME", false,
     "whose number is the headline (cfaudit list models; default: the audit's, or cfaudit)"},
    {"output", 'o', "FILE", false,
     "the report, in the form of its ending (default: a workbook of the audit's name, in this folder)"},
    {"format", 'f', "FMT[:PATH]", true,
     "one more report (cfaudit list formats); without PATH instead of the summary; may repeat"},
    {"as-of", 0, "INSTANT", false, "look at the cases as they stood then (default: the audit's)"},
    {"seed", 0, "TEXT", false, "draw samples with this seed (default: the audit's id)"},
    {"memory", 0, "SIZE", false, "most memory for cases (default: 2G)"},
    {"threads", 'j', "N", false, "threads that read (default: one a processor)"},
    {"with-text", 0, NULL, false, "show what entries of text logs held, not only their figures"},
    {"no-jit", 0, NULL, false, "interpret the patterns of text logs: slower, the same answers"},
    {"self-check", 0, NULL, false, "match text logs twice, in two ways, and stop where they differ"},
    {"statement", 0, "CUSTOMER", false, "statement of account of a customer, or of all (M-44)"},
    {"what-if", 0, "CLASS[:SEVERITY]", false,
     "accounts with one more act of that class, as in W2:3 (M-44)"},
    {"client-copy", 0, NULL, false,
     "reports without internal notes, names of persons and names of files"},
    {"force", 0, NULL, false, "write over files that are not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

/* What a run writes. */
struct outputs {
    const char *report;
    const char *evidence;
    const char *result;
    struct deliveries deliveries; /* the report and whatever else was asked for */
};

/* "audits/helpdesk.xml" gives helpdesk.xlsx, helpdesk.evidence.xml, helpdesk.result.xml. */
static enum status name_outputs(struct run *run, const char *audit, struct outputs *ret_outputs)
{
    struct str report = args_str(&run->args, "output");
    const char *slash = strrchr(audit, '/');
    struct str stem = str_of(slash ? slash + 1 : audit);
    struct str names[3];
    enum status status;

    if (str_ends(stem, ".xml"))
        stem.len -= strlen(".xml");
    names[0] = report.ptr ? report : arena_format(&run->arena, "%.*s.xlsx", STR_ARG(stem));
    if (!names[0].ptr)
        return diag_no_memory(&run->diag);
    status = deliveries_plan(run, FORM_OF_RESULT, names[0].ptr, &ret_outputs->deliveries);
    if (status != STATUS_OK)
        return status;
    stem = names[0];
    stem.len -= strlen(ret_outputs->deliveries.list[0].form.ending);
    names[1] = arena_format(&run->arena, "%.*s.evidence.xml", STR_ARG(stem));
    names[2] = arena_format(&run->arena, "%.*s.result.xml", STR_ARG(stem));
    if (!names[1].ptr || !names[2].ptr)
        return diag_no_memory(&run->diag);
    ret_outputs->report = names[0].ptr;
    ret_outputs->evidence = names[1].ptr;
    ret_outputs->result = names[2].ptr;
    return STATUS_OK;
}

/* Before the work, so that a long run does not end at a file that must not be touched: neither the
   documents of the audit nor what is not ours may be written over. */
static enum status check_outputs(struct run *run, const struct audit *audit,
                                 const struct outputs *outputs)
{
    struct str inputs[4] = {str_of(run->args.operands[0])};
    const struct str others[] = {args_str(&run->args, "answers"), args_str(&run->args, "actions")};
    const char *documents[] = {outputs->evidence, outputs->result};
    size_t input_count = 1;
    enum status status = follow_up_previous(run, audit, &inputs[1]);
    size_t i;
    size_t k;

    input_count += inputs[1].ptr != NULL;
    for (i = 0; i < ARRAY_LEN(others); i++)
        if (others[i].ptr)
            inputs[input_count++] = others[i];
    if (status == STATUS_OK)
        status = deliveries_check(run, &outputs->deliveries, inputs, input_count);
    for (i = 0; i < ARRAY_LEN(documents) && status == STATUS_OK; i++) {
        for (k = 0; k < outputs->deliveries.count; k++) {
            const char *path = outputs->deliveries.list[k].path;

            if (path && strcmp(path, documents[i]) == 0)
                return run_usage(run, "'%s' is written by every run", path);
        }
        status = ownership_not_input(documents[i], inputs, input_count, &run->diag);
        if (status == STATUS_OK)
            status = ownership_check(documents[i], args_has(&run->args, "force"), &run->diag);
    }
    return status;
}

/* None of the files written may be a source of the audit. */
static enum status gather(struct run *run, const struct audit *audit,
                          const struct outputs *outputs, struct evidence **ret_evidence)
{
    const struct deliveries *deliveries = &outputs->deliveries;
    const char **paths = arena_alloc(&run->arena, deliveries->count + 2, sizeof *paths);
    size_t count = 0;
    size_t i;

    if (!paths)
        return diag_no_memory(&run->diag);
    paths[count++] = outputs->evidence;
    paths[count++] = outputs->result;
    for (i = 0; i < deliveries->count; i++)
        if (deliveries->list[i].path)
            paths[count++] = deliveries->list[i].path;
    return stage_gather(run, audit, paths, count, ret_evidence);
}

static enum status save_evidence(struct run *run, const struct evidence *evidence,
                                 const char *path, struct sha256 *ret_sum)
{
    struct buf bytes;
    enum status status = stage_evidence_bytes(run, evidence, &bytes, ret_sum);

    if (status == STATUS_OK)
        status = stage_save(run, path, &bytes);
    buf_done(&bytes);
    return status;
}

/* The result then knows its own digest, as one that was loaded does. */
static enum status save_result(struct run *run, struct result *result, const char *path)
{
    struct buf bytes;
    enum status status = stage_result_bytes(run, result, &bytes);

    if (status == STATUS_OK && !digest_bytes(buf_str(&bytes), &result->sha256))
        status = diag_no_memory(&run->diag);
    if (status == STATUS_OK)
        status = stage_save(run, path, &bytes);
    buf_done(&bytes);
    return status;
}

static enum status print_summary(struct run *run, const struct evidence *evidence,
                                 const struct result *result, const struct outputs *outputs)
{
    enum status status;
    struct buf text;

    if (run->is_quiet)
        return STATUS_OK;
    buf_init(&text, TEXT_BYTES);
    report_summary(evidence, result, run->lang, &text);
    buf_printf(&text, "\n%s %s\n",
               !str_ends(str_of(outputs->report), ".xlsx") ? "report:"
               : run->lang == LANG_IT                      ? "cartella di lavoro:"
                                                           : "workbook:",
               outputs->report);
    status = stage_print(run, &text);
    buf_done(&text);
    return status;
}

static enum status write_reports(struct run *run, const struct evidence *evidence,
                                 const struct result *result, const struct outputs *outputs)
{
    enum status status = deliveries_make(run, &outputs->deliveries, evidence, result);

    if (status == STATUS_OK)
        status = output_group_commit(run->group, &run->diag);
    if (status == STATUS_OK && !outputs->deliveries.takes_stdout)
        status = print_summary(run, evidence, result, outputs);
    return status;
}

static enum status go(struct run *run)
{
    struct outputs outputs;
    struct audit *audit = NULL;
    struct evidence *evidence = NULL;
    struct result *result = NULL;
    const struct score_rules *rules = NULL;
    struct str model;
    struct sha256 sum;
    enum status status;

    if (run->args.operand_count != 1)
        return run_usage(run, "one audit is needed");
    status = name_outputs(run, run->args.operands[0], &outputs);
    if (status == STATUS_OK)
        status = stage_audit(run, run->args.operands[0], &audit);
    if (status == STATUS_OK)
        status = check_outputs(run, audit, &outputs);
    if (status == STATUS_OK)
        status = model_choose(run, audit, &model, &rules); /* before the work */
    if (status == STATUS_OK)
        status = gather(run, audit, &outputs, &evidence);
    if (status == STATUS_OK)
        status = save_evidence(run, evidence, outputs.evidence, &sum);
    if (status == STATUS_OK)
        status = stage_assess(run, audit, args_value(&run->args, "answers"), evidence, &sum,
                              &result);
    if (status == STATUS_OK)
        status = follow_up_take(run, audit, evidence, result);
    if (status == STATUS_OK)
        status = follow_up_judge(run, evidence, result);
    if (status == STATUS_OK)
        status = save_result(run, result, outputs.result);
    if (status != STATUS_OK)
        return status;
    stage_judge(run, result);
    return write_reports(run, evidence, result, &outputs);
}

/* All files appear at the end, or none: nobody finds a ledger without its result. */
static enum status run_run(struct run *run)
{
    return run_together(run, go);
}

const struct command command_run = {
    .name = "run",
    .operands = "AUDIT",
    .summary = "the whole audit: gather, score, report",
    .options = options,
    .run = run_run,
};
