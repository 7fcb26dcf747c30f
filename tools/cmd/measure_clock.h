/*
 * What the command line of measure says about the clock, its promises and its charts.
 *
 * Call: measure_take_clock once the measures are known, before gathering_plan.
 * Owns: values are borrowed from the command line or live in the run's arena.
 * Errors: STATUS_USAGE with one diagnostic.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_MEASURE_CLOCK_H
#define CFAUDIT_CMD_MEASURE_CLOCK_H

#include "cmd/gathering.h"

/* --calendar, --patron, --sla, --target, --grid, --baseline. */
enum status measure_take_clock(struct gathering *gathering);

#endif
