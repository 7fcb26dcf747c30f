/* report: a workbook from a ledger and a result, and from nothing else. */
#include <string.h>

#include "base/buf.h"
#include "cmd/command_table.h"
#include "cmd/stages.h"
#include "report/report.h"

static const struct option_row options[] = {
    {"evidence", 'e', "FILE", false, "the ledger"},
    {"result", 'r', "FILE", false, "the result"},
    {"output", 'o', "FILE", false, "the report; its ending decides the form"},
    {"format", 'f', "xlsx|csv|text", false, "form of the report, whatever its name"},
    {"force", 0, NULL, false, "write over a file that is not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

static enum status check_binding(struct run *run, const struct result *result,
                                 const struct sha256 *sum, const char *ledger)
{
    if (memcmp(result->evidence_sha256.bytes, sum->bytes, sizeof sum->bytes) == 0)
        return STATUS_OK;
    diag_report(&run->diag, RULE_OTHER_EVIDENCE, (struct where){str_of(ledger), 0, 0, 0},
                "the result names %s, this is %s", digest_text(&result->evidence_sha256).hex,
                digest_text(sum).hex);
    diag_hint(&run->diag, "make the result again: cfaudit score AUDIT --evidence %s", ledger);
    return STATUS_INTEGRITY;
}

static enum status run_report(struct run *run)
{
    const char *ledger = args_value(&run->args, "evidence");
    const char *marks = args_value(&run->args, "result");
    const char *path = args_value(&run->args, "output");
    struct evidence *evidence = NULL;
    struct result *result = NULL;
    struct sha256 sum;
    enum status status;

    if (run->args.operand_count)
        return run_usage(run, "no operand expected, not '%s'", run->args.operands[0]);
    if (!ledger || !marks || !path)
        return run_usage(run, "--evidence, --result and --output are needed");
    status = run_library(run);
    if (status == STATUS_OK)
        status = evidence_load(&run->arena, &run->library, str_of(ledger), &run->diag, &evidence,
                               &sum);
    if (status == STATUS_OK)
        status = result_load(&run->arena, &run->library, str_of(marks), &run->diag, &result);
    if (status == STATUS_OK)
        status = check_binding(run, result, &sum, ledger);
    if (status != STATUS_OK)
        return status;
    if (evidence->is_incomplete)
        run->incomplete = "evidence";
    stage_judge(run, result);
    return stage_report(run, evidence, result, args_str(&run->args, "format"), path);
}

const struct command command_report = {
    .name = "report",
    .operands = "",
    .summary = "a workbook from evidence and result",
    .options = options,
    .run = run_report,
};
