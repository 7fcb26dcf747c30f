/* Strength of evidence, decisions against figures, proposed grades, words of nonconformities. */
#include "scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer/answer.h"
#include "base/buf.h"
#include "base/mem.h"

enum { QUESTIONS = 4 };

struct fixture {
    char folder[64];
    struct library library;
    struct diag diag;
    struct arena arena;
    struct question questions[QUESTIONS]; /* Q1 has the figure */
    struct str clauses[QUESTIONS];
    struct binding binding;
    struct figure figure;
    struct accounting sources[2];
    struct checklist checklist;
    struct evidence evidence;
};

/* Attainment against a target of 95 %, in a contract. */
static const struct ladder attainment = {
    .higher_is_better = true,
    .minus_target = true,
    .source = LADDER_CONTRACT,
    .steps = {{10, LADDER_ON_LOW, 0},
              {8, LADDER_ON_VALUE, 0},
              {6, LADDER_ON_VALUE, -0.02},
              {4, LADDER_ON_VALUE, -0.05}},
    .step_count = 4,
};

static int set_up(void **state)
{
    static const char *const ids[QUESTIONS] = {"CF-COR-01", "CF-COR-02", "CF-COR-03", "CF-COR-04"};
    struct fixture *f = mem_alloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-grading-XXXXXX");
    scene_open(f->folder, &f->library, &f->diag, &f->arena);
    for (i = 0; i < QUESTIONS; i++) {
        f->clauses[i] = STR("8.2");
        f->questions[i].id = str_of(ids[i]);
        f->questions[i].clauses = &f->clauses[i];
        f->questions[i].clause_count = 1;
        f->questions[i].letters = LETTER_A;
        f->questions[i].weight = RATIO_ONE;
        f->questions[i].mode = MODE_HUMAN;
    }
    f->questions[0].mode = MODE_AUTO;
    f->questions[0].bindings = &f->binding;
    f->questions[0].binding_count = 1;
    f->binding =
        (struct binding){.measure = STR("M-07"), .has_ladder = true, .ladder = attainment};
    f->figure = (struct figure){.id = STR("EV-001"),
                                .measure = STR("M-07"),
                                .variant = STR("computed"),
                                .unit = STR("1"),
                                .method = STR("wilson"),
                                .target = 0.95,
                                .target_source = STR("contract")};
    f->sources[0].has_audit_trail = f->sources[1].has_audit_trail = true;
    f->checklist.questions = f->questions;
    f->checklist.question_count = QUESTIONS;
    f->evidence.audit.id = STR("helpdesk-2025");
    f->evidence.audit.edition = STR("2015+A1");
    f->evidence.sources = f->sources;
    f->evidence.source_count = 2;
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

static enum status try_assess(struct fixture *f, const char *content, struct assessment **ret_list)
{
    struct checklist *list[] = {&f->checklist};
    struct answers *answers = NULL;
    size_t count = 0;

    assert_int_equal(load(f, content, &answers), STATUS_OK);
    return assess(&f->arena, list, 1, &f->evidence, answers, &f->diag, ret_list, &count);
}

static const struct assessment *assess_all(struct fixture *f, const char *content)
{
    struct assessment *list = NULL;

    assert_int_equal(try_assess(f, content, &list), STATUS_OK);
    return list;
}

/* Of the second question, which nothing measures. */
static const struct assessment *assess_second(struct fixture *f, const char *attributes,
                                              const char *content)
{
    struct str text = arena_format(&f->arena,
                                   "<answer question=\"CF-COR-02\" by=\"LA\" on=\"2026-02-28\" %s>"
                                   "%s</answer>",
                                   attributes, content);

    return &assess_all(f, text.ptr)[1];
}

static void set_attainment(struct fixture *f, uint64_t kept, uint64_t n, double low, double high)
{
    f->evidence.figures = &f->figure;
    f->evidence.figure_count = 1;
    f->figure.k = kept;
    f->figure.n = n;
    f->figure.value = (double)kept / (double)n;
    f->figure.low = low;
    f->figure.high = high;
}

/* --- strength --- */

static void strength_is_the_sum_of_what_is_said_or_assumed(void **state)
{
    static const struct {
        const char *evidence;
        int strength;
    } cases[] = {
        {"<evidence ref=\"r\"/>", 1},
        {"<evidence ref=\"r\" kind=\"record\"/>", 2},
        {"<evidence ref=\"r\" kind=\"document\"/>", 2},
        {"<evidence ref=\"r\" kind=\"observation\"/>", 2},
        {"<evidence ref=\"r\" kind=\"interview\"/>", 1},
        {"<evidence ref=\"r\" kind=\"interview\" source=\"external\"/>", 3},
        {"<evidence ref=\"r\" kind=\"interview\" source=\"external\" direct=\"false\"/>", 2},
        {"<evidence ref=\"r\" kind=\"record\" source=\"controlled\"/>", 3},
        {"<evidence ref=\"r\" kind=\"record\" source=\"external\" original=\"true\"/>", 5},
        {"<evidence ref=\"r\" kind=\"record\" source=\"internal\" direct=\"false\"/>", 1},
        {"<evidence ref=\"r\" kind=\"observation\" original=\"false\"/>", 1},
        /* the strongest counts, wherever it stands */
        {"<evidence ref=\"r\" kind=\"interview\"/><evidence ref=\"s\" kind=\"record\"/>", 2},
        {"<evidence ref=\"r\" kind=\"record\" original=\"true\"/><evidence ref=\"s\"/>", 3},
        {"", -1},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        const struct assessment *a =
            assess_second(f, "status=\"scored\" points=\"10\"", cases[i].evidence);

        assert_int_equal(a->strength, cases[i].strength);
        assert_int_equal(a->is_weak, cases[i].strength < 2);
        assert_int_equal(f->diag.by_rule[RULE_ANSWER_WEAK_EVIDENCE],
                         a->is_weak && a->evidence_count);
        assert_int_equal(a->grading.criterion,
                         a->is_weak ? CRITERION_WEAK_EVIDENCE : CRITERION_MET);
        assert_int_equal(a->points, 10); /* shown, never taken away */
    }
}

/* A trail of changes is worth one, whole files are worth one; the weakest source decides. */
static void figures_are_as_strong_as_the_weakest_source(void **state)
{
    struct fixture *f = *state;

    set_attainment(f, 990, 1000, 0.98, 0.995);
    assert_int_equal(assess_all(f, "")->strength, 4);
    f->sources[1].has_audit_trail = false;
    assert_int_equal(assess_all(f, "")->strength, 3);
    f->sources[0].identity.truncated = true;
    assert_int_equal(assess_all(f, "")->strength, 2);
    f->evidence.source_count = 0;
    assert_int_equal(assess_all(f, "")->strength, 3);
}

/* A figure beside an answer supports it only where the person named it, or says what it says. */
static void a_figure_that_nobody_cites_lends_no_strength(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    set_attainment(f, 990, 1000, 0.98, 0.995);
    a = assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"10\"/>");
    assert_int_equal(a->strength, 4);
    a = assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"8\">"
                      "<reason>doubts</reason></answer>");
    assert_int_equal(a->strength, -1);
    a = assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"8\">"
                      "<reason>doubts</reason><evidence ref=\"EV-001\" kind=\"interview\"/>"
                      "</answer>");
    assert_int_equal(a->strength, 4); /* the ledger knows what it is */
    assert_true(a->proofs[0].is_cited);
    a = assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"10\">"
                      "<evidence ref=\"INT-1\" kind=\"interview\"/></answer>");
    assert_int_equal(a->strength, 1);
    assert_int_equal(a->evidence_count, 2);
    assert_false(a->proofs[1].is_cited);
}

