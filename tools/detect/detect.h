/*
 * Detectors over the texts of messages: words and phrases of lexicons, all of them in one pass.
 *
 * Call: lexicon_load for each lexicon; detectors_new; for each thread detect_run_new; detect_text
 *       for each message; detect_run_free; detectors_free.
 * Owns: lexicons live in the arena given; the detectors borrow them. What detect_text gives lives
 *       in the run until its next text.
 * Errors: STATUS_INVALID with located diagnostics for a lexicon; STATUS_MEMORY.
 * Units: as in detect/marks.h.
 *
 * Texts are folded first: letters without case and without accents, composed or not, apostrophes
 * and every other sign between words. Of the phrases of one detector that begin at a word the longest
 * counts, and the next may begin behind it. A word of negation among the three in front of a phrase,
 * in the same sentence, takes it back, unless the lexicon says that it does not matter there.
 * Source: the window of three words as in W. Chapman and others, "A simple algorithm for identifying
 *         negated findings and diseases in discharge summaries", J. Biomedical Informatics 34 (2001).
 *         What precedes a reply and what signs it: A. Lampert, R. Dale, C. Paris, "Segmenting email
 *         message text into zones", EMNLP 2009.
 * Threads: detectors are constant; one run, one thread.
 */
#ifndef CFAUDIT_DETECT_DETECT_H
#define CFAUDIT_DETECT_DETECT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"
#include "detect/marks.h"
#include "xml/library.h"

struct lexicon;
struct detectors;
struct detect_run;

/* `folder` as in library_load. */
enum status lexicon_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag, struct lexicon **ret_lexicon);

/* `salt` is for the digests in the marks: texts of two salts cannot be compared. */
enum status detectors_new(const struct lexicon *const *lexicons, size_t count, struct str salt,
                          struct diag *diag, struct detectors **ret_detectors);
void detectors_free(struct detectors *detectors); /* accepts NULL */
/* The id that a lexicon gives the entry, and the lexicon. */
struct str detectors_entry(const struct detectors *detectors, uint32_t entry,
                           const struct lexicon **ret_lexicon);

/* NULL: memory is out. */
struct detect_run *detect_run_new(const struct detectors *detectors);
void detect_run_free(struct detect_run *run); /* accepts NULL */
/* The marks of a text; bytes that are no UTF-8 stand between words. Missing: memory is out. */
struct str detect_text(struct detect_run *run, struct str text);

#endif
