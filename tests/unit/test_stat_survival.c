/* Kaplan and Meier's curve, its limits and quantiles, against R's survival package. */
#include "unit.h"

#include "base/mem.h"
#include "close.h"
#include "stat/survival.h"

static const struct {
    size_t ended_count;
    size_t censored_count;
    int64_t ended[30];
    int64_t censored[30];
    size_t step_count;
    struct {
        int64_t time;
        double survival;
        double standard_error;
        double low;
        double high;
    } steps[30];
    struct {
        bool is_reached;
        int64_t time;
        bool has_low;
        int64_t low;
        bool has_high;
        int64_t high;
    } quantiles[3];
} records[] = {
#include "../data/stat/survival.inc"
};

static struct sample sample_of(const int64_t *values, size_t n)
{
    struct sample_list list = {.chunks = NULL};
    const struct sample_list *lists = &list;
    struct sample sample = {0};
    size_t i;

    for (i = 0; i < n; i++)
        assert_true(sample_list_add(&list, values[i]));
    assert_true(sample_fill(&sample, &lists, 1));
    sample_list_done(&list);
    return sample;
}

static size_t run_count(const struct sample *sample)
{
    struct sample_run run;
    size_t place = 0;
    size_t count = 0;

    while (sample_next(sample, &place, &run))
        count++;
    return count;
}

static void curves_are_those_of_r(void **state)
{
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct sample ended = sample_of(records[i].ended, records[i].ended_count);
        struct sample censored = sample_of(records[i].censored, records[i].censored_count);
        struct km_step steps[30];

        assert_int_equal(run_count(&ended), records[i].step_count);
        stat_km_curve(&ended, &censored, steps);
        sample_done(&ended);
        sample_done(&censored);
        for (j = 0; j < records[i].step_count; j++) {
            assert_int_equal(steps[j].time, records[i].steps[j].time);
            assert_close(steps[j].survival, records[i].steps[j].survival, 1e-13);
            assert_close(steps[j].standard_error, records[i].steps[j].standard_error, 1e-13);
            assert_close(steps[j].limits.low, records[i].steps[j].low, 1e-12);
            assert_close(steps[j].limits.high, records[i].steps[j].high, 1e-12);
        }
    }
}

static void quantiles_are_those_of_the_curves(void **state)
{
    static const struct {
        unsigned num;
        unsigned den;
    } shares[] = {{1, 4}, {1, 2}, {9, 10}};
    size_t i;
    size_t j;
    size_t without_limit = 0;

    (void)state;
    for (i = 0; i < ARRAY_LEN(records); i++) {
        struct sample ended = sample_of(records[i].ended, records[i].ended_count);
        struct sample censored = sample_of(records[i].censored, records[i].censored_count);
        int64_t median = -1;
        bool has_median = stat_km_median(&ended, &censored, &median);

        for (j = 0; j < ARRAY_LEN(shares); j++) {
            struct km_quantile ours =
                stat_km_quantile(&ended, &censored, shares[j].num, shares[j].den);

            assert_int_equal(ours.is_reached, records[i].quantiles[j].is_reached);
            assert_int_equal(ours.time, records[i].quantiles[j].time);
            assert_int_equal(ours.has_low, records[i].quantiles[j].has_low);
            assert_int_equal(ours.low, records[i].quantiles[j].low);
            assert_int_equal(ours.has_high, records[i].quantiles[j].has_high);
            assert_int_equal(ours.high, records[i].quantiles[j].high);
            without_limit += ours.is_reached && !ours.has_high;
        }
        assert_int_equal(has_median, records[i].quantiles[1].is_reached);
        if (has_median)
            assert_int_equal(median, records[i].quantiles[1].time);
        sample_done(&ended);
        sample_done(&censored);
    }
    assert_true(without_limit > 10); /* there are such cases among them */
}

/* Freireich and others (1963), the treated: median 23, and by Brookmeyer and Crowley from 13 on. */
static void published_interval_of_a_median(void **state)
{
    struct sample ended = sample_of((const int64_t[]){6, 6, 6, 7, 10, 13, 16, 22, 23}, 9);
    struct sample censored =
        sample_of((const int64_t[]){6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}, 12);
    struct km_quantile median = stat_km_quantile(&ended, &censored, 1, 2);

    (void)state;
    assert_true(median.is_reached);
    assert_int_equal(median.time, 23);
    assert_true(median.has_low);
    assert_int_equal(median.low, 13);
    assert_false(median.has_high);
    sample_done(&ended);
    sample_done(&censored);
}

static void nothing_that_ended_has_no_curve(void **state)
{
    struct sample ended = {.n = 0};
    struct sample censored = sample_of((const int64_t[]){1, 2, 3}, 3);
    struct km_quantile none = stat_km_quantile(&ended, &censored, 1, 2);

    (void)state;
    assert_false(none.is_reached || none.has_low || none.has_high);
    none = stat_km_quantile(&ended, &ended, 1, 2);
    assert_false(none.is_reached);
    sample_done(&censored);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curves_are_those_of_r),
        cmocka_unit_test(quantiles_are_those_of_the_curves),
        cmocka_unit_test(published_interval_of_a_median),
        cmocka_unit_test(nothing_that_ended_has_no_curve),
    };

    return cmocka_run_group_tests_name("stat: survival", tests, NULL, NULL);
}
