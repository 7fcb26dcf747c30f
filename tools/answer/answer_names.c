#include "answer/answer.h"

static const char *const status_names[ANSWER_STATUS_COUNT] = {
    "scored", "notapplicable", "notchecked", "notselected", "informational"};
static const char *const grade_names[GRADE_COUNT] = {
    "", "conform", "minor", "major", "observation", "opportunity", "strength"};
static const char *const origin_names[ORIGIN_COUNT] = {"none", "person", "figure"};
static const char *const proof_names[PROOF_KIND_COUNT] = {"", "record", "document", "observation",
                                                          "interview"};
static const char *const proof_source_names[PROOF_SOURCE_COUNT] = {"internal", "controlled",
                                                                   "external"};
static const char *const effect_names[EFFECT_COUNT] = {"", "none", "seen"};
static const char *const criterion_names[CRITERION_COUNT] = {
#define CRITERION(name, id, grade, agrees, en, it) id,
#include "answer/grading.def"
#undef CRITERION
};
static const char *const why_names[WHY_CODE_COUNT] = {
    "person",    "edition",   "tailored",  "figure",    "unconfirmed", "judgement",     "no-figure",
    "no-value",  "few-cases", "no-target", "poor-data",   "evidence-only", "no-measure",
    "partial-data", "untrusted"};

static bool find(struct str name, const char *const *names, int count, int *ret_index)
{
    int i;

    for (i = 0; i < count; i++) {
        if (str_is(name, names[i])) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

const char *answer_status_name(enum answer_status status)
{
    return status_names[status];
}

bool answer_status_find(struct str name, enum answer_status *ret_status)
{
    int index;

    if (!find(name, status_names, ANSWER_STATUS_COUNT, &index))
        return false;
    *ret_status = (enum answer_status)index;
    return true;
}

const char *grade_name(enum grade grade)
{
    return grade_names[grade];
}

bool grade_find(struct str name, enum grade *ret_grade)
{
    int index;

    if (!find(name, grade_names, GRADE_COUNT, &index))
        return false;
    *ret_grade = (enum grade)index;
    return true;
}

const char *answer_origin_name(enum answer_origin origin)
{
    return origin_names[origin];
}

bool answer_origin_find(struct str name, enum answer_origin *ret_origin)
{
    int index;

    if (!find(name, origin_names, ORIGIN_COUNT, &index))
        return false;
    *ret_origin = (enum answer_origin)index;
    return true;
}

const char *proof_kind_name(enum proof_kind kind)
{
    return proof_names[kind];
}

bool proof_kind_find(struct str name, enum proof_kind *ret_kind)
{
    int index;

    if (!find(name, proof_names, PROOF_KIND_COUNT, &index))
        return false;
    *ret_kind = (enum proof_kind)index;
    return true;
}

const char *proof_source_name(enum proof_source source)
{
    return proof_source_names[source];
}

bool proof_source_find(struct str name, enum proof_source *ret_source)
{
    int index;

    if (!find(name, proof_source_names, PROOF_SOURCE_COUNT, &index))
        return false;
    *ret_source = (enum proof_source)index;
    return true;
}

const char *effect_name(enum effect effect)
{
    return effect_names[effect];
}

bool effect_find(struct str name, enum effect *ret_effect)
{
    int index;

    if (!find(name, effect_names, EFFECT_COUNT, &index))
        return false;
    *ret_effect = (enum effect)index;
    return true;
}

const char *criterion_name(enum criterion criterion)
{
    return criterion_names[criterion];
}

bool criterion_find(struct str name, enum criterion *ret_criterion)
{
    int index;

    if (!find(name, criterion_names, CRITERION_COUNT, &index))
        return false;
    *ret_criterion = (enum criterion)index;
    return true;
}

const char *criterion_words(enum criterion criterion, enum lang lang)
{
    static const char *const words[CRITERION_COUNT][LANG_COUNT] = {
#define CRITERION(name, id, grade, agrees, en, it) {en, it},
#include "answer/grading.def"
#undef CRITERION
    };

    return words[criterion][lang];
}

const char *why_code_name(enum why_code code)
{
    return why_names[code];
}

bool why_code_find(struct str name, enum why_code *ret_code)
{
    int index;

    if (!find(name, why_names, WHY_CODE_COUNT, &index))
        return false;
    *ret_code = (enum why_code)index;
    return true;
}
