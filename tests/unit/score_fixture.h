/*
 * Results made from a few words, for the tests of the score.
 *
 * Call: set_up and tear_down around each test; compute for a list of items.
 * Owns: everything lives in the fixture's arena.
 * Errors: an assertion fails.
 * Units: weights in ten-thousandths.
 * Threads: one.
 */
#ifndef CFAUDIT_TESTS_SCORE_FIXTURE_H
#define CFAUDIT_TESTS_SCORE_FIXTURE_H

#include "unit.h"

#include "base/mem.h"
#include "score/score.h"

/* One question with its answer, in few words. */
struct item {
    int weight; /* in ten-thousandths */
    unsigned letters;
    enum basis basis;
    enum answer_status status;
    int points;
    enum grade grade;
    bool is_gate;
    const char *repeats;
    bool has_no_reason;
};

struct fixture {
    struct arena arena;
    struct diag diag;
};

static inline int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    arena_init(&f->arena);
    diag_init(&f->diag);
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;

    arena_done(&f->arena);
    diag_done(&f->diag);
    mem_free(f);
    return 0;
}

static inline struct result *compute(struct fixture *f, const struct item *items, size_t count)
{
    struct checklist *checklist = arena_alloc(&f->arena, 1, sizeof *checklist);
    struct assessment *assessments = arena_alloc(&f->arena, count + 1, sizeof *assessments);
    struct result *result = NULL;
    size_t i;

    checklist->id = STR("test");
    checklist->revision = 1;
    checklist->section_count = 2;
    checklist->sections = arena_alloc(&f->arena, 2, sizeof *checklist->sections);
    checklist->sections[0].id = STR("S0");
    checklist->sections[0].title.in[LANG_EN] = STR("First");
    checklist->sections[1].id = STR("S1");
    checklist->sections[1].title.in[LANG_EN] = STR("Second");
    checklist->question_count = count;
    checklist->questions = arena_alloc(&f->arena, count + 1, sizeof *checklist->questions);
    for (i = 0; i < count; i++) {
        struct question *question = &checklist->questions[i];

        question->id = arena_format(&f->arena, "Q-%02zu", i);
        question->revision = 1;
        question->section = i % 2 ? STR("S1") : STR("S0");
        question->letters = items[i].letters;
        question->basis = items[i].basis;
        question->weight = ratio_make(items[i].weight, 10000);
        question->is_gate = items[i].is_gate;
        assessments[i] = (struct assessment){.question = question,
                                             .status = items[i].status,
                                             .points = items[i].points,
                                             .grade = items[i].grade,
                                             .reason = items[i].status == ANSWER_SCORED ||
                                                               items[i].has_no_reason
                                                           ? (struct str){NULL, 0}
                                                           : STR("not offered"),
                                             .repeats = str_of(items[i].repeats),
                                             .proposed = -1,
                                             .proposed_low = -1,
                                             .proposed_high = -1,
                                             .why_code = WHY_NO_MEASURE};
    }
    assert_int_equal(score_compute(&f->arena, &checklist, 1, assessments, count, NULL, &f->diag,
                                   &result),
                     STATUS_OK);
    return result;
}

static inline struct item scored(int weight, int points)
{
    return (struct item){.weight = weight * 10000,
                         .letters = LETTER_A | LETTER_B | LETTER_C,
                         .basis = BASIS_REQUIREMENT,
                         .status = ANSWER_SCORED,
                         .points = points};
}

static inline struct item unscored(int weight, enum answer_status status)
{
    struct item item = scored(weight, -1);

    item.status = status;
    return item;
}

static inline const struct gate_result *gate(const struct result *result, const char *id)
{
    size_t i;

    for (i = 0; i < result->gate_count; i++)
        if (str_is(result->gates[i].id, id))
            return &result->gates[i];
    fail_msg("no gate %s", id);
    return NULL;
}

#endif
