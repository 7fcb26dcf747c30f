/* run: the whole way, from an audit to its workbook. */
#include <string.h>

#include "base/buf.h"
#include "cmd/command_table.h"
#include "cmd/ownership.h"
#include "cmd/stages.h"
#include "report/report.h"
#include "writer/writer.h"

enum { TEXT_BYTES = 1 << 30 };

static const struct option_row options[] = {
    {"answers", 'a', "FILE", false, "what the auditors answered"},
    {"output", 'o', "FILE.xlsx", false, "the workbook (default: the audit's name, in this folder)"},
    {"format", 'f', "FMT[:PATH]", true,
     "one more report: xlsx, csv, text or json; without PATH instead of the summary"},
    {"as-of", 0, "INSTANT", false, "look at the cases as they stood then (default: the audit's)"},
    {"seed", 0, "TEXT", false, "draw samples with this seed (default: the audit's id)"},
    {"memory", 0, "SIZE", false, "most memory for cases (default: 2G)"},
    {"force", 0, NULL, false, "write over files that are not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

/* What a run writes. */
struct outputs {
    const char *book;
    const char *evidence;
    const char *result;
};

/* "audits/helpdesk.xml" gives helpdesk.xlsx, helpdesk.evidence.xml, helpdesk.result.xml. */
static enum status name_outputs(struct run *run, const char *audit, struct outputs *ret_outputs)
{
    struct str book = args_str(&run->args, "output");
    const char *slash = strrchr(audit, '/');
    struct str stem = book.ptr ? book : str_of(slash ? slash + 1 : audit);
    struct str names[3];

    if (book.ptr && !str_ends(book, ".xlsx"))
        return run_usage(run, "'--output' names a workbook: '%.*s' does not end in .xlsx",
                         STR_ARG(book));
    if (book.ptr)
        stem.len -= strlen(".xlsx");
    else if (str_ends(stem, ".xml"))
        stem.len -= strlen(".xml");
    names[0] = arena_format(&run->arena, "%.*s.xlsx", STR_ARG(stem));
    names[1] = arena_format(&run->arena, "%.*s.evidence.xml", STR_ARG(stem));
    names[2] = arena_format(&run->arena, "%.*s.result.xml", STR_ARG(stem));
    if (!names[0].ptr || !names[1].ptr || !names[2].ptr)
        return diag_no_memory(&run->diag);
    *ret_outputs = (struct outputs){names[0].ptr, names[1].ptr, names[2].ptr};
    return STATUS_OK;
}

/* Before the work, so that a long run does not end at a file that must not be touched. */
static enum status check_outputs(struct run *run, const struct outputs *outputs)
{
    bool is_forced = args_has(&run->args, "force");
    enum status status = ownership_check(outputs->book, is_forced, &run->diag);

    if (status == STATUS_OK)
        status = ownership_check(outputs->evidence, is_forced, &run->diag);
    return status == STATUS_OK ? ownership_check(outputs->result, is_forced, &run->diag) : status;
}

/* Neither the sources nor the documents of the audit may be written over. */
static enum status gather(struct run *run, const struct audit *audit,
                          const struct outputs *outputs, struct evidence **ret_evidence)
{
    const char *paths[] = {outputs->book, outputs->evidence, outputs->result};
    const struct str inputs[] = {str_of(run->args.operands[0]), args_str(&run->args, "answers")};
    size_t input_count = inputs[1].ptr ? 2 : 1;
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < 3 && status == STATUS_OK; i++)
        status = ownership_not_input(paths[i], inputs, input_count, &run->diag);
    return status == STATUS_OK ? stage_gather(run, audit, paths, 3, ret_evidence) : status;
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

static enum status save_result(struct run *run, const struct result *result, const char *path)
{
    struct buf bytes;
    enum status status = stage_result_bytes(run, result, &bytes);

    if (status == STATUS_OK)
        status = stage_save(run, path, &bytes);
    buf_done(&bytes);
    return status;
}

static void add_json(struct run *run, const struct evidence *evidence, struct buf *out)
{
    const char *reason;
    int code;

    evidence_json(evidence, out);
    code = run_exit(run, STATUS_OK, &reason);
    buf_printf(out, ",\n  \"exit\": {\"code\": %d, \"reason\": \"%s\"}\n}\n", code, reason);
}

/* One -f: to its path, or on standard output instead of the summary. */
static enum status add_report(struct run *run, const struct evidence *evidence,
                              const struct result *result, struct str wanted, bool *ret_printed)
{
    const struct writer *writer;
    struct book *book = NULL;
    struct str path = wanted;
    struct str format;
    enum status status = STATUS_OK;
    struct buf text;

    if (!str_split(&path, ':', &format))
        return STATUS_OK;
    writer = writer_find(format);
    if (path.ptr && writer)
        return stage_report(run, evidence, result, format, path.ptr);
    if (!writer && !str_is(format, "json"))
        return run_usage(run, "no output format '%.*s'", STR_ARG(format));
    buf_init(&text, TEXT_BYTES);
    if (!writer) {
        add_json(run, evidence, &text);
    } else if (!writer->write_text) {
        status = run_usage(run, "'%.*s' needs a path: -f %.*s:PATH", STR_ARG(format),
                           STR_ARG(format));
    } else {
        status = report_build(&run->arena, evidence, result, run->lang, &run->diag, &book);
        if (status == STATUS_OK)
            status = writer->write_text(book, &text, &run->diag);
    }
    if (status == STATUS_OK && path.ptr)
        status = stage_save(run, path.ptr, &text);
    else if (status == STATUS_OK)
        status = stage_print(run, &text);
    *ret_printed |= !path.ptr;
    buf_done(&text);
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
    buf_printf(&text, "\n%s %s\n", run->lang == LANG_IT ? "cartella di lavoro:" : "workbook:",
               outputs->book);
    status = stage_print(run, &text);
    buf_done(&text);
    return status;
}

static enum status write_reports(struct run *run, const struct evidence *evidence,
                                 const struct result *result, const struct outputs *outputs)
{
    struct str *wanted = NULL;
    size_t count = 0;
    bool printed = false;
    enum status status;
    size_t i;

    status = stage_report(run, evidence, result, STR("xlsx"), outputs->book);
    if (status == STATUS_OK)
        status = args_values(&run->args, "format", &run->arena, &run->diag, &wanted, &count);
    for (i = 0; i < count && status == STATUS_OK; i++)
        status = add_report(run, evidence, result, wanted[i], &printed);
    if (status == STATUS_OK)
        status = output_group_commit(run->group, &run->diag);
    if (status == STATUS_OK && !printed)
        status = print_summary(run, evidence, result, outputs);
    return status;
}

static enum status go(struct run *run)
{
    struct outputs outputs = {NULL, NULL, NULL};
    struct audit *audit = NULL;
    struct evidence *evidence = NULL;
    struct result *result = NULL;
    struct sha256 sum;
    enum status status;

    if (run->args.operand_count != 1)
        return run_usage(run, "one audit is needed");
    status = name_outputs(run, run->args.operands[0], &outputs);
    if (status == STATUS_OK)
        status = check_outputs(run, &outputs);
    if (status == STATUS_OK)
        status = stage_audit(run, run->args.operands[0], &audit);
    if (status == STATUS_OK)
        status = gather(run, audit, &outputs, &evidence);
    if (status == STATUS_OK)
        status = save_evidence(run, evidence, outputs.evidence, &sum);
    if (status == STATUS_OK)
        status = stage_assess(run, audit, args_value(&run->args, "answers"), evidence, &sum,
                              &result);
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
    struct output_group group;
    enum status status;

    output_group_init(&group);
    run->group = &group;
    status = go(run);
    output_group_discard(&group);
    run->group = NULL;
    return status;
}

const struct command command_run = {
    .name = "run",
    .operands = "AUDIT",
    .summary = "the whole audit: gather, score, report",
    .options = options,
    .run = run_run,
};
