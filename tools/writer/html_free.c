/*
 * Sheets without one heading: what stands side by side in them are lanes. A lane is read, and on a
 * narrow screen shown, from its section's heading to its end before the next one begins.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "writer/write_html.h"

struct lane {
    size_t from;
    size_t to;
};

struct walk {
    struct html *html;
    const struct sheet *sheet;
    const struct row **rows;
    const struct chart **charts; /* in the order of their places */
    size_t chart_count;
    size_t next_chart;
    struct lane lanes[2];
    size_t lane_count;
    struct html_anchors anchors;
};

static bool is_blank(const struct row *row, struct lane lane)
{
    size_t i;

    if (row->is_live)
        return true;
    for (i = lane.from; i < lane.to && i < row->cell_count; i++)
        if (row->cells[i].type != CELL_BLANK)
            return false;
    return true;
}

/* The first cell that says something; NULL: none. */
static const struct cell *first_cell(const struct row *row, struct lane lane)
{
    size_t i;

    for (i = lane.from; i < lane.to && i < row->cell_count; i++)
        if (row->cells[i].type != CELL_BLANK)
            return &row->cells[i];
    return NULL;
}

static struct lane all_of(const struct walk *walk)
{
    return (struct lane){0, walk->sheet->column_count};
}

/* One cell over everything, or a title, beside which only formulas say something. */
static bool is_wide(const struct walk *walk, const struct row *row)
{
    return row->cell_count > 0 && row->cells[0].type != CELL_BLANK &&
           (row->cells[0].span == walk->sheet->column_count ||
            row->cells[0].style == STYLE_TITLE);
}

static bool has_style(const struct row *row, struct lane lane, enum style style)
{
    const struct cell *cell = first_cell(row, lane);

    return cell && cell->style == style;
}

static bool starts_block(const struct walk *walk, const struct row *row)
{
    size_t i;

    for (i = 0; i < walk->lane_count; i++)
        if (has_style(row, walk->lanes[i], STYLE_SECTION))
            return true;
    return false;
}

bool html_has_title(const struct sheet *sheet)
{
    return !sheet->has_heading && sheet->rows && sheet->rows->cell_count > 0 &&
           sheet->rows->cells[0].style == STYLE_TITLE;
}

/* --- what goes over the whole width --- */

/* The first sheet's title is that of the page. */
static const char *tag_of(const struct walk *walk, const struct cell *cell)
{
    if (cell->style == STYLE_TITLE)
        return walk->sheet == walk->html->book->sheets ? "h1" : "h2";
    return cell->style == STYLE_SECTION ? "h3" : "p";
}

static void add_wide(struct walk *walk, size_t number, struct lane lane)
{
    struct html *html = walk->html;
    const struct cell *cell = first_cell(walk->rows[number], lane);
    const char *tag = tag_of(walk, cell);

    html_open(html, tag, walk->sheet, number, &walk->anchors);
    html_classes(html, cell);
    buf_add_char(html->out, '>');
    html_more_ids(html, walk->sheet, number, &walk->anchors);
    html_content(html, cell);
    buf_printf(html->out, "</%s>\n", tag);
}

/* --- charts --- */

static int compare_charts(const void *left, const void *right)
{
    const struct chart *a = *(const struct chart *const *)left;
    const struct chart *b = *(const struct chart *const *)right;

    if (a->at_row != b->at_row)
        return a->at_row < b->at_row ? -1 : 1;
    return a->at_column < b->at_column ? -1 : a->at_column > b->at_column;
}

/* What is written in small print below the chart. */
static struct str caption_of(const struct row *row, const struct chart *chart)
{
    if (!row || chart->at_column >= row->cell_count ||
        row->cells[chart->at_column].type != CELL_TEXT ||
        row->cells[chart->at_column].style != STYLE_NOTE)
        return (struct str){NULL, 0};
    return cell_text(&row->cells[chart->at_column]);
}

