/*
 * What a filter holds, and how a place is looked at where it may have found something. Private to
 * the files of rule_filter.h.
 *
 * Call: a path goes over a text step by step and keeps those steps in which a window may begin
 *       somewhere; steps_check looks at them.
 * Owns: nothing.
 * Errors: none.
 * Units: bytes from the first one given.
 * To keep the steps first and to look at them afterwards spares the branches that nobody can
 * foresee.
 * Threads: a filter is constant.
 */
#ifndef CFAUDIT_TEXT_FILTER_SEARCH_H
#define CFAUDIT_TEXT_FILTER_SEARCH_H

#include <string.h>

#include "base/mem.h"
#include "text/filter_buckets.h"

enum {
    FILTER_STEP = 32,   /* bytes that are looked at together */
    FILTER_STEPS = 128, /* steps before the kept ones are looked at */
    /* A run ends when it has so many hits; the last step may add as many as there are windows for
       each of its bytes. */
    FILTER_HITS = 4096
};

/* The bytes of a run that are one, or one but for a bit, as words; `others`: a bit for each other. */
struct run_words {
    uint64_t masks[NEEDED_RUN / 8];
    uint64_t values[NEEDED_RUN / 8];
    uint32_t others;
};

struct filter_probes;

struct rule_filter {
    struct filter_window *windows; /* those of a bucket follow each other */
    struct run_words *run_words;   /* of each window */
    size_t count;
    size_t words; /* of 64 windows each */
    /* Bit w of masks[(place * BYTES + byte) * words]: window w takes the byte there. */
    uint64_t *masks;
    /* words of the windows of each bucket */
    uint16_t first_word[FILTER_BUCKETS];
    uint16_t end_word[FILTER_BUCKETS];
    /* by nibble: one bit a bucket */
    uint8_t low[FILTER_WINDOW][16];
    uint8_t high[FILTER_WINDOW][16];
    /* places of the window that are looked at by nibbles, at least two: the others would keep out
       little */
    uint8_t used[FILTER_WINDOW];
    unsigned used_count;
    struct filter_probes *probes; /* of any machine; NULL: the windows are too many for them */
    /* By two bytes that follow each other, the first one lower: bit k says that a window may begin k
       bytes in front of them. */
    uint8_t *pairs;
};

/* A run over bytes, and what it has found. */
struct search {
    const struct rule_filter *filter;
    struct str bytes;
    struct filter_hit *hits;
    size_t count;
};

/* Steps in which something may be. */
struct steps {
    size_t count;
    size_t at[FILTER_STEPS + 1];
    uint32_t places[FILTER_STEPS + 1]; /* a bit for each byte of the step */
    /* of each byte: a bit for each bucket */
    uint8_t buckets[FILTER_STEPS + 1][FILTER_STEP];
};

/*
 * The paths look at places from `from` up to `end`, of which `bytes` is the first one. What lies
 * FILTER_WINDOW - 2 bytes in front and a step and FILTER_WINDOW - 1 behind is readable. They return
 * where they stopped, because there may be no room for the hits of one more step.
 */
size_t filter_run_portable(struct search *search, const unsigned char *bytes, size_t from, size_t end);
#if defined(__x86_64__)
size_t filter_run_ssse3(struct search *search, const unsigned char *bytes, size_t from, size_t end);
size_t filter_run_avx2(struct search *search, const unsigned char *bytes, size_t from, size_t end);
#endif

/* NULL: these windows are better looked for in another way, or memory is out. */
struct filter_probes *filter_probes_new(const struct filter_window *windows, size_t count,
                                        const uint32_t *weights);

/* There are probes, and a step by them costs no more instructions than that, roughly. */
bool filter_probes_cost(const struct filter_probes *probes, unsigned most);

