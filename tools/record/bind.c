#include "record/bind.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

/* Edits that a slip of the fingers makes at most. */
enum { SLIP = 2 };
/* Parts of an event that have slots, too. */
enum { ACTIVITY_SLOTS = 3 };

static const struct str iso_format = {"iso", 3};

static enum status bad_field(const struct map_field *field, const char *what,
                             const char *const *names, struct str given, struct diag *diag)
{
    const char *nearest = str_nearest(given, names);

    diag_report(diag, RULE_MAP_FIELD, field->where, "%s '%.*s'", what, STR_ARG(given));
    if (nearest)
        diag_hint(diag, "did you mean '%s'?", nearest);
    return STATUS_INVALID;
}

/* A name of the user's own that is nearly one of the model's may be a slip; said once a map. */
static void note_own_field(const struct map_field *field, const char *const *names,
                           struct diag *diag)
{
    const char *nearest = str_nearest(field->field, names);

    if (!nearest || str_distance(field->field, str_of(nearest), SLIP) > SLIP ||
        diag->by_rule[RULE_MAP_OWN_FIELD])
        return;
    diag_report(diag, RULE_MAP_OWN_FIELD, field->where, "'%.*s'", STR_ARG(field->field));
    diag_hint(diag, "did you mean '%s'?", nearest);
}

/* The model's field for a map's field; a ticket may have fields of the user's own. */
static enum status find_field(const struct map_field *field, struct diag *diag,
                              const struct record_field **ret_field)
{
    const struct record_model *kind = record_model_find(field->record);
    const char *names[64] = {NULL};
    size_t i;

    if (!kind) {
        for (i = 0; i < record_model_count; i++)
            names[i] = record_models[i]->name;
        return bad_field(field, "no record kind", names, field->record, diag);
    }
    *ret_field = record_field_find(kind, field->field);
    if (*ret_field)
        return STATUS_OK;
    for (i = 0; i < kind->field_count && i + 1 < ARRAY_LEN(names); i++)
        names[i] = kind->fields[i].name;
    if (kind != record_models[RECORD_TICKET])
        return bad_field(field, "no such field", names, field->field, diag);
    note_own_field(field, names, diag);
    return STATUS_OK;
}

static enum status bind_formats(struct bound_map *bound, struct bind_field *bind,
                                struct arena *arena, struct diag *diag)
{
    const struct source_map *map = bound->map;
    const struct str *formats = bind->field->format_count ? bind->field->formats : map->formats;
    size_t count = bind->field->format_count ? bind->field->format_count : map->format_count;
    bool may_have_offset = false;
    size_t i;

    if (count == 0) {
        formats = &iso_format;
        count = 1;
    }
    bind->formats = arena_alloc(arena, count, sizeof *bind->formats);
    if (!bind->formats)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        size_t bad = 0;

        BUG_IF(!time_format_compile(formats[i], &bind->formats[i], &bad)); /* the plan checked */
        may_have_offset |= bind->formats[i].has_offset || bind->formats[i].is_any_iso;
        bound->has_order |= bind->formats[i].has_order;
    }
    bind->format_count = count;
    bound->needs_zone |= !may_have_offset;
    return STATUS_OK;
}

/* Texts are read only when a measure wants them; whatever can be wrong is always read, so that
   the accounting of a source does not depend on what is measured. */
static bool is_wanted(const struct record_needs *needs, const struct record_field *model)
{
    if (!model)
        return false;
    if (needs->kind != RECORD_TICKET)
        return true;
    if (model->slot == PART_ID || model->type == FIELD_INSTANT || model->type == FIELD_INTEGER ||
        model->type == FIELD_BOOLEAN)
        return true;
    if (model->slot == PART_STATUS || model->slot == SLOT_STATUS ||
        model->slot == PART_ACTOR_CLASS || model->slot == PART_VISIBILITY)
        return true;
    if (model->slot == PART_TYPE)
        return needs->messages;
    if (model->slot == PART_TEXT || model->slot == PART_LANGUAGE)
        return needs->marks;
    if (model->slot == PART_GROUP)
        return needs->groups;
    return model->slot < SLOT_COUNT && (needs->slots >> model->slot & 1) != 0;
}

static bool lacks_id(enum record_kind kind)
{
    return record_models[kind]->may_lack_id;
}

/* What an event says of work that is done is kept in slots of its own, beside what it is else read
   for. */
