/* The checklists of an audit as it tailors them. */
#include "answer/answer.h"
#include "base/intern.h"

/* Edits up to which an id is worth suggesting. */
enum { SUGGEST_EDITS = 3 };

struct tailor {
    struct arena *arena;
    const struct audit *audit;
    const struct audit_checklist *use; /* the one at work */
    struct checklist *checklist;       /* the same */
    const struct intern *ids;          /* of its questions */
    struct diag *diag;
    uint64_t errors;
};

static void refuse(struct tailor *tailor, enum rule rule, struct where where, struct str id,
                   const char *what)
{
    diag_report(tailor->diag, rule, where, "'%.*s'%s", STR_ARG(id), what);
    tailor->errors++;
}

static void suggest(const struct tailor *tailor, bool is_section, struct str id)
{
    const struct checklist *checklist = tailor->checklist;
    size_t count = is_section ? checklist->section_count : checklist->question_count;
    struct str nearest = {NULL, 0};
    unsigned best = SUGGEST_EDITS + 1;
    size_t i;

    for (i = 0; i < count; i++) {
        struct str other = is_section ? checklist->sections[i].id : checklist->questions[i].id;
        unsigned edits = str_distance(id, other, SUGGEST_EDITS);

        if (edits < best) {
            best = edits;
            nearest = other;
        }
    }
    if (nearest.ptr)
        diag_hint(tailor->diag, "did you mean '%.*s'?", STR_ARG(nearest));
    else
        diag_hint(tailor->diag, "the ids stand in '%.*s'", STR_ARG(tailor->use->name));
}

/* --- one question --- */

static bool may_leave_out(struct tailor *tailor, const struct tailoring *tailoring,
                          const struct question *question)
{
    if (question->is_gate) {
        refuse(tailor, RULE_TAILORING_GATE, tailoring->place, question->id, "");
        diag_hint(tailor->diag, "leave it in; answer it, or let it stay open");
        return false;
    }
    return true;
}

static void say_nothing_changes(struct tailor *tailor, const struct tailoring *tailoring,
                                const struct question *question)
{
    struct str edition = tailor->audit->edition;

    if (!edition_has(edition, question->since)) {
        diag_report(tailor->diag, RULE_TAILORING_NOTHING, tailoring->place,
                    "'%.*s' is asked from edition %.*s on", STR_ARG(question->id),
                    STR_ARG(question->since));
        diag_hint(tailor->diag, "take the element away");
    } else if (tailoring->kind == TAILORING_WEIGH &&
               ratio_compare(tailoring->weight, question->weight) == 0) {
        diag_report(tailor->diag, RULE_TAILORING_NOTHING, tailoring->weight_place,
                    "'%.*s' has this weight", STR_ARG(question->id));
        diag_hint(tailor->diag, "take the element away, or state the weight that was meant");
    }
}

static enum status change(struct tailor *tailor, const struct tailoring *tailoring,
                          struct question *question)
{
    bool weighs = tailoring->kind == TAILORING_WEIGH;
    struct tailored *tailored;

    if (question->tailored) {
        refuse(tailor, RULE_TAILORING_TWICE, tailoring->place, question->id,
               question_is_left_out(question) ? " is left out above" : " is weighed above");
        diag_hint(tailor->diag, "keep one of the two");
        return STATUS_OK;
    }
    if (!weighs && !may_leave_out(tailor, tailoring, question))
        return STATUS_OK;
    if (tailoring->kind != TAILORING_LEAVE_OUT_SECTION)
        say_nothing_changes(tailor, tailoring, question);
    tailored = arena_alloc(tailor->arena, 1, sizeof *tailored);
    if (!tailored)
        return diag_no_memory(tailor->diag);
    *tailored = (struct tailored){.change = weighs ? TAILORED_WEIGHED : TAILORED_LEFT_OUT,
                                  .weight = question->weight,
                                  .by = tailoring->by,
                                  .on = tailoring->on,
                                  .reason = tailoring->reason};
    question->tailored = tailored;
    if (weighs)
        question->weight = tailoring->weight;
    return STATUS_OK;
}

/* --- one checklist --- */

static enum status tailor_section(struct tailor *tailor, const struct tailoring *tailoring)
{
    struct checklist *checklist = tailor->checklist;
    enum status status = STATUS_OK;
    bool was_found = false;
    size_t i;

    for (i = 0; i < checklist->section_count && !was_found; i++)
        was_found = str_equal(checklist->sections[i].id, tailoring->id);
    if (!was_found) {
        refuse(tailor, RULE_TAILORING_QUESTION, tailoring->place, tailoring->id, " is no section");
        suggest(tailor, /* is_section= */ true, tailoring->id);
        return STATUS_OK;
    }
    for (i = 0; i < checklist->question_count && status == STATUS_OK; i++)
        if (str_equal(checklist->questions[i].section, tailoring->id))
            status = change(tailor, tailoring, &checklist->questions[i]);
    return status;
}

