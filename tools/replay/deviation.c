#include "replay/deviation.h"

static const char *const kind_names[DEVIATION_KIND_COUNT] = {
    "missing-step",     "missing-approval", "order",  "not-foreseen",
    "unknown-activity", "four-eyes",        "version"};

const char *deviation_kind_name(enum deviation_kind kind)
{
    return kind_names[kind];
}

/* Moves of a kind and step before one of them. */
static size_t count_moves(const struct replay_result *result, enum move_kind kind, size_t step,
                          size_t before)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < before; i++)
        count += result->moves[i].kind == kind && result->moves[i].step == step;
    return count;
}

/* Of what was done out of place as much is only out of order as is missing elsewhere. */
static bool is_paired(const struct replay_result *result, size_t at, enum move_kind other)
{
    const struct replay_move *move = &result->moves[at];

    return count_moves(result, move->kind, move->step, at) <
           count_moves(result, other, move->step, result->move_count);
}

size_t deviations_of(const struct process_document *process, const struct replay_result *result,
                     struct deviation *list)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < result->move_count; i++) {
        const struct replay_move *move = &result->moves[i];
        struct deviation deviation = {DEVIATION_UNKNOWN, move->step, move->event};

        if (move->kind == MOVE_BOTH)
            continue;
        if (move->kind == MOVE_PROCESS) {
            if (is_paired(result, i, MOVE_LOG))
                continue;
            deviation.kind = process->steps[move->step].is_approval ? DEVIATION_APPROVAL
                                                                    : DEVIATION_MISSING;
        } else if (move->step != PROCESS_NO_STEP) {
            deviation.kind =
                is_paired(result, i, MOVE_PROCESS) ? DEVIATION_ORDER : DEVIATION_UNFORESEEN;
        }
        list[count++] = deviation;
    }
    return count;
}
