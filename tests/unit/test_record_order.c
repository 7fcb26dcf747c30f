/* Whether ids are in order: against comparing every id with every other, in any cutting of the list. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/id_order.h"

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
static bool are_in_order(const struct list *list)
{
    int wanted = 0;
    size_t i;
    size_t j;

    for (i = 0; i < list->count; i++)
        for (j = i + 1; j < list->count; j++) {
            int order = naive(list->ids[i], list->ids[j]);

            if (order == 0 || (wanted != 0 && order != wanted))
                return false;
            wanted = order;
        }
    return true;
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

static void order_is_that_of_all_pairs(void **state)
{
    struct list list;
    size_t in_order = 0;
    int n;

    (void)state;
    srand(7);
    for (n = 0; n < LISTS; n++) {
        struct id_order whole = {.is_broken = false};
        struct id_order joined = {.is_broken = false};
        size_t at = 0;

        make_list(&list);
        id_order_add(&whole, list.ids, list.count);
        assert_int_equal(!whole.is_broken, are_in_order(&list));
        while (at < list.count) {
            struct id_order part = {.is_broken = false};
            struct list front = list;
            size_t len = (size_t)rand() % (list.count - at) + 1;

            front.count = at + len;
            id_order_add(&part, list.ids + at, len);
            assert_int_equal(id_order_goes_on(&joined, &part), are_in_order(&front));
            id_order_join(&joined, &part);
            at += len;
        }
        assert_int_equal(!joined.is_broken, are_in_order(&list));
        in_order += are_in_order(&list) && list.count > 3;
    }
    assert_true(in_order > LISTS / 20 && in_order < LISTS / 2);
}

/* It says nothing of them, which is the safe side. */
static void missing_and_long_ids_are_out_of_order(void **state)
{
    static const char longer[ID_ORDER_LEN + 1] = "a";
    const struct str missing[2] = {{"a", 1}, {NULL, 0}};
    const struct str large[2] = {{"a", 1}, {longer, sizeof longer}};
    struct id_order order = {.is_broken = false};

    (void)state;
    id_order_add(&order, missing, 1);
    assert_false(order.is_broken);
    id_order_add(&order, missing, 2);
    assert_true(order.is_broken);
    order = (struct id_order){.is_broken = false};
    id_order_add(&order, large, 2);
    assert_true(order.is_broken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_that_of_all_pairs),
        cmocka_unit_test(missing_and_long_ids_are_out_of_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
