/*
 * The insides of detectors, for the files of this room.
 *
 * Owns: see detect.h.
 * Errors: see detect.h.
 * Units: see detect.h.
 * Threads: constant once they are made.
 */
#ifndef CFAUDIT_DETECT_DETECTORS_H
#define CFAUDIT_DETECT_DETECTORS_H

#include "detect/detect.h"
#include "detect/phrase_tree.h"

/* What a phrase is for: a detector, or one of these. */
enum {
    PHRASE_FORMULA = DETECTOR_COUNT, /* says nothing of the matter */
    PHRASE_GREETING,
    PHRASE_GREETING_NAME, /* with the name of somebody, a stop or the end of the line behind it */
    PHRASE_CLOSING,
    PHRASE_QUOTE_BEGINS,
    PHRASE_QUOTE_ENDS,
    PHRASE_QUOTE_NEXT,
    PHRASE_CUE, /* of a slot that decides whether others in its sentence count */
    PHRASE_KINDS
};

/* Marks of words. */
enum { MARK_NEGATION = 1, MARK_FUNCTION = 2, MARK_ENGLISH = 4, MARK_ITALIAN = 8 };

/* What else must be there, or must not: 0 where it does not matter. */
struct phrase_conditions {
    uint32_t with; /* the detector that hits the message, a bit */
    uint32_t without;
    uint64_t beside; /* the slot with a phrase in the sentence, a bit */
    uint64_t unless;
};

struct phrase_target {
    uint8_t kind;
    uint8_t sentence; /* enum lexicon_sentence */
    uint8_t language; /* enum lang, of its lexicon */
    bool ignores_negation;
    bool begins_clause;
    bool says_matter;
    bool is_exception; /* takes its words, and is no hit */
    uint32_t number; /* of the entry, of the quote, or of the slot */
    struct phrase_conditions conditions;
};

struct quote_form {
    bool has_ends;
    bool has_next;
};

struct detectors {
    struct folding folding;
    struct phrase_tree *tree;
    struct phrase_target *targets; /* by the value of a phrase */
    size_t target_count;
    size_t target_capacity;
    struct detector_entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct quote_form *quotes;
    size_t quote_count;
    size_t quote_capacity;
    struct sha256 versions[DETECTOR_COUNT];
    uint32_t present;
    uint64_t cues; /* slots that some condition names, a bit each */
    uint64_t salt;
};

/* False: memory is out. */
bool detectors_find_versions(struct detectors *detectors, const struct lexicon *const *lexicons,
                             size_t count);

#endif
