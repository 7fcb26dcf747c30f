/*
 * Which words of a message are its author's own: not those of a quoted message, of a greeting or of a
 * signature.
 *
 * Call: zones_find.
 * Owns: the caller's arrays are filled.
 * Errors: none.
 * Units: words.
 * Source: as detect.h. The two dashes before a signature: RFC 3676, section 4.3.
 * Threads: values only.
 */
#ifndef CFAUDIT_DETECT_ZONES_H
#define CFAUDIT_DETECT_ZONES_H

#include "detect/detectors.h"

/*
 * The numbers of the words that stay, in order, into `kept`, which has room for all. `symbols`: of
 * each word. Returns how many there are.
 */
size_t zones_find(const struct detectors *detectors, const struct message_words *words,
                  const struct phrase_symbols *symbols, uint32_t *kept);

#endif
