#include "cmd/case_batches.h"

#include "base/mem.h"

/* As many cases as a chunk of the set's table has room for, or less where each has much. */
enum { BATCH_CASES = 1 << 14, BATCH_BYTES = 64 << 20 };

struct filling {
    struct case_batches *batches;
    record_take *take;
    void *taker;
};

static enum status hand_out(const struct filling *filling)
{
    struct gathering *g = filling->batches->gathering;
    size_t limit = g->needs.memory_limit;
    enum status status = record_set_settle(g->set, &g->run->diag);

    if (status == STATUS_OK)
        status = filling->take(filling->taker, g->set);
    record_set_empty(g->set);
    return status != STATUS_OK || !limit || record_memory(g->set) <= limit
               ? status
               : record_set_too_large(g->set, &g->run->diag);
}

static enum status take_case(void *taker, const struct part_case *item)
{
    const struct filling *filling = taker;
    struct gathering *g = filling->batches->gathering;
    enum status status;
    size_t i;

    for (i = 0; i < item->count; i++)
        filling->batches->shares[i] = &item->shares[i].share;
    status = record_set_take(g->set, item->id, filling->batches->shares, item->count,
                             &g->run->diag);
    if (status != STATUS_OK)
        return status;
    return record_case_count(g->set) == BATCH_CASES || record_set_holds(g->set) > BATCH_BYTES
               ? hand_out(filling)
               : STATUS_OK;
}

static enum status walk(void *context, record_take *take, void *taker)
{
    struct case_batches *batches = context;
    struct filling filling = {batches, take, taker};
    enum status status = batches->go(batches->context, take_case, &filling);

    return status == STATUS_OK ? hand_out(&filling) : status;
}

enum status case_batches_init(struct case_batches *batches, struct gathering *g,
                              const struct record_facts *facts,
                              enum status (*go)(void *context, part_take *take, void *taker),
                              void *context)
{
    struct record_needs needs = g->needs;
    enum status status;

    *batches = (struct case_batches){.gathering = g, .go = go, .context = context};
    batches->walk = (struct record_walk){walk, batches};
    batches->shares = arena_alloc(&g->run->arena, g->source_count, sizeof *batches->shares);
    if (!batches->shares)
        return diag_no_memory(&g->run->diag);
    record_set_free(g->set);
    g->set = NULL;
    needs.keep_all = true;
    status = record_set_new(&needs, &g->run->diag, &g->set);
    if (status != STATUS_OK)
        return status;
    record_set_learn(g->set, facts);
    g->context.walk = &batches->walk;
    return STATUS_OK;
}