static void weakness_depends_on_what_is_claimed(void **state)
{
    static const struct {
        enum basis basis;
        int points;
        bool is_weak;
    } cases[] = {
        {BASIS_REQUIREMENT, 10, true},   {BASIS_REQUIREMENT, 0, true},
        {BASIS_POLICY, 10, false},       {BASIS_POLICY, 4, true},
        {BASIS_GOOD_PRACTICE, 0, false}, {BASIS_GOOD_PRACTICE, 10, false},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        char attributes[60];

        snprintf(attributes, sizeof attributes, "status=\"scored\" points=\"%d\"",
                 cases[i].points);
        f->questions[1].basis = cases[i].basis;
        assert_int_equal(
            assess_second(f, attributes, "<evidence ref=\"m\" kind=\"interview\"/>")->is_weak,
            cases[i].is_weak);
    }
    assert_false(assess_second(f, "status=\"notapplicable\"", "<reason>r</reason>")->is_weak);
}

/* --- decisions against figures --- */

static void a_decision_against_a_figure_keeps_both(void **state)
{
    struct fixture *f = *state;
    const struct assessment *a;

    set_attainment(f, 960, 1000, 0.946, 0.971); /* 8 points, 6 to 8 */
    a = assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"6\" by=\"LA\" "
                      "on=\"2026-02-28\"><reason>two months below</reason></answer>");
    assert_true(a->override.is_there);
    assert_int_equal(a->override.old_status, ANSWER_SCORED);
    assert_int_equal(a->override.old_points, 8);
    assert_int_equal(a->override.new_status, ANSWER_SCORED);
    assert_int_equal(a->override.new_points, 6);
    assert_false(a->override.is_outside);
    assert_int_equal(f->diag.by_rule[RULE_ANSWER_DIFFERS], 0);
    a = assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"4\" by=\"LA\" "
                      "on=\"2026-02-28\"><reason>two months below</reason></answer>");
    assert_true(a->override.is_outside);
    assert_int_equal(a->points, 4);
    assert_int_equal(f->diag.by_rule[RULE_ANSWER_DIFFERS], 1);
    f->binding.ladder.source = LADDER_DEFAULT; /* it only proposes */
    a = assess_all(f, "<answer question=\"CF-COR-01\" status=\"notapplicable\" by=\"LA\" "
                      "on=\"2026-02-28\"><reason>no contract</reason></answer>");
    assert_true(a->override.is_there);
    assert_int_equal(a->override.old_status, ANSWER_NOTCHECKED);
    assert_int_equal(a->override.old_points, 8);
    assert_int_equal(a->override.new_points, -1);
    assert_false(a->override.is_outside);
}

