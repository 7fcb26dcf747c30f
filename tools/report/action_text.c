#include "report/action_text.h"

#include "base/mem.h"
#include "report/live.h"

struct str say_action_status(enum action_status status, enum lang lang)
{
    static const enum word words[ACTION_STATUS_COUNT] = {
        WORD_ACTION_OPEN, WORD_ACTION_IN_PROGRESS, WORD_ACTION_IMPLEMENTED, WORD_ACTION_VERIFIED,
        WORD_ACTION_CLOSED};

    return say(words[status], lang);
}

enum level level_of_action(enum action_status status)
{
    return status == ACTION_CLOSED     ? LEVEL_GOOD
           : status >= ACTION_IMPLEMENTED ? LEVEL_NONE
                                          : LEVEL_WATCH;
}

static int64_t day_number(struct local day)
{
    return day.us / DAY_US;
}

int64_t action_days_overdue(const struct report *report, const struct action *action)
{
    struct local as_of = report_local(report, report->evidence->audit.as_of);
    struct local due = report_day(action->due);
    int64_t days;

    if (action->status >= ACTION_IMPLEMENTED || as_of.us == INSTANT_MISSING.us ||
        due.us == INSTANT_MISSING.us)
        return 0;
    days = day_number(as_of) - day_number(due);
    return days > 0 ? days : 0;
}

struct str action_evidence_text(struct report *report, const struct action *action)
{
    size_t i;

    for (i = 0; i < action->evidence_count; i++) {
        buf_add_text(&report->scratch, i ? "; " : "");
        buf_add(&report->scratch, action->evidence[i]);
    }
    return report_keep(report);
}

struct str action_figure(const struct report *report, const struct action *action)
{
    size_t i;

    for (i = 0; i < action->evidence_count; i++)
        if (figure_by_id(report, action->evidence[i]))
            return action->evidence[i];
    return (struct str){NULL, 0};
}

struct str actions_summary(struct report *report)
{
    const struct result *result = report->result;
    size_t counts[ACTION_STATUS_COUNT] = {0};
    size_t overdue = 0;
    struct str parts;
    size_t i;

    for (i = 0; i < result->action_count; i++) {
        counts[result->actions[i].status]++;
        overdue += action_days_overdue(report, &result->actions[i]) > 0;
    }
    for (i = 0; i < ACTION_STATUS_COUNT; i++) {
        if (counts[i] == 0)
            continue;
        buf_add_text(&report->scratch, report->scratch.len ? ", " : "");
        buf_add(&report->scratch, say_action_status((enum action_status)i, report->lang));
        buf_printf(&report->scratch, " %zu", counts[i]);
    }
    parts = report_keep(report);
    if (overdue) {
        struct str late = report_fill(report, WORD_ACTIONS_OVERDUE, 1,
                                      report_count(report, overdue));

        parts = report_fill(report, WORD_PLAN_METHOD_TEXT, 2, parts, late);
    }
    return report_fill(report, WORD_ACTIONS_SUMMARY, 2, report_count(report, result->action_count),
                       parts);
}

struct str actions_summary_formula(struct report *report)
{
    static const char overdue[] = "COUNTIF({capa.overdue},\">0\")";
    struct buf *out = &report->scratch;
    struct str counts[ACTION_STATUS_COUNT];
    struct str total = report_count(report, report->result->action_count);
    struct str late = live_count(report, overdue);
    struct str parts;
    size_t i;

    for (i = 0; i < ACTION_STATUS_COUNT; i++) {
        buf_add_text(out, "COUNTIF({capa.status},");
        live_literal(out, say_action_status((enum action_status)i, report->lang));
        buf_add_char(out, ')');
        counts[i] = report_keep(report);
    }
    buf_add_text(out, "MID(");
    for (i = 0; i < ACTION_STATUS_COUNT; i++) {
        buf_printf(out, "IF(%.*s=0,\"\",\", \"&", STR_ARG(counts[i]));
        live_literal(out, say_action_status((enum action_status)i, report->lang));
        buf_printf(out, "&\" \"&%.*s)&", STR_ARG(counts[i]));
    }
    buf_printf(out, "IF(%s=0,\"\",\", \"&", overdue);
    live_fill(report, WORD_ACTIONS_OVERDUE, 1, late.ptr);
    buf_add_text(out, "),3,999)");
    parts = report_keep(report);
    live_literal(out, total);
    total = report_keep(report);
    live_fill(report, WORD_ACTIONS_SUMMARY, 2, total.ptr, parts.ptr);
    return report_keep(report);
}
