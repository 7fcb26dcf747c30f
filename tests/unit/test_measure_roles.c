/* Roles and options that can be worked out on paper. */
#include "unit.h"

#include "base/mem.h"
#include "measure/role_cover.h"

static void note(struct role_cover *cover, enum role role, int64_t at)
{
    role_cover_note(cover, role, (struct role_place){.at = at});
}

static void four_of_five_roles_in_order_but_for_a_swap(void **state)
{
    struct role_cover cover = {0};
    unsigned all = roles_required(ROLE_CASE_COMPLAINT);
    int64_t order = 0;

    (void)state;
    note(&cover, ROLE_COACH, 1);
    note(&cover, ROLE_SPECIALIST, 2);
    note(&cover, ROLE_MANAGER, 3);
    note(&cover, ROLE_CONSULTANT, 4);
    note(&cover, ROLE_COACH, 9); /* again, later */
    assert_int_equal(roles_covered(&cover, all), 800000);
    assert_true(roles_ordered(&cover, all, /* may_swap= */ true, &order));
    assert_int_equal(order, 1000000);
    assert_true(roles_ordered(&cover, all, /* may_swap= */ false, &order));
    assert_int_equal(order, 833333);
}

static void roles_that_are_not_needed_do_not_count(void **state)
{
    struct role_cover cover = {0};
    int64_t order = 0;

    (void)state;
    note(&cover, ROLE_CONSULTANT, 1);
    note(&cover, ROLE_SPECIALIST, 2);
    assert_int_equal(roles_covered(&cover, roles_required(ROLE_CASE_REQUEST)), 0);
    assert_int_equal(roles_covered(&cover, roles_required(ROLE_CASE_INFORMATION)), 500000);
    assert_int_equal(roles_covered(&cover, roles_required(ROLE_CASE_INCIDENT)), 250000);
    assert_false(roles_ordered(&cover, roles_required(ROLE_CASE_INCIDENT), true, &order));
    assert_true(roles_ordered(&cover, roles_required(ROLE_CASE_CHANGE), true, &order));
    assert_int_equal(order, 0);
}

static void what_came_together_is_in_order(void **state)
{
    struct role_cover cover = {0};
    int64_t order = 0;

    (void)state;
    note(&cover, ROLE_ASSISTANT, 5);
    note(&cover, ROLE_COACH, 5);
    assert_true(roles_ordered(&cover, roles_required(ROLE_CASE_KNOWN_ERROR), true, &order));
    assert_int_equal(order, 1000000);
    /* but not behind one another in one message */
    role_cover_note(&cover, ROLE_ASSISTANT, (struct role_place){4, 2, 10});
    role_cover_note(&cover, ROLE_COACH, (struct role_place){4, 2, 30});
    assert_true(roles_ordered(&cover, roles_required(ROLE_CASE_KNOWN_ERROR), true, &order));
    assert_int_equal(order, 0);
}

/* Each order of the five against counting pairs by another way: moves of a sort by exchange. */
static void orders_are_exchanges_of_neighbours(void **state)
{
    unsigned all = roles_required(ROLE_CASE_COMPLAINT);
    int code;

    (void)state;
    for (code = 0; code < 3125; code++) {
        struct role_cover cover = {0};
        int line[ROLE_COUNT];
        bool used[ROLE_COUNT] = {false};
        int rest = code;
        int exchanges = 0;
        bool is_line = true;
        int64_t order = 0;
        int i;
        int k;

        for (i = 0; i < ROLE_COUNT; i++, rest /= 5) {
            line[i] = rest % 5;
            is_line &= !used[line[i]];
            used[line[i]] = true;
            note(&cover, (enum role)line[i], i);
        }
        if (!is_line)
            continue;
        for (k = 0; k < ROLE_COUNT; k++) {
            for (i = 0; i + 1 < ROLE_COUNT; i++) {
                if (line[i] > line[i + 1]) {
                    int other = line[i];

                    line[i] = line[i + 1];
                    line[i + 1] = other;
                    exchanges++;
                }
            }
        }
        assert_true(roles_ordered(&cover, all, false, &order));
        assert_int_equal(order, (10 - exchanges) * 100000);
        exchanges -= cover.first[ROLE_SPECIALIST].at < cover.first[ROLE_MANAGER].at;
        assert_true(roles_ordered(&cover, all, true, &order));
        assert_int_equal(order, (10 - exchanges) * 100000);
    }
}

