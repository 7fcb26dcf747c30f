#include "base/mem.h"
#include "report/live.h"

/* Colours that follow what people fill in; the text says the same. */

static struct look_rule *make_list(struct report *report, size_t count)
{
    struct look_rule *list = arena_alloc(report->arena, count, sizeof *list);

    if (!list)
        report->book->failed = true;
    return list;
}

void status_rules(struct report *report, struct column *column)
{
    struct look_rule *list = make_list(report, ANSWER_STATUS_COUNT);
    int i;

    for (i = 0; list && i < ANSWER_STATUS_COUNT; i++)
        list[i] = (struct look_rule){WHEN_IS, say_status((enum answer_status)i, report->lang),
                                     level_of_status((enum answer_status)i)};
    column->rules = list;
    column->rule_count = list ? ANSWER_STATUS_COUNT : 0;
}

void grade_rules(struct report *report, struct column *column)
{
    struct look_rule *list = make_list(report, GRADE_COUNT);
    int i;

    for (i = GRADE_NONE + 1; list && i < GRADE_COUNT; i++)
        list[i - 1] = (struct look_rule){WHEN_IS, say_grade((enum grade)i, report->lang),
                                         level_of_grade((enum grade)i)};
    column->rules = list;
    column->rule_count = list ? GRADE_COUNT - 1 : 0;
}

/* An empty cell is no nought. */
void points_rules(struct report *report, const char *sheet, struct column *column)
{
    static const struct {
        const char *condition;
        enum level level;
    } steps[] = {{"<6", LEVEL_BAD}, {"<8", LEVEL_WATCH}, {">=8", LEVEL_GOOD}};
    struct look_rule *list = make_list(report, ARRAY_LEN(steps));
    size_t i;

    for (i = 0; list && i < ARRAY_LEN(steps); i++) {
        buf_printf(&report->scratch, "=AND(ISNUMBER({%s.%.*s!}),{%s.%.*s!}%s)", sheet,
                   STR_ARG(column->id), sheet, STR_ARG(column->id), steps[i].condition);
        list[i] = (struct look_rule){WHEN_TRUE, report_keep(report), steps[i].level};
    }
    column->rules = list;
    column->rule_count = list ? ARRAY_LEN(steps) : 0;
}

void filled_rule(struct report *report, const char *sheet, struct column *column)
{
    struct look_rule *list = make_list(report, 1);

    if (!list)
        return;
    buf_printf(&report->scratch, "={%s.%.*s!}<>\"\"", sheet, STR_ARG(column->id));
    *list = (struct look_rule){WHEN_TRUE, report_keep(report), LEVEL_BAD};
    column->rules = list;
    column->rule_count = 1;
}
