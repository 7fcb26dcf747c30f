#include <math.h>

#include "base/mem.h"
#include "page/house.h"
#include "page/lines.h"
#include "report/cover.h"
#include "report/live.h"

/* One pane: label, four numbers, text; the gap between the panes. */
static const double WIDTHS[PANE_COLUMNS] = {27, 10, 9, 9, 10, 18.5};
static const double GAP = 2;
static const unsigned ALL_COLUMNS = PANE_COLUMNS * 2 + 1;
/* Rows that charts lie over: in less they could not be read. */
static const double CHARTS_POINTS[] = {145, 175};
/* Room for a signature. */
static const double HAND_POINTS = 32;

static double text_columns_width(bool has_numbers)
{
    double width = WIDTHS[PANE_COLUMNS - 1];
    size_t i;

    for (i = 1; !has_numbers && i < PANE_COLUMNS - 1; i++)
        width += WIDTHS[i];
    return width;
}

static double strip_height(const struct strip *strip)
{
    double label;
    double text;

    if (!strip)
        return 0;
    label = lines_height(lines_needed(strip->label, WIDTHS[0]));
    text = lines_height(lines_needed(strip->text, text_columns_width(strip->has_numbers)));
    if (strip->height > 0)
        return strip->height;
    if (strip->label_style == STYLE_BIG)
        label = house.big_points;
    return label > text ? label : text;
}

static void add_label(struct sheet *sheet, const struct strip *strip)
{
    if (strip->label_type == CELL_SHARE && !strip->label.len)
        sheet_share(sheet, strip->label_number);
    else
        sheet_text(sheet, strip->label);
    if (strip->label_type == CELL_SHARE)
        sheet_becomes(sheet, CELL_SHARE);
    sheet_formula(sheet, strip->label_formula);
    sheet_rules(sheet, strip->label_rules, strip->label_rule_count);
    sheet_style(sheet, strip->label_style);
    sheet_level(sheet, strip->label_level);
    if (strip->link_sheet)
        sheet_link(sheet, strip->link_sheet, strip->link_key);
}

static void add_numbers(struct sheet *sheet, const struct strip *strip)
{
    size_t i;

    for (i = 0; i < PANE_NUMBERS; i++) {
        if (strip->heads[i].len)
            sheet_text(sheet, strip->heads[i]);
        else
            sheet_value(sheet, strip->units[i], strip->numbers[i]);
        sheet_style(sheet,
                    strip->label_style == STYLE_HEAD ? STYLE_HEAD_NUMBER : strip->label_style);
        sheet_formula(sheet, strip->formulas[i]);
        if (strip->names[i])
            sheet_name(sheet, strip->names[i]);
    }
}

static void add_strip(struct sheet *sheet, const struct strip *strip)
{
    size_t i;

    if (!strip) {
        for (i = 0; i < PANE_COLUMNS; i++)
            sheet_blank(sheet);
        return;
    }
    add_label(sheet, strip);
    if (strip->label_style == STYLE_SECTION) {
        sheet_span(sheet, PANE_COLUMNS);
        return;
    }
    if (strip->has_numbers)
        add_numbers(sheet, strip);
    if (strip->time.us != INSTANT_MISSING.us) {
        sheet_instant(sheet, strip->time);
        sheet_name(sheet, strip->time_name);
        sheet_input(sheet);
    } else {
        sheet_text(sheet, strip->text);
        sheet_formula(sheet, strip->text_formula);
        sheet_rules(sheet, strip->text_rules, strip->text_rule_count);
    }
    if (!strip->has_numbers)
        sheet_span(sheet, PANE_COLUMNS - 1);
    sheet_style(sheet, strip->text_style);
    sheet_level(sheet, strip->text_level);
}

