/*
 * Small files that stand in for data kept elsewhere: Git LFS and git-annex.
 *
 * Call: pointer_find on the first bytes; pointer_is_link on a path that does not open;
 *       pointer_report to refuse.
 * Owns: nothing.
 * Errors: pointer_report gives STATUS_INVALID with source-pointer and the command that helps.
 * Source: Git LFS specification 1; git-annex, "pointer file" and "unlocked files".
 * Threads: values only.
 */
#ifndef CFAUDIT_SOURCE_POINTER_H
#define CFAUDIT_SOURCE_POINTER_H

#include "base/diag.h"

enum pointer { POINTER_NONE, POINTER_LFS, POINTER_ANNEX };

enum pointer pointer_find(struct str head);
/* A symbolic link into an annex whose content is not here. */
bool pointer_is_link(const char *path);
enum status pointer_report(struct str name, enum pointer pointer, struct diag *diag);

#endif
