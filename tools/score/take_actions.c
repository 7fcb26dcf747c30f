/* Corrective actions, checked against what they answer and taken into the result. */
#include "base/intern.h"
#include "base/mem.h"
#include "score/score.h"

/* Edits up to which an id is worth suggesting. */
enum { SUGGEST_EDITS = 3 };

/* What actions may name, and what was said about those that name something else. */
struct check {
    const struct result *result;
    bool evidence_is_absent;
    struct diag *diag;
    struct intern questions;
    struct intern nonconformities;
    struct intern figures;
    struct intern answered; /* questions and nonconformities that an action names */
    struct intern actions;
    unsigned errors;
};

/* --- what there is --- */

static bool add(struct intern *table, struct str id)
{
    return !id.ptr || intern_id(table, id) != INTERN_NONE;
}

static bool collect_earlier(struct check *check, const struct earlier_result *earlier)
{
    bool has_room = true;
    size_t i;

    for (i = 0; i < earlier->dropped_count; i++)
        has_room = has_room && add(&check->questions, earlier->dropped[i].id) &&
                   add(&check->nonconformities, earlier->dropped[i].answer.nonconformity);
    for (i = 0; i < earlier->action_count; i++)
        has_room = has_room && add(&check->nonconformities, earlier->actions[i].nonconformity);
    return has_room;
}

static enum status collect(struct check *check, const struct actions *actions,
                           const struct evidence *evidence)
{
    const struct result *result = check->result;
    bool has_room = true;
    size_t i;

    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];
        const struct nonconformity *statement = item->assessment.nonconformity;

        has_room = has_room && add(&check->questions, item->question.id);
        if (statement)
            has_room = has_room && add(&check->nonconformities, statement->id);
        if (item->earlier)
            has_room = has_room && add(&check->nonconformities, item->earlier->nonconformity);
    }
    if (result->earlier)
        has_room = has_room && collect_earlier(check, result->earlier);
    for (i = 0; i < evidence->figure_count; i++)
        has_room = has_room && add(&check->figures, evidence->figures[i].id);
    for (i = 0; i < actions->count; i++)
        has_room = has_room && add(&check->actions, actions->list[i].id) &&
                   add(&check->answered, actions->list[i].question) &&
                   add(&check->answered, actions->list[i].nonconformity);
    return has_room ? STATUS_OK : diag_no_memory(check->diag);
}

/* --- checks --- */

static void suggest(struct check *check, const struct intern *table, struct str id)
{
    struct str nearest = {NULL, 0};
    unsigned best = SUGGEST_EDITS + 1;
    uint32_t i;

    for (i = 0; i < table->count; i++) {
        unsigned edits = str_distance(id, intern_text(table, i), SUGGEST_EDITS);

        if (edits < best) {
            best = edits;
            nearest = intern_text(table, i);
        }
    }
    if (nearest.ptr)
        diag_hint(check->diag, "did you mean '%.*s'?", STR_ARG(nearest));
    else
        diag_hint(check->diag, "take the name away, or write one that there is");
}

static void check_name(struct check *check, enum rule rule, const struct intern *table,
                       const struct action *action, struct where place, struct str id)
{
    if (!id.ptr || intern_find(table, id) != INTERN_NONE)
        return;
    diag_report(check->diag, rule, place.line ? place : action->where, "'%.*s' names '%.*s'", STR_ARG(action->id),
                STR_ARG(id));
    suggest(check, table, id);
    check->errors++;
}

static void check_action(struct check *check, const struct action *action)
{
    size_t i;

    check_name(check, RULE_ACTION_QUESTION, &check->questions, action,
               action->question_place, action->question);
    check_name(check, RULE_ACTION_NONCONFORMITY, &check->nonconformities, action,
               action->nonconformity_place, action->nonconformity);
    for (i = 0; i < action->evidence_count && !check->evidence_is_absent; i++)
        if (str_starts(action->evidence[i], "EV-"))
            check_name(check, RULE_ACTION_EVIDENCE, &check->figures, action,
                       action->evidence_places ? action->evidence_places[i] : action->where,
                       action->evidence[i]);
}

