/*
 * All that the four lists for top management have: what was looked for, what was found, where it
 * stands in this workbook, and in which record. What was looked for in vain stands there, too.
 */
#include "page/house.h"
#include "report/four_lists.h"

enum { ITEM_LINKS = 3 };

static const enum level levels[KIND_STANDING_COUNT] = {
    [KIND_UNTOLD] = LEVEL_MUTED,
    [KIND_NONE] = LEVEL_GOOD,
    [KIND_FOUND] = LEVEL_BAD,
};

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "list", report_say(report, WORD_COL_LIST_OF), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "kind", report_say(report, WORD_COL_LISTED_KIND), CELL_TEXT,
                 WIDTH_PHRASE);
    sheet_column(sheet, "what", report_say(report, WORD_COL_LISTED_WHAT), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "details", report_say(report, WORD_COL_LISTED_DETAILS), CELL_TEXT,
                 WIDTH_LONG);
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, WIDTH_ID);
    sheet->printed_columns = sheet->column_count;
    sheet_column(sheet, "case", report_say(report, WORD_COL_CASE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "line", report_say(report, WORD_COL_LINE), CELL_INTEGER, WIDTH_ID);
    sheet_column(sheet, "byte", report_say(report, WORD_COL_BYTE), CELL_INTEGER, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_BYTE);
}

static void add_start(struct report *report, struct sheet *sheet, const struct list_kind *kind)
{
    sheet_row(sheet);
    sheet_text(sheet, report_say(report, four_list_name(kind->source->list)));
    sheet_text(sheet, report_say(report, kind->source->name));
}

static void add_figure(struct sheet *sheet, const struct list_kind *kind, bool has_link)
{
    if (!kind->figure) {
        sheet_blank(sheet);
        return;
    }
    sheet_text(sheet, kind->figure->id);
    if (has_link)
        sheet_link(sheet, "metrics", kind->figure->id);
}

static void add_no_place(struct sheet *sheet)
{
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_blank(sheet);
    sheet_blank(sheet);
}

/* How much was found of what was looked at. */
static void add_kind(struct report *report, struct sheet *sheet, const struct list_kind *kind,
                     bool is_first)
{
    add_start(report, sheet, kind);
    sheet_style(sheet, STYLE_STRONG);
    if (is_first)
        sheet_anchor(sheet, str_of(four_list_id(kind->source->list)));
    sheet_anchor(sheet, str_of(kind->source->id));
    sheet_text(sheet, list_kind_text(report, kind));
    sheet_style(sheet, STYLE_STRONG);
    sheet_level(sheet, levels[kind->standing]);
    if (kind->standing == KIND_FOUND)
        sheet_text(sheet, kind->figure && !kind->source->collect
                              ? say_raw(kind->figure->population, report->lang)
                              : STR(""));
    else
        sheet_span(sheet, 2);
    add_figure(sheet, kind, /* has_link= */ true);
    add_no_place(sheet);
}

static void add_item(struct report *report, struct sheet *sheet, const struct list_kind *kind,
                     const struct list_item *item, bool has_links)
{
    add_start(report, sheet, kind);
    sheet_text(sheet, item->what);
    if (item->sheet && has_links)
        sheet_link(sheet, item->sheet, item->key);
    sheet_text(sheet, item->details);
    add_figure(sheet, kind, has_links);
    report_place(report, sheet, &item->place, has_links);
}

/* A figure names some of its records only. */
static void add_more(struct report *report, struct sheet *sheet, const struct list_kind *kind)
{
    if (kind->item_count == 0 || kind->count <= kind->item_count || !kind->figure)
        return;
    add_start(report, sheet, kind);
    sheet_text(sheet, report_fill(report, WORD_LIST_KIND_MORE, 2,
                                  report_count(report, kind->count - kind->item_count),
                                  kind->figure->id));
    sheet_level(sheet, LEVEL_MUTED);
    sheet_blank(sheet);
    add_figure(sheet, kind, /* has_link= */ true);
    add_no_place(sheet);
}

static void build(struct report *report, struct sheet *sheet)
{
    struct four_lists lists;
    size_t rows = 0;
    size_t i;
    size_t k;

    four_lists_collect(report, &lists);
    add_columns(report, sheet);
    sheet->frozen_columns = 2;
    for (i = 0; i < lists.count; i++)
        rows += 2 + lists.kinds[i].item_count;
    for (i = 0; i < lists.count; i++) {
        const struct list_kind *kind = &lists.kinds[i];
        bool is_first = i == 0 || kind->source->list != kind[-1].source->list;

        add_kind(report, sheet, kind, is_first);
        for (k = 0; k < kind->item_count; k++)
            add_item(report, sheet, kind, &kind->items[k],
                     k == 0 || rows <= REPORT_SHEET_LINKS / ITEM_LINKS);
        add_more(report, sheet, kind);
    }
}

static bool has_data(const struct report *report)
{
    return report->result != NULL;
}

extern const struct sheet_kind sheet_four_lists;
const struct sheet_kind sheet_four_lists = {
    .id = "four-lists", .name = WORD_SHEET_FOUR_LISTS, .has_data = has_data, .build = build};
