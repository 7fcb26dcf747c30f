#include "measure/gaming_openings.h"

#include "base/intern.h"
#include "base/mem.h"
#include "time/instant.h"

struct gaming_openings {
    struct intern pairs; /* customer and minute */
    uint32_t *counts;    /* of each, by its number */
};

/* False: the case has no customer or no opening. */
static bool opening_of(const struct record_case *item, int64_t ret_pair[2])
{
    int64_t opened = record_value(item, SLOT_OPENED);

    ret_pair[0] = record_value(item, SLOT_CUSTOMER);
    if (opened == VALUE_MISSING || ret_pair[0] == VALUE_MISSING)
        return false;
    ret_pair[1] = opened / MINUTE_US - (opened % MINUTE_US < 0);
    return true;
}

static struct str bytes_of(const int64_t pair[2])
{
    return (struct str){(const char *)pair, 2 * sizeof pair[0]};
}

static bool count_all(struct gaming_openings *openings, const struct record_set *set)
{
    size_t count = record_case_count(set);
    size_t i;

    openings->counts = mem_alloc(count, sizeof *openings->counts);
    for (i = 0; openings->counts && i < count; i++) {
        struct record_case item = record_case_at(set, i);
        int64_t pair[2];
        uint32_t number;

        if (!opening_of(&item, pair))
            continue;
        number = intern_id(&openings->pairs, bytes_of(pair));
        if (number == INTERN_NONE)
            return false;
        openings->counts[number]++;
    }
    return openings->counts != NULL;
}

enum status gaming_openings_new(const struct record_set *set, struct diag *diag,
                                struct gaming_openings **ret_openings)
{
    struct gaming_openings *openings = mem_alloc(1, sizeof *openings);

    if (!openings)
        return diag_no_memory(diag);
    intern_init(&openings->pairs);
    if (!count_all(openings, set)) {
        gaming_openings_free(openings);
        return diag_no_memory(diag);
    }
    *ret_openings = openings;
    return STATUS_OK;
}

void gaming_openings_free(struct gaming_openings *openings)
{
    if (!openings)
        return;
    intern_done(&openings->pairs);
    mem_free(openings->counts);
    mem_free(openings);
}

uint32_t gaming_opening_count(const struct gaming_openings *openings,
                              const struct record_case *item)
{
    int64_t pair[2];

    return opening_of(item, pair)
               ? openings->counts[intern_find(&openings->pairs, bytes_of(pair))]
               : 0;
}
