/* Files that are one log: which they are, and which of them comes first. */
#include "unit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/source.h"

/* Each list as it is to be read. */
static const char *const lists[][9] = {
    {"log.10.gz", "log.9", "log.2.zst", "log.1", "log"},
    {"v/mail.log.12.gz", "v/mail.log.3.xz", "v/mail.log.1", "v/mail.log"},
    {"app-20251231.gz", "app-20260101.gz", "app-2026-01-02", "app.20260103", "app"},
    {"app-2025123123.log", "app-20260101.log.gz", "app-2026010100.log", "app-2026010101.log",
     "app.log"},
    {"q-20260101-1767225600.log", "q-20260101-1767229200.log", "q.log"},
    {"q-20260101T000000.log", "q-20260101T235959.log", "q.log"},
    {"app.2.log", "app.1.log.gz", "app-2025-12-31.log", "app.log"},
    /* no rotation: by name */
    {"a/log.1", "a/log", "b/log.1", "b/log"},
    {"ticket-2025-1.csv", "ticket-2025-2.csv.gz", "ticket-2025-3.csv"},
    {"x-20261301", "x-20261302", "x-99", "x.csv"},
    {"20260101", "20260102", "log-20260101x", "log.123456"},
};

static int compare(const void *a, const void *b)
{
    return source_compare_names(*(const struct str *)a, *(const struct str *)b);
}

static void files_of_a_log_come_in_the_order_of_time(void **state)
{
    unsigned seed = 1;
    size_t l;
    size_t round;
    size_t i;

    (void)state;
    for (l = 0; l < ARRAY_LEN(lists); l++) {
        for (round = 0; round < 50; round++) {
            struct str names[9];
            size_t count = 0;

            for (; lists[l][count]; count++)
                names[count] = str_of(lists[l][count]);
            for (i = count; i > 1; i--) {
                size_t other;
                struct str name = names[i - 1];

                seed = seed * 1103515245u + 12345u;
                other = (seed >> 16) % i;
                names[i - 1] = names[other];
                names[other] = name;
            }
            qsort(names, count, sizeof *names, compare);
            for (i = 0; i < count; i++)
                assert_string_equal(names[i].ptr, lists[l][i]);
        }
    }
}

/* Any two are in one order, and three in a row are so as well. */
static void the_order_of_names_is_one(void **state)
{
    struct str names[ARRAY_LEN(lists) * 9];
    size_t count = 0;
    size_t i;
    size_t k;
    size_t m;

    (void)state;
    for (i = 0; i < ARRAY_LEN(lists); i++)
        for (k = 0; lists[i][k]; k++)
            names[count++] = str_of(lists[i][k]);
    for (i = 0; i < count; i++) {
        for (k = 0; k < count; k++) {
            int order = source_compare_names(names[i], names[k]);

            assert_int_equal(order, -source_compare_names(names[k], names[i]));
            assert_int_equal(order == 0, str_equal(names[i], names[k]));
            for (m = 0; m < count; m++)
                if (order < 0 && source_compare_names(names[k], names[m]) < 0)
                    assert_true(source_compare_names(names[i], names[m]) < 0);
        }
    }
}

static void a_file_goes_on_with_the_one_before(void **state)
{
    static const struct {
        const char *before;
        const char *name;
        bool goes_on;
    } cases[] = {
        {"log.1", "log", true},          {"log", "log.1", false},
        {"log.10.gz", "log.9.gz", true}, {"a/log.1", "b/log", false},
        {"log.1", "log.1", false},       {"log-20260101.gz", "log-20260102", true},
        {"log.1", "log2", false},        {"app-20260101.log", "app.log", true},
        {"", "log", false},
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(source_goes_on(str_of(cases[i].before), str_of(cases[i].name)),
                         cases[i].goes_on);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_a_log_come_in_the_order_of_time),
        cmocka_unit_test(the_order_of_names_is_one),
        cmocka_unit_test(a_file_goes_on_with_the_one_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
