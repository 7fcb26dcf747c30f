/* What stands beside a decision: its evidence's strength, its sample, the figure, the proposal. */
#include <inttypes.h>
#include <math.h>

#include "report/report_parts.h"

static struct str points_text(struct report *report, int points)
{
    buf_add_int(&report->scratch, points);
    return report_keep(report);
}

struct str strength_text(struct report *report, const struct assessment *assessment)
{
    int strength = assessment->strength;

    if (assessment->status != ANSWER_SCORED || (strength < 0 && !assessment->is_weak))
        return (struct str){NULL, 0};
    if (strength < 0)
        return report_say(report, WORD_STRENGTH_NONE);
    if (!assessment->is_weak)
        return points_text(report, strength);
    return report_fill(report, WORD_STRENGTH_WEAK, 1, points_text(report, strength));
}

struct str sampled_text(struct report *report, const struct assessment *assessment)
{
    const struct sampled *sampled = &assessment->sampled;
    struct str n;

    if (sampled->n == 0)
        return (struct str){NULL, 0};
    n = report_count(report, sampled->n);
    if (!sampled->has_failed)
        return report_fill(report, WORD_SAMPLED, 1, n);
    return report_fill(report, WORD_SAMPLED_FAILED, 2, report_count(report, sampled->failed), n);
}

/* "14 of 61 failed (12.9 % to 35.3 %), tolerable 5.0 %" */
static struct str rate_text(struct report *report, const struct grading *grading)
{
    struct str failed = report_count(report, grading->failed);
    struct str n = report_count(report, grading->n);
    struct str low = report_share(report, grading->low);
    struct str high = report_share(report, grading->high);

    if (isnan(grading->tolerance))
        return report_fill(report, WORD_GRADING_RATE, 4, failed, n, low, high);
    return report_fill(report, WORD_GRADING_RATE_TOLERABLE, 5, failed, n, low, high,
                       report_share(report, grading->tolerance));
}

static bool looks_at_rate(enum criterion criterion)
{
    return criterion == CRITERION_ISOLATED || criterion == CRITERION_SYSTEMIC ||
           criterion == CRITERION_UNDECIDED;
}

struct str grading_text(struct report *report, const struct assessment *assessment)
{
    const struct grading *grading = &assessment->grading;
    struct str grade;
    struct str words;
    struct str text;

    if (!grading->is_there)
        return (struct str){NULL, 0};
    grade = say_grade(grading->proposed, report->lang);
    words = str_of(criterion_words(grading->criterion, report->lang));
    text = report_fill(report, WORD_GRADING, 2, grade, words);
    if (grading->n && looks_at_rate(grading->criterion)) {
        buf_add(&report->scratch, text);
        buf_add_text(&report->scratch, "; ");
        text = report_keep(report);
        words = rate_text(report, grading);
        buf_add(&report->scratch, text);
        buf_add(&report->scratch, words);
        text = report_keep(report);
    }
    if (!grading->differs)
        return text;
    return report_fill(report, WORD_GRADING_DIFFERS, 2, text,
                       say_grade(assessment->grade, report->lang));
}

struct str override_text(struct report *report, const struct assessment *assessment)
{
    const struct override *override = &assessment->override;
    struct str was;
    struct str now;
    struct str text;

    if (!override->is_there)
        return (struct str){NULL, 0};
    was = points_text(report, override->old_points);
    now = override->new_points >= 0 ? points_text(report, override->new_points)
                                    : say_status(override->new_status, report->lang);
    text = report_fill(report, override->old_status == ANSWER_SCORED ? WORD_OVERRIDE_SCORED
                                                                     : WORD_OVERRIDE_PROPOSED,
                       2, was, now);
    if (!override->is_outside)
        return text;
    return report_fill(report, WORD_OVERRIDE_OUTSIDE, 3, text,
                       points_text(report, assessment->proposed_low),
                       points_text(report, assessment->proposed_high));
}