static void add_panes(struct sheet *sheet, const struct pane *left, const struct pane *right,
                      bool starts_page)
{
    size_t rows = left->count > right->count ? left->count : right->count;
    size_t i;

    for (i = 0; i < rows; i++) {
        const struct strip *a = i < left->count ? &left->strips[i] : NULL;
        const struct strip *b = i < right->count ? &right->strips[i] : NULL;
        double height = fmax(strip_height(a), strip_height(b));

        sheet_row(sheet);
        if (starts_page && i == 0)
            sheet_page(sheet);
        add_strip(sheet, a);
        sheet_blank(sheet);
        add_strip(sheet, b);
        sheet_height(sheet, height);
    }
}

static void pane_heading(struct pane *pane, struct str text)
{
    struct strip *strip = pane_add(pane);

    strip->label = text;
    strip->label_style = STYLE_SECTION;
    strip->height = house.section_points;
    pane_add(pane)->height = house.gap_points; /* air below the line */
}

static void add_wide(struct sheet *sheet, struct str text, enum style style, enum level level,
                     double points)
{
    sheet_row(sheet);
    sheet_height(sheet, points);
    sheet_text(sheet, text);
    sheet_style(sheet, style);
    sheet_level(sheet, level);
    sheet_span(sheet, ALL_COLUMNS);
}

static struct str titled(struct report *report, enum word name, enum word of)
{
    buf_add(&report->scratch, report_say(report, name));
    buf_add_text(&report->scratch, ": ");
    buf_add(&report->scratch, report_say(report, of));
    return report_keep(report);
}

/* What a reader has to know first: that this is no longer what was written. */
static struct str changed_formula(struct report *report)
{
    static const char answers[] = "SUM({calculation.changed})";
    const char *actions = report->result->action_count ? "SUM({capa.changed})" : "0";
    struct str answer_count = live_count(report, answers);
    struct str action_count = live_count(report, actions);
    struct buf *out = &report->scratch;

    buf_printf(out, "=IF(%s+%s=0,\"\",", answers, actions);
    live_fill(report, WORD_CHANGED, 2, answer_count.ptr, action_count.ptr);
    buf_add_char(out, ')');
    return report_keep(report);
}

/* The title, and beside it whether anything has changed since. */
static void add_name(struct report *report, struct sheet *sheet)
{
    static const struct look_rule rule = {WHEN_TRUE, {"={cover.r2!}<>\"\"", 17}, LEVEL_WATCH};

    sheet_row(sheet);
    sheet_height(sheet, house.title_points);
    buf_add(&report->scratch, report_say(report, WORD_TITLE));
    buf_add_text(&report->scratch, "  \xC2\xB7  ");
    buf_add(&report->scratch, report_say(report, WORD_CLAUSE));
    sheet_text(sheet, report_keep(report));
    sheet_style(sheet, STYLE_TITLE);
    sheet_span(sheet, PANE_COLUMNS + 2);
    sheet_text(sheet, STR(""));
    sheet_style(sheet, STYLE_NOTE);
    sheet_span(sheet, PANE_COLUMNS - 1);
    sheet_formula(sheet, changed_formula(report));
    sheet_rules(sheet, &rule, 1);
}

static void add_title(struct report *report, struct sheet *sheet)
{
    struct str period = report_period(report);
    struct buf *out = &report->scratch;
    enum level level;
    struct str headline = headline_text(report, &level);
    size_t rule_count;
    const struct look_rule *rules = headline_look(&rule_count);

    add_name(report, sheet);
    buf_add(out, report->evidence->audit.organization);
    buf_add_text(out, out->len ? "  \xC2\xB7  " : "");
    buf_add(out, report->book->title);
    buf_add_text(out, "  \xC2\xB7  ");
    buf_add(out, period);
    add_wide(sheet, report_keep(report), STYLE_STRONG, LEVEL_NONE, 18);
    add_wide(sheet, headline, STYLE_BOX, level, house.box_points);
    sheet_formula(sheet, headline_formula(report));
    sheet_rules(sheet, rules, rule_count);
    if (report->evidence->is_client_copy)
        add_wide(sheet, report_say(report, WORD_CLIENT_COPY_IS), STYLE_NOTE, LEVEL_NONE, 18);
}

