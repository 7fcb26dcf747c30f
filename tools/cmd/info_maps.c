/* Which source map reads a source: by its columns, and where that is not enough, by its rows. */
#include "base/mem.h"
#include "cmd/info.h"
#include "reader/reader.h"
#include "source/shipped.h"

enum { CANDIDATES_MAX = 64, CANDIDATES_TOLD = 3 };
/* Columns that tell rows of an API among lines of any program: an id and times have many. */
enum { TAKEN_OUT_LEAST = 4 };

struct candidate {
    struct source_map *map;
    size_t columns; /* of the source that it takes */
    size_t fields;  /* of the map that have a column */
    bool has_required;
};

/* --- by columns --- */

static const struct info_column *find_column(const struct source_map *map, struct str name,
                                             const struct info_column *columns, size_t count)
{
    bool is_exact = !str_is(map->reader, "delimited");
    size_t i;

    for (i = 0; i < count; i++)
        if (is_exact ? str_equal(columns[i].name, name) : column_name_equal(columns[i].name, name))
            return &columns[i];
    return NULL;
}

/* The column that the field takes: the first of its names that is there. */
static const struct info_column *column_of(const struct source_map *map,
                                           const struct map_field *field,
                                           const struct info_column *columns, size_t count)
{
    const struct info_column *found = NULL;
    size_t i;

    for (i = 0; i < field->column_count && !found; i++)
        found = find_column(map, field->columns[i], columns, count);
    return found;
}

static enum status weigh(struct info *info, struct candidate *candidate,
                         const struct info_column *columns, size_t count)
{
    bool *taken = mem_alloc(count + 1, sizeof *taken);
    const struct source_map *map = candidate->map;
    size_t i;

    if (!taken)
        return diag_no_memory(&info->run->diag);
    candidate->has_required = true;
    for (i = 0; i < map->field_count; i++) {
        const struct info_column *found = column_of(map, &map->fields[i], columns, count);

        candidate->fields += found != NULL;
        candidate->has_required &= found || !map->fields[i].required;
        if (found && !taken[found - columns]) {
            taken[found - columns] = true;
            candidate->columns++;
        }
    }
    mem_free(taken);
    return STATUS_OK;
}

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (a->has_required != b->has_required)
        return a->has_required;
    return a->columns != b->columns ? a->columns > b->columns : a->fields > b->fields;
}

/* Into its place, the best first. */
static void insert(struct candidate *list, size_t *count, const struct candidate *candidate)
{
    size_t i = *count;

    if (candidate->columns == 0 || *count == CANDIDATES_MAX)
        return;
    for (; i > 0 && is_better(candidate, &list[i - 1]); i--)
        list[i] = list[i - 1];
    list[i] = *candidate;
    (*count)++;
}

/* Rows of pages are understood an object a line as well, once they were taken out of them. */
static bool reads(const struct source_map *map, const char *reader)
{
    return str_is(map->reader, reader) ||
           (str_is(str_of(reader), "json-lines") && str_is(map->reader, "json") && map->row_count);
}

/* Maps of the user's own in the data folder, as far as they are sound; others are not our business. */
static enum status load_own(struct info *info, const char *reader, struct source_map **maps,
                            size_t *count)
{
    struct str folder = info->run->library.data_folder;
    struct arena *arena = &info->run->arena;
    struct str *names = NULL;
    size_t name_count = 0;
    struct diag quiet;
    enum status status;
    size_t i;

    if (folder.len == 0)
        return STATUS_OK;
    diag_init(&quiet);
    status = source_expand(arena, &folder, 1, &quiet, &names, &name_count);
    for (i = 0; i < name_count && status != STATUS_MEMORY && *count < CANDIDATES_MAX; i++) {
        struct source_map *map = NULL;

        if (!str_ends(names[i], ".xml"))
            continue;
        status = source_map_load(arena, &info->run->library, names[i], (struct str){NULL, 0},
                                 &quiet, &map);
        if (status != STATUS_OK || !reads(map, reader) || shipped_find(map->id))
            continue;
        map->id = map->name; /* by which it can be asked for */
        maps[(*count)++] = map;
    }
    diag_done(&quiet);
    return status == STATUS_MEMORY ? diag_no_memory(&info->run->diag) : STATUS_OK;
}

/* Source maps of what is read so: those of the data folder and the shipped ones that it does not
   replace. */
static enum status load_maps(struct info *info, const char *reader, struct source_map **maps,
                             size_t *ret_count)
{
    const struct shipped *document;
    enum status status = run_library(info->run);

    *ret_count = 0;
    if (status == STATUS_OK)
        status = load_own(info, reader, maps, ret_count);
    for (document = shipped_documents; document->name && status == STATUS_OK; document++) {
        struct source_map *map = NULL;

        if (!str_starts(str_of(document->path), "schemas/sources/") || *ret_count == CANDIDATES_MAX)
            continue;
        status = source_map_load(&info->run->arena, &info->run->library, str_of(document->name),
                                 (struct str){NULL, 0}, &info->run->diag, &map);
        if (status == STATUS_OK && reads(map, reader))
            maps[(*ret_count)++] = map;
    }
    return status;
}

