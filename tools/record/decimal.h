/*
 * Decimal numbers in millionths: hours, amounts, scores, exactly as they are written.
 *
 * Call: decimal_read; decimal_write.
 * Owns: nothing.
 * Errors: false: the text is no such number, or has more digits than there is room for.
 * Units: millionths, record/field.h.
 * Source: a sign, digits, at most one mark and digits behind it. Where the mark is a point, a comma
 *         does as well, unless exactly three digits stand behind it: "1,234" may be a thousand.
 *         Where it is a comma, points between groups of three digits are left out. Digits beyond
 *         the sixth behind the mark are cut off.
 * Threads: values only.
 */
#ifndef CFAUDIT_RECORD_DECIMAL_H
#define CFAUDIT_RECORD_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* `mark` is '.' or ','. *ret_is_cut: digits other than 0 were cut off; may be NULL. */
bool decimal_read(struct str text, char mark, int64_t *ret_value, bool *ret_is_cut);
/* The shortest text, with a point. */
void decimal_write(int64_t value, struct buf *out);

#endif
