/*
 * The words of reports, and of the enums and raw words that reports show.
 *
 * Owns: constant text.
 * Errors: none; what has no word is shown as it stands.
 * Units: UTF-8.
 * Threads: constant.
 */
#ifndef CFAUDIT_REPORT_SAY_H
#define CFAUDIT_REPORT_SAY_H

#include "page/page.h"
#include "score/score.h"

enum word {
#define WORD(name, en, it) WORD_##name,
#include "report/words.def"
#undef WORD
    WORD_COUNT
};

/* Terminated; some are formats, whose conversions agree in all languages. */
const char *word_text(enum word word, enum lang lang);
struct str say(enum word word, enum lang lang);
/* The plain word for a raw one ("no-resolution-time"), or the raw one. */
struct str say_raw(struct str raw, enum lang lang);
bool has_raw(struct str raw);

struct str say_status(enum answer_status status, enum lang lang);
struct str say_grade(enum grade grade, enum lang lang); /* missing for GRADE_NONE */
struct str say_basis(enum basis basis, enum lang lang);
struct str say_mode(enum mode mode, enum lang lang);
struct str say_band(enum band band, enum lang lang);
struct str say_letter(unsigned letter, enum lang lang); /* 0 is a */
struct str say_level(enum level level, enum lang lang);
struct str say_severity(struct str severity, enum lang lang);

enum level level_of_status(enum answer_status status);
enum level level_of_points(int points);
enum level level_of_band(enum band band);
enum level level_of_verdict(struct str verdict);
enum level level_of_grade(enum grade grade);

#endif
