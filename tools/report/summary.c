#include "report/report.h"

#include "report/action_text.h"
#include "report/cover.h"
#include "report/earlier_text.h"
#include "report/four_lists.h"
#include "report/log_rules_text.h"
#include "report/models.h"
#include "report/series.h"

/* A line of a terminal of 80 columns, with room for a sign that may not be parted; labels of lines stand in a column of their own. */
enum { LINE_COLUMNS = 78, LABEL_COLUMNS = 13, SUMMARY_FINDINGS = 3, SUMMARY_NEXT = 3,
       SUMMARY_QUESTIONS = 5 };
/* Sources named one by one; more are summed up. */
enum { SUMMARY_SOURCES = 6 };
static const size_t FINDING_CHARACTERS = 180;

static size_t characters(struct str s)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* Words of the text, broken before column 80, with what follows indented by `indent`. */
static void add_wrapped(struct buf *out, struct str text, size_t column, size_t indent)
{
    struct str rest = text;
    struct str word;
    bool first = true;
    size_t i;

    while (str_split(&rest, ' ', &word)) {
        size_t width = characters(word);

        if (word.len == 0)
            continue;
        /* a number keeps its sign */
        if (!first && column + 1 + width > LINE_COLUMNS && word.ptr[0] != '%') {
            buf_add_char(out, '\n');
            for (i = 0; i < indent; i++)
                buf_add_char(out, ' ');
            column = indent;
        } else if (!first) {
            buf_add_char(out, ' ');
            column++;
        }
        buf_add_visible(out, word, word.len);
        column += width;
        first = false;
    }
    buf_add_char(out, '\n');
}

static void add_line(struct buf *out, struct str label, struct str text)
{
    size_t column = characters(label);

    buf_add(out, label);
    do {
        buf_add_char(out, ' ');
        column++;
    } while (column < LABEL_COLUMNS);
    add_wrapped(out, text, column, LABEL_COLUMNS);
}

static void add_percent(struct report *report, struct ratio share, bool with_sign)
{
    struct buf *out = &report->scratch;
    size_t start = out->len;
    size_t i;

    ratio_format_decimal(share, 100, 1, out);
    for (i = start; i < out->len && report->lang == LANG_IT; i++)
        if (out->bytes[i] == '.')
            out->bytes[i] = ',';
    buf_add_text(out, with_sign ? " %" : "");
}

/* "82.9 % [64.4-86.7], coverage 77.8 %, band B" */
static struct str score_text(struct report *report, const struct score_index *index)
{
    struct str band = band_text(report, index);
    const struct tally *all = &index->all;
    struct buf *out = &report->scratch;

    if (all->count_scored + all->count_open == 0)
        return report_say(report, WORD_NOTHING_APPLIES);
    if (all->has_score)
        add_percent(report, all->score, true);
    else
        buf_add(out, report_say(report, WORD_NOT_SCORED));
    if (all->has_coverage) {
        buf_add_text(out, " [");
        add_percent(report, all->low, false);
        buf_add_char(out, '-');
        add_percent(report, all->high, false);
        buf_add_text(out, "], ");
        buf_add(out, report_say(report, WORD_SUM_COVERAGE));
        buf_add_char(out, ' ');
        add_percent(report, all->coverage, true);
    }
    buf_add_text(out, ", ");
    buf_add(out, report_say(report, WORD_SUM_BAND));
    buf_add_char(out, ' ');
    buf_add(out, band);
    return report_keep(report);
}

/* The number of the model that was asked for comes first, ours is never left out. */
static void add_score(struct report *report, enum index_kind kind, struct buf *out)
{
    struct str label =
        report_say(report, kind == INDEX_PRACTICE ? WORD_SUM_PRACTICE : WORD_SUM_CONFORMITY);
    const struct score_model *model = result_model(report->result);
    struct str text;

    if (model != score_models[0]) {
        add_line(out, label, model_line(report, kind, model));
        label = STR("");
    }
    text = score_text(report, &report->result->index[kind]);
    buf_printf(&report->scratch, "%s: %.*s", score_models[0]->name, STR_ARG(text));
    add_line(out, label, report_keep(report));
}

static struct str letters_line(struct report *report)
{
    const struct score_index *index = &report->result->index[INDEX_CONFORMITY];
    struct buf *out = &report->scratch;
    size_t i;

