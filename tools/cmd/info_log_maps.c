/* Which source map reads a text log: by the entries at its beginning that rules match. */
#include <string.h>

#include "base/bug.h"
#include "cmd/info.h"

enum { MAPS_MAX = 64, MAPS_TOLD = 3 };

struct candidate {
    struct source_map *map;
    uint64_t entries;
    uint64_t used;
    uint64_t by_rule; /* left out by a rule that knows them */
};

/* The first bytes, up to the end of a line where there is one. */
static struct str beginning(struct str head)
{
    size_t len = head.len;

    while (len > 0 && head.ptr[len - 1] != '\n')
        len--;
    return len ? (struct str){head.ptr, len} : head;
}

static void count(const struct rowset *rows, const struct source_map *map,
                  struct candidate *candidate)
{
    size_t i;

    candidate->entries = rows->counts.read;
    for (i = 0; i < rows->rule_count; i++)
        *(map->log.list[i].is_used ? &candidate->used : &candidate->by_rule) += rows->rules[i].n;
}

/* Matches the map's rules with the beginning; what cannot be read so is no candidate. */
static enum status look(struct info *info, struct source_map *map, struct candidate *ret_candidate)
{
    const struct reader_kind *kind = reader_find(map->reader);
    const struct reader_options options = {.encoding = ENCODING_DETECT, .log = &map->log};
    struct source *source = NULL;
    struct rowset *rows = NULL;
    struct row_batch batch;
    struct diag quiet;
    enum status status;

    BUG_IF(!kind);
    *ret_candidate = (struct candidate){.map = map};
    diag_init(&quiet);
    status = source_open_memory(info->name, beginning(info->head), &quiet, &source);
    if (status == STATUS_OK)
        status = kind->open(source, &options, NULL, 0, &quiet, &rows);
    while (status == STATUS_OK)
        status = rowset_next(rows, &batch);
    if (status == STATUS_END)
        count(rows, map, ret_candidate);
    rowset_close(rows);
    source_close(source);
    diag_done(&quiet);
    return status == STATUS_MEMORY        ? diag_no_memory(&info->run->diag)
           : status == STATUS_INTERRUPTED ? status
                                          : STATUS_OK;
}

/* True: the first knows more of the entries, or uses more of them. */
static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (a->used + a->by_rule != b->used + b->by_rule)
        return a->used + a->by_rule > b->used + b->by_rule;
    return a->used > b->used;
}

static void insert(struct candidate *list, size_t *count_of_list, const struct candidate *item)
{
    size_t i = *count_of_list;

    if (item->used == 0)
        return;
    for (; i > 0 && is_better(item, &list[i - 1]); i--)
        list[i] = list[i - 1];
    list[i] = *item;
    (*count_of_list)++;
}

static enum status tell(struct info *info, const struct candidate *list, size_t count_of_list)
{
    static const char *const columns[] = {"map", "#used", "#by-rule", "#no-rule", NULL};
    struct arena *arena = &info->run->arena;
    size_t i;

    facts_number(info->facts, "looked-at", list[0].entries);
    facts_table(info->facts, "maps", columns);
    for (i = 0; i < count_of_list && i < MAPS_TOLD; i++) {
        uint64_t known = list[i].used + list[i].by_rule;
        struct str cells[] = {list[i].map->id, facts_count(arena, list[i].used),
                              facts_count(arena, list[i].by_rule),
                              facts_count(arena, list[i].entries - known)};

        if (!facts_row(info->facts, cells))
            return diag_no_memory(&info->run->diag);
    }
    facts_table_end(info->facts);
    return STATUS_OK;
}

enum status info_log_maps(struct info *info)
{
    struct source_map *maps[MAPS_MAX];
    struct candidate list[MAPS_MAX];
    struct info_proof proof = {.is_sound = false};
    size_t count_of_maps = 0;
    size_t count_of_list = 0;
    enum status status = info_map_list(info, "text", maps, MAPS_MAX, &count_of_maps);
    size_t i;

    for (i = 0; i < count_of_maps && status == STATUS_OK; i++) {
        struct candidate candidate;

        status = look(info, maps[i], &candidate);
        if (status == STATUS_OK)
            insert(list, &count_of_list, &candidate);
    }
    if (status != STATUS_OK)
        return status;
    if (count_of_list == 0) {
        facts_text(info->facts, "maps", STR("none: no log rule matches its beginning"));
        return STATUS_OK;
    }
    status = tell(info, list, count_of_list);
    if (status == STATUS_OK && !source_reads_once(info->name))
        status = info_prove(info, list[0].map, &proof);
    return status == STATUS_OK && proof.is_sound ? info_tell_proof(info, list[0].map, &proof)
                                                 : status;
}
