#include "measure/gaming_openings.h"

#include "base/mem.h"
#include "measure/case_walk.h"
#include "stat/stat.h"
#include "time/instant.h"

/* Bits for minutes: those of the years 1 to 9999, with what zones add. */
enum { MINUTE_BITS = 33 };

/* Customer and minute as one number, eight bytes a case; only those that come again are kept. */
struct gaming_openings {
    int64_t *keys;
    uint32_t *counts; /* of each */
    size_t count;
};

struct listing {
    int64_t *keys;
    size_t count;
    size_t capacity;
    struct diag *diag;
};

enum opening { OPENING_NONE, OPENING_KNOWN, OPENING_TOO_MANY };

/* More customers than these take more memory than there is. */
static enum opening opening_of(const struct record_case *item, int64_t *ret_key)
{
    int64_t opened = record_value(item, SLOT_OPENED);
    int64_t customer = record_value(item, SLOT_CUSTOMER);
    int64_t minute;

    if (opened == VALUE_MISSING || customer == VALUE_MISSING)
        return OPENING_NONE;
    if (customer >> (63 - MINUTE_BITS))
        return OPENING_TOO_MANY;
    minute = opened / MINUTE_US - (opened % MINUTE_US < 0);
    *ret_key = customer * (1ll << MINUTE_BITS) + (minute & ((1ll << MINUTE_BITS) - 1));
    return OPENING_KNOWN;
}

static enum status list_keys(void *taker, const struct record_set *set)
{
    struct listing *listing = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        int64_t key = 0;
        enum opening opening = opening_of(&item, &key);

        if (opening == OPENING_NONE)
            continue;
        if (opening == OPENING_TOO_MANY || !mem_grow(&listing->keys, listing->count,
                                                     &listing->capacity, sizeof *listing->keys))
            return diag_no_memory(listing->diag);
        listing->keys[listing->count++] = key;
    }
    return STATUS_OK;
}

/* The end of the run of equal keys that begins there. */
static size_t run_end(const struct listing *listing, size_t first)
{
    size_t end = first;

    while (end < listing->count && listing->keys[end] == listing->keys[first])
        end++;
    return end;
}

/* Those that stand more than once, in order. */
static bool keep_repeated(struct gaming_openings *openings, const struct listing *listing)
{
    size_t capacity[2] = {0, 0};
    size_t end;
    size_t i;

    for (i = 0; i < listing->count; i = end) {
        end = run_end(listing, i);
        if (end - i < 2)
            continue;
        if (!mem_grow(&openings->keys, openings->count, &capacity[0], sizeof *openings->keys) ||
            !mem_grow(&openings->counts, openings->count, &capacity[1], sizeof *openings->counts))
            return false;
        openings->keys[openings->count] = listing->keys[i];
        openings->counts[openings->count++] = (uint32_t)(end - i);
    }
    return true;
}

enum status gaming_openings_new(const struct measure_context *context, struct diag *diag,
                                struct gaming_openings **ret_openings)
{
    struct gaming_openings *openings = mem_alloc(1, sizeof *openings);
    struct listing listing = {NULL, 0, 0, diag};
    enum status status = openings ? case_walk(context, list_keys, &listing) : diag_no_memory(diag);

    if (status == STATUS_OK && (!stat_sort_int64(listing.keys, listing.count) ||
                                !keep_repeated(openings, &listing)))
        status = diag_no_memory(diag);
    mem_free(listing.keys);
    if (status == STATUS_OK)
        *ret_openings = openings;
    else
        gaming_openings_free(openings);
    return status;
}

void gaming_openings_free(struct gaming_openings *openings)
{
    if (!openings)
        return;
    mem_free(openings->keys);
    mem_free(openings->counts);
    mem_free(openings);
}

uint32_t gaming_opening_count(const struct gaming_openings *openings,
                              const struct record_case *item)
{
    size_t low = 0;
    size_t high = openings->count;
    int64_t key;

    if (opening_of(item, &key) != OPENING_KNOWN)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (openings->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < openings->count && openings->keys[low] == key ? openings->counts[low] : 1;
}
