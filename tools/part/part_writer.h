/*
 * The insides of a writer of parts, for the files of this room.
 *
 * Call: for a case, part_put_share for each of its shares; that puts the values and states together
 *       with part_put_filled, part_put_values and part_put_state.
 * Owns: see part/part.h.
 * Errors: sticky in the writer: failed is memory or libcrypto.
 * Units: instants in microseconds UTC, offsets in bytes.
 * Threads: one writer, one thread.
 */
#ifndef CFAUDIT_PART_PART_WRITER_H
#define CFAUDIT_PART_PART_WRITER_H

#include "part/part_reader.h"

struct part_writer {
    void (*write)(void *context, struct str bytes);
    void *context;
    struct digest *digest;
    const struct part_head *head; /* borrowed */
    struct record_needs needs;
    struct part_layout layouts[RECORD_KIND_COUNT];
    const struct part_layout *layout; /* of the case at hand */
    struct buf frame;
    struct buf id; /* of the case before; empty at the start of a frame */
    struct buf key;
    struct intern words[WORDS_COUNT]; /* texts of this frame, where they are numbered */
    bool has_words[WORDS_COUNT];
    struct intern states;
    struct intern shapes;
    uint64_t source;
    uint64_t offset;
    uint64_t line;
    int64_t at;
    uint64_t case_count;
    bool failed; /* libcrypto or memory */
};

/* Which slots the row fills. */
void part_put_filled(struct part_writer *writer, const struct slot_set *filled);
/* Which of the slots that are kept have a value, then the values. */
void part_put_values(struct part_writer *writer, const struct record_share *share,
                     const struct record_told *told);
/* The number of the state an event leaves; the first time, the state itself behind it. */
void part_put_state(struct part_writer *writer, const struct record_share *share,
                    const struct record_event *event);
void part_put_share(struct part_writer *writer, uint32_t owner, const struct record_share *share);

#endif
