/* M-44, the emotional bank account: worked examples by hand and properties. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "measure/account.h"
#include "measure/account_book.h"
#include "record/record.h"

static const int64_t NOON = 180 * 86400000000ll; /* day 180 */
enum { MOST = 64 };

struct fixture {
    struct arena arena;
    struct diag diag;
    struct library library;
    struct trust_policy *policy;
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    xml_init();
    arena_init(&f->arena);
    diag_init(&f->diag);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    assert_int_equal(trust_policy_load(&f->arena, &f->library, (struct str){NULL, 0},
                                       (struct str){NULL, 0}, &f->diag, &f->policy),
                     STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    mem_free(f);
    return 0;
}

/* --- events: day and class; mass as severity, for the classes taken weigh 1 --- */

struct act {
    double day;
    enum trust_class class;
    double mass;
};

static struct account_event event_of(const struct trust_policy *policy, const struct act *act,
                                     uint64_t order)
{
    return (struct account_event){.at = (int64_t)(act->day * 86400e6),
                                  .fact = ACCOUNT_NO_FACT,
                                  .class = act->class,
                                  .severity = act->mass / policy->weights[act->class],
                                  .attribution = 1,
                                  .confidence = 1,
                                  .repaired_at = VALUE_MISSING,
                                  .order = order};
}

static size_t events_of(const struct trust_policy *policy, const struct act *acts, size_t count,
                        struct account_event *events)
{
    size_t i;

