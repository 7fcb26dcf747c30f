/* Two numbers that must be the same but for rounding. */
#ifndef CFAUDIT_TESTS_CLOSE_H
#define CFAUDIT_TESTS_CLOSE_H

#include <math.h>
#include <stdio.h>

/* NAN only beside NAN, infinite only beside the same; else apart by less than `most` times the
   larger of 1 and the expected size. */
static inline int is_close(double ours, double expected, double most)
{
    double scale = fabs(expected) > 1 ? fabs(expected) : 1;

    if (isnan(ours) || isnan(expected))
        return isnan(ours) && isnan(expected);
    if (isinf(ours) || isinf(expected))
        return isinf(ours) && isinf(expected) && (ours > 0) == (expected > 0);
    if (fabs(ours - expected) <= most * scale)
        return 1;
    print_error("%.17g is not %.17g\n", ours, expected);
    return 0;
}

#define assert_close(ours, expected, most) assert_true(is_close((ours), (expected), (most)))

#endif
