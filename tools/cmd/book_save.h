/*
 * Books into files that appear whole or not at all.
 *
 * Owns: nothing is kept.
 * Errors: as base/output.h; output-check when a workbook does not read back as it was meant.
 * Units: none.
 * Threads: one call at a time for each path.
 */
#ifndef CFAUDIT_CMD_BOOK_SAVE_H
#define CFAUDIT_CMD_BOOK_SAVE_H

#include "base/output_group.h"
#include "writer/writer.h"

/* The path "-" is standard output, for text formats only. */
enum status book_save(const struct book *book, const struct writer *writer, const char *path,
                      struct diag *diag);
/* The same, but the file appears when the group is committed; with group NULL at once. */
enum status book_save_in(const struct book *book, const struct writer *writer, const char *path,
                         struct output_group *group, struct diag *diag);
/* All of the book as files of a folder. */
enum status book_save_folder(const struct book *book, const struct writer *writer, const char *path,
                             struct output_group *group, struct diag *diag);
/* Opens a written workbook, parses every part, compares sheets and rows with the book. */
enum status book_check(const struct book *book, const char *path, struct diag *diag);

#endif
