/*
 * Which fields of records a measure wants that no source map of an audit gives, and which shipped
 * maps would.
 *
 * Call: lacking_init with the audit; lacking_tell for each measure.
 * Owns: everything lives in the run's arena.
 * Errors: as the loader of source maps reports them.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_LACKING_H
#define CFAUDIT_CMD_LACKING_H

#include "base/buf.h"
#include "cmd/command.h"
#include "measure/measure.h"

struct lacking {
    const struct source_map **maps; /* of the audit's sources */
    size_t map_count;
    const struct source_map **shipped;
    size_t shipped_count;
};

enum status lacking_init(struct run *run, const struct audit *audit, struct lacking *lacking);
/* "survey.at survey.score; generic-survey gives them" */
void lacking_tell(const struct lacking *lacking, const struct measure *measure, struct buf *out);

#endif