    for (i = 0; i < count; i++)
        events[i] = event_of(policy, &acts[i], i);
    return count;
}

static void assert_close(double got, double wanted)
{
    if (fabs(got - wanted) > 5e-7)
        fail_msg("%.9f, not %.9f", got, wanted);
}

static void assert_account(const struct account *account, double deposits, double withdrawals,
                           double trust, double uncertainty)
{
    assert_close(account->deposits, deposits);
    assert_close(account->withdrawals, withdrawals);
    assert_close(account->balance, deposits - withdrawals);
    assert_close(account->trust, trust);
    assert_close(account->uncertainty, uncertainty);
}

/* No class twice within the days in which it would weigh more, or be capped. */
static const struct act mixed[] = {
    {0, TRUST_D3, 1},  {10, TRUST_D4, 0.5},  {20, TRUST_W1, 2},    {30, TRUST_D5, 1},
    {60, TRUST_D3, 2}, {100, TRUST_W2, 1},   {110, TRUST_D6, 1.5}, {150, TRUST_D4, 0.5},
};
enum { DAY_20 = 2, DAY_100 = 5 };

static void a_mixed_history(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    size_t count = events_of(f->policy, mixed, ARRAY_LEN(mixed), events);
    struct account account;

    account_at(f->policy, events, count, NOON, &account);
    assert_account(&account, 2.765435, 3.629854, 0.448518, 0.238229);
    assert_close(account.balance, -0.864419);
    assert_close(account.low, 0.236537);
    assert_close(account.high, 0.666670);
    assert_int_equal(account.band, BAND_STRAINED);
    assert_false(account.is_firm);
    assert_false(account.is_robust);
    assert_int_equal(account.grid.low, BAND_OVERDRAWN);
    assert_int_equal(account.grid.high, BAND_ADEQUATE);
}

static void a_repair_restores_most_of_a_withdrawal(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    size_t count = events_of(f->policy, mixed, ARRAY_LEN(mixed), events);
    struct account account;

    events[DAY_20].repaired_at = 45 * DAY_US;
    account_at(f->policy, events, count, NOON, &account);
    assert_account(&account, 2.765435, 1.901758, 0.564771, 0.299976);
    assert_close(account.balance, 0.863677);
    assert_close(account.low, 0.320868);
    assert_close(account.high, 0.798521);
    assert_int_equal(account.band, BAND_ADEQUATE);
    assert_true(events[DAY_20].is_repaired);
}

static void a_repair_that_is_late_or_does_not_hold_is_none(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    size_t count = events_of(f->policy, mixed, ARRAY_LEN(mixed), events);
    struct account account;

    events[DAY_20].repaired_at = 20 * DAY_US + 31 * DAY_US;
    account_at(f->policy, events, count, NOON, &account);
    assert_close(account.withdrawals, 3.629854);
    count = events_of(f->policy, mixed, ARRAY_LEN(mixed), events);
    events[DAY_20].repaired_at = 45 * DAY_US;
    events[DAY_100].class = TRUST_W1; /* the same again, 80 days behind */
    events[DAY_100].severity = 1;
    account_at(f->policy, events, count, NOON, &account);
    assert_false(events[DAY_20].is_repaired);
    /* and 1.5 times as heavy, being the second within 90 days */
    assert_close(account.withdrawals, 4.364721);
    assert_close(account.trust, 0.412417);
}

static void bounds_of_what_is_known(void **state)
{
    static const struct act grave = {180, TRUST_W1, 3};
    static const struct act kept = {180, TRUST_D3, 1};
    const struct fixture *f = *state;
    struct account_event event;
    struct account account;

    account_at(f->policy, NULL, 0, NOON, &account);
    assert_account(&account, 0, 0, 0.5, 1);
    assert_int_equal(account.band, BAND_INSUFFICIENT);
    event = event_of(f->policy, &grave, 0);
    account_at(f->policy, &event, 1, NOON, &account);
    assert_account(&account, 0, 6, 0.125, 0.25);
    assert_close(account.low, 0.014939);
    assert_close(account.high, 0.280314);
    assert_int_equal(account.band, BAND_OVERDRAWN);
    assert_true(account.is_held_down);
    event = event_of(f->policy, &kept, 0);
    account_at(f->policy, &event, 1, NOON, &account);
    assert_close(account.trust, 0.666667);
    assert_close(account.uncertainty, 0.666667);
    assert_int_equal(account.band, BAND_INSUFFICIENT);
    assert_int_equal(account.band_by_trust, BAND_ADEQUATE);
}

/* So many deposits at the instant itself, of sums: one class would be capped. */
static void deposits_alone(void **state)
{
    static const double nothing[TRUST_GRID] = {0};
    const struct fixture *f = *state;
    struct account account;

    account_of_sums(f->policy, 4, 0, nothing, &account);
    assert_close(account.trust, 0.833333);
    assert_close(account.uncertainty, 0.333333);
    assert_close(account.low, 0.630957);
    assert_close(account.high, 0.979148);
    assert_int_equal(account.band, BAND_SOLID);
    account_of_sums(f->policy, 10, 0, nothing, &account);
    assert_close(account.trust, 0.916667);
    assert_close(account.low, 0.811131);
    assert_close(account.high, 0.990467);
    assert_int_equal(account.band, BAND_RESERVE);
}

static void a_steady_flow_with_one_failure(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    struct account account;
    struct act act = {90, TRUST_W1, 1};
    size_t count = 0;

    events[count++] = event_of(f->policy, &act, 99);
    for (act = (struct act){0, TRUST_D3, 1}; act.day <= 168; act.day += 12, count++)
        events[count] = event_of(f->policy, &act, count);
    assert_int_equal(count, 16);
    account_at(f->policy, events, count, NOON, &account);
    assert_account(&account, 7.745935, 1.414214, 0.783675, 0.179209);
    assert_close(account.low, 0.620010);
    assert_close(account.high, 0.922900);
    assert_int_equal(account.band, BAND_SOLID);
    assert_int_equal(account.grid.low, BAND_ADEQUATE);
    assert_int_equal(account.grid.high, BAND_RESERVE);
    assert_false(account.is_robust);
}

/* --- rules --- */

static void repeats_weigh_more(void **state)
{
    static const struct act acts[] = {
        {0, TRUST_W3, 0.5}, {50, TRUST_W3, 0.5}, {80, TRUST_W3, 0.5}, {175, TRUST_W3, 0.5}};
    const struct fixture *f = *state;
    struct account_event events[MOST];
    struct account account;
    size_t count = events_of(f->policy, acts, ARRAY_LEN(acts), events);

    account_at(f->policy, events, count, NOON, &account);
    assert_close(events[0].mass, 0.5);
    assert_close(events[1].mass, 0.75);
    assert_close(events[2].mass, 1);
    assert_close(events[3].mass, 0.5); /* 95 days behind the last */
}

static void one_fact_is_one_act(void **state)
{
    static const struct act acts[] = {
        {10, TRUST_W3, 0.5}, {10, TRUST_W1, 1}, {10, TRUST_W4, 1}, {11, TRUST_W3, 0.5}};
    const struct fixture *f = *state;
    struct account_event events[MOST];
    struct account account;
    size_t count = events_of(f->policy, acts, ARRAY_LEN(acts), events);
    size_t i;

    for (i = 0; i < count; i++) {
        events[i].fact = 7;
        events[i].day = events[i].at / DAY_US;
    }
    account_at(f->policy, events, count, NOON, &account);
    assert_int_equal(events[0].fate, ACCOUNT_SUPERSEDED);
    assert_int_equal(events[1].fate, ACCOUNT_SUPERSEDED);
    assert_int_equal(events[2].fate, ACCOUNT_COUNTED);
    assert_int_equal(events[3].fate, ACCOUNT_COUNTED); /* the day after */
    assert_close(events[3].repeat, 1); /* what was superseded is no repetition */
}

static void deposits_of_a_class_are_capped(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    struct account account;
    struct act act = {150, TRUST_D3, 1};
    size_t i;

    for (i = 0; i < 10; i++, act.day += 2)
        events[i] = event_of(f->policy, &act, i);
    account_at(f->policy, events, 10, NOON, &account);
    for (i = 0; i < 7; i++) {
        assert_int_equal(events[i].fate, ACCOUNT_CAPPED);
        assert_close(events[i].mass, 0);
    }
    for (; i < 10; i++) /* the latest are kept */
        assert_close(events[i].mass, 1);
    for (i = 0, act = (struct act){150, TRUST_D2, 0.25}; i < 10; i++, act.day += 2)
        events[i] = event_of(f->policy, &act, i);
    account_at(f->policy, events, 10, NOON, &account);
    assert_close(events[6].mass, 0);
    assert_close(events[7].mass, 0.25);
}

static void a_grave_withdrawal_holds_the_band_down(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    struct account account;
    struct act act = {170, TRUST_D3, 1};
    size_t count;

    for (count = 0; count < 8; count++)
        events[count] = event_of(f->policy, &act, count), act.class++;
    act = (struct act){20, TRUST_W8, 0.75}; /* weight 0.25, severity 3 */
    events[count] = event_of(f->policy, &act, count);
    account_at(f->policy, events, ++count, NOON, &account);
    assert_true(account.is_held_down);
    assert_int_equal(account.band, BAND_STRAINED);
    assert_true(account.band_by_trust > BAND_STRAINED);
    account_at(f->policy, events, count, NOON + 21 * DAY_US, &account);
    assert_false(account.is_held_down); /* 181 days ago */
    assert_true(account.band > BAND_STRAINED);
}

static void the_trend_compares_with_the_quarter_before(void **state)
{
    static const struct act better[] = {{10, TRUST_W1, 2}, {150, TRUST_D3, 1}, {160, TRUST_D5, 1},
                                        {170, TRUST_D6, 1}};
    static const struct act worse[] = {{60, TRUST_D3, 1}, {80, TRUST_D5, 1}, {170, TRUST_W1, 1}};
    const struct fixture *f = *state;
    struct account_event events[MOST];
    struct account account;

    events_of(f->policy, better, ARRAY_LEN(better), events);
    account_at(f->policy, events, ARRAY_LEN(better), NOON, &account);
    assert_int_equal(account_trend(f->policy, events, ARRAY_LEN(better), NOON, &account),
                     TREND_RISING);
    events_of(f->policy, worse, ARRAY_LEN(worse), events);
    account_at(f->policy, events, ARRAY_LEN(worse), NOON, &account);
    assert_int_equal(account_trend(f->policy, events, ARRAY_LEN(worse), NOON, &account),
                     TREND_FALLING);
    assert_int_equal(events[2].fate, ACCOUNT_COUNTED); /* told as of now again */
}

/* --- trust and money, M-40; the floor of segments, M-45, is held against an audit in tests/cli --- */

static void quadrants_by_trust_and_net_value(void **state)
{
    static const struct {
        double trust;
        double net;
        enum account_quadrant quadrant;
    } cases[] = {{0.77, 100, QUADRANT_PARTNERSHIP},
                 {0.5, 0, QUADRANT_PARTNERSHIP},
                 {0.77, -600, QUADRANT_VOLUNTEERING},
                 {0.49, 100, QUADRANT_EXTRACTION},
                 {0.1, -1, QUADRANT_EXIT_OR_REPAIR}};
    struct account_customer customer = {.net = NAN, .account = {.band = BAND_ADEQUATE}};
    enum account_quadrant quadrant = QUADRANT_COUNT;
    size_t i;

    (void)state;
    assert_false(account_quadrant(&customer, &quadrant)); /* nothing is known of his money */
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        customer.account.trust = cases[i].trust;
        customer.net = cases[i].net;
        assert_true(account_quadrant(&customer, &quadrant));
        assert_int_equal(quadrant, cases[i].quadrant);
    }
    customer.account.band = BAND_INSUFFICIENT;
    assert_false(account_quadrant(&customer, &quadrant));
}

