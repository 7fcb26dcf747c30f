#include "detect/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "detect/marks_read.h"
#include "detect/marks_write.h"

void marks_reader_init(struct marks_reader *reader)
{
    memset(reader, 0, sizeof *reader);
}

void marks_reader_done(struct marks_reader *reader)
{
    mem_free(reader->hits);
    mem_free(reader->stems);
    mem_free(reader->groups);
    marks_reader_init(reader);
}

/* --- bytes --- */

static uint64_t get_fixed(struct marks_bytes *bytes, unsigned count)
{
    uint64_t value = 0;
    unsigned i;

    if (bytes->len < count) {
        bytes->is_bad = true;
        bytes->len = 0;
        return 0;
    }
    for (i = 0; i < count; i++)
        value |= (uint64_t)bytes->at[i] << 8 * i;
    bytes->at += count;
    bytes->len -= count;
    return value;
}

static uint32_t get_number(struct marks_bytes *bytes)
{
    uint64_t value = 0;
    unsigned shift = 0;

    while (bytes->len && shift < 35) {
        unsigned char byte = *bytes->at++;

        bytes->len--;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            bytes->is_bad |= value > UINT32_MAX;
            return (uint32_t)value;
        }
        shift += 7;
    }
    bytes->is_bad = true;
    return 0;
}

struct marks_bytes marks_bytes_of(struct str bytes, uint32_t *ret_detectors, unsigned *ret_language)
{
    struct marks_bytes at = {(const unsigned char *)bytes.ptr, bytes.len, false};
    uint32_t word = (uint32_t)get_fixed(&at, 4);

    *ret_detectors = word & ((1u << MARKS_LANGUAGE_SHIFT) - 1);
    *ret_language = marks_language(word);
    return at;
}

bool marks_next_line(struct marks_bytes *bytes, struct marks_line *ret_line)
{
    size_t i;

    if (bytes->len == 0 || bytes->is_bad)
        return false;
    ret_line->digest = get_fixed(bytes, 8);
    ret_line->counts.words = get_number(bytes);
    ret_line->counts.letters = get_number(bytes);
    ret_line->counts.syllables = get_number(bytes);
    ret_line->counts.sentences = get_number(bytes);
    ret_line->counts.questions = get_number(bytes);
    for (i = 0; i < LANG_COUNT; i++)
        ret_line->languages[i] = get_number(bytes);
    ret_line->hit_count = get_number(bytes);
    ret_line->stem_count = get_number(bytes);
    ret_line->group_count = get_number(bytes);
    /* each takes four bytes, a hit more */
    bytes->is_bad |= bytes->len / 4 < (uint64_t)ret_line->stem_count + ret_line->group_count ||
                     bytes->len / 12 < ret_line->hit_count;
    return !bytes->is_bad;
}

void marks_next_hit(struct marks_bytes *bytes, const struct marks_line *line,
                    struct mark_hit *ret_hit)
{
    uint32_t detector = get_number(bytes);

    bytes->is_bad |= detector >= DETECTOR_COUNT;
    ret_hit->detector = (enum detector)(detector < DETECTOR_COUNT ? detector : 0);
    ret_hit->entry = get_number(bytes);
    ret_hit->start = get_number(bytes);
    ret_hit->length = get_number(bytes);
    ret_hit->hash = get_fixed(bytes, 8);
    ret_hit->line = line->digest;
}

void marks_skip_rest(struct marks_bytes *bytes, const struct marks_line *line)
{
    size_t rest = ((size_t)line->stem_count + line->group_count) * 4;

    if (bytes->len < rest) {
        bytes->is_bad = true;
        rest = bytes->len;
    }
    bytes->at += rest;
    bytes->len -= rest;
}

/* --- reading --- */

static bool make_room(uint32_t **list, size_t *capacity, size_t count)
{
    while (count > *capacity)
        if (!mem_grow(list, *capacity, capacity, sizeof **list))
            return false;
    return true;
}

