/*
 * A source of a part as bytes, and back: what it was, what became of its rows, what was said of it.
 *
 * Call: part_source_put; part_source_get.
 * Owns: texts are copied into the arena given.
 * Errors: bad code is told by code->is_bad; false: memory is out.
 * Units: as in record/record.h.
 * Threads: values only.
 */
#ifndef CFAUDIT_PART_PART_SOURCE_H
#define CFAUDIT_PART_PART_SOURCE_H

#include "part/part_frame.h"

void part_source_put(struct buf *out, const struct part_source *source);
bool part_source_get(struct code *code, struct arena *arena, struct part_source *source);

#endif
