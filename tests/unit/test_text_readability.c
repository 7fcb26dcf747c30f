/* Indexes of texts that were counted by hand, and syllables of a dictionary. */
#include "unit.h"

#include "base/mem.h"
#include "text/readability.h"

static void gulpease_is_within_its_scale(void **state)
{
    int64_t index = 0;
    struct reading easy = {1, 6, 17, 6}; /* The cat sat on the mat. */
    struct reading hard = {1, 10, 1000, 0};
    struct reading text = {3, 21, 99, 0};
    struct reading empty = {0};

    (void)state;
    assert_true(reading_gulpease(&text, &index));
    assert_int_equal(index, 84714286); /* 89 + (900 - 990) / 21 */
    assert_true(reading_gulpease(&easy, &index));
    assert_int_equal(index, 100000000); /* 110.67 by the formula */
    assert_true(reading_gulpease(&hard, &index));
    assert_int_equal(index, 0);
    assert_false(reading_gulpease(&empty, &index));
}

static void flesch_can_leave_its_scale(void **state)
{
    int64_t index = 0;
    struct reading easy = {1, 6, 17, 6}; /* The cat sat on the mat. */
    struct reading hard = {1, 3, 0, 18};
    struct reading empty = {0};

    (void)state;
    assert_true(reading_flesch(&easy, &index));
    assert_int_equal(index, 116145000); /* 206.835 - 1.015 * 6 - 84.6 */
    assert_true(reading_flesch(&hard, &index));
    assert_int_equal(index, 206835000 - 3045000 - 507600000);
    assert_false(reading_flesch(&empty, &index));
}

/* As a dictionary hyphenates them. */
static void syllables_are_those_of_a_dictionary(void **state)
{
    static const struct {
        const char *word;
        uint32_t syllables;
    } known[] = {
        {"a", 1},        {"the", 1},      {"time", 1},     {"times", 1},    {"places", 2},
        {"boxes", 2},    {"changes", 2},  {"watches", 2},  {"dishes", 2},   {"makes", 1},
        {"table", 2},    {"tables", 2},   {"handled", 2},  {"asked", 1},    {"called", 1},
        {"wanted", 2},   {"needed", 2},   {"offered", 2},  {"refund", 2},   {"customer", 3},
        {"delivery", 4}, {"yes", 1},      {"you", 1},      {"style", 1},    {"rhythm", 1},
        {"TICKET", 2},   {"agree", 2},    {"employee", 3}, {"unfortunately", 5}, {"possible", 3},
        {"hmm", 1},      {"3", 1},        {"contract", 2}, {"alternative", 4},   {"because", 2},
        {"statement", 2}, {"element", 3},  {"settlement", 3}, {"useful", 2},    {"lovely", 2},
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(known); i++)
        if (syllables_of(str_of(known[i].word)) != known[i].syllables)
            fail_msg("%s: %u", known[i].word, syllables_of(str_of(known[i].word)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gulpease_is_within_its_scale),
        cmocka_unit_test(flesch_can_leave_its_scale),
        cmocka_unit_test(syllables_are_those_of_a_dictionary),
    };

    return cmocka_run_group_tests_name("text, readability", tests, NULL, NULL);
}
