/*
 * Test results as JUnit writes them: a suite for each index, a test for each question.
 *
 * Source: what the schemas of Ant's reports (windyroad JUnit.xsd) and of Jenkins' xunit plugin
 * (junit-10.xsd) both allow: properties first, every attribute of the former, no system-out inside
 * a test, no attribute on the root. A nonconformity is a failure, a gap against good practice is
 * not; a question that nobody has checked or that does not apply is skipped with its reason, never
 * passed.
 */
#include <string.h>

#include "report/check_forms.h"
#include "report/models.h"
#include "report/report.h"
#include "xml/fields.h"

/* A gap against good practice is no failure, whatever its points: nothing forbids it. */
static bool is_practice_gap(const struct result_question *item)
{
    return item->question.basis == BASIS_GOOD_PRACTICE && question_state(item) == STATE_FAIL;
}

/* The words of what counts, as junit knows them. */
enum verdict { VERDICT_PASSED, VERDICT_FAILED, VERDICT_SKIPPED, VERDICT_LEFT_OUT };

static enum verdict verdict_of(const struct result_question *item)
{
    switch (question_state(item)) {
    case STATE_FAIL:
        return is_practice_gap(item) ? VERDICT_PASSED : VERDICT_FAILED;
    case STATE_UNKNOWN:
    case STATE_NOTAPPLICABLE:
    case STATE_NOTCHECKED:
        return VERDICT_SKIPPED;
    case STATE_NOTSELECTED:
        return VERDICT_LEFT_OUT;
    default:
        return VERDICT_PASSED;
    }
}

static const char *failure_type(const struct assessment *assessment)
{
    return assessment->grade == GRADE_NONE ? "points" : grade_name(assessment->grade);
}

/* What was found, else why the question has its status. */
static struct str message_of(struct report *report, const struct assessment *assessment)
{
    if (assessment->finding.len)
        return assessment->finding;
    return assessment->reason.len ? assessment->reason : why_text(report, assessment);
}

static void put_test(struct xml_writer *writer, struct report *report,
                     const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;
    enum verdict verdict = verdict_of(item);
    struct buf name;

    if (verdict == VERDICT_LEFT_OUT)
        return;
    buf_init(&name, SIZE_MAX / 2);
    buf_add(&name, item->question.id);
    buf_add_char(&name, ' ');
    buf_add(&name, words_in(&item->question.text, report->lang));
    xml_write_open(writer, "testcase");
    xml_write_attr(writer, "name", buf_str(&name));
    xml_write_attr(writer, "classname", item->question.section);
    xml_write_attr(writer, "time", STR("0"));
    if (verdict == VERDICT_FAILED) {
        xml_write_open(writer, "failure");
        xml_write_attr(writer, "type", str_of(failure_type(assessment)));
        xml_write_attr(writer, "message", message_of(report, assessment));
        xml_write_collapsed(writer, why_text(report, assessment));
        xml_write_close(writer);
    } else if (verdict == VERDICT_SKIPPED) {
        xml_write_open(writer, "skipped");
        xml_write_attr(writer, "message", message_of(report, assessment));
        xml_write_close(writer);
    }
    xml_write_close(writer);
    writer->out->failed |= name.failed;
    buf_done(&name);
}

static void put_property(struct xml_writer *writer, const char *name, struct str value)
{
    xml_write_open(writer, "property");
    xml_write_attr(writer, "name", str_of(name));
    xml_write_attr(writer, "value", value.ptr ? value : STR(""));
    xml_write_close(writer);
}

/* The number never goes without the name of its model. */
static void put_properties(struct xml_writer *writer, struct report *report, enum index_kind kind)
{
    const struct score_index *index = &report->result->index[kind];
    size_t i;

    xml_write_open(writer, "properties");
    put_property(writer, "audit", report->evidence->audit.id);
    put_property(writer, "tool", report->result->tool_version);
    put_property(writer, "index", str_of(index_name(kind)));
    for (i = 0; score_models[i]; i++) {
        struct str text = model_score_text(report, kind, score_models[i]);
        struct str name;

        if (!result_score(report->result, kind, score_models[i]))
            continue;
        buf_printf(&report->scratch, "score.%.*s",
                   STR_ARG(score_model_name(score_models[i], report->result)));
        name = report_keep(report);
        put_property(writer, name.ptr ? name.ptr : "", text);
    }
    tally_format(&index->all, &report->scratch);
    put_property(writer, "cfaudit.bounds", report_keep(report));
    xml_write_close(writer);
}

/* What a remark is called: its grade, else why it is one. */
static const char *remark_name(const struct result_question *item)
{
    const struct assessment *assessment = &item->assessment;

    if (assessment->grade != GRADE_NONE)
        return grade_name(assessment->grade);
    return is_practice_gap(item) ? "gap" : answer_status_name(assessment->status);
}

