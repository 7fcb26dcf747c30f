#include "writer/write_html.h"

static const char *const style_names[STYLE_COUNT] = {
    [STYLE_PLAIN] = NULL,        [STYLE_TITLE] = "title", [STYLE_SECTION] = "section",
    [STYLE_HEAD] = "head",       [STYLE_HEAD_NUMBER] = "head", [STYLE_LABEL] = "label",
    [STYLE_BIG] = "big",         [STYLE_BOX] = "box",     [STYLE_STRONG] = "strong",
    [STYLE_NOTE] = "note",
};
static const char *const level_names[LEVEL_COUNT] = {
    [LEVEL_NONE] = NULL, [LEVEL_GOOD] = "good",   [LEVEL_WATCH] = "watch",
    [LEVEL_BAD] = "bad", [LEVEL_MUTED] = "muted",
};

bool html_is_number(const struct cell *cell)
{
    return cell->style == STYLE_HEAD_NUMBER ||
           (cell->style != STYLE_BIG && cell_type_is_number((enum cell_type)cell->type));
}

void html_classes(struct html *html, const struct cell *cell)
{
    const char *names[] = {html_is_number(cell) ? "n" : NULL, style_names[cell->style],
                           /* a colour never stands alone */
                           cell->type == CELL_BLANK ? NULL : level_names[cell->level]};
    const char *before = " class=\"";
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!names[i])
            continue;
        buf_add_text(html->out, before);
        buf_add_text(html->out, names[i]);
        before = " ";
    }
    if (*before == ' ' && before[1] == '\0')
        buf_add_char(html->out, '"');
}

void html_content(struct html *html, const struct cell *cell)
{
    const struct cell_extra *extra = cell->extra;
    size_t row;
    bool is_link = extra && extra->link_sheet.ptr &&
                   book_find_row(html->book, extra->link_sheet, extra->link_key, &row) &&
                   !book_find_sheet(html->book, extra->link_sheet)->is_working;

    if (is_link) {
        buf_add_text(html->out, "<a href=\"#");
        html_id(html, extra->link_sheet, extra->link_key);
        buf_add_text(html->out, "\">");
    }
    html_value(html, cell);
    if (is_link)
        buf_add_text(html->out, "</a>");
    if (!extra || !extra->help.ptr)
        return;
    buf_add_text(html->out, "<details><summary>");
    buf_add_text(html->out, html_word(html, HTML_HELP));
    buf_add_text(html->out, "</summary>");
    html_text(html, extra->help);
    buf_add_text(html->out, "</details>");
}

void html_cell_open(struct html *html, const struct cell *cell, const char *scope, size_t span)
{
    struct buf *out = html->out;

    buf_add_text(out, scope ? "<th" : "<td");
    if (scope) {
        buf_add_text(out, " scope=\"");
        buf_add_text(out, scope);
        buf_add_char(out, '"');
    }
    if (span > 1)
        buf_printf(out, " colspan=\"%zu\"", span);
    html_classes(html, cell);
    buf_add_char(out, '>');
}

void html_cell_close(struct html *html, const char *scope)
{
    buf_add_text(html->out, scope ? "</th>" : "</td>");
}

/* What the headings mean, for who wants to know: a list that opens. */
static void add_help(struct html *html, const struct sheet *sheet)
{
    bool is_open = false;
    size_t i;

    for (i = 0; i < sheet->column_count; i++) {
        if (!sheet->columns[i].help.ptr || sheet->columns[i].is_hidden)
            continue;
        if (!is_open) {
            buf_add_text(html->out, "<details><summary>");
            buf_add_text(html->out, html_word(html, HTML_COLUMNS));
            buf_add_text(html->out, "</summary><dl>\n");
        }
        is_open = true;
        buf_add_text(html->out, "<dt>");
        html_text(html, sheet->columns[i].title);
        buf_add_text(html->out, "</dt><dd>");
        html_text(html, sheet->columns[i].help);
        buf_add_text(html->out, "</dd>\n");
    }
    if (is_open)
        buf_add_text(html->out, "</dl></details>\n");
}

static void add_heading(struct html *html, const struct sheet *sheet)
{
    struct cell cell = {.type = CELL_TEXT, .span = 1};
    size_t i;

    buf_add_text(html->out, "<thead><tr>");
    for (i = 0; i < sheet->column_count; i++) {
        bool is_number = cell_type_is_number(sheet->columns[i].type);

        if (sheet->columns[i].is_hidden)
            continue;
        cell_set_text(&cell, sheet->columns[i].title);
        buf_add_text(html->out, is_number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        html_value(html, &cell);
        buf_add_text(html->out, "</th>");
    }
    buf_add_text(html->out, "</tr></thead>\n<tbody>\n");
}

void html_open(struct html *html, const char *tag, const struct sheet *sheet, size_t number,
               struct html_anchors *anchors)
{
    const struct anchor *anchor = html_anchors_next(anchors, number);

    buf_add_char(html->out, '<');
    buf_add_text(html->out, tag);
    if (!anchor)
        return;
    buf_add_text(html->out, " id=\"");
    html_id(html, sheet->id, anchor->key);
    buf_add_char(html->out, '"');
}

void html_more_ids(struct html *html, const struct sheet *sheet, size_t number,
                   struct html_anchors *anchors)
{
    const struct anchor *anchor;

    while ((anchor = html_anchors_next(anchors, number)) != NULL) {
        buf_add_text(html->out, "<span id=\"");
        html_id(html, sheet->id, anchor->key);
        buf_add_text(html->out, "\"></span>");
    }
}

static void add_row(struct html *html, const struct sheet *sheet, const struct row *row,
                    size_t number, struct html_anchors *anchors)
{
    size_t i;

    html_open(html, "tr", sheet, number, anchors);
    buf_add_text(html->out, row->is_detail ? " class=\"d\">" : ">");
    for (i = 0; i < row->cell_count; i++) {
        const char *scope = i < sheet->frozen_columns ? "row" : NULL;

        if (row->cells[i].span == 0 || sheet->columns[i].is_hidden)
            continue;
        html_cell_open(html, &row->cells[i], scope, row->cells[i].span);
        html_more_ids(html, sheet, number, anchors);
        html_content(html, &row->cells[i]);
        html_cell_close(html, scope);
    }
    for (; i < sheet->column_count; i++)
        if (!sheet->columns[i].is_hidden)
            buf_add_text(html->out, "<td></td>");
    buf_add_text(html->out, "</tr>\n");
}

void html_table(struct html *html, const struct sheet *sheet)
{
    struct html_anchors anchors;
    const struct row *row;
    size_t number = 0;

    html_charts(html, sheet);
    add_help(html, sheet);
    if (sheet->has_gaps)
        buf_printf(html->out, "<details><summary>%s</summary>\n", html_word(html, HTML_DATA));
    buf_add_text(html->out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    html_text(html, sheet->name);
    buf_add_text(html->out, "\">\n<table>\n");
    add_heading(html, sheet);
    html_anchors_open(html, sheet, &anchors);
    for (row = sheet->rows; row; row = row->next, number++)
        if (!row->is_live)
            add_row(html, sheet, row, number, &anchors);
    html_anchors_close(&anchors);
    buf_add_text(html->out, "</tbody>\n</table>\n</div>\n");
    if (sheet->has_gaps)
        buf_add_text(html->out, "</details>\n");
}
