/*
 * The summary that a CI job shows: GitHub Flavored Markdown, well under the 1 MiB that a step
 * summary may have. Texts are escaped: none becomes markup, a link or a mention.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/check_forms.h"
#include "report/cover.h"
#include "report/four_lists.h"
#include "report/markdown_text.h"
#include "report/report.h"
#include "report/series.h"

/* Rows of the lists; each says how many were left out. */
enum { MARKDOWN_FINDINGS = 200, MARKDOWN_WORST = 10, MARKDOWN_OPEN = 10, MARKDOWN_TAILORED = 50 };
static const int POINTS_FULL = 10;

static void add_heading(struct report *report, struct buf *out, enum word word)
{
    buf_add_text(out, "\n## ");
    markdown_text(out, report_say(report, word));
    buf_add_text(out, "\n\n");
}

/* `numbers`: so many columns from the second on are flush right. */
static void add_head(struct report *report, struct buf *out, const enum word *words, size_t count,
                     size_t numbers)
{
    size_t i;

    buf_add_char(out, '|');
    for (i = 0; i < count; i++)
        markdown_cell(out, words[i] == WORD_COUNT ? STR("") : report_say(report, words[i]));
    buf_add_text(out, "\n|");
    for (i = 0; i < count; i++)
        buf_add_text(out, i > 0 && i <= numbers ? " ---: |" : " --- |");
    buf_add_char(out, '\n');
}

static void add_left_out(struct report *report, struct buf *out, size_t count, size_t most)
{
    if (count <= most)
        return;
    buf_add_char(out, '\n');
    markdown_text(out, report_fill(report, WORD_MD_LEFT_OUT, 1, report_count(report, count - most)));
    buf_add_char(out, '\n');
}

/* --- the score --- */

static void add_ratio(struct report *report, struct buf *out, bool is_there, struct ratio share)
{
    markdown_cell(out, is_there ? report_percent(report, share) : STR("\xE2\x80\x93"));
}

static void add_tally(struct report *report, struct buf *out, struct str name,
                      const struct tally *tally, struct str band)
{
    buf_add_char(out, '|');
    markdown_cell(out, name);
    add_ratio(report, out, tally->has_score, tally->score);
    add_ratio(report, out, tally->has_coverage, tally->low);
    add_ratio(report, out, tally->has_coverage, tally->high);
    add_ratio(report, out, tally->has_coverage, tally->coverage);
    buf_printf(out, " %u / %u / %u |", tally->count_scored, tally->count_open, tally->count_na);
    markdown_cell(out, band);
    buf_add_char(out, '\n');
}

static void add_scores(struct report *report, struct buf *out)
{
    static const enum word heads[] = {WORD_MD_INDEX, WORD_SCORE,         WORD_LOW, WORD_HIGH,
                                      WORD_COVERAGE, WORD_SCORED_OPEN_NA, WORD_MD_BAND};
    static const enum word names[INDEX_COUNT] = {WORD_CONFORMITY, WORD_PRACTICE};
    unsigned letter;
    size_t i;

    buf_add_char(out, '\n');
    add_head(report, out, heads, ARRAY_LEN(heads), 4);
    for (i = 0; i < INDEX_COUNT; i++) {
        const struct score_index *index = &report->result->index[i];

        if (index->all.count_scored + index->all.count_open + index->all.count_na == 0)
            continue;
        add_tally(report, out, report_say(report, names[i]), &index->all,
                  band_text(report, index));
        for (letter = 0; letter < LETTER_COUNT; letter++)
            if (i == INDEX_CONFORMITY)
                add_tally(report, out, say_letter(letter, report->lang), &index->letters[letter],
                          STR(""));
    }
}

static void add_gates(struct report *report, struct buf *out)
{
    const struct result *result = report->result;
    struct str passed = gates_passed_text(report);
    size_t i;

    add_heading(report, out, WORD_GATES);
    for (i = 0; i < result->gate_count; i++) {
        if (!result->gates[i].is_triggered)
            continue;
        buf_add_text(out, "- \xE2\x9C\x97 "); /* a cross, and the words say it */
        markdown_text(out, gate_text(report, &result->gates[i]));
        buf_add_char(out, '\n');
    }
    if (passed.len) {
        buf_add_text(out, "- \xE2\x9C\x93 ");
        markdown_text(out, passed);
        buf_add_char(out, '\n');
    }
}

/* --- lists --- */

