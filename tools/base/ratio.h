/*
 * Exact fractions of 64-bit integers, for scores and weights.
 *
 * Owns: values only. A ratio is kept in lowest terms with a denominator above zero.
 * Errors: sticky: a sum or product that does not fit sets den = 0 ("broken"); every operation on a
 *         broken ratio is broken; ratio_is_ok tells.
 * Units: none.
 * Threads: values only.
 */
#ifndef CFAUDIT_BASE_RATIO_H
#define CFAUDIT_BASE_RATIO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

struct ratio {
    int64_t num;
    int64_t den;
};

static const struct ratio RATIO_ZERO = {0, 1};
static const struct ratio RATIO_ONE = {1, 1};

struct ratio ratio_make(int64_t num, int64_t den); /* den != 0 */
bool ratio_is_ok(struct ratio a);
struct ratio ratio_add(struct ratio a, struct ratio b);
struct ratio ratio_subtract(struct ratio a, struct ratio b);
struct ratio ratio_multiply(struct ratio a, struct ratio b);
struct ratio ratio_divide(struct ratio a, struct ratio b); /* b zero: broken */
/* a * b to so many decimals (at most 12), half away from zero: where the exact product would not
   fit. Factors of a hundred bits and more lose what is below the last place. */
struct ratio ratio_multiply_rounded(struct ratio a, struct ratio b, unsigned decimals);
/* -1, 0, 1; both must be ok. */
int ratio_compare(struct ratio a, struct ratio b);
double ratio_to_double(struct ratio a);
/* Decimal ("2.5", "-0.5") or fraction ("5/2") text; false when it is neither or does not fit. */
bool ratio_parse(struct str text, struct ratio *ret_value);
/* a * scale with `digits` decimals (at most 9; scale 1 to 10^9), half away from zero: 58/70, 100,
   1 gives 82.9. */
void ratio_format_decimal(struct ratio a, int64_t scale, unsigned digits, struct buf *out);
/* "num/den", or "num" for a whole number. */
void ratio_format(struct ratio a, struct buf *out);

#endif
