/*
 * The gates, in the order in which they are looked at: the first that limits names the outcome.
 *
 * Call: for each row of gate_table its judge, with sums and open questions of the result filled in.
 * Owns: a judge fills the gate's list of questions, which has room for every question.
 * Errors: none; the detail buffer keeps its own.
 * Units: shares are exact ratios.
 * Threads: one result, one thread.
 */
#ifndef CFAUDIT_SCORE_GATE_TABLE_H
#define CFAUDIT_SCORE_GATE_TABLE_H

#include "score/score.h"

struct gate_kind {
    const char *id;
    /* Sets is_triggered, at_most and the facts; an English sentence goes to `detail`. */
    void (*judge)(const struct result *result, struct gate_result *gate, struct buf *detail);
};

extern const struct gate_kind gate_table[]; /* ends with a row without id */

void gate_invalid(const struct result *result, struct gate_result *gate, struct buf *detail);
void gate_coverage(const struct result *result, struct gate_result *gate, struct buf *detail);
void gate_major(const struct result *result, struct gate_result *gate, struct buf *detail);
void gate_letters(const struct result *result, struct gate_result *gate, struct buf *detail);
void gate_questions(const struct result *result, struct gate_result *gate, struct buf *detail);
void gate_unmet(const struct result *result, struct gate_result *gate, struct buf *detail);
void gate_set_aside(const struct result *result, struct gate_result *gate, struct buf *detail);
void gate_repeats(const struct result *result, struct gate_result *gate, struct buf *detail);

bool gate_is_short(const struct tally *tally);

#endif
