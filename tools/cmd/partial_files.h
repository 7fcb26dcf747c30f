/*
 * Which source of the audit a file belongs to, and how the ledger calls it.
 *
 * Call: partial_files once the gathering is planned.
 * Owns: names live in the run's arena.
 * Errors: STATUS_USAGE with one diagnostic.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_PARTIAL_FILES_H
#define CFAUDIT_CMD_PARTIAL_FILES_H

#include "cmd/gathering.h"

/*
 * Gives the files of the command line to the sources of the audit. *ret_shown: the name in the
 * ledger of each file, by source and by file; NULL: as gathering_shown says.
 */
enum status partial_files(struct gathering *gathering, const char *const *files, size_t count,
                          struct str ***ret_shown);

#endif
