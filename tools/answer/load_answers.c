#include "answer/answer.h"

#include "answer/answer_alone.h"
#include "answer/catalogue.h"
#include "answer/proof.h"
#include "xml/fields.h"

static void get_evidence(struct xml_fields *fields, const struct xml_node *node,
                         struct answer *answer)
{
    size_t count = xml_field_count(node, "evidence");
    const struct xml_node *use;

    answer->evidence = xml_field_array(fields, count, sizeof *answer->evidence);
    answer->proofs = xml_field_array(fields, count, sizeof *answer->proofs);
    for (use = xml_child(node, "evidence"); use && answer->evidence && answer->proofs;
         use = xml_next(use, "evidence")) {
        size_t i = answer->evidence_count++;

        answer->evidence[i] = xml_field_str(fields, use, "ref");
        proof_read(fields, use, &answer->proofs[i]);
    }
}

static struct where place_of(const struct xml_fields *fields, const struct xml_node *node,
                             const char *attribute, struct str source)
{
    struct where place = xml_where_attr(fields->document, node, str_of(attribute));

    place.source = source;
    return place;
}

static void get_evidence_places(struct xml_fields *fields, const struct xml_node *node,
                                struct str source, struct answer *answer)
{
    const struct xml_node *use = xml_child(node, "evidence");
    size_t i;

    answer->evidence_places =
        xml_field_array(fields, answer->evidence_count, sizeof *answer->evidence_places);
    for (i = 0; i < answer->evidence_count && answer->evidence_places; i++) {
        answer->evidence_places[i] = place_of(fields, use, "ref", source);
        use = xml_next(use, "evidence");
    }
}

static void get_answer(struct xml_fields *fields, const struct xml_node *node, struct str source,
                       struct answer *answer)
{
    struct str grade = xml_attr(node, "grade");

    answer->question = xml_field_str(fields, node, "question");
    if (!answer_status_find(xml_attr(node, "status"), &answer->status))
        xml_field_bad(fields, node, "status", "is no status of an answer");
    answer->points = -1;
    if (xml_attr(node, "points").ptr)
        answer->points = (int)xml_field_uint(fields, node, "points");
    if (grade.ptr && !grade_find(grade, &answer->grade))
        xml_field_bad(fields, node, "grade", "is no grade");
    answer->reason = xml_field_text(fields, node, "reason");
    answer->finding = xml_field_text(fields, node, "finding");
    get_evidence(fields, node, answer);
    answer->by = xml_field_str(fields, node, "by");
    answer->on = xml_field_str(fields, node, "on");
    answer->repeats = xml_field_str(fields, node, "repeats");
    answer->nonconformity = nonconformity_read(fields, node);
    sampled_read(fields, node, &answer->sampled);
    answer->where = xml_where(fields->document, node);
    answer->where.source = source;
    answer->question_place = place_of(fields, node, "question", source);
    answer->status_place = place_of(fields, node, "status", source);
    answer->points_place = place_of(fields, node, "points", source);
    answer->grade_place = place_of(fields, node, "grade", source);
    get_evidence_places(fields, node, source, answer);
}

void sampled_read(struct xml_fields *fields, const struct xml_node *node, struct sampled *sampled)
{
    struct str effect = xml_attr(node, "effect");

    sampled->n = xml_field_uint(fields, node, "sample");
    sampled->has_failed = xml_attr(node, "failed").ptr != NULL;
    sampled->failed = xml_field_uint(fields, node, "failed");
    sampled->tolerance = xml_field_double(fields, node, "tolerance");
    if (effect.ptr && !effect_find(effect, &sampled->effect))
        xml_field_bad(fields, node, "effect", "is not none or seen");
    if (sampled->has_failed && (sampled->n == 0 || sampled->failed > sampled->n))
        xml_field_bad(fields, node, "failed", "is more than the attribute sample says");
}

static void get_root(struct xml_fields *fields, const struct xml_node *root,
                     struct answers *answers)
{
    const struct xml_node *node;
    struct str source = arena_str(fields->arena, xml_where(fields->document, root).source);

    answers->audit = xml_field_str(fields, root, "audit");
    answers->where = xml_where(fields->document, root);
    answers->where.source = source;
    answers->sha256 = xml_identity(fields->document)->sha256;
    answers->list = xml_field_array(fields, xml_field_count(root, "answer"),
                                    sizeof *answers->list);
    for (node = xml_child(root, "answer"); node && answers->list; node = xml_next(node, "answer"))
        get_answer(fields, node, source, &answers->list[answers->count++]);
}

/* The number of errors. */
static unsigned check_each(const struct answers *answers, const struct xml_document *document,
                           struct diag *diag)
{
    const struct xml_node *node = xml_child(xml_root(document), "answer");
    unsigned errors = 0;
    size_t i;

    for (i = 0; i < answers->count; i++, node = xml_next(node, "answer")) {
        struct answer_place place = {&answers->list[i], document, node, diag};

        errors += answer_check_alone(&place);
    }
    return errors;
}

enum status answers_load(struct arena *arena, const struct library *library, struct str path,
                         struct diag *diag, struct answers **ret_answers)
{
    struct xml_document *document = NULL;
    struct answers *answers;
    struct xml_fields fields;
    enum status status;
    unsigned errors = 0;

    status = library_load(library, path, (struct str){NULL, 0}, "answers", diag, &document);
    if (status != STATUS_OK)
        return status; /* reported where it happened */
    fields = (struct xml_fields){document, arena, diag, STATUS_OK};
    answers = xml_field_array(&fields, 1, sizeof *answers);
    if (answers)
        get_root(&fields, xml_root(document), answers);
    if (fields.status == STATUS_OK)
        errors = check_each(answers, document, diag);
    xml_free(document);
    if (fields.status != STATUS_OK)
        return fields.status;
    if (errors)
        return answers_refuse(answers, errors, diag);
    *ret_answers = answers;
    return STATUS_OK;
}
