/* What an audit changed about the questions of its checklists, in words. */
#include "page/number.h"
#include "report/report_parts.h"

/* That documents write. */
enum { WEIGHT_DECIMALS = 4 };

static struct str weight_text(struct report *report, struct ratio weight)
{
    unsigned decimals = 0;
    int64_t scale;

    for (scale = 1; scale % weight.den != 0 && decimals < WEIGHT_DECIMALS; scale *= 10)
        decimals++;
    number_add(&report->scratch, ratio_to_double(weight), decimals, report->lang);
    return report_keep(report);
}

static struct str day_text(struct report *report, struct str day)
{
    number_add_date(&report->scratch, report_day(day), report->lang);
    return report_keep(report);
}

struct str tailored_change_text(struct report *report, const struct question *question)
{
    if (question_is_left_out(question))
        return report_say(report, WORD_TAILORED_LEFT_OUT);
    return report_fill(report, WORD_TAILORED_WEIGHT, 2, weight_text(report, question->weight),
                       weight_text(report, question->tailored->weight));
}

struct str tailored_text(struct report *report, const struct question *question)
{
    const struct tailored *tailored = question->tailored;
    struct str change;

    if (!tailored)
        return (struct str){NULL, 0};
    change = tailored_change_text(report, question);
    if (!tailored->by.len)
        return report_fill(report, WORD_TAILORED_ON, 2, change, day_text(report, tailored->on));
    return report_fill(report, WORD_TAILORED_BY, 3, change, tailored->by,
                       day_text(report, tailored->on));
}

struct str tailored_reason_text(struct report *report, const struct question *question)
{
    if (!question->tailored)
        return (struct str){NULL, 0};
    return report_fill(report, WORD_TAILORED_REASON, 2, tailored_text(report, question),
                       question->tailored->reason);
}

static size_t count_of(const struct result *result, enum tailored_change change)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < result->question_count; i++) {
        const struct tailored *tailored = result->questions[i].question.tailored;

        count += tailored && tailored->change == change;
    }
    return count;
}

bool report_is_tailored(const struct report *report)
{
    return report->result && (count_of(report->result, TAILORED_LEFT_OUT) ||
                              count_of(report->result, TAILORED_WEIGHED));
}

struct str tailored_total_text(struct report *report)
{
    const struct result *result = report->result;

    if (!report_is_tailored(report))
        return (struct str){NULL, 0};
    return report_fill(report, WORD_TAILORED_COUNT, 2,
                       report_count(report, count_of(result, TAILORED_LEFT_OUT)),
                       report_count(report, count_of(result, TAILORED_WEIGHED)));
}
