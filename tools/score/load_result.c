#include "base/intern.h"
#include "score/earlier.h"
#include "score/open_questions.h"
#include "score/score_xml.h"
#include "score/used_checklists.h"

static void get_tally(struct xml_fields *fields, const struct xml_node *node, struct tally *tally)
{
    tally->points = xml_field_ratio(fields, node, "points");
    tally->scored = xml_field_ratio(fields, node, "scored");
    tally->applicable = xml_field_ratio(fields, node, "applicable");
    tally->set_aside = xml_field_ratio(fields, node, "set-aside");
    tally->count_scored = (unsigned)xml_field_uint(fields, node, "count-scored");
    tally->count_open = (unsigned)xml_field_uint(fields, node, "count-open");
    tally->count_na = (unsigned)xml_field_uint(fields, node, "count-na");
    tally->has_score = xml_attr(node, "score").ptr != NULL;
    tally->score = xml_field_ratio(fields, node, "score");
    tally->has_coverage = xml_attr(node, "coverage").ptr != NULL;
    tally->coverage = xml_field_ratio(fields, node, "coverage");
    tally->low = xml_field_ratio(fields, node, "low");
    tally->high = xml_field_ratio(fields, node, "high");
}

static void get_band(struct xml_fields *fields, const struct xml_node *node, const char *name,
                     enum band *band)
{
    if (!band_find(xml_attr(node, name), band))
        xml_field_bad(fields, node, name, "is no band");
}

/* Sections stand in the order of the result's own list, each once. */
static void get_section_tallies(struct xml_fields *fields, const struct xml_node *node,
                                const struct result *result, struct score_index *index)
{
    const struct xml_node *element;
    size_t i = 0;

    index->sections = xml_field_array(fields, result->section_count, sizeof *index->sections);
    for (element = xml_child(node, "by-section"); element && index->sections;
         element = xml_next(element, "by-section")) {
        if (i == result->section_count ||
            !str_equal(xml_attr(element, "section"), result->sections[i].id)) {
            xml_field_bad(fields, element, "section", "is not the next of the sections above");
            return;
        }
        get_tally(fields, element, &index->sections[i++]);
    }
    if (i != result->section_count)
        xml_field_bad(fields, node, "by-section", "is not there for every section");
}

static void get_index(struct xml_fields *fields, const struct xml_node *node,
                      struct result *result)
{
    enum index_kind kind = INDEX_CONFORMITY;
    const struct xml_node *element;
    struct score_index *index;

    if (!index_find(xml_attr(node, "kind"), &kind))
        xml_field_bad(fields, node, "kind", "is no index");
    index = &result->index[kind];
    get_band(fields, node, "band", &index->unrestricted);
    get_band(fields, node, "restricted", &index->restricted);
    index->is_incomplete = xml_field_bool(fields, node, "incomplete");
    index->cause = xml_field_str(fields, node, "cause");
    get_tally(fields, xml_child(node, "all"), &index->all);
    for (element = xml_child(node, "by-letter"); element;
         element = xml_next(element, "by-letter")) {
        unsigned letter = 0;

        if (!letters_find(xml_attr(element, "letter"), &letter) || letter == 3 || letter > 4) {
            xml_field_bad(fields, element, "letter", "is not a, b or c");
            return;
        }
        get_tally(fields, element, &index->letters[letter / 2]);
    }
    get_section_tallies(fields, node, result, index);
}

static unsigned get_letters(struct xml_fields *fields, const struct xml_node *node,
                            const char *name)
{
    struct str text = xml_attr(node, name);
    unsigned letters = 0;

    if (text.ptr && !letters_find(text, &letters))
        xml_field_bad(fields, node, name, "is not a set of a, b and c");
    return letters;
}

static void get_gate(struct xml_fields *fields, const struct xml_node *node,
                     struct gate_result *gate)
{
    const struct xml_node *question;

