#include <math.h>

#include "page/lines.h"
#include "report/cover.h"

/* One pane: label, four numbers, text; the gap between the panes. */
static const double WIDTHS[PANE_COLUMNS] = {33, 11, 11, 11, 11, 27};
static const double GAP = 3;
static const unsigned ALL_COLUMNS = PANE_COLUMNS * 2 + 1;
static const double BIG_POINTS = 34;
static const double SECTION_POINTS = 32;

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
    if (strip->label_style == STYLE_BIG)
        label = BIG_POINTS;
    return label > text ? label : text;
}

static void add_label(struct sheet *sheet, const struct strip *strip)
{
    if (strip->label_type == CELL_SHARE)
        sheet_share(sheet, strip->label_number);
    else
        sheet_text(sheet, strip->label);
    sheet_formula(sheet, strip->label_formula);
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
    if (strip->has_numbers)
        add_numbers(sheet, strip);
    if (strip->time.us != INSTANT_MISSING.us) {
        sheet_instant(sheet, strip->time);
        sheet_name(sheet, strip->time_name);
    } else {
        sheet_text(sheet, strip->text);
        sheet_formula(sheet, strip->text_formula);
    }
    if (!strip->has_numbers)
        sheet_span(sheet, PANE_COLUMNS - 1);
    sheet_style(sheet, strip->text_style);
    sheet_level(sheet, strip->text_level);
}

static void add_panes(struct sheet *sheet, const struct pane *left, const struct pane *right)
{
    size_t rows = left->count > right->count ? left->count : right->count;
    size_t i;

    for (i = 0; i < rows; i++) {
        const struct strip *a = i < left->count ? &left->strips[i] : NULL;
        const struct strip *b = i < right->count ? &right->strips[i] : NULL;
        double height = fmax(strip_height(a), strip_height(b));

        sheet_row(sheet);
        add_strip(sheet, a);
        sheet_blank(sheet);
        add_strip(sheet, b);
        sheet_height(sheet, height);
    }
}

static void add_sections(struct sheet *sheet, struct str left, struct str right)
{
    sheet_row(sheet);
    sheet_height(sheet, SECTION_POINTS);
    sheet_text(sheet, left);
    sheet_style(sheet, STYLE_SECTION);
    sheet_span(sheet, PANE_COLUMNS);
    sheet_blank(sheet);
    sheet_text(sheet, right);
    sheet_style(sheet, STYLE_SECTION);
    sheet_span(sheet, PANE_COLUMNS);
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

static void add_title(struct report *report, struct sheet *sheet)
{
    struct str period = report_period(report);
    struct buf *out = &report->scratch;
    enum level level;
    struct str headline = headline_text(report, &level);

    buf_add(out, report_say(report, WORD_TITLE));
    buf_add_text(out, "  \xC2\xB7  ");
    buf_add(out, report_say(report, WORD_CLAUSE));
    add_wide(sheet, report_keep(report), STYLE_TITLE, LEVEL_NONE, 28);
    buf_add(out, report->evidence->audit.organization);
    buf_add_text(out, out->len ? "  \xC2\xB7  " : "");
    buf_add(out, report->book->title);
    buf_add_text(out, "  \xC2\xB7  ");
    buf_add(out, period);
    add_wide(sheet, report_keep(report), STYLE_STRONG, LEVEL_NONE, 18);
    add_wide(sheet, headline, STYLE_BOX, level, 26);
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

static void build(struct report *report, struct sheet *sheet)
{
    struct pane *left = arena_alloc(report->arena, 8, sizeof *left);
    struct pane *right = left ? left + 4 : NULL;

    if (!left) {
        report->book->failed = true;
        return;
    }
    sheet->has_heading = false;
    sheet->is_one_page = true;
    sheet->second_pane = PANE_COLUMNS + 1;
    add_columns(sheet);
    add_title(report, sheet);

    cover_scores(report, INDEX_CONFORMITY, &left[0]);
    cover_gates(report, &left[0]);
    cover_scores(report, INDEX_PRACTICE, &right[0]);
    add_sections(sheet, titled(report, WORD_CONFORMITY, WORD_CONFORMITY_OF),
                 titled(report, WORD_PRACTICE, WORD_PRACTICE_OF));
    add_panes(sheet, &left[0], &right[0]);

    cover_findings(report, &left[1]);
    cover_lists(report, &right[1]);
    add_sections(sheet, report_say(report, WORD_TOP_FINDINGS), report_say(report, WORD_FOUR_LISTS));
    add_panes(sheet, &left[1], &right[1]);

    cover_figures(report, &left[2]);
    cover_open(report, &right[2]);
    add_sections(sheet, report_say(report, WORD_KEY_FIGURES), report_say(report, WORD_NEXT));
    add_panes(sheet, &left[2], &right[2]);

    cover_about(report, &left[3]);
    cover_inputs(report, &right[3]);
    add_sections(sheet, report_say(report, WORD_AUDIT_DATA), report_say(report, WORD_INPUTS));
    add_panes(sheet, &left[3], &right[3]);

    add_wide(sheet, report_say(report, WORD_DISCLAIMER), STYLE_STRONG, LEVEL_NONE, 20);
    add_wide(sheet, report_fill(report, WORD_LIVE, 1, report_say(report, WORD_SHEET_CHECKLIST)),
             STYLE_NOTE, LEVEL_NONE, 14);
    sheet_live(sheet);
    add_wide(sheet, report_say(report, WORD_LOW_HIGH_HELP), STYLE_NOTE, LEVEL_NONE, 14);
}

static bool has_data(const struct report *report)
{
    return report->result != NULL;
}

extern const struct sheet_kind sheet_cover;
const struct sheet_kind sheet_cover = {
    .id = "cover", .name = WORD_SHEET_COVER, .has_data = has_data, .build = build};
