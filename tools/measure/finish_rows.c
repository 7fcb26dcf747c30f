/* Rows of a breakdown. */
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "measure/finish.h"
#include "record/decimal.h"

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
    enum field_type type =
        slot >= SLOT_COUNT ? FIELD_TEXT : slot_type(f->state->measure->kind, slot);
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
    case FIELD_NUMBER:
        break;
    }
    buf_init(&buf, 64);
    if (type == FIELD_NUMBER)
        decimal_write(value, &buf);
    else
        instant_format(instant, &buf);
    text = arena_str(f->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static struct str level_text(const struct finisher *f, int32_t level)
{
    const struct sla_document *sla = f->state->context->sla;

    BUG_IF(!sla || (size_t)level >= sla->level_count);
    return arena_str(f->arena, sla->levels[level].id);
}

/* One group and its key; *count counts those that have one. */
static bool add_key(const struct finisher *f, size_t by, const struct group *group,
                    struct keyed_group *keyed, size_t *count)
{
    const struct measure_context *context = f->state->context;
    struct keyed_group *into = &keyed[*count];

    if (by < context->by_count)
        into->key = key_text(f, context->by_slots[by], group->key.values[by]);
    else if (group->key.level < 0)
        return true;
    else
        into->key = level_text(f, group->key.level);
    into->group = group;
    *count += 1;
    return into->key.ptr != NULL;
}

/* The groups in order of their key. */
static struct keyed_group *sort_by_key(const struct finisher *f, size_t by, size_t *ret_count)
{
    struct keyed_group *keyed = mem_alloc(f->group_count, sizeof *keyed);
    size_t count = 0;
    size_t i;

    for (i = 0; keyed && i < f->group_count; i++)
        if (!add_key(f, by, f->groups[i], keyed, &count)) {
            mem_free(keyed);
            return NULL;
        }
    if (keyed)
        qsort(keyed, count, sizeof *keyed, compare_keys);
    *ret_count = count;
    return keyed;
}

static size_t keys_in(const struct keyed_group *keyed, size_t count)
{
    size_t keys = 0;
    size_t i;

    for (i = 0; i < count; i++)
        keys += i == 0 || !str_equal(keyed[i - 1].key, keyed[i].key);
    return keys;
}

/* The groups of keyed[first, end) as one row. */
static bool add_row(const struct finisher *f, size_t by, const struct keyed_group *keyed,
                    size_t first, size_t end, bool with_series, struct figure *row)
{
    const struct measure_context *context = f->state->context;
    struct finisher part = *f;
    const struct group **groups = mem_alloc(end - first, sizeof *groups);
    bool done;
    size_t i;

    if (!groups)
        return false;
    for (i = first; i < end; i++)
        groups[i - first] = keyed[i].group;
    part.groups = groups;
    part.group_count = end - first;
    part.level = by == context->by_count ? keyed[first].group->key.level : NO_LEVEL;
    done = finish_figure(&part, 0, part.group_count, row) &&
           (!with_series || finish_series(&part, row)) && finish_last(&part, row);
    row->key = keyed[first].key;
    row->by = by == context->by_count ? STR("level") : context->by[by];
    mem_free(groups);
    return done;
}

bool breakdown_begin(const struct finisher *f, size_t by, struct figure *figure,
                struct breakdown_walk *ret_walk)
{
    bool is_level = by == f->state->context->by_count;
    struct figure *rows;
    size_t keys;

    *ret_walk = (struct breakdown_walk){.by = by};
    ret_walk->keyed = sort_by_key(f, by, &ret_walk->count);
    if (!ret_walk->keyed)
        return false;
    if (ret_walk->count == 0)
        return true;
    keys = keys_in(ret_walk->keyed, ret_walk->count);
    ret_walk->with_series = finish_variant_of(f)->has_series &&
                            (is_level || finish_variant_of(f)->series_by);
    if (ret_walk->with_series && keys * figure->series_count > LIMIT_ROW_PERIODS) {
        ret_walk->with_series = false;
        if (!figure->note.ptr)
            figure->note = STR("rows of a breakdown have no series: too many rows and periods");
    }
    rows = arena_alloc(f->arena, figure->breakdown_count + keys, sizeof *rows);
    if (rows && figure->breakdown_count)
        memcpy(rows, figure->breakdown, figure->breakdown_count * sizeof *rows);
    figure->breakdown = rows;
    return rows != NULL;
}

struct str breakdown_next_key(const struct breakdown_walk *walk)
{
    return walk->keyed[walk->first].key;
}

bool breakdown_next(const struct finisher *f, struct breakdown_walk *walk, struct figure *figure)
{
    const struct keyed_group *keyed = walk->keyed;
    size_t first = walk->first;
    size_t end = first + 1;

    while (end < walk->count && str_equal(keyed[end].key, keyed[first].key))
        end++;
    if (!add_row(f, walk->by, keyed, first, end, walk->with_series,
                 &figure->breakdown[figure->breakdown_count]))
        return false;
    figure->breakdown_count++;
    walk->first = end;
    return true;
}

void breakdown_done(struct breakdown_walk *walk)
{
    mem_free(walk->keyed);
}
