/*
 * Numbers of the combinations of breakdown values and a period, so that a loop over many cases
 * looks at one number where there are many values.
 *
 * Call: group_numbers_init; for each case group_number_step for one value after the other, the
 *       first with a number of 0, each of the others with that of the step before;
 *       group_numbers_values of the last; group_numbers_done.
 * Owns: the numbers own copies of the values.
 * Errors: false or GROUP_NUMBER_NONE when memory is out.
 * Units: the numbers of each step count from 0 in order of first appearance.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_MEASURE_GROUP_NUMBERS_H
#define CFAUDIT_MEASURE_GROUP_NUMBERS_H

#include "measure/group_table.h"

static const uint32_t GROUP_NUMBER_NONE = UINT32_MAX;

/* A value behind a combination of others, by its number. */
struct number_pair {
    int64_t value;
    uint32_t before;
    uint32_t number; /* of both together, plus one; 0: free */
};

/* Near the first value and behind the first combinations a look at one place is enough: months,
   priorities and the like are few, and stand close together. */
enum { NEAR_NUMBERS = 4096, NEAR_BEHIND = 32 };

struct number_near {
    int64_t first;   /* the value of the first column */
    uint32_t width;  /* columns; 0: there is no value yet */
    uint32_t behind; /* rows */
};

struct number_step {
    struct number_near near;
    uint32_t near_numbers[NEAR_NUMBERS]; /* plus one, by `before` and column; 0: none yet */
    struct number_pair *slots;           /* by hash; at least half are free */
    size_t slot_count;                   /* a power of two */
    struct number_pair *pairs;           /* by number */
    size_t count;
    size_t capacity;
};

struct group_numbers {
    struct number_step steps[GROUP_KEYS + 1]; /* one a breakdown, one for the period */
    size_t step_count;
};

void group_numbers_init(struct group_numbers *numbers, size_t by_count);
void group_numbers_done(struct group_numbers *numbers);
/* As group_number_step, of what is not near. */
uint32_t group_number_find(struct number_step *step, int64_t value, uint32_t before);
/* The breakdown values behind a number of the last step; returns the period. */
int64_t group_numbers_values(const struct group_numbers *numbers, uint32_t number,
                             int64_t *ret_values);

/* Numbers of the last step. */
static inline uint32_t group_numbers_count(const struct group_numbers *numbers)
{
    return (uint32_t)numbers->steps[numbers->step_count - 1].count;
}

/* Its place among the near numbers; SIZE_MAX: it is not near. */
static inline size_t number_place(const struct number_near *near, int64_t value, uint32_t before)
{
    uint64_t column = (uint64_t)value - (uint64_t)near->first;

    return column < near->width && before < near->behind ? before * (size_t)near->width + column
                                                         : SIZE_MAX;
}

/* `near` is the step's, apart so that loops can hold it. */
static inline uint32_t group_number_step(struct number_step *step, const struct number_near *near,
                                         int64_t value, uint32_t before)
{
    size_t place = number_place(near, value, before);

    return place < NEAR_NUMBERS && step->near_numbers[place] ? step->near_numbers[place] - 1
                                                             : group_number_find(step, value, before);
}

#endif
