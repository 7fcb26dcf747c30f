/*
 * Hits of a message until all of it was looked at: whether one counts may depend on what else its
 * sentence or its message has.
 *
 * Call: waiting_begin for each message; in it waiting_sentence for each sentence, waiting_cue and
 *       waiting_add for what is in it; then waiting_write; waiting_done.
 * Owns: the caller owns the struct, all zero at first.
 * Errors: false when memory is out.
 * Units: sentences by number, in the order in which they were looked at.
 * Threads: one of them, one thread.
 */
#ifndef CFAUDIT_DETECT_WAITING_HITS_H
#define CFAUDIT_DETECT_WAITING_HITS_H

#include "detect/detectors.h"
#include "detect/marks_write.h"

struct waiting_hit {
    struct mark_hit hit;
    uint32_t line;
    uint32_t sentence;
    const struct phrase_conditions *conditions;
};

struct waiting_hits {
    struct waiting_hit *list;
    size_t count;
    size_t capacity;
    uint64_t *cues; /* slots with a phrase in it, a bit each, by sentence */
    size_t sentence_count;
    size_t sentence_capacity;
};

void waiting_begin(struct waiting_hits *waiting);
/* The next sentence; what is added is in it. */
bool waiting_sentence(struct waiting_hits *waiting);
/* It has a phrase of the slot. */
void waiting_cue(struct waiting_hits *waiting, uint32_t slot);
/* The conditions are borrowed. */
bool waiting_add(struct waiting_hits *waiting, const struct mark_hit *hit, uint32_t line,
                 const struct phrase_conditions *conditions);
/* Those that count, in the order in which they were added. */
bool waiting_write(const struct waiting_hits *waiting, struct marks_writer *writer);
void waiting_done(struct waiting_hits *waiting);

#endif