    for (i = 0; i < LETTER_COUNT; i++) {
        const struct tally *letter = &index->letters[i];

        buf_printf(out, "%s%c ", i ? ", " : "", (char)('a' + i));
        if (letter->has_score)
            add_percent(report, letter->score, true);
        else
            buf_add(out, report_say(report,
                                    letter->count_open ? WORD_NOT_SCORED : WORD_NOTHING_APPLIES));
    }
    return report_keep(report);
}

static void add_gates(struct report *report, struct buf *out)
{
    const struct result *result = report->result;
    struct str label = report_say(report, WORD_SUM_GATES);
    struct str passed = gates_passed_text(report);
    size_t i;

    for (i = 0; i < result->gate_count; i++) {
        if (result->gates[i].is_triggered) {
            add_line(out, label, gate_text(report, &result->gates[i]));
            label = STR("");
        }
    }
    if (passed.len)
        add_line(out, label, passed);
}

/* Which way the conformity index went since the earlier result, and what became of questions. */
static void add_trend(struct report *report, struct buf *out)
{
    struct str text = cover_trend_text(report, INDEX_CONFORMITY, NULL);
    struct str counts;

    if (!text.len)
        return;
    counts = report_fill(report, WORD_TREND_COUNTS, 3,
                         report_count(report, count_changes(report, CHANGE_BETTER)),
                         report_count(report, count_changes(report, CHANGE_WORSE)),
                         report_count(report, count_changes(report, CHANGE_SAME)));
    buf_add(&report->scratch, text);
    buf_add_text(&report->scratch, "; ");
    buf_add(&report->scratch, counts);
    add_line(out, report_say(report, WORD_SUM_TREND), report_keep(report));
}

static void add_actions(struct report *report, struct buf *out)
{
    if (report->result->action_count)
        add_line(out, report_say(report, WORD_SUM_ACTIONS), actions_summary(report));
}

static void add_figures(struct report *report, struct buf *out)
{
    struct str label = report_say(report, WORD_SUM_FIGURES);
    struct pane *pane = arena_alloc(report->arena, 1, sizeof *pane);
    size_t i;

    if (!pane) {
        report->book->failed = true;
        return;
    }
    cover_figures(report, pane);
    for (i = 1; i < pane->count; i++) {
        const struct strip *strip = &pane->strips[i];
        struct str value;
        struct str n;

        if (!strip->has_numbers)
            continue;
        value = report_value(report, strip->units[0], strip->numbers[0]);
        n = report_count(report, (uint64_t)strip->numbers[3]);
        buf_add(&report->scratch, strip->label);
        buf_add_text(&report->scratch, ": ");
        buf_add(&report->scratch, value);
        buf_add_text(&report->scratch, ", n = ");
        buf_add(&report->scratch, n);
        if (strip->text.len) {
            buf_add_text(&report->scratch, ", ");
            buf_add(&report->scratch, report_say(report, WORD_CHART_TARGET));
            buf_add_char(&report->scratch, ' ');
            buf_add(&report->scratch, strip->text);
        }
        add_line(out, label, report_keep(report));
        label = STR("");
    }
}

/* What was found of each list; of a list where nothing was, what was looked for. */
static void add_lists(struct report *report, struct buf *out)
{
    struct str label = report_say(report, WORD_SUM_LISTS);
    struct four_lists lists;
    int list;

    series_collect(report);
    four_lists_collect(report, &lists);
    for (list = 0; list < FOUR_LISTS; list++) {
        struct str found =
            four_list_names(report, &lists, (enum four_list)list, KIND_FOUND);

        if (!found.len)
            found = four_list_text(report, &lists, (enum four_list)list);
        buf_add(&report->scratch, report_say(report, four_list_name((enum four_list)list)));
        buf_add_text(&report->scratch, ": ");
        buf_add(&report->scratch, found);
        add_line(out, label, report_keep(report));
        label = STR("");
    }
}

static struct str account_text(struct report *report, const struct accounting *source)
{
    struct str numbers = report_fill(
        report, WORD_SUM_ACCOUNT, 5, report_count(report, source->rows_read),
        report_count(report, source->rows_used), report_count(report, source->rows_filtered),
        report_count(report, source->rows_rejected), report_count(report, source->cases));

    buf_add(&report->scratch, source->identity.name);
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, numbers);
    return report_keep(report);
}

