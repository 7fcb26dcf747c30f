/*
 * The tables that stand beside figures: a sheet of each, whatever the measure. The measure's words
 * head the columns; texts out of sources are written as texts.
 */
#include <math.h>

#include "measure/figure_table.h"
#include "page/house.h"
#include "page/lines.h"
#include "report/four_lists.h"

/* Pixels. In less a chart could not be read; a heading with the air below a table; a row. */
enum {
    CHART_WIDE = 900,
    CHART_HIGH = 400,
    CHART_LEAST_WIDE = 480,
    CHART_LEAST_HIGH = 260,
    HEADING_HIGH = 90,
    ROW_HIGH = 20
};

/* Links of one row: to the figure, and to the source that the row stands on. */
enum { TABLE_LINKS = 2 };

static const enum cell_type cell_types[TABLE_TYPE_COUNT] = {
    [TABLE_TEXT] = CELL_TEXT,     [TABLE_WORD] = CELL_TEXT,   [TABLE_INTEGER] = CELL_INTEGER,
    [TABLE_NUMBER] = CELL_NUMBER, [TABLE_SHARE] = CELL_SHARE, [TABLE_DURATION] = CELL_DURATION,
    [TABLE_INSTANT] = CELL_INSTANT,
};

static const enum level levels[TABLE_LEVEL_COUNT] = {
    [TABLE_PLAIN] = LEVEL_NONE, [TABLE_GOOD] = LEVEL_GOOD,   [TABLE_WATCH] = LEVEL_WATCH,
    [TABLE_BAD] = LEVEL_BAD,    [TABLE_MUTED] = LEVEL_MUTED,
};

static struct str cell_words(const struct report *report, enum table_type type,
                             const struct figure_cell *cell)
{
    if (cell->words)
        return words_in(cell->words, report->lang);
    return type == TABLE_WORD ? say_raw(cell->text, report->lang) : cell->text;
}

static size_t longest_word(struct str text)
{
    size_t longest = 0;
    size_t start = 0;
    size_t i;

    for (i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != ' ')
            continue;
        longest = i - start > longest ? i - start : longest;
        start = i + 1;
    }
    return longest;
}

/* Wide enough for most of what stands there and for each word of the heading, which is bold; no
   wider than a sentence. */
static double column_width(const struct report *report, const struct figure_table *table,
                           size_t number)
{
    static const double widths[TABLE_TYPE_COUNT] = {
        [TABLE_INTEGER] = WIDTH_COUNT,   [TABLE_NUMBER] = WIDTH_NUMBER,
        [TABLE_SHARE] = WIDTH_COUNT,     [TABLE_DURATION] = WIDTH_NUMBER,
        [TABLE_INSTANT] = WIDTH_INSTANT,
    };
    enum table_type type = table->form->columns[number].type;
    size_t longest = longest_word(words_in(&table->form->columns[number].title, report->lang));
    size_t i;

    if (type != TABLE_TEXT && type != TABLE_WORD)
        return (double)longest + 2 > widths[type] ? (double)longest + 2 : widths[type];
    for (i = 0; i < table->row_count; i++) {
        struct str text = cell_words(report, type, &table->rows[i].cells[number]);

        longest = text.len > longest ? text.len : longest;
    }
    longest += 3;
    return longest < WIDTH_ID ? WIDTH_ID : longest > WIDTH_TEXT ? WIDTH_TEXT : (double)longest;
}

/* So that the names of cases do not make rows higher than what stands beside them. */
static double case_width(const struct figure_table *table)
{
    size_t longest = 0;
    size_t i;

    for (i = 0; i < table->row_count; i++)
        if (table->rows[i].place.case_id.len > longest)
            longest = table->rows[i].place.case_id.len;
    longest += 3;
    if (longest < WIDTH_WORDS)
        return WIDTH_WORDS;
    return longest > WIDTH_TEXT ? WIDTH_TEXT : (double)longest;
}

static void add_columns(struct report *report, struct sheet *sheet,
                        const struct figure_table *table)
{
    const struct table_form *form = table->form;
    size_t i;

    for (i = 0; i < form->column_count; i++) {
        const struct table_column *from = &form->columns[i];
        struct column *column =
            sheet_column(sheet, from->name.ptr, words_in(&from->title, report->lang),
                         cell_types[from->type], column_width(report, table, i));

        column->help = words_in(&from->help, report->lang);
        if (from->decimals)
            column->decimals = from->decimals;
    }
    sheet->printed_columns = sheet->column_count;
    sheet_column(sheet, "evidence", report_say(report, WORD_COL_EVIDENCE_ID), CELL_TEXT, WIDTH_ID);
    sheet_column(sheet, "case", report_say(report, WORD_COL_CASE), CELL_TEXT, case_width(table));
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_NAME);
    sheet_column(sheet, "line", report_say(report, WORD_COL_LINE), CELL_INTEGER, WIDTH_ID);
    sheet_column(sheet, "byte", report_say(report, WORD_COL_BYTE), CELL_INTEGER, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_BYTE);
}

