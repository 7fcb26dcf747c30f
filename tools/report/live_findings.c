#include "report/live.h"

/*
 * Which answers are findings, and which have changed since the workbook was written. What the
 * formulas need of a question but no person fills in stands in hidden columns of the checklist, so
 * that it moves with the row when people sort.
 */

/* Above every number of a question, so that a rank comes first. */
static const uint64_t RANK_STEP = 10000000;

/* Bytes; a formula has at most 8192 characters. */
static const size_t LARGEST_TEXT = 6000;

/* What figures alone say of a question. */
enum { LOW_NOT, LOW_PROPOSED, LOW_SCORED };

unsigned live_low_of(const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;

    if (assessment->proposed < 0 || assessment->proposed > POINTS_LOW)
        return LOW_NOT;
    return assessment->status == ANSWER_SCORED && assessment->origin == ORIGIN_FIGURE ? LOW_SCORED
                                                                                      : LOW_PROPOSED;
}

struct str live_written(struct report *report, const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;
    struct buf *out = &report->scratch;

    buf_add(out, say_status(assessment->status, report->lang));
    buf_add_char(out, '|');
    if (assessment->status == ANSWER_SCORED)
        buf_add_int(out, assessment->points);
    buf_add_char(out, '|');
    buf_add(out, say_grade(assessment->grade, report->lang));
    buf_printf(out, "|%d|%d", !live_is_blank(assessment->repeats),
               !live_is_blank(assessment->reason));
    return report_keep(report);
}

uint64_t live_key_of(const struct report *report, const struct result_question *item)
{
    const struct finding *finding = finding_of(report, item);

    return finding ? finding->rank * RANK_STEP +
                         report->importance[item - report->result->questions]
                   : 0;
}

/* --- formulas for the row of the checklist that they stand in --- */

struct str live_changed_formula(void)
{
    return STR("=IF({checklist.status!}&\"|\"&{checklist.points!}&\"|\"&{checklist.grade!}&\"|\"&"
               "IF(TRIM({checklist.repeats!})=\"\",0,1)&\"|\"&"
               "IF(TRIM({checklist.note!})=\"\",0,1)={checklist.written!},0,1)");
}

struct str live_finding_formula(struct report *report)
{
    static const struct {
        enum grade grade;
        enum finding_rank rank;
    } grades[] = {{GRADE_MAJOR, RANK_MAJOR},
                  {GRADE_MINOR, RANK_MINOR},
                  {GRADE_OBSERVATION, RANK_OBSERVATION},
                  {GRADE_OPPORTUNITY, RANK_OPPORTUNITY},
                  {GRADE_STRENGTH, RANK_STRENGTH}};
    struct buf *out = &report->scratch;
    size_t i;

    buf_add_char(out, '=');
    for (i = 0; i < sizeof grades / sizeof *grades; i++) {
        buf_add_text(out, "IF({checklist.grade!}=");
        live_literal(out, say_grade(grades[i].grade, report->lang));
        buf_printf(out, ",%d,", (int)grades[i].rank);
    }
    buf_printf(out,
               "IF(AND({checklist.low!}=%d,{calculation.changed!}=0),%d,"
               "IF(AND({checklist.low!}>%d,OR({checklist.status!}=\"\",",
               LOW_SCORED, RANK_SCORED_LOW, LOW_NOT);
    live_status_is(report, ANSWER_NOTCHECKED);
    buf_printf(out, ")),%d,%d)))))))", RANK_PROPOSED_LOW, RANK_NONE);
    return report_keep(report);
}

struct str live_key_formula(struct report *report)
{
    buf_printf(&report->scratch,
               "=IF({calculation.finding!}=0,\"\",{calculation.finding!}*%llu"
               "+{checklist.importance!})",
               (unsigned long long)RANK_STEP);
    return report_keep(report);
}

struct str live_new_formula(void)
{
    return STR("=IF({checklist.finding!}=\"\",{calculation.key!},\"\")");
}

struct str live_open_formula(struct report *report)
{
    buf_printf(&report->scratch, "=IF({calculation.state!}=%d,{checklist.importance!},\"\")",
               LIVE_OPEN);
    return report_keep(report);
}

/* --- parts of formulas --- */

struct str live_before(struct report *report, enum finding_rank rank)
{
    buf_printf(&report->scratch, "COUNTIF({calculation.key},\"<%llu\")",
               (unsigned long long)(rank * RANK_STEP));
    return report_keep(report);
}

struct str live_new_before(struct report *report, enum finding_rank rank)
{
    buf_printf(&report->scratch, "COUNTIF({calculation.new},\"<%llu\")",
               (unsigned long long)(rank * RANK_STEP));
    return report_keep(report);
}

struct str live_nth_ids(struct report *report, const char *column, const char *before,
                        const char *count, unsigned most)
{
    struct buf *out = &report->scratch;
    unsigned i;

    for (i = 1; i <= most; i++) /* behind the last of them others begin */
        buf_printf(out,
                   "%sIF(%s>=%u,%sINDEX({calculation.id},"
                   "MATCH(SMALL({calculation.%s},%s+%u),{calculation.%s},0)),\"\")",
                   i > 1 ? "&" : "", count, i, i > 1 ? "\", \"&" : "", column, before, i, column);
    buf_printf(out, "&IF(%s>%u,\" \xE2\x80\xA6\",\"\")", count, most);
    return report_keep(report);
}

struct str live_lookup(struct report *report, const char *column, struct str question)
{
    buf_printf(&report->scratch, "INDEX({%s},MATCH(\"%.*s\",{checklist.id},0))", column,
               STR_ARG(question));
    return report_keep(report);
}

struct str live_marked(struct report *report, struct str text)
{
    return live_marked_if(report, text, STR("SUM({calculation.changed})"));
}

struct str live_marked_if(struct report *report, struct str text, struct str changed)
{
    struct str parts[2];

    if (!text.len || text.len > LARGEST_TEXT)
        return (struct str){NULL, 0};
    live_literal(&report->scratch, text);
    parts[0] = report_keep(report);
    live_literal(&report->scratch, report_say(report, WORD_AS_WRITTEN));
    parts[1] = report_keep(report);
    buf_printf(&report->scratch, "=%.*s&IF(%.*s=0,\"\",\" \"&%.*s)", STR_ARG(parts[0]),
               STR_ARG(changed), STR_ARG(parts[1]));
    return report_keep(report);
}
