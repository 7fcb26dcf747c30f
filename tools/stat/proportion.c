#include "stat/stat.h"

#include <math.h>

#include "base/bug.h"

/* Wilson (1927), recommended by Agresti and Coull (1998), Brown, Cai and DasGupta (2001). */
bool stat_wilson(uint64_t k, uint64_t n, struct interval *ret_interval)
{
    static const double z = 1.959963984540054; /* 97.5 % of the normal distribution */
    double size = (double)n;
    double share;
    double centre;
    double half;
    double scale;

    BUG_IF(k > n);
    if (n == 0)
        return false;
    share = (double)k / size;
    scale = 1 + z * z / size;
    centre = (share + z * z / (2 * size)) / scale;
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / scale;
    ret_interval->low = k == 0 ? 0 : fmax(0, centre - half);
    ret_interval->high = k == n ? 1 : fmin(1, centre + half);
    return true;
}