    gate->id = xml_field_str(fields, node, "id");
    gate->is_triggered = xml_field_bool(fields, node, "triggered");
    gate->nothing_scored = xml_field_bool(fields, node, "nothing-scored");
    gate->overall_short = xml_field_bool(fields, node, "overall-short");
    gate->letters_short = get_letters(fields, node, "letters-short");
    gate->letters_void = get_letters(fields, node, "letters-void");
    gate->letters_low = get_letters(fields, node, "letters-low");
    gate->letters_weak = get_letters(fields, node, "letters-weak");
    if (xml_attr(node, "at-most").ptr)
        get_band(fields, node, "at-most", &gate->at_most);
    gate->detail = xml_field_text(fields, node, "detail");
    gate->questions = xml_field_array(fields, xml_field_count(node, "question"),
                                      sizeof *gate->questions);
    for (question = xml_child(node, "question"); question && gate->questions;
         question = xml_next(question, "question"))
        gate->questions[gate->question_count++] = xml_field_str(fields, question, "ref");
}

static int get_points(struct xml_fields *fields, const struct xml_node *node, const char *name)
{
    if (!xml_attr(node, name).ptr)
        return -1;
    return (int)xml_field_uint(fields, node, name);
}

static void get_why(struct xml_fields *fields, const struct xml_node *node,
                    struct assessment *assessment)
{
    struct why_facts *facts = &assessment->why_facts;
    const struct xml_node *why = xml_child(node, "why");

    if (!why_code_find(xml_attr(why, "code"), &assessment->why_code))
        xml_field_bad(fields, why, "code", "is no reason for a status");
    assessment->why = xml_field_text(fields, node, "why");
    facts->figure = xml_field_str(fields, why, "figure");
    facts->measure = xml_field_str(fields, why, "measure");
    facts->variant = xml_field_str(fields, why, "variant");
    facts->unit = xml_field_str(fields, why, "unit");
    facts->value = xml_field_double(fields, why, "value");
    facts->target = xml_field_double(fields, why, "target");
    facts->n = xml_field_uint(fields, why, "n");
    facts->needed = xml_field_uint(fields, why, "needed");
    facts->limits_by = xml_field_str(fields, why, "limits-by");
    facts->since = xml_field_str(fields, why, "since");
    facts->edition = xml_field_str(fields, why, "edition");
}

static struct proof get_proof(struct xml_fields *fields, const struct xml_node *node)
{
    struct str kind = xml_attr(node, "kind");
    struct proof proof = {.is_direct = xml_field_bool(fields, node, "direct"),
                          .is_documentary = xml_field_bool(fields, node, "documentary"),
                          .is_original = xml_field_bool(fields, node, "original"),
                          .is_cited = xml_field_bool(fields, node, "cited"),
                          .strength = (int)xml_field_uint(fields, node, "strength")};

    if (kind.ptr && !proof_kind_find(kind, &proof.kind))
        xml_field_bad(fields, node, "kind", "is no kind of evidence");
    if (!proof_source_find(xml_attr(node, "source"), &proof.source))
        xml_field_bad(fields, node, "source", "is no source of evidence");
    return proof;
}

static void get_evidence(struct xml_fields *fields, const struct xml_node *node,
                         struct assessment *assessment)
{
    size_t count = xml_field_count(node, "evidence");
    const struct xml_node *use;

    assessment->evidence = xml_field_array(fields, count, sizeof *assessment->evidence);
    assessment->proofs = xml_field_array(fields, count, sizeof *assessment->proofs);
    for (use = xml_child(node, "evidence"); use && assessment->evidence && assessment->proofs;
         use = xml_next(use, "evidence")) {
        size_t i = assessment->evidence_count++;

        assessment->evidence[i] = xml_field_str(fields, use, "ref");
        assessment->proofs[i] = get_proof(fields, use);
    }
}

static void get_override(struct xml_fields *fields, const struct xml_node *node,
                         struct override *override)
{
    if (!node)
        return;
    override->is_there = true;
    if (!answer_status_find(xml_attr(node, "old-status"), &override->old_status))
        xml_field_bad(fields, node, "old-status", "is no status of an answer");
    override->old_points = get_points(fields, node, "old-points");
    override->is_outside = xml_field_bool(fields, node, "outside");
    if (!answer_status_find(xml_attr(node, "new-status"), &override->new_status))
        xml_field_bad(fields, node, "new-status", "is no status of an answer");
    override->new_points = get_points(fields, node, "new-points");
}

