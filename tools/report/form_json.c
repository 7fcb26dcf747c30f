/* The result for programs: ledger, scores, gates and questions, and how the command ended. */
#include "base/buf.h"
#include "report/json_parts.h"
#include "report/check_forms.h"
#include "report/report.h"

static void put_tally(struct tree *tree, const struct tally *tally)
{
    tree_ratio_if(tree, "score", tally->has_score, tally->score);
    tree_ratio_if(tree, "low", tally->has_coverage, tally->low);
    tree_ratio_if(tree, "high", tally->has_coverage, tally->high);
    tree_ratio_if(tree, "coverage", tally->has_coverage, tally->coverage);
    tree_uint(tree, "scored", tally->count_scored);
    tree_uint(tree, "open", tally->count_open);
    tree_uint(tree, "set_aside", tally->count_na);
}

static void put_parts(struct tree *tree, const struct result *result,
                      const struct score_index *index)
{
    size_t i;

    tree_key(tree, "letters");
    tree_open(tree, '[');
    for (i = 0; i < LETTER_COUNT; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "letter", letters_text(1u << i));
        put_tally(tree, &index->letters[i]);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
    tree_key(tree, "sections");
    tree_open(tree, '[');
    for (i = 0; i < result->section_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "section", result->sections[i].id);
        put_tally(tree, &index->sections[i]);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static struct str band_text_of(enum band band)
{
    return band == BAND_NONE ? (struct str){NULL, 0} : str_of(band_name(band));
}

static void put_index(struct tree *tree, const struct result *result, enum index_kind kind)
{
    const struct score_index *index = &result->index[kind];
    size_t i;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "index", str_of(index_name(kind)));
    tree_str(tree, "model", str_of(score_models[0]->name));
    put_tally(tree, &index->all);
    tree_bool(tree, "incomplete", index->is_incomplete);
    tree_str(tree, "band", band_text_of(index->restricted));
    tree_str(tree, "band_by_score", band_text_of(index->unrestricted));
    tree_str(tree, "cause", index->cause);
    put_parts(tree, result, index);
    tree_key(tree, "models");
    tree_open(tree, '[');
    for (i = 0; score_models[i]; i++) {
        if (!result_score(result, kind, score_models[i]))
            continue;
        tree_next(tree);
        tree_open(tree, '{');
        tree_score(tree, result, kind, score_models[i]);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
    tree_close(tree, '}');
}

static void put_references(struct tree *tree, const struct assessment *assessment)
{
    size_t i;

    tree_key(tree, "evidence");
    tree_open(tree, '[');
    for (i = 0; i < assessment->evidence_count; i++) {
        tree_next(tree);
        buf_add_json(tree->out, assessment->evidence[i]);
    }
    tree_close(tree, ']');
}

static void put_override(struct tree *tree, const struct override *override)
{
    if (!override->is_there) {
        tree_str(tree, "override", (struct str){NULL, 0});
        return;
    }
    tree_key(tree, "override");
    tree_open(tree, '{');
    tree_str(tree, "old_status", str_of(answer_status_name(override->old_status)));
    tree_points(tree, "old_points", override->old_points);
    tree_str(tree, "new_status", str_of(answer_status_name(override->new_status)));
    tree_points(tree, "new_points", override->new_points);
    tree_bool(tree, "outside", override->is_outside);
    tree_close(tree, '}');
}

static void put_grading(struct tree *tree, const struct grading *grading)
{
    if (!grading->is_there) {
        tree_str(tree, "grading", (struct str){NULL, 0});
        return;
    }
    tree_key(tree, "grading");
    tree_open(tree, '{');
    tree_str(tree, "proposed", str_of(grade_name(grading->proposed)));
    tree_str(tree, "criterion", str_of(criterion_name(grading->criterion)));
    tree_bool(tree, "differs", grading->differs);
    tree_str(tree, "figure", grading->figure);
    tree_uint(tree, "n", grading->n);
    tree_uint(tree, "failed", grading->failed);
    tree_number(tree, "low", grading->low);
    tree_number(tree, "high", grading->high);
    tree_number(tree, "tolerance", grading->tolerance);
    tree_close(tree, '}');
}

static void put_assessment(struct tree *tree, const struct assessment *assessment)
{
    tree_str(tree, "status", str_of(answer_status_name(assessment->status)));
    tree_points(tree, "points", assessment->points);
    tree_str(tree, "grade", assessment->grade == GRADE_NONE
                                ? (struct str){NULL, 0}
                                : str_of(grade_name(assessment->grade)));
    tree_str(tree, "origin", str_of(answer_origin_name(assessment->origin)));
    tree_points(tree, "proposed", assessment->proposed);
    tree_points(tree, "proposed_low", assessment->proposed_low);
    tree_points(tree, "proposed_high", assessment->proposed_high);
    tree_bool(tree, "imprecise", assessment->is_imprecise);
    tree_str(tree, "why", assessment->why);
    tree_str(tree, "reason", assessment->reason);
    tree_str(tree, "finding", assessment->finding);
    tree_str(tree, "by", assessment->by);
    tree_str(tree, "on", assessment->on);
    tree_str(tree, "repeats", assessment->repeats);
    put_references(tree, assessment);
    tree_points(tree, "strength", assessment->strength);
    tree_bool(tree, "weak", assessment->is_weak);
    put_override(tree, &assessment->override);
    put_grading(tree, &assessment->grading);
}

static void put_tailored(struct tree *tree, const struct tailored *tailored)
{
    if (!tailored) {
        tree_null(tree, "tailored");
        return;
    }
    tree_key(tree, "tailored");
    tree_open(tree, '{');
    tree_str(tree, "change", str_of(tailored_name(tailored->change)));
    if (tailored->change == TAILORED_WEIGHED)
        tree_ratio(tree, "weight", tailored->weight);
    else
        tree_null(tree, "weight");
    tree_str(tree, "by", tailored->by);
    tree_str(tree, "on", tailored->on);
    tree_str(tree, "reason", tailored->reason);
    tree_close(tree, '}');
}

static void put_question(struct tree *tree, const struct result_question *item)
{
    const struct question *question = &item->question;
    size_t i;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "id", question->id);
    tree_uint(tree, "revision", question->revision);
    tree_str(tree, "section", question->section);
    tree_key(tree, "clauses");
    tree_open(tree, '[');
    for (i = 0; i < question->clause_count; i++) {
        tree_next(tree);
        buf_add_json(tree->out, question->clauses[i]);
    }
    tree_close(tree, ']');
    tree_letters(tree, "letters", question->letters);
    tree_str(tree, "basis", str_of(basis_name(question->basis)));
    tree_str(tree, "index", str_of(index_name(index_of(question->basis))));
    tree_ratio(tree, "weight", question->weight);
    put_tailored(tree, question->tailored);
    tree_bool(tree, "gate", question->is_gate);
    tree_words(tree, "text", &question->text);
    tree_str(tree, "state", str_of(question_state_name(question_state(item))));
    put_assessment(tree, &item->assessment);
    tree_close(tree, '}');
}

