/*
 * Findings for code scanning: one rule and one result a question, what failed with its places.
 *
 * Source: SARIF 2.1.0 (OASIS). The level is none unless the kind is fail. Services that show such
 * files take 25,000 results and rules a run; with more questions than that those that matter most
 * are kept, and the run says how many were left out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/check_forms.h"
#include "report/json_parts.h"
#include "report/models.h"
#include "report/report.h"
#include "report/sarif_parts.h"

enum { SARIF_PLACES = 10 };

struct verdict {
    const char *kind;
    const char *level;
    int rank; /* the lower the more important */
};

static struct verdict verdict_of(const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;

    switch (question_state(item)) {
    case STATE_FAIL:
        /* nothing forbids a gap against good practice, so that it is no failure */
        if (item->question.basis == BASIS_GOOD_PRACTICE)
            return (struct verdict){"informational", "none", 5};
        return assessment->grade == GRADE_MAJOR ? (struct verdict){"fail", "error", 0}
                                                : (struct verdict){"fail", "warning", 1};
    case STATE_PASS:
        if (assessment->grade == GRADE_OBSERVATION)
            return (struct verdict){"review", "none", 2};
        return assessment->grade == GRADE_OPPORTUNITY ? (struct verdict){"informational", "none", 5}
                                                      : (struct verdict){"pass", "none", 7};
    case STATE_NOTCHECKED:
        /* figures have said what they can: a person decides */
        if (assessment->proposed >= 0)
            return (struct verdict){"review", "none", 3};
        return (struct verdict){"open", "none", 4};
    case STATE_UNKNOWN:
        return (struct verdict){"open", "none", 4};
    case STATE_NOTAPPLICABLE:
        return (struct verdict){"notApplicable", "none", 6};
    default:
        return (struct verdict){"informational", "none", 5};
    }
}

/* Questions that are told, those that matter most first when there are too many for a run. */
struct chosen {
    const struct result_question **list;
    size_t count;
    size_t left_out;
};

static int compare_rank(const void *a, const void *b)
{
    const struct result_question *left = *(const struct result_question *const *)a;
    const struct result_question *right = *(const struct result_question *const *)b;
    int ranks = verdict_of(left).rank - verdict_of(right).rank;

    return ranks ? ranks : (left > right) - (left < right);
}

static bool choose(struct report *report, struct chosen *ret_chosen)
{
    const struct result *result = report->result;
    struct chosen chosen = {NULL, 0, 0};
    size_t i;

    chosen.list = arena_alloc(report->arena, result->question_count + 1, sizeof *chosen.list);
    if (!chosen.list)
        return false;
    for (i = 0; i < result->question_count; i++)
        if (result->questions[i].assessment.status != ANSWER_NOTSELECTED)
            chosen.list[chosen.count++] = &result->questions[i];
    if (chosen.count > SARIF_RESULTS) {
        qsort(chosen.list, chosen.count, sizeof *chosen.list, compare_rank);
        chosen.left_out = chosen.count - SARIF_RESULTS;
        chosen.count = SARIF_RESULTS;
    }
    *ret_chosen = chosen;
    return true;
}

static void put_rule(struct tree *tree, const struct report *report,
                     const struct question *question)
{
    struct str help = words_in(&question->evidence, report->lang);
    size_t i;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "id", question->id);
    sarif_text(tree, "shortDescription", words_in(&question->text, report->lang));
    if (help.len)
        sarif_text(tree, "help", help);
    tree_key(tree, "properties");
    tree_open(tree, '{');
    tree_str(tree, "section", question->section);
    tree_str(tree, "basis", str_of(basis_name(question->basis)));
    tree_key(tree, "tags");
    tree_open(tree, '[');
    for (i = 0; i < question->clause_count && i < SARIF_PLACES; i++) {
        tree_next(tree);
        buf_add_json(tree->out, question->clauses[i]);
    }
    tree_close(tree, ']');
    tree_close(tree, '}');
    tree_close(tree, '}');
}

