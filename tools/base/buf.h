/*
 * A growing byte buffer with a cap.
 *
 * Call: buf_init; buf_add, buf_printf ...; read bytes/len; buf_done.
 * Owns: the buffer owns its bytes until buf_done; buf_clear keeps them for reuse.
 * Errors: sticky: after a failed add (memory or cap) `failed` is set, later adds do nothing;
 *         check once at the end.
 * Units: bytes. bytes[len] is always 0 once something was added.
 * Threads: one buffer, one thread.
 */
#ifndef CFAUDIT_BASE_BUF_H
#define CFAUDIT_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { BUF_DIGITS = 20 };

struct buf {
    char *bytes;
    size_t len;
    size_t capacity;
    size_t cap; /* most bytes ever held */
    bool failed;
};

void buf_init(struct buf *buf, size_t cap);
void buf_done(struct buf *buf);
void buf_clear(struct buf *buf);
void buf_add(struct buf *buf, struct str s);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *buf);
/* The text with every such mark twice, as CSV and formulas want it between two of them. */
void buf_add_doubled(struct buf *buf, struct str s, char mark);

/* A cell of CSV: between quotes where it needs them, with an apostrophe before what a spreadsheet
   would take for a formula. */
void buf_add_cell(struct buf *buf, struct str s);

/* The shortest decimal text that reads back equal; always with a point, never in a locale. */
void buf_add_double(struct buf *buf, double value);
void buf_add_int(struct buf *buf, int64_t value);
/* With leading zeros up to `width` digits, at most BUF_DIGITS. */
void buf_add_digits(struct buf *buf, uint64_t value, unsigned width);

/* JSON string with quotes; invalid UTF-8 becomes U+FFFD. A missing string is null. */
void buf_add_json(struct buf *buf, struct str s);
/* Text made safe for a terminal or log line: controls and bidirectional marks as <U+hhhh>,
   invalid bytes as U+FFFD, cut after limit bytes with an ellipsis. */
void buf_add_visible(struct buf *buf, struct str s, size_t limit);

#endif
