#include "answer/answer.h"

#include <math.h>
#include <stdio.h>

#include "answer/catalogue.h"
#include "answer/grading.h"
#include "answer/ladder.h"
#include "answer/proof.h"
#include "answer/why.h"

/* Cases that a share or a duration needs before it may earn points. */
static const uint64_t NEEDED_CASES = 30;
/* Shares of records that pass the data checks (M-49): below the first figures earn nothing, below
   the second they are imprecise. */
static const double DATA_POOR = 0.80;
static const double DATA_DOUBTFUL = 0.95;

/* What a binding says. Points -1: none, the code says why. */
struct proposal {
    enum why_code code; /* WHY_FIGURE when there are points */
    bool has_authority; /* somebody with the right to do so has set the limits */
    const struct binding *binding;
    const struct figure *figure; /* may be NULL */
    int points;
    int low;
    int high;
};

struct assess {
    struct arena *arena;
    const struct evidence *evidence;
    struct catalogue catalogue;
    struct intern answered; /* ids of the questions, in the order of answers */
    const struct answers *answers;
    double data_quality; /* NAN: not measured */
    struct proof of_figures;
    struct diag *diag;
};

static bool is_authority(struct str source)
{
    enum ladder_source found;

    return ladder_source_find(source, &found) && found != LADDER_DEFAULT;
}

/* Somebody with the right to do so has set the limits: those of the checklist, or the target that
   they follow. */
static bool limits_have_authority(const struct ladder *ladder, const struct figure *figure)
{
    if (ladder_is_moved(ladder, figure))
        return is_authority(figure->target_source);
    return ladder->source != LADDER_DEFAULT &&
           (!ladder->minus_target || is_authority(figure->target_source));
}

/* A number of things, and what has no interval because it is no estimate, needs none. A register
   that holds every case of its period is no sample: its question says how few will do. */
static uint64_t needed_cases(const struct binding *binding, const struct figure *figure)
{
    if (binding->cases)
        return binding->cases;
    return str_is(figure->unit, "count") || !figure->method.ptr ? 0 : NEEDED_CASES;
}

