/* Chains of refusals in threads that can be followed by eye: a turn is a word of the script. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "measure/refusal_chain.h"
#include "terms_fixture.h"

/*
 * Letters are stems. "C abc" is a customer's message, "T" thanks, "A abc" an answer, "R abc" a
 * refusal, "X abc" a refusal that offers something else, "E" a change that refuses nothing, and
 * "K code" a refusal of which only the code of its reason is known.
 */
struct script {
    struct refusal_walk *walk;
    struct chain_link last;
};

static void say(struct script *script, const char *line)
{
    static const char kinds[] = "CTAREO";
    uint32_t list[64];
    struct turn turn = {.has_text = true};
    size_t count = 0;
    size_t i;

    for (i = 1; line[i]; i++)
        if (line[i] != ' ')
            list[count++] = (uint32_t)line[i];
    turn.stems = (struct terms){list, terms_settle(list, count)};
    switch (line[0]) {
    case 'X':
        turn.kind = TURN_CHANGE;
        turn.refuses = true;
        break;
    case 'K':
        turn.kind = TURN_REFUSAL;
        turn.stems.count = 0;
        turn.has_text = false;
        turn.reason = str_of(line + 2);
        break;
    default:
        turn.kind = line[0] == 'R' ? TURN_REFUSAL
                                   : (enum turn_kind)(strchr(kinds, line[0]) - kinds);
        if (line[0] == 'E')
            turn.kind = TURN_CHANGE;
        if (line[0] == 'O')
            turn.kind = TURN_OTHER;
        break;
    }
    assert_true(refusal_walk_take(script->walk, &turn, &script->last));
}

static struct refusal_chain follow(const char *const *lines)
{
    struct script script = {.walk = refusal_walk_new()};
    struct refusal_chain chain;

    assert_non_null(script.walk);
    for (; *lines; lines++)
        say(&script, *lines);
    chain = refusal_walk_chain(script.walk);
    refusal_walk_free(script.walk);
    return chain;
}

#define assert_chain(refusals_, length_, arguments_, ...)                                          \
    do {                                                                                           \
        struct refusal_chain chain_ = follow((const char *const[]){__VA_ARGS__, NULL});            \
        assert_int_equal(chain_.refusals, refusals_);                                              \
        assert_int_equal(chain_.length, length_);                                                  \
        assert_int_equal(chain_.arguments, arguments_);                                            \
    } while (0)

static void a_chain_grows_when_the_customer_asks_again(void **state)
{
    (void)state;
    assert_chain(0, 0, 0, "C abc", "A abc");
    assert_chain(1, 1, 0, "C abc", "R abcd");
    assert_chain(3, 3, 0, "C abcd", "R abcd", "C abcd", "R abcd", "C abcd", "R abcd");
    /* four fifths of the stems in common are enough, two fifths are not */
    assert_chain(2, 2, 0, "C abcd", "R abcd", "C a", "R abcde");
    assert_chain(2, 1, 0, "C abcd", "R abcd", "C a", "R abefg");
}

static void what_nobody_asked_for_again_is_one_answer(void **state)
{
    (void)state;
    assert_chain(3, 1, 0, "C abcd", "R abcd", "R abcd", "R abcd");
    assert_chain(3, 1, 0, "C abcd", "R abcd", "T", "R abcd", "T z", "R abcd");
    assert_chain(3, 2, 0, "C abcd", "R abcd", "R abcd", "C ab", "R abcd");
    assert_chain(2, 2, 0, "C abcd", "R abcd", "C ab", "A b", "O x", "T", "R abcd");
}