/* --- properties, over histories made by chance --- */

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static size_t any_history(const struct trust_policy *policy, uint64_t *seed,
                          struct account_event *events)
{
    size_t count = 1 + next(seed) % (MOST - 2);
    size_t i;

    for (i = 0; i < count; i++) {
        struct act act = {(double)(next(seed) % 180), (enum trust_class)(next(seed) % TRUST_R), 0};

        if (next(seed) % 2)
            act.class = next(seed) % 2 ? TRUST_D3 : TRUST_W1; /* caps and repeats */
        act.mass = policy->weights[act.class] * (0.5 + (double)(next(seed) % 3));
        events[i] = event_of(policy, &act, i);
        if (next(seed) % 4 == 0)
            events[i].repaired_at = events[i].at + (int64_t)(next(seed) % 40) * DAY_US;
        if (next(seed) % 3 == 0) {
            events[i].fact = (int64_t)(next(seed) % 3);
            events[i].day = events[i].at / DAY_US;
        }
    }
    return count;
}

static void opinions_are_whole_and_order_is_nothing(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    struct account_event again[MOST];
    uint64_t seed = 44;
    int round;

    for (round = 0; round < 500; round++) {
        size_t count = any_history(f->policy, &seed, events);
        struct account account;
        struct account other;
        size_t i;

        for (i = 0; i < count; i++)
            again[i] = events[count - 1 - i];
        for (i = 0; i < count; i++) {
            size_t with = next(&seed) % count;
            struct account_event swapped = again[i];

            again[i] = again[with];
            again[with] = swapped;
        }
        account_at(f->policy, events, count, NOON, &account);
        account_at(f->policy, again, count, NOON, &other);
        assert_memory_equal(&account.deposits, &other.deposits, sizeof account.deposits);
        assert_true(account.trust == other.trust && account.low == other.low);
        assert_true(fabs(account.belief + account.disbelief + account.uncertainty - 1) < 1e-12);
        assert_true(fabs(account.trust - account.belief -
                         f->policy->base_rate * account.uncertainty) < 1e-12);
        assert_true(account.low <= account.high);
    }
}