/* Why the figure earns no points, or WHY_FIGURE. */
static enum why_code figure_trouble(const struct assess *assess, const struct binding *binding,
                                    const struct figure *figure)
{
    if (!figure)
        return WHY_NO_FIGURE;
    if (!binding->has_ladder)
        return WHY_EVIDENCE_ONLY;
    if (figure->is_partial)
        return WHY_PARTIAL;
    if (figure->trust.ptr && !str_is(figure->trust, "calibrated"))
        return WHY_UNTRUSTED;
    if (isnan(figure->value))
        return WHY_NO_VALUE;
    if (figure->n < needed_cases(binding, figure))
        return WHY_FEW_CASES;
    if (binding->ladder.minus_target && isnan(figure->target))
        return WHY_NO_TARGET;
    if (assess->data_quality < DATA_POOR && !str_is(binding->measure, "M-49"))
        return WHY_POOR_DATA;
    return WHY_FIGURE;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static struct proposal binding_proposal(const struct assess *assess, const struct binding *binding)
{
    const struct figure *figure =
        evidence_figure(assess->evidence, binding->measure, binding->variant);
    struct proposal proposal = {WHY_FIGURE, false, binding, figure, -1, -1, -1};
    const struct ladder *ladder = &binding->ladder;

    proposal.code = figure_trouble(assess, binding, figure);
    if (proposal.code != WHY_FIGURE)
        return proposal;
    proposal.points = ladder_points(ladder, figure, LADDER_END_NONE);
    proposal.low = smaller(proposal.points, ladder_points(ladder, figure, LADDER_END_UNFAVOURABLE));
    proposal.high = larger(proposal.points, ladder_points(ladder, figure, LADDER_END_FAVOURABLE));
    proposal.has_authority = limits_have_authority(ladder, figure);
    return proposal;
}

/* True when `other` decides rather than `best`: any points before none, then the fewest, then
   limits that somebody has set; among those without points the first with a ladder. */
static bool decides(const struct proposal *other, const struct proposal *best)
{
    if (!best->binding)
        return true;
    if ((other->points >= 0) != (best->points >= 0))
        return other->points >= 0;
    if (other->points < 0)
        return other->binding->has_ladder && !best->binding->has_ladder;
    if (other->points != best->points)
        return other->points < best->points;
    return other->has_authority && !best->has_authority;
}

static struct proposal question_proposal(const struct assess *assess,
                                         const struct question *question)
{
    struct proposal best = {WHY_NO_MEASURE, false, NULL, NULL, -1, -1, -1};
    int low = 10;
    int high = 10;
    size_t i;

    for (i = 0; i < question->binding_count; i++) {
        struct proposal other = binding_proposal(assess, &question->bindings[i]);

        if (other.points >= 0) {
            low = smaller(low, other.low);
            high = smaller(high, other.high);
        }
        if (decides(&other, &best))
            best = other;
    }
    if (best.points >= 0) {
        best.low = low;
        best.high = high;
    }
    /* What only a person can judge is never measured; its figures are shown. */
    if (question->mode == MODE_HUMAN && best.binding) {
        best.code = best.figure ? WHY_EVIDENCE_ONLY : WHY_NO_MEASURE;
        best.points = best.low = best.high = -1;
    }
    return best;
}

static const struct answer *find_answer(const struct assess *assess, struct str question)
{
    uint32_t number = intern_find(&assess->answered, question);

    return number == INTERN_NONE ? NULL : &assess->answers->list[number];
}

static bool has_reference(const struct assessment *assessment, struct str reference)
{
    size_t i;

    for (i = 0; i < assessment->evidence_count; i++)
        if (str_equal(assessment->evidence[i], reference))
            return true;
    return false;
}

static void add_reference(struct assessment *assessment, struct str reference, struct proof proof)
{
    if (!reference.ptr || has_reference(assessment, reference))
        return;
    assessment->evidence[assessment->evidence_count] = reference;
    assessment->proofs[assessment->evidence_count++] = proof;
}

/* What the ledger knows of a figure wins over what the answer says of it. */
static void cite(const struct assess *assess, const struct answer *answer, size_t i,
                 struct assessment *assessment)
{
    struct proof proof = answer->proofs[i];

    if (catalogue_has_figure(&assess->catalogue, answer->evidence[i]))
        proof = assess->of_figures;
    proof.is_cited = true;
    add_reference(assessment, answer->evidence[i], proof);
}

/* The person's references first, then the figures of all bindings. */
static enum status collect_evidence(const struct assess *assess, const struct answer *answer,
                                    struct assessment *assessment)
{
    const struct question *question = assessment->question;
    size_t most = question->binding_count + (answer ? answer->evidence_count : 0);
    size_t i;

    if (most == 0)
        return STATUS_OK;
    assessment->evidence = arena_alloc(assess->arena, most, sizeof *assessment->evidence);
    assessment->proofs = arena_alloc(assess->arena, most, sizeof *assessment->proofs);
    if (!assessment->evidence || !assessment->proofs)
        return diag_no_memory(assess->diag);
    for (i = 0; answer && i < answer->evidence_count; i++)
        cite(assess, answer, i, assessment);
    for (i = 0; i < question->binding_count; i++) {
        const struct figure *figure = evidence_figure(
            assess->evidence, question->bindings[i].measure, question->bindings[i].variant);

        if (figure)
            add_reference(assessment, figure->id, assess->of_figures);
    }
    return STATUS_OK;
}

/* Who has set the limits; where nobody with the right to, the checklist did. */
static struct str limits_by(const struct proposal *proposal)
{
    const struct ladder *ladder = &proposal->binding->ladder;

    if (proposal->figure && !proposal->has_authority)
        return str_of(ladder_source_name(LADDER_DEFAULT));
    return proposal->figure && ladder_is_moved(ladder, proposal->figure)
               ? proposal->figure->target_source
               : str_of(ladder_source_name(ladder->source));
}

static void take_proposal(const struct assess *assess, const struct proposal *proposal,
                          struct assessment *assessment)
{
    const struct figure *figure = proposal->figure;
    struct why_facts *facts = &assessment->why_facts;

    assessment->proposed = proposal->points;
    assessment->proposed_low = proposal->low;
    assessment->proposed_high = proposal->high;
    assessment->is_imprecise =
        proposal->points >= 0 &&
        (ladder_step_number(proposal->high) - ladder_step_number(proposal->low) > 1 ||
         assess->data_quality < DATA_DOUBTFUL);
    assessment->why_code = proposal->code;
    facts->value = NAN;
    facts->target = NAN;
    if (proposal->binding) {
        facts->measure = proposal->binding->measure;
        facts->variant = proposal->binding->variant;
        if (proposal->binding->has_ladder)
            facts->limits_by = limits_by(proposal);
    }
    if (figure) {
        facts->figure = figure->id;
        facts->variant = figure->variant;
        facts->unit = figure->unit;
        facts->value = proposal->code == WHY_POOR_DATA ? assess->data_quality : figure->value;
        facts->target = figure->target;
        facts->n = figure->n;
        facts->needed = proposal->binding ? needed_cases(proposal->binding, figure) : 0;
    }
}

/* Only a figure that may score by itself turns its proposal into a status. */
static void decide_alone(const struct proposal *proposal, struct assessment *assessment)
{
    const struct question *question = assessment->question;

    assessment->status = ANSWER_NOTCHECKED;
    if (proposal->points < 0)
        return;
    if (question->mode == MODE_AUTO &&
        (proposal->has_authority || question->basis == BASIS_GOOD_PRACTICE)) {
        assessment->status = ANSWER_SCORED;
        assessment->origin = ORIGIN_FIGURE;
        assessment->points = proposal->points;
        return;
    }
    assessment->why_code = question->mode == MODE_AUTO ? WHY_UNCONFIRMED : WHY_JUDGEMENT;
}

static void take_answer(const struct answer *answer, struct assessment *assessment)
{
    assessment->origin = ORIGIN_PERSON;
    assessment->why_code = WHY_PERSON;
    assessment->status = answer->status;
    assessment->points = answer->points;
    assessment->grade = answer->grade;
    assessment->reason = answer->reason;
    assessment->finding = answer->finding;
    assessment->by = answer->by;
    assessment->on = answer->on;
    assessment->repeats = answer->repeats;
    assessment->nonconformity = answer->nonconformity;
    assessment->sampled = answer->sampled;
}

static void take_rate(const struct proposal *proposal, struct assessment *assessment)
{
    const struct binding *binding = proposal->binding;

    grading_clear(&assessment->grading);
    if (assessment->status != ANSWER_SCORED ||
        grading_from_sample(&assessment->grading, &assessment->sampled))
        return;
    if (proposal->figure && proposal->points >= 0)
        grading_from_figure(&assessment->grading, proposal->figure, &binding->ladder,
                            proposal->has_authority, assessment->sampled.tolerance);
}

/* The audit does not ask it: nothing is proposed, and no answer may stand beside it. */
static enum status leave_out(const struct assess *assess, struct assessment *assessment)
{
    const struct tailored *tailored = assessment->question->tailored;

    grading_clear(&assessment->grading);
    assessment->status = ANSWER_NOTSELECTED;
    assessment->why_code = WHY_TAILORED;
    assessment->why_facts.value = NAN;
    assessment->why_facts.target = NAN;
    assessment->proposed = assessment->proposed_low = assessment->proposed_high = -1;
    assessment->by = tailored->by;
    assessment->on = tailored->on;
    assessment->reason = tailored->reason;
    assessment->why = why_sentence(assess->arena, assessment);
    return assessment->why.ptr ? STATUS_OK : diag_no_memory(assess->diag);
}

static enum status assess_question(const struct assess *assess, const struct question *question,
                                   struct assessment *assessment)
{
    const struct answer *answer = find_answer(assess, question->id);
    struct proposal proposal = question_proposal(assess, question);
    enum status status;

    assessment->question = question;
    assessment->points = -1;
    assessment->strength = -1;
    assessment->sampled.tolerance = NAN;
    if (question_is_left_out(question))
        return leave_out(assess, assessment);
    take_proposal(assess, &proposal, assessment);
    if (!edition_has(assess->evidence->audit.edition, question->since)) {
        assessment->status = ANSWER_INFORMATIONAL;
        assessment->why_code = WHY_EDITION;
        assessment->why_facts.since = question->since;
        assessment->why_facts.edition = assess->evidence->audit.edition;
    } else if (!answer) {
        decide_alone(&proposal, assessment);
    }
    if (answer)
        take_answer(answer, assessment);
    take_rate(&proposal, assessment);
    status = collect_evidence(assess, answer, assessment);
    if (status != STATUS_OK)
        return status;
    assessment->why = why_sentence(assess->arena, assessment);
    return assessment->why.ptr ? STATUS_OK : diag_no_memory(assess->diag);
}

/* Of an attribute; answers that were not loaded have none. */
static struct where place_or(struct where place, const struct answer *answer)
{
    return place.line ? place : answer->where;
}

/* "'CF-COR-05' has 8 points, EV-003 proposes 4 (4 to 6)" */
static void report_override(const struct assess *assess, const struct answer *answer,
                            enum rule rule, const struct assessment *assessment)
{
    bool has_range = assessment->proposed_low < assessment->proposed_high;
    struct str figure = assessment->why_facts.figure;
    const char *verb = assessment->override.old_status == ANSWER_SCORED ? "gives" : "proposes";
    struct where points = answer->points < 0 ? answer->status_place : answer->points_place;
    char given[32];
    char range[32];

    snprintf(given, sizeof given, "has %d points", answer->points);
    snprintf(range, sizeof range, " (%d to %d)", assessment->proposed_low,
             assessment->proposed_high);
    diag_report(assess->diag, rule, place_or(points, answer), "'%.*s' %s%s, %.*s %s %d%s",
                STR_ARG(answer->question), answer->points < 0 ? "is " : given,
                answer->points < 0 ? answer_status_name(answer->status) : "", STR_ARG(figure), verb,
                assessment->proposed, has_range ? range : "");
}

/* What only the answer and the figures together show; the number of errors. */
static unsigned report_answer(const struct assess *assess, const struct answer *answer,
                              const struct assessment *assessment)
{
    const struct grading *grading = &assessment->grading;

    if (assessment->override.is_outside) {
        report_override(assess, answer, RULE_ANSWER_DIFFERS, assessment);
        diag_hint(assess->diag, "let <reason> say what the figure does not see");
    }
    if (assessment->is_weak && answer->evidence_count) {
        diag_report(assess->diag, RULE_ANSWER_WEAK_EVIDENCE,
                    answer->evidence_places ? answer->evidence_places[0] : answer->where,
                    "'%.*s' rests on evidence of strength %d, %d is needed",
                    STR_ARG(answer->question), assessment->strength, PROOF_NEEDED);
        diag_hint(assess->diag, "add a record that was seen directly, or a second source");
    }
    if (grading->is_there && grading->differs && !answer->reason.len) {
        diag_report(assess->diag, RULE_ANSWER_GRADE, place_or(answer->grade_place, answer),
                    "'%.*s' is %s, %s is proposed (%s)", STR_ARG(answer->question),
                    grade_name(assessment->grade), grade_name(grading->proposed),
                    criterion_name(grading->criterion));
        diag_hint(assess->diag, "add <reason>, or write grade=\"%s\"",
                  grade_name(grading->proposed));
    }
    if (!assessment->override.is_there || answer->reason.len)
        return 0;
    report_override(assess, answer, RULE_ANSWER_OVERRIDE, assessment);
    diag_hint(assess->diag, "add <reason>");
    return 1;
}

static enum status conclude(const struct assess *assess, struct assessment *list, size_t count)
{
    struct assessment **all = arena_alloc(assess->arena, count + 1, sizeof(struct assessment *));
    enum status status;
    unsigned errors = 0;
    size_t i;

    if (!all)
        return diag_no_memory(assess->diag);
    for (i = 0; i < count; i++)
        all[i] = &list[i];
    status = assessments_conclude(all, count, assess->diag);
    for (i = 0; i < count && status == STATUS_OK; i++) {
        const struct answer *answer = find_answer(assess, list[i].question->id);

        if (answer)
            errors += report_answer(assess, answer, &list[i]);
    }
    return errors ? answers_refuse(assess->answers, errors, assess->diag) : status;
}

static enum status prepare(struct assess *assess)
{
    const struct figure *quality =
        evidence_figure(assess->evidence, STR("M-49"), STR("records"));
    size_t i;

    assess->of_figures = proof_of_figures(assess->evidence);
    assess->data_quality = quality ? quality->value : NAN;
    if (!assess->answers)
        return STATUS_OK;
    for (i = 0; i < assess->answers->count; i++)
        if (intern_id(&assess->answered, assess->answers->list[i].question) == INTERN_NONE)
            return diag_no_memory(assess->diag);
    return answers_check_with(assess->answers, &assess->catalogue, assess->evidence, assess->diag);
}

enum status assess(struct arena *arena, struct checklist *const *checklists, size_t checklist_count,
                   const struct evidence *evidence, const struct answers *answers,
                   struct diag *diag, struct assessment **ret_assessments, size_t *ret_count)
{
    struct assess assess = {.arena = arena, .evidence = evidence, .answers = answers, .diag = diag};
    struct assessment *list = NULL;
    enum status status;
    size_t count;
    size_t i;

    intern_init(&assess.answered);
    status = catalogue_init(&assess.catalogue, checklists, checklist_count, evidence, diag);
    if (status == STATUS_OK)
        status = prepare(&assess);
    count = assess.catalogue.question_count;
    if (status == STATUS_OK) {
        list = arena_alloc(arena, count ? count : 1, sizeof *list);
        if (!list)
            status = diag_no_memory(diag);
    }
    for (i = 0; i < count && status == STATUS_OK; i++)
        status = assess_question(&assess, assess.catalogue.questions[i], &list[i]);
    if (status == STATUS_OK)
        status = conclude(&assess, list, count);
    if (status == STATUS_OK) {
        *ret_assessments = list;
        *ret_count = count;
    }
    catalogue_done(&assess.catalogue);
    intern_done(&assess.answered);
    return status;
}
