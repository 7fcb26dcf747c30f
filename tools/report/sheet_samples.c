#include <math.h>

#include "base/mem.h"
#include "measure/figure.h"
#include "page/house.h"
#include "report/report_parts.h"

static void add_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "sample", report_say(report, WORD_COL_SAMPLE),
                 CELL_TEXT, WIDTH_QUESTION_ID);
    sheet_column(sheet, "figure", report_say(report, WORD_COL_FIGURE), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "population", report_say(report, WORD_COL_POPULATION), CELL_TEXT,
                 WIDTH_LONG);
    sheet_column(sheet, "how", report_say(report, WORD_COL_DRAWN_HOW), CELL_TEXT, WIDTH_SENTENCE);
    column = sheet_column(sheet, "all", report_say(report, WORD_COL_POPULATION_N), CELL_INTEGER,
                          WIDTH_ID);
    column->help = report_say(report, WORD_HELP_SAMPLE_N);
    sheet_column(sheet, "drawn", report_say(report, WORD_COL_DRAWN_N), CELL_INTEGER, WIDTH_SHORT);
    column = sheet_column(sheet, "detects", report_say(report, WORD_COL_DETECTS), CELL_SHARE,
                          WIDTH_ID);
    column->help = report_say(report, WORD_HELP_DETECTS);
    column->decimals = 1;
    column = sheet_column(sheet, "seed", report_say(report, WORD_COL_SEED), CELL_TEXT, WIDTH_WORD);
    column->help = report_say(report, WORD_HELP_SEED);
    sheet->printed_columns = sheet->column_count; /* its cases are folded away */
    sheet_column(sheet, "rank", report_say(report, WORD_COL_RANK), CELL_INTEGER, WIDTH_MARK);
    sheet_column(sheet, "case", report_say(report, WORD_COL_CASE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "line", report_say(report, WORD_COL_LINE), CELL_INTEGER, WIDTH_ID);
    column = sheet_column(sheet, "byte", report_say(report, WORD_COL_BYTE), CELL_INTEGER,
                          WIDTH_WORD);
    column->help = report_say(report, WORD_HELP_BYTE);
    column = sheet_column(sheet, "examined", report_say(report, WORD_COL_EXAMINED), CELL_TEXT,
                          WIDTH_ID);
    column->choice = report_choice(report, CHOICE_YES_NO);
    column->is_input = true;
    sheet_column(sheet, "seen", report_say(report, WORD_COL_EXAMINED_RESULT), CELL_TEXT,
                 WIDTH_PHRASE)
        ->is_input = true;
    column = sheet_column(sheet, "replaced", report_say(report, WORD_COL_REPLACED), CELL_TEXT,
                          WIDTH_NAME);
    column->help = report_say(report, WORD_HELP_REPLACED);
    column->is_input = true;
}

/* Cases of a figure that somebody is to look at. */
struct drawn {
    const struct figure *figure;
    const struct citations *citations;
    bool is_random;
    bool has_links; /* in every row; else in the first of each list */
};

/* Links of one row. */
enum { SAMPLE_LINKS = 2 };

static struct str sample_id(struct report *report, const struct drawn *drawn)
{
    struct str id = drawn->figure->id;

    /* "EV-012" gives "S-012" and "X-012" */
    if (id.len > 2)
        id = (struct str){id.ptr + 2, id.len - 2};
    buf_add_char(&report->scratch, drawn->is_random ? 'S' : 'X');
    buf_add(&report->scratch, id);
    return report_keep(report);
}

static struct str population_text(struct report *report, const struct figure *figure)
{
    struct str title = figure_title(report, figure);
    struct str population = say_raw(figure->population, report->lang);

    if (!population.len)
        return title;
    return report_fill(report, WORD_SAMPLE_PERIOD, 2, title, population);
}

static void add_head(struct report *report, struct sheet *sheet, const struct drawn *drawn,
                     struct str id)
{
    const struct figure *figure = drawn->figure;
    unsigned i;

    sheet_row(sheet);
    sheet_anchor(sheet, id);
    sheet_text(sheet, id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, figure->id);
    sheet_link(sheet, "metrics", figure->id);
    sheet_text(sheet, population_text(report, figure));
    sheet_text(sheet, report_say(report, drawn->is_random ? WORD_SAMPLE_RANDOM
                                                          : WORD_SAMPLE_EXTREME));
    sheet_integer(sheet, figure->n);
    sheet_integer(sheet, drawn->citations->count);
    sheet_share(sheet, drawn->is_random ? sample_detects(figure->n, drawn->citations->count) : NAN);
    sheet_text(sheet, drawn->is_random ? report->evidence->seed : STR(""));
    for (i = 0; i < 8; i++)
        sheet_blank(sheet);
}

static void add_case(struct report *report, struct sheet *sheet, const struct drawn *drawn,
                     struct str id, size_t number)
{
    const struct citation *citation = &drawn->citations->list[number];
    const struct evidence *evidence = report->evidence;
    const struct accounting *source =
        citation->source < evidence->source_count ? &evidence->sources[citation->source] : NULL;
    bool has_links = drawn->has_links || number == 0;
    unsigned i;

    sheet_row(sheet);
    sheet_detail(sheet);
    sheet_text(sheet, id);
    sheet_text(sheet, drawn->figure->id);
    if (has_links)
        sheet_link(sheet, "evidence", drawn->figure->id);
    for (i = 0; i < 6; i++)
        sheet_blank(sheet);
    sheet_integer(sheet, number + 1);
    sheet_text(sheet, citation->case_id);
    sheet_text(sheet, source ? source->identity.name : STR(""));
    if (source && has_links)
        sheet_link(sheet, "sources", source->identity.name);
    if (citation->line)
        sheet_integer(sheet, citation->line);
    else
        sheet_blank(sheet);
    sheet_integer(sheet, citation->offset);
    for (i = 0; i < 3; i++)
        sheet_blank(sheet);
}

static void add_sample(struct report *report, struct sheet *sheet, const struct drawn *drawn)
{
    struct str id;
    size_t i;

    if (drawn->citations->count == 0)
        return;
    id = sample_id(report, drawn);
    add_head(report, sheet, drawn, id);
    for (i = 0; i < drawn->citations->count; i++)
        add_case(report, sheet, drawn, id, i);
}

static size_t row_count(const struct evidence *evidence)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++)
        count += evidence->figures[i].sample.count + evidence->figures[i].worst.count;
    return count;
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    bool has_links = row_count(evidence) <= REPORT_SHEET_LINKS / SAMPLE_LINKS;
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 2;
    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];
        const struct drawn random = {figure, &figure->sample, true, has_links};
        const struct drawn extreme = {figure, &figure->worst, false, has_links};

        add_sample(report, sheet, &random);
        add_sample(report, sheet, &extreme);
    }
}

/* Figures alone: nobody is going to look. */
static bool has_data(const struct report *report)
{
    return report->result && row_count(report->evidence) > 0;
}

extern const struct sheet_kind sheet_samples;
const struct sheet_kind sheet_samples = {
    .id = "samples", .name = WORD_SHEET_SAMPLES, .has_data = has_data, .build = build};
