#include "base/mem.h"
#include "page/number.h"
#include "report/earlier_text.h"
#include "report/form.h"

/* Label or day, time, place, subject, auditors, with whom. */
static const double WIDTHS[FORM_COLUMNS] = {24, 13, 34, 42, 14, 22};

static const struct audit_plan *plan_of(const struct report *report)
{
    return report->evidence->audit.plan;
}

/* Parts joined with the separator; missing and empty ones are left out. */
static struct str joined(struct report *report, const char *separator, const struct str *parts,
                         size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (!parts[i].len)
            continue;
        if (report->scratch.len)
            buf_add_text(&report->scratch, separator);
        buf_add(&report->scratch, parts[i]);
    }
    return report_keep(report);
}

static struct str day_text(struct report *report, struct str day)
{
    if (!day.len)
        return day;
    number_add_date(&report->scratch, report_day(day), report->lang);
    return report_keep(report);
}

/* --- why and what --- */

static void add_document(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    struct str parts[2] = {{NULL, 0}, {NULL, 0}};

    if (plan->version.len)
        parts[0] = report_fill(report, WORD_PLAN_VERSION, 1, plan->version);
    if (plan->issued.len)
        parts[1] = report_fill(report, WORD_PLAN_ISSUED, 1, day_text(report, plan->issued));
    form_line(form, report_say(report, WORD_PLAN_DOCUMENT), joined(report, ", ", parts, 2));
}

static void add_programme(struct form *form, const struct plan_programme *programme)
{
    struct report *report = form->report;
    struct str parts[2] = {programme->document, {NULL, 0}};

    if (programme->cycle.len)
        parts[1] = report_fill(report, WORD_PLAN_CYCLE, 1, programme->cycle);
    form_line(form, report_say(report, WORD_PLAN_PROGRAMME), joined(report, ", ", parts, 2));
    form_line(form, report_say(report, WORD_PLAN_REASON), words_in(&programme->text, report->lang));
}

static void add_objectives(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    size_t i;

    for (i = 0; i < plan->objective_count; i++)
        form_line(form,
                  plan->objective_count == 1
                      ? report_say(report, WORD_PLAN_OBJECTIVE)
                      : report_fill(report, WORD_PLAN_OBJECTIVE_N, 1, report_count(report, i + 1)),
                  words_in(&plan->objectives[i], report->lang));
}

static void add_criteria(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    struct str label = report_say(report, WORD_PLAN_CRITERIA);
    size_t i;

    for (i = 0; i < plan->criterion_count; i++) {
        const struct plan_criterion *criterion = &plan->criteria[i];
        const struct str parts[] = {criterion->document, criterion->edition, criterion->part};

        form_line(form, label, joined(report, ", ", parts, ARRAY_LEN(parts)));
        label = STR("");
    }
}

static void add_earlier(struct form *form)
{
    struct report *report = form->report;
    const struct earlier_result *earlier = report->result ? report->result->earlier : NULL;

    if (!earlier)
        return;
    form_line(form, report_say(report, WORD_PLAN_EARLIER), earlier_title(report));
    if (earlier->index[INDEX_CONFORMITY].has_score)
        form_link(form, "trend", str_of(index_name(INDEX_CONFORMITY)));
}

static void add_why(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    const struct evidence_audit *audit = &report->evidence->audit;

    form_section(form, WORD_PLAN_WHY);
    add_document(form, plan);
    add_programme(form, &plan->programme);
    add_earlier(form);
    add_objectives(form, plan);
    form_line(form, report_say(report, WORD_SCOPE), words_in(&audit->scope, report->lang));
    form_line(form, report_say(report, WORD_PERIOD), report_period(report));
    add_criteria(form, plan);
}

/* --- how, where, with whom --- */

static void add_methods(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    size_t i;

    for (i = 0; i < plan->method_count; i++) {
        const struct plan_method *method = &plan->methods[i];
        const struct str parts[] = {report_fill(report, WORD_PLAN_METHOD_TEXT, 2,
                                                say_raw(method->kind, report->lang),
                                                say_raw(method->presence, report->lang)),
                                    words_in(&method->text, report->lang)};

        form_line(form, i == 0 ? report_say(report, WORD_PLAN_METHOD) : STR(""),
                  joined(report, ": ", parts, ARRAY_LEN(parts)));
    }
}

