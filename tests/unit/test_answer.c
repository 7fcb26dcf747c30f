/* Answers read and refused; what figures propose, and who may score. */
#include "scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer/answer.h"
#include "base/buf.h"
#include "base/mem.h"

struct fixture {
    char folder[64];
    struct library library;
    struct diag diag;
    struct arena arena;
    /* one question with one binding and one figure, changed by each test */
    struct question questions[4];
    struct binding bindings[3];
    struct figure figures[4];
    struct checklist checklist;
    struct evidence evidence;
};

static const struct ladder minus_target = {
    .higher_is_better = true,
    .minus_target = true,
    .source = LADDER_CONTRACT,
    .steps = {{10, LADDER_ON_LOW, 0},
              {8, LADDER_ON_VALUE, 0},
              {6, LADDER_ON_VALUE, -0.02},
              {4, LADDER_ON_VALUE, -0.05}},
    .step_count = 4,
};
static const struct ladder lower_is_better = {
    .higher_is_better = false,
    .source = LADDER_POLICY,
    .steps = {{10, LADDER_ON_VALUE, 0.03},
              {8, LADDER_ON_VALUE, 0.05},
              {6, LADDER_ON_VALUE, 0.08},
              {4, LADDER_ON_VALUE, 0.12}},
    .step_count = 4,
};
static const struct ladder higher_is_better = {
    .higher_is_better = true,
    .source = LADDER_LAW,
    .steps = {{10, LADDER_ON_VALUE, 0.98},
              {8, LADDER_ON_VALUE, 0.95},
              {6, LADDER_ON_VALUE, 0.85},
              {4, LADDER_ON_VALUE, 0.70}},
    .step_count = 4,
};

static struct figure make_figure(const char *id, const char *measure, const char *variant)
{
    return (struct figure){.id = str_of(id),
                           .measure = str_of(measure),
                           .variant = str_of(variant),
                           .unit = STR("1"),
                           .n = 1000,
                           .value = NAN,
                           .low = NAN,
                           .high = NAN,
                           .method = STR("wilson"),
                           .target = NAN};
}

static int set_up(void **state)
{
    static const char *const ids[] = {"CF-COR-01", "CF-COR-02", "CF-COR-03", "CF-COR-04"};
    struct fixture *f = mem_alloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-answer-XXXXXX");
    scene_open(f->folder, &f->library, &f->diag, &f->arena);
    for (i = 0; i < 4; i++) {
        f->questions[i].id = str_of(ids[i]);
        f->questions[i].letters = LETTER_A;
        f->questions[i].weight = RATIO_ONE;
        f->questions[i].mode = MODE_HUMAN;
    }
    f->questions[0].mode = MODE_AUTO;
    f->questions[0].bindings = f->bindings;
    f->questions[0].binding_count = 1;
    f->bindings[0] = (struct binding){
        .measure = STR("M-11"), .has_ladder = true, .ladder = lower_is_better};
    f->figures[0] = make_figure("EV-001", "M-11", "reported");
    f->checklist.questions = f->questions;
    f->checklist.question_count = 4;
    f->evidence.audit.id = STR("helpdesk-2025");
    f->evidence.audit.edition = STR("2015+A1");
    f->evidence.figures = f->figures;
    f->evidence.figure_count = 1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    scene_close(f->folder, &f->library, &f->diag, &f->arena);
    mem_free(f);
    return 0;
}

/* --- documents --- */

static enum status load(struct fixture *f, const char *content, struct answers **ret_answers)
{
    struct str path = arena_format(&f->arena, "%s/answers.xml", f->folder);
    FILE *file = fopen(path.ptr, "wb");

    assert_non_null(file);
    fprintf(file, "<answers xmlns=\"urn:cfaudit:1\" audit=\"helpdesk-2025\">\n%s\n</answers>\n",
            content);
    assert_int_equal(fclose(file), 0);
    diag_done(&f->diag);
    diag_init(&f->diag);
    return answers_load(&f->arena, &f->library, path, &f->diag, ret_answers);
}

static const struct diagnostic *find_diagnostic(const struct diag *diag, enum rule rule)
{
    size_t i;

    for (i = 0; i < diag->count; i++)
        if (diag->list[i].rule == rule)
            return &diag->list[i];
    return NULL;
}

/* Refused with this rule at this line, and one fatal diagnostic. */
static void refuse(struct fixture *f, const char *content, enum rule rule, uint64_t line)
{
    const struct diagnostic *found;
    struct answers *answers = NULL;

    assert_int_equal(load(f, content, &answers), STATUS_INVALID);
    assert_null(answers);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    found = find_diagnostic(&f->diag, rule);
    if (!found)
        fail_msg("no %s for: %s", rule_info(rule)->name, content);
    assert_int_equal(found->where.line, line);
    assert_true(found->where.column > 0);
}

