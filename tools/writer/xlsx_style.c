#include <string.h>

#include "page/house.h"
#include "writer/clean_text.h"
#include "writer/write_xlsx.h"

/* Numbers of built-in formats that show a date as the reader's system does. */
enum { XLSX_LOCAL_DATE = 14, XLSX_LOCAL_INSTANT = 22 };

/* Each ends with the width of a letter, so that the number does not touch the next column. */
static void set_number_format(lxw_format *format, const struct cell *cell)
{
    static const char *const number[XLSX_DECIMALS] = {"#,##0_w", "#,##0.0_w", "#,##0.00_w",
                                                      "#,##0.000_w", "#,##0.0000_w"};
    static const char *const share[XLSX_DECIMALS] = {"0%_w", "0.0%_w", "0.00%_w", "0.000%_w",
                                                     "0.0000%_w"};
    static const char *const hours[XLSX_DECIMALS] = {"#,##0\" h\"_w", "#,##0.0\" h\"_w",
                                                     "#,##0.00\" h\"_w", "#,##0.000\" h\"_w",
                                                     "#,##0.0000\" h\"_w"};
    unsigned decimals = cell->decimals < XLSX_DECIMALS ? cell->decimals : XLSX_DECIMALS - 1;

    switch ((enum cell_type)cell->type) {
    case CELL_INTEGER:
        format_set_num_format(format, number[0]);
        break;
    case CELL_POINTS:
        format_set_num_format(format, "0_w");
        break;
    case CELL_NUMBER:
        format_set_num_format(format, number[decimals]);
        break;
    case CELL_SHARE:
        format_set_num_format(format, share[decimals]);
        break;
    case CELL_DURATION:
        format_set_num_format(format, hours[decimals]);
        break;
    case CELL_DATE:
        format_set_num_format_index(format, XLSX_LOCAL_DATE);
        break;
    case CELL_INSTANT:
        format_set_num_format_index(format, XLSX_LOCAL_INSTANT);
        break;
    case CELL_TEXT:
        if (text_looks_like_formula(cell_text(cell)))
            format_set_num_format(format, "@");
        break;
    case CELL_BLANK:
    case CELL_UNIT:
    case CELL_TYPE_COUNT:
        break;
    }
}

static void set_style(lxw_format *format, const struct style_look *look)
{
    static const uint8_t edges[] = {
        [EDGE_TOP] = LXW_ALIGN_VERTICAL_TOP,
        [EDGE_MIDDLE] = LXW_ALIGN_VERTICAL_CENTER,
        [EDGE_BOTTOM] = LXW_ALIGN_VERTICAL_BOTTOM,
    };

    format_set_font_name(format, house.font);
    format_set_font_size(format, look->points);
    format_set_font_color(format, look->ink);
    format_set_align(format, edges[look->edge]);
    if (look->is_bold)
        format_set_bold(format);
    if (look->fill != HOUSE_NO_FILL)
        format_set_bg_color(format, look->fill);
    if (look->has_rule) {
        format_set_bottom(format, LXW_BORDER_MEDIUM);
        format_set_bottom_color(format, look->ink);
    }
}

static void set_alignment(lxw_format *format, const struct cell *cell)
{
    enum cell_type type = (enum cell_type)cell->type;
    enum style style = (enum style)cell->style;

    if (style == STYLE_HEAD_NUMBER || (cell_type_is_number(type) && !house.styles[style].is_left))
        format_set_align(format, LXW_ALIGN_RIGHT);
    else
        format_set_align(format, LXW_ALIGN_LEFT);
    if (style == STYLE_HEAD_NUMBER)
        format_set_indent(format, 1);
    if (type == CELL_TEXT)
        format_set_text_wrap(format);
}

/* On a page without a table only what is to be seen first is filled. */
static bool is_filled(const struct cell *cell, bool boxed)
{
    return house.levels[cell->level].fill != HOUSE_NO_FILL &&
           (boxed || cell->style == STYLE_STRONG || cell->style == STYLE_BOX);
}

static lxw_format *make(struct xlsx *xlsx, const struct cell *cell, bool boxed, bool is_link)
{
    const struct level_look *look = &house.levels[cell->level];
    lxw_format *format = workbook_add_format(xlsx->workbook);

    if (!format) {
        xlsx_keep(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    set_style(format, &house.styles[cell->style]);
    set_number_format(format, cell);
    set_alignment(format, cell);
    if (cell->level != LEVEL_NONE)
        format_set_font_color(format, look->ink);
    if (is_filled(cell, boxed))
        format_set_bg_color(format, look->fill);
    if (is_link && cell->level == LEVEL_NONE)
        format_set_font_color(format, house.ink_link);
    if (is_link)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (boxed) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, house.line);
    }
    if (cell->is_input)
        format_set_unlocked(format);
    return format;
}

lxw_format *xlsx_format(struct xlsx *xlsx, const struct cell *cell, bool boxed, bool is_link)
{
    struct cell key = *cell;
    lxw_format **slot;
    unsigned decimals;

    if (key.becomes != CELL_BLANK)
        key.type = key.becomes;
    if (key.type == CELL_TEXT) /* the slot of decimals tells the two kinds of text apart */
        key.decimals = text_looks_like_formula(cell_text(&key));
    decimals = key.decimals < XLSX_DECIMALS ? key.decimals : XLSX_DECIMALS - 1;
    slot = &xlsx->formats[key.style][key.type][key.level][decimals][boxed][is_link][key.is_input];
    if (!*slot)
        *slot = make(xlsx, &key, boxed, is_link);
    return *slot;
}

lxw_format *xlsx_rule_format(struct xlsx *xlsx, enum level level)
{
    const struct level_look *look = &house.levels[level];

    if (xlsx->rules[level])
        return xlsx->rules[level];
    xlsx->rules[level] = workbook_add_format(xlsx->workbook);
    if (!xlsx->rules[level]) {
        xlsx_keep(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    format_set_font_color(xlsx->rules[level], look->ink);
    if (look->fill != HOUSE_NO_FILL)
        format_set_bg_color(xlsx->rules[level], look->fill);
    return xlsx->rules[level];
}
