#include "report/client_cases.h"

#include <string.h>

#include "base/bug.h"

struct renaming {
    struct arena *arena;
    const struct evidence *from;
    const struct evidence *copy;
    bool failed;
};

static void *copy_of(struct renaming *r, const void *from, size_t count, size_t size)
{
    void *copy = arena_alloc(r->arena, count ? count : 1, size);

    r->failed |= !copy;
    if (copy && count)
        memcpy(copy, from, count * size);
    return copy;
}

static bool is_line(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

/* "survey.jsonl:10" becomes "source-17:10"; what is no place stays. */
static struct str renamed(struct renaming *r, struct str text)
{
    size_t i;

    for (i = 0; i < r->from->source_count; i++) {
        struct str name = r->from->sources[i].identity.name;
        struct str line;

        if (text.len <= name.len + 1 || text.ptr[name.len] != ':' ||
            memcmp(text.ptr, name.ptr, name.len) != 0)
            continue;
        line = (struct str){text.ptr + name.len + 1, text.len - name.len - 1};
        if (!is_line(line))
            continue;
        text = arena_format(r->arena, "%.*s:%.*s", STR_ARG(r->copy->sources[i].identity.name),
                            STR_ARG(line));
        r->failed |= !text.ptr;
        break;
    }
    return text;
}

static void copy_citations(struct renaming *r, struct citations *citations)
{
    size_t i;

    citations->list = copy_of(r, citations->list, citations->count, sizeof *citations->list);
    for (i = 0; citations->list && i < citations->count; i++)
        citations->list[i].case_id = renamed(r, citations->list[i].case_id);
}

static void copy_exclusions(struct renaming *r, struct exclusion **list, size_t count)
{
    size_t i;

    *list = copy_of(r, *list, count, sizeof **list);
    for (i = 0; *list && i < count; i++)
        copy_citations(r, &(*list)[i].first);
}

static void copy_row(struct renaming *r, struct figure_row *row, size_t columns)
{
    size_t i;

    row->place.case_id = renamed(r, row->place.case_id);
    row->cells = copy_of(r, row->cells, columns, sizeof *row->cells);
    for (i = 0; row->cells && i < columns; i++)
        row->cells[i].text = renamed(r, row->cells[i].text);
}

static void copy_tables(struct renaming *r, struct figure *figure)
{
    size_t i;
    size_t k;

    figure->tables = copy_of(r, figure->tables, figure->table_count, sizeof *figure->tables);
    for (i = 0; figure->tables && i < figure->table_count; i++) {
        struct figure_table *table = &figure->tables[i];

        table->rows = copy_of(r, table->rows, table->row_count, sizeof *table->rows);
        for (k = 0; table->rows && k < table->row_count; k++)
            copy_row(r, &table->rows[k], table->form->column_count);
    }
}

static void copy_figures(struct renaming *r, struct figure **list, size_t count, unsigned level)
{
    size_t i;

    BUG_IF(level > FIGURE_DEPTH);
    *list = copy_of(r, *list, count, sizeof **list);
    for (i = 0; *list && i < count; i++) {
        struct figure *figure = &(*list)[i];

        copy_citations(r, &figure->worst);
        copy_citations(r, &figure->sample);
        copy_exclusions(r, &figure->excluded, figure->excluded_count);
        copy_exclusions(r, &figure->differences, figure->difference_count);
        copy_tables(r, figure);
        copy_figures(r, &figure->breakdown, figure->breakdown_count, level + 1);
        copy_figures(r, &figure->series, figure->series_count, level + 1);
    }
}

bool client_copy_cases(struct arena *arena, struct evidence *copy, const struct evidence *from)
{
    struct renaming renaming = {.arena = arena, .from = from, .copy = copy};
    size_t i;

    copy->joins = copy_of(&renaming, copy->joins, copy->join_count, sizeof *copy->joins);
    for (i = 0; copy->joins && i < copy->join_count; i++)
        copy_citations(&renaming, &copy->joins[i].first);
    copy_figures(&renaming, &copy->figures, copy->figure_count, 0);
    return !renaming.failed;
}
