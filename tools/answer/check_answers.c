#include "answer/answer.h"

#include "answer/catalogue.h"

/* The document being checked, and the errors found so far. */
struct check {
    const struct catalogue *catalogue;
    const struct evidence *evidence;
    struct diag *diag;
    unsigned errors;
};

enum status answers_refuse(const struct answers *answers, unsigned errors, struct diag *diag)
{
    struct where where = {answers->where.source, 0, 0, 0};

    diag_report(diag, RULE_DOCUMENT_INVALID, where, "%u error%s", errors,
                errors == 1 ? "" : "s");
    return STATUS_INVALID;
}

static void check_unknown(struct check *check, const struct answer *answer)
{
    const struct question *nearest = catalogue_nearest(check->catalogue, answer->question);

    diag_report(check->diag, RULE_ANSWER_QUESTION, answer->where, "'%.*s'",
                STR_ARG(answer->question));
    if (nearest)
        diag_hint(check->diag, "did you mean '%.*s'?", STR_ARG(nearest->id));
    check->errors++;
}

/* What this audit does not ask has no answer in it. */
static void check_left_out(struct check *check, const struct answer *answer,
                           const struct question *question)
{
    diag_report(check->diag, RULE_ANSWER_LEFT_OUT, answer->where, "'%.*s' was left out by %.*s",
                STR_ARG(answer->question), STR_ARG(question->tailored->by));
    diag_hint(check->diag, "take the answer away, or 'leave-out' out of the audit");
    check->errors++;
}

/* A gate question may be answered or left open, not set aside: it would lift every gate. */
static void check_gate(struct check *check, const struct answer *answer,
                       const struct question *question)
{
    if (!question->is_gate || answer->status == ANSWER_SCORED ||
        answer->status == ANSWER_NOTCHECKED)
        return;
    diag_report(check->diag, RULE_ANSWER_GATE, answer->where, "'%.*s' is %s",
                STR_ARG(answer->question), answer_status_name(answer->status));
    check->errors++;
}

static void check_grade(struct check *check, const struct answer *answer,
                        const struct question *question)
{
    if (question->basis != BASIS_GOOD_PRACTICE ||
        (answer->grade != GRADE_MINOR && answer->grade != GRADE_MAJOR))
        return;
    diag_report(check->diag, RULE_ANSWER_GRADE_BASIS, answer->where, "'%.*s' is %s",
                STR_ARG(answer->question), grade_name(answer->grade));
    check->errors++;
}

static bool is_interview(const struct answer *answer, size_t i)
{
    return answer->proofs && answer->proofs[i].kind == PROOF_INTERVIEW;
}

static void check_evidence(struct check *check, const struct answer *answer,
                           const struct question *question)
{
    size_t i;

    for (i = 0; i < answer->evidence_count; i++) {
        if (check->evidence->is_absent || !str_starts(answer->evidence[i], "EV-") ||
            catalogue_has_figure(check->catalogue, answer->evidence[i]))
            continue;
        diag_report(check->diag, RULE_ANSWER_EVIDENCE, answer->where, "'%.*s' names '%.*s'",
                    STR_ARG(answer->question), STR_ARG(answer->evidence[i]));
        check->errors++;
    }
    /* One person's word is a claim; a record or a second source makes it evidence. */
    if (answer->grade == GRADE_CONFORM && question->basis == BASIS_REQUIREMENT &&
        answer->evidence_count == 1 && is_interview(answer, 0)) {
        diag_report(check->diag, RULE_ANSWER_INTERVIEW_ALONE, answer->where, "'%.*s'",
                    STR_ARG(answer->question));
        check->errors++;
    }
    if (answer->status == ANSWER_SCORED && answer->evidence_count == 0)
        diag_report(check->diag, RULE_ANSWER_NO_EVIDENCE, answer->where, "'%.*s' is scored",
                    STR_ARG(answer->question));
}

enum status answers_check_with(const struct answers *answers, const struct catalogue *catalogue,
                               const struct evidence *evidence, struct diag *diag)
{
    struct check check = {catalogue, evidence, diag, 0};
    size_t i;

    if (answers->audit.ptr && evidence->audit.id.ptr &&
        !str_equal(answers->audit, evidence->audit.id)) {
        diag_report(diag, RULE_ANSWER_AUDIT, answers->where, "'%.*s' is not '%.*s'",
                    STR_ARG(answers->audit), STR_ARG(evidence->audit.id));
        check.errors++;
    }
    for (i = 0; i < answers->count; i++) {
        const struct answer *answer = &answers->list[i];
        const struct question *question = catalogue_question(catalogue, answer->question);

        if (!question) {
            check_unknown(&check, answer);
            continue;
        }
        if (question_is_left_out(question)) {
            check_left_out(&check, answer, question);
            continue;
        }
        check_gate(&check, answer, question);
        check_grade(&check, answer, question);
        check_evidence(&check, answer, question);
    }
    return check.errors ? answers_refuse(answers, check.errors, diag) : STATUS_OK;
}

enum status answers_check(const struct answers *answers, struct checklist *const *checklists,
                          size_t checklist_count, const struct evidence *evidence,
                          struct diag *diag)
{
    struct catalogue catalogue;
    enum status status;

    status = catalogue_init(&catalogue, checklists, checklist_count, evidence, diag);
    if (status == STATUS_OK)
        status = answers_check_with(answers, &catalogue, evidence, diag);
    catalogue_done(&catalogue);
    return status;
}
