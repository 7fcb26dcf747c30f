/*
 * The net that the blocks of a process make: places that hold tokens, and transitions between them.
 *
 * Call: process_net_make.
 * Owns: everything lives in the arena given.
 * Errors: false when memory is out.
 * Units: places and transitions by number; the first two places are the beginning and the end.
 * Every step takes one token from one place and gives one to another; only what is silent may take
 * or give several.
 * Source: van der Aalst (1998), workflow nets; each block is one in itself, so that the whole is
 * sound.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_REPLAY_PROCESS_NET_H
#define CFAUDIT_REPLAY_PROCESS_NET_H

#include "plan/process.h"

enum { PLACE_BEGIN, PLACE_END };

struct net_silent {
    uint32_t *inputs; /* ascending */
    size_t input_count;
    uint32_t *outputs;
    size_t output_count;
};

struct process_net {
    size_t place_count;
    uint32_t *step_input; /* by step */
    uint32_t *step_output;
    struct net_silent *silents; /* in the order of their blocks */
    size_t silent_count;
    bool has_joins; /* some silent transition takes several tokens */
};

bool process_net_make(const struct process_document *process, struct arena *arena,
                      struct process_net *ret_net);

#endif
