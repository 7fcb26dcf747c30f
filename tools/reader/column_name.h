/*
 * Names of columns as people mean them.
 *
 * Call: column_name_fold, and compare the results byte by byte.
 * Owns: nothing.
 * Errors: none; what is not UTF-8 is kept as it is.
 * Units: bytes.
 * Source: letters of ISO 8859-1 and Latin Extended-A without their marks (Unicode
 *         decompositions); combining marks, blanks, underscores and BOM dropped; Latin, Greek and
 *         Cyrillic letters in lower case.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_COLUMN_NAME_H
#define CFAUDIT_READER_COLUMN_NAME_H

#include "base/str.h"

/* Folds into room, which holds at least name.len bytes; returns the length, never more. */
size_t column_name_fold(struct str name, char *room);

#endif
