/*
 * Bytes that every text must have in which a regular expression matches.
 *
 * Call: needed_bytes_read; needed_bytes_hold for a text; needed_bytes_free.
 * Owns: the caller owns what was read.
 * Errors: STATUS_MEMORY.
 * Units: bytes.
 * Careful on purpose: what is not understood, and what may take part in a match or not, is not
 * needed. A pattern with anything that could end a match early, or unknown to this reader, needs
 * nothing. The text may be one whose bad bytes become U+FFFD: no need has any of that character.
 * Source: pcre2pattern(3) of 10.42; simple case folding of Unicode, in which k and s are also the
 *         Kelvin sign and the long s.
 * Threads: what was read is constant.
 */
#ifndef CFAUDIT_TEXT_NEEDED_BYTES_H
#define CFAUDIT_TEXT_NEEDED_BYTES_H

#include "base/status.h"
#include "base/str.h"
#include "text/byte_run.h"

/* Runs of one need: more alternatives are hardly rare. */
enum { NEEDED_RUNS = 64 };

/* One of the runs must be there. */
struct byte_need {
    struct byte_run *runs;
    size_t count;
};

struct needed_bytes;

/* The pattern is one that regex_new takes with these options. */
enum status needed_bytes_read(struct str pattern, unsigned options, struct needed_bytes **ret_needed);
void needed_bytes_free(struct needed_bytes *needed); /* accepts NULL */
/* All of them must hold. */
size_t needed_bytes_count(const struct needed_bytes *needed);
const struct byte_need *needed_bytes_get(const struct needed_bytes *needed, size_t i);
/* False: the expression does not match the text. */
bool needed_bytes_hold(const struct needed_bytes *needed, struct str text);

#endif
