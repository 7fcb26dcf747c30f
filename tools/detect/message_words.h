/*
 * The words of a message: folded, with their places, and what stands between them.
 *
 * Call: message_words_init; message_words_read for each text; message_words_done.
 * Owns: words and lines live until the next text.
 * Errors: false when memory is out.
 * Units: places in bytes of the text as its source had it.
 * A word is a run of letters and digits; an apostrophe or a hyphen parts two words. A number goes on
 * over one sign of ". , : / -" between two digits. A full stop, question mark or exclamation mark ends
 * a sentence unless a letter or digit follows at once; so does an empty line.
 * Threads: one of them, one thread.
 */
#ifndef CFAUDIT_DETECT_MESSAGE_WORDS_H
#define CFAUDIT_DETECT_MESSAGE_WORDS_H

#include "detect/folding.h"
#include "detect/plain_text.h"

/* What lies in front of a word; a bit each. */
enum {
    AFTER_CLAUSE = 1,   /* a stop of any kind, or nothing at all */
    AFTER_SENTENCE = 2, /* the sentence before is at its end */
    AFTER_QUESTION = 4, /* and ended in a question mark */
    WORD_NUMBER = 8     /* the word itself begins with a digit */
};

struct message_word {
    uint64_t hash; /* of the folded word */
    uint32_t start;
    uint32_t end;
    uint32_t folded; /* place in the folded text */
    uint32_t len;    /* bytes of it */
    uint32_t letters;
    uint32_t line;
    unsigned flags;
};

struct message_line {
    uint32_t first; /* its words: [first, end) */
    uint32_t end;
    bool is_quoted;  /* by a '>' in front */
    bool is_blank;
    bool ends_colon; /* its last sign */
    bool is_dashes;  /* "--" and nothing else, which a signature follows */
};

struct message_words {
    struct plain_text plain;
    char *folded;
    size_t folded_capacity;
    struct message_word *words;
    size_t count;
    size_t capacity;
    struct message_line *lines;
    size_t line_count;
    size_t line_capacity;
    unsigned last; /* AFTER_*: what is behind the last word */
};

void message_words_init(struct message_words *words);
void message_words_done(struct message_words *words);
/* A text longer than LIMIT_MESSAGE_BYTES is read up to there. */
bool message_words_read(struct message_words *words, const struct folding *folding,
                        struct str text);

static inline struct str message_word_text(const struct message_words *words, size_t i)
{
    return (struct str){words->folded + words->words[i].folded, words->words[i].len};
}

#endif
