/* Distributions against R, and their inverses against themselves. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "close.h"
#include "stat/random.h"
#include "stat/special.h"

static const struct {
    const char *function;
    double x;
    double a;
    double b;
    double expected;
} records[] = {
#include "../data/stat/special.inc"
};

static double value_of(size_t i)
{
    double x = records[i].x;
    double a = records[i].a;
    double b = records[i].b;
    const char *function = records[i].function;

    if (strcmp(function, "beta_cdf") == 0)
        return beta_cdf(x, a, b);
    if (strcmp(function, "beta_quantile") == 0)
        return beta_quantile(x, a, b);
    if (strcmp(function, "gamma_cdf") == 0)
        return gamma_cdf(x, a);
    if (strcmp(function, "gamma_tail") == 0)
        return gamma_tail(x, a);
    if (strcmp(function, "gamma_quantile") == 0)
        return gamma_quantile(x, a);
    if (strcmp(function, "normal_cdf") == 0)
        return normal_cdf(x);
    assert_string_equal(function, "normal_quantile");
    return normal_quantile(x);
}

/* Absolute up to 1, relative beyond; parameters up to 1e9. */
static void distributions_are_those_of_r(void **state)
{
    size_t i;

    (void)state;
    assert_true(ARRAY_LEN(records) > 3000);
    for (i = 0; i < ARRAY_LEN(records); i++) {
        if (!is_close(value_of(i), records[i].expected, 1e-12))
            fail_msg("%s(%.17g; %.17g, %.17g)", records[i].function, records[i].x, records[i].a,
                     records[i].b);
    }
}

static void small_probabilities_keep_their_digits(void **state)
{
    (void)state;
    /* R: pnorm(-37.5), pgamma(1e-3, 40), pgamma(400, 3, lower.tail = FALSE), pbeta(1e-5, 30, 9) */
    assert_true(fabs(normal_cdf(-37.5) / 4.6053530095819552e-308 - 1) < 1e-11);
    assert_true(fabs(gamma_cdf(1e-3, 40) / 1.2244222982349091e-168 - 1) < 1e-11);
    assert_true(fabs(gamma_tail(400, 3) / 1.5398155074540279e-169 - 1) < 1e-11);
    assert_true(fabs(beta_cdf(1e-5, 30, 9) / 4.8899706051569047e-143 - 1) < 1e-11);
}

static void inverses_lead_back(void **state)
{
    uint64_t i;

    (void)state;
    for (i = 0; i < 2000; i++) {
        double p = random_unit(5, 4 * i);
        double a = exp(14 * random_unit(5, 4 * i + 1) - 1);
        double b = exp(14 * random_unit(5, 4 * i + 2) - 1);
        double x = beta_quantile(p, a, b);

        assert_true(x >= 0 && x <= 1);
        /* where the density is steep the nearest number to x may be as far off as this */
        if (x < 0.999999)
            assert_close(beta_cdf(x, a, b), p, 1e-10);
        assert_close(gamma_cdf(gamma_quantile(p, a), a), p, 1e-10);
        assert_close(normal_cdf(normal_quantile(p)), p, 1e-14);
    }
    assert_close(normal_quantile(0.975), 1.959963984540054, 1e-15);
    assert_true(beta_quantile(0, 3, 4) == 0 && beta_quantile(1, 3, 4) == 1);
    assert_true(beta_cdf(0, 3, 4) == 0 && beta_cdf(1, 3, 4) == 1);
    assert_true(gamma_quantile(0, 3) == 0 && gamma_cdf(0, 3) == 0 && gamma_tail(0, 3) == 1);
}

/* The first numbers of SplitMix64 for the seed 1234567, as its reference program prints them. */
static void random_numbers_are_the_published_ones(void **state)
{
    static const uint64_t expected[] = {6457827717110365317u, 3203168211198807973u,
                                        9817491932198370423u, 4593380528125082431u,
                                        16408922859458223821u};
    double sum = 0;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(expected); i++)
        assert_true(random_word(1234567, i) == expected[i]);
    for (i = 0; i < 100000; i++) {
        double unit = random_unit(1, i);

        assert_true(unit > 0 && unit < 1);
        sum += unit;
    }
    assert_close(sum / 100000, 0.5, 0.004); /* four standard errors */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions_are_those_of_r),
        cmocka_unit_test(small_probabilities_keep_their_digits),
        cmocka_unit_test(inverses_lead_back),
        cmocka_unit_test(random_numbers_are_the_published_ones),
    };

    return cmocka_run_group_tests_name("stat: distributions", tests, NULL, NULL);
}