static void three_in_ten_stems_unseen_are_a_new_argument(void **state)
{
    (void)state;
    assert_chain(2, 2, 1, "C abcdefg", "R abcd", "C abcdefgxyz", "R abcd");
    assert_chain(2, 2, 0, "C abcdefgh", "R abcd", "C abcdefghxy", "R abcd");
    /* what the answer said is not new either, nor what a third one said */
    assert_chain(2, 2, 0, "C ab", "R abcdx", "C abcdx", "R abcdx");
    assert_chain(2, 2, 0, "C ab", "R abcd", "O xyz", "C abcdxyz", "R abcd");
    /* one of several messages is enough; it counts once */
    assert_chain(2, 2, 1, "C abcd", "R abcd", "C xyz", "C uvw", "C abcd", "R abcd");
    assert_chain(3, 3, 1, "C abcd", "R abcd", "C xyz", "R abcd", "C xyz", "R abcd");
    /* and a message without words brings none */
    assert_chain(2, 2, 0, "C abcd", "R abcd", "C", "R abcd");
}

static void a_way_out_ends_the_chain(void **state)
{
    (void)state;
    assert_chain(4, 2, 0, "C abcd", "R abcd", "C ab", "R abcd", "E abcd", "C ab", "R abcd", "C ab",
                 "R abcd");
    /* a refusal that offers something else counts, and stands in no chain */
    assert_chain(3, 1, 0, "C abcd", "R abcd", "C ab", "X abcd", "C ab", "R abcd");
    assert_chain(1, 0, 0, "C abcd", "X abcd");
}

static void another_refusal_begins_another_chain(void **state)
{
    (void)state;
    assert_chain(5, 3, 1, "C abcd", "R abcd", "C ab", "R abcd", "C ab", "R efgh", "C xyz", "R efgh",
                 "C ab", "R efgh");
    /* of two as long, the one that met more arguments is told */
    assert_chain(4, 2, 1, "C abcd", "R abcd", "C ab", "R abcd", "C ef", "R efgh", "C xyz", "R efgh");
    assert_chain(4, 2, 1, "C abcd", "R abcd", "C xyz", "R abcd", "C ef", "R efgh", "C ef", "R efgh");
}

static void a_code_of_a_reason_decides_alone(void **state)
{
    (void)state;
    assert_chain(3, 3, 0, "C a", "K warranty", "C a", "K warranty", "C a", "K warranty");
    assert_chain(2, 1, 0, "C a", "K warranty", "C a", "K budget");
    /* without words and without a code nobody knows whether they are the same */
    assert_chain(2, 1, 0, "C a", "K warranty", "C a", "R abcd");
}

static void refusals_without_content_are_the_same(void **state)
{
    (void)state;
    assert_chain(2, 2, 0, "C abcd", "R", "C ab", "R");
    assert_chain(2, 1, 0, "C abcd", "R", "C ab", "R abcd");
}

