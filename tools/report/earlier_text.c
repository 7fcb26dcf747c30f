#include <string.h>

#include "base/mem.h"
#include "report/earlier_text.h"

static const struct earlier_result *earlier_of(const struct report *report)
{
    return report->result ? report->result->earlier : NULL;
}

bool earlier_alike(const struct report *report, enum index_kind kind, struct alike *ret_alike)
{
    struct alike alike = {0, RATIO_ZERO, RATIO_ZERO};
    struct ratio weight = RATIO_ZERO;
    size_t i;

    for (i = 0; i < report->result->question_count; i++) {
        const struct result_question *item = &report->result->questions[i];
        const struct earlier_answer *earlier = item->earlier;

        if (!earlier || index_of(item->question.basis) != kind || earlier->change > CHANGE_WORSE)
            continue;
        alike.count++;
        weight = ratio_add(weight, item->question.weight);
        alike.then = ratio_add(
            alike.then, ratio_multiply(item->question.weight, ratio_make(earlier->points, 10)));
        alike.now = ratio_add(alike.now, ratio_multiply(item->question.weight,
                                                        ratio_make(item->assessment.points, 10)));
    }
    if (alike.count == 0)
        return false;
    alike.then = ratio_divide(alike.then, weight);
    alike.now = ratio_divide(alike.now, weight);
    if (!ratio_is_ok(alike.then) || !ratio_is_ok(alike.now))
        return false;
    *ret_alike = alike;
    return true;
}

struct str earlier_title(struct report *report)
{
    const struct earlier_result *earlier = earlier_of(report);
    struct str date = report_date(report, earlier->as_of);

    buf_add(&report->scratch, earlier->audit);
    if (date.len) {
        buf_add_text(&report->scratch, report->scratch.len ? ", " : "");
        buf_add(&report->scratch, date);
    }
    return report_keep(report);
}

/* --- answers --- */

struct str change_text(const struct report *report, enum change change)
{
    static const enum word words[CHANGE_COUNT] = {WORD_CHANGE_BETTER,  WORD_CHANGE_SAME,
                                                  WORD_CHANGE_WORSE,   WORD_CHANGE_NEW,
                                                  WORD_CHANGE_REVISED, WORD_CHANGE_NOT_COMPARED};

    return report_say(report, words[change]);
}

enum level change_level(enum change change)
{
    return change == CHANGE_BETTER  ? LEVEL_GOOD
           : change == CHANGE_WORSE ? LEVEL_BAD
           : change == CHANGE_SAME  ? LEVEL_NONE
                                    : LEVEL_MUTED;
}

struct str earlier_answer_text(struct report *report, const struct earlier_answer *answer)
{
    struct str grade = say_grade(answer->grade, report->lang);
    struct buf *out = &report->scratch;

    if (answer->revision == 0)
        return (struct str){NULL, 0};
    if (answer->status == ANSWER_SCORED) {
        buf_add_int(out, answer->points);
        buf_add_char(out, ' ');
        buf_add(out, report_say(report, WORD_POINTS_WORD));
    } else {
        buf_add(out, say_status(answer->status, report->lang));
    }
    if (grade.len) {
        buf_add_text(out, ", ");
        buf_add(out, grade);
    }
    return report_keep(report);
}

size_t count_changes(const struct report *report, enum change change)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->result->question_count; i++)
        count += report->result->questions[i].earlier &&
                 report->result->questions[i].earlier->change == change;
    return count;
}

/* --- indexes --- */

struct str earlier_index_text(struct report *report, const struct earlier_index *index)
{
    struct str score = index->has_score ? report_percent(report, index->score)
                                        : report_say(report, WORD_NOT_SCORED);

    if (!index->has_score)
        return score;
    buf_add(&report->scratch, score);
    buf_add_text(&report->scratch, ", ");
    buf_add(&report->scratch, index->is_incomplete ? report_say(report, WORD_BAND_INCOMPLETE)
                                                   : say_band(index->restricted, report->lang));
    return report_keep(report);
}

