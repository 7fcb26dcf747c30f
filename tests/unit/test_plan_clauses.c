/* Clauses: numbers as keys, tables as they are shipped, and what a table must not be. */
#include "plan_fixture.h"

#include "plan/clause_table.h"

static void numbers_are_keys_in_their_order(void **state)
{
    static const char *const ordered[] = {"1",   "4",     "4.1",   "4.2",     "4.10",     "5",
                                          "8.2", "8.2.1", "8.2.3", "8.2.3.1", "8.2.3.10", "8.10",
                                          "10",  "10.2.1"};
    static const char *const refused[] = {"",     "0",     "8.",      ".8",    "8..2",
                                          "8.0",  "8.2a",  " 8",      "8.256", "a",
                                          "-1",   "8,2",   "8.2.1 b", "1.2.3.4.5.6.7.8.9"};
    size_t i;

    (void)state;
    for (i = 0; i + 1 < ARRAY_LEN(ordered); i++)
        assert_true(clause_key(str_of(ordered[i])) < clause_key(str_of(ordered[i + 1])));
    for (i = 0; i < ARRAY_LEN(refused); i++)
        if (clause_key(str_of(refused[i])))
            fail_msg("'%s' is taken for a clause", refused[i]);
    assert_int_equal(clause_key(STR("5.1.2")), UINT64_C(0x0501020000000000));
    assert_int_equal(clause_key(STR("1.2.3.4.5.6.7.8")), UINT64_C(0x0102030405060708));
}

static void a_part_is_known_by_its_number(void **state)
{
    uint64_t part = clause_key(STR("8.2.3.1"));

    (void)state;
    assert_int_equal(clause_parent(part), clause_key(STR("8.2.3")));
    assert_int_equal(clause_parent(clause_key(STR("8"))), 0);
    assert_int_equal(clause_parent(0), 0);
    assert_true(clause_is_part(part, clause_key(STR("8.2.3"))));
    assert_true(clause_is_part(part, clause_key(STR("8"))));
    assert_false(clause_is_part(part, part));
    assert_false(clause_is_part(part, clause_key(STR("8.2.4"))));
    assert_false(clause_is_part(clause_key(STR("8.20")), clause_key(STR("8.2"))));
    assert_false(clause_is_part(clause_key(STR("8.2")), part));
}

static struct clause_table *table_of(struct fixture *f, const char *edition)
{
    struct clause_table *table = NULL;

    assert_int_equal(
        clause_table_load(&f->arena, &f->library, str_of(edition), &f->diag, &table), STATUS_OK);
    assert_str(table->edition, edition);
    assert_str(table->standard, "ISO 9001");
    return table;
}

/* How many clauses of the one the other has not. */
static size_t without(const struct clause_table *table, const struct clause_table *other)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < table->count; i++)
        count += !clause_table_find(other, table->clauses[i].key);
    return count;
}

static void shipped_tables_differ_where_the_editions_do(void **state)
{
    struct fixture *f = *state;
    const struct clause_table *first = table_of(f, "2015");
    const struct clause_table *amended = table_of(f, "2015+A1");
    const struct clause_table *draft = table_of(f, "2026");
    const struct clause *clause;
    size_t i;

    assert_false(first->is_draft || amended->is_draft);
    assert_true(draft->is_draft);
    assert_int_equal(without(first, amended) + without(amended, first), 0);
    assert_int_equal(without(draft, amended), 1);
    assert_non_null(clause_table_find(draft, clause_key(STR("6.1.3"))));
    assert_int_equal(without(amended, draft), 1);
    assert_null(clause_table_find(draft, clause_key(STR("10.3"))));
    for (i = 0; i < first->count; i++) {
        clause = &first->clauses[i];
        assert_int_equal(clause->key, clause_key(clause->number));
        assert_ptr_equal(clause_table_find(first, clause->key), clause);
        assert_true(clause->title.in[LANG_EN].len && clause->title.in[LANG_IT].len);
        assert_int_equal(clause->has_requirements, str_compare(clause->number, STR("4")) >= 0 ||
                                                       clause->number.len > 1);
    }
    assert_null(clause_table_find(first, clause_key(STR("5.1.3"))));
    assert_null(clause_table_find(first, 0));
}

static enum status load(struct fixture *f, const char *clauses, struct clause_table **ret_table)
{
    char text[2000];

    snprintf(text, sizeof text,
             "<clause-table xmlns='urn:cfaudit:1' id='own' standard='Own' edition='2026'>\n"
             "<title lang='en'>Own</title>\n%s</clause-table>", clauses);
    put(f, text);
    return clause_table_read(&f->arena, &f->library, str_of(f->path), (struct str){NULL, 0},
                             &f->diag, ret_table);
}

#define CLAUSE(number) "<clause number='" number "'><title lang='en'>x</title></clause>\n"

static void tables_run_in_order_and_leave_nothing_out(void **state)
{
    struct fixture *f = *state;
    struct clause_table *table = NULL;

    assert_int_equal(load(f, CLAUSE("8") CLAUSE("8.2") CLAUSE("8.10") CLAUSE("10"), &table),
                     STATUS_OK);
    assert_int_equal(table->count, 4);
    assert_false(table->is_draft);
    assert_str(words_in(&table->title, LANG_IT), "Own");
    assert_refused(f, load(f, CLAUSE("8") CLAUSE("8.10") CLAUSE("8.2"), &table), RULE_CLAUSE_ORDER,
                   5, 9, "clause out of order: '8.2' stands behind '8.10'");
    assert_refused(f, load(f, CLAUSE("8") CLAUSE("9.1"), &table), RULE_CLAUSE_ORDER, 4, 9,
                   "clause out of order: '9.1' is a part of no clause");
    assert_refused(f, load(f, CLAUSE("8") CLAUSE("8.0"), &table), RULE_CLAUSE_ORDER, 4, 9,
                   "clause out of order: '8.0' has a group that is zero");
    assert_refused(f, load(f, CLAUSE("8") CLAUSE("08"), &table), RULE_CLAUSE_ORDER, 4, 9,
                   "clause out of order: '08' stands behind '8'");
}

static void an_edition_without_a_table_is_told(void **state)
{
    struct fixture *f = *state;
    struct clause_table *table = NULL;

    diag_done(&f->diag);
    assert_int_equal(clause_table_load(&f->arena, &f->library, STR("2008"), &f->diag, &table),
                     STATUS_USAGE);
    assert_null(table);
    assert_str(f->diag.list[0].text, "no such document: 'clauses-2008'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_keys_in_their_order),
        cmocka_unit_test(a_part_is_known_by_its_number),
        cmocka_unit_test(shipped_tables_differ_where_the_editions_do),
        cmocka_unit_test(tables_run_in_order_and_leave_nothing_out),
        cmocka_unit_test(an_edition_without_a_table_is_told),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
