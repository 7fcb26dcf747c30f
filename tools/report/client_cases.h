/*
 * Cases that have no id of their own are named by the file and line that they stand in. A client copy
 * names no files: there they are named by the number of the source.
 *
 * Call: client_copy_cases on the copy of a ledger whose sources are renamed already.
 * Owns: what is changed lives in the arena given; the rest is borrowed from the ledger.
 * Errors: false when memory is out.
 * Units: none.
 * Threads: values only.
 */
#ifndef CFAUDIT_REPORT_CLIENT_CASES_H
#define CFAUDIT_REPORT_CLIENT_CASES_H

#include "evidence/evidence.h"

bool client_copy_cases(struct arena *arena, struct evidence *copy, const struct evidence *from);

#endif
