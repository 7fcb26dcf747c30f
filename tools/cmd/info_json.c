/* JSON: lines that are objects, or documents with rows in them. */
#include <string.h>

#include "base/mem.h"
#include "cmd/info.h"
#include "reader/file_kind.h"
#include "reader/json_seen.h"

struct json_file {
    struct info *info;
    const char *reader;
    struct str place;   /* of the rows in documents; missing: at the top */
    struct str dialect;
    uint64_t rows;
    uint64_t rejected;
    struct seen_column *seen;
    struct info_column *columns;
    size_t count;
};

/* A single line with an array of objects is a page of rows. */
static bool is_lines(struct str head)
{
    bool has_several = memchr(str_trim(head).ptr, '\n', str_trim(head).len) != NULL;

    return reader_find(STR("json-lines"))->bid(head) > reader_find(STR("json"))->bid(head) &&
           (has_several || !seen_rows_place(head).ptr);
}

static enum status take_columns(struct json_file *file, const struct rowset *rows)
{
    struct arena *arena = &file->info->run->arena;
    enum status status = seen_columns(rows, arena, &file->seen, &file->count);
    size_t i;

    if (status == STATUS_OK)
        file->columns = arena_alloc(arena, file->count + 1, sizeof *file->columns);
    file->dialect = arena_str(arena, rows->dialect);
    if (status != STATUS_OK || !file->columns || !file->dialect.ptr)
        return diag_no_memory(&file->info->run->diag);
    for (i = 0; i < file->count; i++)
        file->columns[i] = (struct info_column){file->seen[i].name, {NULL, 0}};
    return STATUS_OK;
}

/* What the reader says of single rows is told by the best map, and counted here. */
static enum status read(struct json_file *file)
{
    struct info *info = file->info;
    const struct reader_options options = {.encoding = ENCODING_DETECT,
                                           .rows = &file->place,
                                           .row_count = file->place.ptr != NULL};
    struct column_want *wants = NULL;
    struct rowset *rows = NULL;
    struct row_batch batch;
    size_t count = 0;
    struct diag quiet;
    enum status status = info_map_wants(info, file->reader, &wants, &count);

    diag_init(&quiet);
    if (status == STATUS_OK)
        status = reader_find(str_of(file->reader))
                     ->open(info->source, &options, wants, count, &quiet, &rows);
    while (status == STATUS_OK)
        status = rowset_next(rows, &batch);
    if (status < 0)
        diag_merge(&info->run->diag, &quiet);
    if (status == STATUS_END) {
        file->rows = rows->counts.read;
        file->rejected = rows->counts.rejected;
        status = take_columns(file, rows);
    }
    rowset_close(rows);
    diag_done(&quiet);
    return status;
}

static enum status tell_columns(const struct json_file *file)
{
    static const char *const heads[] = {"#number", "column", "#filled", "looks", "field", NULL};
    struct facts *facts = file->info->facts;
    size_t i;

    facts_table(facts, "columns", heads);
    for (i = 0; i < file->count; i++) {
        struct str cells[] = {facts_count(facts->arena, i + 1), file->seen[i].name,
                              facts_count(facts->arena, file->seen[i].filled),
                              str_of(file->seen[i].looks), file->columns[i].field};

        if (!facts_row(facts, cells))
            return diag_no_memory(&file->info->run->diag);
    }
    facts_table_end(facts);
    return STATUS_OK;
}

static enum status tell(struct info *info)
{
    struct json_file file = {.info = info};
    bool has_lines = is_lines(info->head);
    enum status status;

    file.reader = has_lines ? "json-lines" : "json";
    if (!has_lines)
        file.place = seen_rows_place(info->head);
    facts_text(info->facts, "kind", has_lines ? STR("JSON lines") : STR("JSON"));
    status = read(&file);
    if (status != STATUS_OK)
        return status;
    facts_text(info->facts, "dialect", file.dialect);
    if (file.place.ptr)
        facts_text(info->facts, "place", file.place);
    facts_number(info->facts, "rows", file.rows);
    if (file.rejected)
        facts_number(info->facts, "unreadable", file.rejected);
    status = info_maps(info, file.reader, file.columns, file.count);
    return status == STATUS_OK ? tell_columns(&file) : status;
}

static bool fits(const struct info *info)
{
    return file_kind_is_json(info->head);
}

const struct info_kind info_json = {.fits = fits, .tell = tell};
