/* Records of other kinds than tickets: what a row makes, what it lacks, what knows it. */
#include "kind_fixture.h"

#define TICKET                                                                                    \
    "<record kind=\"ticket\">" REQUIRED("id") "<field name=\"opened\"><column>opened</column>"      \
    "</field></record>"
#define SURVEY                                                                                    \
    "<record kind=\"survey\"><field name=\"ticket\"><column>id</column></field>"                    \
    "<field name=\"at\"><column>rated</column></field>"                                             \
    "<field name=\"score\" required=\"true\"><column>score</column>"                                 \
    "<value from=\"good\" to=\"5\"/><value from=\"bad\" to=\"1\"/></field></record>"

static void assert_rows(const struct reading *r, uint64_t read, uint64_t used, uint64_t rejected)
{
    assert_int_equal(r->accounting.rows_read, read);
    assert_int_equal(r->accounting.rows_used, used);
    assert_int_equal(r->accounting.rows_rejected, rejected);
}

static void assert_text(struct str text, const char *expected)
{
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.ptr, expected, text.len);
}

/* --- one kind --- */

static void test_a_row_is_a_record(void **state)
{
    struct reading r;
    struct record_case item;

    reading_of(*state,
              MAP("<record kind=\"invoice\">" REQUIRED("id") FIELD("customer") FIELD("at")
                      FIELD("amount") "</record>"),
              "id,customer,at,amount\nF-1,ACME,2025-01-02,12.5\nF-2,,,\n", &r);
    assert_rows(&r, 2, 2, 0);
    assert_int_equal(record_case_count(r.tickets), 0);
    assert_int_equal(record_case_count(r.kinds[RECORD_INVOICE]), 2);
    item = record_case_at(r.kinds[RECORD_INVOICE], 0);
    assert_text(item.id, "F-1");
    assert_int_equal(item.line, 2);
    assert_int_equal(item.offset, 22);
    assert_int_equal(record_value(&item, INVOICE_AMOUNT), 12500000);
    assert_int_equal(record_value(&item, INVOICE_AT), 1735776000000000);
    assert_text(record_text(item.set, record_value(&item, SLOT_CUSTOMER)), "ACME");
    assert_int_equal(record_latest(item.set).us, 1735776000000000);
    item = record_case_at(r.kinds[RECORD_INVOICE], 1);
    assert_int_equal(record_value(&item, INVOICE_AMOUNT), VALUE_MISSING);
    assert_int_equal(record_value(&item, SLOT_CUSTOMER), VALUE_MISSING);
    reading_done(&r);
}

/* The last row of an id decides, as with a table of tickets. */
static void test_the_last_row_of_an_id_decides(void **state)
{
    struct reading r;
    struct record_case item;

    reading_of(*state,
              MAP("<record kind=\"promise\">" REQUIRED("id") FIELD("made-at") FIELD("due-at")
                      FIELD("state") "</record>"),
              "id,made-at,due-at,state\nP-1,2025-01-02,2026-12-31,open\nP-1,2025-01-02,,kept\n",
              &r);
    assert_rows(&r, 2, 2, 0);
    assert_int_equal(r.accounting.cases, 1);
    item = record_case_at(r.kinds[RECORD_PROMISE], 0);
    assert_int_equal(item.rows, 2);
    assert_text(record_text(item.set, record_value(&item, PROMISE_STATE)), "kept");
    assert_int_equal(record_value(&item, SLOT_PROMISED), VALUE_MISSING);
    /* what is due is not the latest that happened */
    assert_int_equal(record_latest(item.set).us, 1735776000000000);
    reading_done(&r);
}

