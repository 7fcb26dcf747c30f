#include "score/earlier.h"
#include "score/score_xml.h"
#include "score/used_checklists.h"

static void put_tally(struct xml_writer *writer, const struct tally *tally)
{
    xml_write_attr_ratio(writer, "points", tally->points);
    xml_write_attr_ratio(writer, "scored", tally->scored);
    xml_write_attr_ratio(writer, "applicable", tally->applicable);
    xml_write_attr_ratio(writer, "set-aside", tally->set_aside);
    xml_write_attr_uint(writer, "count-scored", tally->count_scored);
    xml_write_attr_uint(writer, "count-open", tally->count_open);
    xml_write_attr_uint(writer, "count-na", tally->count_na);
    if (tally->has_score)
        xml_write_attr_ratio(writer, "score", tally->score);
    if (tally->has_coverage) {
        xml_write_attr_ratio(writer, "coverage", tally->coverage);
        xml_write_attr_ratio(writer, "low", tally->low);
        xml_write_attr_ratio(writer, "high", tally->high);
    }
    xml_write_close(writer);
}

static void put_flag(struct xml_writer *writer, const char *name, bool value)
{
    xml_write_attr(writer, name, value ? STR("true") : STR("false"));
}

static void put_index(struct xml_writer *writer, const struct result *result, enum index_kind kind)
{
    const struct score_index *index = &result->index[kind];
    size_t i;

    xml_write_open(writer, "index");
    xml_write_attr(writer, "kind", str_of(index_name(kind)));
    xml_write_attr(writer, "band", str_of(band_name(index->unrestricted)));
    xml_write_attr(writer, "restricted", str_of(band_name(index->restricted)));
    put_flag(writer, "incomplete", index->is_incomplete);
    xml_write_attr(writer, "cause", index->cause);
    xml_write_open(writer, "all");
    put_tally(writer, &index->all);
    for (i = 0; i < LETTER_COUNT; i++) {
        xml_write_open(writer, "by-letter");
        xml_write_attr(writer, "letter", letters_text(1u << i));
        put_tally(writer, &index->letters[i]);
    }
    for (i = 0; i < result->section_count; i++) {
        xml_write_open(writer, "by-section");
        xml_write_attr(writer, "section", result->sections[i].id);
        put_tally(writer, &index->sections[i]);
    }
    xml_write_close(writer);
}

static void put_letters(struct xml_writer *writer, const char *name, unsigned letters)
{
    if (letters)
        xml_write_attr(writer, name, letters_text(letters));
}

static void put_gate(struct xml_writer *writer, const struct gate_result *gate)
{
    size_t i;

    xml_write_open(writer, "gate");
    xml_write_attr(writer, "id", gate->id);
    put_flag(writer, "triggered", gate->is_triggered);
    xml_write_attr_bool(writer, "nothing-scored", gate->nothing_scored);
    xml_write_attr_bool(writer, "overall-short", gate->overall_short);
    put_letters(writer, "letters-short", gate->letters_short);
    put_letters(writer, "letters-void", gate->letters_void);
    put_letters(writer, "letters-low", gate->letters_low);
    put_letters(writer, "letters-weak", gate->letters_weak);
    if (gate->at_most != BAND_NONE)
        xml_write_attr(writer, "at-most", str_of(band_name(gate->at_most)));
    xml_write_element(writer, "detail", gate->detail);
    for (i = 0; i < gate->question_count; i++) {
        xml_write_open(writer, "question");
        xml_write_attr(writer, "ref", gate->questions[i]);
        xml_write_close(writer);
    }
    xml_write_close(writer);
}

static void put_points(struct xml_writer *writer, const char *name, int points)
{
    if (points >= 0)
        xml_write_attr_int(writer, name, points);
}

static void put_why(struct xml_writer *writer, const struct assessment *assessment)
{
    const struct why_facts *facts = &assessment->why_facts;

    xml_write_open(writer, "why");
    xml_write_attr(writer, "code", str_of(why_code_name(assessment->why_code)));
    xml_write_attr(writer, "figure", facts->figure);
    xml_write_attr(writer, "measure", facts->measure);
    xml_write_attr(writer, "variant", facts->variant);
    xml_write_attr(writer, "unit", facts->unit);
    xml_write_attr_number(writer, "value", facts->value);
    xml_write_attr_number(writer, "target", facts->target);
    if (facts->figure.ptr) {
        xml_write_attr_uint(writer, "n", facts->n);
        xml_write_attr_uint(writer, "needed", facts->needed);
    }
    xml_write_attr(writer, "limits-by", facts->limits_by);
    xml_write_attr(writer, "since", facts->since);
    xml_write_attr(writer, "edition", facts->edition);
    xml_write_collapsed(writer, assessment->why);
    xml_write_close(writer);
}

static void put_evidence(struct xml_writer *writer, const struct assessment *assessment)
{
    size_t i;

    for (i = 0; i < assessment->evidence_count; i++) {
        const struct proof *proof = &assessment->proofs[i];

        xml_write_open(writer, "evidence");
        xml_write_attr(writer, "ref", assessment->evidence[i]);
        if (proof->kind != PROOF_UNSTATED)
            xml_write_attr(writer, "kind", str_of(proof_kind_name(proof->kind)));
        xml_write_attr(writer, "source", str_of(proof_source_name(proof->source)));
        xml_write_attr_bool(writer, "direct", proof->is_direct);
        xml_write_attr_bool(writer, "documentary", proof->is_documentary);
        xml_write_attr_bool(writer, "original", proof->is_original);
        xml_write_attr_bool(writer, "cited", proof->is_cited);
        xml_write_attr_int(writer, "strength", proof->strength);
        xml_write_close(writer);
    }
}

