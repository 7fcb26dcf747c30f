#include "stat/special.h"

#include <math.h>
#include <stddef.h>

#include "base/bug.h"
#include "base/mem.h"

static const double sqrt_two = 1.4142135623730951;

double normal_cdf(double z)
{
    return erfc(-z / sqrt_two) / 2;
}

/* Highest power first. */
static double polynomial(const double *coefficients, size_t count, double x)
{
    double sum = 0;
    size_t i;

    for (i = 0; i < count; i++)
        sum = sum * x + coefficients[i];
    return sum;
}

double normal_quantile(double p)
{
    static const double near_above[] = {
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608};
    static const double near_below[] = {
        5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0};
    static const double middle_above[] = {
        7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
        1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
        4.6303378461565452959, 1.42343711074968357734};
    static const double middle_below[] = {
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
        0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
        2.05319162663775882187, 1.0};
    static const double far_above[] = {
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
        0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
        5.4637849111641143699, 6.6579046435011037772};
    static const double far_below[] = {
        2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
        7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
        0.59983220655588793769, 1.0};
    static const size_t count = ARRAY_LEN(near_above);
    double off = p - 0.5;
    double r;
    double z;

    BUG_IF(!(p > 0 && p < 1));
    if (fabs(off) <= 0.425) {
        r = 0.180625 - off * off;
        return off * polynomial(near_above, count, r) / polynomial(near_below, count, r);
    }
    r = sqrt(-log(off < 0 ? p : 1 - p));
    if (r <= 5)
        z = polynomial(middle_above, count, r - 1.6) / polynomial(middle_below, count, r - 1.6);
    else
        z = polynomial(far_above, count, r - 5) / polynomial(far_below, count, r - 5);
    return off < 0 ? -z : z;
}
