/* gather: an audit's sources into its evidence ledger. */
#include "base/buf.h"
#include "base/mem.h"
#include "cmd/command_table.h"
#include "cmd/partial.h"
#include "cmd/stages.h"

static const struct option_row options[] = {
    {"output", 'o', "FILE", false, "the ledger (default: standard output)"},
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
    {"partial", 0, NULL, false, "write a part for merge, of the files named or of all"},
    {"source", 0, "ID", false, "with --partial: the source of the audit that the files belong to"},
    {"name", 0, "NAME", false, "with --partial: the name of the only file in the ledger"},
    {"format", 'f', "FORM", false, "with --partial: part, or lines for engines that sort"},
    {"force", 0, NULL, false, "write over a file that is not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

/* What only a part has. */
static enum status check_whole(struct run *run)
{
    static const char *const names[] = {"source", "name", "format"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(names); i++)
        if (args_has(&run->args, names[i]))
            return run_usage(run, "'--%s' goes with --partial", names[i]);
    return STATUS_OK;
}

static enum status run_partial(struct run *run)
{
    if (run->args.operand_count == 0)
        return run_usage(run, "an audit is needed");
    return partial_gather(run);
}

static enum status run_gather(struct run *run)
{
    const char *path = args_value(&run->args, "output");
    struct audit *audit = NULL;
    struct evidence *evidence = NULL;
    struct sha256 sum;
    enum status status;
    struct buf bytes;

    if (args_has(&run->args, "partial"))
        return run_partial(run);
    if (run->args.operand_count != 1)
        return run_usage(run, "one audit is needed");
    status = check_whole(run);
    if (status != STATUS_OK)
        return status;
    status = stage_audit(run, run->args.operands[0], &audit);
    if (status == STATUS_OK)
        status = stage_gather(run, audit, &path, 1, &evidence);
    if (status != STATUS_OK)
        return status;
    status = stage_evidence_bytes(run, evidence, &bytes, &sum);
    if (status == STATUS_OK)
        status = stage_save(run, path ? path : "-", &bytes);
    buf_done(&bytes);
    return status == STATUS_OK ? stage_tell_sources(run, evidence, path) : status;
}

const struct command command_gather = {
    .name = "gather",
    .operands = "AUDIT [FILE...]",
    .summary = "evidence from the sources of an audit",
    .options = options,
    .run = run_gather,
};
