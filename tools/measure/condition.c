#include "measure/condition.h"

#include "record/decimal.h"

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static bool in_list(struct str list, struct str text)
{
    struct str part;

    while (str_split(&list, ',', &part))
        if (str_equal(str_trim(part), text))
            return true;
    return false;
}

static bool is_number(enum record_kind kind, int slot)
{
    enum field_type type = slot < SLOT_COUNT ? slot_type(kind, slot) : FIELD_TEXT;

    return type != FIELD_TEXT && type != FIELD_PERSON;
}

/* What a number is compared with, in the unit of the slot. */
static bool read_wanted(enum record_kind kind, int slot, struct str text, int64_t *ret_wanted)
{
    if (slot_type(kind, slot) == FIELD_NUMBER)
        return decimal_read(text, '.', ret_wanted, NULL);
    if (str_is(text, "true") || str_is(text, "false")) {
        *ret_wanted = str_is(text, "true");
        return true;
    }
    return str_to_int64(text, ret_wanted);
}

bool condition_holds(const struct record_set *set, const struct condition *condition, int slot,
                     int64_t value)
{
    enum record_kind kind = record_set_kind(set);
    struct str text;
    int64_t wanted;
    int order;

    if (str_is(condition->comparison, "missing"))
        return value == VALUE_MISSING;
    if (str_is(condition->comparison, "present"))
        return value != VALUE_MISSING;
    if (value == VALUE_MISSING)
        return str_is(condition->comparison, "ne");
    if (is_number(kind, slot)) {
        if (!read_wanted(kind, slot, condition->value, &wanted))
            return str_is(condition->comparison, "ne");
        order = compare_numbers(value, wanted);
    } else {
        text = record_text(set, value);
        if (str_is(condition->comparison, "in"))
            return in_list(condition->value, text);
        order = str_compare(text, condition->value);
    }
    if (str_is(condition->comparison, "eq"))
        return order == 0;
    if (str_is(condition->comparison, "ne"))
        return order != 0;
    if (str_is(condition->comparison, "lt"))
        return order < 0;
    if (str_is(condition->comparison, "le"))
        return order <= 0;
    if (str_is(condition->comparison, "gt"))
        return order > 0;
    return order >= 0;
}
