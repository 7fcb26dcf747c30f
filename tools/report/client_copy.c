/*
 * What of an audit may leave the auditors' hands: ledger and result without what is internal.
 *
 * Left out: reasons and notes of answers; names of persons (team, auditors, owners, those who
 * sign, attend, check or acknowledge) and whom they talked to; the programme's reasons and the
 * risks of the plan; names of source files and of documents, what stood in rows that could not
 * be read, and the entries of logs; messages of the run. Statuses, points, findings, statements of nonconformities, actions,
 * figures, cases and all digests stay: with them the copy can be held against the whole.
 */

#include <string.h>

#include "report/client_cases.h"
#include "report/report.h"
#include "report/say.h"

static const struct str NOTHING = {NULL, 0};

/* A copy of `count` structs of that size; NULL when memory is out. */
static void *copy_of(struct arena *arena, const void *from, size_t count, size_t size)
{
    void *copy = arena_alloc(arena, count, size);

    if (copy && count)
        memcpy(copy, from, count * size);
    return copy;
}

/* --- the ledger --- */

static bool copy_plan(struct arena *arena, struct evidence_audit *audit)
{
    struct audit_plan *plan;
    size_t i;

    if (!audit->plan)
        return true;
    plan = copy_of(arena, audit->plan, 1, sizeof *plan);
    if (!plan)
        return false;
    plan->processes = copy_of(arena, plan->processes, plan->process_count, sizeof *plan->processes);
    plan->auditees = copy_of(arena, plan->auditees, plan->auditee_count, sizeof *plan->auditees);
    plan->sessions = copy_of(arena, plan->sessions, plan->session_count, sizeof *plan->sessions);
    plan->signatories =
        copy_of(arena, plan->signatories, plan->signatory_count, sizeof *plan->signatories);
    if (!plan->processes || !plan->auditees || !plan->sessions || !plan->signatories)
        return false;
    memset(&plan->programme.text, 0, sizeof plan->programme.text);
    plan->risk_count = 0;
    plan->recipient_count = 0;
    for (i = 0; i < plan->process_count; i++)
        plan->processes[i].owner = NOTHING;
    for (i = 0; i < plan->auditee_count; i++)
        plan->auditees[i].name = NOTHING;
    for (i = 0; i < plan->session_count; i++)
        plan->sessions[i].by = plan->sessions[i].with = NOTHING;
    for (i = 0; i < plan->signatory_count; i++)
        plan->signatories[i].name = NOTHING;
    audit->plan = plan;
    return true;
}

static bool copy_sources(struct arena *arena, struct evidence *evidence)
{
    size_t i;
    size_t k;
    size_t n;

    evidence->sources =
        copy_of(arena, evidence->sources, evidence->source_count, sizeof *evidence->sources);
    if (!evidence->sources)
        return false;
    for (i = 0; i < evidence->source_count; i++) {
        struct accounting *source = &evidence->sources[i];

        source->identity.name = arena_format(arena, "source-%zu", i + 1);
        source->reasons =
            copy_of(arena, source->reasons, source->reason_count, sizeof *source->reasons);
        source->rules = copy_of(arena, source->rules, source->rule_count, sizeof *source->rules);
        if (!source->identity.name.ptr || !source->reasons || !source->rules)
            return false;
        for (k = 0; k < source->rule_count; k++)
            source->rules[k].hit_count = 0;
        for (k = 0; k < source->reason_count; k++)
            for (n = 0; n < source->reasons[k].first_count; n++)
                source->reasons[k].first[n].text = NOTHING;
    }
    return true;
}

static struct evidence *copy_evidence(struct arena *arena, const struct evidence *from)
{
    struct evidence *copy = copy_of(arena, from, 1, sizeof *copy);
    struct evidence_audit *audit;
    size_t i;

    if (!copy)
        return NULL;
    audit = &copy->audit;
    audit->team = copy_of(arena, audit->team, audit->team_count, sizeof *audit->team);
    copy->documents =
        copy_of(arena, copy->documents, copy->document_count, sizeof *copy->documents);
    if (!audit->team || !copy->documents || !copy_plan(arena, audit) ||
        !copy_sources(arena, copy) || !client_copy_cases(arena, copy, from))
        return NULL;
    for (i = 0; i < audit->team_count; i++)
        audit->team[i].name = NOTHING;
    for (i = 0; i < copy->document_count; i++)
        copy->documents[i].name = copy->documents[i].id;
    copy->note_count = 0;
    copy->is_client_copy = true;
    return copy;
}

/* --- the result --- */

