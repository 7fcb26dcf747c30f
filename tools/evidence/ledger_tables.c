#include "evidence/ledger_tables.h"

#include <math.h>

#include "base/limits.h"

/* --- writing --- */

void ledger_write_taken(struct xml_writer *writer, const char *name, struct str text)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    size_t most = LIMIT_LEDGER_TEXT - (sizeof ellipsis - 1);
    struct buf cut;

    if (text.len <= LIMIT_LEDGER_TEXT) {
        xml_write_attr(writer, name, text);
        return;
    }
    /* not within a character */
    for (text.len = most; text.len + 4 > most; text.len--)
        if (((unsigned char)text.ptr[text.len] & 0xC0) != 0x80)
            break;
    buf_init(&cut, LIMIT_LEDGER_TEXT);
    buf_add(&cut, text);
    buf_add_text(&cut, ellipsis);
    if (cut.failed)
        writer->out->failed = true;
    xml_write_attr(writer, name, buf_str(&cut));
    buf_done(&cut);
}

static void put_column(struct xml_writer *writer, const struct table_column *column)
{
    xml_write_open(writer, "column");
    xml_write_attr(writer, "name", column->name);
    xml_write_attr(writer, "type", str_of(table_type_name(column->type)));
    if (column->decimals)
        xml_write_attr_uint(writer, "decimals", column->decimals);
    xml_write_words(writer, "title", &column->title);
    xml_write_words(writer, "help", &column->help);
    xml_write_close(writer);
}

static void put_chart(struct xml_writer *writer, const struct table_form *form)
{
    const struct table_chart *chart = &form->chart;
    size_t i;

    if (chart->series_count == 0)
        return;
    xml_write_open(writer, "table-chart");
    xml_write_attr(writer, "kind", str_of(table_chart_kind_name(chart->kind)));
    xml_write_attr(writer, "category", form->columns[chart->category].name);
    if (chart->rows)
        xml_write_attr_uint(writer, "rows", chart->rows);
    xml_write_words(writer, "title", &chart->title);
    for (i = 0; i < chart->series_count; i++) {
        xml_write_open(writer, "drawn");
        xml_write_attr(writer, "column", form->columns[chart->series[i]].name);
        xml_write_close(writer);
    }
    xml_write_close(writer);
}

static void put_cell(struct xml_writer *writer, enum table_type type, const struct figure_cell *cell)
{
    xml_write_open(writer, "cell");
    if (type == TABLE_TEXT || type == TABLE_WORD)
        ledger_write_taken(writer, "value", cell->text);
    else if (type == TABLE_INSTANT)
        instant_write_attr(writer, "value", cell->at);
    else
        xml_write_attr_number(writer, "value", cell->number);
    if (cell->level != TABLE_PLAIN)
        xml_write_attr(writer, "level", str_of(table_level_name(cell->level)));
    if (cell->words)
        xml_write_words(writer, "said", cell->words);
    xml_write_close(writer);
}

static void put_row(struct xml_writer *writer, const struct table_form *form,
                    const struct figure_row *row)
{
    size_t i;

    xml_write_open(writer, "row");
    if (row->place.case_id.ptr) {
        ledger_write_taken(writer, "case", row->place.case_id);
        xml_write_attr_uint(writer, "source", row->place.source);
        xml_write_attr_uint(writer, "line", row->place.line);
        xml_write_attr_uint(writer, "offset", row->place.offset);
    }
    for (i = 0; i < form->column_count; i++)
        put_cell(writer, form->columns[i].type, &row->cells[i]);
    xml_write_close(writer);
}

