/* Which source map reads a source: by its columns, and proved by reading it. */
#include <string.h>

#include "base/mem.h"
#include "cmd/completion.h"
#include "cmd/info.h"
#include "reader/reader.h"
#include "record/record.h"
#include "source/shipped.h"

enum { CANDIDATES_MAX = 64, CANDIDATES_TOLD = 3 };

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
    bool is_exact = str_is(map->reader, "xes");
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
        if (status != STATUS_OK || !str_is(map->reader, reader) || shipped_find(map->id))
            continue;
        map->id = map->name; /* by which it can be asked for */
        maps[(*count)++] = map;
    }
    diag_done(&quiet);
    return status == STATUS_MEMORY ? diag_no_memory(&info->run->diag) : STATUS_OK;
}

/* Source maps of that reader: those of the data folder and the shipped ones that it does not
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
        if (status == STATUS_OK && str_is(map->reader, reader))
            maps[(*ret_count)++] = map;
    }
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
        if (status == STATUS_OK)
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

struct proof {
    struct accounting accounting;
    bool needs_zone;
    bool needs_order;
};

/* All rows, for what becomes of them; nothing of them is kept but the ids. */
static enum status read_all(struct info *info, const struct record_options *options,
                            struct diag *quiet, struct accounting *ret_accounting)
{
    struct record_needs needs = {.slots = 0};
    struct record_set *set = NULL;
    enum status status = record_set_new(&needs, quiet, &set);

    if (status == STATUS_OK)
        status = record_read(set, info->name, 0, options, &info->run->arena, quiet, ret_accounting);
    record_set_free(set);
    return status;
}

/* False: it cannot be read so; *ret_status tells when that ends the program. */
static bool prove(struct info *info, const struct source_map *map, struct diag *quiet,
                  struct proof *ret_proof, enum status *ret_status)
{
    struct record_options options = {.map = map};
    struct zone *zone = NULL;
    struct str name = info->name;
    enum status status = STATUS_OK;

    if (map->zone.len)
        status = zone_load(map->zone, quiet, &zone);
    options.zone = zone;
    if (status == STATUS_OK) {
        status = record_decide_order(&name, 1, &options, quiet, &options.date_order);
        if (status == STATUS_USAGE) {
            ret_proof->needs_order = true;
            options.date_order = DATE_ORDER_DMY;
            status = STATUS_OK;
        }
    }
    if (status == STATUS_OK)
        status = read_all(info, &options, quiet, &ret_proof->accounting);
    if (status == STATUS_USAGE && !options.zone) {
        ret_proof->needs_zone = true;
        options.zone = zone_utc();
        status = read_all(info, &options, quiet, &ret_proof->accounting);
    }
    zone_free(zone);
    *ret_status = status == STATUS_MEMORY || status == STATUS_INTERRUPTED ? status : STATUS_OK;
    return status == STATUS_OK;
}

static bool tell_reasons(struct info *info, const struct accounting *accounting)
{
    static const char *const columns[] = {"reason", "#n", "#line", NULL};
    struct arena *arena = &info->run->arena;
    size_t i;

    facts_table(info->facts, "not-used", columns);
    for (i = 0; i < accounting->reason_count; i++) {
        const struct accounting_reason *reason = &accounting->reasons[i];
        struct str cells[] = {reason->reason, facts_count(arena, reason->n),
                              facts_count(arena, reason->first_count ? reason->first[0].line : 0)};

        if (!facts_row(info->facts, cells))
            return false;
    }
    facts_table_end(info->facts);
    return true;
}

/* The command line that comes next; a name that a shell would take apart is quoted. */
static enum status tell_next(struct info *info, const struct source_map *map,
                             const struct proof *proof)
{
    struct buf text;
    size_t i = 0;

    while (i < info->name.len && (unsigned char)info->name.ptr[i] > ' ' &&
           !strchr("\"'`$\\|&;<>()*?[]{}#!~\x7f", info->name.ptr[i]))
        i++;
    buf_init(&text, 1 << 20);
    buf_printf(&text, "cfaudit measure M-03 --map %.*s%s%s %s", STR_ARG(map->id),
               proof->needs_zone ? " --zone ZONE" : "",
               proof->needs_order ? " --date-order dmy|mdy" : "",
               info->name.len && info->name.ptr[0] == '-' ? "-- " : "");
    if (i == info->name.len)
        buf_add(&text, info->name);
    else
        completion_quote(&text, info->name, "'\\''");
    facts_text(info->facts, "next", buf_str(&text));
    i = text.failed;
    buf_done(&text);
    return i ? diag_no_memory(&info->run->diag) : STATUS_OK;
}

static enum status tell_proof(struct info *info, const struct source_map *map,
                              const struct proof *proof)
{
    const struct accounting *accounting = &proof->accounting;

    facts_text(info->facts, "map", map->id);
    facts_text(info->facts, "title", words_in(&map->title, info->run->lang));
    facts_number(info->facts, "used", accounting->rows_used);
    facts_number(info->facts, "filtered", accounting->rows_filtered);
    facts_number(info->facts, "rejected", accounting->rows_rejected);
    facts_number(info->facts, "cases", accounting->cases);
    if (!tell_reasons(info, accounting))
        return diag_no_memory(&info->run->diag);
    if (!proof->needs_order)
        facts_text(info->facts, "dates", accounting->date_order);
    else
        facts_text(info->facts, "needs-order", STR("--date-order: all dates can be read both ways"));
    if (proof->needs_zone)
        facts_text(info->facts, "needs-zone", STR("--zone: times carry no offset"));
    return tell_next(info, map, proof);
}

static enum status tell_best(struct info *info, const struct source_map *map)
{
    struct proof proof = {.needs_zone = false};
    struct diag quiet;
    enum status status;

    diag_init(&quiet);
    if (prove(info, map, &quiet, &proof, &status))
        status = tell_proof(info, map, &proof);
    else if (status != STATUS_OK)
        diag_merge(&info->run->diag, &quiet);
    diag_done(&quiet);
    return status;
}

/* --- both --- */

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

enum status info_maps(struct info *info, const char *reader, struct info_column *columns,
                      size_t count)
{
    struct candidate list[CANDIDATES_MAX];
    size_t candidates = 0;
    enum status status = consider(info, reader, columns, count, list, &candidates);

    if (status != STATUS_OK || candidates == 0)
        return status;
    status = tell_candidates(info, list, candidates);
    if (status != STATUS_OK || !list[0].has_required)
        return status;
    status = name_fields(info, list[0].map, columns, count);
    if (status == STATUS_OK && !source_reads_once(info->name))
        status = tell_best(info, list[0].map);
    return status;
}
