/* Runs of ids: against comparing every id with every other, in any cutting of the list. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/id_runs.h"

enum { LISTS = 20000, IDS_MOST = 12, TEXT = 48 };

struct list {
    char texts[IDS_MOST][TEXT];
    struct str ids[IDS_MOST];
    size_t count;
};

/* Longer is later; of one length, the order of bytes. */
static int naive(struct str a, struct str b)
{
    size_t i;

    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    for (i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i])
            return (unsigned char)a.ptr[i] < (unsigned char)b.ptr[i] ? -1 : 1;
    return 0;
}

/* Every id against every one behind it. */
static bool are_in_order(const struct str *ids, size_t count)
{
    int wanted = 0;
    size_t i;
    size_t j;

    for (i = 0; i < count; i++)
        for (j = i + 1; j < count; j++) {
            int order = naive(ids[i], ids[j]);

            if (order == 0 || (wanted != 0 && order != wanted))
                return false;
            wanted = order;
        }
    return true;
}

static bool are_different(const struct list *list)
{
    size_t i;
    size_t j;

    for (i = 0; i < list->count; i++)
        for (j = 0; j < i; j++)
            if (naive(list->ids[i], list->ids[j]) == 0)
                return false;
    return true;
}

static const struct id_runs none;

static struct id_runs runs_of(const struct str *ids, size_t count)
{
    struct id_runs runs = none;

    id_runs_add(&runs, ids, count);
    return runs;
}

/* Cut into parts at random; what goes on must be what is in order. */
static struct id_runs runs_of_parts(const struct list *list)
{
    struct id_runs runs = none;
    size_t at = 0;

    while (at < list->count) {
        size_t len = (size_t)rand() % (list->count - at) + 1;
        struct id_runs part = runs_of(list->ids + at, len);

        assert_int_equal(id_runs_go_on(&runs, &part), are_in_order(list->ids, at + len));
        id_runs_join(&runs, &part);
        at += len;
    }
    return runs;
}

static struct str put_id(struct list *list, size_t k, int form, int number)
{
    static const char *const prefixes[] = {"", "N", "INC00000", "a-very-long-prefix-of-an-id-",
                                           "\xC3\xA9"};
    int len = snprintf(list->texts[k], TEXT, "%s%0*d", prefixes[form], form ? 8 : 1, number);

    assert_true(len > 0 && len < TEXT);
    return (struct str){list->texts[k], (size_t)len};
}

/* Mostly in order, with a step that is not. */
static void make_list(struct list *list)
{
    int form = rand() % 5;
    int step = rand() % 3 - 1;
    int number = 500000 + rand() % 20;
    size_t k;

    list->count = (size_t)(rand() % (IDS_MOST + 1));
    for (k = 0; k < list->count; k++) {
        if (rand() % 10 == 0)
            number += rand() % 5 - 2;
        else
            number += step * (1 + rand() % 300000);
        list->ids[k] = put_id(list, k, rand() % 40 ? form : rand() % 5, abs(number));
    }
}

static void runs_are_those_of_all_pairs(void **state)
{
    struct list list;
    int in_order = 0;
    int apart = 0;
    int n;

    (void)state;
    srand(7);
    for (n = 0; n < LISTS; n++) {
        struct id_runs whole;
        struct id_runs joined;
        bool is_one;

        make_list(&list);
        whole = runs_of(list.ids, list.count);
        joined = runs_of_parts(&list);
        is_one = are_in_order(list.ids, list.count);
        assert_int_equal(whole.count <= 1, is_one);
        assert_int_equal(joined.count <= 1, is_one);
        if (id_runs_are_apart(&whole) || id_runs_are_apart(&joined))
            assert_true(are_different(&list));
        in_order += is_one && list.count > 3;
        apart += !is_one && id_runs_are_apart(&whole);
    }
    assert_true(in_order > LISTS / 20 && in_order < LISTS / 2);
    assert_true(apart > LISTS / 50);
}

/* It says nothing of them, which is the safe side. */
static void missing_long_and_many_are_out_of_order(void **state)
{
    static const char longer[ID_RUN_LEN + 1] = "a";
    const struct str missing[2] = {{"a", 1}, {NULL, 0}};
    const struct str large[2] = {{"a", 1}, {longer, sizeof longer}};
    char names[2 * ID_RUNS_MOST + 2];
    struct str many[2 * ID_RUNS_MOST + 2];
    struct id_runs runs;
    size_t i;

    (void)state;
    runs = runs_of(missing, 1);
    assert_true(id_runs_are_apart(&runs));
    runs = runs_of(missing, 2);
    assert_true(runs.is_broken && !id_runs_are_apart(&runs));
    runs = runs_of(large, 2);
    assert_true(runs.is_broken);
    /* pairs that rise, each pair below the one before */
    for (i = 0; i < ARRAY_LEN(many); i++) {
        names[i] = (char)('~' - (i / 2) * 2 - (i % 2 ? 0 : 1));
        many[i] = (struct str){&names[i], 1};
    }
    runs = runs_of(many, ARRAY_LEN(many) - 2);
    assert_true(id_runs_are_apart(&runs));
    runs = runs_of(many, ARRAY_LEN(many));
    assert_false(id_runs_are_apart(&runs));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_those_of_all_pairs),
        cmocka_unit_test(missing_long_and_many_are_out_of_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
