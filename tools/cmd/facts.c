#include "cmd/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { KEY_WIDTH = 12, CELL_SHOWN = 72 };

void facts_begin(struct facts *facts, struct buf *out, struct arena *arena, bool is_json)
{
    *facts = (struct facts){.out = out, .arena = arena, .is_json = is_json};
    if (is_json)
        buf_add_text(out, "  \"files\": [");
}

void facts_end(struct facts *facts)
{
    if (facts->is_json)
        buf_add_text(facts->out, facts->files ? "\n    }\n  ]" : "]");
}

void facts_file(struct facts *facts, struct str name)
{
    if (facts->is_json) {
        buf_add_text(facts->out, facts->files ? "\n    },\n    {\n      \"path\": "
                                              : "\n    {\n      \"path\": ");
        buf_add_json(facts->out, name);
    } else {
        if (facts->files)
            buf_add_char(facts->out, '\n');
        buf_add_visible(facts->out, name, name.len);
        buf_add_char(facts->out, '\n');
    }
    facts->files++;
}

/* Programs like underscores. */
static void add_name(struct buf *out, const char *name)
{
    buf_add_char(out, '"');
    for (; *name; name++)
        buf_add_char(out, *name == '-' ? '_' : *name);
    buf_add_text(out, "\": ");
}

static void add_key(struct facts *facts, const char *key)
{
    if (!facts->is_json) {
        buf_printf(facts->out, "  %-*s ", KEY_WIDTH, key);
        return;
    }
    buf_add_text(facts->out, ",\n      ");
    add_name(facts->out, key);
}

void facts_text(struct facts *facts, const char *key, struct str value)
{
    if (value.len == 0)
        return;
    add_key(facts, key);
    if (facts->is_json) {
        buf_add_json(facts->out, value);
    } else {
        buf_add_visible(facts->out, value, value.len);
        buf_add_char(facts->out, '\n');
    }
}

void facts_number(struct facts *facts, const char *key, uint64_t value)
{
    add_key(facts, key);
    buf_printf(facts->out, facts->is_json ? "%" PRIu64 : "%" PRIu64 "\n", value);
}

void facts_table(struct facts *facts, const char *key, const char *const *columns)
{
    facts->key = key;
    facts->columns = columns;
    facts->first = NULL;
    facts->end = &facts->first;
    for (facts->width = 0; columns[facts->width] && facts->width < FACT_COLUMNS;)
        facts->width++;
}

bool facts_row(struct facts *facts, const struct str *cells)
{
    struct fact_row *row = arena_alloc(facts->arena, 1, sizeof *row);
    size_t c;

    if (!row)
        return false;
    for (c = 0; c < facts->width; c++)
        row->cells[c] = cells[c];
    row->next = NULL;
    *facts->end = row;
    facts->end = &row->next;
    return true;
}

static bool is_number(const char *column)
{
    return column[0] == '#';
}

static const char *column_name(const char *column)
{
    return is_number(column) ? column + 1 : column;
}

static void write_json(struct facts *facts)
{
    const struct fact_row *row;
    size_t c;

    add_key(facts, facts->key);
    buf_add_char(facts->out, '[');
    for (row = facts->first; row; row = row->next) {
        buf_add_text(facts->out, row == facts->first ? "\n        {" : ",\n        {");
        for (c = 0; c < facts->width; c++) {
            buf_add_text(facts->out, c ? ", " : "");
            add_name(facts->out, column_name(facts->columns[c]));
            if (!row->cells[c].ptr)
                buf_add_text(facts->out, "null");
            else if (is_number(facts->columns[c]))
                buf_add(facts->out, row->cells[c]);
            else
                buf_add_json(facts->out, row->cells[c]);
        }
        buf_add_char(facts->out, '}');
    }
    buf_add_text(facts->out, "\n      ]");
}

/* Characters that it takes, as near as bytes that begin one can tell. */
static size_t shown_width(struct str cell)
{
    size_t width = 0;
    size_t i;

    for (i = 0; i < cell.len; i++)
        width += ((unsigned char)cell.ptr[i] & 0xC0) != 0x80;
    return width < CELL_SHOWN ? width : CELL_SHOWN;
}

static void write_row(struct facts *facts, const struct str *cells, const size_t *widths)
{
    size_t width = facts->width;
    size_t c;

    while (width > 1 && cells[width - 1].len == 0)
        width--;
    buf_add_text(facts->out, "   ");
    for (c = 0; c < width; c++) {
        size_t gap = widths[c] - shown_width(cells[c]);
        bool is_last = c + 1 == width;

        buf_add_char(facts->out, ' ');
        if (is_number(facts->columns[c]))
            buf_printf(facts->out, "%*s", (int)gap, "");
        buf_add_visible(facts->out, cells[c], is_last ? cells[c].len : CELL_SHOWN);
        if (!is_number(facts->columns[c]) && !is_last)
            buf_printf(facts->out, "%*s", (int)gap, "");
        if (!is_last)
            buf_add_char(facts->out, ' ');
    }
    buf_add_char(facts->out, '\n');
}

static void write_text(struct facts *facts)
{
    struct str names[FACT_COLUMNS];
    size_t widths[FACT_COLUMNS];
    const struct fact_row *row;
    size_t c;

    for (c = 0; c < facts->width; c++) {
        names[c] = str_of(column_name(facts->columns[c]));
        widths[c] = shown_width(names[c]);
        for (row = facts->first; row; row = row->next)
            if (shown_width(row->cells[c]) > widths[c])
                widths[c] = shown_width(row->cells[c]);
    }
    buf_printf(facts->out, "  %s\n", facts->key);
    write_row(facts, names, widths);
    for (row = facts->first; row; row = row->next)
        write_row(facts, row->cells, widths);
}

void facts_table_end(struct facts *facts)
{
    if (!facts->first)
        return;
    if (facts->is_json)
        write_json(facts);
    else
        write_text(facts);
}

struct str facts_count(struct arena *arena, uint64_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%" PRIu64, value);
    return arena_str(arena, str_of(text));
}
