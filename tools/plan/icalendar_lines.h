/*
 * Content lines of an iCalendar stream: unfolded, with the place where each begins.
 *
 * Call: content_lines_init; content_lines_next until false.
 * Owns: a line lives in the arena given.
 * Errors: false with `failed` when memory is out.
 * Units: lines from 1, offsets in bytes from 0.
 * Source: RFC 5545, section 3.1. Deviations: a lone LF ends a line; empty lines and a byte order
 *         mark at the beginning are skipped.
 * Threads: one at a time.
 */
#ifndef CFAUDIT_PLAN_ICALENDAR_LINES_H
#define CFAUDIT_PLAN_ICALENDAR_LINES_H

#include "base/arena.h"
#include "base/diag.h"

struct content_lines {
    struct arena *arena;
    struct str rest;
    uint64_t line;   /* of the next physical line */
    uint64_t offset; /* of the rest */
    bool failed;
};

struct content_line {
    struct str text;  /* terminated with a zero byte */
    struct str name;  /* up to the first ; or :; missing when the line has no such form */
    struct str value; /* behind the colon */
    uint64_t line;
    uint64_t offset;
};

void content_lines_init(struct content_lines *lines, struct arena *arena, struct str bytes);
bool content_lines_next(struct content_lines *lines, struct content_line *ret_line);

#endif