static int activity_slot(const struct record_needs *needs, const struct record_field *model)
{
    static const struct {
        int part;
        int slot;
    } slots[ACTIVITY_SLOTS] = {
        {PART_TYPE, SLOT_ACTIVITY}, {PART_ACTOR, SLOT_ACTOR}, {PART_LIFECYCLE, SLOT_TRANSITION}};
    size_t i;

    if (!model || needs->kind != RECORD_TICKET)
        return SLOT_NONE;
    for (i = 0; i < ARRAY_LEN(slots); i++)
        if (model->slot == slots[i].part && (needs->slots >> slots[i].slot & 1) != 0)
            return slots[i].slot;
    return SLOT_NONE;
}

static void add_field(struct bound_map *bound, const struct map_field *field,
                      const struct record_field *model, int slot)
{
    struct bind_field *bind = &bound->fields[bound->count];

    bind->field = field;
    bind->type = model ? model->type : FIELD_TEXT;
    bind->slot = slot;
    bind->required = field && (field->required || (slot == PART_ID && !lacks_id(bound->kind)));
    bind->mark = bound->map->mark;
    if (field)
        bound->wants[bound->count] =
            (struct column_want){field->columns, field->column_count, bind->required};
    if (slot == PART_ID)
        bound->id_field = bound->count;
    bound->has_at |= slot == PART_AT;
    bound->count++;
}

static enum status bind_own(struct bound_map *bound, struct arena *arena, struct str name,
                            int slot, struct diag *diag)
{
    const struct source_map *map = bound->map;
    struct str *names = arena_alloc(arena, 1, sizeof *names);
    size_t i;

    if (!names)
        return diag_no_memory(diag);
    for (i = 0; i < map->field_count; i++)
        if (str_is(map->fields[i].record, record_models[bound->kind]->name) &&
            str_equal(map->fields[i].field, name))
            break;
    *names = name;
    if (i < map->field_count)
        bound->wants[bound->count] =
            (struct column_want){map->fields[i].columns, map->fields[i].column_count, false};
    else
        bound->wants[bound->count] = (struct column_want){names, 1, false};
    add_field(bound, NULL, NULL, slot);
    return STATUS_OK;
}

/* KEY=VALUE of --solved-when. */
static enum status bind_solved(struct bound_map *bound, const struct record_options *options,
                               struct arena *arena, struct diag *diag)
{
    struct str value = options->solved_when;
    struct str key;

    bound->solved_field = SIZE_MAX;
    if (!options->solved_when.ptr)
        return STATUS_OK;
    if (!str_split(&value, '=', &key) || !value.ptr || key.len == 0) {
        diag_report(diag, RULE_USAGE, WHERE_NONE, "'%.*s' is not KEY=VALUE",
                    STR_ARG(options->solved_when));
        return STATUS_USAGE;
    }
    bound->solved_field = bound->count;
    bound->solved_value = value;
    return bind_own(bound, arena, key, SLOT_NONE, diag);
}

/* --- which kinds a map feeds --- */

static bool has_record(const struct source_map *map, const char *record)
{
    size_t i;

    for (i = 0; i < map->field_count; i++)
        if (str_is(map->fields[i].record, record))
            return true;
    return false;
}

/* Its rows tell records of that name apart. */
static bool has_id(const struct source_map *map, struct str record)
{
    size_t i;

    for (i = 0; i < map->field_count; i++) {
        const struct record_model *model = record_model_find(map->fields[i].record);
        const struct record_field *field =
            model && str_equal(map->fields[i].record, record)
                ? record_field_find(model, map->fields[i].field)
                : NULL;

        if (field && field->slot == PART_ID)
            return true;
    }
    return false;
}

static bool is_carrier(const struct source_map *map)
{
    return has_record(map, "ticket") || has_record(map, "event");
}

enum record_kind record_field_kind(const struct source_map *map, const struct map_field *field)
{
    const struct record_model *model = record_model_find(field->record);
    const struct record_field *found = model ? record_field_find(model, field->field) : NULL;

    if (!model)
        return RECORD_TICKET;
    if (found && found->is_carried && is_carrier(map) && !has_id(map, field->record))
        return RECORD_TICKET;
    return model->kind;
}

bool record_map_feeds(const struct source_map *map, enum record_kind kind)
{
    bool feeds_another = false;
    size_t i;

    for (i = 0; i < map->field_count; i++) {
        if (record_field_kind(map, &map->fields[i]) == kind)
            return true;
        feeds_another = true;
    }
    return kind == RECORD_TICKET && !feeds_another;
}

