#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "record/case_table.h"

static struct str id_of(char *text, size_t size, size_t number)
{
    int len = snprintf(text, size, "T-%zu", number * 7919);

    return (struct str){text, (size_t)len};
}

/* More rows than some blocks of chunks have: none moves, each is found by its id and number. */
static void rows_stay_where_they_are(void **state)
{
    enum { ROWS = 21 * CASE_CHUNK + 5, STRIDE = 72 };
    struct case_table table;
    char text[32];
    struct case_row *early = NULL;
    bool is_new;
    size_t number;
    size_t i;

    (void)state;
    case_table_init(&table, STRIDE);
    for (i = 0; i < ROWS; i++) {
        struct str id = id_of(text, sizeof text, i);
        struct case_row *row = case_table_add(&table, id, case_table_hash(id), &is_new);

        assert_non_null(row);
        assert_true(is_new);
        assert_int_equal(row->last_at, 0);
        row->last_at = (int64_t)i + 1;
        early = early ? early : row;
    }
    assert_ptr_equal(early, case_table_row(&table, 0));
    for (i = 0; i < ROWS; i++) {
        struct str id = id_of(text, sizeof text, i);

        assert_true(case_table_find(&table, id, &number));
        assert_int_equal(number, i);
        assert_int_equal(case_table_row(&table, i)->last_at, (int64_t)i + 1);
        assert_true(str_equal(case_row_id(case_table_row(&table, i)), id));
    }
    assert_false(case_table_find(&table, id_of(text, sizeof text, ROWS), &number));
    assert_true(case_table_memory(&table) >= (size_t)ROWS * STRIDE);
    case_table_done(&table);
}

/* What is counted is what is in use, not what stands by. */
static void memory_is_that_of_chunks_begun(void **state)
{
    enum { STRIDE = 64 };
    struct case_table table;
    char text[32];
    bool is_new;
    size_t chunks;
    size_t i;

    (void)state;
    case_table_init(&table, STRIDE);
    assert_int_equal(case_table_memory(&table), 0);
    for (i = 0; i < 5 * CASE_CHUNK; i++) {
        struct str id = id_of(text, sizeof text, i);

        assert_non_null(case_table_add(&table, id, case_table_hash(id), &is_new));
        chunks = i / CASE_CHUNK + 1;
        assert_int_equal(case_table_memory(&table), table.ids.total +
                                                        table.slot_count * sizeof *table.slots +
                                                        chunks * CASE_CHUNK * STRIDE);
    }
    case_table_done(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stay_where_they_are),
        cmocka_unit_test(memory_is_that_of_chunks_begun),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