/* "Help desk (HD)": what is said of it in brackets; may be missing. */
static void add_item(struct report *report, struct str name, struct str remark)
{
    if (report->scratch.len)
        buf_add_text(&report->scratch, "; ");
    buf_add(&report->scratch, name);
    if (remark.len)
        buf_printf(&report->scratch, " (%.*s)", STR_ARG(remark));
}

static void add_people(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    const struct evidence_audit *audit = &report->evidence->audit;
    size_t i;

    for (i = 0; i < audit->team_count; i++)
        add_item(report, audit->team[i].name, say_raw(audit->team[i].role, report->lang));
    form_line(form, report_say(report, WORD_TEAM), report_keep(report));
    for (i = 0; i < plan->auditee_count; i++)
        add_item(report, plan->auditees[i].name, plan->auditees[i].function);
    form_line(form, report_say(report, WORD_PLAN_AUDITEES), report_keep(report));
}

static void add_places(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    size_t i;

    for (i = 0; i < plan->process_count; i++)
        add_item(report, plan->processes[i].name, plan->processes[i].owner);
    form_line(form, report_say(report, WORD_PLAN_PROCESSES), report_keep(report));
    for (i = 0; i < plan->site_count; i++) {
        struct str name = plan->sites[i].name;

        form_line(form, i == 0 ? report_say(report, WORD_PLAN_SITES) : STR(""),
                  plan->sites[i].is_virtual ? report_fill(report, WORD_PLAN_VIRTUAL, 1, name)
                                            : name);
    }
}

static void add_how(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;

    form_section(form, WORD_PLAN_HOW);
    add_methods(form, plan);
    add_places(form, plan);
    add_people(form, plan);
    form_line(form, report_say(report, WORD_PLAN_LANGUAGE), plan->language);
    form_line(form, report_say(report, WORD_PLAN_CONFIDENTIAL), plan->confidentiality);
    form_line(form, report_say(report, WORD_PLAN_RECIPIENTS),
              joined(report, "; ", plan->recipients, plan->recipient_count));
}

/* --- agenda --- */

static struct str site_name(const struct audit_plan *plan, struct str id)
{
    size_t i;

    for (i = 0; id.ptr && i < plan->site_count; i++)
        if (str_equal(plan->sites[i].id, id))
            return plan->sites[i].name;
    return id;
}

static void add_session(struct form *form, const struct audit_plan *plan,
                        const struct plan_session *session, bool is_new_day)
{
    struct report *report = form->report;
    const struct str times[] = {session->from, session->to};
    const struct str places[] = {site_name(plan, session->site),
                                 say_raw(session->presence, report->lang)};
    const struct form_cell cells[] = {
        {is_new_day ? day_text(report, session->date) : STR(""), 1},
        {joined(report, "\xE2\x80\x93", times, 2), 1},
        {joined(report, ", ", places, 2), 1},
        {words_in(&session->text, report->lang), 1},
        {session->by, 1},
        {session->with, 1}};

    form_row(form, cells, ARRAY_LEN(cells));
}

static void add_agenda(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    const struct form_cell heads[] = {
        {report_say(report, WORD_DATE), 1},       {report_say(report, WORD_PLAN_TIME), 1},
        {report_say(report, WORD_PLAN_PLACE), 1}, {report_say(report, WORD_PLAN_WHAT), 1},
        {report_say(report, WORD_PLAN_BY), 1},    {report_say(report, WORD_PLAN_WITH), 1}};
    size_t i;

    if (plan->session_count == 0)
        return;
    form_section(form, WORD_PLAN_AGENDA);
    form_heads(form, heads, ARRAY_LEN(heads));
    for (i = 0; i < plan->session_count; i++)
        add_session(form, plan, &plan->sessions[i],
                    i == 0 || !str_equal(plan->sessions[i].date, plan->sessions[i - 1].date));
}

