/*
 * Marks as bytes, made line by line.
 *
 * Call: marks_writer_init; for each message marks_write_begin, marks_write_hit for its hits, then
 *       marks_write_word and behind it marks_write_sentence for its words, all in order of the text,
 *       marks_write_end; marks_writer_done.
 * Owns: the bytes live in the writer until the next message.
 * Errors: false, or a missing str, when memory is out.
 * Units: as in marks.h.
 * The bytes, numbers in the order of little ends: the detectors that hit, a bit each, and in the upper
 * two bits the language that is declared, 1 the first, 0 none, the last number one of others (4); then for each line with
 * words: its digest (8); words, letters, syllables, sentences, questions, function words of each
 * language, hits, stems, groups (numbers of 7 bits a byte, low ones first); each hit: detector,
 * entry, start, length (7 bits a byte), digest (8); the stems and the groups (4 each).
 * Threads: one writer, one thread.
 */
#ifndef CFAUDIT_DETECT_MARKS_WRITE_H
#define CFAUDIT_DETECT_MARKS_WRITE_H

#include "detect/marks.h"
#include "detect/message_words.h"

struct placed_hit {
    struct mark_hit hit;
    uint32_t line;
};

struct marks_writer {
    uint64_t salt;
    bool hits_only;
    struct buf out;
    struct placed_hit *hits;
    size_t hit_count;
    size_t hit_capacity;
    size_t hits_written;
    uint32_t detectors; /* and the language that is declared */
    /* the line at hand */
    bool has_line;
    uint32_t line;
    uint64_t digest;
    struct mark_counts counts;
    uint32_t languages[LANG_COUNT];
    uint32_t *stems;
    size_t stem_count;
    size_t stem_capacity;
    uint32_t *groups;
    size_t group_count;
    size_t group_capacity;
    /* the two words before, of which groups are made */
    uint64_t before[2];
    unsigned words_before;
};

/* Joins a digest to another one. */
static inline uint64_t marks_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9fb21c651e98df25u;
    hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;
    return hash ^ hash >> 32;
}

/* Of the first four bytes, the upper two bits. */
enum { MARKS_LANGUAGE_SHIFT = 30 };
_Static_assert((int)DETECTOR_COUNT <= MARKS_LANGUAGE_SHIFT && LANG_COUNT + 1 < 4,
               "detectors and languages have room");

/* language: LANG_COUNT is none, more than that one of others. */
static inline uint32_t marks_language_bits(unsigned language)
{
    return (language == LANG_COUNT  ? 0u
            : language < LANG_COUNT ? language + 1
                                    : (uint32_t)OTHER_LANGUAGE)
           << MARKS_LANGUAGE_SHIFT;
}

static inline unsigned marks_language(uint32_t word)
{
    unsigned number = word >> MARKS_LANGUAGE_SHIFT;

    return number == 0 ? LANG_COUNT : number <= LANG_COUNT ? number - 1 : OTHER_LANGUAGE;
}

void marks_writer_init(struct marks_writer *writer, uint64_t salt, bool hits_only);
void marks_writer_done(struct marks_writer *writer);
/* language: the one that is declared, LANG_COUNT or OTHER_LANGUAGE. */
void marks_write_begin(struct marks_writer *writer, unsigned language);
bool marks_write_hit(struct marks_writer *writer, const struct mark_hit *hit, uint32_t line);
/* languages: those whose function word it is, a bit each. */
bool marks_write_word(struct marks_writer *writer, const struct message_word *word,
                      struct str folded, unsigned languages, bool is_content);
/* The last word, on that line, ends a sentence. */
void marks_write_sentence(struct marks_writer *writer, uint32_t line, bool is_question);
struct str marks_write_end(struct marks_writer *writer);

#endif