static inline bool run_words_are(const struct run_words *words, const struct byte_run *run,
                                 const char *bytes)
{
    uint64_t differs = 0;
    uint32_t others;
    unsigned i;

    for (i = 0; i < ARRAY_LEN(words->masks); i++) {
        uint64_t word;

        memcpy(&word, bytes + 8 * i, sizeof word);
        differs |= (word ^ words->values[i]) & words->masks[i];
    }
    if (differs)
        return false;
    for (others = words->others; others; others &= others - 1) {
        i = (unsigned)__builtin_ctz(others);
        if (!byte_set_has(&run->sets[i], (unsigned char)bytes[i]))
            return false;
    }
    return true;
}

/* The window's run stands where its bytes at `start` say. */
static inline bool window_is_at(const struct search *search, size_t w, size_t start)
{
    const struct filter_window *window = &search->filter->windows[w];
    const struct run_words *words = &search->filter->run_words[w];
    size_t begin = start - window->at;
    const char *bytes;

    if (start < window->at || search->bytes.len - begin < window->run.len)
        return false;
    bytes = search->bytes.ptr + begin;
    if (search->bytes.len - begin < NEEDED_RUN)
        return byte_run_is(&window->run, bytes);
    return run_words_are(words, &window->run, bytes);
}

/* Windows of one word that may begin at `start`, for something seen at `place`. */
static inline void check_windows(struct search *search, size_t place, size_t start, size_t word,
                                 uint64_t bits)
{
    for (; bits; bits &= bits - 1) {
        size_t w = word * 64 + (unsigned)__builtin_ctzll(bits);

        if (!window_is_at(search, w, start))
            continue;
        search->hits[search->count].place = (uint32_t)place;
        search->hits[search->count++].rule = (uint32_t)search->filter->windows[w].rule;
    }
}

/* `bytes`: those at `start`, FILTER_WINDOW of them. */
static inline void check_words(struct search *search, size_t place, size_t start,
                               const unsigned char *bytes, size_t first, size_t end)
{
    const uint64_t *masks = search->filter->masks;
    size_t words = search->filter->words;
    size_t word;

    for (word = first; word < end; word++)
        check_windows(search, place, start, word,
                      masks[bytes[0] * words + word] & masks[(BYTES + bytes[1]) * words + word] &
                          masks[(2 * BYTES + bytes[2]) * words + word] &
                          masks[(3 * BYTES + bytes[3]) * words + word]);
}

/* The windows of the buckets, whose neighbours may share a word, which is looked at once. */
static inline void check_buckets(struct search *search, size_t place, const unsigned char *bytes,
                                 unsigned buckets)
{
    const struct rule_filter *filter = search->filter;
    size_t done = 0;

    for (; buckets; buckets &= buckets - 1) {
        size_t first = filter->first_word[__builtin_ctz(buckets)];
        size_t end = filter->end_word[__builtin_ctz(buckets)];

        check_words(search, place, place, bytes, first > done ? first : done, end);
        done = end > done ? end : done;
    }
}

/*
 * `bytes`: those at `from`; `knows_buckets`: which is not worth a look where there is one word of
 * windows. Returns the first step that was not looked at, or `end`.
 */
static inline size_t steps_check(const struct steps *steps, bool knows_buckets,
                                 struct search *search, const unsigned char *bytes, size_t from,
                                 size_t end)
{
    size_t words = search->filter->words;
    size_t s;

    for (s = 0; s < steps->count; s++) {
        uint32_t places = steps->places[s];

        if (search->count >= FILTER_HITS)
            return steps->at[s];
        if (end - steps->at[s] < FILTER_STEP)
            places &= (1u << (end - steps->at[s])) - 1;
        for (; places; places &= places - 1) {
            unsigned i = (unsigned)__builtin_ctz(places);
            size_t place = steps->at[s] + i;

            if (words == 1)
                check_words(search, place, place, bytes + (place - from), 0, 1);
            else if (!knows_buckets)
                check_words(search, place, place, bytes + (place - from), 0, words);
            else
                check_buckets(search, place, bytes + (place - from), steps->buckets[s][i]);
        }
    }
    return end;
}

#endif
