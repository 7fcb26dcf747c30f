/*
 * Text without the remains of HTML: tags taken out, character references resolved.
 *
 * Call: plain_text_init; plain_text_make for each text; plain_place with places that only grow;
 *       plain_text_done.
 * Owns: what is made is the text itself where it has no markup, or lives until the next text.
 * Errors: false when memory is out.
 * Units: bytes.
 * Elements that stand on lines of their own become line ends, a quoted block and what browsers do
 * not show are left out. Only elements of HTML are taken for tags: "<anna@example.org>" is none.
 * Source: HTML Living Standard; names of character references that mail programs write.
 * Threads: one of them, one thread.
 */
#ifndef CFAUDIT_DETECT_PLAIN_TEXT_H
#define CFAUDIT_DETECT_PLAIN_TEXT_H

#include "base/buf.h"

struct plain_jump { /* from here on the text is so much further on than what was made of it */
    size_t at;
    size_t from;
};

struct plain_text {
    struct str text;
    struct buf room;
    struct plain_jump *jumps; /* none: text is the source itself */
    size_t jump_count;
    size_t jump_capacity;
    size_t jump; /* the one that plain_place is at */
};

void plain_text_init(struct plain_text *plain);
void plain_text_done(struct plain_text *plain);
bool plain_text_make(struct plain_text *plain, struct str source);
/* Where in the source a place of the text comes from. */
size_t plain_place(struct plain_text *plain, size_t at);

#endif