static void a_good_document_is_read_whole(void **state)
{
    struct fixture *f = *state;
    struct answers *answers = NULL;
    const struct answer *answer;

    assert_int_equal(
        load(f,
             "<answer question=\"CF-COR-01\" status=\"scored\" points=\"8\" grade=\"conform\"\n"
             "  by=\"LA\" on=\"2026-02-28\">\n"
             " <reason>seen\n   twice &amp; again</reason>\n"
             " <evidence ref=\"EV-001\"/><evidence ref=\"minutes 3\" kind=\"record\"/>\n"
             "</answer>\n"
             "<answer question=\"CF-COR-02\" status=\"notapplicable\" by=\"LA\" on=\"2026-02-28\">"
             "<reason>no contracts</reason></answer>",
             &answers),
        STATUS_OK);
    assert_int_equal(f->diag.count, 0);
    assert_int_equal(answers->count, 2);
    assert_true(str_is(answers->audit, "helpdesk-2025"));
    answer = &answers->list[0];
    assert_true(str_is(answer->question, "CF-COR-01"));
    assert_int_equal(answer->status, ANSWER_SCORED);
    assert_int_equal(answer->points, 8);
    assert_int_equal(answer->grade, GRADE_CONFORM);
    assert_true(str_is(answer->reason, "seen twice & again"));
    assert_null(answer->finding.ptr);
    assert_int_equal(answer->evidence_count, 2);
    assert_true(str_is(answer->evidence[1], "minutes 3"));
    assert_int_equal(answer->proofs[0].kind, PROOF_UNSTATED);
    assert_int_equal(answer->proofs[1].kind, PROOF_RECORD);
    assert_true(str_is(answer->on, "2026-02-28"));
    assert_int_equal(answer->where.line, 2);
    assert_true(str_ends(answer->where.source, "answers.xml"));
    assert_int_equal(answers->list[1].status, ANSWER_NOTAPPLICABLE);
    assert_int_equal(answers->list[1].points, -1);
}

#define ONE(attributes) "<answer question=\"CF-COR-01\" by=\"LA\" on=\"2026-02-28\" " attributes

static void contradictions_in_an_answer_are_refused_where_they_stand(void **state)
{
    struct fixture *f = *state;

    refuse(f, ONE("status=\"scored\"/>"), RULE_ANSWER_NO_POINTS, 2);
    refuse(f, "\n\n" ONE("status=\"notchecked\" points=\"4\"><reason>x</reason></answer>"),
           RULE_ANSWER_POINTS, 4);
    refuse(f, ONE("status=\"notapplicable\"/>"), RULE_ANSWER_NO_REASON, 2);
    refuse(f, ONE("status=\"notchecked\"/>"), RULE_ANSWER_NO_REASON, 2);
    refuse(f, ONE("status=\"notselected\"/>"), RULE_ANSWER_NO_REASON, 2);
    refuse(f, ONE("status=\"notchecked\" grade=\"major\"><reason>x</reason></answer>"),
           RULE_ANSWER_GRADE_STATUS, 2);
    refuse(f, ONE("status=\"notchecked\" grade=\"strength\"><reason>x</reason></answer>"),
           RULE_ANSWER_GRADE_STATUS, 2);
    refuse(f, ONE("status=\"notapplicable\" grade=\"conform\"><reason>x</reason></answer>"),
           RULE_ANSWER_GRADE_STATUS, 2);
    /* both errors are told at once */
    refuse(f, ONE("status=\"scored\"/>") "\n"
           "<answer question=\"CF-COR-02\" status=\"notapplicable\"/>",
           RULE_ANSWER_NO_REASON, 3);
    assert_int_equal(f->diag.by_severity[SEVERITY_ERROR], 2);
}

static void the_schema_refuses_what_is_no_answer(void **state)
{
    struct fixture *f = *state;

    refuse(f, ONE("status=\"scored\" points=\"7\"/>"), RULE_XML_TYPE, 2);
    refuse(f, ONE("status=\"passed\" points=\"8\"/>"), RULE_XML_TYPE, 2);
    refuse(f, ONE("status=\"scored\" points=\"8\"/>") "\n" ONE("status=\"scored\" points=\"6\"/>"),
           RULE_XML_DUPLICATE, 3);
}

static void observations_may_stand_beside_any_status(void **state)
{
    struct fixture *f = *state;
    struct answers *answers = NULL;

    assert_int_equal(
        load(f, ONE("status=\"notchecked\" grade=\"observation\"><reason>x</reason></answer>"),
             &answers),
        STATUS_OK);
}

static void an_unsigned_answer_is_a_warning(void **state)
{
    struct fixture *f = *state;
    struct answers *answers = NULL;

    assert_int_equal(
        load(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"8\" by=\"LA\"/>",
             &answers),
        STATUS_OK);
    assert_int_equal(f->diag.by_severity[SEVERITY_WARNING], 1);
    assert_true(str_ends(find_diagnostic(&f->diag, RULE_ANSWER_UNSIGNED)->text,
                         "'CF-COR-01' has no 'on'"));
}

