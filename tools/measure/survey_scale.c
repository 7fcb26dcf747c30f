#include "measure/survey_scale.h"

#include "base/mem.h"
#include "measure/case_words.h"

static const struct scale {
    const char *name;
    const char *ends;
    const char *asked; /* part of the question; NULL: any */
    enum survey_scale scale;
    int least;
    int most;
} scales[] = {
    {"nps", "0-10", NULL, SCALE_NPS, 0, 10},
    {"ces-5", "1-5", "ces", SCALE_CES_5, 1, 5},
    {"ces-5", "1-5", "effort", SCALE_CES_5, 1, 5},
    {"csat", "1-5", NULL, SCALE_CSAT, 1, 5},
    {"ces", "1-7", NULL, SCALE_CES, 1, 7},
};

static bool asks(struct str question, const char *wanted)
{
    struct str word = str_of(wanted);
    size_t i;

    for (i = 0; i + word.len <= question.len; i++)
        if (str_equal_nocase((struct str){question.ptr + i, word.len}, word))
            return true;
    return false;
}

static const struct scale *scale_of(const struct record_case *item)
{
    struct str said = case_word(item, SURVEY_SCALE);
    struct str question = case_word(item, SURVEY_QUESTION);
    size_t i;

    for (i = 0; said.ptr && i < ARRAY_LEN(scales); i++)
        if (str_equal_nocase(said, str_of(scales[i].name)) ||
            (str_is(said, scales[i].ends) &&
             (!scales[i].asked || asks(question, scales[i].asked))))
            return &scales[i];
    return NULL;
}

bool survey_scale_is_told(const struct record_set *set, enum survey_scale scale)
{
    int64_t text;
    size_t i;

    for (i = 0; i < ARRAY_LEN(scales); i++)
        if (scales[i].scale == scale &&
            (record_text_find(set, str_of(scales[i].name), &text) ||
             record_text_find(set, str_of(scales[i].ends), &text)))
            return true;
    return false;
}

struct survey_answer survey_answer_of(const struct record_case *item)
{
    const struct scale *scale = scale_of(item);
    int64_t score = record_value(item, SURVEY_SCORE);
    int64_t invited = record_value(item, SURVEY_INVITED);
    struct survey_answer answer = {.scale = scale ? scale->scale : SCALE_UNKNOWN,
                                   .at = record_value(item, SURVEY_AT),
                                   .is_silent = score == VALUE_MISSING};

    answer.is_invited = invited == 1 || !answer.is_silent;
    answer.not_invited = !answer.is_invited && invited == 0;
    if (answer.is_silent || !scale)
        return answer;
    answer.is_off = score % FIELD_NUMBER_ONE != 0 ||
                    score < (int64_t)scale->least * FIELD_NUMBER_ONE ||
                    score > (int64_t)scale->most * FIELD_NUMBER_ONE;
    if (!answer.is_off)
        answer.score = (int)(score / FIELD_NUMBER_ONE);
    return answer;
}

const char *survey_refusal(const struct survey_answer *answer, enum survey_scale scale,
                           int64_t as_of)
{
    if (answer->scale != scale)
        return answer->scale == SCALE_UNKNOWN ? "scale-unknown" : "other-scale";
    if (answer->at != VALUE_MISSING && answer->at > as_of)
        return "answered-later";
    if (answer->is_silent)
        return "no-answer";
    return answer->is_off ? "not-on-scale" : NULL;
}
