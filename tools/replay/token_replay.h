/*
 * Tokens that a case needs to go through the net of its process.
 *
 * Call: token_replay_run.
 * Owns: nothing is kept.
 * Errors: false when memory is out.
 * Units: tokens.
 * Source: Rozinat and van der Aalst (2008); which silent transitions fire, replay.h says.
 * Layer by layer of the events, all markings that can be there are held, each with the fewest
 * missing and then consumed tokens. Where there are more than LIMIT_REPLAY_MARKINGS the best are
 * kept, and the result is a bound.
 * Threads: as the net.
 */
#ifndef CFAUDIT_REPLAY_TOKEN_REPLAY_H
#define CFAUDIT_REPLAY_TOKEN_REPLAY_H

#include "replay/process_net.h"
#include "replay/replay.h"

bool token_replay_run(const struct process_net *net, const size_t *steps, size_t count,
                      struct replay_result *result);

#endif