static void add_sources(struct report *report, struct buf *out)
{
    const struct evidence *evidence = report->evidence;
    struct str label = report_say(report, WORD_SUM_ROWS);
    struct accounting sum = {.rows_read = 0};
    size_t i;

    for (i = 0; i < evidence->source_count; i++) {
        const struct accounting *source = &evidence->sources[i];

        if (i < SUMMARY_SOURCES) {
            struct str rules = rules_line(report, source);

            add_line(out, label, account_text(report, source));
            label = STR("");
            if (rules.len)
                add_line(out, label, report_fill(report, WORD_SUM_RULES, 1, rules));
        } else {
            sum.rows_read += source->rows_read;
            sum.rows_used += source->rows_used;
            sum.rows_filtered += source->rows_filtered;
            sum.rows_rejected += source->rows_rejected;
            sum.cases += source->cases;
        }
        if (source->identity.truncated)
            add_line(out, STR(""),
                     report_fill(report, WORD_SUM_TRUNCATED, 1, source->identity.name));
        if (source->is_partial)
            add_line(out, STR(""),
                     report_fill(report, WORD_SUM_PARTIAL, 1, source->identity.name));
    }
    if (evidence->source_count > SUMMARY_SOURCES) {
        buf_printf(&report->scratch, "+ %zu", evidence->source_count - SUMMARY_SOURCES);
        sum.identity.name = report_keep(report);
        add_line(out, STR(""), account_text(report, &sum));
    }
    for (i = 0; i < evidence->missing_count; i++)
        add_line(out, i ? STR("") : label,
                 report_fill(report, WORD_SUM_MISSING, 2, evidence->missing[i].id,
                             say_raw(evidence->missing[i].reason, report->lang)));
}

/* The first characters, up to a word's end. */
static struct str cut(struct report *report, struct str text)
{
    size_t count = 0;
    size_t end = 0;
    size_t i;

    for (i = 0; i < text.len && count < FINDING_CHARACTERS; i++) {
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
        if (text.ptr[i] == ' ')
            end = i;
    }
    if (i == text.len || end == 0)
        return text;
    buf_add(&report->scratch, (struct str){text.ptr, end});
    buf_add_text(&report->scratch, " ...");
    return report_keep(report);
}

static void add_findings(struct report *report, struct buf *out)
{
    struct str label = report_say(report, WORD_SUM_FINDINGS);
    size_t i;

    if (report->finding_count == 0)
        add_line(out, label, report_say(report, WORD_SUM_NONE));
    for (i = 0; i < report->finding_count && i < SUMMARY_FINDINGS; i++) {
        const struct finding *finding = &report->findings[i];
        struct str text = cut(report, finding->text);

        buf_printf(&report->scratch, "%zu. ", i + 1);
        buf_add(&report->scratch, finding->grade == GRADE_NONE || finding->grade == GRADE_CONFORM
                                      ? report_say(report, WORD_TO_GRADE)
                                      : say_grade(finding->grade, report->lang));
        if (finding->question) {
            buf_add_text(&report->scratch, ", ");
            buf_add(&report->scratch, finding->question->question.id);
        }
        buf_add_text(&report->scratch, ": ");
        buf_add(&report->scratch, text);
        add_line(out, label, report_keep(report));
        label = STR("");
    }
}

/* A line for each question that the text has something to say of; those behind the first are counted. */
static void add_questions(struct report *report, struct buf *out, enum word word,
                          struct str (*text_of)(struct report *, const struct assessment *,
                                                struct str id))
{
    struct str label = report_say(report, word);
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->result->question_count; i++) {
        const struct result_question *item = &report->result->questions[i];
        struct str text = text_of(report, &item->assessment, item->question.id);

        if (text.len && ++count <= SUMMARY_QUESTIONS)
            add_line(out, count > 1 ? STR("") : label, text);
    }
    if (count > SUMMARY_QUESTIONS)
        add_line(out, STR(""), report_fill(report, WORD_NEXT_MORE, 2,
                                           report_count(report, count - SUMMARY_QUESTIONS),
                                           report_say(report, WORD_SHEET_CHECKLIST)));
}

/* Where a person decided otherwise than a figure, with the reason. */
static struct str override_line(struct report *report, const struct assessment *assessment,
                                struct str id)
{
    return assessment->override.is_there
               ? report_fill(report, WORD_SUM_OVERRIDE, 3, id, override_text(report, assessment),
                             cut(report, assessment->reason))
               : STR("");
}

