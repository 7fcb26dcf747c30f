/*
 * One regular expression of PCRE2, compiled to machine code where that can be.
 *
 * Call: regex_new; for each thread regex_run_new; regex_match for each text; regex_run_free;
 *       regex_free.
 * Owns: the caller owns the expression and the run. A run serves any number of expressions, one
 *       after the other; its spans hold until its next match.
 * Errors: STATUS_INVALID with message and place when the pattern is wrong; STATUS_MEMORY. Nothing is
 *         reported to a sink: whoever knows where the pattern stands does that.
 * Units: bytes; the place of an error in characters from 1.
 * Patterns and texts are UTF-8. A line end is \n; $ is the very end of the text. \d, \s and \w are
 * ASCII unless REGEX_UCP asks for all of Unicode. \C and two groups of one name are refused.
 * Limits: LIMIT_PATTERN_BYTES, LIMIT_PATTERN_PARENS; for a match LIMIT_MATCH_STEPS and
 *         LIMIT_MATCH_HEAP. A match that meets one is REGEX_LIMIT: neither yes nor no.
 * Source: pcre2pattern(3), pcre2api(3). Before release 10.43 machine code for atomic groups gives
 *         wrong answers: such patterns are interpreted there.
 * Threads: an expression is constant; one run, one thread.
 */
#ifndef CFAUDIT_TEXT_REGEX_H
#define CFAUDIT_TEXT_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/str.h"

enum regex_option {
    REGEX_CASELESS = 1 << 0,
    REGEX_EXTENDED = 1 << 1, /* white space and comments in the pattern mean nothing */
    REGEX_DOTALL = 1 << 2,   /* . matches a line end, too */
    REGEX_UCP = 1 << 3,      /* \d, \s, \w and their kind know all of Unicode */
    REGEX_NO_JIT = 1 << 4    /* interpreted; the answers are the same */
};

/* No such place: a group that took no part. */
#define REGEX_UNSET ((size_t)-1)

struct regex_span {
    size_t start;
    size_t end;
};

struct regex_error {
    size_t column; /* where in the pattern; 0: nowhere */
    char message[256];
};

enum regex_answer { REGEX_NO, REGEX_YES, REGEX_LIMIT };

struct regex;
struct regex_run;

/* *ret_regex and *reterr belong to the caller; the pattern may go afterwards. */
enum status regex_new(struct str pattern, unsigned options, struct regex **ret_regex,
                      struct regex_error *reterr);
void regex_free(struct regex *regex); /* accepts NULL */
/* Groups that capture, without the whole match; numbered from 1. */
size_t regex_groups(const struct regex *regex);
/* The name of a group; missing: it has none. */
struct str regex_group_name(const struct regex *regex, size_t group);
/* The number of the group of that name; 0: none has it. */
size_t regex_group(const struct regex *regex, struct str name);
bool regex_has_jit(const struct regex *regex);

/* For expressions of at most that many groups. NULL: memory is out. */
struct regex_run *regex_run_new(size_t groups);
void regex_run_free(struct regex_run *run); /* accepts NULL */
/*
 * The first match at or behind `from`, a place between two characters. The text must be valid UTF-8
 * (see utf8_repair.h). REGEX_YES: spans[0] of the run is the match, spans[i] group i.
 */
enum regex_answer regex_match(const struct regex *regex, struct regex_run *run, struct str text,
                              size_t from);
/* Of the last match. */
const struct regex_span *regex_spans(const struct regex_run *run);

#endif
