/*
 * Which slots the sources of a set fill, and the rows of cases that more than one of them tells of.
 *
 * Call: fill_list_init with the stride of the cases; fill_list_number for each source; fill_list_row
 *       for a row that fills what the first source does not; fill_list_done.
 * Owns: the list owns rows; they never move.
 * Errors: false or NULL when memory is out.
 * Units: none.
 * Nearly always all sources of a set fill the same: number 0, whose rows are the cases themselves. Of
 * any other number a case has one more row, found by its id, in which only what is told counts.
 * Threads: one list, one thread.
 */
#ifndef CFAUDIT_RECORD_FILL_LIST_H
#define CFAUDIT_RECORD_FILL_LIST_H

#include "record/case_table.h"
#include "record/share.h"

struct fill {
    struct slot_set filled;
    struct case_table rows; /* none, of number 0 */
};

struct fill_list {
    struct fill *list;
    size_t count;
    size_t capacity;
    size_t stride;
    struct record_told *room; /* for one case: of each number, and one more */
    struct case_row *scratch; /* one more row */
};

bool fill_list_init(struct fill_list *fills, size_t stride);
void fill_list_done(struct fill_list *fills);
/* Takes the rows out. */
void fill_list_empty(struct fill_list *fills);
/* Made, where it is the first that fills that. */
bool fill_list_number(struct fill_list *fills, const struct slot_set *filled, uint32_t *ret_number);
/* The row of the case, made zeroed when new; the number is none but 0. */
struct case_row *fill_list_row(struct fill_list *fills, uint32_t number, const struct case_row *item,
                               bool *ret_is_new);
/* NULL: there is none. */
struct case_row *fill_list_find(const struct fill_list *fills, uint32_t number,
                                const struct case_row *item);
size_t fill_list_memory(const struct fill_list *fills);

#endif
