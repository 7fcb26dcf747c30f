/*
 * The insides of a measure's state, for the files of this room.
 *
 * Owns: see measure.h.
 * Errors: `failed` is set when memory runs out.
 * Units: see observe.h.
 * Threads: one state, one thread.
 */
#ifndef CFAUDIT_MEASURE_STATE_H
#define CFAUDIT_MEASURE_STATE_H

#include "measure/group_table.h"
#include "measure/observe.h"
#include "measure/period_finder.h"
#include "measure/shortlist.h"

struct reason_list {
    const char *reason;
    uint64_t n;
    struct shortlist first; /* exclusions: by id; differences: largest first */
};

struct reason_table {
    struct reason_list list[GROUP_REASONS];
    size_t count;
};

struct variant_state {
    struct group_table groups;
    struct reason_table excluded;
    struct reason_table differences;
    struct shortlist worst;
    struct shortlist sample;
};

struct measure_state {
    const struct measure *measure;
    const struct measure_context *context;
    unsigned applies;
    struct variant_state variants[MEASURE_VARIANTS];
    struct group_table shared; /* values that count for several variants, each kept once */
    unsigned shared_by;        /* the variants, as a mask; 0: there are none so far */
    size_t level_step;    /* between numbers of groups: the levels, and none */
    struct group_key key; /* of the case being observed */
    uint64_t values_hash; /* of the key's values */
    void *own;            /* the measure's, from its prepare */
    struct period_finder finder;
    bool failed;
    /* key of the sample for the case being observed; made when first asked for */
    struct digest *digest;
    struct sha256 sample_key;
    const unsigned char *sample_row;
    struct arena values; /* of groups */
    struct arena ids[2]; /* of cited cases that have passed by; one is in use, the other empty */
    unsigned ids_used;
};

/* Key of the groups that staff_floor shows as one; no value of a slot is below zero but a missing one. */
static const int64_t KEY_MERGED = -1;

/* After the context has changed: what the measure made of it is made anew. */
enum status measure_prepare_again(struct measure_state *state, struct diag *diag);
/* The cases it was told of go away: ids that are cited are copied. False: memory is out. */
bool measure_keep_ids(struct measure_state *state);
/* How many states the cases that are kept are worth, each with a thread of its own. */
size_t kept_cases_states(const struct measure *measure, const struct measure_context *context);
/* Each state gets a stretch of these cases, and what it is told of them. */
enum status kept_cases_add(struct measure_state *const *states, size_t count, struct diag *diag);
/* The values of such a variant are kept, in microseconds of time where is_time says so. */
static inline bool kind_has_values(enum variant_kind kind)
{
    return kind_is_time(kind) || kind_is_millionths(kind) || kind == VARIANT_QUANTITY;
}

/* Index of the reason in the table, made when new. */
size_t reason_index(struct reason_table *table, const char *reason);

#endif