static void put_table(struct xml_writer *writer, const struct figure_table *table)
{
    const struct table_form *form = table->form;
    size_t i;

    xml_write_open(writer, "table");
    xml_write_attr(writer, "id", form->id);
    if (table->rows_left_out)
        xml_write_attr_uint(writer, "rows-left-out", table->rows_left_out);
    xml_write_words(writer, "sheet", &form->name);
    xml_write_words(writer, "title", &form->title);
    for (i = 0; i < table->note_count; i++) {
        xml_write_open(writer, "about");
        xml_write_attr_bool(writer, "warning", table->notes[i].is_warning);
        xml_write_words(writer, "text", &table->notes[i].text);
        xml_write_close(writer);
    }
    for (i = 0; i < form->column_count; i++)
        put_column(writer, &form->columns[i]);
    put_chart(writer, form);
    for (i = 0; i < table->row_count; i++)
        put_row(writer, form, &table->rows[i]);
    xml_write_close(writer);
}

void tables_write(struct xml_writer *writer, const struct figure *figure)
{
    size_t i;

    for (i = 0; i < figure->table_count; i++)
        put_table(writer, &figure->tables[i]);
}

/* --- reading --- */

static void get_columns(struct xml_fields *fields, const struct xml_node *table,
                        struct table_form *form)
{
    size_t count = xml_field_count(table, "column");
    struct table_column *columns = xml_field_array(fields, count, sizeof *columns);
    const struct xml_node *node;

    if (count > TABLE_COLUMNS) {
        xml_field_bad(fields, table, "column", "is there too often");
        return;
    }
    form->columns = columns;
    for (node = xml_child(table, "column"); node && columns; node = xml_next(node, "column")) {
        struct table_column *column = &columns[form->column_count];

        column->name = xml_field_str(fields, node, "name");
        if (table_find_column(form, column->name) != form->column_count)
            xml_field_bad(fields, node, "name", "is the name of a column before");
        if (!table_type_find(xml_attr(node, "type"), &column->type))
            xml_field_bad(fields, node, "type", "is no type of a column");
        column->decimals = (unsigned)xml_field_uint(fields, node, "decimals");
        column->title = xml_field_words(fields, node, "title");
        column->help = xml_field_words(fields, node, "help");
        form->column_count++;
    }
}

static size_t get_column(struct xml_fields *fields, const struct xml_node *node, const char *name,
                         const struct table_form *form)
{
    size_t column = table_find_column(form, xml_attr(node, name));

    if (column == form->column_count) {
        xml_field_bad(fields, node, name, "is no column of the table");
        return 0;
    }
    return column;
}

static void get_chart(struct xml_fields *fields, const struct xml_node *node,
                      struct table_form *form)
{
    struct table_chart *chart = &form->chart;
    const struct xml_node *drawn;

    if (!node)
        return;
    if (!table_chart_kind_find(xml_attr(node, "kind"), &chart->kind))
        xml_field_bad(fields, node, "kind", "is no kind of chart");
    chart->title = xml_field_words(fields, node, "title");
    chart->category = get_column(fields, node, "category", form);
    chart->rows = xml_field_uint(fields, node, "rows");
    for (drawn = xml_child(node, "drawn"); drawn; drawn = xml_next(drawn, "drawn")) {
        size_t column = get_column(fields, drawn, "column", form);
        enum table_type type = form->column_count ? form->columns[column].type : TABLE_TEXT;

        if (chart->series_count == TABLE_CHART_SERIES) {
            xml_field_bad(fields, drawn, "drawn", "is there too often");
            return;
        }
        if (type == TABLE_TEXT || type == TABLE_WORD || type == TABLE_INSTANT)
            xml_field_bad(fields, drawn, "column", "holds no numbers");
        chart->series[chart->series_count++] = column;
    }
}

/* In each language, of a text that a document says in several. */
static void get_words(struct xml_fields *fields, const struct xml_node *node,
                      struct figure_cell *cell)
{
    struct words *words;

    if (!xml_child(node, "said"))
        return;
    words = xml_field_array(fields, 1, sizeof *words);
    if (!words)
        return;
    *words = xml_field_words(fields, node, "said");
    cell->words = words;
}

