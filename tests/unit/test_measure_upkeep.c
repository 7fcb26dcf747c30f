/*
 * Registers kept up, what management does, what is known of customers, documents, authorities and
 * long work: tables that can be worked out by eye. All is seen from 1 January 2026.
 */
#include "kind_fixture.h"

#include "base/mem.h"
#include "measure/measure.h"

#define RECORD(kind, fields) "<record kind=\"" kind "\">" fields "</record>"

static void figures_of(struct fixture *f, const struct reading *r, enum record_kind kind,
                       const char *id, struct figure **ret_figures, size_t *ret_count)
{
    const struct record_set *sets[RECORD_KIND_COUNT] = {NULL};
    struct measure_context context = {.set = r->kinds[kind],
                                      .sets = sets,
                                      .zone = zone_utc(),
                                      .seed = STR("seed"),
                                      .as_of = {1767225600000000},
                                      .period_start = INSTANT_MISSING,
                                      .period_end = INSTANT_MISSING};

    sets[kind] = r->kinds[kind];
    assert_int_equal(measure_all(measure_find(str_of(id)), &context, &f->arena, &f->diag,
                                 ret_figures, ret_count),
                     STATUS_OK);
}

/* The figure of the variant says k of n. */
static void assert_share(const struct figure *figures, size_t count, const char *variant,
                         uint64_t k, uint64_t n)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (str_is(figures[i].variant, variant))
            break;
    if (i == count)
        fail_msg("no figure '%s'", variant);
    if (figures[i].k != k || figures[i].n != n)
        fail_msg("%s: %llu of %llu", variant, (unsigned long long)figures[i].k,
                 (unsigned long long)figures[i].n);
}

static void test_rows_of_registers_have_what_makes_them_useful(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    size_t count = 0;

    reading_of(
        f,
        MAP(RECORD("register", FIELD("id") FIELD("kind") FIELD("at") FIELD("customer") FIELD(
            "owner") FIELD("due") FIELD("done") FIELD("reviewed-at") FIELD("decision") FIELD(
            "rating") FIELD("outcome"))),
        "id,kind,at,customer,owner,due,done,reviewed-at,decision,rating,outcome\n"
        "L1,legal,2024-01-01,,QM,,,2025-01-01,,,\n"  /* 365 days ago: just in time */
        "L2,legal,2024-01-01,,QM,,,2024-12-31,,,\n"  /* 366 */
        "L3,legal,2024-01-01,,,,,2025-06-01,,,\n"    /* nobody's */
        "L4,legal,2024-01-01,,QM,,,2026-01-02,,,\n"  /* not yet */
        "R1,risk,2024-01-01,A,QM,,,2025-06-01,,,\n"
        "R2,risk,2024-01-01,,QM,,,2025-06-01,,,\n"   /* of no customer */
        "O1,opportunity,2024-01-01,,,,,,go,,\n"
        "O2,opportunity,2024-01-01,,,,,,,,\n"
        "O3,opportunity,2024-01-01,,,,,,,,no go\n"
        "T1,objective,2024-01-01,,DG,2025-12-31,2025-12-20,,,,\n"
        "T2,objective,2024-01-01,,DG,,2025-12-20,,,,\n"
        "T3,objective,2024-01-01,,DG,2025-12-31,,,,,\n"
        "F1,feedback,2025-01-01,,,2025-02-01,,,,confirming,\n"
        "F2,feedback,2025-01-01,,,2025-02-01,2025-01-20,,,improving,\n"
        "F3,feedback,2025-01-01,,,2025-02-01,,,,negative,\n"
        "F4,feedback,2025-12-20,,,2026-02-01,,,,,negative\n" /* there is time left */
        "F5,feedback,2025-12-20,,,,,,,loud,\n",
        &r);
    figures_of(f, &r, RECORD_REGISTER, "M-68", &figures, &count);
    assert_int_equal(count, 6);
    assert_share(figures, count, "legal-current", 1, 4);
    assert_share(figures, count, "risks-current", 1, 2);
    assert_share(figures, count, "opportunities-decided", 2, 3);
    assert_share(figures, count, "objectives-complete", 1, 3);
    assert_share(figures, count, "feedback-useful", 2, 4);
    assert_share(figures, count, "feedback-followed", 1, 2);
    reading_done(&r);
}

static void test_without_tones_feedback_says_nothing(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    size_t count = 0;

    reading_of(f, MAP(RECORD("register", FIELD("id") FIELD("kind"))),
               "id,kind\nF1,feedback\nL1,legal\n", &r);
    figures_of(f, &r, RECORD_REGISTER, "M-68", &figures, &count);
    assert_int_equal(count, 4);
    assert_share(figures, count, "legal-current", 0, 1);
    reading_done(&r);
}

