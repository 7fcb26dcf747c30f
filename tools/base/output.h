/*
 * Files that appear whole or not at all.
 *
 * Call: output_open; output_write ...; output_commit or output_discard. output_path gives the
 *       temporary name to a library that writes by itself (then no output_write). For a folder:
 *       output_open_folder; output_add_file ...; then as a file.
 * Owns: the caller owns the output; discarding or committing releases it; discard accepts NULL.
 * Errors: sticky; output_commit reports the one fatal diagnostic (output-open, output-write),
 *         removes the temporary file and leaves what stood at the path before untouched.
 *         The path "-" is standard output: written through, checked at commit, as are devices and
 *         pipes. A link is followed, a file that is replaced keeps its mode.
 * Units: bytes.
 * Threads: one output, one thread. A signal handler may call output_remove_temporary.
 */
#ifndef CFAUDIT_BASE_OUTPUT_H
#define CFAUDIT_BASE_OUTPUT_H

#include "base/diag.h"
#include "base/str.h"

struct output;

enum status output_open(const char *path, struct diag *diag, struct output **ret_output);
/*
 * A folder: files are added one by one, each whole, and it appears with all of them. It takes the
 * place of a folder of that name, whose files then are gone; so the caller looks at it before.
 */
enum status output_open_folder(const char *path, struct diag *diag, struct output **ret_output);
/* `name` without a slash. After a failure only output_discard is of use. */
enum status output_add_file(struct output *folder, const char *name, struct str bytes,
                            struct diag *diag);
void output_write(struct output *output, struct str bytes);
/* NULL for what is written through. */
const char *output_path(const struct output *output);
/* The file it will be; NULL for what is written through. */
const char *output_target(const struct output *output);
/*
 * Everything on disk under the temporary name, so that only the rename is left to output_commit.
 * On failure the output is released.
 */
enum status output_prepare(struct output *output, struct diag *diag);
/* fsync, rename, fsync of the folder. */
enum status output_commit(struct output *output, struct diag *diag);
void output_discard(struct output *output);
/* Unlinks every temporary file that is open now; async-signal-safe. */
void output_remove_temporary(void);

#endif
