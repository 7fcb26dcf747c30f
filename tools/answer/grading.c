#include "answer/grading.h"

#include <math.h>

#include "base/intern.h"
#include "base/mem.h"
#include "stat/stat.h"

/* Minor nonconformities on one clause that ask whether the matter is systemic. */
static const unsigned MINORS_SYSTEMIC = 3;

static const struct criterion_row {
    enum grade grade;
    unsigned agrees; /* mask of the grades that go with it */
} rows[CRITERION_COUNT] = {
#define CRITERION(name, id, grade, agrees, en, it) {grade, agrees},
#include "answer/grading.def"
#undef CRITERION
};

bool assessment_is_unmet(const struct assessment *assessment)
{
    return assessment->status == ANSWER_SCORED &&
           (assessment->points < POINTS_MET || assessment->grade == GRADE_MINOR ||
            assessment->grade == GRADE_MAJOR);
}

/* --- facts --- */

void grading_clear(struct grading *grading)
{
    *grading = (struct grading){.low = NAN, .high = NAN, .tolerance = NAN};
}

bool grading_from_sample(struct grading *grading, const struct sampled *sampled)
{
    struct interval interval;

    if (!sampled->has_failed || !stat_wilson(sampled->failed, sampled->n, &interval))
        return false;
    grading->n = sampled->n;
    grading->failed = sampled->failed;
    grading->low = interval.low;
    grading->high = interval.high;
    grading->tolerance = sampled->tolerance;
    return true;
}

/* Limits and targets are decimals that people write: 1 - 0.95 is 0.05 and not a hair beside it. */
static double complement(double share)
{
    static const double places = 1e9;

    return round((1 - share) * places) / places;
}

/* Below this a share of failures is met in the main; NAN: nobody has said. */
static double figure_tolerance(const struct figure *figure, const struct ladder *ladder)
{
    double limit = figure->target;
    size_t i;

    for (i = 0; isnan(limit) && !ladder->minus_target && i < ladder->step_count; i++)
        if (ladder->steps[i].points == POINTS_MET)
            limit = ladder->steps[i].at;
    return ladder->higher_is_better ? complement(limit) : limit;
}

static bool is_above_target(const struct figure *figure, const struct ladder *ladder)
{
    if (isnan(figure->target) || !figure->method.ptr)
        return false;
    return ladder->higher_is_better ? figure->low > figure->target : figure->high < figure->target;
}

void grading_from_figure(struct grading *grading, const struct figure *figure,
                         const struct ladder *ladder, bool has_authority, double tolerance)
{
    bool good = ladder->higher_is_better;

    grading->figure = figure->id;
    grading->above_target = has_authority && is_above_target(figure, ladder);
    if (!str_is(figure->unit, "1") || figure->n == 0 || isnan(figure->low) ||
        isnan(figure->high) || figure->k > figure->n)
        return;
    grading->n = figure->n;
    grading->failed = good ? figure->n - figure->k : figure->k;
    grading->low = good ? complement(figure->high) : figure->low;
    grading->high = good ? complement(figure->low) : figure->high;
    grading->tolerance = !isnan(tolerance) ? tolerance
                         : has_authority   ? figure_tolerance(figure, ladder)
                                           : NAN;
}

/* --- proposals --- */

/* How a nonconformity is graded by the rate of failures that is known. */
static enum criterion by_rate(const struct grading *grading)
{
    if (grading->n == 0)
        return CRITERION_UNCOUNTED;
    if (grading->failed <= 1 || grading->high < grading->tolerance)
        return CRITERION_ISOLATED;
    return grading->low > grading->tolerance ? CRITERION_SYSTEMIC : CRITERION_UNDECIDED;
}

/* Without a look at other questions. */
static enum criterion alone(const struct assessment *assessment)
{
    if (assessment->is_weak)
        return CRITERION_WEAK_EVIDENCE;
    if (!assessment_is_unmet(assessment))
        return assessment->grading.above_target ? CRITERION_ABOVE_TARGET : CRITERION_MET;
    if (assessment->question->basis == BASIS_GOOD_PRACTICE)
        return CRITERION_PRACTICE_GAP;
    if (assessment->repeats.len)
        return CRITERION_REPEAT;
    if (assessment->points == 0)
        return CRITERION_ABSENT;
    if (assessment->sampled.effect == EFFECT_SEEN)
        return CRITERION_CUSTOMER_EFFECT;
    return by_rate(&assessment->grading);
}

static void propose(struct assessment *assessment, enum criterion criterion)
{
    struct grading *grading = &assessment->grading;

    grading->is_there = true;
    grading->criterion = criterion;
    grading->proposed = rows[criterion].grade;
    grading->differs = assessment->grade != GRADE_NONE &&
                       !(rows[criterion].agrees & 1u << assessment->grade);
}

/* What the person decided; where nobody has, what is proposed. */
static bool is_minor(const struct assessment *assessment)
{
    enum grade grade = assessment->grade != GRADE_NONE ? assessment->grade
                                                       : assessment->grading.proposed;

    return assessment->grading.is_there && grade == GRADE_MINOR;
}

/* The first clause is the one that the question is about; others are beside it. */
static struct str main_clause(const struct assessment *assessment)
{
    const struct question *question = assessment->question;

    return question->clause_count ? question->clauses[0] : (struct str){NULL, 0};
}

static enum status count_minors(struct assessment *const *list, size_t count,
                                struct intern *clauses, unsigned *minors, struct diag *diag)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct str clause = main_clause(list[i]);
        uint32_t number;

        if (!clause.ptr || !is_minor(list[i]))
            continue;
        number = intern_id(clauses, clause);
        if (number == INTERN_NONE)
            return diag_no_memory(diag);
        minors[number]++;
    }
    return STATUS_OK;
}

/* Those whose own facts propose a minor one. */
static void raise_minors(struct assessment *const *list, size_t count,
                         const struct intern *clauses, const unsigned *minors)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct str clause = main_clause(list[i]);
        uint32_t number = clause.ptr ? intern_find(clauses, clause) : INTERN_NONE;

        if (number == INTERN_NONE || minors[number] < MINORS_SYSTEMIC || !is_minor(list[i]) ||
            list[i]->grading.proposed != GRADE_MINOR)
            continue;
        propose(list[i], CRITERION_THREE_MINORS);
        list[i]->grading.clause = clause;
    }
}

enum status gradings_propose(struct assessment *const *list, size_t count, struct diag *diag)
{
    struct intern clauses;
    unsigned *minors = mem_alloc(count + 1, sizeof *minors);
    enum status status = STATUS_OK;
    size_t i;

    intern_init(&clauses);
    if (!minors)
        status = diag_no_memory(diag);
    for (i = 0; i < count && minors; i++) {
        list[i]->grading.is_there = false;
        list[i]->grading.clause = (struct str){NULL, 0};
        if (list[i]->status == ANSWER_SCORED)
            propose(list[i], alone(list[i]));
    }
    if (status == STATUS_OK)
        status = count_minors(list, count, &clauses, minors, diag);
    if (status == STATUS_OK)
        raise_minors(list, count, &clauses, minors);
    intern_done(&clauses);
    mem_free(minors);
    return status;
}
