#include "answer/answer.h"

static const char *const status_names[ANSWER_STATUS_COUNT] = {
    "scored", "notapplicable", "notchecked", "notselected", "informational"};
static const char *const grade_names[GRADE_COUNT] = {
    "", "conform", "minor", "major", "observation", "opportunity", "strength"};
static const char *const origin_names[ORIGIN_COUNT] = {"none", "person", "figure"};
static const char *const proof_names[PROOF_KIND_COUNT] = {"", "record", "document", "observation",
                                                          "interview"};
static const char *const why_names[WHY_CODE_COUNT] = {
    "person",    "edition",   "figure",    "unconfirmed", "judgement",     "no-figure",
    "no-value",  "few-cases", "no-target", "poor-data",   "evidence-only", "no-measure"};

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
