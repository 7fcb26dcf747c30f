/*
 * What each section of the checklist came to. The cells follow the sheet "checklist", the charts
 * of the cover follow these cells.
 */
#include <math.h>

#include "page/house.h"
#include "report/live.h"
#include "report/sections.h"

/* Characters of a section's name beside a chart. */
static const size_t LABEL_CHARACTERS = 24;
/* A shorter word does not stand at the end: "Requirements determined and" */
static const size_t LABEL_WORD = 4;

struct section_sums {
    const struct section *section;
    struct str name;
    struct str first_question;
    bool asks[INDEX_COUNT]; /* one of its questions is of the index */
    uint64_t questions;
    uint64_t counts[SECTION_ASIDE - SECTION_MET + 1];
    double weights[SECTION_WEIGHT_ASIDE - SECTION_WEIGHT_SCORED + 1];
};

static void add_columns(struct report *report, struct sheet *sheet)
{
    static const struct {
        const char *id;
        enum word title;
        enum cell_type type;
        double width;
    } columns[SECTION_COLUMNS] = {
        [SECTION_NAME] = {"section", WORD_COL_SECTION, CELL_TEXT, WIDTH_SENTENCE},
        [SECTION_QUESTIONS] = {"questions", WORD_COL_QUESTIONS, CELL_INTEGER, WIDTH_COUNT},
        [SECTION_SCORE] = {"score", WORD_COL_CONFORMITY, CELL_SHARE, WIDTH_COUNT},
        [SECTION_LOW] = {"low", WORD_LOW, CELL_SHARE, WIDTH_COUNT},
        [SECTION_HIGH] = {"high", WORD_HIGH, CELL_SHARE, WIDTH_COUNT},
        [SECTION_COVERAGE] = {"coverage", WORD_COVERAGE, CELL_SHARE, WIDTH_COUNT},
        [SECTION_PRACTICE] = {"practice", WORD_COL_PRACTICE, CELL_SHARE, WIDTH_COUNT},
        [SECTION_PRACTICE_COVERAGE] = {"practice-coverage", WORD_COL_PRACTICE_COVERAGE, CELL_SHARE,
                                       WIDTH_COUNT},
        [SECTION_MET] = {"met", WORD_PART_MET, CELL_INTEGER, WIDTH_COUNT},
        [SECTION_PARTLY] = {"partly", WORD_PART_PARTLY, CELL_INTEGER, WIDTH_COUNT},
        [SECTION_UNMET] = {"unmet", WORD_PART_UNMET, CELL_INTEGER, WIDTH_COUNT},
        [SECTION_OPEN] = {"open", WORD_PART_OPEN, CELL_INTEGER, WIDTH_COUNT},
        [SECTION_ASIDE] = {"aside", WORD_PART_ASIDE, CELL_INTEGER, WIDTH_COUNT},
        [SECTION_WEIGHT_SCORED] = {"weight-scored", WORD_COL_WEIGHT_SCORED, CELL_NUMBER,
                                   WIDTH_COUNT},
        [SECTION_WEIGHT_OPEN] = {"weight-open", WORD_COL_WEIGHT_OPEN, CELL_NUMBER, WIDTH_COUNT},
        [SECTION_WEIGHT_ASIDE] = {"weight-aside", WORD_COL_WEIGHT_ASIDE, CELL_NUMBER, WIDTH_COUNT},
        [SECTION_LABEL] = {"label", WORD_COL_SHORT, CELL_TEXT, WIDTH_NAME},
        [SECTION_ORDER] = {"order", WORD_CALC_SECTION, CELL_INTEGER, WIDTH_MARK},
    };
    size_t i;

    for (i = 0; i < SECTION_COLUMNS; i++) {
        struct column *column =
            sheet_column(sheet, columns[i].id, report_say(report, columns[i].title),
                         columns[i].type, columns[i].width);

        column->decimals = columns[i].type == CELL_SHARE ? 1 : 0;
    }
    sheet->columns[SECTION_LABEL].is_hidden = true;
    sheet->columns[SECTION_ORDER].is_hidden = true;
}

/* --- sums --- */

static size_t count_column(const struct assessment *assessment)
{
    if (assessment->status == ANSWER_NOTCHECKED)
        return SECTION_OPEN;
    if (assessment->status != ANSWER_SCORED)
        return SECTION_ASIDE;
    return assessment->points >= 8   ? SECTION_MET
           : assessment->points >= 6 ? SECTION_PARTLY
                                     : SECTION_UNMET;
}

static void add_question(struct section_sums *sums, const struct result_question *item)
{
    enum answer_status status = item->assessment.status;
    double weight = ratio_to_double(item->question.weight);

    if (!sums->first_question.ptr)
        sums->first_question = item->question.id;
    sums->questions++;
    sums->asks[index_of(item->question.basis)] = true;
    sums->counts[count_column(&item->assessment) - SECTION_MET]++;
    sums->weights[status == ANSWER_SCORED ? 0 : status == ANSWER_NOTCHECKED ? 1 : 2] += weight;
}

static struct section_sums *sum_up(struct report *report)
{
    const struct result *result = report->result;
    struct section_sums *list = arena_alloc(report->arena, result->section_count, sizeof *list);
    size_t i;
    size_t k;

    if (!list) {
        report->book->failed = true;
        return NULL;
    }
    for (i = 0; i < result->section_count; i++) {
        list[i].section = &result->sections[i];
        list[i].name = words_in(&result->sections[i].title, report->lang);
        if (!list[i].name.len)
            list[i].name = result->sections[i].id;
    }
    for (i = 0; i < result->question_count; i++)
        for (k = 0; k < result->section_count; k++)
            if (str_equal(result->questions[i].question.section, result->sections[k].id))
                add_question(&list[k], &result->questions[i]);
    return list;
}

