#include "lint/lint_map.h"

#include <string.h>

#include "base/mem.h"

/* Fields of one kind at most, and the NULL behind them. */
enum { NAMES = 64 };

const struct record_model *lint_map_kind(const struct lint *lint)
{
    size_t depth = lint->depth;

    while (depth > 0 && strcmp(xml_name(lint->above[depth - 1]), "record") != 0)
        depth--;
    return depth ? record_model_find(xml_attr(lint->above[depth - 1], "kind")) : NULL;
}

/* A ticket has, of other records, its events and what its rows say of service levels and promises;
   any other name may be a column of its own. */
static bool is_near(const struct record_model *kind, const struct record_model *other,
                    struct str name)
{
    const struct record_field *field = record_field_find(other, name);

    if (!field || kind != record_models[RECORD_TICKET])
        return field != NULL;
    return field->is_carried || other->kind == RECORD_TICKET;
}

const struct record_model *lint_map_other_kind(const struct record_model *kind, struct str name)
{
    size_t i;

    for (i = 0; i < record_model_count; i++)
        if (record_models[i] != kind && is_near(kind, record_models[i], name))
            return record_models[i];
    return NULL;
}

static const char *choose(const struct record_model *kind, struct str name,
                          const char *(*chooser)(struct str, const char *const *))
{
    const char *names[NAMES] = {NULL};
    size_t i;

    for (i = 0; i < kind->field_count && i + 1 < ARRAY_LEN(names); i++)
        names[i] = kind->fields[i].name;
    return chooser(name, names);
}

const char *lint_map_nearest(const struct record_model *kind, struct str name)
{
    return choose(kind, name, str_nearest);
}

const char *lint_map_meant(const struct record_model *kind, struct str name)
{
    return choose(kind, name, str_meant);
}

const struct record_field *lint_map_field(const struct lint *lint, const struct xml_node *field)
{
    const struct record_model *kind = lint_map_kind(lint);

    return kind ? record_field_find(kind, xml_attr(field, "name")) : NULL;
}

bool lint_map_is_table(const struct lint *lint)
{
    return str_is(xml_attr(lint->root, "reader"), "delimited");
}
