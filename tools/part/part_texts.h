/*
 * Texts by number, combinations of tracked values by number and marks of messages by number, as
 * shares refer to them.
 *
 * Call: part_texts_init; part_texts_clear to begin anew; part_texts_done.
 * Owns: the texts own copies.
 * Errors: as base/intern.h.
 * Units: none.
 * Threads: one of them, one thread.
 */
#ifndef CFAUDIT_PART_PART_TEXTS_H
#define CFAUDIT_PART_PART_TEXTS_H

#include "base/intern.h"

struct part_texts {
    struct intern texts;
    struct intern fields;
    struct intern marks;
};

static inline void part_texts_init(struct part_texts *texts)
{
    intern_init(&texts->texts);
    intern_init(&texts->fields);
    intern_init(&texts->marks);
}

static inline void part_texts_done(struct part_texts *texts)
{
    intern_done(&texts->texts);
    intern_done(&texts->fields);
    intern_done(&texts->marks);
}

static inline void part_texts_clear(struct part_texts *texts)
{
    part_texts_done(texts);
    part_texts_init(texts);
}

#endif
