#include "score/score_model.h"

static const char *const names[STATE_COUNT] = {"pass",       "fail",        "unknown",
                                               "notapplicable", "notchecked", "notselected",
                                               "informational"};

/* From 8 points on a question is met in the main. */
enum { POINTS_PASS = 8 };

const char *question_state_name(enum question_state state)
{
    return names[state];
}

bool question_state_counts(enum question_state state)
{
    return state == STATE_PASS || state == STATE_FAIL || state == STATE_UNKNOWN;
}

static enum question_state scored_state(const struct assessment *assessment)
{
    switch (assessment->grade) {
    case GRADE_MINOR:
    case GRADE_MAJOR:
        return STATE_FAIL;
    case GRADE_NONE:
        return assessment->points >= POINTS_PASS ? STATE_PASS : STATE_FAIL;
    default:
        return STATE_PASS;
    }
}

/* The check was made and its outcome says nothing; where a person is asked, nobody has looked. */
static bool is_unknown(const struct result_question *item)
{
    return item->question.mode == MODE_AUTO &&
           (item->assessment.why_code == WHY_FEW_CASES ||
            item->assessment.why_code == WHY_POOR_DATA ||
            item->assessment.why_code == WHY_PARTIAL ||
            item->assessment.why_code == WHY_UNTRUSTED);
}

enum question_state question_state(const struct result_question *item)
{
    switch (item->assessment.status) {
    case ANSWER_SCORED:
        return scored_state(&item->assessment);
    case ANSWER_NOTAPPLICABLE:
        return STATE_NOTAPPLICABLE;
    case ANSWER_NOTSELECTED:
        return STATE_NOTSELECTED;
    case ANSWER_INFORMATIONAL:
        return STATE_INFORMATIONAL;
    case ANSWER_NOTCHECKED:
    case ANSWER_STATUS_COUNT:
        break;
    }
    return is_unknown(item) ? STATE_UNKNOWN : STATE_NOTCHECKED;
}
