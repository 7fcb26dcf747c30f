/*
 * What the options --delimiter, --encoding and --date-order say about reading a source.
 *
 * Owns: nothing.
 * Errors: STATUS_USAGE, told.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_READING_OPTIONS_H
#define CFAUDIT_CMD_READING_OPTIONS_H

#include "cmd/command.h"
#include "record/record.h"

enum status reading_options_take(struct run *run, struct record_options *reading);

#endif