static void put_sampled(struct xml_writer *writer, const struct sampled *sampled)
{
    if (sampled->n)
        xml_write_attr_uint(writer, "sample", sampled->n);
    if (sampled->has_failed)
        xml_write_attr_uint(writer, "failed", sampled->failed);
    xml_write_attr_number(writer, "tolerance", sampled->tolerance);
    if (sampled->effect != EFFECT_UNSTATED)
        xml_write_attr(writer, "effect", str_of(effect_name(sampled->effect)));
}

static void put_override(struct xml_writer *writer, const struct assessment *assessment)
{
    const struct override *override = &assessment->override;

    if (!override->is_there)
        return;
    xml_write_open(writer, "override");
    xml_write_attr(writer, "old-status", str_of(answer_status_name(override->old_status)));
    put_points(writer, "old-points", override->old_points);
    xml_write_attr(writer, "new-status", str_of(answer_status_name(override->new_status)));
    put_points(writer, "new-points", override->new_points);
    xml_write_attr_bool(writer, "outside", override->is_outside);
    xml_write_attr(writer, "by", assessment->by);
    xml_write_attr(writer, "on", assessment->on);
    xml_write_collapsed(writer, assessment->reason);
    xml_write_close(writer);
}

static void put_grading(struct xml_writer *writer, const struct grading *grading)
{
    if (!grading->is_there)
        return;
    xml_write_open(writer, "grading");
    xml_write_attr(writer, "proposed", str_of(grade_name(grading->proposed)));
    xml_write_attr(writer, "criterion", str_of(criterion_name(grading->criterion)));
    xml_write_attr_bool(writer, "differs", grading->differs);
    xml_write_attr(writer, "clause", grading->clause);
    xml_write_attr(writer, "figure", grading->figure);
    if (grading->n) {
        xml_write_attr_uint(writer, "n", grading->n);
        xml_write_attr_uint(writer, "failed", grading->failed);
    }
    xml_write_attr_number(writer, "low", grading->low);
    xml_write_attr_number(writer, "high", grading->high);
    xml_write_attr_number(writer, "tolerance", grading->tolerance);
    xml_write_attr_bool(writer, "above-target", grading->above_target);
    xml_write_close(writer);
}

static void put_assessment(struct xml_writer *writer, const struct assessment *assessment)
{
    xml_write_open(writer, "assessment");
    xml_write_attr(writer, "status", str_of(answer_status_name(assessment->status)));
    put_points(writer, "points", assessment->points);
    if (assessment->grade != GRADE_NONE)
        xml_write_attr(writer, "grade", str_of(grade_name(assessment->grade)));
    xml_write_attr(writer, "origin", str_of(answer_origin_name(assessment->origin)));
    put_points(writer, "proposed", assessment->proposed);
    put_points(writer, "proposed-low", assessment->proposed_low);
    put_points(writer, "proposed-high", assessment->proposed_high);
    xml_write_attr_bool(writer, "imprecise", assessment->is_imprecise);
    xml_write_attr(writer, "by", assessment->by);
    xml_write_attr(writer, "on", assessment->on);
    xml_write_attr(writer, "repeats", assessment->repeats);
    put_points(writer, "strength", assessment->strength);
    xml_write_attr_bool(writer, "weak", assessment->is_weak);
    put_sampled(writer, &assessment->sampled);
    put_why(writer, assessment);
    xml_write_element(writer, "reason", assessment->reason);
    xml_write_element(writer, "finding", assessment->finding);
    nonconformity_write(writer, assessment->nonconformity);
    put_override(writer, assessment);
    put_grading(writer, &assessment->grading);
    put_evidence(writer, assessment);
    xml_write_close(writer);
}

static void put_root(struct xml_writer *writer, const struct result *result)
{
    size_t i;

    xml_write_attr(writer, "tool", result->tool_version);
    xml_write_attr(writer, "model", result->model);
    xml_write_attr(writer, "audit", result->audit);
    instant_write_attr(writer, "as-of", result->as_of);
    xml_write_attr_sha256(writer, "evidence-sha256", &result->evidence_sha256);
    if (result->has_answers)
        xml_write_attr_sha256(writer, "answers-sha256", &result->answers_sha256);
    if (result->has_actions)
        xml_write_attr_sha256(writer, "actions-sha256", &result->actions_sha256);
    used_profile_write(writer, &result->profile);
    used_checklists_write(writer, result->checklists, result->checklist_count);
    for (i = 0; i < result->section_count; i++)
        section_write(writer, &result->sections[i]);
    for (i = 0; i < INDEX_COUNT; i++)
        put_index(writer, result, (enum index_kind)i);
    for (i = 0; i < result->gate_count; i++)
        put_gate(writer, &result->gates[i]);
    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];

        xml_write_open(writer, "question");
        question_write_attributes(writer, &item->question);
        question_write_content(writer, &item->question);
        tailored_write(writer, item->question.tailored);
        put_assessment(writer, &item->assessment);
        earlier_answer_write(writer, item->earlier);
        xml_write_close(writer);
    }
    for (i = 0; i < result->action_count; i++)
        action_write(writer, &result->actions[i]);
    earlier_result_write(writer, result->earlier);
    if (result->rules)
        score_rules_write(writer, result->rules);
    score_write(writer, result);
}

enum status result_write(const struct result *result, struct buf *out, struct diag *diag)
{
    struct xml_writer writer;

    xml_write_begin(&writer, out);
    xml_write_open(&writer, "result");
    xml_write_attr(&writer, "xmlns", str_of(XML_NAMESPACE));
    put_root(&writer, result);
    xml_write_close(&writer);
    return xml_write_status(&writer, diag);
}
