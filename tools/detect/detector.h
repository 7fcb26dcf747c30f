/*
 * The detectors: what is looked for in the texts of messages, each by a word.
 *
 * Owns: constant tables.
 * Errors: false for a word that none has.
 * Units: a set of detectors has bit 1 << number.
 * Threads: constant.
 */
#ifndef CFAUDIT_DETECT_DETECTOR_H
#define CFAUDIT_DETECT_DETECTOR_H

#include "base/words.h"

enum detector {
#define DETECTOR(name, word, en, it) DETECT_##name,
#include "detect/detector.def"
#undef DETECTOR
    DETECTOR_COUNT
};

/* "refusal" */
const char *detector_name(enum detector detector);
bool detector_find(struct str word, enum detector *ret_detector);
/* What a hit of it is. */
const struct words *detector_title(enum detector detector);

#endif
