#include <math.h>

#include "base/mem.h"
#include "page/house.h"
#include "page/number.h"
#include "report/report_parts.h"

/* A share of records that pass their checks below which figures are imprecise, and of no use. */
static const double RECORDS_GOOD = 0.95;
static const double RECORDS_USABLE = 0.80;
/* So many cases left out for one reason are worth a look. */
static const double EXCLUDED_MANY = 0.20;

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "topic", report_say(report, WORD_COL_TOPIC), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "where", report_say(report, WORD_COL_WHERE), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "what", report_say(report, WORD_COL_WHAT), CELL_TEXT, WIDTH_LONG);
    sheet_column(sheet, "count", report_say(report, WORD_COL_COUNT), CELL_INTEGER, WIDTH_NUMBER);
    sheet_column(sheet, "of", report_say(report, WORD_COL_OF), CELL_INTEGER, WIDTH_NUMBER);
    sheet_column(sheet, "share", report_say(report, WORD_COL_SHARE),
                 CELL_SHARE, WIDTH_COUNT)->decimals = 2;
    sheet_column(sheet, "level", report_say(report, WORD_COL_LEVEL), CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "first", report_say(report, WORD_COL_FIRST), CELL_TEXT, WIDTH_SENTENCE);
}

struct line {
    enum word topic;
    struct str where;
    struct str link; /* key in sheet `link_sheet`; may be missing */
    const char *link_sheet;
    struct str what;
    uint64_t count;
    uint64_t of; /* 0: no share */
    enum level level;
    struct str first;
};

static void add_line(struct report *report, struct sheet *sheet, const struct line *line)
{
    sheet_row(sheet);
    sheet_text(sheet, report_say(report, line->topic));
    sheet_text(sheet, line->where);
    if (line->link_sheet)
        sheet_link(sheet, line->link_sheet, line->link);
    sheet_text(sheet, line->what);
    sheet_integer(sheet, line->count);
    if (line->of) {
        sheet_integer(sheet, line->of);
        sheet_share(sheet, (double)line->count / (double)line->of);
    } else {
        sheet_blank(sheet);
        sheet_blank(sheet);
    }
    sheet_text(sheet, say_level(line->level, report->lang));
    sheet_level(sheet, line->level);
    sheet_text(sheet, line->first);
}

/* "line 12: 31/02/2016; line 40" */
static struct str places_text(struct report *report, const struct accounting_reason *reason)
{
    struct str lines[ACCOUNTING_FIRST];
    struct buf *out = &report->scratch;
    size_t i;

    for (i = 0; i < reason->first_count; i++)
        lines[i] =
            report_fill(report, WORD_LINE_AT, 1, report_count(report, reason->first[i].line));
    for (i = 0; i < reason->first_count; i++) {
        buf_add_text(out, i ? "; " : "");
        buf_add(out, lines[i]);
        if (reason->first[i].text.len) {
            buf_add_text(out, ": ");
            buf_add(out, reason->first[i].text);
        }
    }
    return report_keep(report);
}

/* Rejected rows carry the id of a rule, which has a message of its own. */
static struct str reason_text(const struct report *report, const struct accounting_reason *reason)
{
    enum rule rule;

    if (has_raw(reason->reason))
        return say_raw(reason->reason, report->lang);
    rule = rule_find(reason->reason);
    return rule == RULE_COUNT ? reason->reason : str_of(rule_info(rule)->message);
}

static void add_account(struct report *report, struct sheet *sheet, const struct accounting *source)
{
    uint64_t sum = source->rows_used + source->rows_filtered + source->rows_rejected;
    bool holds = sum == source->rows_read;
    struct line line = {.topic = WORD_TOPIC_ACCOUNT,
                        .where = source->identity.name,
                        .link = source->identity.name,
                        .link_sheet = "sources",
                        .count = source->rows_used,
                        .of = source->rows_read,
                        .level = !holds                  ? LEVEL_BAD
                                 : source->rows_rejected ? LEVEL_WATCH
                                                         : LEVEL_GOOD};

    line.what = report_fill(
        report, holds ? WORD_ACCOUNT_HOLDS : WORD_ACCOUNT_BROKEN, 4,
        report_count(report, source->rows_read), report_count(report, source->rows_used),
        report_count(report, source->rows_filtered), report_count(report, source->rows_rejected));
    add_line(report, sheet, &line);
}

