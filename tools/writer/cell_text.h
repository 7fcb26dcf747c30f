/*
 * What a cell that holds no text shows: numbers, shares, durations and times as people read them.
 *
 * Owns: the bytes go to the caller's buffer.
 * Errors: those of the buffer.
 * Units: as in page/page.h; durations are shown in hours.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_WRITER_CELL_TEXT_H
#define CFAUDIT_WRITER_CELL_TEXT_H

#include "base/buf.h"
#include "page/page.h"

/* Nothing for blank cells and for texts, whose escaping is each format's own. */
void cell_add_value(struct buf *out, const struct cell *cell, enum lang lang);
/* A day as in 2026-01-31; with its time as in 2026-01-31T18:00:00. */
void cell_add_iso(struct buf *out, struct local time, bool with_clock);

#endif