struct str difference_text(struct report *report, struct ratio then, struct ratio now,
                           enum level *ret_level)
{
    int order = ratio_compare(now, then);
    struct ratio difference = order > 0 ? ratio_subtract(now, then) : ratio_subtract(then, now);
    struct buf *out = &report->scratch;
    size_t i;

    *ret_level = order > 0 ? LEVEL_GOOD : order < 0 ? LEVEL_BAD : LEVEL_NONE;
    if (order == 0 || !ratio_is_ok(difference))
        return report_say(report, WORD_TREND_EVEN);
    ratio_format_decimal(difference, 100, 1, out);
    for (i = 0; i < out->len && report->lang == LANG_IT; i++)
        if (out->bytes[i] == '.')
            out->bytes[i] = ',';
    return report_fill(report, order > 0 ? WORD_TREND_UP_BY : WORD_TREND_DOWN_BY, 1,
                       report_keep(report));
}

struct str trend_since_text(struct report *report, struct str difference,
                            const struct earlier_index *then)
{
    struct str text = report_fill(report, WORD_TREND_FROM, 3, difference,
                                  earlier_index_text(report, then), earlier_title(report));

    struct str caveat;

    if (!checklists_differ_text(report).ptr)
        return text;
    caveat = report_fill(report, WORD_TREND_CAVEAT, 1, report_say(report, WORD_SHEET_TREND));
    buf_add(&report->scratch, text);
    buf_add(&report->scratch, caveat);
    return report_keep(report);
}

struct str cover_trend_text(struct report *report, enum index_kind kind, enum level *ret_level)
{
    const struct earlier_result *earlier = earlier_of(report);
    const struct tally *now = &report->result->index[kind].all;
    enum level level = LEVEL_MUTED;
    struct str difference;

    if (!earlier || !now->has_score || !earlier->index[kind].has_score)
        return (struct str){NULL, 0};
    difference = models_differ(report)
                     ? report_say(report, WORD_TREND_NO_NUMBER)
                     : difference_text(report, earlier->index[kind].score, now->score, &level);
    if (ret_level)
        *ret_level = level;
    return trend_since_text(report, difference, &earlier->index[kind]);
}

bool models_differ(const struct report *report)
{
    return !str_equal(earlier_of(report)->model, report->result->model);
}

static bool is_same_checklist(const struct report *report, size_t number)
{
    const struct earlier_result *earlier = earlier_of(report);
    const struct result *result = report->result;
    size_t i;

    for (i = 0; i < earlier->checklist_count; i++)
        if (str_equal(earlier->checklists[i].id, result->checklists[number].id))
            return earlier->checklists[i].revision == result->checklists[number].revision &&
                   memcmp(earlier->checklists[i].sha256.bytes,
                          result->checklists[number].sha256.bytes,
                          sizeof earlier->checklists[i].sha256.bytes) == 0;
    return false;
}

static struct str revision_text(struct report *report, struct str id, unsigned revision)
{
    return report_fill(report, WORD_REVISION, 2, id, report_count(report, revision));
}

struct str checklists_differ_text(struct report *report)
{
    const struct earlier_result *earlier = earlier_of(report);
    const struct result *result = report->result;
    struct str then = {NULL, 0};
    struct str now = {NULL, 0};
    bool is_same = earlier->checklist_count == result->checklist_count;
    size_t i;

    for (i = 0; i < result->checklist_count; i++)
        is_same = is_same && is_same_checklist(report, i);
    if (is_same)
        return then;
    for (i = 0; i < earlier->checklist_count; i++) {
        struct str text =
            revision_text(report, earlier->checklists[i].id, earlier->checklists[i].revision);

        then = i == 0 ? text : report_fill(report, WORD_PLAN_METHOD_TEXT, 2, then, text);
    }
    for (i = 0; i < result->checklist_count; i++) {
        struct str text =
            revision_text(report, result->checklists[i].id, result->checklists[i].revision);

        now = i == 0 ? text : report_fill(report, WORD_PLAN_METHOD_TEXT, 2, now, text);
    }
    buf_add(&report->scratch, then);
    buf_add_text(&report->scratch, " \xE2\x86\x92 ");
    buf_add(&report->scratch, now);
    return report_keep(report);
}
