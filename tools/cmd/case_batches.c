#include "cmd/case_batches.h"

#include "base/mem.h"
#include "cmd/gathering_kinds.h"

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
    if (status != STATUS_OK || !limit || record_memory(g->set) <= limit)
        return status;
    return record_too_large(&(const struct record_held){record_memory(g->set), limit, 0, true},
                            WHERE_NONE, &g->run->diag);
}

static enum status put_case(struct case_batches *batches, struct record_set *set,
                            const struct part_case *item)
{
    size_t i;

    for (i = 0; i < item->count; i++)
        batches->shares[i] = &item->shares[i].share;
    return record_set_take(set, part_case_id(item->id), batches->shares, item->count,
                           &batches->gathering->run->diag);
}

static enum status take_case(void *taker, const struct part_case *item)
{
    const struct filling *filling = taker;
    struct gathering *g = filling->batches->gathering;
    enum status status;

    if (part_case_kind(item->id) != RECORD_TICKET)
        return STATUS_OK; /* it is here already */
    status = put_case(filling->batches, g->set, item);
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

/* --- records that are no tickets --- */

static struct record_held kinds_held(const struct gathering *g)
{
    struct record_held held = {.limit = g->needs.memory_limit};
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        if (!g->kind_sets[kind])
            continue;
        held.bytes += record_memory(g->kind_sets[kind]);
        held.records += record_case_count(g->kind_sets[kind]);
    }
    return held;
}

/* They stand before all tickets. */
static enum status take_record(void *taker, const struct part_case *item)
{
    struct case_batches *batches = taker;
    struct gathering *g = batches->gathering;
    enum record_kind kind = part_case_kind(item->id);
    struct record_set *set = g->kind_sets[kind];
    struct record_held held;
    enum status status;

    if (kind == RECORD_TICKET || !set)
        return STATUS_END;
    status = put_case(batches, set, item);
    if (status != STATUS_OK || !g->needs.memory_limit || record_case_count(set) % BATCH_CASES != 0)
        return status;
    held = kinds_held(g);
    return held.bytes <= held.limit ? STATUS_OK
                                    : record_too_large(&held, WHERE_NONE, &g->run->diag);
}

static enum status take_records(struct case_batches *batches, const struct part_kind *kinds)
{
    struct gathering *g = batches->gathering;
    enum status status = gathering_kinds_begin(g);
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++)
        if (g->kind_sets[kind])
            record_set_learn(g->kind_sets[kind], &kinds[kind].facts);
    if (status == STATUS_OK && g->kinds_read)
        status = batches->go(batches->context, take_record, batches);
    if (status == STATUS_END)
        status = STATUS_OK;
    return status == STATUS_OK ? gathering_kinds_end(g) : status;
}

enum status case_batches_init(struct case_batches *batches, struct gathering *g,
                              const struct record_facts *facts, const struct part_kind *kinds,
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
    return take_records(batches, kinds);
}