static void add_reasons(struct report *report, struct sheet *sheet, const struct accounting *source)
{
    size_t i;

    for (i = 0; i < source->reason_count; i++) {
        const struct accounting_reason *reason = &source->reasons[i];
        struct line line = {.topic = reason->is_reject ? WORD_TOPIC_REJECTED : WORD_TOPIC_FILTERED,
                            .where = source->identity.name,
                            .link = source->identity.name,
                            .link_sheet = "sources",
                            .what = reason_text(report, reason),
                            .count = reason->n,
                            .of = source->rows_read,
                            .level = reason->is_reject ? LEVEL_WATCH : LEVEL_GOOD,
                            .first = places_text(report, reason)};

        add_line(report, sheet, &line);
    }
}

static void add_times(struct report *report, struct sheet *sheet, const struct accounting *source)
{
    const struct {
        uint64_t n;
        enum word what;
    } times[] = {{source->years_found, WORD_TIME_NO_YEAR},
                 {source->year_turns, WORD_TIME_YEAR_TURNS},
                 {source->times_gap, WORD_TIME_GAP},
                 {source->times_twice, WORD_TIME_TWICE},
                 {source->digits_dropped, WORD_TIME_DIGITS}};
    size_t i;

    for (i = 0; i < ARRAY_LEN(times); i++) {
        struct line line = {.topic = WORD_TOPIC_TIME,
                            .where = source->identity.name,
                            .link = source->identity.name,
                            .link_sheet = "sources",
                            .what = report_say(report, times[i].what),
                            .count = times[i].n,
                            .level = LEVEL_WATCH};

        if (times[i].n)
            add_line(report, sheet, &line);
    }
}

static uint64_t limits_met(const struct accounting *source)
{
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < source->rule_count; i++)
        n += source->rules[i].limits;
    return n;
}

static void add_source(struct report *report, struct sheet *sheet, const struct accounting *source)
{
    struct line truncated = {.topic = WORD_TOPIC_TRUNCATED,
                             .where = source->identity.name,
                             .link = source->identity.name,
                             .link_sheet = "sources",
                             .what = report_say(report, WORD_TRUNCATED),
                             .count = source->rows_read,
                             .level = LEVEL_BAD};

    struct line partial = {.topic = WORD_TOPIC_PARTIAL,
                           .where = source->identity.name,
                           .link = source->identity.name,
                           .link_sheet = source->rule_count ? "log-rules" : "sources",
                           .what = report_say(report, WORD_PARTIAL),
                           .count = limits_met(source),
                           .of = source->rows_read,
                           .level = LEVEL_BAD};

    add_account(report, sheet, source);
    if (source->identity.truncated)
        add_line(report, sheet, &truncated);
    if (source->is_partial)
        add_line(report, sheet, &partial);
    add_reasons(report, sheet, source);
    add_times(report, sheet, source);
}

static void add_missing(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    for (i = 0; i < evidence->missing_count; i++) {
        struct line line = {.topic = WORD_TOPIC_MISSING,
                            .where = evidence->missing[i].id,
                            .what = say_raw(evidence->missing[i].reason, report->lang),
                            .count = 1,
                            .level = LEVEL_BAD};

        add_line(report, sheet, &line);
    }
}

/* Records that name others, where some of these are not there. */
static void add_joins(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;
    size_t k;

    for (i = 0; i < evidence->join_count; i++) {
        const struct ledger_join *join = &evidence->joins[i];
        struct line line = {.topic = WORD_TOPIC_ORPHANS,
                            .where = join_name(report, join),
                            .count = join->orphans,
                            .of = join->named,
                            .level = LEVEL_WATCH};

        if (join->orphans == 0)
            continue;
        line.what = report_fill(report, WORD_CHECK_ORPHANS, 1, join->to);
        for (k = 0; k < join->first.count; k++) {
            buf_add_text(&report->scratch, k ? "; " : "");
            buf_add(&report->scratch, join->first.list[k].case_id);
        }
        line.first = report_keep(report);
        add_line(report, sheet, &line);
    }
}

/* "SLA attainment (computed): no deadline" */
static struct str about_figure(struct report *report, const struct figure *figure, struct str raw)
{
    struct str title = figure_title(report, figure);

