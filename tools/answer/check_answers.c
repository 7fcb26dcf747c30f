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

/* Of an attribute; answers that were not loaded have none. */
static struct where place_or_answer(struct where place, const struct answer *answer)
{
    return place.line ? place : answer->where;
}

static void check_unknown(struct check *check, const struct answer *answer)
{
    const struct question *nearest = catalogue_nearest(check->catalogue, answer->question);

    diag_report(check->diag, RULE_ANSWER_QUESTION,
                place_or_answer(answer->question_place, answer), "'%.*s'",
                STR_ARG(answer->question));
    if (nearest)
        diag_hint(check->diag, "did you mean '%.*s'?", STR_ARG(nearest->id));
    else
        diag_hint(check->diag, "take the answer away, or name its checklist in the audit");
    check->errors++;
}

/* What this audit does not ask has no answer in it. */
static void check_left_out(struct check *check, const struct answer *answer,
                           const struct question *question)
{
    diag_report(check->diag, RULE_ANSWER_LEFT_OUT,
                place_or_answer(answer->question_place, answer), "'%.*s' was left out by %.*s",
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
    diag_report(check->diag, RULE_ANSWER_GATE, place_or_answer(answer->status_place, answer),
                "'%.*s' is %s", STR_ARG(answer->question), answer_status_name(answer->status));
    diag_hint(check->diag, "score it, or leave it open with status=\"notchecked\"");
    check->errors++;
}

static void check_grade(struct check *check, const struct answer *answer,
                        const struct question *question)
{
    if (question->basis != BASIS_GOOD_PRACTICE ||
        (answer->grade != GRADE_MINOR && answer->grade != GRADE_MAJOR))
        return;
    diag_report(check->diag, RULE_ANSWER_GRADE_BASIS,
                place_or_answer(answer->grade_place, answer), "'%.*s' is %s",
                STR_ARG(answer->question), grade_name(answer->grade));
    diag_hint(check->diag, "write grade=\"opportunity\" or grade=\"observation\"");
    check->errors++;
}

static bool is_interview(const struct answer *answer, size_t i)
{
    return answer->proofs && answer->proofs[i].kind == PROOF_INTERVIEW;
}

static struct where evidence_place(const struct answer *answer, size_t i)
{
    return answer->evidence_places ? answer->evidence_places[i] : answer->where;
}

/* Figures are numbered in the order of the ledger, so that its ends say which there are. */
static void hint_figures(struct check *check)
{
    const struct evidence *evidence = check->evidence;

    if (evidence->figure_count)
        diag_hint(check->diag, "the evidence has '%.*s' to '%.*s'",
                  STR_ARG(evidence->figures[0].id),
                  STR_ARG(evidence->figures[evidence->figure_count - 1].id));
    else
        diag_hint(check->diag, "the evidence has no figure");
}

static void check_evidence(struct check *check, const struct answer *answer,
                           const struct question *question)
{
    size_t i;

    for (i = 0; i < answer->evidence_count; i++) {
        if (check->evidence->is_absent || !str_starts(answer->evidence[i], "EV-") ||
            catalogue_has_figure(check->catalogue, answer->evidence[i]))
            continue;
        diag_report(check->diag, RULE_ANSWER_EVIDENCE, evidence_place(answer, i),
                    "'%.*s' names '%.*s'", STR_ARG(answer->question),
                    STR_ARG(answer->evidence[i]));
        hint_figures(check);
        check->errors++;
    }
    /* One person's word is a claim; a record or a second source makes it evidence. */
    if (answer->grade == GRADE_CONFORM && question->basis == BASIS_REQUIREMENT &&
        answer->evidence_count == 1 && is_interview(answer, 0)) {
        diag_report(check->diag, RULE_ANSWER_INTERVIEW_ALONE, evidence_place(answer, 0), "'%.*s'",
                    STR_ARG(answer->question));
        diag_hint(check->diag, "add <evidence> that is a record, or a second source");
        check->errors++;
    }
    if (answer->status == ANSWER_SCORED && answer->evidence_count == 0) {
        diag_report(check->diag, RULE_ANSWER_NO_EVIDENCE,
                    place_or_answer(answer->status_place, answer), "'%.*s' is scored",
                    STR_ARG(answer->question));
        diag_hint(check->diag, "add <evidence ref=\"...\"/>");
    }
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