static void a_grade_that_does_not_fit_the_points_is_a_warning(void **state)
{
    static const struct {
        const char *content;
        unsigned warnings;
    } cases[] = {
        {ONE("status=\"scored\" points=\"6\" grade=\"conform\"/>"), 1},
        {ONE("status=\"scored\" points=\"8\" grade=\"conform\"/>"), 0},
        {ONE("status=\"scored\" points=\"6\" grade=\"strength\"/>"), 1},
        {ONE("status=\"scored\" points=\"10\" grade=\"major\"/>"), 1},
        {ONE("status=\"scored\" points=\"10\" grade=\"minor\"/>"), 1},
        {ONE("status=\"scored\" points=\"8\" grade=\"minor\"/>"), 0},
        {ONE("status=\"scored\" points=\"0\" grade=\"observation\"/>"), 0},
        {ONE("status=\"scored\" points=\"0\"/>"), 0},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct answers *answers = NULL;

        assert_int_equal(load(f, cases[i].content, &answers), STATUS_OK);
        assert_int_equal(f->diag.by_rule[RULE_ANSWER_GRADE_POINTS], cases[i].warnings);
        assert_int_equal(f->diag.by_severity[SEVERITY_WARNING], cases[i].warnings);
    }
}

/* --- checks against questions and figures --- */

static enum status check(struct fixture *f, const char *content)
{
    struct checklist *list[] = {&f->checklist};
    struct answers *answers = NULL;

    assert_int_equal(load(f, content, &answers), STATUS_OK);
    return answers_check(answers, list, 1, &f->evidence, &f->diag);
}

static void assert_refused(struct fixture *f, const char *content, enum rule rule)
{
    const struct diagnostic *found;

    assert_int_equal(check(f, content), STATUS_INVALID);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    assert_int_equal(f->diag.by_severity[SEVERITY_ERROR], 1);
    found = find_diagnostic(&f->diag, rule);
    if (!found)
        fail_msg("no %s for: %s", rule_info(rule)->name, content);
    assert_int_equal(found->where.line, 2);
}

#define SIGNED(question, rest) \
    "<answer question=\"" question "\" by=\"LA\" on=\"2026-02-28\" " rest

static void answers_that_no_question_allows_are_refused(void **state)
{
    struct fixture *f = *state;

    f->questions[1].is_gate = true;
    f->questions[2].basis = BASIS_GOOD_PRACTICE;
    assert_refused(f, SIGNED("CF-COR-44", "status=\"scored\" points=\"8\"/>"),
                   RULE_ANSWER_QUESTION);
    assert_true(str_is(find_diagnostic(&f->diag, RULE_ANSWER_QUESTION)->hint,
                       "did you mean 'CF-COR-04'?"));
    assert_refused(f, SIGNED("Z-99", "status=\"scored\" points=\"8\"/>"), RULE_ANSWER_QUESTION);
    assert_true(str_is(find_diagnostic(&f->diag, RULE_ANSWER_QUESTION)->hint,
                       "take the answer away, or name its checklist in the audit"));
    assert_refused(f, SIGNED("CF-COR-02", "status=\"notapplicable\"><reason>x</reason></answer>"),
                   RULE_ANSWER_GATE);
    assert_refused(f, SIGNED("CF-COR-02", "status=\"notselected\"><reason>x</reason></answer>"),
                   RULE_ANSWER_GATE);
    assert_refused(f, SIGNED("CF-COR-02", "status=\"informational\"><reason>x</reason></answer>"),
                   RULE_ANSWER_GATE);
    assert_int_equal(
        check(f, SIGNED("CF-COR-02", "status=\"notchecked\"><reason>x</reason></answer>")),
        STATUS_OK);
    assert_refused(f, SIGNED("CF-COR-03", "status=\"scored\" points=\"0\" grade=\"major\"/>"),
                   RULE_ANSWER_GRADE_BASIS);
    assert_refused(f, SIGNED("CF-COR-03", "status=\"scored\" points=\"4\" grade=\"minor\"/>"),
                   RULE_ANSWER_GRADE_BASIS);
    assert_int_equal(
        check(f, SIGNED("CF-COR-03", "status=\"scored\" points=\"4\" grade=\"opportunity\"/>")),
        STATUS_OK);
}

static void evidence_must_exist_and_be_more_than_one_interview(void **state)
{
    struct fixture *f = *state;
    const char *const interview =
        SIGNED("CF-COR-01", "status=\"scored\" points=\"10\" grade=\"conform\">"
                            "<evidence ref=\"INT-1\" kind=\"interview\"/></answer>");

    assert_refused(f, SIGNED("CF-COR-01", "status=\"scored\" points=\"8\">"
                                          "<evidence ref=\"EV-002\"/></answer>"),
                   RULE_ANSWER_EVIDENCE);
    assert_int_equal(check(f, SIGNED("CF-COR-01", "status=\"scored\" points=\"8\">"
                                                  "<evidence ref=\"EV-001\"/></answer>")),
                     STATUS_OK);
    assert_int_equal(f->diag.count, 0);
    assert_refused(f, interview, RULE_ANSWER_INTERVIEW_ALONE);
    f->questions[0].basis = BASIS_POLICY;
    assert_int_equal(check(f, interview), STATUS_OK);
    f->questions[0].basis = BASIS_REQUIREMENT;
    assert_int_equal(check(f, SIGNED("CF-COR-01",
                                     "status=\"scored\" points=\"10\" grade=\"conform\">"
                                     "<evidence ref=\"INT-1\" kind=\"interview\"/>"
                                     "<evidence ref=\"minutes 3\" kind=\"record\"/></answer>")),
                     STATUS_OK);
    assert_int_equal(check(f, SIGNED("CF-COR-01", "status=\"scored\" points=\"10\"/>")),
                     STATUS_OK);
    assert_int_equal(f->diag.by_rule[RULE_ANSWER_NO_EVIDENCE], 1);
}

