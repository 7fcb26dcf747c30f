/*
 * Lines that stand in more than a fifth of all messages. Every line of every message is counted by
 * its digest, so that the answer does not depend on the order of the messages or on how they were
 * parted; the same line twice in one message counts once.
 */
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "detect/marks_read.h"

enum { WORDS_LEAST = 4, SHARE = 5 };

struct counted {
    uint64_t digest;
    uint64_t count; /* messages; 0: free */
    uint64_t last;  /* number of the last message that has it */
};

struct boilerplate {
    struct counted *list;
    size_t capacity; /* a power of two */
    size_t count;
    uint64_t messages;
};

struct boilerplate *boilerplate_new(void)
{
    return mem_alloc(1, sizeof(struct boilerplate));
}

void boilerplate_free(struct boilerplate *boilerplate)
{
    if (!boilerplate)
        return;
    mem_free(boilerplate->list);
    mem_free(boilerplate);
}

static size_t place_of(const struct boilerplate *boilerplate, uint64_t digest)
{
    size_t mask = boilerplate->capacity - 1;
    size_t at = (size_t)digest & mask;

    while (boilerplate->list[at].count && boilerplate->list[at].digest != digest)
        at = (at + 1) & mask;
    return at;
}

static bool make_room(struct boilerplate *boilerplate)
{
    struct boilerplate grown = *boilerplate;
    size_t i;

    if ((boilerplate->count + 1) * 2 <= boilerplate->capacity)
        return true;
    grown.capacity = boilerplate->capacity ? boilerplate->capacity * 2 : 256;
    grown.list = mem_alloc(grown.capacity, sizeof *grown.list);
    if (!grown.list)
        return false;
    for (i = 0; i < boilerplate->capacity; i++)
        if (boilerplate->list[i].count)
            grown.list[place_of(&grown, boilerplate->list[i].digest)] = boilerplate->list[i];
    mem_free(boilerplate->list);
    *boilerplate = grown;
    return true;
}

static bool count_line(struct boilerplate *boilerplate, uint64_t digest)
{
    struct counted *counted;

    if (!make_room(boilerplate))
        return false;
    counted = &boilerplate->list[place_of(boilerplate, digest)];
    if (counted->last == boilerplate->messages)
        return true;
    boilerplate->count += counted->count == 0;
    counted->digest = digest;
    counted->count++;
    counted->last = boilerplate->messages;
    return true;
}

bool boilerplate_add(struct boilerplate *boilerplate, struct str bytes)
{
    uint32_t detectors;
    unsigned language;
    struct marks_bytes at = marks_bytes_of(bytes, &detectors, &language);
    struct marks_line line;

    boilerplate->messages++;
    while (marks_next_line(&at, &line)) {
        struct mark_hit hit;
        uint32_t i;

        for (i = 0; i < line.hit_count; i++)
            marks_next_hit(&at, &line, &hit);
        marks_skip_rest(&at, &line);
        if (line.counts.words >= WORDS_LEAST && !count_line(boilerplate, line.digest))
            return false;
    }
    return !at.is_bad;
}

static bool is_common(const struct boilerplate *boilerplate, const struct counted *counted)
{
    return boilerplate->messages >= LIMIT_BOILERPLATE_LEAST &&
           counted->count * SHARE > boilerplate->messages;
}

bool boilerplate_settle(struct boilerplate *boilerplate)
{
    struct boilerplate kept = {.messages = boilerplate->messages};
    size_t i;

    for (i = 0; i < boilerplate->capacity; i++) {
        const struct counted *counted = &boilerplate->list[i];

        if (!is_common(boilerplate, counted))
            continue;
        if (!make_room(&kept)) {
            mem_free(kept.list);
            return false;
        }
        kept.list[place_of(&kept, counted->digest)] = *counted;
        kept.count++;
    }
    mem_free(boilerplate->list);
    *boilerplate = kept;
    return true;
}

bool boilerplate_has(const struct boilerplate *boilerplate, uint64_t line)
{
    return boilerplate && boilerplate->count &&
           boilerplate->list[place_of(boilerplate, line)].count;
}

size_t boilerplate_count(const struct boilerplate *boilerplate)
{
    return boilerplate->count;
}