static void add_cell(struct report *report, struct sheet *sheet, enum table_type type,
                     const struct figure_cell *cell)
{
    switch (type) {
    case TABLE_TEXT:
    case TABLE_WORD:
        sheet_text(sheet, cell_words(report, type, cell));
        break;
    case TABLE_INTEGER:
        if (isfinite(cell->number) && cell->number >= 0)
            sheet_integer(sheet, (uint64_t)cell->number);
        else
            sheet_number(sheet, cell->number);
        break;
    case TABLE_NUMBER:
        sheet_number(sheet, cell->number);
        break;
    case TABLE_SHARE:
        sheet_share(sheet, cell->number);
        break;
    case TABLE_DURATION:
        sheet_duration(sheet, cell->number);
        break;
    case TABLE_INSTANT:
        sheet_instant(sheet, report_local(report, cell->at));
        break;
    case TABLE_TYPE_COUNT:
        sheet_blank(sheet);
        break;
    }
    if (cell->level != TABLE_PLAIN)
        sheet_level(sheet, levels[cell->level]);
}

void report_place(struct report *report, struct sheet *sheet, const struct table_place *place,
                  bool has_links)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    if (!place->case_id.ptr || place->source >= evidence->source_count) {
        for (i = 0; i < 4; i++)
            sheet_blank(sheet);
        return;
    }
    sheet_text(sheet, place->case_id);
    sheet_text(sheet, evidence->sources[place->source].identity.name);
    if (has_links)
        sheet_link(sheet, "sources", evidence->sources[place->source].identity.name);
    if (place->line)
        sheet_integer(sheet, place->line);
    else
        sheet_blank(sheet);
    sheet_integer(sheet, place->offset);
}

/* Characters that stand side by side on one printed page, whatever its fonts. */
static const double NOTE_WIDTH = 110;

static double printed_pixels(const struct sheet *sheet)
{
    double pixels = 0;
    size_t i;

    for (i = 0; i < sheet->printed_columns; i++)
        pixels += width_pixels(sheet->columns[i].width);
    return pixels;
}

static double page_wide(void)
{
    return 96 * (house.page_width - 2 * house.margin_side);
}

/* On paper the table goes on over a second page, which has the first column again. */
static bool is_wide(const struct sheet *sheet)
{
    return printed_pixels(sheet) > page_wide() / house.print_least;
}

/* What the page has of height below the rows, in pixels of the sheet as it is scaled for paper. */
static double room_below(const struct sheet *sheet)
{
    double pages = is_wide(sheet) ? 2 : 1;
    double scale = fmin(1, pages * page_wide() / printed_pixels(sheet));

    return 96 * (house.page_height - 2 * house.margin_end) / scale - HEADING_HIGH -
           (double)sheet->row_count * ROW_HIGH;
}

/* Columns that a note covers from that one on: it must not go over pages. */
static unsigned note_columns(const struct sheet *sheet, size_t first)
{
    double width = sheet->columns[first].width;
    unsigned count = 1;

    while (first + count < sheet->printed_columns &&
           width + sheet->columns[first + count].width <= NOTE_WIDTH)
        width += sheet->columns[first + count++].width;
    return count;
}

/* Below the rows, across the printed columns; of a wide table not in the one that is printed again. */
static void add_note(struct sheet *sheet, struct str text, bool is_warning)
{
    size_t first = is_wide(sheet) ? sheet->frozen_columns : 0;
    unsigned columns = note_columns(sheet, first);
    size_t i;

    sheet_row(sheet);
    for (i = 0; i < first; i++)
        sheet_blank(sheet);
    sheet_text(sheet, text);
    sheet_style(sheet, is_warning ? STYLE_STRONG : STYLE_NOTE);
    if (is_warning)
        sheet_level(sheet, LEVEL_WATCH);
    if (columns > 1)
        sheet_span(sheet, columns);
}

static void add_notes(struct report *report, struct sheet *sheet, const struct figure_table *table)
{
    size_t i;

    for (i = 0; i < table->note_count; i++)
        add_note(sheet, words_in(&table->notes[i].text, report->lang), table->notes[i].is_warning);
    if (table->rows_left_out)
        add_note(sheet,
                 report_fill(report, WORD_TABLE_LEFT_OUT, 1,
                             report_count(report, table->rows_left_out)),
                 /* is_warning= */ true);
}

/* Below a table that leaves room on its page, and is printed with it; else beside it. */
static void place_chart(const struct sheet *sheet, struct chart *chart)
{
    double again = sheet->frozen_columns ? width_pixels(sheet->columns[0].width) : 0;
    /* of two pages the first has room for half of the table */
    double room = is_wide(sheet) ? printed_pixels(sheet) / 2 - again : printed_pixels(sheet);
    double wide = fmin(room, CHART_WIDE);
    double high = fmin(room_below(sheet), CHART_HIGH);

    chart->at_row = 1;
    chart->at_column = sheet->column_count + 1;
    chart->width = CHART_WIDE;
    chart->height = CHART_HIGH;
    if (wide < CHART_LEAST_WIDE || high < CHART_LEAST_HIGH)
        return;
    chart->at_row = sheet->row_count + 2;
    chart->at_column = is_wide(sheet) ? sheet->frozen_columns : 0;
    chart->width = (unsigned)wide;
    chart->height = (unsigned)high;
}

