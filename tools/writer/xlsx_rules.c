#include <string.h>

#include "writer/write_xlsx.h"

/* The text as it stands in a formula: "say ""yes""". */
static void add_literal(struct buf *out, struct str text)
{
    buf_add_char(out, '"');
    buf_add_doubled(out, text, '"');
    buf_add_char(out, '"');
}

static size_t characters(struct str text)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* False when the formula refers to a sheet that was left out. */
static bool set_condition(struct xlsx *xlsx, const struct look_rule *rule, lxw_row_t row,
                          lxw_col_t column, lxw_conditional_format *format)
{
    struct buf *out = xlsx_clear(xlsx, &xlsx->other);

    switch (rule->when) {
    case WHEN_IS:
        format->type = LXW_CONDITIONAL_TYPE_CELL;
        format->criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
        add_literal(out, rule->text);
        break;
    case WHEN_BEGINS:
        /* the library counts bytes where it compares beginnings by itself */
        format->type = LXW_CONDITIONAL_TYPE_FORMULA;
        buf_add_text(out, "=LEFT(");
        xlsx_add_place(out, row, /* is_fixed= */ false, column);
        buf_printf(out, ",%zu)=", characters(rule->text));
        add_literal(out, rule->text);
        break;
    case WHEN_TRUE:
        format->type = LXW_CONDITIONAL_TYPE_FORMULA;
        if (!xlsx_formula(xlsx, rule->text, row, out))
            return false;
        break;
    }
    format->value_string = out->bytes;
    return !out->failed && out->bytes;
}

static void add_rules(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct look_rule *rules,
                      size_t count, lxw_row_t first, lxw_row_t last, lxw_col_t column)
{
    size_t i;

    for (i = 0; i < count; i++) {
        lxw_conditional_format format;

        memset(&format, 0, sizeof format);
        format.format = xlsx_rule_format(xlsx, rules[i].level);
        format.stop_if_true = LXW_TRUE;
        if (format.format && set_condition(xlsx, &rules[i], first, column, &format))
            xlsx_keep(xlsx, worksheet_conditional_format_range(worksheet, first, column, last,
                                                               column, &format));
    }
}

void xlsx_add_rules(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    lxw_row_t head = sheet->has_heading ? 1 : 0;
    lxw_row_t number = head;
    const struct row *row;
    size_t i;

    if (sheet->row_count == 0)
        return;
    for (i = 0; i < sheet->column_count; i++)
        add_rules(xlsx, worksheet, sheet->columns[i].rules, sheet->columns[i].rule_count, head,
                  (lxw_row_t)(head + sheet->row_count - 1), (lxw_col_t)i);
    for (row = sheet->rows; row; row = row->next, number++)
        for (i = 0; i < row->cell_count; i++)
            if (row->cells[i].extra)
                add_rules(xlsx, worksheet, row->cells[i].extra->rules,
                          row->cells[i].extra->rule_count, number, number, (lxw_col_t)i);
}
