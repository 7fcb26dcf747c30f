#include "lint/lint_dossier.h"

#include "lint/lint_meet.h"
#include "score/score.h"

struct dossier {
    const struct lint_set *set;
    struct arena arena;
    const struct audit *audit;
    struct checklist **checklists;
    const struct evidence *evidence;
    struct evidence absent; /* in place of it, where there is none */
    const struct answers *answers; /* NULL: there are none */
    const struct result *earlier;  /* NULL: none is known */
    struct str earlier_name;
};

static enum status load_checklists(struct arena *arena, const struct library *library,
                                   const struct audit *audit, struct checklist ***ret_checklists)
{
    struct checklist **list = arena_alloc(arena, audit->checklist_count, sizeof *list);
    enum status status = list ? STATUS_OK : STATUS_MEMORY;
    struct diag told_elsewhere;
    size_t i;

    diag_init(&told_elsewhere);
    for (i = 0; i < audit->checklist_count && status == STATUS_OK; i++)
        status = checklist_load(arena, library, audit->checklists[i].name,
                                audit->checklists[i].folder,
                                &told_elsewhere, &list[i]);
    diag_done(&told_elsewhere);
    *ret_checklists = list;
    return status;
}

enum status dossier_check_tailoring(struct arena *arena, const struct library *library,
                                    const struct audit *audit, struct diag *diag)
{
    struct checklist **checklists = NULL;
    enum status status = load_checklists(arena, library, audit, &checklists);

    if (status == STATUS_OK)
        return audit_tailor(arena, audit, checklists, diag);
    return status == STATUS_MEMORY ? diag_no_memory(diag) : STATUS_OK;
}

/* --- what there is --- */

static void take_evidence(struct dossier *dossier, const struct lint_document *document)
{
    const struct audit *audit = dossier->audit;

    dossier->evidence = lint_partner_model(dossier->set, document, "evidence");
    if (dossier->evidence)
        return;
    dossier->absent.is_absent = true;
    dossier->absent.audit.id = audit->id;
    dossier->absent.audit.edition = audit->edition;
    dossier->absent.audit.as_of = audit->as_of;
    dossier->evidence = &dossier->absent;
}

/* STATUS_END: the audit or its checklists are not there, so that nothing can be said. */
static enum status dossier_open(struct dossier *dossier, const struct lint_set *set,
                                const struct lint_document *document)
{
    struct diag told_elsewhere;
    enum status status;

    *dossier = (struct dossier){.set = set};
    arena_init(&dossier->arena);
    dossier->audit = lint_partner_model(set, document, "audit");
    if (!dossier->audit)
        return STATUS_END;
    take_evidence(dossier, document);
    diag_init(&told_elsewhere);
    status = load_checklists(&dossier->arena, set->library, dossier->audit, &dossier->checklists);
    if (status == STATUS_OK)
        status = audit_tailor(&dossier->arena, dossier->audit, dossier->checklists,
                              &told_elsewhere);
    diag_done(&told_elsewhere);
    return status == STATUS_OK || status == STATUS_MEMORY ? status : STATUS_END;
}

static void dossier_close(struct dossier *dossier)
{
    arena_done(&dossier->arena);
}

/* What was said of the document itself becomes its own; the status to return. */
static enum status keep(struct lint_document *document, const struct diag *said,
                        enum status status)
{
    diag_merge_of(&document->diag, said, document->name);
    if (status == STATUS_MEMORY)
        return diag_no_memory(&document->diag);
    return said->by_severity[SEVERITY_ERROR] ? STATUS_INVALID : STATUS_OK;
}

/* --- answers --- */

enum status dossier_check_answers(const struct lint_set *set, struct lint_document *document)
{
    struct assessment *list = NULL;
    struct dossier dossier;
    struct diag said;
    size_t count = 0;
    enum status status = dossier_open(&dossier, set, document);

