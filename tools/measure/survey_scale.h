/*
 * On which scale a customer was asked, and where on it the answer lies.
 *
 * Call: survey_answer_of.
 * Owns: nothing.
 * Errors: SCALE_UNKNOWN for a scale that is none of these; an answer off its scale is said.
 * Units: whole points.
 * Source: satisfaction 1 to 5; net promoter question 0 to 10; customer effort as agreement with
 *         "it was easy" 1 to 7, and the older question for effort 1 to 5, which runs the other way.
 * A scale is named (csat, nps, ces, ces-5) or given by its ends, and then the question says what was
 * asked: "1-5" with "ces" in it is the older effort scale.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_SURVEY_SCALE_H
#define CFAUDIT_MEASURE_SURVEY_SCALE_H

#include "record/record.h"

enum survey_scale { SCALE_CSAT, SCALE_NPS, SCALE_CES, SCALE_CES_5, SCALE_UNKNOWN };

struct survey_answer {
    enum survey_scale scale;
    int64_t at;       /* VALUE_MISSING: not dated */
    bool is_silent;   /* no score */
    bool is_off;      /* the score is not on the scale */
    int score;        /* else */
    bool is_invited;  /* whoever answered was */
    bool not_invited; /* said so */
};

/* Somebody may have been asked on that scale. */
bool survey_scale_is_told(const struct record_set *set, enum survey_scale scale);
struct survey_answer survey_answer_of(const struct record_case *item);
/* Why an answer does not count for figures on that scale; NULL: it does. */
const char *survey_refusal(const struct survey_answer *answer, enum survey_scale scale,
                           int64_t as_of);

#endif