/* Of objects the last that says it: what one does not have it leaves, null is an empty cell. */
static void test_what_an_object_lacks_it_leaves(void **state)
{
    struct fixture *f = *state;
    struct reading r;
    struct record_case item;

    reading_of(f,
               "<source-map xmlns=\"urn:cfaudit:1\" id=\"document\" reader=\"json-lines\" zone=\"UTC\">"
               "<title lang=\"en\">Test</title><time><format>%Y-%m-%d</format></time>"
               "<record kind=\"promise\">" REQUIRED("id") FIELD("made-at") FIELD("due-at")
                   FIELD("state") FIELD("customer") "</record></source-map>",
               "{\"id\":\"P-1\",\"made-at\":\"2025-01-02\",\"due-at\":\"2026-12-31\",\"customer\":\"ACME\"}\n"
               "{\"id\":\"P-2\",\"state\":\"open\"}\n"
               "{\"id\":\"P-1\",\"state\":\"kept\"}\n"
               "{\"id\":\"P-1\",\"due-at\":null}\n",
               &r);
    assert_rows(&r, 4, 4, 0);
    assert_int_equal(record_set_settle(r.kinds[RECORD_PROMISE], &f->diag), STATUS_OK);
    item = record_case_at(r.kinds[RECORD_PROMISE], 0);
    assert_int_equal(item.rows, 3);
    assert_int_equal(item.line, 4);
    assert_text(record_text(item.set, record_value(&item, PROMISE_STATE)), "kept");
    assert_text(record_text(item.set, record_value(&item, SLOT_CUSTOMER)), "ACME");
    assert_int_equal(record_value(&item, SLOT_PROMISE_MADE), 1735776000000000);
    assert_int_equal(record_value(&item, SLOT_PROMISED), VALUE_MISSING);
    item = record_case_at(r.kinds[RECORD_PROMISE], 1);
    assert_text(record_text(item.set, record_value(&item, PROMISE_STATE)), "open");
    assert_int_equal(record_value(&item, SLOT_CUSTOMER), VALUE_MISSING);
    reading_done(&r);
}

static void test_what_is_wrong_is_told_and_counted(void **state)
{
    struct fixture *f = *state;
    struct reading r;

    reading_of(f,
              MAP("<record kind=\"effort\">" FIELD("date") REQUIRED("customer") REQUIRED("hours")
                      FIELD("billed") "</record>"),
              "date,customer,hours,billed\n"
              "2025-01-02,ACME,1:30,no\n"
              "2025-01-02,,1.5,no\n"
              "2025-13-02,ACME,1.5,no\n"
              "2025-01-02,ACME,1.5,later\n"
              "2025-01-02,ACME,\"1,5\",no\n",
              &r);
    assert_rows(&r, 5, 1, 4);
    assert_int_equal(f->diag.by_rule[RULE_RECORD_NUMBER], 1);
    assert_int_equal(f->diag.by_rule[RULE_RECORD_REQUIRED], 1);
    assert_int_equal(f->diag.by_rule[RULE_RECORD_INSTANT], 1);
    assert_int_equal(f->diag.by_rule[RULE_RECORD_BOOLEAN], 1);
    assert_int_equal(record_case_count(r.kinds[RECORD_EFFORT]), 1);
    reading_done(&r);
}

/* --- what knows a record --- */

static void test_a_place_stands_for_an_id(void **state)
{
    struct reading r;

    reading_of(*state, MAP("<record kind=\"effort\">" FIELD("id") FIELD("hours") "</record>"),
              "id,hours\n,1\nE-7,2\n,1\n", &r);
    assert_rows(&r, 3, 3, 0);
    assert_true(r.accounting.tells_places);
    assert_text(record_case_at(r.kinds[RECORD_EFFORT], 0).id, "export.csv:2");
    assert_text(record_case_at(r.kinds[RECORD_EFFORT], 1).id, "E-7");
    assert_text(record_case_at(r.kinds[RECORD_EFFORT], 2).id, "export.csv:4");
    reading_done(&r);
}

static void test_rows_of_one_line_have_places_each(void **state)
{
    static const char map[] =
        "<source-map xmlns=\"urn:cfaudit:1\" id=\"document\" reader=\"json\">"
        "<title lang=\"en\">Test</title>"
        "<record kind=\"effort\">" FIELD("hours") "</record></source-map>";
    struct reading r;

    reading_of(*state, map, "[{\"hours\":1},{\"hours\":2.5},\n{\"hours\":\"3\"}]\n", &r);
    assert_rows(&r, 3, 3, 0);
    assert_text(record_case_at(r.kinds[RECORD_EFFORT], 0).id, "export.csv:1");
    assert_text(record_case_at(r.kinds[RECORD_EFFORT], 1).id, "export.csv:1.2");
    assert_text(record_case_at(r.kinds[RECORD_EFFORT], 2).id, "export.csv:2");
    reading_done(&r);
}

static void test_an_id_may_have_two_parts(void **state)
{
    struct reading r;
    struct record_case item;

    reading_of(*state,
              MAP("<record kind=\"register\">" REQUIRED("id")
                  "<field name=\"kind\"><column>kind</column><value from=\"rischio\" to=\"risk\"/>"
                  "</field></record>"),
              "id,kind\n1,rischio\n1,action\n1,risk\n1,\n", &r);
    assert_rows(&r, 4, 4, 0);
    assert_int_equal(record_case_count(r.kinds[RECORD_REGISTER]), 3);
    item = record_case_at(r.kinds[RECORD_REGISTER], 0);
    assert_text(item.id, "1 risk");
    assert_int_equal(item.rows, 2);
    reading_done(&r);
}

