/* What gathering knows, put into a ledger. */

#include <string.h>

#include "base/buf.h"
#include "cmd/gathering_joins.h"
#include "cmd/rule_budget.h"

/* The folder of the audit goes from the paths that a text has between quotes, too. */
static struct str shown_text(const struct gathering *g, struct str text)
{
    struct str folder = g->source_count ? g->sources[0].folder : (struct str){NULL, 0};
    struct buf out;
    struct str shown;
    size_t i;

    if (folder.len == 0)
        return text;
    buf_init(&out, text.len + 1);
    for (i = 0; i < text.len; i++) {
        buf_add_char(&out, text.ptr[i]);
        if (text.ptr[i] == '\'' && text.len - i > folder.len + 1 &&
            memcmp(text.ptr + i + 1, folder.ptr, folder.len) == 0 &&
            text.ptr[i + 1 + folder.len] == '/')
            i += folder.len + 1;
    }
    shown = out.failed ? text : arena_str(&g->run->arena, buf_str(&out));
    buf_done(&out);
    return shown.ptr ? shown : text;
}

static enum status keep_notes(struct gathering *g, struct evidence *evidence)
{
    const struct diag *diag = &g->run->diag;
    size_t i;

    evidence->notes = arena_alloc(&g->run->arena, diag->count, sizeof *evidence->notes);
    if (!evidence->notes)
        return diag_no_memory(&g->run->diag);
    for (i = 0; i < diag->count; i++) {
        const struct diagnostic *item = &diag->list[i];
        struct ledger_note *note = &evidence->notes[i];

        note->severity = str_of(severity_name(item->severity));
        note->rule = str_of(rule_info(item->rule)->name);
        note->text = shown_text(g, item->text);
        note->source = gathering_shown(g, item->where.source);
        note->line = item->where.line;
        note->column = item->where.column;
    }
    evidence->note_count = diag->count;
    return STATUS_OK;
}

/* Behind the notes: none of it is in the ledger, which is the same on any machine. */
static void look_at_times(struct gathering *g)
{
    size_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++)
        for (i = 0; i < g->sources[s].name_count; i++)
            rule_budget_look(g->run, g->sources[s].names[i], &g->accounting[number++]);
}

enum status gathering_ledger(struct gathering *g, struct evidence *evidence)
{
    enum status status;
    size_t i;

    for (i = 0; i < g->accounting_count; i++)
        g->accounting[i].identity.name = gathering_shown(g, g->accounting[i].identity.name);
    evidence->tool_version = STR("cfaudit " CFAUDIT_VERSION);
    evidence->zone_database = zone_database_version();
    evidence->audit.as_of = g->context.as_of;
    evidence->audit.as_of_is_given = g->context.as_of_is_given;
    evidence->sources = g->accounting;
    evidence->source_count = g->accounting_count;
    evidence->missing = g->missing;
    evidence->missing_count = g->missing_count;
    evidence->figures = g->figures;
    evidence->figure_count = g->figure_count;
    evidence->seed = g->context.seed;
    evidence->is_incomplete = g->run->incomplete != NULL;
    status = keep_notes(g, evidence);
    if (status == STATUS_OK)
        status = gathering_joins(g, evidence);
    if (status == STATUS_OK)
        status = evidence_name_persons(evidence, &g->run->arena, &g->run->diag);
    if (status == STATUS_OK)
        status = gathering_clock_ledger(g, evidence);
    if (status == STATUS_OK)
        status = evidence_number(evidence, &g->run->arena, &g->run->diag);
    if (status == STATUS_OK)
        look_at_times(g);
    return status;
}
