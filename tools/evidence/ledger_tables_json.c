#include "evidence/ledger_tables.h"

static void json_words(struct tree *tree, const char *key, const struct words *words)
{
    tree_key(tree, key);
    tree_open(tree, '{');
    tree_str(tree, "en", words->in[LANG_EN]);
    tree_str(tree, "it", words->in[LANG_IT]);
    tree_close(tree, '}');
}

static void json_columns(struct tree *tree, const struct table_form *form)
{
    size_t i;

    tree_key(tree, "columns");
    tree_open(tree, '[');
    for (i = 0; i < form->column_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "name", form->columns[i].name);
        tree_str(tree, "type", str_of(table_type_name(form->columns[i].type)));
        json_words(tree, "title", &form->columns[i].title);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void json_cell(struct tree *tree, const struct table_column *column,
                      const struct figure_cell *cell)
{
    buf_add_json(tree->out, column->name);
    buf_add_text(tree->out, ": ");
    if (column->type == TABLE_TEXT || column->type == TABLE_WORD)
        buf_add_json(tree->out, cell->text);
    else if (column->type != TABLE_INSTANT)
        buf_add_double(tree->out, cell->number);
    else if (instant_is_missing(cell->at))
        buf_add_text(tree->out, "null");
    else {
        buf_add_char(tree->out, '"');
        instant_format(cell->at, tree->out);
        buf_add_char(tree->out, '"');
    }
}

/* One row stands in one line. */
static void json_row(struct tree *tree, const struct table_form *form, const struct figure_row *row,
                     const struct evidence *evidence)
{
    const struct table_place *place = &row->place;
    size_t i;

    tree_next(tree);
    buf_add_char(tree->out, '{');
    for (i = 0; i < form->column_count; i++) {
        if (i)
            buf_add_text(tree->out, ", ");
        json_cell(tree, &form->columns[i], &row->cells[i]);
    }
    if (place->case_id.ptr && place->source < evidence->source_count) {
        buf_add_text(tree->out, ", \"place\": {\"case\": ");
        buf_add_json(tree->out, place->case_id);
        buf_add_text(tree->out, ", \"source\": ");
        buf_add_json(tree->out, evidence->sources[place->source].identity.name);
        buf_printf(tree->out, ", \"line\": %llu, \"offset\": %llu}",
                   (unsigned long long)place->line, (unsigned long long)place->offset);
    }
    buf_add_char(tree->out, '}');
}

static void json_notes(struct tree *tree, const struct figure_table *table)
{
    size_t i;

    tree_key(tree, "notes");
    tree_open(tree, '[');
    for (i = 0; i < table->note_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_bool(tree, "warning", table->notes[i].is_warning);
        json_words(tree, "text", &table->notes[i].text);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

void tables_json(struct tree *tree, const struct figure *figure, const struct evidence *evidence)
{
    size_t i;
    size_t k;

    tree_key(tree, "tables");
    tree_open(tree, '[');
    for (i = 0; i < figure->table_count; i++) {
        const struct figure_table *table = &figure->tables[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "id", table->form->id);
        json_words(tree, "title", &table->form->title);
        json_notes(tree, table);
        json_columns(tree, table->form);
        tree_key(tree, "rows");
        tree_open(tree, '[');
        for (k = 0; k < table->row_count; k++)
            json_row(tree, table->form, &table->rows[k], evidence);
        tree_close(tree, ']');
        tree_uint(tree, "rows_left_out", table->rows_left_out);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}