static void put_audit(struct tree *tree, const struct evidence_audit *audit)
{
    size_t i;

    tree_key(tree, "audit");
    tree_open(tree, '{');
    tree_str(tree, "id", audit->id);
    tree_words(tree, "title", &audit->title);
    tree_str(tree, "organization", audit->organization);
    tree_words(tree, "scope", &audit->scope);
    tree_str(tree, "edition", audit->edition);
    tree_instant(tree, "period_start", audit->period_start);
    tree_instant(tree, "period_end", audit->period_end);
    tree_key(tree, "team");
    tree_open(tree, '[');
    for (i = 0; i < audit->team_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "name", audit->team[i].name);
        tree_str(tree, "role", audit->team[i].role);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
    tree_sha256(tree, "sha256", &audit->sha256);
    tree_close(tree, '}');
}

static void put_inputs(struct tree *tree, const struct result *result)
{
    size_t i;

    if (result->profile.id.ptr) {
        tree_key(tree, "profile");
        tree_open(tree, '{');
        tree_str(tree, "id", result->profile.id);
        tree_uint(tree, "revision", result->profile.revision);
        tree_sha256(tree, "sha256", &result->profile.sha256);
        tree_close(tree, '}');
    }
    tree_key(tree, "checklists");
    tree_open(tree, '[');
    for (i = 0; i < result->checklist_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "id", result->checklists[i].id);
        tree_uint(tree, "revision", result->checklists[i].revision);
        tree_sha256(tree, "sha256", &result->checklists[i].sha256);
        if (result->checklists[i].asked != result->checklists[i].whole) {
            tree_uint(tree, "asked", result->checklists[i].asked);
            tree_uint(tree, "of", result->checklists[i].whole);
        }
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
    tree_sha256(tree, "evidence_sha256", &result->evidence_sha256);
    if (result->has_answers)
        tree_sha256(tree, "answers_sha256", &result->answers_sha256);
    else
        tree_null(tree, "answers_sha256");
}

static void put_result(struct tree *tree, const struct result *result)
{
    size_t i;

    tree_str(tree, "model", result->model);
    put_inputs(tree, result);
    tree_key(tree, "indexes");
    tree_open(tree, '[');
    for (i = 0; i < INDEX_COUNT; i++)
        put_index(tree, result, (enum index_kind)i);
    tree_close(tree, ']');
    tree_gates(tree, result);
    tree_key(tree, "questions");
    tree_open(tree, '[');
    for (i = 0; i < result->question_count; i++)
        put_question(tree, &result->questions[i]);
    tree_close(tree, ']');
    tree_key(tree, "next");
    tree_open(tree, '[');
    for (i = 0; i < result->open_count; i++) {
        tree_next(tree);
        buf_add_json(tree->out, result->open[i]->question.id);
    }
    tree_close(tree, ']');
}

static enum status write_json(const struct form_input *input, struct buf *out, struct diag *diag)
{
    struct tree tree = {out, 0, true};
    enum status status;

    tree_open(&tree, '{');
    tree_str(&tree, "schema", STR("urn:cfaudit:result:1"));
    put_audit(&tree, &input->evidence->audit);
    put_result(&tree, input->result);
    status = tree_maturity(&tree, input->result, input->evidence, diag);
    if (status == STATUS_OK)
        status = tree_four_lists(&tree, input->result, input->evidence, diag);
    if (status != STATUS_OK)
        return status;
    evidence_json_members(input->evidence, &tree);
    tree_bool(&tree, "client_copy", input->evidence->is_client_copy);
    tree_key(&tree, "exit");
    buf_printf(out, "{\"code\": %d, \"reason\": \"%s\"}", input->exit_code, input->exit_reason);
    tree_close(&tree, '}');
    buf_add_char(out, '\n');
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

extern const struct result_form form_json;
const struct result_form form_json = {.name = "json",
                                      .ending = ".json",
                                      .about = "scores, questions and the ledger, for programs",
                                      .write = write_json,
                                      .write_check = check_json};
