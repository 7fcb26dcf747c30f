#include "text/rule_windows.h"

#include <string.h>

#include "base/mem.h"

enum { BYTES = 256, BATCH = 64 };

/* Of the sample so much is looked at, less when there are many windows to choose from. */
static const size_t SAMPLE_MOST = 64u << 10;
static const size_t WORK_MOST = 4u << 20; /* bytes times batches */
/* A sample from here on tells more than what is known of logs. */
static const size_t SAMPLE_LEAST = 4u << 10;
/* What is met more often than once in so many bytes is in nearly every line. */
static const uint64_t USEFUL_BYTES = 64;

/* Rates that differ by once in so many bytes are as good as equal. */
static const uint64_t NEAR_BYTES = 32u << 10;

/* A window that could be looked for. */
struct candidate {
    const struct byte_run *run;
    unsigned at;
    uint32_t count; /* in the sample */
};

/* Candidates in the order of rules, needs, runs and places. */
struct candidates {
    struct candidate *list;
    size_t count;
    size_t capacity;
};

static uint64_t weight_of_need(const struct byte_need *need)
{
    uint64_t weight = 0;
    size_t i;

    for (i = 0; i < need->count; i++)
        weight += byte_run_weight(&need->runs[i]);
    return weight;
}

bool rule_windows_can_serve(const struct needed_bytes *needed)
{
    size_t i;

    for (i = 0; i < needed_bytes_count(needed); i++)
        if (weight_of_need(needed_bytes_get(needed, i)) <= WEIGHT_ALWAYS / USEFUL_BYTES)
            return true;
    return false;
}

static unsigned places_in(const struct byte_run *run)
{
    return run->len > FILTER_WINDOW ? run->len - FILTER_WINDOW + 1 : 1;
}

static bool add_places(struct candidates *all, const struct byte_run *run)
{
    unsigned at;

    for (at = 0; at < places_in(run); at++) {
        if (!mem_grow(&all->list, all->count, &all->capacity, sizeof *all->list))
            return false;
        all->list[all->count++] = (struct candidate){.run = run, .at = at};
    }
    return true;
}

static bool collect(struct candidates *all, struct needed_bytes *const *needed, size_t count)
{
    size_t r;
    size_t n;
    size_t i;

    for (r = 0; r < count; r++)
        for (n = 0; n < needed_bytes_count(needed[r]); n++) {
            const struct byte_need *need = needed_bytes_get(needed[r], n);

            for (i = 0; i < need->count; i++)
                if (!add_places(all, &need->runs[i]))
                    return false;
        }
    return true;
}

/* --- counting --- */

/* Bit c of masks[place][byte]: candidate c of the batch takes the byte there. */
struct batch {
    uint64_t masks[FILTER_WINDOW][BYTES];
};

static void fill_batch(struct batch *batch, const struct candidate *list, size_t count)
{
    size_t c;
    unsigned place;
    unsigned byte;

    memset(batch, 0, sizeof *batch);
    for (c = 0; c < count; c++)
        for (place = 0; place < FILTER_WINDOW; place++) {
            unsigned at = list[c].at + place;

            for (byte = 0; byte < BYTES; byte++)
                if (at >= list[c].run->len ||
                    byte_set_has(&list[c].run->sets[at], (unsigned char)byte))
                    batch->masks[place][byte] |= 1ull << c;
        }
}

static void count_batch(const struct batch *batch, struct str sample, struct candidate *list)
{
    const unsigned char *p = (const unsigned char *)sample.ptr;
    size_t i;

    for (i = 0; i + FILTER_WINDOW <= sample.len; i++) {
        uint64_t bits = batch->masks[0][p[i]] & batch->masks[1][p[i + 1]] &
                        batch->masks[2][p[i + 2]] & batch->masks[3][p[i + 3]];

        for (; bits; bits &= bits - 1)
            list[__builtin_ctzll(bits)].count++;
    }
}

static bool count_all(struct candidates *all, struct str sample)
{
    struct batch *batch;
    size_t i;

    if (sample.len < FILTER_WINDOW)
        return true;
    batch = mem_alloc(1, sizeof *batch);
    if (!batch)
        return false;
    for (i = 0; i < all->count; i += BATCH) {
        size_t count = all->count - i < BATCH ? all->count - i : BATCH;

        fill_batch(batch, all->list + i, count);
        count_batch(batch, sample, all->list + i);
    }
    mem_free(batch);
    return true;
}