/* Shares that come near to all are shown against all. */
static void set_maximum(const struct figure_table *table, struct chart *chart)
{
    double most = 0;
    size_t i;
    size_t k;

    for (i = 0; i <= chart->last_row; i++)
        for (k = 0; k < chart->series_count; k++)
            most = fmax(most, table->rows[i].cells[chart->series[k].column].number);
    if (chart->type == CELL_SHARE && most > 0.8 && most <= 1)
        chart->maximum = 1;
}

static void add_chart(struct report *report, struct sheet *sheet,
                      const struct figure_table *table)
{
    static const enum chart_look looks[TABLE_CHART_SERIES] = {LOOK_VALUE, LOOK_SECOND, LOOK_CENTRE,
                                                              LOOK_LIMIT};
    const struct table_form *form = table->form;
    const struct table_chart *from = &form->chart;
    size_t rows = table->row_count;
    struct chart *chart;
    size_t i;

    if (from->series_count == 0 || rows == 0)
        return;
    chart = sheet_chart(sheet, from->kind == TABLE_CHART_LINE ? CHART_LINE : CHART_BAR,
                        words_in(&from->title, report->lang));
    if (!chart)
        return;
    chart->type = cell_types[form->columns[from->series[0]].type];
    chart->category = from->category;
    chart->last_row = (from->rows && rows > from->rows ? from->rows : rows) - 1;
    for (i = 0; i < from->series_count; i++)
        sheet_chart_series(chart, words_in(&form->columns[from->series[i]].title, report->lang),
                           from->series[i], looks[i]);
    chart->x_title = words_in(&form->columns[from->category].title, report->lang);
    set_maximum(table, chart);
    place_chart(sheet, chart);
}

static bool is_shown(const struct figure_table *table)
{
    return table->row_count || table->note_count;
}

/* Two measures may call a table the same: the later one gets a number. */
static size_t number_of(const struct report *report, const struct figure_table *table)
{
    const struct evidence *evidence = report->evidence;
    size_t number = 1;
    size_t i;
    size_t k;

    for (i = 0; i < evidence->figure_count; i++) {
        for (k = 0; k < evidence->figures[i].table_count; k++) {
            const struct figure_table *other = &evidence->figures[i].tables[k];

            if (other == table)
                return number;
            number += is_shown(other) && str_equal(other->form->id, table->form->id);
        }
    }
    return number;
}

static struct str numbered(struct report *report, struct str text, char between, size_t number)
{
    if (number < 2)
        return text;
    buf_printf(&report->scratch, "%.*s%c%zu", STR_ARG(text), between, number);
    return report_keep(report);
}

struct str table_sheet_id(struct report *report, const struct figure_table *table)
{
    return numbered(report, table->form->id, '-', number_of(report, table));
}

struct str table_row_key(struct report *report, const struct figure *figure,
                         const struct figure_table *table, size_t row)
{
    buf_printf(&report->scratch, "%.*s:%.*s:%zu", STR_ARG(figure->id), STR_ARG(table->form->id),
               row + 1);
    return report_keep(report);
}

static struct sheet *new_sheet(struct report *report, const struct figure_table *table)
{
    struct str name = words_in(&table->form->name, report->lang);
    struct str id = table_sheet_id(report, table);

    return book_sheet(report->book, id.ptr,
                      numbered(report, name, ' ', number_of(report, table)));
}

static void add_sheet(struct report *report, const struct figure *figure,
                      const struct figure_table *table)
{
    const struct table_form *form = table->form;
    struct sheet *sheet;
    bool has_links = table->row_count <= REPORT_SHEET_LINKS / TABLE_LINKS;
    size_t i;
    size_t c;

    if (!is_shown(table))
        return;
    sheet = new_sheet(report, table);
    add_columns(report, sheet, table);
    sheet->frozen_columns = 1;
    for (i = 0; i < table->row_count; i++) {
        sheet_row(sheet);
        if (has_links)
            sheet_anchor(sheet, table_row_key(report, figure, table, i));
        for (c = 0; c < form->column_count; c++)
            add_cell(report, sheet, form->columns[c].type, &table->rows[i].cells[c]);
        sheet_text(sheet, figure->id);
        if (has_links || i == 0)
            sheet_link(sheet, "metrics", figure->id);
        report_place(report, sheet, &table->rows[i].place, has_links);
    }
    add_notes(report, sheet, table);
    add_chart(report, sheet, table);
}

static void build_all(struct report *report)
{
    const struct evidence *evidence = report->evidence;
    size_t i;
    size_t k;

    for (i = 0; i < evidence->figure_count; i++)
        for (k = 0; k < evidence->figures[i].table_count; k++)
            add_sheet(report, &evidence->figures[i], &evidence->figures[i].tables[k]);
}

extern const struct sheet_kind sheet_tables;
const struct sheet_kind sheet_tables = {.build_all = build_all};
