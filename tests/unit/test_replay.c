/* Cases held against declared processes: vectors worked out by hand, and properties of both replays. */
#include "plan_fixture.h"

#include "plan/process.h"
#include "replay/deviation.h"
#include "replay/replay.h"

static const struct str NONE = {NULL, 0};

enum { MOST = 64 };

#define HEAD "<process xmlns='urn:cfaudit:1' id='own' version='1' from='2025-01-01'>" \
             "<title lang='en'>T</title><ignore>note</ignore>\n<flow>"
#define TAIL "</flow></process>\n"
#define STEP(name) "<step id='" name "'><activity>" name "</activity></step>"

static struct process_document *load(struct fixture *f, const char *text)
{
    struct process_document *process = NULL;

    put(f, text);
    assert_int_equal(process_load(&f->arena, &f->library, str_of(f->path), NONE, &f->diag, &process),
                     STATUS_OK);
    return process;
}

/* A case of activities with one letter each. */
static struct replay_result held(struct fixture *f, const struct process_document *process,
                                 struct replay *replay, const char *letters)
{
    const struct replay_result *result = NULL;
    size_t steps[MOST];
    size_t count = 0;

    for (; *letters; letters++)
        steps[count++] = process_step_of(process, (struct str){letters, 1});
    assert_true(count < MOST);
    assert_int_equal(replay_trace(replay, steps, count, &f->diag, &result), STATUS_OK);
    return *result;
}

static struct replay_result replayed(struct fixture *f, const char *text, const char *letters)
{
    struct process_document *process = load(f, text);
    struct replay *replay = NULL;
    struct replay_result result;

    assert_int_equal(replay_new(process, &f->diag, &replay), STATUS_OK);
    result = held(f, process, replay, letters);
    result.moves = NULL; /* they go with the replay */
    replay_free(replay);
    return result;
}

static void assert_tokens(const struct replay_result *result, unsigned missing, unsigned consumed,
                          unsigned remaining, unsigned produced)
{
    assert_int_equal(result->missing, missing);
    assert_int_equal(result->consumed, consumed);
    assert_int_equal(result->remaining, remaining);
    assert_int_equal(result->produced, produced);
    assert_false(result->is_bound);
}

#define SIX HEAD STEP("a") STEP("b") STEP("c") STEP("d") STEP("e") STEP("g") TAIL

static void the_worked_example_has_its_fitness(void **state)
{
    struct fixture *f = *state;
    struct replay_result result = replayed(f, SIX, "abdeg");

    assert_tokens(&result, 1, 6, 1, 6);
    assert_true(replay_token_fitness(1, 6, 1, 6) > 0.8333333 &&
                replay_token_fitness(1, 6, 1, 6) < 0.8333334);
    assert_false(result.fits);
    assert_int_equal(result.cost, 1);
    assert_int_equal(result.shortest, 6);
    assert_true(replay_nearest_fitness(1, 5, 6) > 0.9090909 &&
                replay_nearest_fitness(1, 5, 6) < 0.9090910);
    assert_true(replay_token_fitness(0, 0, 0, 0) == 1 && replay_nearest_fitness(0, 0, 0) == 1);
}

static void what_is_allowed_fits_with_no_token_amiss(void **state)
{
    static const struct {
        const char *text;
        const char *letters;
        unsigned consumed;
    } cases[] = {
        {SIX, "abcdeg", 7},
        /* loop: one silent transition into it, one out of it, one back */
        {HEAD "<loop>" STEP("a") "</loop>" TAIL, "a", 4},
        {HEAD "<loop>" STEP("a") "</loop>" TAIL, "aaa", 8},
        {HEAD "<loop>" STEP("a") "<again>" STEP("b") "</again></loop>" TAIL, "aba", 6},
        /* one split takes one token, one join takes two */
        {HEAD "<parallel>" STEP("a") STEP("b") "</parallel>" TAIL, "ba", 6},
        {HEAD "<choice>" STEP("a") "<sequence>" STEP("b") STEP("c") "</sequence></choice>" TAIL, "bc",
         3},
        {HEAD "<optional>" STEP("a") "</optional>" STEP("b") TAIL, "b", 3},
        {HEAD "<step id='a' mandatory='false'><activity>a</activity></step>" STEP("b") TAIL, "b", 3},
        /* twice round: taking the short way within, the second b would find no a before it */
        {HEAD "<loop><parallel><loop>" STEP("a") "</loop>" STEP("b") "</parallel></loop>" TAIL, "abab",
         18},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct replay_result result = replayed(f, cases[i].text, cases[i].letters);

        if (!result.fits || result.missing || result.remaining ||
            result.consumed != cases[i].consumed || result.produced != cases[i].consumed)
            fail_msg("%s: fits %d, %llu %llu %llu %llu", cases[i].letters, result.fits,
                     (unsigned long long)result.missing, (unsigned long long)result.consumed,
                     (unsigned long long)result.remaining, (unsigned long long)result.produced);
    }
}

