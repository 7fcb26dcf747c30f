/* Rows of a breakdown, and the months of a series. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "measure/finish.h"

/* --- rows of a breakdown --- */

struct keyed_group {
    struct str key;
    const struct group *group;
};

static int compare_keys(const void *a, const void *b)
{
    const struct keyed_group *left = a;
    const struct keyed_group *right = b;

    return str_compare(left->key, right->key);
}

static struct str key_text(const struct finisher *f, int slot, int64_t value)
{
    enum field_type type = slot >= SLOT_COUNT ? FIELD_TEXT : slot_type(slot);
    struct instant instant = {value};
    struct str text;
    struct buf buf;

    if (value == VALUE_MISSING)
        return STR("");
    if (slot == SLOT_GROUP && value == KEY_MERGED)
        return STR("groups of fewer than five people");
    switch (type) {
    case FIELD_TEXT:
    case FIELD_PERSON:
        return arena_str(f->arena, record_text(f->state->context->set, value));
    case FIELD_BOOLEAN:
        return value ? STR("true") : STR("false");
    case FIELD_INTEGER:
        return arena_format(f->arena, "%lld", (long long)value);
    case FIELD_INSTANT:
        break;
    }
    buf_init(&buf, 64);
    instant_format(instant, &buf);
    text = arena_str(f->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

/* Groups in order of their key, one row for each key; appended to the figure's breakdown. */
bool finish_rows(struct finisher *f, size_t by, struct figure *figure)
{
    const struct measure_context *context = f->state->context;
    struct keyed_group *keyed = mem_alloc(f->group_count, sizeof *keyed);
    struct figure *rows;
    size_t keys = 0;
    size_t first;
    size_t i;

    if (!keyed)
        return false;
    for (i = 0; i < f->group_count; i++) {
        keyed[i].group = f->groups[i];
        keyed[i].key = key_text(f, context->by_slots[by], f->groups[i]->key.values[by]);
        if (!keyed[i].key.ptr) {
            mem_free(keyed);
            return false;
        }
    }
    qsort(keyed, f->group_count, sizeof *keyed, compare_keys);
    for (i = 0; i < f->group_count; i++) {
        f->groups[i] = keyed[i].group;
        keys += i == 0 || !str_equal(keyed[i - 1].key, keyed[i].key);
    }
    rows = arena_alloc(f->arena, figure->breakdown_count + keys, sizeof *rows);
    if (rows && figure->breakdown_count)
        memcpy(rows, figure->breakdown, figure->breakdown_count * sizeof *rows);
    figure->breakdown = rows;
    for (first = 0; rows && first < f->group_count; first = i) {
        struct figure *row = &rows[figure->breakdown_count];

        for (i = first + 1; i < f->group_count && str_equal(keyed[i].key, keyed[first].key); i++)
            continue;
        if (!finish_figure(f, first, i, false, row))
            break;
        row->key = keyed[first].key;
        row->by = context->by[by];
        figure->breakdown_count++;
    }
    mem_free(keyed);
    return rows && first >= f->group_count;
}

/* --- series --- */

static int compare_months(const void *a, const void *b)
{
    int32_t left = (*(const struct group *const *)a)->key.month;
    int32_t right = (*(const struct group *const *)b)->key.month;

    return (left > right) - (left < right);
}

/* Every month between the first and the last, also those without a case. */
bool finish_series(struct finisher *f, struct figure *figure)
{
    size_t first = 0;
    size_t end;
    int32_t month;

    if (f->group_count == 0)
        return true;
    qsort(f->groups, f->group_count, sizeof *f->groups, compare_months);
    while (first < f->group_count && f->groups[first]->key.month == NO_MONTH)
        first++;
    if (first == f->group_count)
        return true;
    figure->series_count =
        (size_t)(f->groups[f->group_count - 1]->key.month - f->groups[first]->key.month + 1);
    figure->series = arena_alloc(f->arena, figure->series_count, sizeof *figure->series);
    if (!figure->series)
        return false;
    for (month = f->groups[first]->key.month; first < f->group_count; month++) {
        struct figure *row = &figure->series[month - (f->groups[f->group_count - 1]->key.month -
                                                      (int32_t)figure->series_count + 1)];

        for (end = first; end < f->group_count && f->groups[end]->key.month == month; end++)
            continue;
        if (!finish_figure(f, first, end, false, row))
            return false;
        row->by = STR("month");
        row->key = arena_format(f->arena, "%04d-%02d", (int)(month / 12), (int)(month % 12 + 1));
        if (!row->key.ptr)
            return false;
        first = end;
    }
    return true;
}
