#include "report/form.h"

#include "page/house.h"
#include "page/lines.h"

/* Room for a signature. */
static const double HAND_POINTS = 30;

static double width_from(const struct form *form, unsigned first, unsigned count)
{
    double width = 0;
    unsigned i;

    for (i = first; i < first + count && i < form->columns; i++)
        width += form->widths[i];
    return width;
}

static double height_of(const struct form *form, struct str text, unsigned first, unsigned count)
{
    return lines_height(lines_needed(text, width_from(form, first, count)));
}

void form_begin(struct form *form, struct report *report, struct sheet *sheet,
                const double *widths, unsigned columns)
{
    static const char *const ids[FORM_COLUMNS] = {"label", "c2", "c3", "c4", "c5", "c6"};
    const struct str none = {NULL, 0};
    unsigned i;

    *form = (struct form){.report = report, .sheet = sheet, .columns = columns};
    sheet->has_heading = false;
    for (i = 0; i < columns; i++) {
        form->widths[i] = widths[i];
        sheet_column(sheet, ids[i], none, CELL_TEXT, widths[i]);
    }
}

static void add_wide(struct form *form, struct str text, enum style style, double points)
{
    double height = height_of(form, text, 0, form->columns);

    sheet_text(form->sheet, text);
    sheet_style(form->sheet, style);
    sheet_span(form->sheet, form->columns);
    sheet_height(form->sheet, height > points ? height : points);
}

void form_title(struct form *form, struct str title, struct str below)
{
    sheet_row(form->sheet);
    add_wide(form, title, STYLE_TITLE, house.title_points);
    if (!below.len)
        return;
    sheet_row(form->sheet);
    add_wide(form, below, STYLE_STRONG, 0);
}

void form_page(struct form *form, struct str title, struct str below)
{
    sheet_row(form->sheet);
    sheet_page(form->sheet);
    add_wide(form, title, STYLE_TITLE, house.title_points);
    if (!below.len)
        return;
    sheet_row(form->sheet);
    add_wide(form, below, STYLE_STRONG, 0);
}

void form_section(struct form *form, enum word word)
{
    sheet_row(form->sheet);
    add_wide(form, report_say(form->report, word), STYLE_SECTION, house.section_points);
    sheet_row(form->sheet);
    add_wide(form, (struct str){NULL, 0}, STYLE_PLAIN, 0);
    sheet_height(form->sheet, house.gap_points); /* air below the line */
}

void form_line(struct form *form, struct str label, struct str text)
{
    double own;
    double height;

    if (!text.len)
        return;
    own = height_of(form, label, 0, 1);
    height = height_of(form, text, 1, form->columns - 1);
    sheet_row(form->sheet);
    sheet_height(form->sheet, own > height ? own : height);
    sheet_text(form->sheet, label);
    sheet_style(form->sheet, STYLE_LABEL);
    sheet_text(form->sheet, text);
    sheet_span(form->sheet, form->columns - 1);
}

void form_ask(struct form *form, enum word label, struct str text)
{
    struct str name = report_say(form->report, label);

    if (text.len) {
        form_line(form, name, text);
        return;
    }
    form_line(form, name, report_say(form->report, WORD_NOT_STATED));
    sheet_level(form->sheet, LEVEL_MUTED);
}

void form_link(struct form *form, const char *sheet, struct str key)
{
    sheet_link(form->sheet, sheet, key);
}

void form_level(struct form *form, enum level level)
{
    sheet_level(form->sheet, level);
}

/* `style` is that of cells with a text, `empty` that of those without. */
static void add_cells(struct form *form, const struct form_cell *cells, unsigned count,
                      enum style style, enum style empty, double points)
{
    unsigned column = 0;
    unsigned i;

    sheet_row(form->sheet);
    for (i = 0; i < count; i++) {
        unsigned span = cells[i].span ? cells[i].span : 1;
        double height = height_of(form, cells[i].text, column, span);

        sheet_text(form->sheet, cells[i].text);
        sheet_style(form->sheet, cells[i].text.len ? style : empty);
        if (span > 1)
            sheet_span(form->sheet, span);
        if (height > points)
            points = height;
        column += span;
    }
    sheet_height(form->sheet, points);
}

void form_heads(struct form *form, const struct form_cell *cells, unsigned count)
{
    add_cells(form, cells, count, STYLE_HEAD, STYLE_HEAD, 0);
}

void form_row(struct form *form, const struct form_cell *cells, unsigned count)
{
    add_cells(form, cells, count, STYLE_PLAIN, STYLE_PLAIN, 0);
}

void form_blank_row(struct form *form, const struct form_cell *cells, unsigned count)
{
    /* a rule below, to write on */
    add_cells(form, cells, count, STYLE_PLAIN, STYLE_SECTION, HAND_POINTS);
}

void form_note(struct form *form, struct str text)
{
    sheet_row(form->sheet);
    add_wide(form, text, STYLE_NOTE, 0);
}
