#include "cmd/explain_process.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "plan/process.h"

enum { LABEL = 11, INDENT = 2 };

static void add_label(struct buf *out, const char *label)
{
    buf_printf(out, "%-*s", LABEL, label);
}

static void add_line(struct buf *out, const char *label, struct str text)
{
    if (!text.ptr)
        return;
    add_label(out, label);
    buf_printf(out, "%.*s\n", STR_ARG(text));
}

static void add_lines(struct buf *out, const char *label, const struct str *texts, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        add_line(out, i ? "" : label, texts[i]);
}

static void add_day(struct buf *out, int64_t day)
{
    struct civil civil = civil_from_local((struct local){day * DAY_US});

    buf_printf(out, "%04d-%02u-%02u", civil.year, civil.month, civil.day);
}

static void add_validity(struct buf *out, const struct process_document *process)
{
    add_label(out, "in force");
    buf_printf(out, "version %.*s from ", STR_ARG(process->version));
    add_day(out, process->from);
    if (process->until != INT64_MAX) {
        buf_add_text(out, " until ");
        add_day(out, process->until);
    }
    if (process->review != INT64_MAX) {
        buf_add_text(out, ", to be reviewed by ");
        add_day(out, process->review);
    }
    buf_add_char(out, '\n');
}

static void add_conditions(struct buf *out, const struct process_document *process)
{
    size_t i;

    for (i = 0; i < process->where_count; i++) {
        const struct condition *condition = &process->where[i];

        add_label(out, i ? "" : "cases with");
        buf_printf(out, "%.*s %.*s", STR_ARG(condition->field), STR_ARG(condition->comparison));
        if (condition->value.ptr)
            buf_printf(out, " %.*s", STR_ARG(condition->value));
        buf_add_char(out, '\n');
    }
}

/* --- the flow --- */

static void add_step(struct run *run, const struct process_document *process,
                     const struct process_step *step, struct buf *out)
{
    size_t i;

    buf_printf(out, "%.*s: %.*s", STR_ARG(step->id), STR_ARG(words_in(&step->title, run->lang)));
    if (step->role.ptr)
        buf_printf(out, " (%.*s)", STR_ARG(step->role));
    if (!step->is_mandatory)
        buf_add_text(out, ", not mandatory");
    if (step->is_approval)
        buf_add_text(out, ", approval");
    if (step->other_than != PROCESS_NO_STEP)
        buf_printf(out, ", not by who did %.*s", STR_ARG(process->steps[step->other_than].id));
    buf_add_text(out, " <");
    for (i = 0; i < step->activity_count; i++)
        buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(step->activities[i]));
    buf_add_text(out, ">\n");
}

static const char *heading(const struct process_block *block)
{
    switch (block->kind) {
    case BLOCK_CHOICE:
        return "one of";
    case BLOCK_PARALLEL:
        return "in any order";
    case BLOCK_OPTIONAL:
        return "perhaps";
    case BLOCK_LOOP:
        return "once or several times";
    case BLOCK_STEP:
    case BLOCK_SEQUENCE:
    default:
        return "in order";
    }
}

static void add_block(struct run *run, const struct process_document *process, size_t number,
                      unsigned depth, struct buf *out)
{
    const struct process_block *block = &process->blocks[number];
    size_t i;

    BUG_IF(depth > 2 * LIMIT_XML_DEPTH);
    buf_printf(out, "%*s", (int)(depth * INDENT), "");
    if (block->kind == BLOCK_STEP) {
        add_step(run, process, &process->steps[block->step], out);
        return;
    }
    buf_printf(out, "%s\n", heading(block));
    for (i = 0; i < block->part_count; i++) {
        if (block->kind == BLOCK_LOOP && i == 1)
            buf_printf(out, "%*sbetween two times\n", (int)(depth * INDENT), "");
        add_block(run, process, block->parts[i], depth + 1, out);
    }
}

enum status explain_process(struct run *run, struct str name, struct buf *out)
{
    struct process_document *process = NULL;
    enum status status = process_load(&run->arena, &run->library, name, (struct str){NULL, 0},
                                      &run->diag, &process);

    if (status != STATUS_OK)
        return status;
    buf_printf(out, "%.*s (revision %u): %.*s\n\n", STR_ARG(process->id), process->revision,
               STR_ARG(words_in(&process->title, run->lang)));
    if (words_in(&process->note, run->lang).len)
        buf_printf(out, "%.*s\n\n", STR_ARG(words_in(&process->note, run->lang)));
    add_validity(out, process);
    add_line(out, "owner", process->owner);
    add_line(out, "written in", process->document);
    add_line(out, "sla", process->sla);
    add_lines(out, "customers", process->customers, process->customer_count);
    add_lines(out, "inputs", process->inputs, process->input_count);
    add_lines(out, "outputs", process->outputs, process->output_count);
    add_lines(out, "records", process->records, process->record_count);
    add_conditions(out, process);
    add_line(out, "version of", process->version_field);
    add_lines(out, "counts", process->lifecycles, process->lifecycle_count);
    add_lines(out, "ignores", process->ignored, process->ignored_count);
    buf_add_char(out, '\n');
    add_block(run, process, 0, 0, out);
    return STATUS_OK;
}
