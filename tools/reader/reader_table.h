/*
 * The readers there are, each complete in its file.
 *
 * Owns: constants.
 * Threads: constant.
 */
#ifndef CFAUDIT_READER_READER_TABLE_H
#define CFAUDIT_READER_READER_TABLE_H

#include "reader/reader.h"

extern const struct reader_kind reader_delimited;
extern const struct reader_kind reader_xes;
extern const struct reader_kind reader_text;
extern const struct reader_kind reader_json_lines;
extern const struct reader_kind reader_json;

/* Adds to the refused rows; the diagnostic is the caller's. False when memory is out. */
bool rowset_reject(struct rowset *rowset, enum rule rule, uint64_t line, uint64_t offset);
/* For every kind's close. */
void rowset_free_rejects(struct rowset *rowset);

#endif
