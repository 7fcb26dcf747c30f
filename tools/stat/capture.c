#include "stat/capture.h"

#include <math.h>

#include "base/bug.h"

bool stat_capture(uint64_t n1, uint64_t n2, uint64_t m, struct capture *ret_capture)
{
    static const double normal_975 = 1.959963984540054;
    double first = (double)n1;
    double second = (double)n2;
    double both = (double)m;
    double listed = first + second - both;
    double product = (first + 1) * (second + 1);

    BUG_IF(m > n1 || m > n2);
    if (n1 == 0 && n2 == 0)
        return false;
    ret_capture->total = product / (both + 1) - 1;
    ret_capture->standard_error =
        sqrt(product * (first - both) * (second - both) / (both + 2)) / (both + 1);
    ret_capture->limits.low =
        fmax(listed, ret_capture->total - normal_975 * ret_capture->standard_error);
    ret_capture->limits.high = ret_capture->total + normal_975 * ret_capture->standard_error;
    ret_capture->coverage = fmin(1, first / ret_capture->total);
    return true;
}
