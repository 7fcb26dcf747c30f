/* The sources of a run: their maps, zones and files. */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/gathering_process.h"
#include "cmd/gathering_texts.h"
#include "cmd/gathering_kinds.h"
#include "source/source.h"

/* --- files --- */

static enum status join_paths(struct gathering *g, struct gathering_source *source,
                              struct str **ret_paths)
{
    struct arena *arena = &g->run->arena;
    struct str *paths = arena_alloc(arena, source->path_count, sizeof *paths);
    size_t i;

    if (!paths)
        return diag_no_memory(&g->run->diag);
    for (i = 0; i < source->path_count; i++) {
        bool is_relative = source->folder.len && !str_starts(source->paths[i], "/") &&
                           !str_is(source->paths[i], "-");

        paths[i] = is_relative ? arena_format(arena, "%.*s/%.*s", STR_ARG(source->folder),
                                              STR_ARG(source->paths[i]))
                               : source->paths[i];
        if (!paths[i].ptr)
            return diag_no_memory(&g->run->diag);
    }
    *ret_paths = paths;
    return STATUS_OK;
}

static enum status note_missing(struct gathering *g, struct gathering_source *source)
{
    struct missing_source *item = &g->missing[g->missing_count++];

    item->id = source->id.ptr ? source->id : source->paths[0];
    item->reason = STR("no file matches");
    g->run->incomplete = "source-missing";
    return STATUS_OK;
}

struct str gathering_shown(const struct gathering *g, struct str name)
{
    size_t s;

    for (s = 0; s < g->source_count; s++) {
        struct str folder = g->sources[s].folder;

        if (folder.len && name.len > folder.len + 1 &&
            memcmp(name.ptr, folder.ptr, folder.len) == 0 && name.ptr[folder.len] == '/')
            return (struct str){name.ptr + folder.len + 1, name.len - folder.len - 1};
    }
    return name;
}

struct str gathering_name(const struct gathering *g, size_t s, size_t i)
{
    const struct gathering_source *source = &g->sources[s];

    return source->shown ? source->shown[i] : gathering_shown(g, source->names[i]);
}

/* --- order --- */

struct shown {
    struct str shown;
    struct str name;
};

static int by_shown(const void *a, const void *b)
{
    const struct shown *left = a;
    const struct shown *right = b;

    return source_compare_names(left->shown, right->shown);
}

/* In the order of the names that the ledger shows, wherever the folder of the audit stands. */
static enum status order_names(struct gathering *g, struct gathering_source *source)
{
    struct shown *list;
    size_t i;

    if (source->folder.len == 0 || source->name_count < 2)
        return STATUS_OK;
    list = mem_alloc(source->name_count, sizeof *list);
    if (!list)
        return diag_no_memory(&g->run->diag);
    for (i = 0; i < source->name_count; i++)
        list[i] = (struct shown){gathering_shown(g, source->names[i]), source->names[i]};
    qsort(list, source->name_count, sizeof *list, by_shown);
    for (i = 0; i < source->name_count; i++)
        source->names[i] = list[i].name;
    mem_free(list);
    return STATUS_OK;
}

/* In an audit a source without its file is something missing from the audit, not a typing error. */
static enum status expand(struct gathering *g, struct gathering_source *source)
{
    struct diag *diag = &g->run->diag;
    struct str *paths = NULL;
    enum status status = join_paths(g, source, &paths);
    struct diag own;

    if (status != STATUS_OK)
        return status;
    if (!source->id.ptr) {
        status = source_expand(&g->run->arena, paths, source->path_count, diag, &source->names,
                               &source->name_count);
    } else {
        diag_init(&own);
        status = source_expand(&g->run->arena, paths, source->path_count, &own, &source->names,
                               &source->name_count);
        if (status == STATUS_USAGE) {
            diag_report(diag, RULE_SOURCE_NONE, WHERE_NONE, "source '%.*s': %.*s",
                        STR_ARG(source->id), STR_ARG(own.count ? own.list[0].text : STR("")));
            source->name_count = 0;
            status = STATUS_OK;
        } else {
            diag_merge(diag, &own);
        }
        diag_done(&own);
    }
    if (status == STATUS_OK && source->name_count == 0)
        status = note_missing(g, source);
    return status == STATUS_OK ? order_names(g, source) : status;
}