/* --- formulas --- */

static const char THIS_SECTION[] = "{checklist.section_number},{sections.order!}";

static struct str count_formula(struct report *report, size_t column)
{
    static const char *const conditions[] = {"1,{calculation.points},\">=8\"",
                                             "1,{calculation.points},6",
                                             "1,{calculation.points},\"<6\"", "2"};

    if (column == SECTION_ASIDE)
        return STR("={sections.questions!}-{sections.met!}-{sections.partly!}-{sections.unmet!}"
                   "-{sections.open!}");
    buf_printf(&report->scratch, "=COUNTIFS(%s,{calculation.state},%s)", THIS_SECTION,
               conditions[column - SECTION_MET]);
    return report_keep(report);
}

static struct str weight_formula(struct report *report, size_t column)
{
    if (column == SECTION_WEIGHT_ASIDE) {
        buf_printf(&report->scratch,
                   "=SUMIFS({checklist.weight},%s)-{sections.weight-scored!}"
                   "-{sections.weight-open!}",
                   THIS_SECTION);
        return report_keep(report);
    }
    buf_printf(&report->scratch, "=SUMIFS({checklist.weight},%s,{calculation.state},%d)",
               THIS_SECTION, column == SECTION_WEIGHT_OPEN ? LIVE_OPEN : LIVE_SCORED);
    return report_keep(report);
}

/* --- rows --- */

/* Cut at the end of a word that says something. */
static struct str short_name(struct report *report, struct str name)
{
    size_t characters = 0;
    size_t end = 0;
    size_t word = 0;
    size_t i;

    for (i = 0; i < name.len && characters <= LABEL_CHARACTERS; i++) {
        characters += ((unsigned char)name.ptr[i] & 0xC0) != 0x80;
        if (name.ptr[i] == ' ' && i >= word + LABEL_WORD)
            end = i;
        if (name.ptr[i] == ' ')
            word = i + 1;
    }
    if (characters <= LABEL_CHARACTERS || end == 0)
        return name;
    buf_add(&report->scratch, (struct str){name.ptr, end});
    buf_add_text(&report->scratch, "\xE2\x80\xA6");
    return report_keep(report);
}

static struct str label_text(struct report *report, struct str name, size_t number)
{
    struct str brief = short_name(report, name);

    buf_add_int(&report->scratch, (int64_t)number + 1);
    buf_add_char(&report->scratch, ' ');
    buf_add(&report->scratch, brief);
    return report_keep(report);
}

/* What the sheet "scoring" has of the section; nothing where none of its questions is of the index. */
static void add_share(struct report *report, struct sheet *sheet, const struct section_sums *sums,
                      enum index_kind kind, const char *column, bool is_there, struct ratio share)
{
    struct str key = live_section_key(report, kind, sums->section->id);

    if (is_there)
        sheet_share(sheet, ratio_to_double(share));
    else
        sheet_text(sheet, STR(""));
    sheet_becomes(sheet, CELL_SHARE);
    if (!sums->asks[kind])
        return;
    buf_printf(&report->scratch, "={scoring.%s@%.*s}", column, STR_ARG(key));
    sheet_formula(sheet, report_keep(report));
}

static void add_section(struct report *report, struct sheet *sheet, const struct section_sums *sums,
                        size_t number)
{
    const struct tally *conformity = &report->result->index[INDEX_CONFORMITY].sections[number];
    const struct tally *practice = &report->result->index[INDEX_PRACTICE].sections[number];
    size_t i;

    sheet_row(sheet);
    sheet_anchor(sheet, sums->section->id);
    sheet_text(sheet, sums->name);
    sheet_style(sheet, STYLE_STRONG);
    sheet_link(sheet, "checklist", sums->first_question);
    sheet_integer(sheet, sums->questions);
    add_share(report, sheet, sums, INDEX_CONFORMITY, "score", conformity->has_score,
              conformity->score);
    add_share(report, sheet, sums, INDEX_CONFORMITY, "low", conformity->has_coverage,
              conformity->low);
    add_share(report, sheet, sums, INDEX_CONFORMITY, "high", conformity->has_coverage,
              conformity->high);
    add_share(report, sheet, sums, INDEX_CONFORMITY, "coverage", conformity->has_coverage,
              conformity->coverage);
    add_share(report, sheet, sums, INDEX_PRACTICE, "score", practice->has_score, practice->score);
    add_share(report, sheet, sums, INDEX_PRACTICE, "coverage", practice->has_coverage,
              practice->coverage);
    for (i = SECTION_MET; i <= SECTION_ASIDE; i++) {
        sheet_integer(sheet, sums->counts[i - SECTION_MET]);
        sheet_formula(sheet, count_formula(report, i));
    }
    for (i = SECTION_WEIGHT_SCORED; i <= SECTION_WEIGHT_ASIDE; i++) {
        double weight = sums->weights[i - SECTION_WEIGHT_SCORED];

        sheet_number(sheet, weight);
        sheet_decimals(sheet, weight == floor(weight) ? 0 : 2);
        sheet_formula(sheet, weight_formula(report, i));
    }
    sheet_text(sheet, label_text(report, sums->name, number));
    sheet_integer(sheet, number + 1);
}

static void build(struct report *report, struct sheet *sheet)
{
    struct section_sums *list = sum_up(report);
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    for (i = 0; list && i < report->result->section_count; i++)
        add_section(report, sheet, &list[i], i);
    section_radar(report, sheet);
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->section_count > 0 &&
           report->result->question_count > 0;
}

extern const struct sheet_kind sheet_sections;
const struct sheet_kind sheet_sections = {
    .id = "sections", .name = WORD_SHEET_SECTIONS, .has_data = has_data, .build = build};
