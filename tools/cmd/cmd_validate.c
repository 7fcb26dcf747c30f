/* validate: everything that is wrong with documents, where, and how to mend it. */
#include <string.h>
#include <sys/stat.h>

#include "base/stop.h"
#include "cmd/command_table.h"
#include "cmd/delivery.h"
#include "lint/lint.h"
#include "source/source.h"

static const struct option_row options[] = {
    {"output", 'o', "FILE", false, "write the findings, in the format its ending names"},
    {"format", 'f', "FMT[:PATH]", true,
     "text, json, sarif, junit, github, markdown, or auto: github in its jobs, else text"},
    {"show", 0, "LEVEL", false, "the least that is shown: note, warning or error (default: warning)"},
    {"since", 0, "FILE", true, "an earlier version of a checklist: what changed since is looked at, too"},
    {"force", 0, NULL, false, "write over a file that is not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

/* --- which documents --- */

static bool is_folder(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool is_there(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0;
}

static bool was_added(const struct lint_set *set, struct str name)
{
    size_t i;

    for (i = 0; i < set->count; i++)
        if (str_equal(set->documents[i]->name, name))
            return true;
    return false;
}

static enum status add(struct run *run, struct lint_set *set, struct str name,
                       enum lint_origin origin)
{
    if (stop_requested())
        return STATUS_INTERRUPTED;
    return was_added(set, name) ? STATUS_OK : lint_set_add(set, name, origin, &run->diag);
}

/* A folder or a glob; what has another ending in a folder is no document. */
static enum status add_all(struct run *run, struct lint_set *set, struct str path, bool in_folder)
{
    struct str *names = NULL;
    size_t count = 0;
    enum status status =
        source_expand(&run->arena, &path, 1, &run->diag, &names, &count);
    size_t i;

    if (status == STATUS_OK && count == 0)
        run->incomplete = "source";
    for (i = 0; i < count && status == STATUS_OK; i++)
        if (!in_folder || str_ends(names[i], ".xml"))
            status = add(run, set, names[i], in_folder ? LINT_FOUND : LINT_NAMED);
    return status;
}

static enum status add_operand(struct run *run, struct lint_set *set, const char *operand)
{
    if (is_folder(operand))
        return add_all(run, set, str_of(operand), /* in_folder= */ true);
    if (!is_there(operand) && strpbrk(operand, "*?["))
        return add_all(run, set, str_of(operand), /* in_folder= */ false);
    return add(run, set, str_of(operand), LINT_NAMED);
}

static enum status check_all(struct run *run, struct lint_set *set)
{
    struct str *earlier = NULL;
    size_t count = 0;
    size_t i;
    enum status status =
        args_values(&run->args, "since", &run->arena, &run->diag, &earlier, &count);

    for (i = 0; i < count && status == STATUS_OK; i++)
        status = lint_set_since(set, earlier[i], &run->diag);
    for (i = 0; i < run->args.operand_count && status == STATUS_OK; i++)
        status = add_operand(run, set, run->args.operands[i]);
    return status == STATUS_OK ? lint_set_end(set, &run->diag) : status;
}

/* --- what is said of them --- */

static enum status read_show(struct run *run, enum severity *ret_lowest)
{
    struct str level = args_str(&run->args, "show");
    int severity;

    *ret_lowest = run->is_quiet     ? SEVERITY_ERROR
                  : run->is_verbose ? SEVERITY_NOTE
                                    : SEVERITY_WARNING;
    if (!level.ptr)
        return STATUS_OK;
    for (severity = 0; severity < SEVERITY_FATAL; severity++) {
        if (str_is(level, severity_name((enum severity)severity))) {
            *ret_lowest = (enum severity)severity;
            return STATUS_OK;
        }
    }
    return run_usage(run, "'--show' takes note, warning or error, not '%.*s'", STR_ARG(level));
}

/* The terminal gets the text unless another form goes there. */
static void add_terminal(struct deliveries *deliveries)
{
    if (!deliveries->takes_stdout)
        form_find(FORM_OF_CHECK, STR("text"), &deliveries->list[deliveries->count++].form);
}

/* No document that was checked is written over. */
static enum status check_outputs(struct run *run, const struct lint_set *set,
                                 const struct deliveries *deliveries)
{
    struct str *names = arena_alloc(&run->arena, set->count + 1, sizeof *names);
    size_t i;

    if (!names)
        return diag_no_memory(&run->diag);
    for (i = 0; i < set->count; i++)
        names[i] = set->documents[i]->name;
    return deliveries_check(run, deliveries, names, set->count);
}

static enum status tell(struct run *run, const struct lint_set *set,
                        const struct deliveries *deliveries, enum severity lowest)
{
    enum status status = lint_set_outcomes(set, LINT_NOT_CHECKED) ? STATUS_LIMIT : STATUS_OK;
    struct check_input input = {
        .set = set, .lowest = lowest, .tool = "cfaudit " CFAUDIT_VERSION};
    enum status told;
    int severity;

    if (set->count == lint_set_outcomes(set, LINT_NOT_OURS)) {
        diag_report(&run->diag, RULE_NOTHING_CHECKED, WHERE_NONE, NULL);
        diag_hint(&run->diag, "name a document, or a folder with files that end in .xml");
        run->incomplete = "nothing-checked";
    }
    for (severity = 0; severity < SEVERITY_COUNT; severity++)
        run->checked[severity] = lint_set_severities(set, (enum severity)severity);
    input.exit_code = run_exit(run, status, &input.exit_reason);
    told = deliveries_tell(run, deliveries, &input);
    if (told == STATUS_OK)
        told = output_group_commit(run->group, &run->diag);
    return told == STATUS_OK ? status : told;
}

static enum status check_and_tell(struct run *run)
{
    struct deliveries deliveries;
    enum severity lowest = SEVERITY_WARNING;
    struct lint_set set;
    enum status status;

    if (run->args.operand_count == 0)
        return run_usage(run, "which documents? (PATH, folder, glob, or - for standard input)");
    status = read_show(run, &lowest);
    if (status == STATUS_OK)
        status = deliveries_plan(run, FORM_OF_CHECK, args_value(&run->args, "output"), &deliveries);
    if (status == STATUS_OK)
        status = run_library(run);
    if (status != STATUS_OK)
        return status;
    lint_set_init(&set, &run->library);
    status = check_all(run, &set);
    if (status == STATUS_OK)
        status = check_outputs(run, &set, &deliveries);
    if (status == STATUS_OK) {
        add_terminal(&deliveries);
        status = tell(run, &set, &deliveries, lowest);
    }
    lint_set_done(&set);
    return status;
}

static enum status run_validate(struct run *run)
{
    return run_together(run, check_and_tell);
}

const struct command command_validate = {
    .name = "validate",
    .operands = "PATH...",
    .summary = "what is wrong with documents, where, and how to mend it",
    .options = options,
    .run = run_validate,
};