static void answers_of_another_audit_are_refused(void **state)
{
    struct fixture *f = *state;

    f->evidence.audit.id = STR("helpdesk-2026");
    assert_int_equal(check(f, SIGNED("CF-COR-01", "status=\"scored\" points=\"8\"/>")),
                     STATUS_INVALID);
    assert_non_null(find_diagnostic(&f->diag, RULE_ANSWER_AUDIT));
}

static void one_question_in_two_checklists_is_refused(void **state)
{
    struct fixture *f = *state;
    struct checklist *list[] = {&f->checklist, &f->checklist};
    struct assessment *assessments = NULL;
    size_t count = 0;

    assert_int_equal(assess(&f->arena, list, 2, &f->evidence, NULL, &f->diag, &assessments, &count),
                     STATUS_INVALID);
    assert_null(assessments);
    assert_int_equal(f->diag.by_rule[RULE_QUESTION_TWICE], 1);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
}

/* --- assessment --- */

static const struct assessment *assess_all(struct fixture *f, const struct answers *answers)
{
    struct checklist *list[] = {&f->checklist};
    struct assessment *assessments = NULL;
    size_t count = 0;

    assert_int_equal(assess(&f->arena, list, 1, &f->evidence, answers, &f->diag, &assessments,
                            &count),
                     STATUS_OK);
    assert_int_equal(count, f->checklist.question_count);
    return assessments;
}

/* The first question, by figures alone. */
static const struct assessment *assess_one(struct fixture *f)
{
    return assess_all(f, NULL);
}

static void set_share(struct figure *figure, uint64_t k, uint64_t n, double half)
{
    figure->k = k;
    figure->n = n;
    figure->value = (double)k / (double)n;
    figure->low = figure->value - half;
    figure->high = figure->value + half;
}

static int points_at(struct fixture *f, double value)
{
    f->figures[0].value = f->figures[0].low = f->figures[0].high = value;
    return assess_one(f)->points;
}

static void every_step_begins_at_its_limit(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(points_at(f, 0.0), 10);
    assert_int_equal(points_at(f, 0.03), 10);
    assert_int_equal(points_at(f, nextafter(0.03, 1)), 8);
    assert_int_equal(points_at(f, 0.05), 8);
    assert_int_equal(points_at(f, 0.0501), 6);
    assert_int_equal(points_at(f, 0.08), 6);
    assert_int_equal(points_at(f, 0.12), 4);
    assert_int_equal(points_at(f, 0.1201), 0);
    assert_int_equal(points_at(f, 1.0), 0);
    f->bindings[0].ladder = higher_is_better;
    assert_int_equal(points_at(f, 1.0), 10);
    assert_int_equal(points_at(f, 0.98), 10);
    assert_int_equal(points_at(f, nextafter(0.98, 0)), 8);
    assert_int_equal(points_at(f, 0.95), 8);
    assert_int_equal(points_at(f, 0.94), 6);
    assert_int_equal(points_at(f, 0.70), 4);
    assert_int_equal(points_at(f, 0.6999), 0);
}

/* k/n against target and step in whole hundredths: no rounding may move a case over a limit. */
static void shares_against_targets_equal_integer_arithmetic(void **state)
{
    struct fixture *f = *state;
    /* 52, 53, 54: the sum with a step lies a hair above the decimal */
    static const int targets[] = {50, 80, 90, 95, 99, 100, 52, 53, 54};
    static const int steps[] = {0, -2, -5};
    int64_t n;
    int64_t k;
    size_t t;

    f->bindings[0].ladder = minus_target;
    f->figures[0].target_source = STR("contract");
    for (n = 30; n <= 300; n += n < 60 ? 1 : 20) {
        for (t = 0; t < ARRAY_LEN(targets); t++) {
            f->figures[0].target = targets[t] / 100.0;
            for (k = n * (targets[t] - 8) / 100; k <= n; k++) {
                int expected = 0;
                int i;

                for (i = 2; i >= 0; i--)
                    if (100 * k >= n * (targets[t] + steps[i]))
                        expected = 8 - 2 * i;
                /* the lower end lies at the value: 8 and more is proven */
                if (expected == 8)
                    expected = 10;
                set_share(&f->figures[0], (uint64_t)k, (uint64_t)n, 0);
                assert_int_equal(assess_one(f)->points, expected);
                arena_clear(&f->arena);
            }
        }
    }
}

