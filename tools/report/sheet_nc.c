#include "base/mem.h"
#include "page/number.h"
#include "report/action_text.h"
#include "report/form.h"
#include "report/live.h"

/* Label, text; the last two leave room for a name and a signature. */
static const double WIDTHS[] = {30, 62, 24, 34};

static bool is_nonconformity(const struct assessment *assessment)
{
    return assessment->grade == GRADE_MINOR || assessment->grade == GRADE_MAJOR;
}

static struct str day_text(struct report *report, struct str day)
{
    if (!day.len)
        return day;
    number_add_date(&report->scratch, report_day(day), report->lang);
    return report_keep(report);
}

/* "RAS, 2026-01-22"; one of the two, or missing. */
static struct str by_on(struct report *report, struct str by, struct str on)
{
    struct str day = day_text(report, on);

    if (!by.len || !day.len)
        return by.len ? by : day;
    return report_fill(report, WORD_NC_BY_ON, 2, by, day);
}

/* --- the statement --- */

static struct str where_written(struct report *report, const struct nonconformity *statement)
{
    const struct str parts[] = {statement->document, statement->edition, statement->part};
    size_t i;

    for (i = 0; i < ARRAY_LEN(parts); i++) {
        if (!parts[i].len)
            continue;
        buf_add_text(&report->scratch, report->scratch.len ? ", " : "");
        buf_add(&report->scratch, parts[i]);
    }
    return report_keep(report);
}

static struct str grade_text(struct report *report, const struct assessment *assessment)
{
    struct buf *out = &report->scratch;

    buf_add(out, say_grade(assessment->grade, report->lang));
    if (assessment->grading.is_there) {
        buf_add_text(out, "; ");
        buf_add(out, report_say(report, WORD_NC_PROPOSED));
        buf_add_text(out, ": ");
        buf_add(out, say_grade(assessment->grading.proposed, report->lang));
        buf_add_text(out, ", ");
        buf_add_text(out, criterion_words(assessment->grading.criterion, report->lang));
    }
    return report_keep(report);
}

/* The grade as it is now, and what it was. */
static struct str grade_formula(struct report *report, const struct result_question *item,
                                struct str text)
{
    struct str id = item->question.id;
    struct str grade = live_lookup(report, "checklist.grade", id);
    struct str status = live_lookup(report, "checklist.status", id);
    struct str written = say_grade(item->assessment.grade, report->lang);
    struct str was = report_fill(report, WORD_FINDING_WAS, 1, written);
    struct buf *out = &report->scratch;

    buf_printf(out, "=IF(%.*s=", STR_ARG(grade));
    live_literal(out, written);
    buf_add_char(out, ',');
    live_literal(out, text);
    buf_printf(out, ",IF(%.*s=\"\",%.*s,%.*s)&\"; \"&", STR_ARG(grade), STR_ARG(status),
               STR_ARG(grade));
    live_literal(out, was);
    buf_add_char(out, ')');
    return report_keep(report);
}

static const struct look_rule *grade_look(struct report *report, size_t *ret_count)
{
    struct look_rule *list = arena_alloc(report->arena, 3, sizeof *list);

    *ret_count = 0;
    if (!list) {
        report->book->failed = true;
        return NULL;
    }
    list[0] = (struct look_rule){WHEN_BEGINS, say_grade(GRADE_MAJOR, report->lang), LEVEL_BAD};
    list[1] = (struct look_rule){WHEN_BEGINS, say_grade(GRADE_MINOR, report->lang), LEVEL_WATCH};
    list[2] = (struct look_rule){WHEN_TRUE, STR("=TRUE"), LEVEL_MUTED};
    *ret_count = 3;
    return list;
}

static void add_grade(struct form *form, const struct result_question *item)
{
    struct report *report = form->report;
    struct str text = grade_text(report, &item->assessment);
    size_t rule_count;
    const struct look_rule *rules = grade_look(report, &rule_count);

    form_line(form, report_say(report, WORD_NC_GRADE), text);
    form_level(form, level_of_grade(item->assessment.grade));
    sheet_formula(form->sheet, grade_formula(report, item, text));
    sheet_rules(form->sheet, rules, rule_count);
}

static void add_repeat(struct form *form, const struct result_question *item)
{
    struct report *report = form->report;
    struct str repeats = item->assessment.repeats;
    struct str now = live_lookup(report, "checklist.repeats", item->question.id);
    struct buf *out = &report->scratch;

    form_line(form, report_say(report, WORD_NC_REPEAT),
              repeats.len ? repeats : report_say(report, WORD_NC_REPEAT_NONE));
    buf_printf(out, "=IF(TRIM(%.*s)=\"\",", STR_ARG(now));
    live_say(report, WORD_NC_REPEAT_NONE);
    buf_printf(out, ",%.*s)", STR_ARG(now));
    sheet_formula(form->sheet, report_keep(report));
}