static void who_agrees_or_leaves_open_overrides_nothing(void **state)
{
    static const char *const answers[] = {
        "", "<answer question=\"CF-COR-01\" status=\"scored\" points=\"8\"/>",
        "<answer question=\"CF-COR-02\" status=\"scored\" points=\"8\"/>"};
    struct fixture *f = *state;
    size_t i;

    set_attainment(f, 960, 1000, 0.946, 0.971);
    for (i = 0; i < ARRAY_LEN(answers); i++) {
        assert_false(assess_all(f, answers[i])[0].override.is_there);
        assert_false(assess_all(f, answers[i])[1].override.is_there);
    }
    f->binding.ladder.source = LADDER_DEFAULT;
    assert_false(assess_all(f, "<answer question=\"CF-COR-01\" status=\"notchecked\">"
                               "<reason>later</reason></answer>")->override.is_there);
    f->binding.ladder.source = LADDER_CONTRACT; /* now a score is left open */
    assert_true(assess_all(f, "<answer question=\"CF-COR-01\" status=\"notchecked\">"
                              "<reason>later</reason></answer>")->override.is_there);
}

static void a_decision_against_a_figure_needs_a_reason(void **state)
{
    struct fixture *f = *state;
    struct assessment *list = NULL;
    size_t i;

    set_attainment(f, 960, 1000, 0.946, 0.971);
    assert_int_equal(try_assess(f, "\n<answer question=\"CF-COR-01\" status=\"scored\" "
                                   "points=\"6\" by=\"LA\" on=\"2026-02-28\"/>", &list),
                     STATUS_INVALID);
    assert_null(list);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    assert_int_equal(f->diag.by_rule[RULE_ANSWER_OVERRIDE], 1);
    for (i = 0; f->diag.list[i].rule != RULE_ANSWER_OVERRIDE;)
        i++;
    assert_int_equal(f->diag.list[i].where.line, 3);
    assert_true(str_ends(f->diag.list[i].text,
                         "'CF-COR-01' has 6 points, EV-001 gives 8 (6 to 8)"));
}

