/* The tables of record kinds, and the decimal numbers that some of their fields are. */
#include "unit.h"

#include "base/mem.h"
#include "record/decimal.h"
#include "record/record.h"

/* --- tables --- */

static void test_models_stand_in_the_order_of_kinds(void **state)
{
    int kind;
    size_t i;

    (void)state;
    assert_int_equal(record_model_count, RECORD_KIND_COUNT + 1);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        assert_int_equal(record_models[kind]->kind, kind);
        assert_ptr_equal(record_model_find(str_of(record_models[kind]->name)),
                         record_models[kind]);
        assert_true(record_models[kind]->title.in[LANG_EN].len > 0);
        assert_true(record_models[kind]->title.in[LANG_IT].len > 0);
    }
    for (i = 0; i < record_model_count; i++)
        assert_true(record_models[i]->field_count > 0);
}

/* Every field has a name and a place of its own, and what a kind shares with tickets has the type
   that it has there. */
static void test_fields_have_a_place_each(void **state)
{
    size_t k;
    size_t i;
    size_t j;

    (void)state;
    for (k = 0; k < record_model_count; k++) {
        const struct record_model *model = record_models[k];

        for (i = 0; i < model->field_count; i++) {
            const struct record_field *field = &model->fields[i];
            const struct record_field *shared =
                field->slot < SLOT_KIND ? slot_field(RECORD_TICKET, field->slot) : NULL;

            assert_true(field->slot != SLOT_KIND || model->kind == RECORD_TICKET ||
                        str_is(str_of(field->name), "ticket"));
            assert_true(field->slot < SLOT_COUNT || field->slot > SLOT_COUNT);
            assert_true(field->slot <= SLOT_NONE);
            if (shared)
                assert_int_equal(shared->type, field->type);
            for (j = 0; j < i; j++) {
                assert_string_not_equal(model->fields[j].name, field->name);
                assert_true(model->fields[j].slot != field->slot || field->slot == SLOT_NONE);
            }
        }
    }
}

static void test_a_part_of_an_id_is_a_field(void **state)
{
    size_t k;

    (void)state;
    for (k = 0; k < RECORD_KIND_COUNT; k++)
        if (record_models[k]->second)
            assert_non_null(record_field_find(record_models[k], str_of(record_models[k]->second)));
}

static void test_a_case_field_is_one_of_its_kind(void **state)
{
    (void)state;
    assert_int_equal(record_case_field(RECORD_SURVEY, STR("score"))->slot, SURVEY_SCORE);
    assert_null(record_case_field(RECORD_TICKET, STR("score")));
    assert_null(record_case_field(RECORD_SURVEY, STR("id")));
    assert_int_equal(record_case_field(RECORD_TICKET, STR("due-at"))->slot, SLOT_PROMISED);
    assert_int_equal(record_case_field(RECORD_TICKET, STR("met"))->slot, SLOT_MET);
    assert_null(record_case_field(RECORD_TICKET, STR("target-seconds")));
    assert_true(slot_is_planned(RECORD_TICKET, SLOT_DUE));
    assert_false(slot_is_planned(RECORD_TICKET, SLOT_CLOSED));
    assert_true(slot_is_planned(RECORD_PROMISE, PROMISE_NEW_DUE));
    assert_int_equal(slot_type(RECORD_EFFORT, EFFORT_HOURS), FIELD_NUMBER);
    assert_int_equal(slot_type(RECORD_TICKET, SLOT_FIRST_SOLVED), FIELD_INSTANT);
    assert_true(record_kind_slots(RECORD_SURVEY) >> SURVEY_SCORE & 1);
    assert_false(record_kind_slots(RECORD_SURVEY) >> SLOT_OPENED & 1);
}

/* --- numbers --- */

static void assert_number(const char *text, char mark, int64_t expected, bool is_cut)
{
    int64_t value = 0;
    bool cut = false;

    assert_true(decimal_read(str_of(text), mark, &value, &cut));
    assert_int_equal(value, expected);
    assert_int_equal(cut, is_cut);
}

static void assert_no_number(const char *text, char mark)
{
    int64_t value = 0;

    assert_false(decimal_read(str_of(text), mark, &value, NULL));
}

static void test_numbers_are_exact(void **state)
{
    (void)state;
    assert_number("7.5", '.', 7500000, false);
    assert_number("0.1", '.', 100000, false);
    assert_number("-12", '.', -12000000, false);
    assert_number("+3.000001", '.', 3000001, false);
    assert_number("59249.69634832202", '.', 59249696348, true);
    assert_number("1.23000000", '.', 1230000, false);
    assert_number("999999999999.999999", '.', 999999999999999999, false);
}

static void test_a_comma_may_stand_for_the_point(void **state)
{
    (void)state;
    assert_number("7,5", '.', 7500000, false);
    assert_number("12,50", '.', 12500000, false);
    assert_number("0,1234", '.', 123400, false);
    assert_no_number("1,234", '.'); /* a thousand and more, or one and a bit */
    assert_number("1,234", ',', 1234000, false);
    assert_number("1.234,5", ',', 1234500000, false);
    assert_number("1.234.567", ',', 1234567000000, false);
    assert_number("7", ',', 7000000, false);
    assert_no_number("1.5", ','); /* groups have three digits */
    assert_no_number("1.2345", ',');
    assert_no_number("1234.567", ',');
}

static void test_what_is_no_number(void **state)
{
    static const char *const texts[] = {"",     "-",  ".5",  "5.",   "1.2.3", "1,2,3", "7.5 h",
                                        "1e3", "0x1", "--1", "1 000", "inf",   "1234567890123"};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(texts); i++) {
        assert_no_number(texts[i], '.');
        assert_no_number(texts[i], ',');
    }
}

/* What is written reads back as the same. */
static void test_numbers_are_written_as_they_read(void **state)
{
    static const int64_t values[] = {0,       1,        -1,       7500000,
                                     -100000, 12000000, 59249696348, 999999999999999999};
    static const char *const texts[] = {"0",    "0.000001", "-0.000001",   "7.5",
                                        "-0.1", "12",       "59249.696348", "999999999999.999999"};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(values); i++) {
        struct buf out;
        int64_t back = 0;

        buf_init(&out, 64);
        decimal_write(values[i], &out);
        assert_string_equal(out.bytes, texts[i]);
        assert_true(decimal_read(buf_str(&out), '.', &back, NULL));
        assert_int_equal(back, values[i]);
        buf_done(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_models_stand_in_the_order_of_kinds),
        cmocka_unit_test(test_fields_have_a_place_each),
        cmocka_unit_test(test_a_part_of_an_id_is_a_field),
        cmocka_unit_test(test_a_case_field_is_one_of_its_kind),
        cmocka_unit_test(test_numbers_are_exact),
        cmocka_unit_test(test_a_comma_may_stand_for_the_point),
        cmocka_unit_test(test_what_is_no_number),
        cmocka_unit_test(test_numbers_are_written_as_they_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
