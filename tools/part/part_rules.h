/*
 * What the rules of a text log took of a file, as bytes of a part, and back.
 *
 * Call: part_rules_put; part_rules_get.
 * Owns: what was got lives in the arena given.
 * Errors: bad code is told by code->is_bad; false: memory is out.
 * Units: as in record/accounting.h.
 * Threads: values only.
 */
#ifndef CFAUDIT_PART_PART_RULES_H
#define CFAUDIT_PART_PART_RULES_H

#include "base/arena.h"
#include "part/part_code.h"
#include "record/accounting.h"

void part_rules_put(struct buf *out, const struct accounting *accounting);
bool part_rules_get(struct code *code, struct arena *arena, struct accounting *accounting);

#endif