    diag_init(&said);
    /* how strong the evidence is, and what figures say, only the evidence tells */
    if (status == STATUS_OK && dossier.evidence->is_absent)
        status = answers_check(document->model, dossier.checklists, dossier.audit->checklist_count,
                               dossier.evidence, &said);
    else if (status == STATUS_OK)
        status = assess(&dossier.arena, dossier.checklists, dossier.audit->checklist_count,
                        dossier.evidence, document->model, &said, &list, &count);
    status = keep(document, &said, status);
    diag_done(&said);
    dossier_close(&dossier);
    return status;
}

/* --- actions --- */

/* The result of another audit, when the set has one alone. */
static const struct lint_document *only_other_result(const struct lint_set *set,
                                                     struct str audit)
{
    const struct lint_document *found = NULL;
    size_t i;

    for (i = 0; i < set->count; i++) {
        const struct lint_document *document = set->documents[i];

        if (!document->model || !str_equal(str_of(document->kind), STR("result")) ||
            str_equal(document->audit, audit))
            continue;
        if (found)
            return NULL;
        found = document;
    }
    return found;
}

/* That which the audit names, else the only one that it can be. */
static enum status take_earlier(struct dossier *dossier)
{
    const struct audit *audit = dossier->audit;
    const struct lint_document *other;
    struct result *loaded = NULL;
    struct diag told_elsewhere;
    enum status status;

    if (!audit->previous.ptr) {
        other = only_other_result(dossier->set, audit->id);
        dossier->earlier = other ? other->model : NULL;
        dossier->earlier_name = other ? other->name : (struct str){NULL, 0};
        return STATUS_OK;
    }
    dossier->earlier_name = audit->previous;
    if (audit->folder.len && audit->previous.ptr[0] != '/')
        dossier->earlier_name = arena_format(&dossier->arena, "%.*s/%.*s", STR_ARG(audit->folder),
                                             STR_ARG(audit->previous));
    if (!dossier->earlier_name.ptr)
        return STATUS_MEMORY;
    diag_init(&told_elsewhere);
    status = result_load(&dossier->arena, dossier->set->library, dossier->earlier_name,
                         &told_elsewhere, &loaded);
    diag_done(&told_elsewhere);
    dossier->earlier = loaded;
    return status == STATUS_MEMORY ? status : STATUS_OK;
}

/* The result that the actions would be taken into; STATUS_END: the answers do not allow one. */
static enum status make_result(struct dossier *dossier, struct result **ret_result)
{
    struct assessment *list = NULL;
    struct diag told_elsewhere;
    size_t count = 0;
    enum status status;

    diag_init(&told_elsewhere);
    status = assess(&dossier->arena, dossier->checklists, dossier->audit->checklist_count,
                    dossier->evidence, dossier->answers, &told_elsewhere, &list, &count);
    if (status == STATUS_OK)
        status = score_compute(&dossier->arena, dossier->checklists,
                               dossier->audit->checklist_count, list, count, NULL,
                               &told_elsewhere, ret_result);
    if (status == STATUS_OK && dossier->earlier)
        status = result_hold_against(&dossier->arena, *ret_result, dossier->earlier,
                                     dossier->earlier_name, &told_elsewhere);
    diag_done(&told_elsewhere);
    return status == STATUS_OK || status == STATUS_MEMORY ? status : STATUS_END;
}

enum status dossier_check_actions(const struct lint_set *set, struct lint_document *document)
{
    struct result *result = NULL;
    struct dossier dossier;
    struct diag said;
    enum status status = dossier_open(&dossier, set, document);

    diag_init(&said);
    if (status == STATUS_OK) {
        dossier.answers = lint_partner_model(set, document, "answers");
        status = take_earlier(&dossier);
    }
    if (status == STATUS_OK)
        status = make_result(&dossier, &result);
    if (status == STATUS_OK)
        status = result_take_actions(result, document->model, dossier.evidence, &said);
    /* it may be one that is not known here */
    if (!dossier.answers || !dossier.earlier)
        diag_drop(&said, RULE_ACTION_NONCONFORMITY);
    if (!dossier.earlier)
        diag_drop(&said, RULE_ACTION_QUESTION);
    status = keep(document, &said, status);
    diag_done(&said);
    dossier_close(&dossier);
    return status;
}
