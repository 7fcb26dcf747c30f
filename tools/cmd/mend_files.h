/*
 * Files of documents mended where they are, or as far as --dry-run goes.
 *
 * Call: mend_files_init; mend_files_add for each name in place of lint_set_add; mend_files_print
 *       when everything was looked at; mend_files_done.
 * Owns: the caller owns it; names are borrowed.
 * Errors: as lint_set_add and output_commit. What cannot be written in place is a warning, and the
 *         file stays as it was.
 * Each file is replaced whole, with its mode; links are followed. Standard input goes to standard
 * output, mended or not. Documents of the program are left alone.
 * Units: bytes.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_MEND_FILES_H
#define CFAUDIT_CMD_MEND_FILES_H

#include "cmd/command.h"
#include "lint/lint.h"

struct mend_files {
    struct run *run;
    struct lint_set *set;
    bool is_dry;     /* nothing is written, the changes are shown */
    struct buf text; /* for standard output: the changes, or the document that came in */
    bool has_stdin;
};

void mend_files_init(struct mend_files *files, struct run *run, struct lint_set *set, bool is_dry);
enum status mend_files_add(struct mend_files *files, struct str name, enum lint_origin origin);
/* Whether standard output is taken. */
bool mend_files_has_text(const struct mend_files *files);
enum status mend_files_print(struct mend_files *files);
void mend_files_done(struct mend_files *files);

#endif
