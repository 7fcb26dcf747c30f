#include "replay/process_net.h"

#include "base/bug.h"
#include "base/limits.h"

struct making {
    const struct process_document *process;
    struct arena *arena;
    struct process_net *net;
    bool failed;
};

static uint32_t new_place(struct making *making)
{
    return (uint32_t)making->net->place_count++;
}

/* The first places of a run of them; several are made one after the other. */
static void add_silent(struct making *making, uint32_t input, size_t input_count, uint32_t output,
                       size_t output_count)
{
    struct net_silent *silent = &making->net->silents[making->net->silent_count];
    size_t i;

    silent->inputs = arena_alloc(making->arena, input_count, sizeof *silent->inputs);
    silent->outputs = arena_alloc(making->arena, output_count, sizeof *silent->outputs);
    if (!silent->inputs || !silent->outputs) {
        making->failed = true;
        return;
    }
    for (i = 0; i < input_count; i++)
        silent->inputs[silent->input_count++] = input + (uint32_t)i;
    for (i = 0; i < output_count; i++)
        silent->outputs[silent->output_count++] = output + (uint32_t)i;
    making->net->has_joins |= input_count > 1;
    making->net->silent_count++;
}

static void add_block(struct making *making, size_t number, uint32_t input, uint32_t output,
                      unsigned depth);

static void add_step(struct making *making, size_t step, uint32_t input, uint32_t output)
{
    making->net->step_input[step] = input;
    making->net->step_output[step] = output;
    if (!making->process->steps[step].is_mandatory)
        add_silent(making, input, 1, output, 1);
}

static void add_sequence(struct making *making, const struct process_block *block, uint32_t input,
                         uint32_t output, unsigned depth)
{
    size_t i;

    for (i = 0; i < block->part_count; i++) {
        uint32_t next = i + 1 < block->part_count ? new_place(making) : output;

        add_block(making, block->parts[i], input, next, depth);
        input = next;
    }
}

static void add_parallel(struct making *making, const struct process_block *block, uint32_t input,
                         uint32_t output, unsigned depth)
{
    size_t count = block->part_count;
    uint32_t begin = (uint32_t)making->net->place_count;
    uint32_t end = begin + (uint32_t)count;
    size_t i;

    making->net->place_count += 2 * count;
    add_silent(making, input, 1, begin, count);
    for (i = 0; i < count; i++)
        add_block(making, block->parts[i], begin + (uint32_t)i, end + (uint32_t)i, depth);
    add_silent(making, end, count, output, 1);
}

/* The places within are its own: whoever goes round comes past nothing else. */
static void add_loop(struct making *making, const struct process_block *block, uint32_t input,
                     uint32_t output, unsigned depth)
{
    uint32_t begin = new_place(making);
    uint32_t end = new_place(making);

    add_silent(making, input, 1, begin, 1);
    add_block(making, block->parts[0], begin, end, depth);
    add_silent(making, end, 1, output, 1);
    if (block->part_count > 1)
        add_block(making, block->parts[1], end, begin, depth);
    else
        add_silent(making, end, 1, begin, 1);
}

static void add_block(struct making *making, size_t number, uint32_t input, uint32_t output,
                      unsigned depth)
{
    const struct process_block *block = &making->process->blocks[number];
    size_t i;

    BUG_IF(depth > 2 * LIMIT_XML_DEPTH);
    if (making->failed)
        return;
    switch (block->kind) {
    case BLOCK_STEP:
        add_step(making, block->step, input, output);
        break;
    case BLOCK_CHOICE:
        for (i = 0; i < block->part_count; i++)
            add_block(making, block->parts[i], input, output, depth + 1);
        break;
    case BLOCK_PARALLEL:
        add_parallel(making, block, input, output, depth + 1);
        break;
    case BLOCK_LOOP:
        add_loop(making, block, input, output, depth + 1);
        break;
    case BLOCK_OPTIONAL:
        add_silent(making, input, 1, output, 1);
        add_sequence(making, block, input, output, depth + 1);
        break;
    case BLOCK_SEQUENCE:
    default:
        add_sequence(making, block, input, output, depth + 1);
        break;
    }
}

bool process_net_make(const struct process_document *process, struct arena *arena,
                      struct process_net *ret_net)
{
    struct process_net net = {.place_count = 2};
    struct making making = {process, arena, &net, false};

    net.step_input = arena_alloc(arena, process->step_count, sizeof *net.step_input);
    net.step_output = arena_alloc(arena, process->step_count, sizeof *net.step_output);
    /* a loop has three of them, no block more */
    net.silents = arena_alloc(arena, 3 * process->block_count, sizeof *net.silents);
    if (!net.step_input || !net.step_output || !net.silents)
        return false;
    add_block(&making, 0, PLACE_BEGIN, PLACE_END, 0);
    if (making.failed)
        return false;
    *ret_net = net;
    return true;
}