/* One more deposit never lowers trust, one more withdrawal never lifts it, nothing does nothing. */
static void trust_is_monotone(void **state)
{
    const struct fixture *f = *state;
    struct account_event events[MOST];
    uint64_t seed = 4711;
    int round;

    for (round = 0; round < 2000; round++) {
        size_t count = any_history(f->policy, &seed, events);
        enum trust_class class = (enum trust_class)(next(&seed) % TRUST_R);
        struct act act = {(double)(next(&seed) % 180), class,
                          f->policy->weights[class] * (0.5 + (double)(next(&seed) % 3))};
        struct account before;
        struct account after;
        struct account same;

        account_at(f->policy, events, count, NOON, &before);
        events[count] = event_of(f->policy, &act, 1000);
        account_at(f->policy, events, count + 1, NOON, &after);
        if (trust_class_is_deposit(class))
            assert_true(after.trust >= before.trust - 1e-12);
        else
            assert_true(after.trust <= before.trust + 1e-12);
        count = any_history(f->policy, &seed, events);
        account_at(f->policy, events, count, NOON, &before);
        events[count] = event_of(f->policy, &act, 1000);
        events[count].attribution = 0;
        account_at(f->policy, events, count + 1, NOON, &same);
        assert_true(same.trust == before.trust && same.uncertainty == before.uncertainty);
        assert_int_equal(same.band, before.band);
    }
}

