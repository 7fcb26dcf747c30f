/* validate: everything that is wrong with documents, where, and how to mend it. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/stop.h"
#include "cmd/command_table.h"
#include "cmd/delivery.h"
#include "cmd/mend_files.h"
#include "lint/lint.h"
#include "source/source.h"

static const struct option_row options[] = {
    {"output", 'o', "FILE", false, "write the findings, in the format its ending names"},
    {"format", 'f', "FORM[:PATH]", true,
     "text, json, sarif, junit, github, markdown, or auto: github in its jobs, else text"},
    {"show", 0, "LEVEL", false, "the least that is shown: note, warning or error (default: warning)"},
    {"since", 0, "FILE", true, "an earlier version of a checklist: what changed since is looked at, too"},
    {"fix", 0, NULL, false, "mend what needs nobody to decide, in the files themselves"},
    {"dry-run", 0, NULL, false, "with --fix: show the changes and write nothing"},
    {"force", 0, NULL, false, "write over a file that is not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

struct wanted {
    struct str name;
    enum lint_origin origin;
};

struct work {
    struct run *run;
    struct wanted *list; /* named before any is looked at, so that no output can be one of them */
    size_t count;
    size_t capacity;
    struct lint_set set;
    struct mend_files files;
    bool mends;
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

static enum status want(struct work *work, struct str name, enum lint_origin origin)
{
    size_t i;

    for (i = 0; i < work->count; i++)
        if (str_equal(work->list[i].name, name))
            return STATUS_OK;
    if (!mem_grow(&work->list, work->count, &work->capacity, sizeof *work->list))
        return diag_no_memory(&work->run->diag);
    work->list[work->count++] = (struct wanted){name, origin};
    return STATUS_OK;
}

/* A folder or a glob; what has another ending in a folder is no document. */
static enum status want_all(struct work *work, struct str path, bool in_folder)
{
    struct run *run = work->run;
    struct str *names = NULL;
    size_t count = 0;
    enum status status =
        source_expand(&run->arena, &path, 1, &run->diag, &names, &count);
    size_t i;

    if (status == STATUS_OK && count == 0)
        run->incomplete = "source";
    for (i = 0; i < count && status == STATUS_OK; i++)
        if (!in_folder || str_ends(names[i], ".xml"))
            status = want(work, names[i], in_folder ? LINT_FOUND : LINT_NAMED);
    return status;
}

static enum status want_operand(struct work *work, const char *operand)
{
    if (is_folder(operand))
        return want_all(work, str_of(operand), /* in_folder= */ true);
    if (!is_there(operand) && strpbrk(operand, "*?["))
        return want_all(work, str_of(operand), /* in_folder= */ false);
    return want(work, str_of(operand), LINT_NAMED);
}

static enum status take_earlier(struct work *work)
{
    struct run *run = work->run;
    struct str *earlier = NULL;
    size_t count = 0;
    size_t i;
    enum status status =
        args_values(&run->args, "since", &run->arena, &run->diag, &earlier, &count);

    for (i = 0; i < count && status == STATUS_OK; i++)
        status = lint_set_since(&work->set, earlier[i], &run->diag);
    return status;
}

static enum status want_operands(struct work *work)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < work->run->args.operand_count && status == STATUS_OK; i++)
        status = want_operand(work, work->run->args.operands[i]);
    return status;
}

static enum status check_all(struct work *work)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < work->count && status == STATUS_OK; i++) {
        const struct wanted *one = &work->list[i];

        if (stop_requested())
            return STATUS_INTERRUPTED;
        status = work->mends ? mend_files_add(&work->files, one->name, one->origin)
                             : lint_set_add(&work->set, one->name, one->origin, &work->run->diag);
    }
    return status == STATUS_OK ? lint_set_end(&work->set, &work->run->diag) : status;
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