/* False: memory is out. */
static bool read_list(struct marks_bytes *bytes, uint32_t count, uint32_t **list, size_t *used,
                      size_t *capacity)
{
    uint32_t i;

    if (!make_room(list, capacity, *used + count))
        return false;
    for (i = 0; i < count; i++)
        (*list)[(*used)++] = (uint32_t)get_fixed(bytes, 4);
    return true;
}

static bool read_line(struct marks_reader *reader, struct marks_bytes *bytes,
                      const struct marks_line *line, struct marks *marks, size_t *stems,
                      size_t *groups)
{
    uint32_t i;

    for (i = 0; i < line->hit_count; i++) {
        if (!mem_grow(&reader->hits, marks->hit_count, &reader->hit_capacity, sizeof *reader->hits))
            return false;
        marks_next_hit(bytes, line, &reader->hits[marks->hit_count]);
        marks->detectors |= 1u << reader->hits[marks->hit_count++].detector;
    }
    marks->counts.words += line->counts.words;
    marks->counts.letters += line->counts.letters;
    marks->counts.syllables += line->counts.syllables;
    marks->counts.sentences += line->counts.sentences;
    marks->counts.questions += line->counts.questions;
    return read_list(bytes, line->stem_count, &reader->stems, stems, &reader->stem_capacity) &&
           read_list(bytes, line->group_count, &reader->groups, groups, &reader->group_capacity);
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Ascending, each once. */
static size_t sort(uint32_t *list, size_t count)
{
    size_t kept = 0;
    size_t i;

    if (count)
        qsort(list, count, sizeof *list, compare);
    for (i = 0; i < count; i++)
        if (i == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

static enum lang language_of(const uint64_t *words)
{
    return words[LANG_EN] == words[LANG_IT] ? LANG_COUNT
           : words[LANG_EN] > words[LANG_IT] ? LANG_EN
                                             : LANG_IT;
}

bool marks_read(struct marks_reader *reader, struct str bytes,
                const struct boilerplate *boilerplate, struct marks *ret_marks)
{
    uint32_t detectors;
    unsigned language;
    struct marks_bytes at = marks_bytes_of(bytes, &detectors, &language);
    struct marks marks = {.detectors = 0};
    uint64_t languages[LANG_COUNT] = {0};
    struct marks_line line;
    size_t stems = 0;
    size_t groups = 0;
    size_t i;

    while (marks_next_line(&at, &line)) {
        if (boilerplate_has(boilerplate, line.digest)) {
            struct mark_hit left_out;
            uint32_t k;

            for (k = 0; k < line.hit_count; k++)
                marks_next_hit(&at, &line, &left_out);
            marks_skip_rest(&at, &line);
            continue;
        }
        for (i = 0; i < LANG_COUNT; i++)
            languages[i] += line.languages[i];
        if (!read_line(reader, &at, &line, &marks, &stems, &groups))
            return false;
    }
    marks.language = language == LANG_COUNT  ? language_of(languages)
                     : language < LANG_COUNT ? (enum lang)language
                                             : LANG_COUNT;
    marks.hits = reader->hits;
    marks.stems = reader->stems;
    marks.stem_count = sort(reader->stems, stems);
    marks.groups = reader->groups;
    marks.group_count = sort(reader->groups, groups);
    *ret_marks = marks;
    return !at.is_bad;
}

bool marks_are_sound(struct str bytes)
{
    uint32_t detectors;
    unsigned language;
    struct marks_bytes at = marks_bytes_of(bytes, &detectors, &language);
    struct marks_line line;
    struct mark_hit hit;
    uint32_t i;

    while (marks_next_line(&at, &line)) {
        for (i = 0; i < line.hit_count; i++)
            marks_next_hit(&at, &line, &hit);
        marks_skip_rest(&at, &line);
    }
    return !at.is_bad;
}

bool marks_has(struct str bytes, uint32_t detectors)
{
    uint32_t found;
    unsigned language;

    marks_bytes_of(bytes, &found, &language);
    return (found & detectors) != 0;
}
