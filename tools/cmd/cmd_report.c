/* report: a workbook, or any other form, from a ledger and a result, and from nothing else. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/command_table.h"
#include "cmd/delivery.h"
#include "cmd/follow_up.h"
#include "cmd/stages.h"
#include "report/report.h"

static const struct option_row options[] = {
    {"evidence", 'e', "FILE", false, "the ledger"},
    {"result", 'r', "FILE", false, "the result"},
    {"output", 'o', "FILE", false, "the report; its ending decides the form"},
    {"format", 'f', "FMT[:PATH]", true,
     "one more report (cfaudit list formats); without PATH on standard output; may repeat"},
    {"client-copy", 0, NULL, false,
     "reports without internal notes, names of persons and names of files"},
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

static enum status load(struct run *run, const char *ledger, const char *marks,
                        struct evidence **ret_evidence, struct result **ret_result)
{
    struct sha256 sum;
    enum status status = run_library(run);

    if (status == STATUS_OK)
        status = evidence_load(&run->arena, &run->library, str_of(ledger), &run->diag, ret_evidence,
                               &sum);
    if (status == STATUS_OK)
        status = result_load(&run->arena, &run->library, str_of(marks), &run->diag, ret_result);
    return status == STATUS_OK ? check_binding(run, *ret_result, &sum, ledger) : status;
}

/* Asked for nothing, it says what is in the result. */
static enum status print_summary(struct run *run, const struct evidence *evidence,
                                 const struct result *result)
{
    enum status status;
    struct buf text;

    if (run->is_quiet)
        return STATUS_OK;
    if (args_has(&run->args, "client-copy")) {
        status = client_copy(&run->arena, evidence, result, run->lang, &run->diag, &evidence,
                             &result);
        if (status != STATUS_OK)
            return status;
    }
    buf_init(&text, SIZE_MAX / 2);
    report_summary(evidence, result, run->lang, &text);
    status = text.failed ? diag_no_memory(&run->diag) : stage_print(run, &text);
    buf_done(&text);
    return status;
}

static enum status go(struct run *run)
{
    const char *ledger = args_value(&run->args, "evidence");
    const char *marks = args_value(&run->args, "result");
    const struct str inputs[] = {str_of(ledger), str_of(marks)};
    struct evidence *evidence = NULL;
    struct result *result = NULL;
    struct deliveries deliveries;
    enum status status;

    if (run->args.operand_count)
        return run_usage(run, "no operand expected, not '%s'", run->args.operands[0]);
    if (!ledger || !marks)
        return run_usage(run, "--evidence and --result are needed");
    status = deliveries_plan(run, FORM_OF_RESULT, args_value(&run->args, "output"), &deliveries);
    if (status == STATUS_OK)
        status = deliveries_check(run, &deliveries, inputs, ARRAY_LEN(inputs));
    if (status == STATUS_OK)
        status = load(run, ledger, marks, &evidence, &result);
    if (status != STATUS_OK)
        return status;
    if (evidence->is_incomplete)
        run->incomplete = "evidence";
    stage_judge(run, result);
    status = follow_up_judge(run, evidence, result);
    if (status != STATUS_OK)
        return status;
    if (deliveries.count == 0)
        return print_summary(run, evidence, result);
    status = deliveries_make(run, &deliveries, evidence, result);
    return status == STATUS_OK ? output_group_commit(run->group, &run->diag) : status;
}

static enum status run_report(struct run *run)
{
    return run_together(run, go);
}

const struct command command_report = {
    .name = "report",
    .operands = "",
    .summary = "a workbook or another report from evidence and result",
    .options = options,
    .run = run_report,
};
