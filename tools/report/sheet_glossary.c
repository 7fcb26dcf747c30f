#include "base/mem.h"
#include "page/house.h"
#include "report/report_parts.h"

struct term {
    struct words name;
    struct words meaning;
};

static const struct term terms[] = {
#define TERM(en, it, means_en, means_it)                                                           \
    {{{STR_INIT(en), STR_INIT(it)}}, {{STR_INIT(means_en), STR_INIT(means_it)}}},
#include "report/glossary.def"
#undef TERM
};

static void build(struct report *report, struct sheet *sheet)
{
    enum lang other = report->lang == LANG_EN ? LANG_IT : LANG_EN;
    size_t i;

    sheet_column(sheet, "term", report_say(report, WORD_COL_TERM), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "meaning", report_say(report, WORD_COL_MEANING), CELL_TEXT, WIDTH_LONG);
    sheet_column(sheet, "other", report_say(report, WORD_COL_TERM_OTHER), CELL_TEXT, WIDTH_PHRASE);
    for (i = 0; i < ARRAY_LEN(terms); i++) {
        sheet_row(sheet);
        sheet_text(sheet, words_in(&terms[i].name, report->lang));
        sheet_style(sheet, STYLE_STRONG);
        sheet_text(sheet, words_in(&terms[i].meaning, report->lang));
        sheet_text(sheet, words_in(&terms[i].name, other));
    }
}

static bool has_data(const struct report *report)
{
    return report->result != NULL;
}

extern const struct sheet_kind sheet_glossary;
const struct sheet_kind sheet_glossary = {
    .id = "glossary", .name = WORD_SHEET_GLOSSARY, .has_data = has_data, .build = build};
