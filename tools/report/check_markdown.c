/* What was found, as a table for the summary of a CI job. */
#include "report/check_forms.h"
#include "report/markdown_text.h"

/* Escaped texts of so many rows stay under the 1 MiB of a step's summary. */
enum { MARKDOWN_ROWS = 250 };

static void add_row(struct buf *out, const struct check_finding *finding)
{
    const struct diagnostic *item = finding->item;
    struct str file = item->where.source.ptr ? item->where.source : finding->document->name;

    buf_add_char(out, '|');
    markdown_cell(out, str_of(severity_name(item->severity)));
    markdown_cell(out, file);
    if (item->where.line)
        buf_printf(out, " %llu:%llu |", (unsigned long long)item->where.line,
                   (unsigned long long)item->where.column);
    else
        buf_add_text(out, " |");
    buf_add_char(out, ' ');
    markdown_text(out, item->text);
    if (item->hint.ptr) {
        buf_add_text(out, "<br>");
        markdown_text(out, item->hint);
    }
    buf_add_text(out, " |");
    markdown_cell(out, str_of(rule_info(item->rule)->name));
    buf_add_char(out, '\n');
}

enum status check_markdown(const struct check_input *input, struct buf *out, struct diag *diag)
{
    struct check_finding *list = NULL;
    size_t count = 0;
    size_t left_out = 0;
    struct arena arena;
    enum status status;
    size_t i;

    arena_init(&arena);
    status = check_findings(input, MARKDOWN_ROWS, &arena, diag, &list, &count, &left_out);
    if (status == STATUS_OK) {
        buf_add_text(out, "# cfaudit validate\n\n");
        check_totals(input->set, out);
        buf_printf(out, "; exit %d (%s)\n", input->exit_code, input->exit_reason);
        if (count)
            buf_add_text(out, "\n| level | file | line:column | message | rule |\n"
                              "| --- | --- | --- | --- | --- |\n");
        for (i = 0; i < count; i++)
            add_row(out, &list[i]);
        if (left_out)
            buf_printf(out, "\n%zu more are not in this table.\n", left_out);
        if (out->failed)
            status = diag_no_memory(diag);
    }
    arena_done(&arena);
    return status;
}
