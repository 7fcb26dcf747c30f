/* Tables of delimited text: columns, what stands in them, and who can read them. */
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "cmd/info.h"
#include "reader/reader.h"
#include "time/format.h"

/* Columns that are looked into, and rows in which their cells are. */
enum { LOOKED_COLUMNS = 256, LOOKED_ROWS = 10000, FORMATS = 12 };

/* What cells look like, the narrowest first. */
enum { LOOKS_WHOLE, LOOKS_NUMBER, LOOKS_TIME, LOOKS_FLAG, LOOKS_COUNT };

static const char *const looks_words[] = {
    [LOOKS_WHOLE] = "whole number",
    [LOOKS_NUMBER] = "number",
    [LOOKS_TIME] = "time",
    [LOOKS_FLAG] = "yes or no",
};

struct column {
    uint64_t filled;
    uint64_t looked;             /* cells that were looked into */
    uint64_t looks[LOOKS_COUNT]; /* of those */
    size_t format;               /* that the last time had */
};

struct table {
    struct info *info;
    struct info_column *columns;
    struct column *about;
    size_t count;
    struct str dialect;
    uint64_t rows;
    uint64_t rejected;
    struct time_format formats[FORMATS];
    struct diag quiet;
};

static const char *const formats[FORMATS] = {
    "iso",
    "%D/%N/%Y %H:%M:%S",
    "%D/%N/%Y %H:%M",
    "%D/%N/%Y",
    "%D.%N.%Y %H:%M:%S",
    "%D.%N.%Y %H:%M",
    "%D.%N.%Y",
    "%D-%N-%Y %H:%M:%S",
    "%D-%N-%Y %H:%M",
    "%D/%N/%Y %I:%M:%S %p",
    "%D/%N/%Y %I:%M %p",
    "%Y/%m/%d %H:%M:%S",
};

/* --- cells --- */

static bool is_time(struct table *table, struct column *column, struct str cell)
{
    struct time_text time;
    size_t i;

    if (cell.len < 8 || cell.len > 40)
        return false;
    for (i = 0; i < FORMATS; i++) {
        size_t f = (column->format + i) % FORMATS;

        if (time_format_read(&table->formats[f], DATE_ORDER_UNKNOWN, cell, &time)) {
            column->format = f;
            return true;
        }
    }
    return false;
}

/* With a point or a comma, as people write it. */
static bool is_number(struct str cell)
{
    char text[40];
    double value;
    size_t i;

    if (cell.len >= sizeof text)
        return false;
    for (i = 0; i < cell.len; i++)
        text[i] = cell.ptr[i] == ',' ? '.' : cell.ptr[i];
    return str_to_double((struct str){text, cell.len}, &value);
}

static bool is_flag(struct str cell)
{
    static const char *const words[] = {"true", "false", "yes", "no", "y", "n",
                                        "sì",   "si",    "vero", "falso"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(words); i++)
        if (str_equal_nocase(cell, str_of(words[i])))
            return true;
    return false;
}

static void look(struct table *table, struct column *column, struct str cell, bool is_deep)
{
    int64_t whole;

    cell = str_trim(cell);
    if (cell.len == 0)
        return;
    column->filled++;
    if (!is_deep)
        return;
    column->looked++;
    column->looks[LOOKS_WHOLE] += str_to_int64(cell, &whole);
    column->looks[LOOKS_NUMBER] += is_number(cell);
    column->looks[LOOKS_TIME] += is_time(table, column, cell);
    column->looks[LOOKS_FLAG] += is_flag(cell);
}

/* All of its cells, or all but one of twenty: dirt is no reason not to see what a column is. */
static struct str looks_phrase(struct arena *arena, const struct column *column)
{
    size_t i;

    if (column->filled == 0)
        return STR("empty");
    for (i = 0; i < LOOKS_COUNT; i++)
        if (column->looked && column->looks[i] == column->looked)
            return str_of(looks_words[i]);
    for (i = 0; i < LOOKS_COUNT; i++)
        if (column->looks[i] * 20 >= column->looked * 19)
            return arena_format(arena, "mostly %s", looks_words[i]);
    return STR("text");
}

/* --- reading --- */

static enum status open_rows(struct table *table, const struct column_want *wants, size_t count,
                             struct rowset **ret_rows)
{
    struct reader_options options = {.encoding = ENCODING_DETECT};

    return reader_find(STR("delimited"))
        ->open(table->info->source, &options, wants, count, &table->quiet, ret_rows);
}

/* Names of the columns; those of the maps help to tell the delimiter. */
static enum status read_header(struct table *table)
{
    struct info *info = table->info;
    struct column_want *wants = NULL;
    struct rowset *rows = NULL;
    size_t count = 0;
    enum status status = info_map_wants(info, "delimited", &wants, &count);
    size_t i;

