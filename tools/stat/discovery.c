#include "stat/discovery.h"

#include <math.h>

double discovery_share(uint64_t population, uint64_t n, double confidence)
{
    double whole = (double)population;
    double missed = 1;
    uint64_t defects;

    if (population == 0 || n == 0)
        return NAN;
    if (n >= population)
        return 1 / whole;
    if (population > DISCOVERY_EXACT)
        return 1 - pow(1 - confidence, 1 / (double)n);
    /* one defect more: the chance that it, too, is not among the n */
    for (defects = 0; missed > 1 - confidence && defects < population - n; defects++)
        missed *= (whole - (double)n - (double)defects) / (whole - (double)defects);
    /* with more defects than are left over, one is drawn for certain */
    if (missed > 1 - confidence)
        defects = population - n + 1;
    return (double)defects / whole;
}
