#include "lint/lint_maps.h"

static bool load(struct lint *lint, struct lint_maps *maps)
{
    const struct xml_node *source;
    size_t count = xml_field_count(lint->root, "source");

    maps->list = arena_alloc(lint->arena, count, sizeof(struct source_map *));
    if (!maps->list) {
        lint_no_memory(lint);
        return false;
    }
    for (source = xml_child(lint->root, "source"); source; source = xml_next(source, "source")) {
        struct source_map *map = NULL;
        struct str name = xml_attr(source, "map");
        struct diag inner;
        enum status status = STATUS_INVALID;

        diag_init(&inner);
        if (name.len)
            status = source_map_load(lint->arena, lint->library, name, lint->folder, &inner, &map);
        diag_done(&inner);
        if (status == STATUS_MEMORY)
            lint_no_memory(lint);
        if (status != STATUS_OK)
            return false;
        maps->list[maps->count++] = map;
    }
    return maps->count > 0;
}

bool lint_maps(struct lint *lint, struct lint_maps *maps)
{
    if (!maps->was_loaded) {
        maps->was_loaded = true;
        maps->is_whole = load(lint, maps);
    }
    return maps->is_whole;
}

bool lint_maps_give(const struct lint_maps *maps, const char *record, struct str field)
{
    size_t m;
    size_t i;

    for (m = 0; m < maps->count; m++)
        for (i = 0; i < maps->list[m]->field_count; i++)
            if ((!record || str_is(maps->list[m]->fields[i].record, record)) &&
                str_equal(maps->list[m]->fields[i].field, field))
                return true;
    return false;
}
