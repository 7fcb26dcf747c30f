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

#endif
