/* The part of a checklist that a profile asks. */
#include "checklist/checklist.h"

static bool is_taken(const struct question *question, struct str basis, struct str mode)
{
    return (!basis.ptr || str_is(basis, basis_name(question->basis))) &&
           (!mode.ptr || str_is(mode, mode_name(question->mode)));
}

static bool has_question(const struct checklist *checklist, struct str section)
{
    size_t i;

    for (i = 0; i < checklist->question_count; i++)
        if (str_equal(checklist->questions[i].section, section))
            return true;
    return false;
}

void checklist_take(struct checklist *checklist, struct str basis, struct str mode)
{
    size_t count = 0;
    size_t i;

    if (!basis.ptr && !mode.ptr)
        return;
    for (i = 0; i < checklist->question_count; i++)
        if (is_taken(&checklist->questions[i], basis, mode))
            checklist->questions[count++] = checklist->questions[i];
    checklist->question_count = count;
    for (i = 0, count = 0; i < checklist->section_count; i++)
        if (has_question(checklist, checklist->sections[i].id))
            checklist->sections[count++] = checklist->sections[i];
    checklist->section_count = count;
}
