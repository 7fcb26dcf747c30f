/*
 * Fields of conditions and breakdowns that no source gives: a condition would leave out every case,
 * a breakdown would have one row.
 */
#include <string.h>

#include "lint/lint_maps.h"
#include "record/field.h"

enum { NAMES_MAX = 256, TEXT_MAX = 100 };

struct state {
    struct lint_maps maps;
    char texts[NAMES_MAX][TEXT_MAX + 1]; /* names to suggest */
    const char *names[NAMES_MAX + 1];
};

/* The nearest of the fields that the maps give a case; NULL: none is near. */
static const char *nearest_to(struct state *state, struct str field)
{
    size_t count = 0;
    size_t m;
    size_t i;

    for (m = 0; m < state->maps.count; m++) {
        const struct source_map *map = state->maps.list[m];

        for (i = 0; i < map->field_count && count < NAMES_MAX; i++) {
            struct str name = map->fields[i].field;

            if (name.len > TEXT_MAX || str_is(map->fields[i].record, "event"))
                continue;
            memcpy(state->texts[count], name.ptr, name.len);
            state->texts[count][name.len] = '\0';
            state->names[count] = state->texts[count];
            count++;
        }
    }
    state->names[count] = NULL;
    return str_nearest(field, state->names);
}

/* A field of some kind of records. */
static bool is_known(struct str field)
{
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        if (record_case_field((enum record_kind)kind, field))
            return true;
    return false;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    bool is_by = strcmp(xml_name(node), "by") == 0;
    struct str field = xml_attr(node, "field");
    struct state *state = lint->state;
    const char *nearest;

    if ((!is_by && strcmp(xml_name(node), "where") != 0) || !field.len ||
        lint_parent(lint) != lint->root || !lint_maps(lint, &state->maps) ||
        lint_maps_give(&state->maps, NULL, field))
        return;
    nearest = nearest_to(state, field);
    if (!nearest && !is_known(field))
        return; /* a column of the files, perhaps: what they have is told when they are read */
    lint_say(lint, node, "field", "'%.*s'", STR_ARG(field));
    if (nearest)
        lint_hint(lint, "did you mean '%s'?", nearest);
    else
        lint_hint(lint, "no source map has it; cfaudit explain %.*s --source prints what one has",
                  STR_ARG(state->maps.list[0]->id));
}

const struct lint_rule lint_audit_field = {
    .kind = "audit", .element = "*", .state_size = sizeof(struct state), .look = look};