/* Rows that only say what charts of the row above are about. */
static bool is_captions(const struct walk *walk, size_t number, const struct chart *const *charts,
                        size_t count)
{
    const struct row *row = number < walk->sheet->row_count ? walk->rows[number] : NULL;
    size_t texts = 0;
    size_t captions = 0;
    size_t i;

    if (!row)
        return false;
    for (i = 0; i < row->cell_count; i++)
        texts += row->cells[i].type != CELL_BLANK;
    for (i = 0; i < count; i++)
        captions += caption_of(row, charts[i]).ptr != NULL;
    return texts > 0 && texts == captions;
}

/* The charts that begin in this row; returns the first row after them and their captions. */
static size_t add_charts(struct walk *walk, size_t number)
{
    const struct chart *const *charts = &walk->charts[walk->next_chart];
    size_t after = number;
    size_t count = 0;
    const struct row *captions = NULL;
    size_t i;

    while (walk->next_chart < walk->chart_count &&
           walk->charts[walk->next_chart]->at_row <= number) {
        walk->next_chart++;
        count++;
    }
    if (count == 0)
        return number;
    while (after < walk->sheet->row_count && is_blank(walk->rows[after], all_of(walk)))
        after++;
    if (after > number && is_captions(walk, after, charts, count))
        captions = walk->rows[after++];
    buf_add_text(walk->html->out, "<div class=\"figures\">\n");
    for (i = 0; i < count; i++)
        html_chart(walk->html, walk->sheet, charts[i], caption_of(captions, charts[i]));
    buf_add_text(walk->html->out, "</div>\n");
    return after;
}

/* --- tables --- */

/* One past the last cell that says something. */
static size_t end_of(const struct row *row, struct lane lane)
{
    size_t end = row->cell_count < lane.to ? row->cell_count : lane.to;

    while (end > lane.from &&
           (row->cells[end - 1].span == 0 || row->cells[end - 1].type == CELL_BLANK))
        end--;
    return end;
}

static void add_lane_row(struct walk *walk, size_t number, struct lane lane)
{
    const struct row *row = walk->rows[number];
    bool is_head = has_style(row, lane, STYLE_HEAD) || has_style(row, lane, STYLE_HEAD_NUMBER);
    size_t end = end_of(row, lane);
    size_t i;

    html_open(walk->html, "tr", walk->sheet, number, &walk->anchors);
    buf_add_char(walk->html->out, '>');
    for (i = lane.from; i < end; i++) {
        const struct cell *cell = &row->cells[i];
        const char *scope = cell->type == CELL_BLANK ? NULL
                            : is_head                ? "col"
                            : i == lane.from && cell->style != STYLE_BIG ? "row"
                                                                         : NULL;

        if (cell->span == 0)
            continue;
        html_cell_open(walk->html, cell, scope,
                       cell->span > lane.to - i ? lane.to - i : cell->span);
        html_more_ids(walk->html, walk->sheet, number, &walk->anchors);
        html_content(walk->html, cell);
        html_cell_close(walk->html, scope);
    }
    buf_add_text(walk->html->out, "</tr>\n");
}

/* Where lanes stand side by side, each has its own charts. */
static bool has_chart_at(const struct walk *walk, size_t number, struct lane lane)
{
    size_t i;

    for (i = 0; walk->lane_count > 1 && i < walk->chart_count; i++)
        if (walk->charts[i]->at_row == number && walk->charts[i]->at_column >= lane.from &&
            walk->charts[i]->at_column < lane.to)
            return true;
    return false;
}

static void add_lane_charts(struct walk *walk, size_t number, struct lane lane)
{
    size_t i;

    buf_add_text(walk->html->out, "<div class=\"figures\">\n");
    for (i = 0; i < walk->chart_count; i++)
        if (walk->charts[i]->at_row == number && walk->charts[i]->at_column >= lane.from &&
            walk->charts[i]->at_column < lane.to)
            html_chart(walk->html, walk->sheet, walk->charts[i], (struct str){NULL, 0});
    buf_add_text(walk->html->out, "</div>\n");
}