static bool is_answered(const struct check *check, struct str id)
{
    return id.ptr && intern_find(&check->answered, id) != INTERN_NONE;
}

/* What should have a row in the plan and has none. */
static void check_missing(struct check *check, const struct actions *actions)
{
    const struct result *result = check->result;
    size_t i;

    for (i = 0; i < result->question_count; i++) {
        const struct assessment *assessment = &result->questions[i].assessment;
        struct str id = result->questions[i].question.id;

        if ((assessment->grade != GRADE_MINOR && assessment->grade != GRADE_MAJOR) ||
            is_answered(check, id) ||
            (assessment->nonconformity && is_answered(check, assessment->nonconformity->id)))
            continue;
        diag_report(check->diag, RULE_ACTION_MISSING, actions->where, "'%.*s' is %s", STR_ARG(id),
                    grade_name(assessment->grade));
        diag_hint(check->diag, "add <action question=\"%.*s\">", STR_ARG(id));
    }
    for (i = 0; result->earlier && i < result->earlier->action_count; i++) {
        struct str id = result->earlier->actions[i].id;

        if (intern_find(&check->actions, id) != INTERN_NONE)
            continue;
        diag_report(check->diag, RULE_ACTION_LOST, actions->where, "'%.*s'", STR_ARG(id));
        diag_hint(check->diag, "add <action id=\"%.*s\"> with what became of it", STR_ARG(id));
    }
}

static void check_all(struct check *check, const struct actions *actions,
                      const struct evidence *evidence)
{
    size_t i;

    if (!str_equal(actions->audit, evidence->audit.id)) {
        diag_report(check->diag, RULE_ACTION_AUDIT, actions->where, "'%.*s' is not '%.*s'",
                    STR_ARG(actions->audit), STR_ARG(evidence->audit.id));
        check->errors++;
    }
    for (i = 0; i < actions->count; i++)
        check_action(check, &actions->list[i]);
    check_missing(check, actions);
}

enum status result_take_actions(struct result *result, const struct actions *actions,
                                const struct evidence *evidence, struct diag *diag)
{
    struct check check = {.result = result, .evidence_is_absent = evidence->is_absent, .diag = diag};
    struct intern *const tables[] = {&check.questions, &check.nonconformities, &check.figures,
                                     &check.answered, &check.actions};
    enum status status;
    size_t i;

    for (i = 0; i < ARRAY_LEN(tables); i++)
        intern_init(tables[i]);
    status = collect(&check, actions, evidence);
    if (status == STATUS_OK)
        check_all(&check, actions, evidence);
    for (i = 0; i < ARRAY_LEN(tables); i++)
        intern_done(tables[i]);
    if (status != STATUS_OK)
        return status;
    if (check.errors) {
        diag_report(diag, RULE_DOCUMENT_INVALID,
                    (struct where){actions->where.source, 0, 0, 0}, "%u error%s", check.errors,
                    check.errors == 1 ? "" : "s");
        return STATUS_INVALID;
    }
    result->actions = actions->list;
    result->action_count = actions->count;
    result->has_actions = true;
    result->actions_sha256 = actions->sha256;
    return STATUS_OK;
}

bool action_answers(const struct action *action, const struct result_question *item)
{
    const struct nonconformity *statement = item->assessment.nonconformity;

    return (action->question.ptr && str_equal(action->question, item->question.id)) ||
           (action->nonconformity.ptr && statement &&
            str_equal(action->nonconformity, statement->id));
}

bool result_lacks_action(const struct result *result, const struct result_question *item)
{
    enum grade grade = item->assessment.grade;
    size_t i;

    if (grade != GRADE_MINOR && grade != GRADE_MAJOR)
        return false;
    for (i = 0; i < result->action_count; i++)
        if (action_answers(&result->actions[i], item))
            return false;
    return true;
}