static void add_findings(struct report *report, struct buf *out)
{
    static const enum word heads[] = {WORD_COL_ID, WORD_COL_GRADE, WORD_COL_QUESTION,
                                      WORD_COL_FINDING};
    size_t i;

    add_heading(report, out, WORD_SHEET_FINDINGS);
    if (report->finding_count == 0) {
        markdown_text(out, report_say(report, WORD_TOP_NONE));
        buf_add_char(out, '\n');
        return;
    }
    add_head(report, out, heads, ARRAY_LEN(heads), 0);
    for (i = 0; i < report->finding_count && i < MARKDOWN_FINDINGS; i++) {
        const struct finding *finding = &report->findings[i];

        buf_add_char(out, '|');
        markdown_cell(out, finding->id);
        markdown_cell(out, finding->grade == GRADE_NONE || finding->grade == GRADE_CONFORM
                          ? report_say(report, WORD_TO_GRADE)
                          : say_grade(finding->grade, report->lang));
        markdown_cell(out, finding->question ? finding->question->question.id : STR(""));
        markdown_cell(out, finding->text);
        buf_add_char(out, '\n');
    }
    add_left_out(report, out, report->finding_count, MARKDOWN_FINDINGS);
}

/* What an answer costs: its weight times the points that it lacks. */
static struct ratio cost_of(const struct result_question *item)
{
    return ratio_multiply(item->question.weight,
                          ratio_make(POINTS_FULL - item->assessment.points, 1));
}

static int compare_costs(const void *left, const void *right)
{
    const struct result_question *a = *(const struct result_question *const *)left;
    const struct result_question *b = *(const struct result_question *const *)right;
    int order = ratio_compare(cost_of(b), cost_of(a));

    return order ? order : a < b ? -1 : a > b;
}

static void add_worst(struct report *report, struct buf *out)
{
    static const enum word heads[] = {WORD_COL_ID, WORD_COL_POINTS, WORD_COL_WEIGHT,
                                      WORD_COL_QUESTION};
    const struct result *result = report->result;
    const struct result_question **list =
        arena_alloc(report->arena, result->question_count, sizeof *list);
    size_t count = 0;
    size_t i;

    if (!list) {
        out->failed = true;
        return;
    }
    for (i = 0; i < result->question_count; i++)
        if (result->questions[i].assessment.status == ANSWER_SCORED &&
            result->questions[i].assessment.points < POINTS_FULL)
            list[count++] = &result->questions[i];
    if (count == 0)
        return;
    qsort(list, count, sizeof *list, compare_costs);
    add_heading(report, out, WORD_MD_WORST);
    add_head(report, out, heads, ARRAY_LEN(heads), 2);
    for (i = 0; i < count && i < MARKDOWN_WORST; i++) {
        buf_add_char(out, '|');
        markdown_cell(out, list[i]->question.id);
        buf_printf(out, " %d |", list[i]->assessment.points);
        ratio_format_decimal(list[i]->question.weight, 1,
                             list[i]->question.weight.den == 1 ? 0 : 2, &report->scratch);
        markdown_cell(out, report_keep(report));
        markdown_cell(out, words_in(&list[i]->question.text, report->lang));
        buf_add_char(out, '\n');
    }
    add_left_out(report, out, count, MARKDOWN_WORST);
}

static void add_tailored(struct report *report, struct buf *out)
{
    static const enum word heads[] = {WORD_COL_ID, WORD_COL_TAILORED};
    const struct result *result = report->result;
    size_t count = 0;
    size_t i;

    if (!report_is_tailored(report))
        return;
    add_heading(report, out, WORD_PLAN_TAILORING);
    add_head(report, out, heads, ARRAY_LEN(heads), 0);
    for (i = 0; i < result->question_count; i++) {
        const struct question *question = &result->questions[i].question;

        if (!question->tailored || count++ >= MARKDOWN_TAILORED)
            continue;
        buf_add_char(out, '|');
        markdown_cell(out, question->id);
        markdown_cell(out, tailored_reason_text(report, question));
        buf_add_char(out, '\n');
    }
    add_left_out(report, out, count, MARKDOWN_TAILORED);
}

static void add_open(struct report *report, struct buf *out)
{
    static const enum word heads[] = {WORD_COL_ID, WORD_COL_QUESTION};
    const struct result *result = report->result;
    size_t i;

    if (result->open_count == 0)
        return;
    add_heading(report, out, WORD_NEXT);
    add_head(report, out, heads, ARRAY_LEN(heads), 0);
    for (i = 0; i < result->open_count && i < MARKDOWN_OPEN; i++) {
        buf_add_char(out, '|');
        markdown_cell(out, result->open[i]->question.id);
        markdown_cell(out, words_in(&result->open[i]->question.text, report->lang));
        buf_add_char(out, '\n');
    }
    add_left_out(report, out, result->open_count, MARKDOWN_OPEN);
}