/* --- several kinds --- */

static void test_a_row_may_be_several_records(void **state)
{
    struct fixture *f = *state;
    struct reading r;
    struct record_case item;

    reading_of(f, MAP(TICKET SURVEY),
              "id,opened,rated,score\n"
              "T-1,2025-01-02,2025-01-03,good\n"
              "T-2,2025-01-02,,\n"
              "T-3,2025-01-02,2025-01-04,so so\n"
              ",2025-01-02,2025-01-05,bad\n"
              ",2025-01-02,,\n",
              &r);
    /* a bad score is told, and the ticket is a ticket all the same; a row without an id may still
       be an answer */
    assert_rows(&r, 5, 4, 1);
    assert_int_equal(f->diag.by_rule[RULE_RECORD_NUMBER], 1);
    assert_int_equal(f->diag.by_rule[RULE_RECORD_NO_ID], 2);
    assert_int_equal(record_case_count(r.tickets), 3);
    assert_int_equal(record_case_count(r.kinds[RECORD_SURVEY]), 2);
    item = record_case_at(r.kinds[RECORD_SURVEY], 0);
    assert_int_equal(record_value(&item, SURVEY_SCORE), 5000000);
    assert_text(record_text(item.set, record_value(&item, KIND_TICKET)), "T-1");
    item = record_case_at(r.kinds[RECORD_SURVEY], 1);
    assert_int_equal(record_value(&item, KIND_TICKET), VALUE_MISSING);
    reading_done(&r);
}

/* A kind whose column is not there makes no records, and the others are read. */
static void test_a_kind_may_be_absent(void **state)
{
    struct reading r;

    reading_of(*state, MAP(TICKET SURVEY), "id,opened\nT-1,2025-01-02\n", &r);
    assert_rows(&r, 1, 1, 0);
    assert_int_equal(record_case_count(r.tickets), 1);
    assert_int_equal(record_case_count(r.kinds[RECORD_SURVEY]), 0);
    reading_done(&r);
}

/* Without an id of its own a promise is something that is said of the ticket. */
static void test_what_a_ticket_carries(void **state)
{
    struct reading r;

    reading_of(*state,
              MAP("<record kind=\"ticket\">" REQUIRED("id") "</record>"
                  "<record kind=\"promise\">" FIELD("due-at") "</record>"),
              "id,due-at\nT-1,2025-01-02\n", &r);
    assert_rows(&r, 1, 1, 0);
    assert_true(record_has(r.tickets, SLOT_PROMISED));
    assert_int_equal(record_case_count(r.kinds[RECORD_PROMISE]), 0);
    reading_done(&r);
    reading_of(*state,
              MAP("<record kind=\"ticket\">" REQUIRED("id") "</record>"
                  "<record kind=\"promise\"><field name=\"id\"><column>promise</column></field>"
                      FIELD("due-at") "</record>"),
              "id,promise,due-at\nT-1,P-1,2025-01-02\nT-1,,\n", &r);
    assert_rows(&r, 2, 2, 0);
    assert_false(record_has(r.tickets, SLOT_PROMISED));
    assert_int_equal(record_case_count(r.kinds[RECORD_PROMISE]), 1);
    reading_done(&r);
}

static void test_what_a_map_makes(void **state)
{
    struct fixture *f = *state;
    struct source_map *map = NULL;

    put(f, MAP(TICKET SURVEY));
    assert_int_equal(source_map_load(&f->arena, &f->library, str_of(f->path), (struct str){NULL, 0},
                                     &f->diag, &map),
                     STATUS_OK);
    assert_true(record_map_feeds(map, RECORD_TICKET));
    assert_true(record_map_feeds(map, RECORD_SURVEY));
    assert_false(record_map_feeds(map, RECORD_INVOICE));
    put(f, MAP("<record kind=\"invoice\">" REQUIRED("id") "</record>"));
    assert_int_equal(source_map_load(&f->arena, &f->library, str_of(f->path), (struct str){NULL, 0},
                                     &f->diag, &map),
                     STATUS_OK);
    assert_false(record_map_feeds(map, RECORD_TICKET));
    assert_true(record_map_feeds(map, RECORD_INVOICE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_row_is_a_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_last_row_of_an_id_decides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_an_object_lacks_it_leaves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_wrong_is_told_and_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_place_stands_for_an_id, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rows_of_one_line_have_places_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_id_may_have_two_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_row_may_be_several_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_kind_may_be_absent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_a_ticket_carries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_a_map_makes, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