/* The terminal gets the text unless another form goes there, or what was mended. */
static void add_terminal(const struct work *work, struct deliveries *deliveries)
{
    if (!deliveries->takes_stdout && !mend_files_has_text(&work->files))
        form_find(FORM_OF_CHECK, STR("text"), &deliveries->list[deliveries->count++].form);
}

/* No document that is checked is written over. */
static enum status check_outputs(const struct work *work, const struct deliveries *deliveries)
{
    struct run *run = work->run;
    struct str *names = arena_alloc(&run->arena, work->count + 1, sizeof *names);
    size_t i;

    if (!names)
        return diag_no_memory(&run->diag);
    for (i = 0; i < work->count; i++) {
        names[i] = work->list[i].name;
        if (work->mends && deliveries->takes_stdout && str_is(names[i], "-"))
            return run_usage(run, "the mended document goes to standard output: -f FMT:PATH");
    }
    return deliveries_check(run, deliveries, names, work->count);
}

/* What was mended on standard output, unless a report that has it goes there; the text beside it. */
static enum status tell_mended(struct work *work, const struct deliveries *deliveries,
                               const struct check_input *input)
{
    struct form form;
    struct buf text;
    enum status status;

    if (!mend_files_has_text(&work->files) || deliveries->takes_stdout)
        return STATUS_OK;
    buf_init(&text, SIZE_MAX / 2);
    form_find(FORM_OF_CHECK, STR("text"), &form);
    status = form.direct->write_check(input, &text, &work->run->diag);
    if (status == STATUS_OK)
        status = mend_files_print(&work->files);
    if (status == STATUS_OK)
        fwrite(text.bytes, 1, text.len, stderr);
    buf_done(&text);
    return status;
}

static enum status tell(struct work *work, const struct deliveries *deliveries,
                        enum severity lowest)
{
    const struct lint_set *set = &work->set;
    struct run *run = work->run;
    enum status status = lint_set_outcomes(set, LINT_NOT_CHECKED) ? STATUS_LIMIT : STATUS_OK;
    struct check_input input = {
        .set = set, .lowest = lowest, .mends = work->mends, .tool = "cfaudit " CFAUDIT_VERSION};
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
        told = tell_mended(work, deliveries, &input);
    if (told == STATUS_OK)
        told = output_group_commit(run->group, &run->diag);
    return told == STATUS_OK ? status : told;
}

static enum status do_work(struct work *work, struct deliveries *deliveries, enum severity lowest)
{
    enum status status = take_earlier(work);

    if (status == STATUS_OK)
        status = want_operands(work);
    if (status == STATUS_OK)
        status = check_outputs(work, deliveries);
    if (status == STATUS_OK)
        status = check_all(work);
    if (status != STATUS_OK)
        return status;
    add_terminal(work, deliveries);
    return tell(work, deliveries, lowest);
}

static enum status check_and_tell(struct run *run)
{
    struct work work = {.run = run, .mends = args_has(&run->args, "fix")};
    bool is_dry = args_has(&run->args, "dry-run");
    struct deliveries deliveries;
    enum severity lowest = SEVERITY_WARNING;
    enum status status;

    if (run->args.operand_count == 0)
        return run_usage(run, "which documents? (PATH, folder, glob, or - for standard input)");
    if (is_dry && !work.mends)
        return run_usage(run, "'--dry-run' shows what '--fix' would change, and goes with it");
    status = read_show(run, &lowest);
    if (status == STATUS_OK)
        status = deliveries_plan(run, FORM_OF_CHECK, args_value(&run->args, "output"), &deliveries);
    if (status == STATUS_OK)
        status = run_library(run);
    if (status != STATUS_OK)
        return status;
    lint_set_init(&work.set, &run->library);
    mend_files_init(&work.files, run, &work.set, is_dry);
    status = do_work(&work, &deliveries, lowest);
    mend_files_done(&work.files);
    lint_set_done(&work.set);
    mem_free(work.list);
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