static void add_figures(struct report *report, struct buf *out)
{
    static const enum word heads[] = {WORD_COL_NAME, WORD_COL_VALUE,  WORD_LOW,
                                      WORD_HIGH,     WORD_COL_N, WORD_COL_TARGET};
    struct pane *pane = arena_alloc(report->arena, 1, sizeof *pane);
    size_t i;
    size_t k;

    if (!pane) {
        out->failed = true;
        return;
    }
    cover_figures(report, pane);
    if (pane->count < 2)
        return;
    add_heading(report, out, WORD_KEY_FIGURES);
    add_head(report, out, heads, ARRAY_LEN(heads), 4);
    for (i = 1; i < pane->count; i++) {
        const struct strip *strip = &pane->strips[i];

        if (!strip->has_numbers)
            continue;
        buf_add_char(out, '|');
        markdown_cell(out, strip->label);
        for (k = 0; k < PANE_NUMBERS; k++)
            markdown_cell(out, isnan(strip->numbers[k])
                              ? STR("")
                              : report_value(report, strip->units[k], strip->numbers[k]));
        markdown_cell(out, strip->text);
        buf_add_char(out, '\n');
    }
}

static void add_list_row(struct report *report, struct buf *out, enum four_list list,
                         struct str kind, struct str text)
{
    buf_add_char(out, '|');
    markdown_cell(out, report_say(report, four_list_name(list)));
    markdown_cell(out, kind);
    markdown_cell(out, text);
    buf_add_char(out, '\n');
}

/* What was looked for in vain, and what no record tells, is counted. */
static void add_lists(struct report *report, struct buf *out)
{
    static const enum word heads[] = {WORD_COL_LIST_OF, WORD_COL_LISTED_KIND,
                                      WORD_COL_LISTED_WHAT};
    struct four_lists lists;
    size_t i;

    series_collect(report);
    four_lists_collect(report, &lists);
    add_heading(report, out, WORD_FOUR_LISTS);
    add_head(report, out, heads, ARRAY_LEN(heads), 0);
    for (i = 0; i < lists.count; i++) {
        const struct list_kind *kind = &lists.kinds[i];
        enum four_list list = kind->source->list;

        if (i == 0 || list != kind[-1].source->list)
            add_list_row(report, out, list, STR(""), four_list_text(report, &lists, list));
        if (kind->standing == KIND_FOUND)
            add_list_row(report, out, list, report_say(report, kind->source->name),
                         list_kind_brief(report, kind));
    }
}

/* --- around --- */

static void add_title(struct report *report, struct buf *out)
{
    const struct evidence_audit *audit = &report->evidence->audit;
    struct str title = words_in(&audit->title, report->lang);
    struct str period = report_period(report);
    enum level level;
    struct str headline = headline_text(report, &level);

    buf_add_text(out, "# ");
    markdown_text(out, title.len ? title : report_say(report, WORD_TITLE));
    buf_add_text(out, "\n\n");
    if (audit->organization.len) {
        markdown_text(out, audit->organization);
        buf_add_text(out, " \xC2\xB7 ");
    }
    markdown_text(out, period);
    if (report->evidence->is_client_copy) {
        buf_add_text(out, "\n\n");
        markdown_text(out, report_say(report, WORD_CLIENT_COPY_IS));
    }
    buf_add_text(out, "\n\n> **");
    markdown_text(out, headline);
    buf_add_text(out, "**\n");
}

static void add_end(struct report *report, const struct form_input *input, struct buf *out)
{
    struct str sum = report_sha256(report, &report->result->evidence_sha256);

    buf_printf(&report->scratch, "%d (%s)", input->exit_code, input->exit_reason);
    buf_add_text(out, "\n---\n\n");
    markdown_text(out, report_fill(report, WORD_MD_END, 4, report->evidence->tool_version,
                              report->result->model, report_keep(report), sum));
    buf_add_char(out, '\n');
}

static enum status write_markdown(const struct form_input *input, struct buf *out,
                                  struct diag *diag)
{
    struct report report;
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = report_open(&report, &arena, input->evidence, input->result, input->lang, diag);
    if (status == STATUS_OK) {
        findings_collect(&report);
        add_title(&report, out);
        add_scores(&report, out);
        add_gates(&report, out);
        add_tailored(&report, out);
        add_findings(&report, out);
        add_worst(&report, out);
        add_open(&report, out);
        add_figures(&report, out);
        add_lists(&report, out);
        add_end(&report, input, out);
        if (report.book->failed || report.scratch.failed || out->failed)
            status = diag_no_memory(diag);
    }
    report_close(&report);
    arena_done(&arena);
    return status;
}

extern const struct result_form form_markdown;
const struct result_form form_markdown = {.name = "markdown",
                                          .ending = ".md",
                                          .about = "a summary for CI jobs (GitHub Flavored Markdown)",
                                          .is_sealed = true,
                                          .write = write_markdown,
                                          .write_check = check_markdown};