/* --- grades --- */

#define RECORD "<evidence ref=\"m\" kind=\"record\"/>"

static void every_pattern_proposes_its_grade(void **state)
{
    static const struct {
        enum basis basis;
        const char *attributes;
        enum criterion criterion;
        enum grade proposed;
    } cases[] = {
        {BASIS_REQUIREMENT, "points=\"10\"", CRITERION_MET, GRADE_CONFORM},
        {BASIS_REQUIREMENT, "points=\"8\"", CRITERION_MET, GRADE_CONFORM},
        {BASIS_REQUIREMENT, "points=\"8\" grade=\"minor\"", CRITERION_UNCOUNTED, GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"6\"", CRITERION_UNCOUNTED, GRADE_MINOR},
        {BASIS_POLICY, "points=\"4\"", CRITERION_UNCOUNTED, GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"0\"", CRITERION_ABSENT, GRADE_MAJOR},
        {BASIS_POLICY, "points=\"0\"", CRITERION_ABSENT, GRADE_MAJOR},
        {BASIS_GOOD_PRACTICE, "points=\"0\"", CRITERION_PRACTICE_GAP, GRADE_OPPORTUNITY},
        {BASIS_GOOD_PRACTICE, "points=\"8\"", CRITERION_MET, GRADE_CONFORM},
        {BASIS_REQUIREMENT, "points=\"6\" repeats=\"NC-1\"", CRITERION_REPEAT, GRADE_MAJOR},
        {BASIS_REQUIREMENT, "points=\"8\" repeats=\"NC-1\"", CRITERION_MET, GRADE_CONFORM},
        {BASIS_REQUIREMENT, "points=\"6\" effect=\"seen\"", CRITERION_CUSTOMER_EFFECT, GRADE_MAJOR},
        {BASIS_REQUIREMENT, "points=\"6\" effect=\"none\"", CRITERION_UNCOUNTED, GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"1\"", CRITERION_ISOLATED,
         GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"0\"", CRITERION_ISOLATED,
         GRADE_MINOR},
        /* 2 of 30: 1.85 % to 21.3 % by Wilson */
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"2\"", CRITERION_UNDECIDED,
         GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"2\" tolerance=\"0.22\"",
         CRITERION_ISOLATED, GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"2\" tolerance=\"0.21\"",
         CRITERION_UNDECIDED, GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"2\" tolerance=\"0.019\"",
         CRITERION_UNDECIDED, GRADE_MINOR},
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"2\" tolerance=\"0.018\"",
         CRITERION_SYSTEMIC, GRADE_MAJOR},
        {BASIS_REQUIREMENT, "points=\"6\" sample=\"30\" failed=\"2\" tolerance=\"0.22\" "
                            "effect=\"seen\"", CRITERION_CUSTOMER_EFFECT, GRADE_MAJOR},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct str attributes = arena_format(&f->arena, "status=\"scored\" %s",
                                             cases[i].attributes);
        const struct grading *grading;

        f->questions[1].basis = cases[i].basis;
        grading = &assess_second(f, attributes.ptr, "<finding>x</finding>" RECORD)->grading;
        assert_true(grading->is_there);
        if (grading->criterion != cases[i].criterion)
            fail_msg("%s: %s", cases[i].attributes, criterion_name(grading->criterion));
        assert_int_equal(grading->proposed, cases[i].proposed);
    }
    assert_false(assess_second(f, "status=\"notchecked\"", "<reason>r</reason>")->grading.is_there);
}