/* Observations, opportunities and gaps against good practice pass and must not be lost. */
static void put_remarks(struct xml_writer *writer, struct report *report, enum index_kind kind)
{
    const struct result *result = report->result;
    struct buf lines;
    size_t i;

    buf_init(&lines, SIZE_MAX / 2);
    xml_write_open(writer, "system-out");
    for (i = 0; i < result->question_count; i++) {
        const struct assessment *assessment = &result->questions[i].assessment;
        struct str message;

        if (index_of(result->questions[i].question.basis) != kind ||
            (assessment->grade != GRADE_OBSERVATION && assessment->grade != GRADE_OPPORTUNITY &&
             assessment->status != ANSWER_INFORMATIONAL && !is_practice_gap(&result->questions[i])))
            continue;
        message = message_of(report, assessment);
        buf_add(&lines, result->questions[i].question.id);
        buf_printf(&lines, " %s: ", remark_name(&result->questions[i]));
        buf_add(&lines, message);
        buf_add_char(&lines, '\n');
    }
    xml_write_text(writer, buf_str(&lines));
    writer->out->failed |= lines.failed;
    buf_done(&lines);
    xml_write_close(writer);
    xml_write_open(writer, "system-err");
    xml_write_close(writer);
}

struct suite {
    unsigned tests;
    unsigned failures;
    unsigned skipped;
};

static struct suite count_suite(const struct result *result, enum index_kind kind)
{
    struct suite suite = {0, 0, 0};
    size_t i;

    for (i = 0; i < result->question_count; i++) {
        enum verdict verdict = verdict_of(&result->questions[i]);

        if (index_of(result->questions[i].question.basis) != kind || verdict == VERDICT_LEFT_OUT)
            continue;
        suite.tests++;
        suite.failures += verdict == VERDICT_FAILED;
        suite.skipped += verdict == VERDICT_SKIPPED;
    }
    return suite;
}

/* Without zone and fraction, as the schema demands: that of UTC. */
static struct str time_text(struct report *report)
{
    struct instant as_of = report->evidence->audit.as_of;
    struct str text;

    if (instant_is_missing(as_of))
        return STR("1970-01-01T00:00:00");
    instant_format(as_of, &report->scratch);
    text = report_keep(report);
    if (text.len > strlen("0000-00-00T00:00:00"))
        text.len = strlen("0000-00-00T00:00:00");
    return text;
}

static void put_suite(struct xml_writer *writer, struct report *report, enum index_kind kind)
{
    const struct result *result = report->result;
    struct suite suite = count_suite(result, kind);
    size_t i;

    xml_write_open(writer, "testsuite");
    xml_write_attr(writer, "name", str_of(index_name(kind)));
    xml_write_attr(writer, "package", report->evidence->audit.id);
    xml_write_attr_uint(writer, "id", (uint64_t)kind);
    xml_write_attr(writer, "timestamp", time_text(report));
    xml_write_attr(writer, "hostname", STR("localhost"));
    xml_write_attr_uint(writer, "tests", suite.tests);
    xml_write_attr_uint(writer, "failures", suite.failures);
    xml_write_attr_uint(writer, "errors", 0);
    xml_write_attr_uint(writer, "skipped", suite.skipped);
    xml_write_attr(writer, "time", STR("0"));
    put_properties(writer, report, kind);
    for (i = 0; i < result->question_count; i++)
        if (index_of(result->questions[i].question.basis) == kind)
            put_test(writer, report, &result->questions[i]);
    put_remarks(writer, report, kind);
    xml_write_close(writer);
}

static enum status write_junit(const struct form_input *input, struct buf *out, struct diag *diag)
{
    struct xml_writer writer;
    struct report report;
    struct arena arena;
    enum status status;
    int kind;

    arena_init(&arena);
    status = report_open(&report, &arena, input->evidence, input->result, input->lang, diag);
    if (status == STATUS_OK) {
        xml_write_begin(&writer, out);
        xml_write_open(&writer, "testsuites");
        for (kind = 0; kind < INDEX_COUNT; kind++)
            put_suite(&writer, &report, (enum index_kind)kind);
        xml_write_close(&writer);
        if (report.book->failed || report.scratch.failed || out->failed)
            status = diag_no_memory(diag);
    }
    report_close(&report);
    arena_done(&arena);
    return status;
}

extern const struct result_form form_junit;
const struct result_form form_junit = {.name = "junit",
                                       .ending = ".junit.xml",
                                       .about = "one test a question, for CI servers",
                                       .is_sealed = true,
                                       .write = write_junit,
                                       .write_check = check_junit};