    if (status == STATUS_OK)
        status = open_rows(table, wants, count, &rows);
    if (status != STATUS_OK)
        return status;
    table->count = rows->column_count;
    table->columns = arena_alloc(&info->run->arena, table->count + 1, sizeof *table->columns);
    table->about = arena_alloc(&info->run->arena, table->count + 1, sizeof *table->about);
    if (!table->columns || !table->about)
        status = diag_no_memory(&info->run->diag);
    for (i = 0; status == STATUS_OK && i < table->count; i++) {
        table->columns[i] =
            (struct info_column){arena_str(&info->run->arena, rows->columns[i]), {NULL, 0}};
        if (!table->columns[i].name.ptr)
            status = diag_no_memory(&info->run->diag);
    }
    rowset_close(rows);
    return status == STATUS_OK ? source_rewind(info->source, &info->run->diag) : status;
}

static enum status read_rows(struct table *table)
{
    struct info *info = table->info;
    size_t width = table->count < LOOKED_COLUMNS ? table->count : LOOKED_COLUMNS;
    struct column_want *wants = arena_alloc(&info->run->arena, width + 1, sizeof *wants);
    struct rowset *rows = NULL;
    enum status status;
    size_t r;
    size_t c;

    if (!wants)
        return diag_no_memory(&info->run->diag);
    for (c = 0; c < width; c++)
        wants[c] = (struct column_want){&table->columns[c].name, 1, false};
    status = open_rows(table, wants, width, &rows);
    while (status == STATUS_OK) {
        struct row_batch batch;

        status = rowset_next(rows, &batch);
        for (r = 0; status == STATUS_OK && r < batch.count; r++, table->rows++)
            for (c = 0; c < width; c++)
                look(table, &table->about[c], batch.cells[r * batch.width + c],
                     table->rows < LOOKED_ROWS);
    }
    if (rows) {
        table->dialect = arena_str(&info->run->arena, rows->dialect);
        table->rows = rows->counts.read;
        table->rejected = rows->counts.rejected;
    }
    rowset_close(rows);
    return status == STATUS_END ? STATUS_OK : status;
}

/* --- telling --- */

static enum status tell_columns(struct table *table)
{
    static const char *const heads[] = {"#number", "column", "#filled", "looks", "field", NULL};
    static const struct str none = {NULL, 0};
    struct facts *facts = table->info->facts;
    size_t c;

    facts_table(facts, "columns", heads);
    for (c = 0; c < table->count; c++) {
        bool is_looked = c < LOOKED_COLUMNS;
        struct str cells[] = {
            facts_count(facts->arena, c + 1), table->columns[c].name,
            is_looked ? facts_count(facts->arena, table->about[c].filled) : none,
            is_looked ? looks_phrase(facts->arena, &table->about[c]) : none,
            table->columns[c].field};

        if (!facts_row(facts, cells))
            return diag_no_memory(&table->info->run->diag);
    }
    facts_table_end(facts);
    return STATUS_OK;
}

static enum status tell_table(struct table *table)
{
    struct info *info = table->info;
    enum status status;

    facts_text(info->facts, "kind", STR("table, delimited text"));
    facts_text(info->facts, "dialect", table->dialect);
    facts_number(info->facts, "rows", table->rows);
    if (table->rejected)
        facts_number(info->facts, "unreadable", table->rejected);
    status = info_maps(info, "delimited", table->columns, table->count);
    return status == STATUS_OK ? tell_columns(table) : status;
}

/* A heading for more than one thing, and rows that mostly fit under it. */
static bool is_table(const struct table *table)
{
    return table->count > 1 && table->rejected * 2 <= table->rows;
}

/* What the reader would say against it is worth knowing, but no failure of ours. */
static enum status tell_text(struct table *table)
{
    struct info *info = table->info;
    const struct diag *quiet = &table->quiet;
    enum status status = source_rewind(info->source, &info->run->diag);
    size_t i;

    if (status == STATUS_OK)
        status = info_text_lines(info);
    for (i = 0; i < quiet->count && status == STATUS_OK; i++) {
        if (quiet->list[i].severity < SEVERITY_ERROR)
            continue;
        facts_text(info->facts, "no-table",
                   arena_format(&info->run->arena, "%s, line %llu [%s]",
                                rule_info(quiet->list[i].rule)->message,
                                (unsigned long long)quiet->list[i].where.line,
                                rule_info(quiet->list[i].rule)->name));
        break;
    }
    return status;
}

static enum status tell(struct info *info)
{
    struct table table = {.info = info};
    enum status status;
    size_t bad;
    size_t i;

    for (i = 0; i < FORMATS; i++)
        BUG_IF(!time_format_compile(str_of(formats[i]), &table.formats[i], &bad));
    diag_init(&table.quiet);
    status = read_header(&table);
    if (status == STATUS_OK)
        status = read_rows(&table);
    if (status == STATUS_INVALID || (status == STATUS_OK && !is_table(&table)))
        status = tell_text(&table);
    else if (status == STATUS_OK)
        status = tell_table(&table);
    else
        diag_merge(&info->run->diag, &table.quiet);
    diag_done(&table.quiet);
    return status;
}

/* Text that is nothing else. */
static bool fits(const struct info *info)
{
    (void)info;
    return true;
}

const struct info_kind info_table = {.fits = fits, .tell = tell};
