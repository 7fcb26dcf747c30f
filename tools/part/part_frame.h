/*
 * What the files of this room share: the frames of a part, and head and cases inside them.
 *
 * A part is a magic, frames and a SHA-256 over all of it that stands before. A frame is a letter,
 * four bytes of length with the low byte first, and its content: H the head, C cases, E the end.
 * Owns: as named.
 * Errors: see part/part.h.
 * Units: bytes.
 * Threads: see part/part.h.
 */
#ifndef CFAUDIT_PART_PART_FRAME_H
#define CFAUDIT_PART_PART_FRAME_H

#include "part/part.h"
#include "part/part_code.h"

enum { FRAME_HEAD = 'H', FRAME_CASES = 'C', FRAME_END = 'E', FRAME_MARK = 5 };

/* A bit beyond seven, a line end of each kind, so that what changes text shows itself. */
static const char part_magic[8] = {'\x89', 'C', 'F', 'A', 'P', '\r', '\n', '\x1A'};

/* Most bytes of a frame: a case of ten million events. */
static const uint32_t LIMIT_FRAME = 1u << 28;
/* A frame of cases ends behind the case that makes it as long as that. */
enum { FRAME_FULL = 1 << 18 };

/* Flags of a share. */
enum {
    SHARE_REJECT = 1,
    SHARE_ATTRIBUTED = 2,
    SHARE_NO_ROWS = 4,      /* nothing follows */
    SHARE_ROW_AN_EVENT = 8, /* as many rows as events */
    SHARE_ONE_EVENT = 16,
    SHARE_LAST_EVENT = 32,  /* the last event is of the row that decides */
    SHARE_MESSAGES = 64,
    SHARE_OWN_FILL = 128,   /* the row that decides fills not all that its owner's rows fill */
    SHARE_MORE_TOLD = 256,  /* other rows decide what that one does not fill */
    SHARE_FLAGS = 511
};

/* Where texts are numbered: for each slot, and two more. */
enum { WORDS_GROUP = SLOT_END, WORDS_STATUS, WORDS_COUNT };

/* What frames hold, in their order, of the needs of a run. */
struct part_layout {
    enum record_kind kind;
    int slots[SLOT_END]; /* that are kept, in order */
    size_t slot_count;
    bool has_history;
};

/* One for each kind. */
void part_layouts_init(struct part_layout *layouts, const struct part_head *head);
void part_layout_init(struct part_layout *layout, const struct record_needs *needs);

/* What the rows of an owner fill; one that the head does not have only mentions files, and fills nothing. */
static inline struct slot_set part_filled(const struct part_head *head, uint32_t owner,
                                          enum record_kind kind)
{
    static const struct slot_set nothing;

    if (owner >= head->owner_count)
        return nothing;
    return kind == RECORD_TICKET ? head->owners[owner].filled
                                 : head->owners[owner].filled_of[kind];
}

void part_head_put(const struct part_head *head, struct buf *out);
/* Bad code is told by code->is_bad; false: memory is out. */
bool part_head_get(struct code *code, struct arena *arena, struct part_head *head);

#endif