static enum status prepare(struct gathering *g, struct gathering_source *source)
{
    struct run *run = g->run;
    struct source_map *map = NULL;
    struct str zone;
    enum status status =
        source_map_load(&run->arena, &run->library, source->map, source->folder, &run->diag, &map);

    if (status != STATUS_OK)
        return status;
    source->options.map = map;
    if (!source->says_audit_trail)
        source->options.has_audit_trail = map->has_audit_trail;
    zone = source->zone_name.ptr ? source->zone_name : map->zone;
    if (zone.ptr && str_is(zone, "UTC")) {
        source->options.zone = zone_utc();
    } else if (zone.ptr) {
        status = zone_load(zone, &run->diag, &source->zone);
        source->options.zone = source->zone;
    }
    return status;
}

/* --- files of parts --- */

static bool is_glob(struct str path)
{
    return strpbrk(path.ptr, "*?[") != NULL; /* paths of documents are terminated */
}

/* As the run would have said that had all the files before it. */
static void tell_without_match(struct gathering *g, const struct gathering_source *source,
                               const struct str *paths)
{
    size_t p;
    size_t i;

    for (p = 0; p < source->path_count; p++) {
        for (i = 0; i < source->name_count && is_glob(paths[p]); i++)
            if (fnmatch(paths[p].ptr, source->names[i].ptr, FNM_PATHNAME | FNM_PERIOD) == 0)
                break;
        if (is_glob(paths[p]) && i == source->name_count)
            diag_report(&g->run->diag, RULE_SOURCE_NONE, (struct where){paths[p], 0, 0, 0},
                        "'%.*s'", STR_ARG(paths[p]));
    }
}

/* A source that no part has is missing, whether its files are here or nowhere. */
static enum status find_absent(struct gathering *g, struct gathering_source *source)
{
    enum status status = expand(g, source);

    if (status != STATUS_OK || source->name_count == 0)
        return status;
    source->name_count = 0;
    diag_report(&g->run->diag, RULE_PART_ABSENT, WHERE_NONE, "'%.*s'", STR_ARG(source->id));
    status = note_missing(g, source);
    g->missing[g->missing_count - 1].reason = STR("no part has it");
    return status;
}

static enum status look_at_given(struct gathering *g, struct gathering_source *source)
{
    struct str *paths = NULL;
    enum status status;

    if (!source->are_read)
        return STATUS_OK;
    if (source->name_count == 0)
        return find_absent(g, source);
    status = join_paths(g, source, &paths);
    if (status == STATUS_OK)
        tell_without_match(g, source, paths);
    return status;
}

enum status gathering_prepare(struct gathering *g)
{
    enum status status = STATUS_OK;
    size_t s;

    g->missing = arena_alloc(&g->run->arena, g->source_count, sizeof *g->missing);
    if (!g->missing)
        return diag_no_memory(&g->run->diag);
    for (s = 0; s < g->source_count && status == STATUS_OK; s++) {
        status = prepare(g, &g->sources[s]);
        if (status == STATUS_OK)
            status = g->sources[s].are_given ? look_at_given(g, &g->sources[s])
                                             : expand(g, &g->sources[s]);
    }
    if (status == STATUS_OK)
        status = gathering_kinds_prepare(g);
    if (status == STATUS_OK)
        status = gathering_clock(g);
    if (status == STATUS_OK)
        status = gathering_trust(g);
    if (status == STATUS_OK)
        status = gathering_process(g);
    if (status == STATUS_OK)
        status = gathering_texts(g);
    return status;
}
