/* How many findings there are of each grade, and answers of each status: both follow the checklist. */
#include "base/mem.h"
#include "report/cover.h"
#include "report/live.h"

static size_t count_rank(const struct report *report, enum finding_rank rank)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->finding_count; i++)
        count += report->findings[i].rank == rank;
    return count;
}

static struct str live_rank(struct report *report, enum finding_rank rank)
{
    buf_printf(&report->scratch, "COUNTIF({calculation.finding},%d)", (int)rank);
    return live_count(report, report_keep(report).ptr);
}

/* What only figures say, of a question or alone. */
static struct str live_to_grade(struct report *report)
{
    buf_printf(&report->scratch,
               "(COUNTIF({calculation.finding},%d)+COUNTIF({calculation.finding},%d)"
               "+COUNTIF({findings.now},%d))",
               (int)RANK_SCORED_LOW, (int)RANK_PROPOSED_LOW, (int)RANK_BREACHED);
    return live_count(report, report_keep(report).ptr);
}

static struct strip *add_line(struct report *report, struct pane *pane, enum word label)
{
    struct strip *strip = pane_add(pane);

    strip->label = report_say(report, label);
    return strip;
}

void cover_finding_counts(struct report *report, struct pane *pane)
{
    static const enum finding_rank ranks[] = {RANK_MAJOR, RANK_MINOR, RANK_OBSERVATION,
                                              RANK_OPPORTUNITY, RANK_STRENGTH};
    struct strip *strip = add_line(report, pane, WORD_COUNT_FINDINGS);
    struct str numbers[ARRAY_LEN(ranks) + 1];
    struct str live[ARRAY_LEN(ranks) + 1];
    size_t i;

    for (i = 0; i < ARRAY_LEN(ranks); i++) {
        numbers[i] = report_count(report, count_rank(report, ranks[i]));
        live[i] = live_rank(report, ranks[i]);
    }
    numbers[i] = report_count(report, count_rank(report, RANK_SCORED_LOW) +
                                          count_rank(report, RANK_PROPOSED_LOW) +
                                          count_rank(report, RANK_BREACHED));
    live[i] = live_to_grade(report);
    strip->text = report_fill(report, WORD_COUNT_FINDINGS_TEXT, 6, numbers[0], numbers[1],
                              numbers[2], numbers[3], numbers[4], numbers[5]);
    buf_add_char(&report->scratch, '=');
    live_fill(report, WORD_COUNT_FINDINGS_TEXT, 6, live[0].ptr, live[1].ptr, live[2].ptr,
              live[3].ptr, live[4].ptr, live[5].ptr);
    strip->text_formula = report_keep(report);
    strip->label_style = STYLE_STRONG;
    if (report->finding_count) {
        strip->link_sheet = "findings";
        strip->link_key = report->findings[0].id;
    }
}

/* No status at all is that of an answer that is not there. */
static struct str live_status(struct report *report, enum answer_status status)
{
    struct buf *out = &report->scratch;

    buf_add_text(out, "SUMPRODUCT(1*({checklist.status}=");
    live_literal(out, say_status(status, report->lang));
    buf_add_text(out, status == ANSWER_NOTCHECKED ? ")+({checklist.status}=\"\"))" : "))");
    return live_count(report, report_keep(report).ptr);
}

void cover_answer_counts(struct report *report, struct pane *pane)
{
    const struct result *result = report->result;
    struct strip *strip = add_line(report, pane, WORD_COUNT_ANSWERS);
    size_t counts[ANSWER_STATUS_COUNT] = {0};
    struct str numbers[ANSWER_STATUS_COUNT];
    struct str live[ANSWER_STATUS_COUNT];
    size_t i;

    for (i = 0; i < result->question_count; i++)
        counts[result->questions[i].assessment.status]++;
    for (i = 0; i < ANSWER_STATUS_COUNT; i++) {
        numbers[i] = report_count(report, counts[i]);
        live[i] = live_status(report, (enum answer_status)i);
    }
    strip->text = report_fill(report, WORD_COUNT_ANSWERS_TEXT, 5, numbers[ANSWER_SCORED],
                              numbers[ANSWER_NOTCHECKED], numbers[ANSWER_NOTAPPLICABLE],
                              numbers[ANSWER_NOTSELECTED], numbers[ANSWER_INFORMATIONAL]);
    buf_add_char(&report->scratch, '=');
    live_fill(report, WORD_COUNT_ANSWERS_TEXT, 5, live[ANSWER_SCORED].ptr,
              live[ANSWER_NOTCHECKED].ptr, live[ANSWER_NOTAPPLICABLE].ptr,
              live[ANSWER_NOTSELECTED].ptr, live[ANSWER_INFORMATIONAL].ptr);
    strip->text_formula = report_keep(report);
    strip->label_style = STYLE_LABEL;
}
