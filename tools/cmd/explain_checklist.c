#include "cmd/explain_checklist.h"

#include "cmd/stages.h"
#include "plan/plan.h"

struct counts {
    size_t questions;
    size_t by_mode[MODE_COUNT];
    size_t by_basis[BASIS_COUNT];
    size_t by_letter[LETTER_COUNT];
    size_t gates;
};

static void count_questions(const struct checklist *checklist, struct counts *counts)
{
    size_t i;
    int letter;

    for (i = 0; i < checklist->question_count; i++) {
        const struct question *question = &checklist->questions[i];

        counts->questions++;
        counts->by_mode[question->mode]++;
        counts->by_basis[question->basis]++;
        counts->gates += question->is_gate;
        for (letter = 0; letter < LETTER_COUNT; letter++)
            counts->by_letter[letter] += question->letters >> letter & 1;
    }
}

/* Names with their counts; those that do not occur are left out. */
static void add_counts(const size_t *list, int count, const char *(*name)(int), struct buf *out)
{
    const char *between = "";
    int i;

    for (i = 0; i < count; i++) {
        if (!list[i])
            continue;
        buf_printf(out, "%s%zu %s", between, list[i], name(i));
        between = ", ";
    }
}

static const char *mode_at(int i)
{
    return mode_name((enum mode)i);
}

static const char *basis_at(int i)
{
    return basis_name((enum basis)i);
}

void checklist_counts(const struct checklist *const *checklists, size_t count, struct buf *out)
{
    struct counts counts = {0};
    size_t i;

    for (i = 0; i < count; i++)
        count_questions(checklists[i], &counts);
    buf_printf(out, "%zu questions: ", counts.questions);
    add_counts(counts.by_mode, MODE_COUNT, mode_at, out);
    buf_add_text(out, "; ");
    add_counts(counts.by_basis, BASIS_COUNT, basis_at, out);
    buf_printf(out, "; %zu gate%s", counts.gates, counts.gates == 1 ? "" : "s");
    for (i = 0; i < LETTER_COUNT; i++)
        buf_printf(out, "%s %c %zu", i ? "," : ";", (int)('a' + i), counts.by_letter[i]);
}

/* "  CF-COR-05  auto  requirement    4 gate  M-07 M-08 M-49" */
static void add_question(const struct question *question, struct buf *out)
{
    struct str last = STR("");
    size_t i;

    buf_printf(out, "  %-10.*s %-5s %-13s ", STR_ARG(question->id), mode_name(question->mode),
               basis_name(question->basis));
    weight_format(question->weight, out);
    buf_add_text(out, question->is_gate ? " gate" : question->binding_count ? "     " : "");
    for (i = 0; i < question->binding_count; i++) {
        if (str_equal(question->bindings[i].measure, last))
            continue;
        last = question->bindings[i].measure;
        buf_printf(out, " %.*s", STR_ARG(last));
    }
    buf_add_char(out, '\n');
}

enum status explain_checklist(struct run *run, struct str name, struct buf *out)
{
    struct checklist *checklist = NULL;
    enum status status = run_library(run);
    size_t s;
    size_t i;

    if (status == STATUS_OK)
        status = checklist_load(&run->arena, &run->library, name, (struct str){NULL, 0}, &run->diag,
                                &checklist);
    if (status != STATUS_OK)
        return status;
    buf_printf(out, "%.*s (revision %u): %.*s\n\n", STR_ARG(checklist->id), checklist->revision,
               STR_ARG(words_in(&checklist->title, run->lang)));
    checklist_counts((const struct checklist *const *)&checklist, 1, out);
    buf_add_char(out, '\n');
    for (s = 0; s < checklist->section_count; s++) {
        const struct section *section = &checklist->sections[s];

        buf_printf(out, "\n%.*s: %.*s\n", STR_ARG(section->id),
                   STR_ARG(words_in(&section->title, run->lang)));
        for (i = 0; i < checklist->question_count; i++)
            if (str_equal(checklist->questions[i].section, section->id))
                add_question(&checklist->questions[i], out);
    }
    return STATUS_OK;
}

/* --- profiles --- */

/* Ids as they stand one behind the other. */
static void add_taken(const struct checklist *checklist, struct buf *out)
{
    size_t i;

    buf_printf(out, "\n%.*s, %zu of %zu questions\n", STR_ARG(checklist->id),
               checklist->question_count, checklist->whole_count);
    for (i = 0; i < checklist->question_count; i++)
        add_question(&checklist->questions[i], out);
}

enum status explain_profile(struct run *run, struct str name, struct buf *out)
{
    const struct checklist **list = NULL;
    struct profile *profile = NULL;
    enum status status = run_library(run);
    size_t i;

    if (status == STATUS_OK)
        status = profile_load(&run->arena, &run->library, name, (struct str){NULL, 0}, &run->diag,
                              &profile);
    if (status != STATUS_OK)
        return status;
    list = arena_alloc(&run->arena, profile->take_count, sizeof *list);
    if (!list)
        return diag_no_memory(&run->diag);
    for (i = 0; i < profile->take_count && status == STATUS_OK; i++) {
        const struct profile_take *take = &profile->takes[i];
        struct checklist *checklist = NULL;

        status = checklist_load(&run->arena, &run->library, take->checklist, profile->folder,
                                &run->diag, &checklist);
        if (status == STATUS_OK)
            checklist_take(checklist, take->basis, take->mode);
        list[i] = checklist;
    }
    if (status != STATUS_OK)
        return status;
    buf_printf(out, "%.*s (revision %u): %.*s\n\n", STR_ARG(profile->id), profile->revision,
               STR_ARG(words_in(&profile->title, run->lang)));
    if (words_in(&profile->note, run->lang).len)
        buf_printf(out, "%.*s\n\n", STR_ARG(words_in(&profile->note, run->lang)));
    checklist_counts(list, profile->take_count, out);
    buf_add_char(out, '\n');
    for (i = 0; i < profile->take_count; i++)
        add_taken(list[i], out);
    return STATUS_OK;
}
