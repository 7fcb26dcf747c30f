/*
 * The source maps of an audit, and which fields they give.
 *
 * Call: lint_maps with zeroed state of a rule about audits; lint_maps_give.
 * Owns: the maps live in the arena of the document.
 * Errors: memory by lint_no_memory. A map that cannot be used is told by its own rule; then nothing
 *         is known of the fields, and both calls say so.
 * Units: none.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_MAPS_H
#define CFAUDIT_LINT_LINT_MAPS_H

#include "lint/lint_rule.h"
#include "plan/plan.h"

struct lint_maps {
    bool was_loaded;
    bool is_whole;
    struct source_map **list; /* one a source */
    size_t count;
};

/* Loads them at the first call; false: one cannot be used. */
bool lint_maps(struct lint *lint, struct lint_maps *maps);
/* Whether any gives this field; record "ticket", "event" ...; NULL: of any record. */
bool lint_maps_give(const struct lint_maps *maps, const char *record, struct str field);

#endif
