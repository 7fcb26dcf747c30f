/* This result held against an earlier one. */
#include "score/earlier.h"

#include <string.h>

#include "base/intern.h"

static const char *const change_names[CHANGE_COUNT] = {"better", "same",    "worse",
                                                       "new",    "revised", "not-compared"};

const char *change_name(enum change change)
{
    return change_names[change];
}

bool change_find(struct str name, enum change *ret_change)
{
    int i;

    for (i = 0; i < CHANGE_COUNT; i++) {
        if (str_is(name, change_names[i])) {
            *ret_change = (enum change)i;
            return true;
        }
    }
    return false;
}

enum change earlier_change(const struct result_question *now, const struct earlier_answer *earlier)
{
    const struct assessment *assessment = &now->assessment;

    if (earlier->revision == 0)
        return CHANGE_NEW;
    if (earlier->revision != now->question.revision)
        return CHANGE_REVISED;
    if (earlier->status != ANSWER_SCORED || assessment->status != ANSWER_SCORED)
        return CHANGE_NOT_COMPARED;
    return assessment->points > earlier->points   ? CHANGE_BETTER
           : assessment->points < earlier->points ? CHANGE_WORSE
                                                  : CHANGE_SAME;
}

/* --- taking over --- */

static void take_answer(const struct result_question *from, struct earlier_answer *into)
{
    const struct assessment *assessment = &from->assessment;

    into->revision = from->question.revision;
    into->status = assessment->status;
    into->points = assessment->status == ANSWER_SCORED ? assessment->points : -1;
    into->grade = assessment->grade;
    into->finding = assessment->finding;
    if (assessment->nonconformity)
        into->nonconformity = assessment->nonconformity->id;
}

static void take_index(const struct score_index *from, struct earlier_index *into)
{
    into->unrestricted = from->unrestricted;
    into->restricted = from->restricted;
    into->is_incomplete = from->is_incomplete;
    into->cause = from->cause;
    into->has_score = from->all.has_score;
    into->score = from->all.score;
    into->has_coverage = from->all.has_coverage;
    into->coverage = from->all.coverage;
    into->low = from->all.low;
    into->high = from->all.high;
}

static void take_root(const struct result *from, struct earlier_result *into)
{
    int kind;

    into->sha256 = from->sha256;
    into->tool_version = from->tool_version;
    into->model = from->model;
    into->audit = from->audit;
    into->as_of = from->as_of;
    into->checklists = from->checklists;
    into->checklist_count = from->checklist_count;
    for (kind = 0; kind < INDEX_COUNT; kind++)
        take_index(&from->index[kind], &into->index[kind]);
}

static enum status take_actions(struct arena *arena, const struct result *from,
                                struct earlier_result *into, struct diag *diag)
{
    size_t i;

    into->actions = arena_alloc(arena, from->action_count + 1, sizeof *into->actions);
    if (!into->actions)
        return diag_no_memory(diag);
    for (i = 0; i < from->action_count; i++)
        if (from->actions[i].status != ACTION_CLOSED)
            into->actions[into->action_count++] = from->actions[i];
    return STATUS_OK;
}

/* --- questions --- */

/* Both in one pass each: what was asked then is found by its id, what is not found was dropped. */
static enum status match_questions(struct arena *arena, struct result *result,
                                   const struct result *from, struct intern *ids, struct diag *diag)
{
    struct earlier_result *into = result->earlier;
    struct earlier_answer *answers =
        arena_alloc(arena, result->question_count + 1, sizeof *answers);
    size_t i;

    into->dropped = arena_alloc(arena, from->question_count + 1, sizeof *into->dropped);
    if (!answers || !into->dropped)
        return diag_no_memory(diag);
    for (i = 0; i < result->question_count; i++) {
        answers[i].points = -1;
        result->questions[i].earlier = &answers[i];
        if (intern_id(ids, result->questions[i].question.id) == INTERN_NONE)
            return diag_no_memory(diag);
    }
    for (i = 0; i < from->question_count; i++) {
        const struct result_question *item = &from->questions[i];
        uint32_t number = intern_find(ids, item->question.id);

        if (number != INTERN_NONE) {
            take_answer(item, &answers[number]);
        } else {
            struct dropped_question *dropped = &into->dropped[into->dropped_count++];

            dropped->id = item->question.id;
            dropped->text = item->question.text;
            take_answer(item, &dropped->answer);
        }
    }
    for (i = 0; i < result->question_count; i++)
        answers[i].change = earlier_change(&result->questions[i], &answers[i]);
    return STATUS_OK;
}

/* --- what must be said --- */

static void say_checklist(const struct result *result, const struct result *from, size_t number,
                          struct where where, struct diag *diag)
{
    struct str id = result->checklists[number].id;
    size_t i;

    for (i = 0; i < from->checklist_count && !str_equal(from->checklists[i].id, id); i++)
        continue;
    if (i == from->checklist_count)
        diag_report(diag, RULE_EARLIER_CHECKLIST, where, "it has no '%.*s'", STR_ARG(id));
    else if (from->checklists[i].revision != result->checklists[number].revision)
        diag_report(diag, RULE_EARLIER_CHECKLIST, where,
                    "'%.*s' had revision %u and has revision %u", STR_ARG(id),
                    from->checklists[i].revision, result->checklists[number].revision);
    else if (memcmp(from->checklists[i].sha256.bytes, result->checklists[number].sha256.bytes,
                    sizeof from->checklists[i].sha256.bytes) != 0)
        diag_report(diag, RULE_EARLIER_CHECKLIST, where,
                    "'%.*s' has the same revision and other bytes", STR_ARG(id));
}

static void say_differences(const struct result *result, const struct result *from,
                            struct where where, struct diag *diag)
{
    size_t i;

    for (i = 0; i < result->checklist_count; i++)
        say_checklist(result, from, i, where, diag);
    if (!str_equal(from->model, result->model))
        diag_report(diag, RULE_EARLIER_MODEL, where, "'%.*s', not '%.*s'", STR_ARG(from->model),
                    STR_ARG(result->model));
    if (!instant_is_missing(from->as_of) && !instant_is_missing(result->as_of) &&
        from->as_of.us >= result->as_of.us)
        diag_report(diag, RULE_EARLIER_ORDER, where, NULL);
}

enum status result_hold_against(struct arena *arena, struct result *result,
                                const struct result *from, struct str name, struct diag *diag)
{
    struct where where = {name, 0, 0, 0};
    struct intern ids;
    enum status status;

    result->earlier = arena_alloc(arena, 1, sizeof *result->earlier);
    if (!result->earlier)
        return diag_no_memory(diag);
    take_root(from, result->earlier);
    status = take_actions(arena, from, result->earlier, diag);
    intern_init(&ids);
    if (status == STATUS_OK)
        status = match_questions(arena, result, from, &ids, diag);
    intern_done(&ids);
    if (status == STATUS_OK)
        say_differences(result, from, where, diag);
    return status;
}