static void add_weak(struct report *report, struct buf *out)
{
    struct str list;
    size_t i;

    for (i = 0; i < report->result->question_count; i++) {
        const struct result_question *item = &report->result->questions[i];

        if (!item->assessment.is_weak)
            continue;
        buf_add_text(&report->scratch, report->scratch.len ? ", " : "");
        buf_add(&report->scratch, item->question.id);
    }
    list = report_keep(report);
    if (list.len)
        add_line(out, report_say(report, WORD_SUM_WEAK),
                 report_fill(report, WORD_SUM_WEAK_LIST, 1, list));
}

/* Grades that were decided otherwise than proposed. */
static struct str grade_line(struct report *report, const struct assessment *assessment,
                             struct str id)
{
    const struct grading *grading = &assessment->grading;

    return grading->is_there && grading->differs
               ? report_fill(report, WORD_SUM_GRADE, 3, id,
                             say_grade(assessment->grade, report->lang),
                             say_grade(grading->proposed, report->lang))
               : STR("");
}

static void add_incomplete(struct report *report, struct buf *out)
{
    const struct result *result = report->result;
    struct str next;
    size_t answered;
    size_t all;
    size_t i;

    if (!result->index[INDEX_CONFORMITY].is_incomplete || result->open_count == 0)
        return;
    count_answered(result, &answered, &all);
    for (i = 0; i < result->open_count && i < SUMMARY_NEXT; i++) {
        buf_add_text(&report->scratch, i ? ", " : "");
        buf_add(&report->scratch, result->open[i]->question.id);
    }
    if (result->open_count > SUMMARY_NEXT)
        buf_add_text(&report->scratch, " ...");
    next = report_keep(report);
    add_wrapped(out,
                report_fill(report, WORD_SUM_INCOMPLETE, 3, report_count(report, answered),
                            report_count(report, all), next),
                0, 2);
}

static void add_heading(struct report *report, struct buf *out)
{
    const struct evidence_audit *audit = &report->evidence->audit;
    struct str title = words_in(&audit->title, report->lang);
    struct str period = report_period(report);
    struct str as_of =
        instant_is_missing(audit->as_of) ? STR("") : report_instant(report, audit->as_of);
    struct str heading = report_say(report, WORD_LOG_AS_OF);

    add_wrapped(out, title.len ? title : report_say(report, WORD_TITLE), 0, 0);
    if (audit->organization.len) {
        buf_add(&report->scratch, audit->organization);
        buf_add_text(&report->scratch, "; ");
    }
    buf_add(&report->scratch, period);
    if (as_of.len) {
        buf_add_text(&report->scratch, "; ");
        buf_add(&report->scratch, heading);
        buf_add_char(&report->scratch, ' ');
        buf_add(&report->scratch, as_of);
    }
    add_wrapped(out, report_keep(report), 0, 0);
    buf_add_char(out, '\n');
}

void report_summary(const struct evidence *evidence, const struct result *result, enum lang lang,
                    struct buf *out)
{
    struct report report;
    struct arena arena;
    struct diag diag;
    enum status status;

    arena_init(&arena);
    diag_init(&diag);
    /* an unknown zone has stopped the command long before; here it only means UTC */
    status = report_open(&report, &arena, evidence, result, lang, &diag);
    if (status == STATUS_OK || report.book) {
        findings_collect(&report);
        add_heading(&report, out);
        add_score(&report, INDEX_CONFORMITY, out);
        add_score(&report, INDEX_PRACTICE, out);
        add_line(out, report_say(&report, WORD_SUM_LETTERS), letters_line(&report));
        add_gates(&report, out);
        if (report_is_tailored(&report))
            add_line(out, report_say(&report, WORD_SUM_TAILORED), tailored_total_text(&report));
        add_trend(&report, out);
        add_figures(&report, out);
        add_lists(&report, out);
        add_sources(&report, out);
        add_findings(&report, out);
        add_actions(&report, out);
        add_questions(&report, out, WORD_SUM_OVERRIDES, override_line);
        add_weak(&report, out);
        add_questions(&report, out, WORD_SUM_GRADES, grade_line);
        add_incomplete(&report, out);
    }
    if (status == STATUS_MEMORY || report.book->failed || report.scratch.failed)
        out->failed = true;
    report_close(&report);
    diag_done(&diag);
    arena_done(&arena);
}
