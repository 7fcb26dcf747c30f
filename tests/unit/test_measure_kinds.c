/* Measures of records that are no tickets, and of tickets beside them. */
#include "kind_fixture.h"

#include "measure/measure.h"

#define SURVEY                                                                                    \
    "<record kind=\"survey\">" FIELD("at") FIELD("scale") FIELD("score") FIELD("customer") "</record>"

/* The run as measures of each kind see it. */
struct run {
    const struct record_set *sets[RECORD_KIND_COUNT];
    const struct measure_context *kinds[RECORD_KIND_COUNT];
    struct measure_context contexts[RECORD_KIND_COUNT];
};

static void run_of(const struct reading *r, struct run *run)
{
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        run->sets[kind] = kind == RECORD_TICKET ? r->tickets : r->kinds[kind];
        run->contexts[kind] = (struct measure_context){.set = run->sets[kind],
                                                       .sets = run->sets,
                                                       .kinds = run->kinds,
                                                       .zone = zone_utc(),
                                                       .seed = STR("seed"),
                                                       .as_of = {1767225600000000},
                                                       .period_start = INSTANT_MISSING,
                                                       .period_end = INSTANT_MISSING};
        run->kinds[kind] = &run->contexts[kind];
    }
}

static size_t figures_of(struct fixture *f, const char *id, const struct run *run,
                         struct figure **ret_figures)
{
    size_t count = 0;

    assert_int_equal(measure_all(measure_find(str_of(id)), run->kinds[RECORD_TICKET], &f->arena,
                                 &f->diag, ret_figures, &count),
                     STATUS_OK);
    return count;
}

static uint64_t left_out(const struct figure *figure, const char *reason)
{
    size_t i;

    for (i = 0; i < figure->excluded_count; i++)
        if (str_is(figure->excluded[i].reason, reason))
            return figure->excluded[i].n;
    return 0;
}

/* M-22. Answers 5, 4, 4, 3, 1; Wilson by hand: 3/5 is 0.230724 to 0.882379. */
static void test_answers_in_the_best_and_worst_boxes(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    struct run run;

    reading_of(f, MAP(SURVEY),
               "at,scale,score,customer\n2025-01-01,csat,5,A\n2025-01-02,csat,4,A\n"
               "2025-01-03,csat,4,B\n2025-02-01,csat,3,B\n2025-02-02,csat,1,B\n"
               "2025-02-03,csat,7,B\n2025-02-03,csat,,A\n2025-02-04,nps,9,A\n",
               &r);
    run_of(&r, &run);
    assert_int_equal(figures_of(f, "M-22", &run, &figures), 7);
    assert_int_equal(figures[0].n, 5);
    assert_int_equal(figures[0].k, 3);
    assert_true(figures[0].value == 0.6);
    assert_float_equal(figures[0].low, 0.230724, 1e-6);
    assert_float_equal(figures[0].high, 0.882379, 1e-6);
    assert_int_equal(figures[1].k, 1);
    assert_int_equal(left_out(&figures[0], "not-on-scale"), 1);
    assert_int_equal(left_out(&figures[0], "no-answer"), 1);
    assert_int_equal(left_out(&figures[0], "other-scale"), 1);
    assert_int_equal(figures[0].series_count, 2);
    /* the worst are answers, cited by the places that they have */
    assert_int_equal(figures[1].worst.count, 1);
    assert_true(str_is(figures[1].worst.list[0].case_id, "export.csv:6"));
    assert_int_equal(figures[1].worst.list[0].line, 6);
    reading_done(&r);
}

static void test_without_its_records_a_measure_says_nothing(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    struct run run;

    reading_of(f, MAP(SURVEY), "at,scale,score,customer\n", &r);
    run_of(&r, &run);
    assert_int_equal(figures_of(f, "M-22", &run, &figures), 0);
    assert_null(measure_set(run.kinds[RECORD_TICKET], RECORD_SURVEY));
    /* nor where a run knows nothing but tickets */
    run.contexts[RECORD_TICKET].kinds = NULL;
    assert_int_equal(figures_of(f, "M-22", &run, &figures), 0);
    reading_done(&r);
}

static void test_a_measure_reaches_the_records_of_other_kinds(void **state)
{
    struct reading r;
    struct run run;

    reading_of(*state, MAP(SURVEY), "at,scale,score,customer\n2025-01-01,csat,5,A\n", &r);
    run_of(&r, &run);
    assert_ptr_equal(measure_set(run.kinds[RECORD_TICKET], RECORD_SURVEY),
                     r.kinds[RECORD_SURVEY]);
    assert_ptr_equal(measure_set(run.kinds[RECORD_SURVEY], RECORD_SURVEY),
                     r.kinds[RECORD_SURVEY]);
    assert_null(measure_set(run.kinds[RECORD_SURVEY], RECORD_TICKET));
    assert_null(measure_set(run.kinds[RECORD_SURVEY], RECORD_INVOICE));
    reading_done(&r);
}

/* What a measure needs of tickets does not grow by what it needs of other records. */
static void test_needs_are_those_of_tickets(void **state)
{
    struct record_needs needs = {.slots = 0};

    (void)state;
    measure_add_needs(measure_find(STR("M-22")), &needs);
    assert_true(needs.slots == 0);
    assert_false(needs.messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_answers_in_the_best_and_worst_boxes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_without_its_records_a_measure_says_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_measure_reaches_the_records_of_other_kinds, set_up,
                                        tear_down),
        cmocka_unit_test(test_needs_are_those_of_tickets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