static void put_citation(struct tree *tree, const struct report *report,
                         const struct citation *citation)
{
    const struct evidence *evidence = report->evidence;

    if (citation->source >= evidence->source_count ||
        !evidence->sources[citation->source].identity.name.len)
        return;
    tree_next(tree);
    tree_open(tree, '{');
    sarif_place(tree, evidence->sources[citation->source].identity.name, citation->line, 0);
    sarif_text(tree, "message", citation->case_id);
    tree_close(tree, '}');
}

static const struct figure *figure_behind(const struct report *report,
                                          const struct assessment *assessment)
{
    const struct figure *figure = figure_by_id(report, assessment->why_facts.figure);
    size_t i;

    for (i = 0; !figure && i < assessment->evidence_count; i++)
        figure = figure_by_id(report, assessment->evidence[i]);
    return figure;
}

/*
 * The question within its checklist; its file is known where there is one checklist. Where a figure
 * speaks, its worst records follow.
 */
static void put_places(struct tree *tree, const struct report *report,
                       const struct result_question *item)
{
    const struct figure *figure = figure_behind(report, &item->assessment);
    const struct result *result = report->result;
    struct buf name;
    size_t i;

    buf_init(&name, SIZE_MAX / 2);
    tree_key(tree, "locations");
    tree_open(tree, '[');
    tree_next(tree);
    tree_open(tree, '{');
    if (result->checklist_count == 1) {
        buf_printf(&name, "%.*s.xml", STR_ARG(result->checklists[0].id));
        sarif_place(tree, buf_str(&name), 0, 0);
        buf_clear(&name);
    }
    buf_printf(&name, "%.*s/%.*s", STR_ARG(item->question.section), STR_ARG(item->question.id));
    tree_key(tree, "logicalLocations");
    buf_add_text(tree->out, "[{\"fullyQualifiedName\": ");
    buf_add_json(tree->out, buf_str(&name));
    buf_add_text(tree->out, ", \"kind\": \"member\"}]");
    tree_close(tree, '}');
    tree_close(tree, ']');
    if (figure && figure->worst.count) {
        tree_key(tree, "relatedLocations");
        tree_open(tree, '[');
        for (i = 0; i < figure->worst.count && i < SARIF_PLACES; i++)
            put_citation(tree, report, &figure->worst.list[i]);
        tree_close(tree, ']');
    }
    tree->out->failed |= name.failed;
    buf_done(&name);
}

/* The same question of the same audit, whatever its answer: follows a result from run to run. */
static void put_fingerprint(struct tree *tree, struct report *report,
                            const struct question *question)
{
    struct sha256 sum;

    buf_add(&report->scratch, report->evidence->audit.id);
    buf_add_char(&report->scratch, '\n');
    buf_add(&report->scratch, question->id);
    if (!digest_bytes(buf_str(&report->scratch), &sum)) {
        report->book->failed = true;
        memset(&sum, 0, sizeof sum);
    }
    buf_clear(&report->scratch);
    tree_key(tree, "partialFingerprints");
    tree_open(tree, '{');
    tree_sha256(tree, "question/v1", &sum);
    tree_close(tree, '}');
}

static struct str message_of(struct report *report, const struct assessment *assessment)
{
    if (assessment->finding.len)
        return assessment->finding;
    return assessment->reason.len ? assessment->reason : why_text(report, assessment);
}

static void put_result(struct tree *tree, struct report *report, const struct result_question *item,
                       size_t rule)
{
    const struct assessment *assessment = &item->assessment;
    struct verdict verdict = verdict_of(item);

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "ruleId", item->question.id);
    tree_uint(tree, "ruleIndex", rule);
    tree_str(tree, "kind", str_of(verdict.kind));
    tree_str(tree, "level", str_of(verdict.level));
    sarif_text(tree, "message", message_of(report, assessment));
    put_places(tree, report, item);
    put_fingerprint(tree, report, &item->question);
    tree_key(tree, "properties");
    tree_open(tree, '{');
    tree_str(tree, "status", str_of(answer_status_name(assessment->status)));
    if (assessment->points >= 0)
        tree_int(tree, "points", assessment->points);
    if (assessment->grade != GRADE_NONE)
        tree_str(tree, "grade", str_of(grade_name(assessment->grade)));
    tree_str(tree, "index", str_of(index_name(index_of(item->question.basis))));
    tree_close(tree, '}');
    tree_close(tree, '}');
}

