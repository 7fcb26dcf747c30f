#include "cmd/gathering_runs.h"

#include "base/mem.h"
#include "cmd/case_batches.h"
#include "cmd/gathering_kinds.h"
#include "cmd/owner_sets.h"

struct gathering_runs {
    struct owner_sets sets;
    struct case_batches batches;
};

static enum status go(void *context, part_take *take, void *taker)
{
    struct gathering_runs *runs = context;

    return owner_sets_go(&runs->sets, take, taker);
}

/* As one reading of all would have told it. */
static enum status tell(struct gathering *g, const struct gathering_runs *runs)
{
    struct part_notes notes = {.diag = &g->run->diag, .owner = UINT32_MAX};
    struct part_source *sources =
        arena_alloc(&g->run->arena, runs->sets.file_count, sizeof *sources);
    enum status status =
        sources ? owner_sets_sources(&runs->sets, sources) : diag_no_memory(&g->run->diag);
    size_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++) {
        for (i = 0; i < g->sources[s].name_count && status == STATUS_OK; i++, number++) {
            g->accounting[number] = sources[number].accounting;
            status = part_notes_tell(&notes, &sources[number], g->sources[s].names[i]);
        }
    }
    return status;
}

enum status gathering_read_runs(struct gathering *g)
{
    enum status status;

    record_set_free(g->set);
    g->set = NULL;
    gathering_kinds_done(g);
    measuring_restart(g->measuring);
    g->runs = mem_alloc(1, sizeof *g->runs);
    if (!g->runs)
        return diag_no_memory(&g->run->diag);
    status = owner_sets_read(&g->runs->sets, g);
    if (status == STATUS_OK)
        status = tell(g, g->runs);
    if (status == STATUS_OK)
        status = case_batches_init(&g->runs->batches, g, &g->runs->sets.facts, g->runs->sets.kinds, go,
                                   g->runs);
    return status;
}

void gathering_runs_free(struct gathering_runs *runs)
{
    if (runs)
        owner_sets_done(&runs->sets);
    mem_free(runs);
}