static void groups_of_words_find_what_is_repeated_inside_more(void **state)
{
    static const uint32_t stems[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    static const uint32_t groups[] = {21, 22, 23, 24, 25, 26};
    struct turn shorter = {.has_text = true, .stems = {stems, 4}, .groups = {groups, 5}};
    struct turn longer = {.has_text = true, .stems = {stems, 10}, .groups = {groups, 6}};

    (void)state;
    assert_true(refusals_are_same(&shorter, &longer));
    longer.groups = (struct terms){groups + 1, 5}; /* four of five */
    assert_true(refusals_are_same(&shorter, &longer));
    longer.groups = (struct terms){groups + 2, 4}; /* three of four */
    assert_false(refusals_are_same(&shorter, &longer));
    longer.has_text = false;
    assert_false(refusals_are_same(&shorter, &longer));
}

static void every_refusal_knows_its_place(void **state)
{
    struct script script = {.walk = refusal_walk_new()};

    (void)state;
    assert_non_null(script.walk);
    say(&script, "C abcd");
    assert_int_equal(script.last.length, 0);
    say(&script, "R abcd");
    assert_int_equal(script.last.length, 1);
    assert_true(script.last.is_new);
    say(&script, "C xyz");
    say(&script, "R abcd");
    assert_int_equal(script.last.length, 2);
    assert_true(script.last.is_new && script.last.has_new_argument);
    say(&script, "R abcd");
    assert_int_equal(script.last.length, 2);
    assert_false(script.last.is_new);
    say(&script, "X abcd");
    assert_int_equal(script.last.length, 0);
    /* another thread has seen nothing */
    refusal_walk_clear(script.walk);
    say(&script, "R abcd");
    say(&script, "C xyz");
    say(&script, "R abcd");
    assert_int_equal(refusal_walk_chain(script.walk).refusals, 2);
    assert_int_equal(refusal_walk_chain(script.walk).arguments, 1);
    refusal_walk_free(script.walk);
}

static void a_pool_of_terms_is_what_looking_at_all_says(void **state)
{
    struct term_pool pool = {NULL, 0, 0, false};
    static bool seen[5000];
    uint32_t seed = 11;
    size_t round;

    (void)state;
    for (round = 0; round < 400; round++) {
        uint32_t list[40];
        struct terms terms;
        size_t expected = 0;
        size_t i;

        for (i = 0; i < ARRAY_LEN(list); i++) {
            seed = seed * 1664525u + 1013904223u;
            list[i] = (seed >> 12) % ARRAY_LEN(seen); /* 0 among them */
        }
        terms = (struct terms){list, terms_settle(list, ARRAY_LEN(list))};
        for (i = 0; i < terms.count; i++)
            expected += !seen[list[i]];
        assert_int_equal(term_pool_unseen(&pool, terms), expected);
        if (round % 3 == 0)
            continue;
        assert_true(term_pool_add(&pool, terms));
        for (i = 0; i < terms.count; i++)
            seen[list[i]] = true;
        assert_int_equal(term_pool_unseen(&pool, terms), 0);
    }
    term_pool_clear(&pool);
    assert_int_equal(term_pool_unseen(&pool, (struct terms){(uint32_t[]){0, 1}, 2}), 2);
    term_pool_done(&pool);
}

static void memory_that_is_out_is_told(void **state)
{
    static const char *const lines[] = {"C abcd", "R abcd", "C xyz", "R abcde"};
    unsigned long nth;

    (void)state;
    for (nth = 1; nth < 20; nth++) {
        struct refusal_walk *walk;
        bool done = true;
        size_t i;

        mem_fail_at(nth);
        walk = refusal_walk_new();
        for (i = 0; walk && done && i < ARRAY_LEN(lines); i++) {
            uint32_t list[8];
            struct turn turn = {.kind = lines[i][0] == 'C' ? TURN_CUSTOMER : TURN_REFUSAL,
                                .has_text = true};
            struct chain_link link;
            size_t count = 0;

            for (; lines[i][2 + count]; count++)
                list[count] = (uint32_t)lines[i][2 + count];
            turn.stems = (struct terms){list, terms_settle(list, count)};
            done = refusal_walk_take(walk, &turn, &link);
        }
        mem_fail_at(0);
        refusal_walk_free(walk);
        if (walk && done)
            break;
    }
    assert_in_range(nth, 3, 19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_grows_when_the_customer_asks_again),
        cmocka_unit_test(what_nobody_asked_for_again_is_one_answer),
        cmocka_unit_test(three_in_ten_stems_unseen_are_a_new_argument),
        cmocka_unit_test(a_way_out_ends_the_chain),
        cmocka_unit_test(another_refusal_begins_another_chain),
        cmocka_unit_test(a_code_of_a_reason_decides_alone),
        cmocka_unit_test(refusals_without_content_are_the_same),
        cmocka_unit_test(groups_of_words_find_what_is_repeated_inside_more),
        cmocka_unit_test(every_refusal_knows_its_place),
        cmocka_unit_test(a_pool_of_terms_is_what_looking_at_all_says),
        cmocka_unit_test(memory_that_is_out_is_told),
    };

    return cmocka_run_group_tests_name("measure, chains of refusals", tests, NULL, NULL);
}