static void put_invocation(struct tree *tree, const struct form_input *input,
                           const struct chosen *chosen)
{
    tree_key(tree, "invocations");
    tree_open(tree, '[');
    tree_next(tree);
    tree_open(tree, '{');
    tree_bool(tree, "executionSuccessful", true);
    tree_int(tree, "exitCode", input->exit_code);
    tree_str(tree, "exitCodeDescription", str_of(input->exit_reason));
    if (chosen->left_out) {
        tree_key(tree, "toolExecutionNotifications");
        buf_printf(tree->out,
                   "[{\"level\": \"warning\", \"message\": {\"text\": \"%zu of %zu questions are "
                   "left out, the least important ones\"}}]",
                   chosen->left_out, chosen->left_out + chosen->count);
    }
    tree_close(tree, '}');
    tree_close(tree, ']');
}

/* What every model says, each with its name. */
static void put_run_properties(struct tree *tree, struct report *report)
{
    const struct result *result = report->result;
    int kind;
    size_t i;

    tree_key(tree, "properties");
    tree_open(tree, '{');
    tree_str(tree, "audit", report->evidence->audit.id);
    for (kind = 0; kind < INDEX_COUNT; kind++) {
        tree_key(tree, index_name((enum index_kind)kind));
        tree_open(tree, '{');
        for (i = 0; score_models[i]; i++) {
            if (!result_score(result, (enum index_kind)kind, score_models[i]))
                continue;
            tree_key(tree, score_model_name(score_models[i], result).ptr);
            buf_add_json(tree->out,
                         model_score_text(report, (enum index_kind)kind, score_models[i]));
        }
        tree_close(tree, '}');
    }
    tree_close(tree, '}');
}

static void put_tool(struct tree *tree, const struct report *report, const struct chosen *chosen)
{
    size_t i;

    tree_key(tree, "tool");
    tree_open(tree, '{');
    tree_key(tree, "driver");
    tree_open(tree, '{');
    tree_str(tree, "name", STR("cfaudit"));
    tree_str(tree, "fullName", report->result->tool_version);
    tree_key(tree, "rules");
    tree_open(tree, '[');
    for (i = 0; i < chosen->count; i++)
        put_rule(tree, report, &chosen->list[i]->question);
    tree_close(tree, ']');
    tree_close(tree, '}');
    tree_close(tree, '}');
}

static void put_run(struct tree *tree, const struct form_input *input, struct report *report,
                    const struct chosen *chosen)
{
    size_t i;

    sarif_begin(tree);
    put_tool(tree, report, chosen);
    buf_printf(&report->scratch, "cfaudit/%.*s/", STR_ARG(report->evidence->audit.id));
    sarif_identify(tree, report_keep(report));
    put_invocation(tree, input, chosen);
    tree_key(tree, "results");
    tree_open(tree, '[');
    for (i = 0; i < chosen->count; i++)
        put_result(tree, report, chosen->list[i], i);
    tree_close(tree, ']');
    put_run_properties(tree, report);
    sarif_end(tree);
}

static enum status write_sarif(const struct form_input *input, struct buf *out, struct diag *diag)
{
    struct tree tree = {out, 0, true};
    struct chosen chosen = {NULL, 0, 0};
    struct report report;
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = report_open(&report, &arena, input->evidence, input->result, input->lang, diag);
    if (status == STATUS_OK && !choose(&report, &chosen))
        status = diag_no_memory(diag);
    if (status == STATUS_OK) {
        put_run(&tree, input, &report, &chosen);
        if (report.book->failed || report.scratch.failed || out->failed)
            status = diag_no_memory(diag);
    }
    report_close(&report);
    arena_done(&arena);
    return status;
}

extern const struct result_form form_sarif;
const struct result_form form_sarif = {.name = "sarif",
                                       .ending = ".sarif",
                                       .about = "findings for code scanning (SARIF 2.1.0)",
                                       .write = write_sarif,
                                       .write_check = check_sarif};