/* The limits belong to 0.90: whoever promises less or more is held to that. */
static void limits_move_with_the_target_of_the_audit(void **state)
{
    static const struct {
        double target;
        uint64_t k; /* of 100 */
        int points;
    } cases[] = {{NAN, 90, 8},  {NAN, 89, 6},  {NAN, 80, 4},  {NAN, 79, 0}, {0.90, 90, 8},
                 {0.80, 80, 8}, {0.80, 79, 6}, {0.80, 85, 10}, {0.80, 69, 0}, {0.95, 94, 6},
                 {0.95, 95, 8}, {0.95, 100, 10}};
    struct fixture *f = *state;
    const struct assessment *a;
    size_t i;

    f->bindings[0].ladder = (struct ladder){
        .higher_is_better = true,
        .has_usual_target = true,
        .usual_target = 0.90,
        .source = LADDER_DEFAULT,
        .steps = {{10, LADDER_ON_VALUE, 0.95},
                  {8, LADDER_ON_VALUE, 0.90},
                  {6, LADDER_ON_VALUE, 0.85},
                  {4, LADDER_ON_VALUE, 0.80}},
        .step_count = 4,
    };
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        set_share(&f->figures[0], cases[i].k, 100, 0.01);
        f->figures[0].target = cases[i].target;
        f->figures[0].target_source = isnan(cases[i].target) ? STR("") : STR("policy");
        a = assess_one(f);
        assert_int_equal(a->proposed, cases[i].points);
        assert_int_equal(a->status,
                         isnan(cases[i].target) ? ANSWER_NOTCHECKED : ANSWER_SCORED);
        assert_true(
            str_is(a->why_facts.limits_by, isnan(cases[i].target) ? "default" : "policy"));
    }
    /* a target that nobody has set moves the limits, and gives them no authority */
    f->figures[0].target = 0.80;
    f->figures[0].target_source = STR("default");
    set_share(&f->figures[0], 80, 100, 0.01);
    a = assess_one(f);
    assert_int_equal(a->proposed, 8);
    assert_int_equal(a->status, ANSWER_NOTCHECKED);
    assert_true(str_is(a->why_facts.limits_by, "default"));
}

static void the_ends_of_the_interval_give_the_range(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    f->bindings[0].ladder = minus_target;
    f->figures[0].target = 0.95;
    f->figures[0].target_source = STR("contract");
    set_share(&f->figures[0], 951, 1000, 0.014);
    a = assess_one(f);
    assert_int_equal(a->points, 8); /* met, not proven */
    assert_int_equal(a->proposed_low, 6);
    assert_int_equal(a->proposed_high, 8); /* the lower end stays what it is */
    assert_false(a->is_imprecise);
    set_share(&f->figures[0], 951, 1000, 0.03);
    a = assess_one(f);
    assert_int_equal(a->proposed_low, 4);
    assert_true(a->is_imprecise);
    set_share(&f->figures[0], 960, 1000, 0.01);
    assert_int_equal(assess_one(f)->points, 10); /* proven */

    f->bindings[0].ladder = lower_is_better;
    set_share(&f->figures[0], 40, 1000, 0.012);
    a = assess_one(f);
    assert_int_equal(a->points, 8);
    assert_int_equal(a->proposed_low, 6); /* lower is better: the high end is the bad one */
    assert_int_equal(a->proposed_high, 10);
    assert_true(a->is_imprecise);
}

static void an_open_interval_has_no_limit_on_that_side(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    f->figures[0].value = 0.04;
    f->figures[0].low = 0.035;
    f->figures[0].high = NAN;
    a = assess_one(f);
    assert_int_equal(a->points, 8);
    assert_int_equal(a->proposed_low, 0);
    assert_int_equal(a->proposed_high, 8);
    f->figures[0].method = (struct str){NULL, 0};
    f->figures[0].low = NAN;
    a = assess_one(f); /* no interval at all */
    assert_int_equal(a->proposed_low, 8);
    assert_int_equal(a->proposed_high, 8);
}

static void the_range_always_holds_the_proposal_and_better_never_earns_less(void **state)
{
    static const struct ladder *const ladders[] = {&minus_target, &lower_is_better,
                                                   &higher_is_better};
    struct fixture *f = *state;
    size_t i;

    f->figures[0].target = 0.9;
    f->figures[0].target_source = STR("law");
    for (i = 0; i < ARRAY_LEN(ladders); i++) {
        int last = ladders[i]->higher_is_better ? 0 : 10;
        uint64_t k;

        f->bindings[0].ladder = *ladders[i];
        for (k = 0; k <= 400; k++) {
            const struct assessment *a;

            set_share(&f->figures[0], k, 400, 0.02);
            a = assess_one(f);
            assert_in_range(a->points, a->proposed_low, a->proposed_high);
            assert_true(ladders[i]->higher_is_better ? a->points >= last : a->points <= last);
            last = a->points;
            arena_clear(&f->arena);
        }
        assert_int_equal(last, ladders[i]->higher_is_better ? 10 : 0);
    }
}

