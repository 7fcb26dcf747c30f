/*
 * The way through a regular expression beside its characters: comments, quoting, repeats, options.
 *
 * Call: fill in place and flags; the functions below, each where its comment says; once the cursor
 *       is lost nothing that is read means anything.
 * Owns: plain data; borrows the pattern.
 * Errors: is_lost, for what this reader does not understand.
 * Units: bytes of the pattern from 0.
 * Source: pcre2pattern(3) of 10.42.
 * Threads: one cursor, one thread.
 */
#ifndef CFAUDIT_TEXT_PATTERN_CURSOR_H
#define CFAUDIT_TEXT_PATTERN_CURSOR_H

#include "text/pattern_class.h"

struct pattern_flags {
    bool is_caseless;
    bool is_extended;
};

struct pattern_cursor {
    struct pattern_place place;
    struct pattern_flags flags;
    bool is_quoted; /* between \Q and \E */
    bool is_lost;
};

struct pattern_repeat {
    uint32_t least;
    uint32_t most;
};

void pattern_lose(struct pattern_cursor *cursor);
/* Behind the opening mark of something that ends with `end`. */
void pattern_skip_past(struct pattern_cursor *cursor, int end);
/* Comments, marks of quoting, and white space where it means nothing. */
void pattern_skip_ignored(struct pattern_cursor *cursor);
/* Behind something that may be repeated; once when it is not. */
struct pattern_repeat pattern_read_repeat(struct pattern_cursor *cursor);
bool pattern_begins_bounds(const struct pattern_cursor *cursor);
/* The letters of (?i), (?-x), (?^s:...), behind the question mark. */
void pattern_read_options(struct pattern_cursor *cursor);
/* (?R), (?1), (?-1), (?&name), (?P>name), (?P=name), behind the question mark. */
bool pattern_begins_call(const struct pattern_cursor *cursor);

#endif