/* Weak evidence comes before everything: an absent register on hearsay is not verified. */
static void weak_evidence_proposes_an_observation_first(void **state)
{
    struct fixture *f = *state;
    const struct grading *grading =
        &assess_second(f, "status=\"scored\" points=\"0\" repeats=\"NC-1\"",
                       "<evidence ref=\"INT-1\" kind=\"interview\"/>")->grading;

    assert_int_equal(grading->criterion, CRITERION_WEAK_EVIDENCE);
    assert_int_equal(grading->proposed, GRADE_OBSERVATION);
}

static void figures_tell_isolated_from_systemic(void **state)
{
    static const struct {
        uint64_t kept;
        double low;
        double high;
        double target;
        enum criterion criterion;
    } cases[] = {
        {900, 0.88, 0.917, 0.95, CRITERION_SYSTEMIC},
        {930, 0.912, 0.9499, 0.95, CRITERION_SYSTEMIC},
        {930, 0.912, 0.95, 0.95, CRITERION_UNDECIDED},
        {940, 0.923, 0.953, 0.95, CRITERION_UNDECIDED},
        {999, 0.99, 1.0, 1.0, CRITERION_ISOLATED}, /* one case */
        {998, 0.99, 0.9999, 1.0, CRITERION_SYSTEMIC},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        const struct grading *grading;

        f->figure.target = cases[i].target;
        set_attainment(f, cases[i].kept, 1000, cases[i].low, cases[i].high);
        grading = &assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"6\">"
                                 "<reason>r</reason>" RECORD "</answer>")->grading;
        assert_int_equal(grading->criterion, cases[i].criterion);
        assert_true(str_is(grading->figure, "EV-001"));
        assert_int_equal(grading->n, 1000);
        assert_int_equal(grading->failed, 1000 - cases[i].kept);
        assert_true(fabs(grading->tolerance - (1 - cases[i].target)) < 1e-12);
        assert_true(fabs(grading->low - (1 - cases[i].high)) < 1e-9);
        assert_true(fabs(grading->high - (1 - cases[i].low)) < 1e-9);
    }
    /* what the auditor counted himself comes first */
    assert_int_equal(assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"6\" "
                                   "sample=\"20\" failed=\"1\"><reason>r</reason>" RECORD
                                   "</answer>")->grading.criterion,
                     CRITERION_ISOLATED);
    /* limits that nobody has set tell nothing about what is tolerable */
    f->binding.ladder.source = LADDER_DEFAULT;
    assert_int_equal(assess_all(f, "<answer question=\"CF-COR-01\" status=\"scored\" points=\"6\">"
                                   "<reason>r</reason>" RECORD "</answer>")->grading.criterion,
                     CRITERION_UNDECIDED);
}

static void above_the_target_with_the_whole_interval_is_a_strength(void **state)
{
    struct fixture *f = *state;

    set_attainment(f, 990, 1000, 0.9501, 0.995);
    assert_int_equal(assess_all(f, "")->grading.criterion, CRITERION_ABOVE_TARGET);
    assert_int_equal(assess_all(f, "")->grading.proposed, GRADE_STRENGTH);
    set_attainment(f, 990, 1000, 0.95, 0.995); /* touches it */
    assert_int_equal(assess_all(f, "")->grading.criterion, CRITERION_MET);
}

/* Three on one clause, whoever says so; the proposal of each is raised. */
static void three_minors_on_a_clause_ask_whether_it_is_systemic(void **state)
{
    static const char three[] =
        "<answer question=\"CF-COR-02\" status=\"scored\" points=\"6\">" RECORD "</answer>"
        "<answer question=\"CF-COR-03\" status=\"scored\" points=\"8\" grade=\"minor\">"
        "<finding>clause 8.2: see R-1</finding>" RECORD "</answer>"
        "<answer question=\"CF-COR-04\" status=\"scored\" points=\"4\">" RECORD "</answer>";
    struct fixture *f = *state;
    const struct assessment *list = assess_all(f, three);
    size_t i;

    for (i = 1; i < QUESTIONS; i++) {
        assert_int_equal(list[i].grading.criterion, CRITERION_THREE_MINORS);
        assert_int_equal(list[i].grading.proposed, GRADE_MAJOR);
        assert_true(str_is(list[i].grading.clause, "8.2"));
    }
    assert_true(list[2].grading.differs);
    assert_false(list[1].grading.differs); /* nobody has decided */
    f->clauses[3] = STR("8.2.1");
    list = assess_all(f, three);
    for (i = 1; i < QUESTIONS; i++)
        assert_int_equal(list[i].grading.criterion, CRITERION_UNCOUNTED);
}