static void only_agreed_limits_let_a_figure_score(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;
    int source;

    set_share(&f->figures[0], 40, 1000, 0);
    for (source = 0; source < LADDER_SOURCE_COUNT; source++) {
        bool agreed = source != LADDER_DEFAULT;

        f->bindings[0].ladder.source = (enum ladder_source)source;
        a = assess_one(f);
        assert_int_equal(a->status, agreed ? ANSWER_SCORED : ANSWER_NOTCHECKED);
        assert_int_equal(a->points, agreed ? 8 : -1);
        assert_int_equal(a->proposed, 8);
        assert_int_equal(a->origin, agreed ? ORIGIN_FIGURE : ORIGIN_NONE);
        assert_int_equal(a->why_code, agreed ? WHY_FIGURE : WHY_UNCONFIRMED);
        assert_true(str_is(a->why_facts.limits_by,
                           ladder_source_name((enum ladder_source)source)));
        assert_int_equal(a->grade, GRADE_NONE);
    }
    f->questions[0].basis = BASIS_POLICY;
    f->bindings[0].ladder.source = LADDER_DEFAULT;
    assert_int_equal(assess_one(f)->status, ANSWER_NOTCHECKED);
    f->questions[0].basis = BASIS_GOOD_PRACTICE;
    a = assess_one(f);
    assert_int_equal(a->status, ANSWER_SCORED);
    assert_true(str_is(a->why, "M-11 reported is 4.0 % of 1000 (EV-001), which gives 8 points by "
                               "default limits"));
}

static void a_target_needs_an_agreed_source_too(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    f->bindings[0].ladder = minus_target;
    set_share(&f->figures[0], 940, 1000, 0.001);
    a = assess_one(f);
    assert_int_equal(a->why_code, WHY_NO_TARGET);
    assert_int_equal(a->proposed, -1);
    assert_int_equal(a->status, ANSWER_NOTCHECKED);
    f->figures[0].target = 0.95;
    a = assess_one(f); /* a target of nobody */
    assert_int_equal(a->why_code, WHY_UNCONFIRMED);
    assert_int_equal(a->proposed, 6);
    f->figures[0].target_source = STR("default");
    assert_int_equal(assess_one(f)->status, ANSWER_NOTCHECKED);
    f->figures[0].target_source = STR("contract");
    a = assess_one(f);
    assert_int_equal(a->status, ANSWER_SCORED);
    assert_int_equal(a->points, 6);
    assert_true(str_is(a->why, "M-11 reported is 94.0 % of 1000 (EV-001), which gives 6 points by "
                               "limits set by contract"));
}

static void the_mode_of_the_question_decides_what_figures_may_do(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    set_share(&f->figures[0], 40, 1000, 0);
    f->questions[0].mode = MODE_SEMI;
    a = assess_one(f);
    assert_int_equal(a->status, ANSWER_NOTCHECKED);
    assert_int_equal(a->why_code, WHY_JUDGEMENT);
    assert_int_equal(a->proposed, 8);
    f->questions[0].basis = BASIS_GOOD_PRACTICE;
    assert_int_equal(assess_one(f)->status, ANSWER_NOTCHECKED);
    f->questions[0].mode = MODE_HUMAN;
    a = assess_one(f);
    assert_int_equal(a->why_code, WHY_EVIDENCE_ONLY);
    assert_int_equal(a->proposed, -1);
    assert_int_equal(a->evidence_count, 1);
    assert_true(str_is(a->evidence[0], "EV-001"));
    assert_int_equal(a[1].why_code, WHY_NO_MEASURE);
    assert_int_equal(a[1].evidence_count, 0);
}

static void figures_that_cannot_score_say_why(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    a = assess_one(f);
    assert_int_equal(a->why_code, WHY_NO_VALUE);
    set_share(&f->figures[0], 1, 29, 0);
    a = assess_one(f);
    assert_int_equal(a->why_code, WHY_FEW_CASES);
    assert_int_equal(a->status, ANSWER_NOTCHECKED);
    assert_int_equal(a->proposed, -1);
    assert_int_equal(a->why_facts.n, 29);
    assert_int_equal(a->why_facts.needed, 30);
    assert_true(str_is(a->why, "M-11 reported has 29 cases; 30 are needed to score"));
    set_share(&f->figures[0], 1, 30, 0);
    assert_int_equal(assess_one(f)->status, ANSWER_SCORED);
    f->figures[0].unit = STR("count"); /* a census of what is there */
    f->figures[0].n = 1;
    assert_int_equal(assess_one(f)->status, ANSWER_SCORED);
    f->bindings[0].measure = STR("M-15");
    a = assess_one(f);
    assert_int_equal(a->why_code, WHY_NO_FIGURE);
    assert_true(str_is(a->why, "no source of the audit gives M-15; a person has to answer"));
    f->bindings[0].measure = STR("M-11");
    f->bindings[0].has_ladder = false;
    assert_int_equal(assess_one(f)->why_code, WHY_EVIDENCE_ONLY);
}