static void add_question(struct form *form, const struct result_question *item)
{
    struct report *report = form->report;
    const struct finding *finding = finding_of(report, item);

    buf_add(&report->scratch, item->question.id);
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, words_in(&item->question.text, report->lang));
    form_line(form, report_say(report, WORD_NC_QUESTION), report_keep(report));
    form_link(form, "checklist", item->question.id);
    if (!finding)
        return;
    form_line(form, report_say(report, WORD_NC_FINDING), finding->id);
    form_link(form, "findings", finding->id);
}

static void add_statement(struct form *form, const struct result_question *item)
{
    static const struct nonconformity none;
    struct report *report = form->report;
    const struct assessment *assessment = &item->assessment;
    const struct nonconformity *statement =
        assessment->nonconformity ? assessment->nonconformity : &none;
    struct str figure;
    struct str proofs = proofs_text(report, assessment, &figure);

    form_section(form, WORD_NC_STATEMENT);
    add_question(form, item);
    form_ask(form, WORD_NC_REQUIREMENT, statement->requirement);
    form_ask(form, WORD_NC_WHERE, where_written(report, statement));
    form_ask(form, WORD_NC_FACTS, statement->facts.len ? statement->facts : assessment->finding);
    form_ask(form, WORD_NC_PROOFS, proofs);
    if (figure.len)
        form_link(form, "metrics", figure);
    form_ask(form, WORD_NC_NATURE, statement->nature);
    add_grade(form, item);
    form_ask(form, WORD_NC_EFFECT, statement->effect);
    add_repeat(form, item);
    form_ask(form, WORD_NC_CONTAINMENT, statement->containment);
    form_ask(form, WORD_NC_ACCEPTED,
             statement->acknowledged_on.len ? report_say(report, WORD_YES) : STR(""));
    sheet_choice(form->sheet, report_choice(report, CHOICE_YES_NO));
    form_ask(form, WORD_NC_ACKNOWLEDGED,
             by_on(report, statement->acknowledged_by, statement->acknowledged_on));
}

/* --- what follows --- */

static struct str cause_label(struct report *report, const struct action *action)
{
    if (!action->cause.len)
        return report_say(report, WORD_NC_CAUSE_OPEN);
    return report_fill(report, WORD_NC_CAUSE, 1, say_raw(action->cause_method, report->lang));
}

static struct str check_text(struct report *report, const struct action *action)
{
    struct str when = by_on(report, action->checked_by, action->checked);
    struct str due = day_text(report, action->check_due);
    struct buf *out = &report->scratch;

    buf_add(out, action->check);
    if (!action->checked.len && due.len)
        buf_printf(out, " (%.*s)", STR_ARG(due));
    if (action->check_result.len) {
        buf_add_text(out, " ");
        buf_add(out, say_raw(action->check_result, report->lang));
        if (when.len)
            buf_printf(out, " (%.*s)", STR_ARG(when));
    }
    if (action->check_found.len) {
        buf_add_text(out, ": ");
        buf_add(out, action->check_found);
    }
    return report_keep(report);
}

/* A cell of the action's row in the plan, wherever that has gone. */
static struct str of_action(struct report *report, const char *column, struct str id)
{
    buf_printf(&report->scratch, "INDEX({capa.%s},MATCH(\"%.*s\",{capa.id},0))", column,
               STR_ARG(id));
    return report_keep(report);
}

/* "CA-2026-01, in progress; overdue by days: 15" */
static void add_action_state(struct form *form, const struct action *action)
{
    struct report *report = form->report;
    int64_t overdue = action_days_overdue(report, action);
    struct str text = report_fill(report, WORD_NC_BY_ON, 2, action->id,
                                  say_action_status(action->status, report->lang));
    struct str status = of_action(report, "status", action->id);
    struct str late = of_action(report, "overdue", action->id);
    struct str days;
    struct look_rule *rule = arena_alloc(report->arena, 1, sizeof *rule);
    struct buf *out = &report->scratch;

    if (overdue > 0)
        text = report_fill(report, WORD_NC_OVERDUE, 2, text,
                           report_count(report, (uint64_t)overdue));
    form_line(form, report_say(report, WORD_NC_ACTION), text);
    form_link(form, "capa", action->id);
    form_level(form, overdue > 0 ? LEVEL_BAD : level_of_action(action->status));
    buf_printf(out, "\"%.*s, \"&%.*s", STR_ARG(action->id), STR_ARG(status));
    status = report_keep(report);
    days = live_count(report, late.ptr);
    buf_printf(out, "=IF(%.*s=\"\",%.*s,", STR_ARG(late), STR_ARG(status));
    live_fill(report, WORD_NC_OVERDUE, 2, status.ptr, days.ptr);
    buf_add_char(out, ')');
    sheet_formula(form->sheet, report_keep(report));
    if (!rule) {
        report->book->failed = true;
        return;
    }
    *rule = (struct look_rule){WHEN_TRUE, STR("=ISNUMBER(SEARCH(\"; \",{nc.c2!}))"), LEVEL_BAD};
    sheet_rules(form->sheet, rule, 1);
}

