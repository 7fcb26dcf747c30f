/*
 * Which slots the rows of a set fill, and the rows of cases of which several fill something else.
 *
 * Call: fill_list_init with the stride of the cases; fill_list_number for each source, or for each
 *       row that fills something else than the one before; fill_list_row for a row that fills what
 *       the first of its case does not; fill_list_done.
 * Owns: the list owns rows; they never move.
 * Errors: false or NULL when memory is out.
 * Units: none.
 * The first row of a case tells it itself what it fills. Of any other number a case has one more row,
 * found by its id, in which only what is told counts. Where more than FILLS_MOST different sets of
 * slots are filled, any further row stands for as many as it has slots, each of which is filled alone:
 * so there are never more numbers than slots and a few, whatever members objects have.
 * Threads: one list, one thread.
 */
#ifndef CFAUDIT_RECORD_FILL_LIST_H
#define CFAUDIT_RECORD_FILL_LIST_H

#include "record/case_table.h"
#include "record/share.h"

enum { FILLS_MOST = 16 };

/* Of a row that stands for several. */
static const uint32_t FILL_SINGLY = UINT32_MAX;

struct fill {
    struct slot_set filled;
    struct case_table rows;
};

/* What a case has of a number. */
struct fill_row {
    const struct case_row *row;
    const struct slot_set *filled;
};

struct fill_list {
    struct fill *list;
    size_t count;
    size_t capacity;
    size_t stride;
    size_t whole;                /* of several slots, or none */
    uint32_t singly[SLOT_END];   /* number of the slot alone, plus one; 0: it has none yet */
    struct record_told *room; /* for one case: of each number, and one more */
    struct fill_row *rows;    /* the same */
    struct case_row *scratch; /* one more row */
};

bool fill_list_init(struct fill_list *fills, size_t stride);
void fill_list_done(struct fill_list *fills);
/* Takes the rows out. */
void fill_list_empty(struct fill_list *fills);
/* Made, where it is the first that fills that. FILL_SINGLY: each of its slots has its number. */
bool fill_list_number(struct fill_list *fills, const struct slot_set *filled, uint32_t *ret_number);
static inline uint32_t fill_list_singly(const struct fill_list *fills, int slot)
{
    return fills->singly[slot] - 1;
}

/* The row of the case, made zeroed when new. */
struct case_row *fill_list_row(struct fill_list *fills, uint32_t number, const struct case_row *item,
                               bool *ret_is_new);
/* NULL: there is none. */
struct case_row *fill_list_find(const struct fill_list *fills, uint32_t number,
                                const struct case_row *item);
size_t fill_list_memory(const struct fill_list *fills);

#endif