/* Rows from..to of a lane, its section's heading before them. */
static void add_lane(struct walk *walk, size_t from, size_t to, struct lane lane, const char *name)
{
    struct buf *out = walk->html->out;
    bool is_open = false;
    size_t i;

    buf_printf(out, "<div class=\"%s\">\n", name);
    for (i = from; i < to; i++) {
        const struct row *row = walk->rows[i];

        if (has_chart_at(walk, i, lane)) {
            if (is_open)
                buf_add_text(out, "</table>\n");
            is_open = false;
            add_lane_charts(walk, i, lane);
        }
        if (is_blank(row, lane))
            continue;
        if (has_style(row, lane, STYLE_SECTION)) {
            add_wide(walk, i, lane);
            continue;
        }
        if (!is_open)
            buf_add_text(out, "<table>\n");
        is_open = true;
        add_lane_row(walk, i, lane);
    }
    if (is_open)
        buf_add_text(out, "</table>\n");
    buf_add_text(out, "</div>\n");
}

/* Charts of a sheet with one lane stand between its blocks. */
static bool starts_charts(const struct walk *walk, size_t number)
{
    return walk->lane_count == 1 && walk->next_chart < walk->chart_count &&
           walk->charts[walk->next_chart]->at_row == number;
}

/* Returns the first row after the block that begins here. */
static size_t add_block(struct walk *walk, size_t from)
{
    size_t to = from + 1;
    size_t i;

    while (to < walk->sheet->row_count && !is_wide(walk, walk->rows[to]) &&
           !starts_block(walk, walk->rows[to]) && !starts_charts(walk, to))
        to++;
    if (walk->lane_count > 1)
        buf_add_text(walk->html->out, "<div class=\"panes\">\n");
    for (i = 0; i < walk->lane_count; i++)
        add_lane(walk, from, to, walk->lanes[i], walk->lane_count > 1 ? "pane" : "free");
    if (walk->lane_count > 1)
        buf_add_text(walk->html->out, "</div>\n");
    return to;
}

static void add_rows(struct walk *walk)
{
    size_t i = 0;

    while (i < walk->sheet->row_count) {
        size_t after = walk->lane_count == 1 ? add_charts(walk, i) : i;

        if (after > i) {
            i = after;
        } else if (is_blank(walk->rows[i], all_of(walk)) && !has_chart_at(walk, i, all_of(walk))) {
            i++;
        } else if (is_wide(walk, walk->rows[i])) {
            add_wide(walk, i, all_of(walk));
            i++;
        } else {
            i = add_block(walk, i);
        }
    }
    while (walk->lane_count == 1 && walk->next_chart < walk->chart_count)
        add_charts(walk, walk->charts[walk->next_chart]->at_row);
}

/* Rows as an array and charts in order; false: memory is out. */
static bool prepare(struct walk *walk)
{
    const struct chart *chart;
    const struct row *row;
    size_t i = 0;

    for (chart = walk->sheet->charts; chart; chart = chart->next)
        walk->chart_count++;
    walk->rows = mem_alloc(walk->sheet->row_count + 1, sizeof *walk->rows);
    walk->charts = mem_alloc(walk->chart_count + 1, sizeof *walk->charts);
    if (!walk->rows || !walk->charts)
        return false;
    for (row = walk->sheet->rows; row; row = row->next)
        walk->rows[i++] = row;
    i = walk->chart_count;
    for (chart = walk->sheet->charts; chart; chart = chart->next)
        walk->charts[--i] = chart;
    if (walk->chart_count > 1)
        qsort(walk->charts, walk->chart_count, sizeof *walk->charts, compare_charts);
    return true;
}

void html_free(struct html *html, const struct sheet *sheet)
{
    struct walk walk = {.html = html, .sheet = sheet, .lane_count = 1};

    walk.lanes[0] = all_of(&walk);
    if (sheet->second_pane > 0) {
        walk.lanes[0].to = sheet->second_pane;
        walk.lanes[1] = (struct lane){sheet->second_pane, sheet->column_count};
        walk.lane_count = 2;
    }
    html_anchors_open(html, sheet, &walk.anchors);
    if (prepare(&walk))
        add_rows(&walk);
    else
        html->out->failed = true;
    html_anchors_close(&walk.anchors);
    mem_free(walk.rows);
    mem_free(walk.charts);
}
