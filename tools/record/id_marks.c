#include "record/id_marks.h"

#include <string.h>

/* Lists by the upper bits of the marks, about this long. */
enum { LIST_BITS_MOST = 12, LIST_LEN = 2048 };

static unsigned bits_for(size_t count)
{
    unsigned bits = 0;

    while (bits < LIST_BITS_MOST && count >> bits > LIST_LEN)
        bits++;
    return bits;
}

static size_t list_of(uint64_t mark, unsigned bits)
{
    return bits ? (size_t)(mark >> (64 - bits)) : 0;
}

/* The marks in order of their lists; list i begins at starts[i]. */
static void part(const struct id_marks *marks, unsigned bits, uint64_t *parted, size_t *starts)
{
    size_t lists = (size_t)1 << bits;
    size_t at = 0;
    size_t i;

    memset(starts, 0, (lists + 1) * sizeof *starts);
    for (i = 0; i < marks->count; i++)
        starts[list_of(marks->list[i], bits)]++;
    for (i = 0; i <= lists; i++) {
        size_t count = starts[i];

        starts[i] = at;
        at += count;
    }
    for (i = 0; i < marks->count; i++)
        parted[starts[list_of(marks->list[i], bits)]++] = marks->list[i];
    /* each start has moved to the end of its list, where the next one began */
    memmove(starts + 1, starts, lists * sizeof *starts);
    starts[0] = 0;
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

static size_t longest(const size_t *starts, size_t lists)
{
    size_t most = 0;
    size_t i;

    for (i = 0; i < lists; i++)
        most = starts[i + 1] - starts[i] > most ? starts[i + 1] - starts[i] : most;
    return most;
}

bool id_marks_repeat(const struct id_marks *marks, bool *ret_repeat)
{
    unsigned bits = bits_for(marks->count);
    size_t lists = (size_t)1 << bits;
    uint64_t *parted = mem_alloc(marks->count, sizeof *parted);
    size_t *starts = mem_alloc(lists + 1, sizeof *starts);
    uint64_t *table = NULL;
    size_t size = 16;
    size_t i;

    if (parted && starts) {
        part(marks, bits, parted, starts);
        while (size < 2 * longest(starts, lists))
            size *= 2;
        table = mem_alloc(size, sizeof *table);
    }
    if (table) {
        *ret_repeat = false;
        for (i = 0; i < lists && !*ret_repeat; i++)
            *ret_repeat =
                has_repeat(parted + starts[i], starts[i + 1] - starts[i], table, size);
    }
    mem_free(parted);
    mem_free(starts);
    mem_free(table);
    return table != NULL;
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