    buf_add(&report->scratch, title);
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, say_raw(raw, report->lang));
    return report_keep(report);
}

static void add_exclusions(struct report *report, struct sheet *sheet, const struct figure *figure)
{
    size_t i;

    for (i = 0; i < figure->excluded_count; i++) {
        const struct exclusion *excluded = &figure->excluded[i];
        uint64_t all = figure->n + excluded->n;
        struct line line = {.topic = WORD_TOPIC_EXCLUDED,
                            .where = figure->id,
                            .link = figure->id,
                            .link_sheet = "metrics",
                            .what = about_figure(report, figure, excluded->reason),
                            .count = excluded->n,
                            .of = all,
                            .level = LEVEL_GOOD};

        if (str_is(excluded->reason, "end-before-start") ||
            (double)excluded->n >= EXCLUDED_MANY * (double)all)
            line.level = LEVEL_WATCH;
        if (excluded->n)
            add_line(report, sheet, &line);
    }
}

static void add_differences(struct report *report, struct sheet *sheet, const struct figure *figure)
{
    size_t i;

    for (i = 0; i < figure->difference_count; i++) {
        struct line line = {.topic = WORD_TOPIC_DISAGREE,
                            .where = figure->id,
                            .link = figure->id,
                            .link_sheet = "evidence",
                            .what = about_figure(report, figure, figure->differences[i].reason),
                            .count = figure->differences[i].n,
                            .of = figure->n,
                            .level = LEVEL_WATCH};

        if (figure->differences[i].n)
            add_line(report, sheet, &line);
    }
}

/* M-49 is about the data, not about the service. */
static void add_checks(struct report *report, struct sheet *sheet, const struct figure *figure)
{
    struct line line = {.topic = WORD_TOPIC_RECORDS,
                        .where = figure->id,
                        .link = figure->id,
                        .link_sheet = "metrics",
                        .what = about_figure(report, figure, figure->population),
                        .count = figure->k,
                        .of = figure->n,
                        .level = LEVEL_GOOD};

    if (isnan(figure->value))
        return;
    if (figure->value < RECORDS_GOOD)
        line.level = figure->value < RECORDS_USABLE ? LEVEL_BAD : LEVEL_WATCH;
    add_line(report, sheet, &line);
}

static void add_imprecise(struct report *report, struct sheet *sheet)
{
    const struct result *result = report->result;
    size_t i;

    for (i = 0; result && i < result->question_count; i++) {
        const struct assessment *assessment = &result->questions[i].assessment;
        struct line line = {.topic = WORD_TOPIC_IMPRECISE,
                            .where = result->questions[i].question.id,
                            .link = result->questions[i].question.id,
                            .link_sheet = "checklist",
                            .count = 1,
                            .level = LEVEL_WATCH};
        struct str low;
        struct str high;

        if (!assessment->is_imprecise)
            continue;
        buf_add_int(&report->scratch, assessment->proposed_low);
        low = report_keep(report);
        buf_add_int(&report->scratch, assessment->proposed_high);
        high = report_keep(report);
        line.what =
            report_fill(report, WORD_CHECK_IMPRECISE, 3, assessment->why_facts.measure, low, high);
        add_line(report, sheet, &line);
    }
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    add_columns(report, sheet);
    add_missing(report, sheet);
    for (i = 0; i < evidence->source_count; i++)
        add_source(report, sheet, &evidence->sources[i]);
    add_joins(report, sheet);
    for (i = 0; i < evidence->figure_count; i++)
        if (str_is(evidence->figures[i].measure, "M-49"))
            add_checks(report, sheet, &evidence->figures[i]);
    for (i = 0; i < evidence->figure_count; i++) {
        add_differences(report, sheet, &evidence->figures[i]);
        add_exclusions(report, sheet, &evidence->figures[i]);
    }
    add_imprecise(report, sheet);
}

static bool has_data(const struct report *report)
{
    return report->evidence->source_count + report->evidence->missing_count > 0;
}

extern const struct sheet_kind sheet_quality;
const struct sheet_kind sheet_quality = {
    .id = "data-quality", .name = WORD_SHEET_QUALITY, .has_data = has_data, .build = build};
