#include "page/house.h"
#include "report/four_lists.h"

/* Enough to tell files apart; the whole digest stands with the source. */
static const size_t DIGEST_DIGITS = 16;

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "measure", report_say(report, WORD_COL_MEASURE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "variant", report_say(report, WORD_COL_VARIANT), CELL_TEXT, WIDTH_INSTANT);
    sheet_column(sheet, "list", report_say(report, WORD_COL_LIST), CELL_TEXT, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_SAMPLE);
    sheet_column(sheet, "rank", report_say(report, WORD_COL_RANK), CELL_INTEGER, WIDTH_MARK);
    sheet_column(sheet, "case", report_say(report, WORD_COL_CASE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "value", report_say(report, WORD_COL_VALUE),
                 CELL_NUMBER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_CITED);
    sheet_column(sheet, "remark", report_say(report, WORD_COL_REMARK), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "line", report_say(report, WORD_COL_LINE), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "byte", report_say(report, WORD_COL_BYTE), CELL_INTEGER, WIDTH_NUMBER)->help =
        report_say(report, WORD_HELP_BYTE);
    sheet_column(sheet, "sha256", report_say(report, WORD_COL_SHA256_FIRST),
                 CELL_TEXT, WIDTH_WORDS)->help =
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
    const struct str *digests; /* of the sources, their first digits */
    bool has_links; /* in every row; else in the first of each list */
    bool is_worst;  /* rows that the four lists lead to */
};

/* Links of one row. */
enum { EVIDENCE_LINKS = 3 };

struct str evidence_row_key(struct report *report, const struct figure *figure, size_t number)
{
    buf_printf(&report->scratch, "%.*s:worst:%zu", STR_ARG(figure->id), number + 1);
    return report_keep(report);
}

static void add_citation(struct report *report, struct sheet *sheet, const struct list_of *list,
                         size_t number)
{
    const struct citation *citation = &list->citations->list[number];
    const struct evidence *evidence = report->evidence;
    const struct accounting *source =
        citation->source < evidence->source_count ? &evidence->sources[citation->source] : NULL;
    bool has_links = list->has_links || number == 0;

    sheet_row(sheet);
    if (number > 0) {
        sheet_detail(sheet);
    } else {
        sheet_anchor(sheet, list->figure->id);
        sheet_anchor(sheet, list->anchor);
    }
    if (list->is_worst)
        sheet_anchor(sheet, evidence_row_key(report, list->figure, number));
    sheet_text(sheet, list->figure->id);
    if (has_links)
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
    if (source && has_links)
        sheet_link(sheet, "sources", source->identity.name);
    if (citation->line)
        sheet_integer(sheet, citation->line);
    else
        sheet_blank(sheet);
    sheet_integer(sheet, citation->offset);
    sheet_text(sheet, source ? list->digests[citation->source] : STR(""));
    sheet_text(sheet, list->question);
    if (has_links)
        sheet_link(sheet, "checklist", list->question);
}

static void add_list(struct report *report, struct sheet *sheet, const struct list_of *common,
                     enum word name, const struct citations *citations, struct str remark)
{
    struct list_of list = *common;
    size_t i;

    list.citations = citations;
    list.name = report_say(report, name);
    list.remark = remark;
    list.is_worst = name == WORD_LIST_WORST;
    if (name == WORD_LIST_LISTED)
        list.anchor = differences_anchor(report, list.figure);
    for (i = 0; i < citations->count; i++)
        add_citation(report, sheet, &list, i);
}

static size_t citation_count(const struct figure *figure)
{
    size_t count = figure->worst.count + figure->sample.count;
    size_t i;

    for (i = 0; i < figure->difference_count; i++)
        count += figure->differences[i].first.count;
    for (i = 0; i < figure->excluded_count; i++)
        count += figure->excluded[i].first.count;
    return count;
}

static size_t row_count(const struct evidence *evidence)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++)
        count += citation_count(&evidence->figures[i]);
    return count;
}

static const struct str *make_digests(struct report *report)
{
    const struct evidence *evidence = report->evidence;
    struct str *digests = arena_alloc(report->arena, evidence->source_count, sizeof *digests);
    size_t i;

    if (!digests)
        report->book->failed = true;
    for (i = 0; digests && i < evidence->source_count; i++) {
        digests[i] = report_sha256(report, &evidence->sources[i].identity.sha256);
        if (digests[i].len > DIGEST_DIGITS)
            digests[i].len = DIGEST_DIGITS;
    }
    return digests;
}

static void add_figure(struct report *report, struct sheet *sheet, const struct list_of *list)
{
    const struct figure *figure = list->figure;
    const struct str none = {NULL, 0};
    size_t k;

    add_list(report, sheet, list, WORD_LIST_WORST, &figure->worst, none);
    add_list(report, sheet, list, WORD_LIST_SAMPLE, &figure->sample, none);
    for (k = 0; k < figure->difference_count; k++)
        add_list(report, sheet, list, WORD_LIST_LISTED, &figure->differences[k].first,
                 say_raw(figure->differences[k].reason, report->lang));
    for (k = 0; k < figure->excluded_count; k++)
        add_list(report, sheet, list, WORD_LIST_EXCLUDED, &figure->excluded[k].first,
                 say_raw(figure->excluded[k].reason, report->lang));
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    struct list_of list = {.digests = make_digests(report)};
    size_t i;

    add_columns(report, sheet);
    list.has_links = row_count(evidence) <= REPORT_SHEET_LINKS / EVIDENCE_LINKS;
    for (i = 0; list.digests && i < evidence->figure_count; i++) {
        list.figure = &evidence->figures[i];
        (void)figure_questions(report, list.figure, &list.question);
        add_figure(report, sheet, &list);
    }
}

static bool has_data(const struct report *report)
{
    return row_count(report->evidence) > 0;
}

extern const struct sheet_kind sheet_evidence;
const struct sheet_kind sheet_evidence = {
    .id = "evidence", .name = WORD_SHEET_EVIDENCE, .has_data = has_data, .build = build};
