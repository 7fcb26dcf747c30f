#include "cmd/gathering_process.h"

#include "base/mem.h"

/* What an event says of work that is done, each time it is. */
static enum status keep_activities(struct gathering *g)
{
    static const int slots[] = {SLOT_ACTIVITY, SLOT_ACTOR, SLOT_TRANSITION};
    struct record_needs *needs = &g->needs;
    size_t i;

    if (needs->tracked_count + ARRAY_LEN(slots) > RECORD_TRACKED)
        return run_usage(g->run, "the service levels and processes name too many fields");
    for (i = 0; i < ARRAY_LEN(slots); i++) {
        needs->slots |= 1ull << slots[i];
        needs->tracked[needs->tracked_count++] = slots[i];
    }
    return STATUS_OK;
}

static enum status take_slots(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t count = g->process_count;
    int *slots;
    size_t p;
    size_t i;

    for (p = 0; p < g->process_count; p++)
        count += g->processes[p]->where_count;
    slots = arena_alloc(&g->run->arena, count, sizeof *slots);
    if (!slots)
        return diag_no_memory(&g->run->diag);
    count = 0;
    for (p = 0; p < g->process_count && status == STATUS_OK; p++) {
        const struct process_document *process = g->processes[p];

        for (i = 0; i < process->where_count && status == STATUS_OK; i++)
            status = gathering_slot(g, process->where[i].field, &slots[count++]);
        slots[count] = -1;
        if (process->version_field.ptr && status == STATUS_OK)
            status = gathering_slot(g, process->version_field, &slots[count]);
        count++;
    }
    g->context.processes = g->processes;
    g->context.process_count = g->process_count;
    g->context.process_slots = slots;
    return status;
}

enum status gathering_process(struct gathering *g)
{
    struct run *run = g->run;
    enum status status = STATUS_OK;
    size_t p;

    if (g->process_name_count == 0)
        return STATUS_OK;
    g->processes = arena_alloc(&run->arena, g->process_name_count, sizeof *g->processes);
    if (!g->processes)
        return diag_no_memory(&run->diag);
    for (p = 0; p < g->process_name_count && status == STATUS_OK; p++) {
        struct process_document *process = NULL;

        status = process_load(&run->arena, &run->library, g->process_names[p], g->folder,
                              &run->diag, &process);
        g->processes[g->process_count++] = process;
    }
    if (status == STATUS_OK)
        status = take_slots(g);
    return status == STATUS_OK ? keep_activities(g) : status;
}

void gathering_process_ledger(const struct gathering *g, struct evidence *evidence)
{
    size_t p;

    for (p = 0; p < g->process_count; p++) {
        const struct process_document *process = g->processes[p];
        struct evidence_document *into = &evidence->documents[evidence->document_count++];

        into->kind = STR("process");
        into->id = process->id;
        into->revision = process->revision;
        into->title = process->title;
        into->name = process->name;
        into->sha256 = process->sha256;
    }
}