static void poor_data_earn_nothing_and_doubtful_data_are_imprecise(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    set_share(&f->figures[0], 40, 1000, 0);
    f->figures[1] = make_figure("EV-002", "M-49", "records");
    f->evidence.figure_count = 2;
    set_share(&f->figures[1], 799, 1000, 0);
    a = assess_one(f);
    assert_int_equal(a->why_code, WHY_POOR_DATA);
    assert_int_equal(a->points, -1);
    assert_true(a->why_facts.value == 0.799);
    assert_true(str_is(a->why, "only 79.9 % of the records pass the data checks (M-49), too few to "
                               "score M-11 reported"));
    set_share(&f->figures[1], 800, 1000, 0);
    a = assess_one(f);
    assert_int_equal(a->points, 8);
    assert_true(a->is_imprecise);
    set_share(&f->figures[1], 950, 1000, 0);
    assert_false(assess_one(f)->is_imprecise);
    /* the check itself may be scored however bad it is */
    f->bindings[0].measure = STR("M-49");
    f->bindings[0].ladder = higher_is_better;
    set_share(&f->figures[1], 100, 1000, 0);
    assert_int_equal(assess_one(f)->points, 0);
}

static void the_lowest_of_several_bindings_decides(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    f->questions[0].binding_count = 3;
    f->bindings[1] = (struct binding){
        .measure = STR("M-12"), .has_ladder = true, .ladder = lower_is_better};
    f->bindings[2] = (struct binding){.measure = STR("M-03")};
    f->figures[1] = make_figure("EV-002", "M-12", "ping-pong");
    f->figures[2] = make_figure("EV-003", "M-03", "reported");
    f->evidence.figure_count = 3;
    set_share(&f->figures[0], 10, 1000, 0);
    set_share(&f->figures[1], 100, 1000, 0.015);
    a = assess_one(f);
    assert_int_equal(a->points, 4);
    assert_int_equal(a->proposed_low, 4);
    assert_int_equal(a->proposed_high, 4);
    assert_true(str_is(a->why_facts.measure, "M-12"));
    assert_int_equal(a->evidence_count, 3);
    assert_true(str_is(a->evidence[2], "EV-003"));
    /* the lowest by limits of nobody proposes: it may not lower the score by itself */
    f->bindings[1].ladder.source = LADDER_DEFAULT;
    a = assess_one(f);
    assert_int_equal(a->status, ANSWER_NOTCHECKED);
    assert_int_equal(a->proposed, 4);
    assert_int_equal(a->why_code, WHY_UNCONFIRMED);
    /* at equal points the agreed limits decide */
    set_share(&f->figures[1], 10, 1000, 0);
    a = assess_one(f);
    assert_int_equal(a->status, ANSWER_SCORED);
    assert_int_equal(a->points, 10);
    f->bindings[0].ladder.source = LADDER_DEFAULT;
    f->bindings[1].ladder.source = LADDER_LAW;
    a = assess_one(f);
    assert_int_equal(a->status, ANSWER_SCORED);
    assert_true(str_is(a->why_facts.measure, "M-12"));
    f->bindings[1].ladder.source = LADDER_DEFAULT;
    /* one without enough cases leaves the other to decide */
    f->figures[0].n = 5;
    a = assess_one(f);
    assert_int_equal(a->why_code, WHY_UNCONFIRMED);
    assert_true(str_is(a->why_facts.measure, "M-12"));
}

static void a_younger_question_is_information_unless_somebody_answers(void **state)
{
    struct fixture *f = *state;
    struct answer answer = {.question = STR("CF-COR-01"),
                            .status = ANSWER_SCORED,
                            .points = 6,
                            .by = STR("LA"),
                            .on = STR("2026-02-28")};
    struct answers answers = {.list = &answer, .count = 1};
    const struct assessment *a;

    set_share(&f->figures[0], 40, 1000, 0);
    f->questions[0].since = STR("2026");
    a = assess_one(f);
    assert_int_equal(a->status, ANSWER_INFORMATIONAL);
    assert_int_equal(a->points, -1);
    assert_int_equal(a->why_code, WHY_EDITION);
    assert_true(str_is(a->why, "asked from edition 2026 on; the audit uses 2015+A1"));
    a = assess_all(f, &answers);
    assert_int_equal(a->status, ANSWER_SCORED);
    assert_int_equal(a->points, 6);
    f->evidence.audit.edition = STR("2026");
    assert_int_equal(assess_one(f)->status, ANSWER_SCORED);
    f->questions[0].since = STR("2015+A1");
    f->evidence.audit.edition = STR("2015");
    assert_int_equal(assess_one(f)->status, ANSWER_INFORMATIONAL);
}