static void get_cell(struct xml_fields *fields, const struct xml_node *node, enum table_type type,
                     struct figure_cell *cell)
{
    bool is_text = type == TABLE_TEXT || type == TABLE_WORD;
    struct str level = xml_attr(node, "level");

    *cell = (struct figure_cell){.number = NAN, .at = INSTANT_MISSING};
    if (is_text) {
        cell->text = xml_field_str(fields, node, "value");
        get_words(fields, node, cell);
    } else if (type == TABLE_INSTANT)
        cell->at = instant_attr(fields, node, "value");
    else
        cell->number = xml_field_double(fields, node, "value");
    if (type == TABLE_INTEGER && isfinite(cell->number) && cell->number != floor(cell->number))
        xml_field_bad(fields, node, "value", "is no whole number");
    if (level.ptr && !table_level_find(level, &cell->level))
        xml_field_bad(fields, node, "level", "is no level");
}

static void get_row(struct xml_fields *fields, const struct xml_node *node,
                    const struct table_form *form, size_t source_count, struct figure_row *row)
{
    const struct xml_node *cell;
    size_t count = 0;

    if (xml_field_count(node, "cell") != form->column_count) {
        xml_field_bad(fields, node, "cell", "is not there once for each column");
        return;
    }
    row->cells = xml_field_array(fields, form->column_count, sizeof *row->cells);
    for (cell = xml_child(node, "cell"); cell && row->cells; cell = xml_next(cell, "cell")) {
        get_cell(fields, cell, form->columns[count].type, &row->cells[count]);
        count++;
    }
    row->place.case_id = xml_field_str(fields, node, "case");
    if (!row->place.case_id.ptr)
        return;
    row->place.source = (uint32_t)xml_field_uint(fields, node, "source");
    row->place.line = xml_field_uint(fields, node, "line");
    row->place.offset = xml_field_uint(fields, node, "offset");
    if (row->place.source >= source_count)
        xml_field_bad(fields, node, "source", "is no source of this ledger");
}

static void get_notes(struct xml_fields *fields, const struct xml_node *node,
                      struct figure_table *table)
{
    const struct xml_node *about;

    table->notes = xml_field_array(fields, xml_field_count(node, "about"), sizeof *table->notes);
    for (about = xml_child(node, "about"); about && table->notes; about = xml_next(about, "about")) {
        struct table_note *note = &table->notes[table->note_count++];

        note->is_warning = xml_field_bool(fields, about, "warning");
        note->text = xml_field_words(fields, about, "text");
    }
}

static void get_table(struct xml_fields *fields, const struct xml_node *node, size_t source_count,
                      struct figure_table *table)
{
    struct table_form *form = xml_field_array(fields, 1, sizeof *form);
    const struct xml_node *row;

    if (!form)
        return;
    table->form = form;
    form->id = xml_field_str(fields, node, "id");
    form->name = xml_field_words(fields, node, "sheet");
    form->title = xml_field_words(fields, node, "title");
    table->rows_left_out = xml_field_uint(fields, node, "rows-left-out");
    get_columns(fields, node, form);
    get_chart(fields, xml_child(node, "table-chart"), form);
    get_notes(fields, node, table);
    table->rows = xml_field_array(fields, xml_field_count(node, "row"), sizeof *table->rows);
    for (row = xml_child(node, "row"); row && table->rows && fields->status == STATUS_OK;
         row = xml_next(row, "row"))
        get_row(fields, row, form, source_count, &table->rows[table->row_count++]);
}

void tables_read(struct xml_fields *fields, const struct xml_node *node, size_t source_count,
                 struct figure *figure)
{
    const struct xml_node *table;

    figure->tables =
        xml_field_array(fields, xml_field_count(node, "table"), sizeof *figure->tables);
    for (table = xml_child(node, "table");
         table && figure->tables && fields->status == STATUS_OK; table = xml_next(table, "table"))
        get_table(fields, table, source_count, &figure->tables[figure->table_count++]);
}
