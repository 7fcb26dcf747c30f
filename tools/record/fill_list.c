#include "record/fill_list.h"

#include "base/mem.h"

static bool make_room(struct fill_list *fills, size_t count)
{
    struct record_told *room = mem_resize(fills->room, count + 1, sizeof *room);
    struct fill_row *rows = mem_resize(fills->rows, count + 1, sizeof *rows);

    if (room)
        fills->room = room;
    if (rows)
        fills->rows = rows;
    if (!fills->scratch)
        fills->scratch = mem_alloc(1, fills->stride);
    return room && rows && fills->scratch;
}

bool fill_list_init(struct fill_list *fills, size_t stride)
{
    *fills = (struct fill_list){.stride = stride};
    return make_room(fills, 0);
}

void fill_list_done(struct fill_list *fills)
{
    size_t i;

    for (i = 0; i < fills->count; i++)
        case_table_done(&fills->list[i].rows);
    mem_free(fills->list);
    mem_free(fills->room);
    mem_free(fills->rows);
    mem_free(fills->scratch);
}

void fill_list_empty(struct fill_list *fills)
{
    size_t i;

    for (i = 0; i < fills->count; i++)
        case_table_done(&fills->list[i].rows);
}

static bool add(struct fill_list *fills, const struct slot_set *filled)
{
    size_t i = fills->count;

    if (!make_room(fills, i + 1) || !mem_grow(&fills->list, i, &fills->capacity, sizeof *fills->list))
        return false;
    fills->list[i].filled = *filled;
    case_table_init(&fills->list[i].rows, fills->stride);
    fills->count++;
    return true;
}

static bool is_empty(const struct slot_set *set)
{
    return set->bits[0] == 0 && set->bits[1] == 0;
}

/* Every slot of the set is filled alone by some number. */
static bool add_singly(struct fill_list *fills, const struct slot_set *filled)
{
    int slot;

    for (slot = 0; slot < SLOT_END; slot++) {
        struct slot_set one = {{0, 0}};

        if (!slot_set_has(filled, slot) || fills->singly[slot])
            continue;
        slot_set_add(&one, slot);
        if (!add(fills, &one))
            return false;
        fills->singly[slot] = (uint32_t)fills->count;
    }
    return true;
}

bool fill_list_number(struct fill_list *fills, const struct slot_set *filled, uint32_t *ret_number)
{
    size_t i;

    for (i = 0; i < fills->count; i++)
        if (memcmp(&fills->list[i].filled, filled, sizeof *filled) == 0)
            break;
    *ret_number = (uint32_t)i;
    if (i < fills->count)
        return true;
    if (fills->whole == FILLS_MOST && !is_empty(filled)) {
        *ret_number = FILL_SINGLY;
        return add_singly(fills, filled);
    }
    fills->whole += !is_empty(filled);
    return add(fills, filled);
}

struct case_row *fill_list_row(struct fill_list *fills, uint32_t number, const struct case_row *item,
                               bool *ret_is_new)
{
    struct str id = case_row_id(item);

    return case_table_add(&fills->list[number].rows, id, case_table_hash(id), ret_is_new);
}

struct case_row *fill_list_find(const struct fill_list *fills, uint32_t number,
                                const struct case_row *item)
{
    const struct case_table *rows = &fills->list[number].rows;
    size_t place;

    return case_table_find(rows, case_row_id(item), &place) ? case_table_row(rows, place) : NULL;
}

size_t fill_list_memory(const struct fill_list *fills)
{
    size_t bytes = 0;
    size_t i;

    for (i = 0; i < fills->count; i++)
        bytes += case_table_memory(&fills->list[i].rows);
    return bytes;
}