static void a_person_wins_over_the_figure_and_has_to_say_why(void **state)
{
    struct fixture *f = *state;
    struct str references[] = {STR("minutes 3"), STR("EV-001")};
    struct proof proofs[] = {{.kind = PROOF_RECORD, .is_direct = true, .is_documentary = true},
                             {.kind = PROOF_UNSTATED}};
    struct answer answer = {.question = STR("CF-COR-01"),
                            .status = ANSWER_SCORED,
                            .points = 10,
                            .grade = GRADE_MINOR,
                            .reason = STR("the seven cases were duplicates"),
                            .finding = STR("one case"),
                            .evidence = references,
                            .proofs = proofs,
                            .evidence_count = 2,
                            .by = STR("LA"),
                            .on = STR("2026-02-28")};
    struct answers answers = {.list = &answer, .count = 1};
    const struct assessment *a;

    set_share(&f->figures[0], 70, 1000, 0.001);
    a = assess_all(f, &answers);
    assert_int_equal(a->points, 10);
    assert_int_equal(a->proposed, 6);
    assert_int_equal(a->origin, ORIGIN_PERSON);
    assert_int_equal(a->why_code, WHY_PERSON);
    assert_int_equal(a->grade, GRADE_MINOR);
    assert_int_equal(a->evidence_count, 2); /* the figure is not named twice */
    assert_int_equal(a->proofs[0].kind, PROOF_RECORD);
    assert_true(str_is(a->why, "answered by LA on 2026-02-28; M-11 reported is 7.0 % of 1000 "
                               "(EV-001), which proposes 6 points"));
    assert_int_equal(f->diag.by_rule[RULE_ANSWER_DIFFERS], 1);
    assert_true(str_ends(find_diagnostic(&f->diag, RULE_ANSWER_DIFFERS)->text,
                         "'CF-COR-01' has 10 points, EV-001 gives 6"));
    answer.status = ANSWER_NOTCHECKED;
    answer.points = -1;
    answer.grade = GRADE_NONE;
    a = assess_all(f, &answers);
    assert_int_equal(a->status, ANSWER_NOTCHECKED);
    assert_int_equal(a->points, -1);
    assert_true(str_is(a->reason, "the seven cases were duplicates"));
}

static void memory_that_runs_out_is_reported_once(void **state)
{
    struct fixture *f = *state;
    struct checklist *list[] = {&f->checklist};
    struct answer answer = {.question = STR("CF-COR-02"),
                            .status = ANSWER_SCORED,
                            .points = 6,
                            .by = STR("LA"),
                            .on = STR("2026-02-28")};
    struct answers answers = {.list = &answer, .count = 1};
    enum status status = STATUS_MEMORY;
    unsigned long nth;

    set_share(&f->figures[0], 40, 1000, 0);
    for (nth = 1; status != STATUS_OK && nth < 1000; nth++) {
        struct assessment *assessments = NULL;
        size_t count = 0;
        struct arena arena;
        struct diag diag;

        arena_init(&arena);
        diag_init(&diag);
        mem_fail_at(nth);
        status = assess(&arena, list, 1, &f->evidence, &answers, &diag, &assessments, &count);
        mem_fail_at(0);
        assert_int_equal(status == STATUS_OK, assessments != NULL);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], status == STATUS_OK ? 0 : 1);
        diag_done(&diag);
        arena_done(&arena);
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(nth > 8);
}

static void names_are_found_again(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < ANSWER_STATUS_COUNT; i++) {
        enum answer_status found = ANSWER_STATUS_COUNT;

        assert_true(answer_status_find(str_of(answer_status_name((enum answer_status)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < GRADE_COUNT; i++) {
        enum grade found = GRADE_COUNT;

        assert_true(grade_find(str_of(grade_name((enum grade)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < ORIGIN_COUNT; i++) {
        enum answer_origin found = ORIGIN_COUNT;

        assert_true(answer_origin_find(str_of(answer_origin_name((enum answer_origin)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < PROOF_KIND_COUNT; i++) {
        enum proof_kind found = PROOF_KIND_COUNT;

        assert_true(proof_kind_find(str_of(proof_kind_name((enum proof_kind)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < WHY_CODE_COUNT; i++) {
        enum why_code found = WHY_CODE_COUNT;

        assert_true(why_code_find(str_of(why_code_name((enum why_code)i)), &found));
        assert_int_equal(found, i);
    }
    assert_false(grade_find(STR("passed"), &(enum grade){GRADE_NONE}));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_good_document_is_read_whole),
        TEST(contradictions_in_an_answer_are_refused_where_they_stand),
        TEST(the_schema_refuses_what_is_no_answer),
        TEST(observations_may_stand_beside_any_status),
        TEST(an_unsigned_answer_is_a_warning),
        TEST(a_grade_that_does_not_fit_the_points_is_a_warning),
        TEST(answers_that_no_question_allows_are_refused),
        TEST(evidence_must_exist_and_be_more_than_one_interview),
        TEST(answers_of_another_audit_are_refused),
        TEST(one_question_in_two_checklists_is_refused),
        TEST(every_step_begins_at_its_limit),
        TEST(shares_against_targets_equal_integer_arithmetic),
        TEST(limits_move_with_the_target_of_the_audit),
        TEST(the_ends_of_the_interval_give_the_range),
        TEST(an_open_interval_has_no_limit_on_that_side),
        TEST(the_range_always_holds_the_proposal_and_better_never_earns_less),
        TEST(only_agreed_limits_let_a_figure_score),
        TEST(a_target_needs_an_agreed_source_too),
        TEST(the_mode_of_the_question_decides_what_figures_may_do),
        TEST(figures_that_cannot_score_say_why),
        TEST(poor_data_earn_nothing_and_doubtful_data_are_imprecise),
        TEST(the_lowest_of_several_bindings_decides),
        TEST(a_younger_question_is_information_unless_somebody_answers),
        TEST(a_person_wins_over_the_figure_and_has_to_say_why),
        TEST(memory_that_runs_out_is_reported_once),
        TEST(names_are_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
