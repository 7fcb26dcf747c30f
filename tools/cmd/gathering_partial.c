/* What rests on a source in which a limit of matching was met: figures that may lack rows of it. */
#include "base/mem.h"
#include "cmd/gathering.h"
#include "record/share.h"

/* What the rows of a source can say. */
struct said {
    struct slot_set slots;
    bool classes;
    bool groups;
    bool messages;
};

static void add_slot(struct said *said, int slot)
{
    switch (slot) {
    case PART_AT:
        slot_set_add(&said->slots, SLOT_FIRST_EVENT);
        break;
    case PART_STATUS:
    case SLOT_STATUS:
        said->classes = true;
        slot_set_add(&said->slots, SLOT_STATUS);
        slot_set_add(&said->slots, SLOT_CLASS);
        slot_set_add(&said->slots, SLOT_FIRST_SOLVED);
        break;
    case PART_GROUP:
        said->groups = true;
        break;
    case PART_ACTOR_CLASS:
        said->messages = true;
        break;
    default:
        if (slot < SLOT_COUNT || slot >= SLOT_OWN)
            slot_set_add(&said->slots, slot);
        break;
    }
}

static void add_map(struct said *said, const struct gathering *g, const struct source_map *map)
{
    size_t i;

    for (i = 0; i < map->field_count; i++) {
        const struct record_model *kind = record_model_find(map->fields[i].record);
        const struct record_field *field =
            kind ? record_field_find(kind, map->fields[i].field) : NULL;
        int slot = record_field_kind(map, &map->fields[i]) != RECORD_TICKET ? -1
                   : field ? field->slot : measure_slot(&g->needs, map->fields[i].field);

        if (slot >= 0)
            add_slot(said, slot);
    }
}

/* All that the partial sources say; false: there is none. */
static bool find_said(const struct gathering *g, struct said *ret_said)
{
    bool is_any = false;
    size_t number = 0;
    size_t s;
    size_t i;

    *ret_said = (struct said){.classes = false};
    for (s = 0; s < g->source_count; s++) {
        const struct gathering_source *source = &g->sources[s];
        bool is_partial = false;

        for (i = 0; i < source->name_count; i++)
            is_partial |= g->accounting[number++].is_partial;
        if (!is_partial)
            continue;
        is_any = true;
        add_map(ret_said, g, source->options.map);
        if (source->options.solved_when.ptr)
            add_slot(ret_said, PART_STATUS);
    }
    return is_any;
}

static bool has_any(const struct said *said, const int *slots, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (slot_set_has(&said->slots, slots[i]))
            return true;
    return false;
}

static bool rests_on(const struct measure *measure, const struct said *said)
{
    struct record_needs needs = {.slots = 0};

    measure_add_needs(measure, &needs);
    return (needs.slots & said->slots.bits[0]) || ((needs.classes || needs.statuses) && said->classes) ||
           (needs.groups && said->groups) || (needs.messages && said->messages);
}

void gathering_mark_partial(struct gathering *g)
{
    const struct measure_context *context = &g->context;
    struct said said;
    bool is_all;
    size_t i;

    if (!find_said(g, &said))
        return;
    /* which cases count, in which row, and as of when may all depend on a row that is missing */
    is_all = !context->as_of_is_given || has_any(&said, context->where_slots, context->where_count) ||
             has_any(&said, context->by_slots, context->by_count);
    for (i = 0; i < g->figure_count; i++) {
        const struct measure *measure = measure_find(g->figures[i].measure);

        if (is_all || (measure && rests_on(measure, &said)))
            figure_mark_partial(&g->figures[i]);
    }
}