enum status info_map_list(struct info *info, const char *reader, struct source_map **maps,
                          size_t most, size_t *ret_count)
{
    struct source_map *all[CANDIDATES_MAX];
    enum status status = load_maps(info, reader, all, ret_count);
    size_t i;

    if (*ret_count > most)
        *ret_count = most;
    for (i = 0; i < *ret_count; i++)
        maps[i] = all[i];
    return status;
}

static enum status consider(struct info *info, const char *reader,
                            const struct info_column *columns, size_t column_count,
                            struct candidate *list, size_t *ret_count)
{
    struct source_map *maps[CANDIDATES_MAX];
    size_t count = 0;
    enum status status = load_maps(info, reader, maps, &count);
    size_t i;

    *ret_count = 0;
    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct candidate candidate = {.map = maps[i]};

        status = weigh(info, &candidate, columns, column_count);
        if (status == STATUS_OK && (str_is(maps[i]->reader, reader) ||
                                    candidate.columns >= TAKEN_OUT_LEAST))
            insert(list, ret_count, &candidate);
    }
    return status;
}

enum status info_map_wants(struct info *info, const char *reader, struct column_want **ret_wants,
                           size_t *ret_count)
{
    struct source_map *maps[CANDIDATES_MAX];
    struct column_want *wants;
    size_t count = 0;
    size_t fields = 0;
    enum status status = load_maps(info, reader, maps, &count);
    size_t i;
    size_t f;

    if (status != STATUS_OK)
        return status;
    for (i = 0; i < count; i++)
        fields += maps[i]->field_count;
    wants = arena_alloc(&info->run->arena, fields + 1, sizeof *wants);
    if (!wants)
        return diag_no_memory(&info->run->diag);
    *ret_wants = wants;
    *ret_count = fields;
    for (i = 0; i < count; i++)
        for (f = 0; f < maps[i]->field_count; f++)
            *wants++ = (struct column_want){maps[i]->fields[f].columns,
                                            maps[i]->fields[f].column_count, false};
    return STATUS_OK;
}

/* --- by reading --- */

static enum status tell_candidates(struct info *info, const struct candidate *list, size_t count)
{
    static const char *const columns[] = {"map", "#columns", "#fields", "missing", NULL};
    struct arena *arena = &info->run->arena;
    size_t i;

    facts_table(info->facts, "maps", columns);
    for (i = 0; i < count && i < CANDIDATES_TOLD; i++) {
        struct str cells[] = {list[i].map->id, facts_count(arena, list[i].columns),
                              facts_count(arena, list[i].fields),
                              list[i].has_required ? (struct str){NULL, 0} : STR("a required column")};

        if (!facts_row(info->facts, cells))
            return diag_no_memory(&info->run->diag);
    }
    facts_table_end(info->facts);
    return STATUS_OK;
}

static enum status name_fields(struct info *info, const struct source_map *map,
                               struct info_column *columns, size_t count)
{
    size_t i;

    for (i = 0; i < map->field_count; i++) {
        const struct map_field *field = &map->fields[i];
        const struct info_column *found = column_of(map, field, columns, count);
        struct str name;

        if (!found)
            continue;
        name = arena_format(&info->run->arena, "%.*s%s%.*s.%.*s", STR_ARG(found->field),
                            found->field.len ? " " : "", STR_ARG(field->record),
                            STR_ARG(field->field));
        if (!name.ptr)
            return diag_no_memory(&info->run->diag);
        columns[found - columns].field = name;
    }
    return STATUS_OK;
}

/* True: the first reads more of it, or understands more of what it reads. */
static bool is_more(const struct info_proof *a, const struct info_proof *b)
{
    if (a->is_sound != b->is_sound)
        return a->is_sound;
    if (a->accounting.rows_used != b->accounting.rows_used)
        return a->accounting.rows_used > b->accounting.rows_used;
    return a->unknown < b->unknown;
}

/* The best goes first; those that know equally many columns are all tried. */
static enum status prove_best(struct info *info, struct candidate *list, size_t count,
                              struct info_proof *ret_proof)
{
    enum status status = info_prove(info, list[0].map, ret_proof);
    size_t i;

    for (i = 1; i < count && i < CANDIDATES_TOLD && status == STATUS_OK; i++) {
        struct candidate first = list[0];
        struct info_proof proof;

        if (!list[i].has_required || list[i].columns != list[0].columns)
            break;
        status = info_prove(info, list[i].map, &proof);
        if (status != STATUS_OK || !is_more(&proof, ret_proof))
            continue;
        *ret_proof = proof;
        list[0] = list[i];
        list[i] = first;
    }
    return status;
}

enum status info_maps(struct info *info, const char *reader, struct info_column *columns,
                      size_t count)
{
    struct candidate list[CANDIDATES_MAX];
    struct info_proof proof = {.is_sound = false};
    size_t candidates = 0;
    enum status status = consider(info, reader, columns, count, list, &candidates);

    if (status != STATUS_OK || candidates == 0)
        return status;
    if (list[0].has_required && !source_reads_once(info->name))
        status = prove_best(info, list, candidates, &proof);
    if (status == STATUS_OK)
        status = tell_candidates(info, list, candidates);
    if (status == STATUS_OK && list[0].has_required)
        status = name_fields(info, list[0].map, columns, count);
    if (status == STATUS_OK && proof.is_sound)
        status = info_tell_proof(info, list[0].map, &proof);
    return status;
}
