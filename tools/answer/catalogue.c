#include "answer/catalogue.h"

/* Edits up to which an id is worth suggesting. */
enum { SUGGEST_EDITS = 3 };

static enum status add_question(struct catalogue *catalogue, const struct question *question,
                                struct diag *diag)
{
    if (intern_find(&catalogue->question_ids, question->id) != INTERN_NONE) {
        diag_report(diag, RULE_QUESTION_TWICE, question->where, "'%.*s'", STR_ARG(question->id));
        return STATUS_INVALID;
    }
    if (intern_id(&catalogue->question_ids, question->id) == INTERN_NONE)
        return diag_no_memory(diag);
    catalogue->questions[catalogue->question_count++] = question;
    return STATUS_OK;
}

enum status catalogue_init(struct catalogue *catalogue, struct checklist *const *checklists,
                           size_t checklist_count, const struct evidence *evidence,
                           struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t count = 0;
    size_t i;
    size_t k;

    *catalogue = (struct catalogue){0};
    arena_init(&catalogue->arena);
    intern_init(&catalogue->question_ids);
    intern_init(&catalogue->figure_ids);
    for (i = 0; i < checklist_count; i++)
        count += checklists[i]->question_count;
    catalogue->questions = arena_alloc(&catalogue->arena, count ? count : 1,
                                       sizeof *catalogue->questions);
    if (!catalogue->questions)
        return diag_no_memory(diag);
    for (i = 0; i < checklist_count; i++)
        for (k = 0; k < checklists[i]->question_count && status == STATUS_OK; k++)
            status = add_question(catalogue, &checklists[i]->questions[k], diag);
    for (i = 0; i < evidence->figure_count && status == STATUS_OK; i++)
        if (intern_id(&catalogue->figure_ids, evidence->figures[i].id) == INTERN_NONE)
            status = diag_no_memory(diag);
    return status;
}

void catalogue_done(struct catalogue *catalogue)
{
    intern_done(&catalogue->question_ids);
    intern_done(&catalogue->figure_ids);
    arena_done(&catalogue->arena);
}

const struct question *catalogue_question(const struct catalogue *catalogue, struct str id)
{
    uint32_t number = intern_find(&catalogue->question_ids, id);

    return number == INTERN_NONE ? NULL : catalogue->questions[number];
}

bool catalogue_has_figure(const struct catalogue *catalogue, struct str id)
{
    return intern_find(&catalogue->figure_ids, id) != INTERN_NONE;
}

const struct question *catalogue_nearest(const struct catalogue *catalogue, struct str id)
{
    const struct question *nearest = NULL;
    unsigned best = SUGGEST_EDITS + 1;
    size_t i;

    for (i = 0; i < catalogue->question_count; i++) {
        unsigned edits = str_distance(id, catalogue->questions[i]->id, SUGGEST_EDITS);

        if (edits < best) {
            best = edits;
            nearest = catalogue->questions[i];
        }
    }
    return nearest;
}
