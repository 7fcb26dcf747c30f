/*
 * Strings as views: a pointer and a length, not terminated, not owned.
 *
 * A missing value is ptr == NULL; an empty one has a pointer and length 0.
 * Owns: nothing; a view is valid as long as the bytes it looks at.
 * Units: bytes, UTF-8 unless said otherwise.
 * Threads: values only.
 */
#ifndef CFAUDIT_BASE_STR_H
#define CFAUDIT_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *ptr;
    size_t len;
};

/* For printf: "%.*s", STR_ARG(s). Longer than INT_MAX is cut. */
#define STR_ARG(s) ((s).len > 2147483647u ? 2147483647 : (int)(s).len), ((s).ptr ? (s).ptr : "")
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
/* The same in tables that are constant. */
#define STR_INIT(literal) {(literal), sizeof(literal) - 1}

struct str str_of(const char *text); /* text may be NULL */
bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *text);
/* Byte order, shorter first; a missing one sorts before an empty one. */
int str_compare(struct str a, struct str b);
/* White space of ASCII taken off both ends. */
struct str str_trim(struct str s);
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
/* Takes the part before the first separator off *rest; false when *rest is missing. */
bool str_split(struct str *rest, char separator, struct str *ret_part);
/* ASCII letters compared without case. */
bool str_equal_nocase(struct str a, struct str b);
uint64_t str_hash(struct str s);

/* Whole string as a decimal integer with optional sign; false when it is none or does not fit. */
bool str_to_int64(struct str s, int64_t *ret_value);
/* Whole string as a decimal number with a point, in any locale; false when it is none or not finite. */
bool str_to_double(struct str s, double *ret_value);

/* Edits needed to turn a into b, at most limit + 1 (insert, delete, change, swap of neighbours). */
unsigned str_distance(struct str a, struct str b, unsigned limit);
/* The nearest of names (NULL-terminated array) worth suggesting, or NULL. */
const char *str_nearest(struct str s, const char *const *names);
/*
 * The only one of the names that can be meant, or NULL: it differs from s in upper and lower case, in
 * hyphens, underscores, points, commas and blanks, or by a slip or two of the keyboard, no digit is another, and no
 * other name is nearly as near.
 */
const char *str_meant(struct str s, const char *const *names);

/* Offset of the first byte that is not valid UTF-8, or s.len. */
size_t utf8_valid_prefix(struct str s);

#endif
