/*
 * Lexicons: words and phrases by which detectors find what a message does, one language each.
 *
 * Call: lexicon_load with a library (xml/library.h).
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: none; phrases stand as they are written.
 * Source: schemas/cfaudit.xsd, root lexicon.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_LEXICON_H
#define CFAUDIT_PLAN_LEXICON_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"
#include "base/words.h"
#include "xml/library.h"

struct lexicon_phrases {
    struct str *list;
    struct where *places;
    size_t count;
};

struct lexicon_slot {
    struct str name;
    struct lexicon_phrases phrases;
};

struct lexicon_quote { /* of lines that precede a quoted message */
    struct str begins;
    struct str ends; /* missing: anyhow */
    struct str next; /* how the next line begins; missing: anyhow */
    struct where place;
};

/* Sentences that an entry counts in. */
enum lexicon_sentence { SENTENCE_ANY, SENTENCE_QUESTION, SENTENCE_STATEMENT };

/* What else must be there for an entry to count, or must not; missing: it does not matter. */
struct lexicon_conditions {
    /* detectors with blanks between them: one that hits the message by entries without such a condition */
    struct str with;
    struct str without; /* none of them does */
    struct str beside; /* a slot with a phrase in the sentence */
    struct str unless;
};

struct lexicon_entry {
    struct str id;
    enum lexicon_sentence sentence;
    bool begins_clause; /* its phrases count only where a clause or a line begins */
    bool ignores_negation;
    bool says_matter; /* its words are content, where those of other refusals are formulas */
    struct lexicon_conditions conditions;
    struct where place;
    struct lexicon_phrases phrases;
};

struct lexicon_sample {
    bool is_hit;
    struct str entry; /* missing: any */
    struct str text;
    struct where place;
};

struct lexicon_detector {
    struct str name; /* detect/detector.h */
    bool ignores_negation;
    struct lexicon_entry *entries;
    size_t entry_count;
    struct lexicon_phrases exceptions; /* that look like a hit, and are none */
    struct lexicon_sample *samples;
    size_t sample_count;
    struct where place;
};

struct lexicon {
    struct str id;
    unsigned revision;
    enum lang language;
    struct words title;
    struct words note;
    struct str negation; /* words with blanks between them */
    struct str function;
    struct lexicon_phrases formulas; /* that say nothing of the matter */
    struct lexicon_phrases greetings;
    struct lexicon_phrases closings;
    struct lexicon_quote *quotes;
    size_t quote_count;
    struct lexicon_slot *slots;
    size_t slot_count;
    struct lexicon_detector *detectors;
    size_t detector_count;
    struct sha256 sha256;
    struct str name; /* as asked for */
};

/* `folder` as in library_load. */
enum status lexicon_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag, struct lexicon **ret_lexicon);

#endif
