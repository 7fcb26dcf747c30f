/* Attributes that only some of the rules of a log tell: their changes are kept, so that an entry that
   does not speak of one leaves it as it was. */
#include <string.h>

#include "base/mem.h"
#include "cmd/gathering.h"

/* Whether the entries of the rule have the column: as a named group, or with a value that it sets. */
static bool has_column(const struct log_rule *rule, struct str column)
{
    size_t i;

    for (i = 0; i < rule->value_count; i++)
        if (str_equal(rule->values[i].column, column))
            return true;
    for (i = 0; i + column.len + 2 < rule->pattern.len; i++) {
        const char *at = rule->pattern.ptr + i;

        if ((at[0] == '<' || at[0] == '\'') && memcmp(at + 1, column.ptr, column.len) == 0 &&
            (at[column.len + 1] == '>' || at[column.len + 1] == '\''))
            return true;
    }
    return false;
}

/* Some rule whose entries are used says nothing of the field. */
static bool is_told_by_some(const struct source_map *map, const struct map_field *field)
{
    size_t r;
    size_t i;

    for (r = 0; r < map->log.count; r++) {
        bool has_any = false;

        for (i = 0; i < field->column_count; i++)
            has_any |= has_column(&map->log.list[r], field->columns[i]);
        if (map->log.list[r].is_used && !has_any)
            return true;
    }
    return false;
}

/* Where every case keeps the field; below 0: nowhere. */
static int kept_slot(const struct record_needs *needs, const struct map_field *field)
{
    const struct record_model *kind = record_model_find(field->record);
    const struct record_field *known = kind ? record_field_find(kind, field->field) : NULL;
    int slot = known ? known->slot : measure_slot(needs, field->field);

    if (slot >= SLOT_OWN)
        return slot;
    return slot >= 0 && slot < SLOT_COUNT && (needs->slots >> slot & 1) ? slot : -1;
}

static void track(struct record_needs *needs, int slot)
{
    size_t i = 0;

    while (i < needs->tracked_count && needs->tracked[i] != slot)
        i++;
    if (i == RECORD_TRACKED)
        return; /* no room: the last row tells it, as with a table */
    if (i == needs->tracked_count)
        needs->tracked[needs->tracked_count++] = slot;
    needs->told_by_some |= 1u << i;
}

void gathering_keep_said(struct gathering *g)
{
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++) {
        const struct source_map *map = g->sources[s].options.map;

        for (i = 0; map->log.count && i < map->field_count; i++) {
            int slot = record_field_kind(map, &map->fields[i]) == RECORD_TICKET
                           ? kept_slot(&g->needs, &map->fields[i])
                           : -1;

            if (slot >= 0 && is_told_by_some(map, &map->fields[i]))
                track(&g->needs, slot);
        }
    }
}
