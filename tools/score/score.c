#include "score/score.h"

#include "base/bug.h"
#include "base/intern.h"
#include "score/derive.h"
#include "score/gates.h"
#include "score/open_questions.h"
#include "score/score_all.h"
#include "score/tally.h"

static const char *const band_names[BAND_COUNT] = {"-", "A", "B", "C"};
static const char *const index_names[INDEX_COUNT] = {"conformity", "practice"};

const char *band_name(enum band band)
{
    return band_names[band];
}

bool band_find(struct str name, enum band *ret_band)
{
    int i;

    for (i = 0; i < BAND_COUNT; i++) {
        if (str_is(name, band_names[i])) {
            *ret_band = (enum band)i;
            return true;
        }
    }
    return false;
}

enum index_kind index_of(enum basis basis)
{
    return basis == BASIS_GOOD_PRACTICE ? INDEX_PRACTICE : INDEX_CONFORMITY;
}

const char *index_name(enum index_kind kind)
{
    return index_names[kind];
}

bool index_find(struct str name, enum index_kind *ret_kind)
{
    int i;

    for (i = 0; i < INDEX_COUNT; i++) {
        if (str_is(name, index_names[i])) {
            *ret_kind = (enum index_kind)i;
            return true;
        }
    }
    return false;
}

/* Sections of all checklists in order; one id is one section, its number that of the id. */
static enum status take_checklists(struct arena *arena, struct result *result,
                                   struct checklist *const *checklists, size_t count,
                                   struct intern *ids, struct diag *diag)
{
    size_t sections = 0;
    size_t i;
    size_t k;

    for (i = 0; i < count; i++)
        sections += checklists[i]->section_count;
    result->checklist_count = count;
    result->checklists = arena_alloc(arena, count + 1, sizeof *result->checklists);
    result->sections = arena_alloc(arena, sections + 1, sizeof *result->sections);
    if (!result->checklists || !result->sections)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        result->checklists[i] = (struct used_checklist){checklists[i]->id, checklists[i]->revision,
                                                        checklists[i]->sha256,
                                                        checklists[i]->question_count,
                                                        checklists[i]->whole_count};
        for (k = 0; k < checklists[i]->section_count; k++) {
            uint32_t number = intern_id(ids, checklists[i]->sections[k].id);

            if (number == INTERN_NONE)
                return diag_no_memory(diag);
            if (number == result->section_count)
                result->sections[result->section_count++] = checklists[i]->sections[k];
        }
    }
    return STATUS_OK;
}

static enum status take_questions(struct arena *arena, struct result *result,
                                  const struct assessment *assessments, size_t count,
                                  const struct intern *ids, struct diag *diag)
{
    struct assessment **list;
    size_t i;

    result->questions = arena_alloc(arena, count + 1, sizeof *result->questions);
    if (!result->questions)
        return diag_no_memory(diag);
    result->question_count = count;
    list = arena_alloc(arena, count + 1, sizeof(struct assessment *));
    if (!list)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        struct result_question *item = &result->questions[i];

        item->question = *assessments[i].question;
        item->assessment = assessments[i];
        item->assessment.question = &item->question;
        list[i] = &item->assessment;
        item->section = intern_find(ids, item->question.section);
        BUG_IF(item->section >= result->section_count); /* a checklist has the sections it names */
    }
    return assessments_conclude(list, count, diag);
}

static unsigned letter_count(unsigned letters)
{
    return (letters & 1u) + (letters >> 1 & 1u) + (letters >> 2 & 1u);
}

static void add_question(struct score_index *index, const struct result_question *item)
{
    const struct question *question = &item->question;
    unsigned letters = letter_count(question->letters);
    unsigned i;

    tally_add(&index->all, &item->assessment, question->weight);
    tally_add(&index->sections[item->section], &item->assessment, question->weight);
    for (i = 0; i < LETTER_COUNT; i++)
        if (question->letters & (1u << i))
            tally_add(&index->letters[i], &item->assessment,
                      ratio_divide(question->weight, ratio_make((int64_t)letters, 1)));
}

static enum status sum_index(struct arena *arena, struct result *result, enum index_kind kind,
                             struct diag *diag)
{
    struct score_index *index = &result->index[kind];
    bool fits;
    size_t i;

    index->sections = arena_alloc(arena, result->section_count + 1, sizeof *index->sections);
    if (!index->sections)
        return diag_no_memory(diag);
    tally_init(&index->all);
    for (i = 0; i < LETTER_COUNT; i++)
        tally_init(&index->letters[i]);
    for (i = 0; i < result->section_count; i++)
        tally_init(&index->sections[i]);
    for (i = 0; i < result->question_count; i++)
        if (index_of(result->questions[i].question.basis) == kind)
            add_question(index, &result->questions[i]);
    fits = tally_finish(&index->all);
    for (i = 0; i < LETTER_COUNT; i++)
        fits = tally_finish(&index->letters[i]) && fits;
    for (i = 0; i < result->section_count; i++)
        fits = tally_finish(&index->sections[i]) && fits;
    return fits ? STATUS_OK : diag_limit(diag, WHERE_NONE, "a sum of weights", INT64_MAX);
}

enum status result_derive(struct arena *arena, struct result *result, struct diag *diag)
{
    enum status status = STATUS_OK;
    int kind;

    for (kind = 0; kind < INDEX_COUNT && status == STATUS_OK; kind++)
        status = sum_index(arena, result, (enum index_kind)kind, diag);
    if (status == STATUS_OK)
        status = open_questions_list(arena, result, diag);
    if (status == STATUS_OK)
        status = gates_judge(arena, result, diag);
    return status;
}

enum status score_compute(struct arena *arena, struct checklist *const *checklists,
                          size_t checklist_count, struct assessment *assessments, size_t count,
                          const struct score_rules *rules, struct diag *diag,
                          struct result **ret_result)
{
    struct result *result = arena_alloc(arena, 1, sizeof *result);
    struct intern ids;
    enum status status;

    if (!result)
        return diag_no_memory(diag);
    result->model = str_of(score_models[0]->name);
    result->rules = rules;
    result->as_of = INSTANT_MISSING;
    intern_init(&ids);
    status = take_checklists(arena, result, checklists, checklist_count, &ids, diag);
    if (status == STATUS_OK)
        status = take_questions(arena, result, assessments, count, &ids, diag);
    if (status == STATUS_OK)
        status = result_derive(arena, result, diag);
    if (status == STATUS_OK)
        status = score_all(arena, result, diag);
    intern_done(&ids);
    if (status == STATUS_OK)
        *ret_result = result;
    return status;
}
