/*
 * A temporary file without a name: bytes that are written once and then read, by a path.
 *
 * Call: scratch_new; scratch_write ...; scratch_path, which ends writing; scratch_free.
 * Owns: the caller owns the scratch; the path lives as long as it, and so do the bytes.
 * Errors: sticky; scratch_path reports the one fatal diagnostic (output-write).
 * Units: bytes. It is in TMPDIR, else in /tmp, and gone when the program ends, however it ends.
 * Threads: one scratch, one thread.
 */
#ifndef CFAUDIT_BASE_SCRATCH_H
#define CFAUDIT_BASE_SCRATCH_H

#include "base/diag.h"
#include "base/str.h"

struct scratch;

/* The open file alone, for a caller who writes and closes it; -1 and errno when there is none. */
int scratch_open(void);
enum status scratch_new(struct diag *diag, struct scratch **ret_scratch);
void scratch_free(struct scratch *scratch); /* accepts NULL */
void scratch_write(struct scratch *scratch, struct str bytes);
enum status scratch_path(struct scratch *scratch, struct diag *diag, struct str *ret_path);

#endif