static void a_proposal_before_any_question_is_premature(void **state)
{
    struct role_cover cover = {0};

    (void)state;
    assert_false(roles_are_premature(&cover));
    note(&cover, ROLE_MANAGER, 1);
    assert_false(roles_are_premature(&cover));
    note(&cover, ROLE_CONSULTANT, 5);
    assert_true(roles_are_premature(&cover));
    note(&cover, ROLE_COACH, 4);
    assert_false(roles_are_premature(&cover));
    note(&cover, ROLE_SPECIALIST, 3);
    assert_true(roles_are_premature(&cover));
    note(&cover, ROLE_COACH, 3);
    assert_false(roles_are_premature(&cover));
}

static void options_count_by_their_cells(void **state)
{
    (void)state;
    assert_int_equal(options_completeness(2, 5), 833333); /* time and cost; time, cost, outcome */
    assert_int_equal(options_completeness(0, 0), 0);
    assert_int_equal(options_completeness(1, 3), 500000);
    assert_int_equal(options_completeness(1, 1), 166667);
    assert_int_equal(options_completeness(2, 6), 1000000);
    assert_int_equal(options_completeness(3, 6), 666667);
}

static void every_class_of_a_case_has_a_word(void **state)
{
    static const struct {
        const char *word;
        enum role_case role_case;
        unsigned required;
    } known[] = {
        {"request", ROLE_CASE_REQUEST, 0x03},        {"Information", ROLE_CASE_INFORMATION, 0x09},
        {"known-error", ROLE_CASE_KNOWN_ERROR, 0x13}, {"Known Error ", ROLE_CASE_KNOWN_ERROR, 0x13},
        {"known_error", ROLE_CASE_KNOWN_ERROR, 0x13}, {"incident", ROLE_CASE_INCIDENT, 0x17},
        {"incident-alternatives", ROLE_CASE_ALTERNATIVES, 0x1f},
        {"Incident with alternatives", ROLE_CASE_ALTERNATIVES, 0x1f},
        {"errore noto", ROLE_CASE_KNOWN_ERROR, 0x13}, {"change", ROLE_CASE_CHANGE, 0x1f},
        {"COMPLAINT", ROLE_CASE_COMPLAINT, 0x1f},
    };
    enum role_case found = ROLE_CASE_COUNT;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(known); i++) {
        assert_true(role_case_find(str_of(known[i].word), &found));
        assert_int_equal(found, known[i].role_case);
        assert_int_equal(roles_required(found), known[i].required);
    }
    for (i = 0; i < ROLE_CASE_COUNT; i++) {
        assert_true(role_case_find(str_of(role_case_name((enum role_case)i)), &found));
        assert_int_equal(found, i);
    }
    assert_false(role_case_find(STR("incidents"), &found));
    assert_false(role_case_find(STR("inc"), &found));
    assert_false(role_case_find(STR(""), &found));
    assert_false(role_case_find((struct str){NULL, 0}, &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_of_five_roles_in_order_but_for_a_swap),
        cmocka_unit_test(roles_that_are_not_needed_do_not_count),
        cmocka_unit_test(what_came_together_is_in_order),
        cmocka_unit_test(orders_are_exchanges_of_neighbours),
        cmocka_unit_test(a_proposal_before_any_question_is_premature),
        cmocka_unit_test(options_count_by_their_cells),
        cmocka_unit_test(every_class_of_a_case_has_a_word),
    };

    return cmocka_run_group_tests_name("measure, roles", tests, NULL, NULL);
}
