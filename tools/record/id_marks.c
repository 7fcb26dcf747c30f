#include "record/id_marks.h"

#include <string.h>

/* Parts by the upper bits of the marks, about this long. */
enum { PART_BITS_MOST = 12, PART_LEN = 2048 };

static unsigned bits_for(size_t count)
{
    unsigned bits = 0;

    while (bits < PART_BITS_MOST && count >> bits > PART_LEN)
        bits++;
    return bits;
}

static size_t part_of(uint64_t mark, unsigned bits)
{
    return bits ? (size_t)(mark >> (64 - bits)) : 0;
}

/* All the marks, parted by their upper bits. */
struct parting {
    unsigned bits;
    uint64_t *marks;
    size_t *starts; /* part i begins at starts[i] */
};

static void count_parts(struct parting *parting, const struct id_marks *marks)
{
    size_t i;

    for (i = 0; i < marks->count; i++)
        parting->starts[part_of(marks->list[i], parting->bits)]++;
}

static void put_parts(struct parting *parting, const struct id_marks *marks)
{
    size_t i;

    for (i = 0; i < marks->count; i++)
        parting->marks[parting->starts[part_of(marks->list[i], parting->bits)]++] = marks->list[i];
}

static void part(struct parting *parting, const struct id_marks *const *lists, size_t list_count)
{
    size_t parts = (size_t)1 << parting->bits;
    size_t at = 0;
    size_t i;

    for (i = 0; i < list_count; i++)
        count_parts(parting, lists[i]);
    for (i = 0; i <= parts; i++) {
        size_t count = parting->starts[i];

        parting->starts[i] = at;
        at += count;
    }
    for (i = 0; i < list_count; i++)
        put_parts(parting, lists[i]);
    /* each start has moved to the end of its part, where the next one began */
    memmove(parting->starts + 1, parting->starts, parts * sizeof *parting->starts);
    parting->starts[0] = 0;
}

/* Puts the marks of a list into a table of at least twice their number. */
static bool has_repeat(const uint64_t *marks, size_t count, uint64_t *table, size_t size)
{
    bool has_zero = false;
    size_t i;

    memset(table, 0, size * sizeof *table);
    for (i = 0; i < count; i++) {
        uint64_t mark = marks[i];
        size_t at = (size_t)mark & (size - 1);

        if (mark == 0) {
            if (has_zero)
                return true;
            has_zero = true;
            continue;
        }
        while (table[at] != 0) {
            if (table[at] == mark)
                return true;
            at = (at + 1) & (size - 1);
        }
        table[at] = mark;
    }
    return false;
}

static size_t longest(const struct parting *parting)
{
    size_t most = 0;
    size_t i;

    for (i = 0; i < (size_t)1 << parting->bits; i++)
        most = parting->starts[i + 1] - parting->starts[i] > most
                   ? parting->starts[i + 1] - parting->starts[i]
                   : most;
    return most;
}

/* False when memory is out. */
static bool look_through(const struct parting *parting, bool *ret_repeat)
{
    uint64_t *table;
    size_t size = 16;
    size_t i;

    while (size < 2 * longest(parting))
        size *= 2;
    table = mem_alloc(size, sizeof *table);
    if (!table)
        return false;
    *ret_repeat = false;
    for (i = 0; i < (size_t)1 << parting->bits && !*ret_repeat; i++)
        *ret_repeat = has_repeat(parting->marks + parting->starts[i],
                                 parting->starts[i + 1] - parting->starts[i], table, size);
    mem_free(table);
    return true;
}

bool id_marks_repeat(const struct id_marks *const *lists, size_t list_count, bool *ret_repeat)
{
    struct parting parting;
    size_t count = 0;
    bool done = false;
    size_t i;

    for (i = 0; i < list_count; i++)
        count += lists[i]->count;
    parting.bits = bits_for(count);
    parting.marks = mem_alloc(count, sizeof *parting.marks);
    parting.starts = mem_alloc(((size_t)1 << parting.bits) + 1, sizeof *parting.starts);
    if (parting.marks && parting.starts) {
        part(&parting, lists, list_count);
        done = look_through(&parting, ret_repeat);
    }
    mem_free(parting.marks);
    mem_free(parting.starts);
    return done;
}

void id_marks_done(struct id_marks *marks)
{
    mem_free(marks->list);
    memset(marks, 0, sizeof *marks);
}

size_t id_marks_memory(const struct id_marks *marks)
{
    return marks->capacity * sizeof *marks->list;
}