static enum status tailor_one(struct tailor *tailor, const struct tailoring *tailoring)
{
    uint32_t number;

    if (tailoring->kind == TAILORING_LEAVE_OUT_SECTION)
        return tailor_section(tailor, tailoring);
    number = intern_find(tailor->ids, tailoring->id);
    if (number != INTERN_NONE)
        return change(tailor, tailoring, &tailor->checklist->questions[number]);
    refuse(tailor, RULE_TAILORING_QUESTION, tailoring->place, tailoring->id, " is no question");
    suggest(tailor, /* is_section= */ false, tailoring->id);
    return STATUS_OK;
}

static void check_revision(struct tailor *tailor)
{
    const struct audit_checklist *use = tailor->use;

    if (!use->revision || use->revision == tailor->checklist->revision)
        return;
    diag_report(tailor->diag, RULE_TAILORING_REVISION, use->revision_place,
                "'%.*s' has revision %u, not %u", STR_ARG(use->name), tailor->checklist->revision,
                use->revision);
    diag_hint(tailor->diag, "see what changed (cfaudit diff), then write revision=\"%u\"",
              tailor->checklist->revision);
    tailor->errors++;
}

static enum status tailor_checklist(struct tailor *tailor)
{
    const struct audit_checklist *use = tailor->use;
    struct intern ids;
    enum status status = STATUS_OK;
    size_t i;

    check_revision(tailor);
    intern_init(&ids);
    for (i = 0; i < tailor->checklist->question_count && use->tailoring_count; i++)
        if (intern_id(&ids, tailor->checklist->questions[i].id) == INTERN_NONE)
            status = diag_no_memory(tailor->diag);
    tailor->ids = &ids;
    for (i = 0; i < use->tailoring_count && status == STATUS_OK; i++)
        status = tailor_one(tailor, &use->tailorings[i]);
    intern_done(&ids);
    return status;
}

/* --- what is left of all of them --- */

struct letters_left {
    unsigned before;
    unsigned after;
    size_t questions;
};

static void count_letters(const struct tailor *tailor, const struct checklist *checklist,
                          struct letters_left *left)
{
    size_t i;

    for (i = 0; i < checklist->question_count; i++) {
        const struct question *question = &checklist->questions[i];
        /* only these make a score of the letter */
        bool counts = question->basis != BASIS_GOOD_PRACTICE &&
                      edition_has(tailor->audit->edition, question->since);

        if (counts)
            left->before |= question->letters;
        if (question_is_left_out(question))
            continue;
        left->questions++;
        if (counts)
            left->after |= question->letters;
    }
}

static void check_left(struct tailor *tailor, struct checklist *const *checklists)
{
    struct letters_left left = {0, 0, 0};
    size_t count = tailor->audit->checklist_count;
    size_t i;

    for (i = 0; i < count; i++)
        count_letters(tailor, checklists[i], &left);
    if (!left.questions) {
        refuse(tailor, RULE_TAILORING_ALL, tailor->audit->checklists[0].place, tailor->audit->id,
               "");
        diag_hint(tailor->diag, "leave a question in");
    } else if (left.before & ~left.after) {
        diag_report(tailor->diag, RULE_TAILORING_LETTER, tailor->audit->checklists[0].place,
                    "'%.*s'", STR_ARG(letters_text(left.before & ~left.after)));
        diag_hint(tailor->diag, "leave a question of the letter in, or say in the scope that it "
                                "is not audited");
    }
}

enum status audit_tailor(struct arena *arena, const struct audit *audit,
                         struct checklist *const *checklists, struct diag *diag)
{
    struct tailor tailor = {.arena = arena, .audit = audit, .diag = diag};
    enum status status = STATUS_OK;
    bool was_tailored = false;
    size_t i;

    for (i = 0; i < audit->checklist_count && status == STATUS_OK; i++) {
        tailor.checklist = checklists[i];
        was_tailored = was_tailored || audit->checklists[i].tailoring_count;
        tailor.use = &audit->checklists[i];
        checklist_take(checklists[i], tailor.use->basis, tailor.use->mode);
        status = tailor_checklist(&tailor);
    }
    if (status == STATUS_OK && was_tailored)
        check_left(&tailor, checklists);
    if (status != STATUS_OK || !tailor.errors)
        return status;
    diag_report(diag, RULE_DOCUMENT_INVALID,
                (struct where){audit->checklists[0].place.source, 0, 0, 0}, "%llu error%s",
                (unsigned long long)tailor.errors, tailor.errors == 1 ? "" : "s");
    return STATUS_INVALID;
}