static void add_risks(struct form *form, const struct audit_plan *plan)
{
    struct report *report = form->report;
    const struct form_cell heads[] = {{report_say(report, WORD_PLAN_RISK), 3},
                                      {report_say(report, WORD_PLAN_RESPONSE), 3}};
    size_t i;

    if (plan->risk_count == 0)
        return;
    form_section(form, WORD_PLAN_RISKS);
    form_heads(form, heads, ARRAY_LEN(heads));
    for (i = 0; i < plan->risk_count; i++) {
        const struct form_cell cells[] = {{words_in(&plan->risks[i].text, report->lang), 3},
                                          {words_in(&plan->risks[i].response, report->lang), 3}};

        form_row(form, cells, ARRAY_LEN(cells));
    }
}

/* --- tailoring --- */

static void add_tailored(struct form *form, const struct question *question)
{
    struct report *report = form->report;
    const struct tailored *tailored = question->tailored;
    const struct form_cell cells[] = {{question->id, 1},
                                      {tailored_change_text(report, question), 2},
                                      {tailored->reason, 1},
                                      {tailored->by, 1},
                                      {day_text(report, tailored->on), 1}};

    form_row(form, cells, ARRAY_LEN(cells));
}

static void add_tailoring(struct form *form)
{
    struct report *report = form->report;
    const struct form_cell heads[] = {{report_say(report, WORD_COL_QUESTION), 1},
                                      {report_say(report, WORD_PLAN_CHANGE), 2},
                                      {report_say(report, WORD_PLAN_REASON_WHY), 1},
                                      {report_say(report, WORD_PLAN_BY), 1},
                                      {report_say(report, WORD_DATE), 1}};
    size_t i;

    if (!report_is_tailored(report))
        return;
    form_section(form, WORD_PLAN_TAILORING);
    form_heads(form, heads, ARRAY_LEN(heads));
    for (i = 0; i < report->result->question_count; i++)
        if (report->result->questions[i].question.tailored)
            add_tailored(form, &report->result->questions[i].question);
}

/* --- sign-off --- */

static void add_signatures(struct form *form, const struct audit_plan *plan)
{
    static const char *const roles[] = {"auditor", "lead-auditor", "auditee", "top-management"};
    struct report *report = form->report;
    const struct form_cell heads[] = {{report_say(report, WORD_ROLE), 2},
                                      {report_say(report, WORD_NAME), 1},
                                      {report_say(report, WORD_SIGNATURE), 1},
                                      {report_say(report, WORD_DATE), 2}};
    size_t count = plan->signatory_count;
    size_t i;

    form_section(form, WORD_PLAN_SIGNATURES);
    form_heads(form, heads, ARRAY_LEN(heads));
    for (i = 0; i < (count ? count : ARRAY_LEN(roles)); i++) {
        const struct form_cell cells[] = {
            {say_raw(count ? plan->signatories[i].role : str_of(roles[i]), report->lang), 2},
            {count ? plan->signatories[i].name : STR(""), 1},
            {STR(""), 1},
            {STR(""), 2}};

        form_blank_row(form, cells, ARRAY_LEN(cells));
    }
    form_note(form, STR("")); /* the last signature has air below its line */
    form_note(form, report_fill(report, WORD_PLAN_SIGNED, 1, report_say(report, WORD_SHEET_LOG)));
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct audit_plan *plan = plan_of(report);
    const struct str names[] = {report->evidence->audit.organization, report->book->title};
    struct form form;

    form_begin(&form, report, sheet, WIDTHS, FORM_COLUMNS);
    form_title(&form, report_say(report, WORD_PLAN_TITLE),
               joined(report, "  \xC2\xB7  ", names, ARRAY_LEN(names)));
    add_why(&form, plan);
    add_tailoring(&form);
    add_how(&form, plan);
    add_agenda(&form, plan);
    add_risks(&form, plan);
    add_signatures(&form, plan);
}

static bool has_data(const struct report *report)
{
    return plan_of(report) != NULL;
}

extern const struct sheet_kind sheet_plan;
const struct sheet_kind sheet_plan = {
    .id = "plan", .name = WORD_SHEET_PLAN, .has_data = has_data, .build = build};