static void add_columns(struct sheet *sheet)
{
    static const char *const ids[] = {"l1", "l2", "l3", "l4", "l5", "l6", "gap",
                                      "r1", "r2", "r3", "r4", "r5", "r6"};
    const struct str none = {NULL, 0};
    size_t i;

    for (i = 0; i < PANE_COLUMNS; i++)
        sheet_column(sheet, ids[i], none, CELL_TEXT, WIDTHS[i]);
    sheet_column(sheet, ids[PANE_COLUMNS], none, CELL_TEXT, GAP);
    for (i = 0; i < PANE_COLUMNS; i++)
        sheet_column(sheet, ids[PANE_COLUMNS + 1 + i], none, CELL_TEXT, WIDTHS[i]);
}

/* Both indexes beside each other: they are never one number. */
static void add_scores(struct report *report, struct sheet *sheet, struct pane *left,
                       struct pane *right)
{
    pane_heading(left, titled(report, WORD_CONFORMITY, WORD_CONFORMITY_OF));
    cover_scores(report, INDEX_CONFORMITY, left);
    pane_heading(right, titled(report, WORD_PRACTICE, WORD_PRACTICE_OF));
    cover_scores(report, INDEX_PRACTICE, right);
    add_panes(sheet, left, right, /* starts_page= */ false);
}

/* What top management reads in a minute: how it stands, what to decide, and the four lists. */
static void add_first_page(struct report *report, struct sheet *sheet, struct pane *panes)
{
    add_title(report, sheet);
    add_scores(report, sheet, &panes[0], &panes[1]);
    pane_heading(&panes[2], report_say(report, WORD_DECISIONS));
    cover_decisions(report, &panes[2]);
    pane_heading(&panes[3], report_say(report, WORD_SHEET_GATES));
    cover_gates(report, &panes[3]);
    add_panes(sheet, &panes[2], &panes[3], /* starts_page= */ false);
    add_wide(sheet, report_say(report, WORD_FOUR_LISTS), STYLE_SECTION, LEVEL_NONE,
             house.section_points);
    sheet_row(sheet);
    sheet_height(sheet, house.gap_points);
    cover_lists(report, &panes[4], &panes[5]);
    add_panes(sheet, &panes[4], &panes[5], /* starts_page= */ false);
    add_wide(sheet, report_say(report, WORD_DISCLAIMER), STYLE_STRONG, LEVEL_NONE, 20);
}

static void add_charts(struct report *report, struct sheet *sheet)
{
    size_t first;
    size_t i;

    add_wide(sheet, report_say(report, WORD_BY_SECTION), STYLE_SECTION, LEVEL_NONE,
             house.section_points);
    sheet_page(sheet);
    first = sheet->row_count;
    for (i = 0; i < ARRAY_LEN(CHARTS_POINTS); i++) {
        sheet_row(sheet);
        sheet_height(sheet, CHARTS_POINTS[i]);
    }
    cover_charts(report, sheet, first, PANE_COLUMNS + 1);
}

/* What that rests on: sections, figures, findings. */
static void add_second_page(struct report *report, struct sheet *sheet, struct pane *left,
                            struct pane *right)
{
    add_charts(report, sheet);
    pane_heading(left, report_say(report, WORD_KEY_FIGURES));
    cover_figures(report, left);
    pane_heading(right, report_say(report, WORD_TOP_FINDINGS));
    cover_findings(report, right);
    add_panes(sheet, left, right, /* starts_page= */ false);
}

/* Points of the rows from that one on to the next page; the last of them. */
static double page_points(struct row *from, struct row **ret_last)
{
    double points = 0;
    struct row *row = from;

    for (;; row = row->next) {
        points += (double)row->height;
        *ret_last = row;
        if (!row->next || row->next->starts_page)
            return points;
    }
}

/*
 * Pages are printed as wide as paper is. Programs that fit pages to paper do not look at where
 * pages are to begin: so the rows of each but the last fill it. With more rows than one holds all
 * are made wider, which prints them smaller, but none smaller than can be read: then they go on.
 */