static void get_grading(struct xml_fields *fields, const struct xml_node *node,
                        struct grading *grading)
{
    if (!node)
        return;
    grading->is_there = true;
    if (!grade_find(xml_attr(node, "proposed"), &grading->proposed))
        xml_field_bad(fields, node, "proposed", "is no grade");
    if (!criterion_find(xml_attr(node, "criterion"), &grading->criterion))
        xml_field_bad(fields, node, "criterion", "is no criterion of grading");
    grading->differs = xml_field_bool(fields, node, "differs");
    grading->clause = xml_field_str(fields, node, "clause");
    grading->figure = xml_field_str(fields, node, "figure");
    grading->n = xml_field_uint(fields, node, "n");
    grading->failed = xml_field_uint(fields, node, "failed");
    grading->low = xml_field_double(fields, node, "low");
    grading->high = xml_field_double(fields, node, "high");
    grading->tolerance = xml_field_double(fields, node, "tolerance");
    grading->above_target = xml_field_bool(fields, node, "above-target");
}

static void get_assessment(struct xml_fields *fields, const struct xml_node *node,
                           struct assessment *assessment)
{
    struct str grade = xml_attr(node, "grade");

    if (!answer_status_find(xml_attr(node, "status"), &assessment->status))
        xml_field_bad(fields, node, "status", "is no status of an answer");
    assessment->points = get_points(fields, node, "points");
    if ((assessment->points >= 0) != (assessment->status == ANSWER_SCORED))
        xml_field_bad(fields, node, "points", "goes with status scored, and only with it");
    if (grade.ptr && !grade_find(grade, &assessment->grade))
        xml_field_bad(fields, node, "grade", "is no grade");
    if (!answer_origin_find(xml_attr(node, "origin"), &assessment->origin))
        xml_field_bad(fields, node, "origin", "is no origin");
    assessment->proposed = get_points(fields, node, "proposed");
    assessment->proposed_low = get_points(fields, node, "proposed-low");
    assessment->proposed_high = get_points(fields, node, "proposed-high");
    assessment->is_imprecise = xml_field_bool(fields, node, "imprecise");
    assessment->by = xml_field_str(fields, node, "by");
    assessment->on = xml_field_str(fields, node, "on");
    assessment->repeats = xml_field_str(fields, node, "repeats");
    assessment->strength = get_points(fields, node, "strength");
    assessment->is_weak = xml_field_bool(fields, node, "weak");
    sampled_read(fields, node, &assessment->sampled);
    get_why(fields, node, assessment);
    assessment->reason = xml_field_text(fields, node, "reason");
    assessment->finding = xml_field_text(fields, node, "finding");
    assessment->nonconformity = nonconformity_read(fields, node);
    get_override(fields, xml_child(node, "override"), &assessment->override);
    get_grading(fields, xml_child(node, "grading"), &assessment->grading);
    get_evidence(fields, node, assessment);
}

/* The schema has made sure that there are no two sections of one id. */
static void get_sections(struct xml_fields *fields, const struct xml_node *root,
                         struct result *result, struct intern *ids)
{
    const struct xml_node *node;

    result->sections = xml_field_array(fields, xml_field_count(root, "section"),
                                       sizeof *result->sections);
    for (node = xml_child(root, "section"); node && result->sections;
         node = xml_next(node, "section")) {
        struct section *section = &result->sections[result->section_count++];

        section_read(fields, node, section);
        if (intern_id(ids, section->id) == INTERN_NONE)
            fields->status = diag_no_memory(fields->diag);
    }
}

static void get_questions(struct xml_fields *fields, const struct xml_node *root,
                          struct result *result, const struct intern *ids)
{
    const struct xml_node *node;