static void nothing_at_all_lacks_every_step(void **state)
{
    struct fixture *f = *state;
    struct replay_result result = replayed(f, SIX, "");

    assert_tokens(&result, 1, 1, 1, 1);
    assert_int_equal(result.cost, 6);
    assert_false(result.fits);
    result = replayed(f, HEAD "<optional>" STEP("a") "</optional>" TAIL, "");
    assert_true(result.fits);
    assert_tokens(&result, 0, 2, 0, 2);
}

/* --- deviations --- */

/* "kind:step@event", with blanks between. */
static void assert_deviations(struct fixture *f, const char *text, const char *letters,
                              const char *expected)
{
    struct process_document *process = load(f, text);
    struct replay *replay = NULL;
    struct replay_result result;
    struct deviation list[MOST];
    struct buf told;
    size_t count;
    size_t i;

    assert_int_equal(replay_new(process, &f->diag, &replay), STATUS_OK);
    result = held(f, process, replay, letters);
    assert_true(result.move_count < MOST);
    count = deviations_of(process, &result, list);
    buf_init(&told, 1000);
    for (i = 0; i < count; i++)
        buf_printf(&told, "%s%s:%.*s@%zu", i ? " " : "", deviation_kind_name(list[i].kind),
                   STR_ARG(list[i].step == PROCESS_NO_STEP ? STR("-")
                                                            : process->steps[list[i].step].id),
                   list[i].event);
    if (!str_is(buf_str(&told), expected))
        fail_msg("%s: '%.*s' is not '%s'", letters, STR_ARG(buf_str(&told)), expected);
    buf_done(&told);
    replay_free(replay);
}

static void deviations_are_told_by_kind(void **state)
{
    struct fixture *f = *state;

    assert_deviations(f, SIX, "abcdeg", "");
    assert_deviations(f, SIX, "abdeg", "missing-step:c@2");
    /* c comes too early: of two ways to say it, the event is left out first */
    assert_deviations(f, SIX, "acbdeg", "order:c@1");
    assert_deviations(f, SIX, "abxcdeg", "unknown-activity:-@2");
    assert_deviations(f, SIX, "abbcdeg", "not-foreseen:b@2");
    assert_deviations(f, HEAD STEP("a")
                      "<step id='ok' approval='true' other-than='a'><activity>k</activity></step>"
                      STEP("c") TAIL, "ac", "missing-approval:ok@1");
    /* the branch that needs less is the one that was meant */
    assert_deviations(f, HEAD "<choice><sequence>" STEP("a") STEP("b") STEP("c") "</sequence>"
                      "<sequence>" STEP("d") STEP("e") "</sequence></choice>" TAIL, "ac",
                      "missing-step:b@1");
}

static void a_name_belongs_to_its_step(void **state)
{
    struct fixture *f = *state;
    struct process_document *process =
        load(f, HEAD "<step id='one'><activity>a</activity><activity>A</activity></step>"
                     "<step id='two' other-than='one'><activity>b</activity></step>" TAIL);

    assert_int_equal(process_step_of(process, STR("A")), 0);
    assert_int_equal(process_step_of(process, STR("b")), 1);
    assert_int_equal(process_step_of(process, STR("B")), PROCESS_NO_STEP);
    assert_true(process_ignores(process, STR("note")));
    assert_false(process_ignores(process, STR("a")));
    assert_int_equal(process->steps[1].other_than, 0);
    assert_int_equal(process->steps[0].other_than, PROCESS_NO_STEP);
    assert_true(process_counts(process, STR("anything")) && process_counts(process, NONE));
    assert_str(words_in(&process->steps[0].title, LANG_IT), "a");
}

/* --- limits --- */

/* Wide processes: what the limits are for. */
static void a_wide_process_is_answered_within_limits(void **state)
{
    struct fixture *f = *state;
    struct replay_result result;
    struct buf text;
    char name[2] = "a";

    buf_init(&text, 1 << 16);
    buf_add_text(&text, HEAD "<loop><parallel>");
    for (; name[0] <= 'z'; name[0]++)
        buf_printf(&text, "<optional><step id='%s'><activity>%s</activity></step></optional>", name,
                   name);
    buf_add_text(&text, "</parallel></loop>" TAIL);
    assert_false(text.failed);
    result = replayed(f, text.bytes, "zyxwvutsrqponmlkjihgfedcbaabc");
    assert_true(result.fits && result.has_nearest);
    /* what the tokens need is then a bound, and never below what is true */
    assert_true(result.is_bound || result.missing + result.remaining == 0);
    result = replayed(f, text.bytes, "zyxwvut1srqponmlkji");
    assert_int_equal(result.cost, 1);
    buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_worked_example_has_its_fitness, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_allowed_fits_with_no_token_amiss, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_at_all_lacks_every_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deviations_are_told_by_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_belongs_to_its_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wide_process_is_answered_within_limits, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
