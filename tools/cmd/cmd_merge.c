/* merge: parts of a run into its evidence ledger, or into one part. */
#include <string.h>

#include "base/buf.h"
#include "cmd/command_table.h"
#include "cmd/merging.h"
#include "cmd/ownership.h"
#include "cmd/part_output.h"
#include "cmd/stages.h"

static const struct option_row options[] = {
    {"output", 'o', "FILE", false,
     "the ledger, or one part if it ends in .cfap (default: standard output)"},
    {"format", 'f', "FORM", false, "one part, not a ledger: part, or lines for engines that sort"},
    {"as-of", 0, "INSTANT", false, "look at the cases as they stood then (default: as the parts)"},
    {"seed", 0, "TEXT", false, "draw samples with this seed (default: as the parts)"},
    {"memory", 0, "SIZE", false, "most memory for texts of cases (default: 2G)"},
    {"threads", 'j', "N", false, "threads that compute (default: one a processor)"},
    {"force", 0, NULL, false, "write over a file that is not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

/* The documents of the audit come from the parts. */
static enum status fill_store(const struct merging *m, struct library_store *store)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < m->head.document_count && status == STATUS_OK; i++)
        if (m->head.documents[i].bytes.ptr)
            status = library_store_put(store, &m->head.documents[i], &m->run->diag);
    store->replays = true;
    return status;
}

static void take_options(const struct merging *m, struct gathering *g)
{
    const struct args *args = &m->run->args;

    if (!args_has(args, "as-of") && m->head.as_of_is_stated) {
        g->context.as_of = m->head.as_of;
        g->context.as_of_is_given = true;
    }
    if (!args_has(args, "seed") && m->head.seed.ptr)
        g->context.seed = m->head.seed;
}

static enum status gather(struct merging *m, struct gathering *g, struct evidence **ret_evidence)
{
    struct audit *audit = NULL;
    enum status status = stage_audit(m->run, m->head.audit.ptr, &audit);

    if (status == STATUS_OK)
        status = stage_plan(m->run, audit, g);
    if (status != STATUS_OK)
        return status;
    take_options(m, g);
    status = merging_gather(m, g);
    if (status == STATUS_OK)
        status = gathering_measure(g);
    return status == STATUS_OK ? stage_ledger(g, audit, ret_evidence) : status;
}

static enum status merge_to_ledger(struct merging *m, const char *path)
{
    struct run *run = m->run;
    struct gathering g = {.run = run};
    struct evidence *evidence = NULL;
    struct library_store store;
    struct sha256 sum;
    struct buf bytes;
    enum status status = run_library(run);

    if (status != STATUS_OK)
        return status;
    library_store_init(&store);
    status = fill_store(m, &store);
    run->library.store = &store;
    run->library.data_folder = LIBRARY_STORE_DATA;
    if (status == STATUS_OK)
        status = gather(m, &g, &evidence);
    if (status == STATUS_OK) {
        status = stage_evidence_bytes(run, evidence, &bytes, &sum);
        if (status == STATUS_OK)
            status = stage_save(run, path ? path : "-", &bytes);
        buf_done(&bytes);
        if (status == STATUS_OK)
            status = stage_tell_sources(run, evidence, path);
    }
    gathering_done(&g);
    run->library.store = NULL;
    library_store_done(&store);
    return status;
}

static enum status check_output(struct run *run, const char *path, bool is_part)
{
    enum status status = is_part ? part_output_check(run) : STATUS_OK;
    struct str input;
    size_t i;

    if (status == STATUS_OK && path && !is_part)
        status = ownership_check(path, args_has(&run->args, "force"), &run->diag);
    for (i = 0; i < run->args.operand_count && path && status == STATUS_OK; i++) {
        input = str_of(run->args.operands[i]);
        status = ownership_not_input(path, &input, 1, &run->diag);
    }
    return status;
}

static enum status run_merge(struct run *run)
{
    const char *path = args_value(&run->args, "output");
    bool is_part =
        args_has(&run->args, "format") || (path && str_ends(str_of(path), ".cfap"));
    struct merging m;
    enum status status;

    if (run->args.operand_count == 0)
        return run_usage(run, "at least one part is needed");
    status = check_output(run, path, is_part);
    if (status != STATUS_OK)
        return status;
    status = merging_open(&m, run);
    if (status == STATUS_OK)
        status = is_part ? merging_write(&m) : merge_to_ledger(&m, path);
    merging_done(&m);
    return status;
}

const struct command command_merge = {
    .name = "merge",
    .operands = "PART...",
    .summary = "one ledger, or one part, of parts that gather --partial made",
    .options = options,
    .run = run_merge,
};
