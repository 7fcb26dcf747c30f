#include "replay/replay.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "replay/nearest.h"
#include "replay/token_replay.h"

struct replay {
    const struct process_document *process;
    struct arena arena;
    struct allowed allowed;
    struct process_net net;
    struct intern traces; /* steps of the cases so far, as bytes */
    struct replay_result *results;
    size_t result_capacity;
    uint16_t *room; /* of the steps of one case */
    size_t room_capacity;
};

enum status replay_new(const struct process_document *process, struct diag *diag,
                       struct replay **ret_replay)
{
    struct replay *replay = mem_alloc(1, sizeof *replay);

    if (!replay)
        return diag_no_memory(diag);
    replay->process = process;
    arena_init(&replay->arena);
    intern_init(&replay->traces);
    if (!process_net_make(process, &replay->arena, &replay->net) ||
        !allowed_init(&replay->allowed, process)) {
        replay_free(replay);
        return diag_no_memory(diag);
    }
    *ret_replay = replay;
    return STATUS_OK;
}

void replay_free(struct replay *replay)
{
    if (!replay)
        return;
    allowed_done(&replay->allowed);
    arena_done(&replay->arena);
    intern_done(&replay->traces);
    mem_free(replay->results);
    mem_free(replay->room);
    mem_free(replay);
}

/* The bytes that stand for the steps of a case. */
static bool bytes_of(struct replay *replay, const size_t *steps, size_t count, struct str *ret_bytes)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (!mem_grow(&replay->room, i, &replay->room_capacity, sizeof *replay->room))
            return false;
        replay->room[i] = steps[i] == PROCESS_NO_STEP ? UINT16_MAX : (uint16_t)steps[i];
    }
    *ret_bytes = (struct str){count ? (const char *)replay->room : "", count * sizeof(uint16_t)};
    return true;
}

static enum status find(struct replay *replay, const size_t *steps, size_t count,
                        struct replay_result *result)
{
    enum status status;

    memset(result, 0, sizeof *result);
    if (!allowed_forget(&replay->allowed))
        return STATUS_MEMORY;
    result->shortest = allowed_shortest(&replay->allowed, allowed_start(&replay->allowed));
    status = nearest_find(&replay->allowed, steps, count, &replay->arena, result);
    if (status != STATUS_OK && status != STATUS_LIMIT)
        return status;
    result->fits = result->has_nearest && result->cost == 0;
    return token_replay_run(&replay->net, steps, count, result) ? STATUS_OK : STATUS_MEMORY;
}

enum status replay_trace(struct replay *replay, const size_t *steps, size_t count,
                         struct diag *diag, const struct replay_result **ret_result)
{
    struct replay_result result;
    struct str bytes;
    uint32_t number;
    enum status status;

    if (!bytes_of(replay, steps, count, &bytes))
        return diag_no_memory(diag);
    number = intern_find(&replay->traces, bytes);
    if (number == INTERN_NONE) {
        status = find(replay, steps, count, &result);
        if (status == STATUS_OK && intern_count(&replay->traces) >= replay->result_capacity &&
            !mem_grow(&replay->results, intern_count(&replay->traces), &replay->result_capacity,
                      sizeof *replay->results))
            status = STATUS_MEMORY;
        number = status == STATUS_OK ? intern_id(&replay->traces, bytes) : INTERN_NONE;
        if (number == INTERN_NONE)
            return diag_no_memory(diag);
        replay->results[number] = result;
    }
    *ret_result = &replay->results[number];
    return STATUS_OK;
}

double replay_token_fitness(uint64_t missing, uint64_t consumed, uint64_t remaining,
                            uint64_t produced)
{
    double taken = consumed ? 1 - (double)missing / (double)consumed : 1;
    double given = produced ? 1 - (double)remaining / (double)produced : 1;

    return 0.5 * taken + 0.5 * given;
}

double replay_nearest_fitness(uint64_t cost, uint64_t events, uint64_t shortest)
{
    return events + shortest ? 1 - (double)cost / (double)(events + shortest) : 1;
}
