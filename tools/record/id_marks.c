#include "record/id_marks.h"

#include <string.h>

#include "base/mem.h"

bool id_marks_add(struct id_marks *marks, uint64_t hash)
{
    struct id_mark_list *list = &marks->lists[hash >> (64 - ID_MARK_BITS)];

    if (list->count == list->capacity) {
        size_t before = list->capacity;

        if (!mem_grow(&list->marks, list->count, &list->capacity, sizeof *list->marks))
            return false;
        marks->bytes += (list->capacity - before) * sizeof *list->marks;
    }
    list->marks[list->count++] = hash;
    marks->count++;
    return true;
}

/* Puts the marks of a list into a table of at least twice their number. */
static bool has_repeat(const struct id_mark_list *list, uint64_t *table, size_t size)
{
    bool has_zero = false;
    size_t i;

    memset(table, 0, size * sizeof *table);
    for (i = 0; i < list->count; i++) {
        uint64_t mark = list->marks[i];
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

bool id_marks_repeat(const struct id_marks *marks, bool *ret_repeat)
{
    size_t most = 0;
    size_t size = 16;
    uint64_t *table;
    size_t i;

    for (i = 0; i < ID_MARK_LISTS; i++)
        most = marks->lists[i].count > most ? marks->lists[i].count : most;
    while (size < 2 * most)
        size *= 2;
    table = mem_alloc(size, sizeof *table);
    if (!table)
        return false;
    *ret_repeat = false;
    for (i = 0; i < ID_MARK_LISTS && !*ret_repeat; i++)
        *ret_repeat = has_repeat(&marks->lists[i], table, size);
    mem_free(table);
    return true;
}

void id_marks_done(struct id_marks *marks)
{
    size_t i;

    for (i = 0; i < ID_MARK_LISTS; i++)
        mem_free(marks->lists[i].marks);
    memset(marks, 0, sizeof *marks);
}

size_t id_marks_memory(const struct id_marks *marks)
{
    return marks->bytes;
}