static void test_a_review_decides_with_an_owner_and_a_day(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    size_t count = 0;

    reading_of(f,
               MAP(RECORD("mgmt", FIELD("date") FIELD("kind") FIELD("decision") FIELD("action")
                                      FIELD("owner") FIELD("due") FIELD("done"))),
               "date,kind,decision,action,owner,due,done\n"
               "2025-03-01,review,more people,hire,DG,2025-06-30,\n"
               "2025-06-01,review,noted,,,,\n"
               "2025-09-01,review,,,DG,2025-12-31,\n"
               "2025-10-01,review,a form,,QM,,2025-10-01\n"
               "2026-02-01,review,later,,QM,2026-03-01,\n"
               "2025-04-01,visit,,offer,,,\n"
               "2025-05-01,visit,,,,,\n"
               "2025-05-02,decision,a rule,,QM,2025-06-01,\n",
               &r);
    figures_of(f, &r, RECORD_MGMT, "M-63", &figures, &count);
    assert_int_equal(count, 3);
    assert_share(figures, count, "reviews-that-decide", 2, 4);
    assert_int_equal(figures[1].n, 2);
    assert_share(figures, count, "visits-with-action", 1, 2);
    reading_done(&r);
}

static void test_what_is_known_of_customers_who_are_there(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    size_t count = 0;

    reading_of(f,
               MAP(RECORD("customer", FIELD("id") FIELD("segment") FIELD("purpose") FIELD(
                   "purpose-at") FIELD("since") FIELD("until"))),
               "id,segment,purpose,purpose-at,since,until\n"
               "A,hotel,breakfast,2025-06-01,2015-01-01,\n"
               "B,hotel,breakfast,2024-06-01,2015-01-01,\n"
               "C,,,,2025-03-01,\n"
               "D,bar,open at six,2025-04-01,2025-03-01,2026-06-30\n"
               "E,bar,open at six,2025-04-01,2015-03-01,2025-12-31\n"
               "F,bar,open at six,2025-04-01,2026-03-01,\n",
               &r);
    figures_of(f, &r, RECORD_CUSTOMER, "M-64", &figures, &count);
    assert_int_equal(count, 3);
    assert_share(figures, count, "purpose-known", 2, 4);
    assert_share(figures, count, "segment-known", 3, 4);
    assert_share(figures, count, "purpose-of-new", 1, 2);
    reading_done(&r);
}

static void test_documents_in_force_name_both_sorts_of_customers(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    size_t count = 0;

    reading_of(f,
               MAP(RECORD("process-doc", FIELD("id") FIELD("version") FIELD("in-force-from") FIELD(
                   "in-force-until") FIELD("reviewed-at") FIELD("customers"))),
               "id,version,in-force-from,in-force-until,reviewed-at,customers\n"
               "P1,1,2024-01-01,,2025-06-01,both\n"
               "P2,1,2024-01-01,,2024-06-01,external\n"
               "P3,1,2024-01-01,,,none\n"
               "P4,1,2023-01-01,2024-01-01,2025-06-01,both\n"
               "P5,1,2026-02-01,,2025-06-01,both\n",
               &r);
    figures_of(f, &r, RECORD_PROCESS_DOC, "M-65", &figures, &count);
    assert_int_equal(count, 2);
    assert_share(figures, count, "customers-named", 2, 3);
    assert_share(figures, count, "reviewed-within-a-year", 1, 3);
    reading_done(&r);
}

static void test_an_authority_has_a_limit(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    size_t count = 0;

    reading_of(f,
               MAP(RECORD("authority", FIELD("role") FIELD("decision-type") FIELD("limit") FIELD(
                   "valid-from"))),
               "role,decision-type,limit,valid-from\n"
               "desk,refund,50,2024-01-01\ndesk,exception,0,2024-01-01\nboss,refund,,2024-01-01\n"
               "desk,promise,10,2026-06-01\n",
               &r);
    figures_of(f, &r, RECORD_AUTHORITY, "M-66", &figures, &count);
    assert_int_equal(count, 1);
    assert_share(figures, count, "limit-stated", 2, 3);
    reading_done(&r);
}

static void test_long_work_is_above_two_hours(void **state)
{
    struct fixture *f = *state;
    struct figure *figures = NULL;
    struct reading r;
    size_t count = 0;

    reading_of(f,
               MAP(RECORD("effort", FIELD("date") FIELD("customer") FIELD("hours") FIELD("ticket")
                          FIELD("report"))),
               "date,customer,hours,ticket,report\n"
               "2025-01-01,A,2,T-1,R-1\n2025-01-02,A,2.000001,T-1,R-2\n2025-01-03,A,8,T-2,\n"
               "2025-01-03,A,8,,R-3\n2025-01-04,B,,T-3,R-4\n2026-01-03,B,9,T-3,R-5\n",
               &r);
    figures_of(f, &r, RECORD_EFFORT, "M-67", &figures, &count);
    assert_int_equal(count, 2);
    assert_share(figures, count, "over-two-hours", 2, 3);
    assert_share(figures, count, "with-report", 1, 2);
    reading_done(&r);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_of_registers_have_what_makes_them_useful),
        cmocka_unit_test(test_without_tones_feedback_says_nothing),
        cmocka_unit_test(test_a_review_decides_with_an_owner_and_a_day),
        cmocka_unit_test(test_what_is_known_of_customers_who_are_there),
        cmocka_unit_test(test_documents_in_force_name_both_sorts_of_customers),
        cmocka_unit_test(test_an_authority_has_a_limit),
        cmocka_unit_test(test_long_work_is_above_two_hours),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
