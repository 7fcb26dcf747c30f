#include "measure/condition.h"

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

static bool is_number(int slot)
{
    return slot < SLOT_COUNT && slot_type(slot) != FIELD_TEXT && slot_type(slot) != FIELD_PERSON;
}

bool condition_holds(const struct record_set *set, const struct condition *condition, int slot,
                     int64_t value)
{
    struct str text;
    int64_t wanted;
    int order;

    if (str_is(condition->comparison, "missing"))
        return value == VALUE_MISSING;
    if (str_is(condition->comparison, "present"))
        return value != VALUE_MISSING;
    if (value == VALUE_MISSING)
        return str_is(condition->comparison, "ne");
    if (is_number(slot)) {
        if (str_is(condition->value, "true") || str_is(condition->value, "false"))
            wanted = str_is(condition->value, "true");
        else if (!str_to_int64(condition->value, &wanted))
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
