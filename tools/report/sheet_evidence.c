#include "page/house.h"
#include "report/report_parts.h"

/* Enough to tell files apart; the whole digest stands with the source. */
static const size_t DIGEST_DIGITS = 16;

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "measure", report_say(report, WORD_COL_MEASURE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "variant", report_say(report, WORD_COL_VARIANT), CELL_TEXT, WIDTH_INSTANT);
    sheet_column(sheet, "list", report_say(report, WORD_COL_LIST), CELL_TEXT, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_SAMPLE);
    sheet_column(sheet, "rank", report_say(report, WORD_COL_RANK), CELL_INTEGER, WIDTH_MARK);
    sheet_column(sheet, "case", report_say(report, WORD_COL_CASE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "value", report_say(report, WORD_COL_VALUE),
                 CELL_NUMBER, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_CITED);
    sheet_column(sheet, "remark", report_say(report, WORD_COL_REMARK), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "line", report_say(report, WORD_COL_LINE), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "byte", report_say(report, WORD_COL_BYTE), CELL_INTEGER, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_BYTE);
    sheet_column(sheet, "sha256", report_say(report, WORD_COL_SHA256_FIRST),
                 CELL_TEXT, WIDTH_NAME)->help =
        report_say(report, WORD_HELP_SHA256_FIRST);
    sheet_column(sheet, "question", report_say(report, WORD_COL_FIRST_QUESTION), CELL_TEXT,
                 WIDTH_QUESTION_ID);
}

struct list_of {
    const struct figure *figure;
    const struct citations *citations;
    struct str name;
    struct str remark; /* instead of the citation's own; may be missing */
    struct str anchor; /* of its rows, beside the figure's; may be missing */
    struct str question; /* the first that rests on the figure; may be missing */
};

static void add_citation(struct report *report, struct sheet *sheet, const struct list_of *list,
                         size_t number)
{
    const struct citation *citation = &list->citations->list[number];
    const struct evidence *evidence = report->evidence;
    const struct accounting *source =
        citation->source < evidence->source_count ? &evidence->sources[citation->source] : NULL;
    struct str digest;

    sheet_row(sheet);
    if (number > 0)
        sheet_detail(sheet);
    sheet_anchor(sheet, list->figure->id);
    sheet_anchor(sheet, list->anchor);
    sheet_text(sheet, list->figure->id);
    sheet_link(sheet, "metrics", list->figure->id);
    sheet_text(sheet, list->figure->measure);
    sheet_text(sheet, say_raw(list->figure->variant, report->lang));
    sheet_text(sheet, list->name);
    sheet_integer(sheet, number + 1);
    sheet_text(sheet, citation->case_id);
    if (unit_is_share(list->figure) && !list->figure->cited_unit.ptr)
        sheet_blank(sheet); /* a case is no share */
    else
        sheet_value(sheet,
                    list->figure->cited_unit.ptr ? list->figure->cited_unit : list->figure->unit,
                    citation->value);
    sheet_text(sheet, list->remark.ptr ? list->remark : say_raw(citation->note, report->lang));
    sheet_text(sheet, source ? source->identity.name : STR(""));
    if (source)
        sheet_link(sheet, "sources", source->identity.name);
    if (citation->line)
        sheet_integer(sheet, citation->line);
    else
        sheet_blank(sheet);
    sheet_integer(sheet, citation->offset);
    digest = source ? report_sha256(report, &source->identity.sha256) : STR("");
    if (digest.len > DIGEST_DIGITS)
        digest.len = DIGEST_DIGITS;
    sheet_text(sheet, digest);
    sheet_text(sheet, list->question);
    sheet_link(sheet, "checklist", list->question);
}

static void add_list(struct report *report, struct sheet *sheet, const struct figure *figure,
                     struct str question, enum word name, const struct citations *citations,
                     struct str remark)
{
    struct list_of list = {
        figure, citations, report_say(report, name), remark, {NULL, 0}, question};
    size_t i;

    if (name == WORD_LIST_LISTED)
        list.anchor = differences_anchor(report, figure);
    for (i = 0; i < citations->count; i++)
        add_citation(report, sheet, &list, i);
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    const struct str none = {NULL, 0};
    size_t i;
    size_t k;

    add_columns(report, sheet);
    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];
        struct str question;

        (void)figure_questions(report, figure, &question);
        add_list(report, sheet, figure, question, WORD_LIST_WORST, &figure->worst, none);
        add_list(report, sheet, figure, question, WORD_LIST_SAMPLE, &figure->sample, none);
        for (k = 0; k < figure->difference_count; k++)
            add_list(report, sheet, figure, question, WORD_LIST_LISTED,
                     &figure->differences[k].first,
                     say_raw(figure->differences[k].reason, report->lang));
        for (k = 0; k < figure->excluded_count; k++)
            add_list(report, sheet, figure, question, WORD_LIST_EXCLUDED,
                     &figure->excluded[k].first,
                     say_raw(figure->excluded[k].reason, report->lang));
    }
}

static bool has_data(const struct report *report)
{
    const struct evidence *evidence = report->evidence;
    size_t i;
    size_t k;

    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];

        if (figure->worst.count + figure->sample.count > 0)
            return true;
        for (k = 0; k < figure->difference_count; k++)
            if (figure->differences[k].first.count > 0)
                return true;
        for (k = 0; k < figure->excluded_count; k++)
            if (figure->excluded[k].first.count > 0)
                return true;
    }
    return false;
}

extern const struct sheet_kind sheet_evidence;
const struct sheet_kind sheet_evidence = {
    .id = "evidence", .name = WORD_SHEET_EVIDENCE, .has_data = has_data, .build = build};