static void time_and_a_heavier_prior_move_towards_the_base_rate(void **state)
{
    const struct fixture *f = *state;
    struct trust_policy heavier = *f->policy;
    struct account_event events[MOST];
    uint64_t seed = 5;
    int round;

    heavier.prior_weight *= 3;
    /* what fades at one rate moves straight towards the base rate */
    for (round = 0; round < 500; round++) {
        size_t count = any_history(f->policy, &seed, events);
        struct trust_policy even = *f->policy;
        struct account now;
        struct account later;
        struct account other;

        even.withdrawal_half_life = even.deposit_half_life;
        account_at(&even, events, count, NOON, &now);
        account_at(&even, events, count, NOON + 200 * DAY_US, &later);
        assert_true(later.uncertainty > now.uncertainty);
        assert_true(fabs(later.trust - even.base_rate) <= fabs(now.trust - even.base_rate) + 1e-12);
        account_at(f->policy, events, count, NOON, &now);
        account_at(&heavier, events, count, NOON, &other);
        assert_true(fabs(other.trust - heavier.base_rate) <=
                    fabs(now.trust - heavier.base_rate) + 1e-12);
        assert_true(other.uncertainty > now.uncertainty);
    }
}

/* --- the policy as a document --- */

static enum status load_policy(struct fixture *f, const char *body, struct trust_policy **ret)
{
    char path[] = "/tmp/cfaudit-trust-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "wb");
    enum status status;

    assert_non_null(file);
    fprintf(file,
            "<trust-policy xmlns=\"urn:cfaudit:1\" id=\"ours\" revision=\"2\">"
            "<title lang=\"en\">Ours</title>%s</trust-policy>",
            body);
    assert_int_equal(fclose(file), 0);
    status = trust_policy_load(&f->arena, &f->library, str_of(path), (struct str){NULL, 0},
                               &f->diag, ret);
    assert_int_equal(unlink(path), 0);
    return status;
}

static void a_policy_of_ones_own_states_what_differs(void **state)
{
    struct fixture *f = *state;
    struct trust_policy *policy = NULL;

    assert_int_equal(load_policy(f,
                                 "<parameter name=\"withdrawal-factor\" value=\"3\" "
                                 "since=\"2026-01-01\"><reason>Churn of 2025.</reason></parameter>"
                                 "<parameter name=\"trend-days\" value=\"90\"/>"
                                 "<class id=\"W3\" weight=\"1\"/>",
                                 &policy),
                     STATUS_OK);
    assert_true(policy->withdrawal_factor == 3);
    assert_true(policy->weights[TRUST_W3] == 1);
    assert_true(policy->weights[TRUST_W4] == 1);
    assert_true(policy->deposit_half_life == 90);
    assert_int_equal(policy->change_count, 2); /* one is stated as it is anyhow */
    assert_true(str_is(policy->changes[0].name, "withdrawal-factor"));
    assert_true(policy->changes[0].shipped == 2);
    assert_true(str_is(policy->changes[0].reason, "Churn of 2025."));
    assert_int_equal(f->diag.by_rule[RULE_TRUST_UNEXPLAINED], 1);
}

static void numbers_out_of_range_are_refused(void **state)
{
    static const char *const bodies[] = {
        "<parameter name=\"withdrawal-factor\" value=\"-1\"/>",
        "<parameter name=\"repair-share\" value=\"1.5\"/>",
        "<parameter name=\"half-life\" value=\"90\"/>",
        "<parameter name=\"band-solid\" value=\"0.4\"/>",
        "<class id=\"W1\" weight=\"-0.5\"/>",
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(bodies); i++) {
        struct trust_policy *policy = NULL;

        assert_int_equal(load_policy(f, bodies[i], &policy), STATUS_INVALID);
        assert_null(policy);
        assert_int_equal(f->diag.by_rule[RULE_TRUST_VALUE], i + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_mixed_history, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_repair_restores_most_of_a_withdrawal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_repair_that_is_late_or_does_not_hold_is_none, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(bounds_of_what_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deposits_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_steady_flow_with_one_failure, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repeats_weigh_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_fact_is_one_act, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deposits_of_a_class_are_capped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_grave_withdrawal_holds_the_band_down, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_trend_compares_with_the_quarter_before, set_up,
                                        tear_down),
        cmocka_unit_test(quadrants_by_trust_and_net_value),
        cmocka_unit_test_setup_teardown(opinions_are_whole_and_order_is_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trust_is_monotone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(time_and_a_heavier_prior_move_towards_the_base_rate, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_policy_of_ones_own_states_what_differs, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(numbers_out_of_range_are_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
