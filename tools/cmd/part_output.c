#include "cmd/part_output.h"

#include <string.h>

#include "cmd/ownership.h"

static const char *const forms[] = {"part", "lines", NULL};

static bool is_lines(const struct run *run)
{
    return str_is(args_str(&run->args, "format"), "lines");
}

enum status part_output_check(struct run *run)
{
    struct str form = args_str(&run->args, "format");
    const char *path = args_value(&run->args, "output");
    const char *nearest;

    if (form.ptr && !str_is(form, forms[0]) && !str_is(form, forms[1])) {
        nearest = str_nearest(form, forms);
        diag_report(&run->diag, RULE_USAGE, WHERE_NONE, "no form '%.*s' of a part", STR_ARG(form));
        diag_hint(&run->diag, nearest ? "did you mean '%s'?" : "part or lines%s",
                  nearest ? nearest : "");
        return STATUS_USAGE;
    }
    return ownership_check(path ? path : "-", args_has(&run->args, "force"), &run->diag);
}

enum status part_output_open(struct run *run, const struct part_head *head,
                             struct part_output *output)
{
    const char *path = args_value(&run->args, "output");
    enum status status;
    size_t i;

    memset(output, 0, sizeof *output);
    output->run = run;
    for (i = 0; i < head->document_count; i++)
        if (str_equal(head->documents[i].name, head->audit))
            output->audit = head->documents[i].sha256;
    status = output_open(path ? path : "-", &run->diag, &output->output);
    if (status == STATUS_OK && is_lines(run))
        status = scratch_new(&run->diag, &output->scratch);
    return status;
}

void part_output_write(void *context, struct str bytes)
{
    struct part_output *output = context;

    if (output->scratch)
        scratch_write(output->scratch, bytes);
    else
        output_write(output->output, bytes);
}

static void write_line(void *context, struct str bytes)
{
    output_write(context, bytes);
}

enum status part_output_end(struct part_output *output, enum status status)
{
    struct diag *diag = &output->run->diag;
    struct str path = {NULL, 0};

    if (status == STATUS_OK && output->scratch) {
        status = scratch_path(output->scratch, diag, &path);
        if (status == STATUS_OK)
            status = part_lines_write(path, &output->audit, &output->sha256, write_line,
                                      output->output, diag);
    }
    scratch_free(output->scratch);
    if (status == STATUS_OK)
        return output_commit(output->output, diag);
    output_discard(output->output);
    return status;
}
