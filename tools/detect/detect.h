/*
 * Detectors over the texts of messages: words and phrases of lexicons, all of them in one pass.
 *
 * Call: detectors_new with lexicons (plan/lexicon.h); for each thread detect_run_new; detect_text for
 *       each message; detect_run_free; detectors_free.
 * Owns: the detectors borrow the lexicons. What detect_text gives lives in the run until its next
 *       text.
 * Errors: STATUS_INVALID with located diagnostics; STATUS_MEMORY.
 * Units: as in detect/marks.h.
 *
 * Texts are folded first: letters without case and without accents, composed or not, apostrophes
 * and every other sign between words. Of the phrases of one detector that begin at a word the longest
 * counts, and the next may begin behind it; an exception takes its words in the same way and is no
 * hit. A word of negation among the three in front of a phrase, with no stop between them and part
 * neither of another hit nor of a formula, takes it back, unless the lexicon says that it does not
 * matter there.
 * An entry may ask for more: a phrase of a slot in its sentence or none, hits of other detectors in its
 * message or none, by entries that ask for none themselves. It takes its words and is no hit where it
 * does not get that.
 * Detectors of a lexicon look at the texts of its language: the one that is declared, else the one of
 * whose function words there are three or more, and more than three times those of others; where
 * neither is known all lexicons count. Formulas, greetings, closings, what precedes quotes and derogatory
 * labels are those of all languages: neither mail programs nor insults keep to that of the text.
 * Source: the window of three words as in W. Chapman and others, "A simple algorithm for identifying
 *         negated findings and diseases in discharge summaries", J. Biomedical Informatics 34 (2001).
 *         What precedes a reply and what signs it: A. Lampert, R. Dale, C. Paris, "Segmenting email
 *         message text into zones", EMNLP 2009.
 * Threads: detectors are constant; one run, one thread.
 */
#ifndef CFAUDIT_DETECT_DETECT_H
#define CFAUDIT_DETECT_DETECT_H

#include "base/diag.h"
#include "base/digest.h"
#include "detect/marks.h"
#include "plan/lexicon.h"

struct detectors;
struct detect_run;

/*
 * `salt` is for the digests in the marks: those of two salts cannot be compared. STATUS_INVALID for
 * a phrase that cannot be used.
 */
enum status detectors_new(const struct lexicon *const *lexicons, size_t count, struct str salt,
                          struct diag *diag, struct detectors **ret_detectors);
void detectors_free(struct detectors *detectors); /* accepts NULL */
/* The detectors that some lexicon has phrases for, a bit each. */
uint32_t detectors_present(const struct detectors *detectors);
/*
 * What decides the hits of a detector: its phrases, and words of negation, slots and zones of all
 * lexicons. Two that are equal find the same in every text.
 */
struct sha256 detectors_version(const struct detectors *detectors, enum detector detector);
struct detector_entry {
    const struct lexicon *lexicon;
    enum detector detector;
    struct str id;
};
const struct detector_entry *detectors_entry(const struct detectors *detectors, uint32_t entry);
size_t detectors_entry_count(const struct detectors *detectors);

/* hits_only: without stems and groups of words. NULL: memory is out. */
struct detect_run *detect_run_new(const struct detectors *detectors, bool hits_only);
void detect_run_free(struct detect_run *run); /* accepts NULL */
/* Which language a word declares: "it", "it-IT", "ITA", "Italian", "italiano"; OTHER_LANGUAGE: one
   that no lexicon has. */
unsigned detect_language(struct str word);
/*
 * The marks of a text; bytes that are no UTF-8 stand between words. `language`: the one that is
 * declared for it, LANG_COUNT where none is. Missing: memory is out.
 */
struct str detect_text(struct detect_run *run, struct str text, unsigned language);

#endif