static struct str cut_sample(struct str sample, const struct candidates *all)
{
    size_t most = WORK_MOST / (all->count / BATCH + 1);

    if (most > SAMPLE_MOST)
        most = SAMPLE_MOST;
    if (sample.len > most)
        sample.len = most;
    return sample;
}

/* --- choosing --- */

/* How often a window is met: as in the sample, and among those that are not in it, or equally often,
   by the bytes alone. */
static uint64_t rate_of(const struct candidate *candidate, size_t sample_len)
{
    struct byte_run window = {.len = 0};
    uint64_t weight;

    for (; window.len < FILTER_WINDOW && candidate->at + window.len < candidate->run->len;
         window.len++)
        window.sets[window.len] = candidate->run->sets[candidate->at + window.len];
    weight = byte_run_weight(&window);
    if (sample_len < SAMPLE_LEAST)
        return weight;
    return candidate->count * (WEIGHT_ALWAYS / sample_len) + weight / (16 * USEFUL_BYTES);
}

/* The rate of the rarest window of a run; *ret_places: those that are hardly less rare. */
static uint64_t rarest(const struct candidate *list, unsigned count, size_t sample_len,
                       uint32_t *ret_places)
{
    uint64_t rates[NEEDED_RUN];
    uint64_t best = UINT64_MAX;
    uint32_t places = 0;
    unsigned i;

    for (i = 0; i < count; i++) {
        rates[i] = rate_of(&list[i], sample_len);
        if (rates[i] < best)
            best = rates[i];
    }
    for (i = 0; i < count; i++)
        if (rates[i] <= best + WEIGHT_ALWAYS / NEAR_BYTES)
            places |= 1u << i;
    *ret_places = places;
    return best;
}

/* The windows of a need: one for each of its runs. Returns how often they are met together. */
static uint64_t choose_for_need(const struct byte_need *need, const struct candidate **list,
                                size_t sample_len, size_t rule, struct filter_window *windows)
{
    uint64_t sum = 0;
    size_t i;

    for (i = 0; i < need->count; i++) {
        unsigned count = places_in(&need->runs[i]);

        windows[i] = (struct filter_window){.rule = rule, .run = need->runs[i]};
        sum += rarest(*list, count, sample_len, &windows[i].places);
        *list += count;
    }
    return sum;
}

/* Windows of the need of a rule that is rarest; 0: there is none worth it. */
static size_t choose_for_rule(const struct needed_bytes *needed, const struct candidate **list,
                              size_t sample_len, size_t rule, struct filter_window *scratch,
                              struct filter_window *windows)
{
    uint64_t best = WEIGHT_ALWAYS / USEFUL_BYTES + 1;
    size_t count = 0;
    size_t n;

    for (n = 0; n < needed_bytes_count(needed); n++) {
        const struct byte_need *need = needed_bytes_get(needed, n);
        uint64_t rate = choose_for_need(need, list, sample_len, rule, scratch);

        if (rate < best) {
            best = rate;
            count = need->count;
            memcpy(windows, scratch, count * sizeof *windows);
        }
    }
    return count;
}

enum status rule_windows_choose(struct needed_bytes *const *needed, size_t count, struct str sample,
                                struct filter_window *windows, size_t *ret_count, bool *is_served,
                                uint32_t *frequent)
{
    struct candidates all = {NULL, 0, 0};
    struct filter_window *room = mem_alloc(2 * NEEDED_RUNS, sizeof *room);
    const struct candidate *list;
    size_t filled = 0;
    size_t i;

    if (!room || !collect(&all, needed, count))
        goto fail;
    sample = cut_sample(sample, &all);
    if (!count_all(&all, sample))
        goto fail;
    memset(frequent, 0, BYTES * sizeof *frequent);
    for (i = 0; i < sample.len; i++)
        frequent[(unsigned char)sample.ptr[i]]++;
    list = all.list;
    for (i = 0; i < count; i++) {
        size_t more = choose_for_rule(needed[i], &list, sample.len, i, room, room + NEEDED_RUNS);

        is_served[i] = more > 0 && filled + more <= FILTER_WINDOWS;
        if (is_served[i]) {
            memcpy(windows + filled, room + NEEDED_RUNS, more * sizeof *windows);
            filled += more;
        }
    }
    *ret_count = filled;
    mem_free(all.list);
    mem_free(room);
    return STATUS_OK;
fail:
    mem_free(all.list);
    mem_free(room);
    return STATUS_MEMORY;
}