static void add_action(struct form *form, const struct action *action)
{
    struct report *report = form->report;
    struct str label = cause_label(report, action);

    add_action_state(form, action);
    form_ask(form, WORD_NC_CORRECTION, action->correction);
    if (action->cause.len)
        form_line(form, label, action->cause);
    else
        form_ask(form, WORD_NC_CAUSE_OPEN, action->cause);
    form_line(form, report_say(report, WORD_NC_CORRECTIVE), action->what);
    form_line(form, report_say(report, WORD_NC_OWNER), by_on(report, action->owner, action->due));
    sheet_formula(form->sheet,
                  live_marked_if(report, by_on(report, action->owner, action->due),
                                 of_action(report, "changed", action->id)));
    form_ask(form, WORD_NC_EFFECTIVENESS, check_text(report, action));
    form_ask(form, WORD_NC_CLOSURE, day_text(report, action->closed));
}

static void add_actions(struct form *form, const struct result_question *item)
{
    struct report *report = form->report;
    bool has_any = false;
    size_t i;

    form_section(form, WORD_NC_FOLLOWS);
    for (i = 0; i < report->result->action_count; i++) {
        if (!action_answers(&report->result->actions[i], item))
            continue;
        add_action(form, &report->result->actions[i]);
        has_any = true;
    }
    if (has_any)
        return;
    form_line(form, report_say(report, WORD_NC_ACTION), report_say(report, WORD_NC_ACTION_NONE));
    form_level(form, LEVEL_WATCH);
}

static void add_signatures(struct form *form)
{
    static const enum word roles[] = {WORD_NC_SIGN_AUDITOR, WORD_NC_SIGN_LEAD,
                                      WORD_NC_SIGN_AUDITEE};
    struct report *report = form->report;
    const struct form_cell heads[] = {{report_say(report, WORD_ROLE), 1},
                                      {report_say(report, WORD_NAME), 1},
                                      {report_say(report, WORD_DATE), 1},
                                      {report_say(report, WORD_SIGNATURE), 1}};
    size_t i;

    form_section(form, WORD_NC_SIGNATURES);
    form_heads(form, heads, ARRAY_LEN(heads));
    for (i = 0; i < ARRAY_LEN(roles); i++) {
        const struct form_cell cells[] = {
            {report_say(report, roles[i]), 1}, {STR(""), 1}, {STR(""), 1}, {STR(""), 1}};

        form_blank_row(form, cells, ARRAY_LEN(cells));
    }
}

/* --- the sheet --- */

static void add_nonconformity(struct form *form, const struct result_question *item)
{
    struct report *report = form->report;
    const struct nonconformity *statement = item->assessment.nonconformity;
    struct str number = statement ? statement->id : report_say(report, WORD_NC_NO_NUMBER);
    struct str title = report_fill(report, WORD_NC_TITLE, 1, number);

    buf_add(&report->scratch, report->evidence->audit.organization);
    buf_add_text(&report->scratch, "  \xC2\xB7  ");
    buf_add(&report->scratch, report->book->title);
    form_page(form, title, report_keep(report));
    sheet_anchor(form->sheet, item->question.id);
    add_statement(form, item);
    add_actions(form, item);
    add_signatures(form);
}

/* Nonconformities decided since have no page: so they are named. */
static void add_without_page(struct form *form)
{
    enum { NAMED = 10 };
    struct report *report = form->report;
    struct str count = live_new_before(report, RANK_MINOR + 1);
    struct str number = live_count(report, count.ptr);
    struct str ids = live_nth_ids(report, "new", "0", count.ptr, NAMED);

    form_note(form, STR(""));
    sheet_live(form->sheet);
    buf_printf(&report->scratch, "=IF(%.*s=0,\"\",", STR_ARG(count));
    live_fill(report, WORD_NC_WITHOUT_PAGE, 2, number.ptr, ids.ptr);
    buf_add_char(&report->scratch, ')');
    sheet_formula(form->sheet, report_keep(report));
}

static void build(struct report *report, struct sheet *sheet)
{
    struct form form;
    size_t i;

    sheet->has_pages = true;
    form_begin(&form, report, sheet, WIDTHS, ARRAY_LEN(WIDTHS));
    for (i = 0; i < report->result->question_count; i++)
        if (is_nonconformity(&report->result->questions[i].assessment))
            add_nonconformity(&form, &report->result->questions[i]);
    add_without_page(&form);
}

static bool has_data(const struct report *report)
{
    size_t i;

    for (i = 0; report->result && i < report->result->question_count; i++)
        if (is_nonconformity(&report->result->questions[i].assessment))
            return true;
    return false;
}

extern const struct sheet_kind sheet_nc;
const struct sheet_kind sheet_nc = {
    .id = "nc", .name = WORD_SHEET_NC, .has_data = has_data, .build = build};
