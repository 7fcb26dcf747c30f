/* score: evidence and answers into a result. */
#include "base/buf.h"
#include "cmd/command_table.h"
#include "cmd/follow_up.h"
#include "cmd/stages.h"

static const struct option_row options[] = {
    {"evidence", 'e', "FILE", false, "the ledger that gather wrote"},
    {"answers", 'a', "FILE", false, "what the auditors answered"},
    {"actions", 0, "FILE", false, "the plan of corrective actions"},
    {"previous", 0, "FILE", false, "an earlier result to be held against (default: the audit's)"},
    {"model", 0, "NAME", false,
     "whose number is the headline (cfaudit list models; default: the audit's, or cfaudit)"},
    {"output", 'o', "FILE", false, "the result (default: standard output)"},
    {"force", 0, NULL, false, "write over a file that is not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

static enum status check_audit(struct run *run, const struct audit *audit,
                               const struct evidence *evidence, const char *path)
{
    if (str_equal(audit->id, evidence->audit.id))
        return STATUS_OK;
    diag_report(&run->diag, RULE_OTHER_AUDIT, (struct where){str_of(path), 0, 0, 0},
                "the ledger is of '%.*s', the audit is '%.*s'", STR_ARG(evidence->audit.id),
                STR_ARG(audit->id));
    return STATUS_INTEGRITY;
}

static enum status run_score(struct run *run)
{
    const char *ledger = args_value(&run->args, "evidence");
    const char *path = args_value(&run->args, "output");
    struct audit *audit = NULL;
    struct evidence *evidence = NULL;
    struct result *result = NULL;
    struct sha256 sum;
    enum status status;
    struct buf bytes;

    if (run->args.operand_count != 1)
        return run_usage(run, "one audit is needed");
    if (!ledger)
        return run_usage(run, "which evidence? (--evidence FILE)");
    status = stage_audit(run, run->args.operands[0], &audit);
    if (status == STATUS_OK)
        status = evidence_load(&run->arena, &run->library, str_of(ledger), &run->diag, &evidence,
                               &sum);
    if (status == STATUS_OK)
        status = check_audit(run, audit, evidence, ledger);
    if (status == STATUS_OK)
        status = stage_assess(run, audit, args_value(&run->args, "answers"), evidence, &sum,
                              &result);
    if (status == STATUS_OK)
        status = follow_up_take(run, audit, evidence, result);
    if (status == STATUS_OK)
        status = follow_up_judge(run, evidence, result);
    if (status != STATUS_OK)
        return status;
    if (evidence->is_incomplete)
        run->incomplete = "evidence";
    stage_judge(run, result);
    status = stage_result_bytes(run, result, &bytes);
    if (status == STATUS_OK)
        status = stage_save(run, path ? path : "-", &bytes);
    buf_done(&bytes);
    return status;
}

const struct command command_score = {
    .name = "score",
    .operands = "AUDIT",
    .summary = "marks, gates and bands from evidence and answers",
    .options = options,
    .run = run_score,
};
