/*
 * Marks: all that is kept of the text of a message, the text itself never is.
 *
 * Call: marks_reader_init; marks_read for the marks of each message, as detect_text made them (of a
 *       message that is kept: record_marks); marks_reader_done. marks_has for a quick look.
 *       Which lines are boilerplate is known when all messages are: boilerplate_new; boilerplate_add
 *       for the marks of each; boilerplate_settle; then it goes to marks_read; boilerplate_free.
 * Owns: what marks_read gives lives in the reader until its next call.
 * Errors: false when memory is out, or when the bytes are no marks.
 * Units: places and lengths in bytes of the text as its source had it.
 *
 * Quotes of other messages, signatures, greetings and the remains of markup are left out before. A
 * line of four words or more that stands in more than a fifth of all messages is boilerplate: nothing
 * in it counts.
 * Stems and groups of words are digests of four bytes: two of them are equal by chance once in four
 * thousand million pairs. They keep out of sight what was written, but whoever has a list of words
 * can try which of them were there.
 * Source: content stems are the first five letters of folded words, without function words and
 *         without the formulas of the lexicons. Groups of three words in a row: A. Broder, "On the
 *         resemblance and containment of documents", SEQUENCES 1997.
 * Threads: one reader, one thread; boilerplate is constant once it is settled.
 */
#ifndef CFAUDIT_DETECT_MARKS_H
#define CFAUDIT_DETECT_MARKS_H

#include <stddef.h>

#include "base/buf.h"
#include "detect/detector.h"

struct mark_hit {
    enum detector detector;
    uint32_t entry; /* of its lexicon: detectors_entry */
    uint32_t start;
    uint32_t length;
    uint64_t hash; /* of the folded words of the span: stands for them where texts stay out */
    uint64_t line; /* digest of its line, for boilerplate_has */
};

/* A language is declared, and it is none of enum lang. */
enum { OTHER_LANGUAGE = LANG_COUNT + 1 };

/* For measures of how a text reads. */
struct mark_counts {
    uint32_t words;
    uint32_t letters; /* and digits, of its words */
    uint32_t syllables; /* groups of vowels, a silent e at the end of an English word is none */
    uint32_t sentences;
    uint32_t questions; /* sentences that end in a question mark */
};

struct marks {
    uint32_t detectors;      /* that hit, a bit each */
    enum lang language;      /* the one declared; else whose function words it has most of; LANG_COUNT:
                                nobody can tell, or it is declared as another than ours */
    const struct mark_hit *hits; /* in the order of the text */
    size_t hit_count;
    const uint32_t *stems; /* of its content, ascending, each once */
    size_t stem_count;
    const uint32_t *groups; /* of three words in a row, ascending, each once */
    size_t group_count;
    struct mark_counts counts;
};

struct boilerplate;

struct marks_reader {
    struct mark_hit *hits;
    size_t hit_capacity;
    uint32_t *stems;
    size_t stem_capacity;
    uint32_t *groups;
    size_t group_capacity;
};

void marks_reader_init(struct marks_reader *reader);
void marks_reader_done(struct marks_reader *reader);
/* boilerplate NULL: every line counts. */
bool marks_read(struct marks_reader *reader, struct str bytes,
                const struct boilerplate *boilerplate, struct marks *ret_marks);
/* Whether bytes from outside are marks. */
bool marks_are_sound(struct str bytes);
/* Whether one of these detectors hit anywhere, in boilerplate, too. */
bool marks_has(struct str bytes, uint32_t detectors);

/* NULL: memory is out. */
struct boilerplate *boilerplate_new(void);
void boilerplate_free(struct boilerplate *boilerplate); /* accepts NULL */
bool boilerplate_add(struct boilerplate *boilerplate, struct str bytes);
/* Of fewer than LIMIT_BOILERPLATE_LEAST messages no line is boilerplate. False: memory is out. */
bool boilerplate_settle(struct boilerplate *boilerplate);
/* Whether a line of that digest is; NULL: none is. */
bool boilerplate_has(const struct boilerplate *boilerplate, uint64_t line);
/* Lines that are. */
size_t boilerplate_count(const struct boilerplate *boilerplate);

#endif
