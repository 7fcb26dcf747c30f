/*
 * Records of other kinds than tickets, in a gathering.
 *
 * Call: gathering_kinds_plan with the measures known; gathering_kinds_prepare once the maps are
 *       loaded; gathering_kinds_begin before the sources are read, each time; gathering_kinds_end
 *       when all of them are; gathering_kinds_contexts before figures are made; gathering_kinds_done.
 * Owns: the gathering owns the sets; lists live in the run's arena.
 * Errors: as record/record.h.
 * Units: none.
 * A kind has a set when a measure looks at it, or a map makes nothing but it.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_GATHERING_KINDS_H
#define CFAUDIT_CMD_GATHERING_KINDS_H

#include "cmd/gathering.h"

enum status gathering_kinds_plan(struct gathering *gathering);
enum status gathering_kinds_prepare(struct gathering *gathering);
enum status gathering_kinds_begin(struct gathering *gathering);
enum status gathering_kinds_end(struct gathering *gathering);
/* The latest instant of any record that is no ticket; INSTANT_MISSING: none. */
struct instant gathering_kinds_latest(const struct gathering *gathering);
enum status gathering_kinds_contexts(struct gathering *gathering);
void gathering_kinds_done(struct gathering *gathering);

#endif
