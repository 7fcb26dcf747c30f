/*
 * The commands there are; each is complete in its own file.
 *
 * Owns: constants.
 * Errors: none.
 * Units: none.
 * Threads: constant.
 */
#ifndef CFAUDIT_CMD_COMMAND_TABLE_H
#define CFAUDIT_CMD_COMMAND_TABLE_H

#include "cmd/command.h"

extern const struct command command_run;
extern const struct command command_gather;
extern const struct command command_merge;
extern const struct command command_score;
extern const struct command command_report;
extern const struct command command_measure;
extern const struct command command_diff;
extern const struct command command_info;
extern const struct command command_list;
extern const struct command command_explain;
extern const struct command command_validate;
extern const struct command command_detect;
extern const struct command command_calibrate;

#endif