static void another_grade_than_proposed_needs_a_reason(void **state)
{
    static const struct {
        const char *attributes;
        bool differs;
    } cases[] = {
        {"points=\"6\" grade=\"minor\"", false},      {"points=\"6\" grade=\"major\"", true},
        {"points=\"6\" grade=\"opportunity\"", true}, {"points=\"8\" grade=\"observation\"", false},
        {"points=\"10\" grade=\"strength\"", true},   {"points=\"10\" grade=\"conform\"", false},
        {"points=\"0\" grade=\"minor\"", true},       {"points=\"10\"", false},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct str attributes = arena_format(&f->arena, "status=\"scored\" %s",
                                             cases[i].attributes);

        assert_int_equal(assess_second(f, attributes.ptr, RECORD)->grading.differs,
                         cases[i].differs);
        assert_int_equal(f->diag.by_rule[RULE_ANSWER_GRADE], cases[i].differs);
        assess_second(f, attributes.ptr, "<reason>because</reason>" RECORD);
        assert_int_equal(f->diag.by_rule[RULE_ANSWER_GRADE], 0);
    }
}

/* --- words --- */

static void check_words(struct fixture *f, const char *finding, const char *evidence,
                        enum rule rule)
{
    static const enum rule rules[] = {
        RULE_FINDING_REQUIREMENT, RULE_FINDING_EVIDENCE, RULE_FINDING_PERSON, RULE_FINDING_HEDGE,
        RULE_FINDING_CAUSE,       RULE_FINDING_SOLUTION, RULE_FINDING_SEVERAL};
    struct answers *answers = NULL;
    struct str text =
        arena_format(&f->arena,
                     "<answer question=\"CF-COR-02\" status=\"scored\" points=\"6\" "
                     "grade=\"minor\" by=\"LA\" on=\"2026-02-28\">%s%s</answer>",
                     finding, evidence);
    size_t i;

    assert_int_equal(load(f, text.ptr, &answers), STATUS_OK);
    for (i = 0; i < ARRAY_LEN(rules); i++)
        if (f->diag.by_rule[rules[i]] != (rules[i] == rule))
            fail_msg("%s of %s", rule_info(rules[i])->name, finding);
}