/* --- the whole map --- */

/* What tells the records of the kind apart. */
static enum status check_id(const struct bound_map *bound, struct diag *diag)
{
    const struct record_model *model = record_models[bound->kind];
    const char *name = "id";
    size_t i;

    if (bound->id_field != SIZE_MAX || model->may_lack_id ||
        !record_map_feeds(bound->map, bound->kind))
        return STATUS_OK;
    for (i = 0; i < model->field_count; i++)
        if (model->fields[i].slot == PART_ID)
            name = model->fields[i].name;
    diag_report(diag, RULE_MAP_FIELD, WHERE_NONE, "map '%.*s' has no field '%s' of the %s",
                STR_ARG(bound->map->id), name, model->name);
    return STATUS_INVALID;
}

/* What the map says that means missing, as bind_trim looks for it. */
static void bind_nulls(struct bound_map *bound)
{
    const struct source_map *map = bound->map;
    size_t i;

    for (i = 0; i < map->null_count; i++) {
        if (map->nulls[i].len > bound->null_longest)
            bound->null_longest = map->nulls[i].len;
        if (map->nulls[i].len)
            bound->null_first[(unsigned char)map->nulls[i].ptr[0]] = true;
    }
}

static bool is_second(enum record_kind kind, const struct record_field *model)
{
    const char *second = record_models[kind]->second;

    return model && second && strcmp(model->name, second) == 0;
}

static enum status bind_field(struct bound_map *bound, const struct map_field *field,
                              const struct record_needs *needs, struct arena *arena,
                              struct diag *diag)
{
    const struct record_field *model = NULL;
    enum status status = find_field(field, diag, &model);

    if (status != STATUS_OK)
        return status;
    if (record_field_kind(bound->map, field) != needs->kind)
        return STATUS_OK;
    if (activity_slot(needs, model) != SLOT_NONE)
        add_field(bound, field, model, activity_slot(needs, model));
    if (!is_wanted(needs, model) && !field->required)
        return STATUS_OK;
    if (is_second(needs->kind, model))
        bound->second_field = bound->count;
    add_field(bound, field, model, model ? model->slot : SLOT_NONE);
    if (!model || model->type != FIELD_INSTANT)
        return STATUS_OK;
    return bind_formats(bound, &bound->fields[bound->count - 1], arena, diag);
}

enum status bind_map(const struct record_options *options, const struct record_needs *needs,
                     struct arena *arena, struct diag *diag, struct bound_map **ret_bound)
{
    const struct source_map *map = options->map;
    struct bound_map *bound = arena_alloc(arena, 1, sizeof *bound);
    size_t most = map->field_count + needs->own_count + 1 + ACTIVITY_SLOTS;
    enum status status = STATUS_OK;
    size_t i;

    if (!bound)
        return diag_no_memory(diag);
    bound->map = map;
    bound->kind = needs->kind;
    bind_nulls(bound);
    bound->fields = arena_alloc(arena, most, sizeof *bound->fields);
    bound->wants = arena_alloc(arena, most, sizeof *bound->wants);
    if (!bound->fields || !bound->wants)
        return diag_no_memory(diag);
    bound->id_field = SIZE_MAX;
    bound->second_field = SIZE_MAX;
    for (i = 0; i < map->field_count && status == STATUS_OK; i++)
        status = bind_field(bound, &map->fields[i], needs, arena, diag);
    if (status == STATUS_OK)
        status = check_id(bound, diag);
    for (i = 0; i < needs->own_count && status == STATUS_OK; i++)
        status = bind_own(bound, arena, needs->own[i], SLOT_OWN + (int)i, diag);
    if (status == STATUS_OK)
        status = bind_solved(bound, options, arena, diag);
    if (status == STATUS_OK)
        *ret_bound = bound;
    return status;
}

struct reader_options bind_reading(const struct record_options *options)
{
    const struct source_map *map = options->map;

    return (struct reader_options){options->delimiter ? options->delimiter : map->delimiter,
                                   options->encoding,
                                   map->log.count ? &map->log : NULL,
                                   map->rows,
                                   map->row_count,
                                   map->has_byte_arrays,
                                   options->pool,
                                   options->shown,
                                   options->no_jit,
                                   options->self_check};
}
