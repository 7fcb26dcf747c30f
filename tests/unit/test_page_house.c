/* The table of colours and sizes: everything can be read, on screens and in grey print. */
#include "unit.h"

#include <math.h>

#include "page/house.h"

/* WCAG 2.2, "relative luminance" */
static double luminance(uint32_t colour)
{
    static const double shares[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    size_t i;

    for (i = 0; i < 3; i++) {
        double c = (colour >> (16 - 8 * i) & 0xFF) / 255.0;

        sum += shares[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a);
    double y = luminance(b);

    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/* Black on white is 21, and #777777 on white the known case just below 4.5. */
static void contrast_is_that_of_the_guidelines(void **state)
{
    (void)state;
    assert_true(fabs(contrast(0x000000, 0xFFFFFF) - 21) < 1e-9);
    assert_true(fabs(contrast(0x777777, 0xFFFFFF) - 4.48) < 0.005);
    assert_true(fabs(contrast(0xFF0000, 0xFFFFFF) - 4.00) < 0.005);
}

static void assert_readable(uint32_t ink, uint32_t fill)
{
    double found = contrast(ink, fill == HOUSE_NO_FILL ? house.paper : fill);

    if (found < 4.5)
        fail_msg("%06X on %06X has only %.2f", (unsigned)ink, (unsigned)fill, found);
}

static void every_text_can_be_read(void **state)
{
    size_t i;
    size_t k;

    (void)state;
    for (i = 0; i < STYLE_COUNT; i++) {
        assert_readable(house.styles[i].ink, house.styles[i].fill);
        assert_readable(house.styles[i].ink, house.band);
        assert_true(house.styles[i].points >= 9);
        /* the colour of a level goes over a style */
        for (k = 0; k < LEVEL_COUNT; k++)
            assert_readable(house.levels[k].ink, house.styles[i].fill);
    }
    for (k = 0; k < LEVEL_COUNT; k++) {
        assert_readable(house.levels[k].ink, house.levels[k].fill);
        assert_readable(house.levels[k].ink, house.band);
    }
    assert_readable(house.ink_link, house.paper);
    assert_readable(house.ink_link, house.band);
    assert_readable(house.ink_soft, house.paper);
    assert_readable(house.chart_mark, house.paper);
}

/* Lines and marks on paper, and numbers on the parts of a bar. */
static void what_is_drawn_can_be_seen(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i <= LOOK_ANSWERED; i++)
        if (contrast(house.looks[i].ink, house.paper) < 3)
            fail_msg("series %zu has only %.2f", i, contrast(house.looks[i].ink, house.paper));
    for (i = LOOK_MET; i < LOOK_COUNT; i++) {
        assert_readable(house.looks[i].label, house.looks[i].ink);
        if (house.looks[i].pattern != PATTERN_SOLID)
            assert_readable(house.looks[i].label, house.paper);
    }
}

/* Lines differ in dash or marks; parts of a bar in pattern or in how light they are. */
static void series_are_told_apart_without_colours(void **state)
{
    size_t i;
    size_t k;

    (void)state;
    for (i = 0; i <= LOOK_ANSWERED; i++)
        for (k = 0; k < i; k++)
            assert_true(house.looks[i].dash != house.looks[k].dash ||
                        house.looks[i].marker != house.looks[k].marker ||
                        (house.looks[i].line > 0) != (house.looks[k].line > 0));
    for (i = LOOK_MET; i < LOOK_COUNT; i++)
        for (k = LOOK_MET; k < i; k++)
            if (house.looks[i].pattern == house.looks[k].pattern &&
                contrast(house.looks[i].ink, house.looks[k].ink) < 1.4)
                fail_msg("parts %zu and %zu look alike in grey", i, k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_that_of_the_guidelines),
        cmocka_unit_test(every_text_can_be_read),
        cmocka_unit_test(what_is_drawn_can_be_seen),
        cmocka_unit_test(series_are_told_apart_without_colours),
    };

    return cmocka_run_group_tests_name("house style", tests, NULL, NULL);
}