static void words_of_a_nonconformity_are_looked_at(void **state)
{
    static const struct {
        const char *text;
        enum rule rule; /* RULE_COUNT: none */
    } cases[] = {
        {"Contract C-17 par. 4 sets four hours. In June 14 of 61 (EV-012) were later.", RULE_COUNT},
        {"La procedura PR-09, par. 5.3, richiede una riga. Il registro RR-2025 \xC3\xA8 vuoto.",
         RULE_COUNT},
        {"8.2.1: the log of 2026-01-12 has no entry.", RULE_COUNT},
        {"Many were late on 12 March in room 3.", RULE_FINDING_REQUIREMENT},
        {"Molti erano in ritardo il 12 marzo.", RULE_FINDING_REQUIREMENT},
        {"The contract sets four hours. Many were later.", RULE_FINDING_EVIDENCE},
        {"Clause 8.2: Mr Smith left EV-012 open.", RULE_FINDING_PERSON},
        {"Punto 8.2: il sig. Rossi non ha chiuso EV-012.", RULE_FINDING_PERSON},
        {"Punto 8.2: Maria Bianchi non ha chiuso EV-012.", RULE_FINDING_PERSON},
        {"Punto 8.2: la dott.ssa Verdi non ha chiuso EV-012.", RULE_FINDING_PERSON},
        {"Clause 8.2: 300 ms. Per day in EV-012.", RULE_COUNT},
        {"Clause 8.2: it seems that EV-012 is late.", RULE_FINDING_HEDGE},
        {"Punto 8.2: sembrerebbe che EV-012 sia in ritardo.", RULE_FINDING_HEDGE},
        {"Clause 8.2: EV-012 is late because nobody looks.", RULE_FINDING_CAUSE},
        {"Punto 8.2: EV-012 \xC3\xA8 in ritardo PERCH\xC3\x89 nessuno guarda.", RULE_FINDING_CAUSE},
        {"Punto 8.2: ritardo dovuto alla migrazione, EV-012.", RULE_FINDING_CAUSE},
        {"Clause 8.2: EV-012 should be watched.", RULE_FINDING_SOLUTION},
        {"Punto 8.2: per EV-012 si raccomanda un controllo.", RULE_FINDING_SOLUTION},
        {"Clause 8.2: EV-012 is late. Moreover EV-013 is lost.", RULE_FINDING_SEVERAL},
        {"Punto 8.2: EV-012 \xC3\xA8 in ritardo. Inoltre EV-013 manca.", RULE_FINDING_SEVERAL},
        /* within other words */
        {"Clause 8.2: EV-012, shoulder, mightily, paris, seemly.", RULE_COUNT},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct str finding = arena_format(&f->arena, "<finding>%s</finding>", cases[i].text);

        check_words(f, finding.ptr, "", cases[i].rule);
    }
    check_words(f, "", RECORD, RULE_COUNT);
    check_words(f, "<finding>The contract sets four hours. Many were later.</finding>", RECORD,
                RULE_COUNT);
    check_words(f,
                "<nonconformity id=\"NC-1\">"
                "<requirement document=\"C-17\">Four hours.</requirement>"
                "<facts>14 of 61 in EV-012 were later.</facts><nature>Not met.</nature>"
                "</nonconformity>", "", RULE_COUNT);
    check_words(f,
                "<nonconformity id=\"NC-1\">"
                "<requirement document=\"C-17\">Four hours.</requirement>"
                "<facts>14 of 61 in EV-012 were later.</facts><nature>Perhaps not met.</nature>"
                "</nonconformity>", "", RULE_FINDING_HEDGE);
}

static void names_are_found_again(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < PROOF_SOURCE_COUNT; i++) {
        enum proof_source found = PROOF_SOURCE_COUNT;

        assert_true(proof_source_find(str_of(proof_source_name((enum proof_source)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = EFFECT_NONE; i < EFFECT_COUNT; i++) {
        enum effect found = EFFECT_COUNT;

        assert_true(effect_find(str_of(effect_name((enum effect)i)), &found));
        assert_int_equal(found, i);
    }
    for (i = 0; i < CRITERION_COUNT; i++) {
        enum criterion found = CRITERION_COUNT;

        assert_true(criterion_find(str_of(criterion_name((enum criterion)i)), &found));
        assert_int_equal(found, i);
        assert_true(strlen(criterion_words((enum criterion)i, LANG_EN)) > 10);
        assert_string_not_equal(criterion_words((enum criterion)i, LANG_EN),
                                criterion_words((enum criterion)i, LANG_IT));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(strength_is_the_sum_of_what_is_said_or_assumed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(figures_are_as_strong_as_the_weakest_source, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_figure_that_nobody_cites_lends_no_strength, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(weakness_depends_on_what_is_claimed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_decision_against_a_figure_keeps_both, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_agrees_or_leaves_open_overrides_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_decision_against_a_figure_needs_a_reason, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_pattern_proposes_its_grade, set_up, tear_down),
        cmocka_unit_test_setup_teardown(weak_evidence_proposes_an_observation_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(figures_tell_isolated_from_systemic, set_up, tear_down),
        cmocka_unit_test_setup_teardown(above_the_target_with_the_whole_interval_is_a_strength,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(three_minors_on_a_clause_ask_whether_it_is_systemic, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(another_grade_than_proposed_needs_a_reason, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(words_of_a_nonconformity_are_looked_at, set_up, tear_down),
        cmocka_unit_test(names_are_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
