#include "stat/select.h"

#include <math.h>
#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 6 }; /* 66 bits: the topmost digit has 9 */

static const uint64_t sign = UINT64_C(1) << 63;

uint64_t double_to_key(double value)
{
    uint64_t bits;

    value += 0.0; /* -0 becomes 0 */
    memcpy(&bits, &value, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

double double_of_key(uint64_t key)
{
    uint64_t bits = key & sign ? key ^ sign : ~key;
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* From the topmost digit down: the digit in which rank k falls is settled, the others are left out. */
double select_kth(const struct selection *selection, uint64_t k)
{
    uint64_t prefix = 0;
    int digit;

    for (digit = DIGITS - 1; digit >= 0; digit--) {
        uint64_t counts[1 << DIGIT_BITS];
        unsigned shift = (unsigned)digit * DIGIT_BITS;
        uint64_t settled = shift + DIGIT_BITS >= 64 ? 0 : ~UINT64_C(0) << (shift + DIGIT_BITS);
        uint64_t at = 0;
        double value;

        memset(counts, 0, sizeof counts);
        while (selection->next(selection->source, &value)) {
            uint64_t key = double_to_key(value);

            if ((key & settled) == prefix)
                counts[key >> shift & ((1 << DIGIT_BITS) - 1)]++;
        }
        while (k > counts[at])
            k -= counts[at++];
        prefix |= at << shift;
    }
    return double_of_key(prefix);
}

double select_median(const struct selection *selection, uint64_t n)
{
    double low;
    double high;

    if (n == 0)
        return NAN;
    low = select_kth(selection, (n + 1) / 2);
    if (n % 2 != 0)
        return low;
    high = select_kth(selection, n / 2 + 1);
    return low + (high - low) / 2;
}
