/*
 * Whether an output may take the place of a file that is there already.
 *
 * Call: ownership_seal at the end of a document of ours; ownership_check before writing to a path.
 * Owns: nothing.
 * Errors: STATUS_USAGE and output-exists for a file that we did not write or that changed since,
 *         unless forced.
 * A document ends with a comment that holds the digest of everything before it; a workbook is ours
 * as long as its properties say that nobody saved it since it was made. A folder is ours when it
 * holds what its list of digests names and nothing else; files that are not in the list are never
 * written over.
 * Units: none.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_CMD_OWNERSHIP_H
#define CFAUDIT_CMD_OWNERSHIP_H

#include "base/buf.h"
#include "base/diag.h"

enum status ownership_seal(struct buf *document, struct diag *diag);
enum status ownership_check(const char *path, bool is_forced, struct diag *diag);
/* STATUS_USAGE when the path is one of the inputs, by whatever name; no force helps against that. */
enum status ownership_not_input(const char *path, const struct str *inputs, size_t count,
                                struct diag *diag);

#endif
