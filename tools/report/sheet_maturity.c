/* How mature each section is: five levels, what each rests on, and what is missing. */
#include "page/house.h"
#include "report/report_parts.h"

static const enum word level_words[MATURITY_LEVELS + 1] = {
    WORD_MATURITY_0, WORD_MATURITY_1, WORD_MATURITY_2,
    WORD_MATURITY_3, WORD_MATURITY_4, WORD_MATURITY_5};

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "section", report_say(report, WORD_COL_SECTION), CELL_TEXT, WIDTH_SENTENCE);
    sheet_column(sheet, "level", report_say(report, WORD_COL_MATURITY),
                 CELL_TEXT, WIDTH_NAME)->help =
        report_say(report, WORD_HELP_LEVEL);
    sheet_column(sheet, "standing", report_say(report, WORD_COL_REACHED), CELL_TEXT, WIDTH_NAME)
        ->is_as_written = true;
    sheet_column(sheet, "facts", report_say(report, WORD_COL_FACTS), CELL_TEXT, WIDTH_TEXT)
        ->is_as_written = true;
    sheet_column(sheet, "missing", report_say(report, WORD_COL_MISSING), CELL_TEXT, WIDTH_TEXT)
        ->is_as_written = true;
}

/* Facts of the level that hold, or that do not, with semicolons. */
static struct str facts_text(struct report *report, const struct maturity *maturity,
                             unsigned level, bool holding)
{
    struct buf *out = &report->scratch;
    int i;

    for (i = 0; i < MATURITY_FACT_COUNT; i++) {
        enum maturity_fact fact = (enum maturity_fact)i;

        if (maturity_fact_level(fact) != level || maturity->holds[i] != holding)
            continue;
        buf_add_text(out, out->len ? "; " : "");
        buf_add_text(out, maturity_fact_words(fact, report->lang));
    }
    return report_keep(report);
}

static void add_level(struct report *report, struct sheet *sheet, const struct maturity *maturity,
                      unsigned level)
{
    struct str facts = facts_text(report, maturity, level, true);
    struct str missing = facts_text(report, maturity, level, false);
    bool is_reached = level <= maturity->level;

    sheet_row(sheet);
    sheet_text(sheet, words_in(&maturity->section->title, report->lang));
    if (level == maturity->level)
        sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, report_say(report, level_words[level]));
    sheet_text(sheet, report_say(report, level == maturity->level ? WORD_LEVEL_HERE
                                         : is_reached             ? WORD_LEVEL_REACHED
                                         : missing.len            ? WORD_LEVEL_MISSING
                                                                  : WORD_LEVEL_BELOW));
    sheet_level(sheet, is_reached ? LEVEL_GOOD : LEVEL_MUTED);
    sheet_text(sheet, level == 1 ? report_say(report, WORD_MATURITY_NOTHING) : facts);
    sheet_text(sheet, missing);
}

static void build(struct report *report, struct sheet *sheet)
{
    struct maturity *list = NULL;
    struct diag diag;
    unsigned level;
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    diag_init(&diag);
    if (result_maturity(report->arena, report->result, report->evidence, &diag, &list) != STATUS_OK)
        report->book->failed = true; /* memory, the only reason */
    diag_done(&diag);
    for (i = 0; list && i < report->result->section_count; i++) {
        if (list[i].level == 0) {
            sheet_row(sheet);
            sheet_text(sheet, words_in(&list[i].section->title, report->lang));
            sheet_text(sheet, report_say(report, WORD_MATURITY_0));
            sheet_text(sheet, report_say(report, WORD_NOTHING_APPLIES));
            sheet_level(sheet, LEVEL_MUTED);
            sheet_blank(sheet);
            sheet_blank(sheet);
        }
        for (level = 1; list[i].level > 0 && level <= MATURITY_LEVELS; level++)
            add_level(report, sheet, &list[i], level);
    }
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->section_count > 0;
}

extern const struct sheet_kind sheet_maturity;
const struct sheet_kind sheet_maturity = {
    .id = "maturity", .name = WORD_SHEET_MATURITY, .has_data = has_data, .build = build};