static void fill_pages(struct sheet *sheet)
{
    const double rounding = 0.995;
    double high = 72 * (house.page_height - 2 * house.margin_end);
    double wide = 96 * (house.page_width - 2 * house.margin_side);
    double pixels = 0;
    double most = 0;
    double room;
    struct row *last;
    struct row *row;
    size_t i;

    for (i = 0; i < sheet->column_count; i++)
        pixels += width_pixels(sheet->columns[i].width);
    for (row = sheet->rows; row; row = last->next) {
        double points = page_points(row, &last);

        most = last->next ? fmax(most, points) : most;
    }
    room = rounding * high * pixels / wide;
    if (most > room) {
        double wider = fmin(most / room, wide / house.print_least / pixels);

        for (i = 0; i < sheet->column_count && wider > 1; i++)
            sheet->columns[i].width *= wider;
        room *= fmax(wider, 1);
    }
    for (row = sheet->rows; row; row = last->next) {
        double points = page_points(row, &last);

        if (last->next && points < room)
            last->height += (float)(room - points);
    }
}

/* A line to write on by hand. */
static void add_signature(struct report *report, struct pane *pane, enum word role)
{
    struct strip *strip = pane_add(pane);

    strip->label = report_say(report, role);
    strip->label_style = STYLE_LABEL;
    strip->text_style = STYLE_SECTION; /* its rule */
    strip->height = HAND_POINTS;
}

/* Who answers for the result, and who has seen it. */
static void add_signatures(struct report *report, struct sheet *sheet, struct pane *left,
                           struct pane *right)
{
    pane_heading(left, report_say(report, WORD_SIGN_AUDIT));
    add_signature(report, left, WORD_NC_SIGN_LEAD);
    add_signature(report, left, WORD_NC_SIGN_AUDITOR);
    pane_heading(right, report_say(report, WORD_SIGN_SEEN));
    add_signature(report, right, WORD_NC_SIGN_AUDITEE);
    add_signature(report, right, WORD_SIGN_TOP);
    add_panes(sheet, left, right, /* starts_page= */ false);
}

/* Where it comes from, and who answers for it. */
static void add_third_page(struct report *report, struct sheet *sheet, struct pane *panes)
{
    pane_heading(&panes[0], report_say(report, WORD_AUDIT_DATA));
    cover_about(report, &panes[0]);
    pane_heading(&panes[1], report_say(report, WORD_NEXT));
    cover_open(report, &panes[1]);
    pane_heading(&panes[1], report_say(report, WORD_INPUTS));
    cover_inputs(report, &panes[1]);
    add_panes(sheet, &panes[0], &panes[1], /* starts_page= */ true);
    add_wide(sheet, report_fill(report, WORD_LIVE, 1, report_say(report, WORD_SHEET_CHECKLIST)),
             STYLE_NOTE, LEVEL_NONE, 28);
    sheet_live(sheet);
    add_wide(sheet, report_say(report, WORD_LOW_HIGH_HELP), STYLE_NOTE, LEVEL_NONE, 14);
    add_signatures(report, sheet, &panes[2], &panes[3]);
}

static void build(struct report *report, struct sheet *sheet)
{
    struct pane *panes = arena_alloc(report->arena, 12, sizeof *panes);

    if (!panes) {
        report->book->failed = true;
        return;
    }
    sheet->has_heading = false;
    sheet->is_one_wide = true;
    sheet->second_pane = PANE_COLUMNS + 1;
    sheet->is_protected = true;
    add_columns(sheet);
    add_first_page(report, sheet, panes);
    add_second_page(report, sheet, &panes[6], &panes[7]);
    add_third_page(report, sheet, &panes[8]);
    fill_pages(sheet);
}

static bool has_data(const struct report *report)
{
    return report->result != NULL;
}

extern const struct sheet_kind sheet_cover;
const struct sheet_kind sheet_cover = {
    .id = "cover", .name = WORD_SHEET_COVER, .has_data = has_data, .build = build};