/* What somebody said is cited by its kind alone: the reference names who it was. */
static bool copy_references(struct arena *arena, struct str **references, size_t count,
                            const enum proof_kind *kinds, const struct proof *proofs,
                            enum lang lang)
{
    size_t i;

    *references = copy_of(arena, *references, count, sizeof **references);
    if (!*references)
        return false;
    for (i = 0; i < count; i++) {
        enum proof_kind kind = kinds ? kinds[i] : proofs ? proofs[i].kind : PROOF_UNSTATED;

        if (kind == PROOF_INTERVIEW)
            (*references)[i] = say_raw(str_of(proof_kind_name(PROOF_INTERVIEW)), lang);
    }
    return true;
}

static bool copy_actions(struct arena *arena, struct action **actions, size_t count,
                         enum lang lang)
{
    size_t i;

    *actions = copy_of(arena, *actions, count, sizeof **actions);
    if (!*actions)
        return false;
    for (i = 0; i < count; i++) {
        struct action *action = &(*actions)[i];

        action->owner = NOTHING;
        action->checked_by = NOTHING;
        if (!copy_references(arena, &action->evidence, action->evidence_count,
                             action->evidence_kinds, NULL, lang))
            return false;
    }
    return true;
}

static bool copy_earlier(struct arena *arena, struct result *result, enum lang lang)
{
    struct earlier_result *earlier;

    if (!result->earlier)
        return true;
    earlier = copy_of(arena, result->earlier, 1, sizeof *earlier);
    result->earlier = earlier;
    return earlier && copy_actions(arena, &earlier->actions, earlier->action_count, lang);
}

static bool copy_statement(struct arena *arena, struct assessment *assessment)
{
    struct nonconformity *statement;

    if (!assessment->nonconformity)
        return true;
    statement = copy_of(arena, assessment->nonconformity, 1, sizeof *statement);
    if (!statement)
        return false;
    statement->acknowledged_by = NOTHING;
    assessment->nonconformity = statement;
    return true;
}

/* Who decided it and why is kept back; that it was decided is not. */
static bool copy_tailored(struct arena *arena, struct question *question, enum lang lang)
{
    struct tailored *tailored;

    if (!question->tailored)
        return true;
    tailored = copy_of(arena, question->tailored, 1, sizeof *tailored);
    if (!tailored)
        return false;
    tailored->by = NOTHING;
    tailored->reason = say(WORD_WITHHELD, lang);
    question->tailored = tailored;
    return true;
}

static bool copy_question(struct arena *arena, struct result_question *item, enum lang lang)
{
    struct assessment *assessment = &item->assessment;

    assessment->question = &item->question;
    /* that there is one is no secret: what is set aside without any is a matter of gate G6 */
    assessment->reason = assessment->status != ANSWER_SCORED && str_trim(assessment->reason).len
                             ? say(WORD_WITHHELD, lang)
                             : NOTHING;
    assessment->by = NOTHING;
    if (assessment->why_code == WHY_PERSON)
        assessment->why = STR("answered by a person");
    if (assessment->why_code == WHY_TAILORED)
        assessment->why = STR("left out of this audit");
    return copy_references(arena, &assessment->evidence, assessment->evidence_count, NULL,
                           assessment->proofs, lang) &&
           copy_statement(arena, assessment) && copy_tailored(arena, &item->question, lang);
}

static struct result *copy_result(struct arena *arena, const struct result *from, enum lang lang)
{
    struct result *copy = copy_of(arena, from, 1, sizeof *copy);
    size_t i;

    if (!copy)
        return NULL;
    copy->questions =
        copy_of(arena, copy->questions, copy->question_count, sizeof *copy->questions);
    copy->open = copy_of(arena, copy->open, copy->open_count, sizeof *copy->open);
    if (!copy->questions || !copy->open || !copy_earlier(arena, copy, lang) ||
        !copy_actions(arena, &copy->actions, copy->action_count, lang))
        return NULL;
    for (i = 0; i < copy->question_count; i++)
        if (!copy_question(arena, &copy->questions[i], lang))
            return NULL;
    for (i = 0; i < copy->open_count; i++) /* the same questions of the copy */
        copy->open[i] = &copy->questions[copy->open[i] - from->questions];
    return copy;
}

enum status client_copy(struct arena *arena, const struct evidence *evidence,
                        const struct result *result, enum lang lang, struct diag *diag,
                        const struct evidence **ret_evidence, const struct result **ret_result)
{
    struct evidence *ledger = copy_evidence(arena, evidence);
    struct result *marks = ledger ? copy_result(arena, result, lang) : NULL;

    if (!marks)
        return diag_no_memory(diag);
    *ret_evidence = ledger;
    *ret_result = marks;
    return STATUS_OK;
}