    result->questions = xml_field_array(fields, xml_field_count(root, "question"),
                                        sizeof *result->questions);
    for (node = xml_child(root, "question"); node && result->questions;
         node = xml_next(node, "question")) {
        struct result_question *item = &result->questions[result->question_count++];

        question_read(fields, node, &item->question);
        item->question.tailored = tailored_read(fields, node);
        get_assessment(fields, xml_child(node, "assessment"), &item->assessment);
        item->assessment.question = &item->question;
        item->earlier = earlier_answer_read(fields, node);
        item->section = intern_find(ids, item->question.section);
        if (item->section >= result->section_count) {
            xml_field_bad(fields, node, "section", "is none of the sections above");
            return;
        }
    }
}

static void get_rules(struct xml_fields *fields, const struct xml_node *node,
                      struct result *result)
{
    struct score_rules *rules;

    if (!node)
        return;
    rules = xml_field_array(fields, 1, sizeof *rules);
    if (rules)
        score_rules_read(fields, node, rules);
    result->rules = rules;
}

static void get_root(struct xml_fields *fields, const struct xml_node *root,
                     struct result *result, struct intern *ids)
{
    const struct xml_node *node;

    result->tool_version = xml_field_str(fields, root, "tool");
    result->model = xml_field_str(fields, root, "model");
    result->evidence_sha256 = xml_field_sha256(fields, root, "evidence-sha256");
    result->has_answers = xml_attr(root, "answers-sha256").ptr != NULL;
    result->answers_sha256 = xml_field_sha256(fields, root, "answers-sha256");
    result->has_actions = xml_attr(root, "actions-sha256").ptr != NULL;
    result->actions_sha256 = xml_field_sha256(fields, root, "actions-sha256");
    result->audit = xml_field_str(fields, root, "audit");
    result->as_of = instant_attr(fields, root, "as-of");
    result->sha256 = xml_identity(fields->document)->sha256;
    result->profile = used_profile_read(fields, root);
    result->checklists = used_checklists_read(fields, root, &result->checklist_count);
    get_sections(fields, root, result, ids);
    for (node = xml_child(root, "index"); node; node = xml_next(node, "index"))
        get_index(fields, node, result);
    result->gates = xml_field_array(fields, xml_field_count(root, "gate"), sizeof *result->gates);
    for (node = xml_child(root, "gate"); node && result->gates; node = xml_next(node, "gate"))
        get_gate(fields, node, &result->gates[result->gate_count++]);
    get_questions(fields, root, result, ids);
    result->actions = xml_field_array(fields, xml_field_count(root, "action"),
                                      sizeof *result->actions);
    for (node = xml_child(root, "action"); node && result->actions; node = xml_next(node, "action"))
        action_read(fields, node, &result->actions[result->action_count++]);
    result->earlier = earlier_result_read(fields, root);
    get_rules(fields, xml_child(root, "score-model"), result);
    score_read(fields, root, result);
}

enum status result_read(struct arena *arena, const struct xml_document *document,
                        struct diag *diag, struct result **ret_result)
{
    struct xml_fields fields = {document, arena, diag, STATUS_OK};
    struct result *result;
    struct intern ids; /* of sections */
    enum status status;

    result = xml_field_array(&fields, 1, sizeof *result);
    intern_init(&ids);
    if (result)
        get_root(&fields, xml_root(document), result, &ids);
    intern_done(&ids);
    status = fields.status;
    if (status == STATUS_OK)
        status = open_questions_list(arena, result, diag);
    if (status == STATUS_OK)
        status = result_verify(arena, result, xml_where(document, xml_root(document)), diag);
    if (status == STATUS_OK)
        *ret_result = result;
    return status;
}

enum status result_load(struct arena *arena, const struct library *library, struct str path,
                        struct diag *diag, struct result **ret_result)
{
    struct xml_document *document = NULL;
    enum status status;

    status = library_load(library, path, (struct str){NULL, 0}, "result", diag, &document);
    if (status == STATUS_OK)
        status = result_read(arena, document, diag, ret_result);
    xml_free(document);
    return status;
}
