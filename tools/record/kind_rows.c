#include "record/kind_rows.h"

#include <string.h>

#include "base/mem.h"
#include "record/gatherer.h"

/* Bytes of an id that is made of two columns, or of a place. */
enum { ID_MOST = 1 << 20 };

/* --- what is read --- */

static enum status bind(struct gatherer *g, struct record_set *set, struct arena *arena)
{
    struct kind_rows *rows = &g->kinds;
    struct kind_reading *reading = &rows->list[rows->count];
    enum status status = bind_map(g->options, &set->needs, arena, g->diag, &reading->bound);

    if (status != STATUS_OK)
        return status;
    reading->set = set;
    reading->first = rows->want_count;
    rows->want_count += reading->bound->count;
    rows->count++;
    return STATUS_OK;
}

/* Those of tickets first. A column that only one of several kinds needs is no need of the source. */
static enum status list_wants(struct gatherer *g, struct arena *arena)
{
    struct kind_rows *rows = &g->kinds;
    size_t k;
    size_t i;

    rows->wants = arena_alloc(arena, rows->want_count, sizeof *rows->wants);
    if (!rows->wants)
        return diag_no_memory(g->diag);
    memcpy(rows->wants, g->bound->wants, g->bound->count * sizeof *rows->wants);
    for (k = 0; k < rows->count; k++)
        for (i = 0; i < rows->list[k].bound->count; i++) {
            struct column_want *want = &rows->wants[rows->list[k].first + i];

            *want = rows->list[k].bound->wants[i];
            want->required &= rows->is_only;
        }
    return STATUS_OK;
}

enum status kind_rows_new(struct gatherer *g, struct arena *arena)
{
    struct kind_rows *rows = &g->kinds;
    struct record_set *const *sets = g->options->kinds;
    enum status status = STATUS_OK;
    int kind;

    rows->list = arena_alloc(arena, RECORD_KIND_COUNT, sizeof *rows->list);
    if (!rows->list)
        return diag_no_memory(g->diag);
    rows->want_count = g->bound->count;
    buf_init(&rows->id, ID_MOST);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK && sets; kind++)
        if (sets[kind] && record_map_feeds(g->options->map, (enum record_kind)kind))
            status = bind(g, sets[kind], arena);
    rows->is_only = rows->count == 1 && !g->makes_tickets;
    return status == STATUS_OK ? list_wants(g, arena) : status;
}

void kind_rows_done(struct kind_rows *rows)
{
    buf_done(&rows->id);
}

/* --- what the source has --- */

static enum status start(struct gatherer *g, struct kind_reading *reading, struct arena *arena)
{
    bool is_table = g->rows->column_count > 0;
    const bool *found = g->rows->found + reading->first;
    struct record_set *set = reading->set;
    size_t i;

    reading->active = arena_alloc(arena, reading->bound->count, sizeof *reading->active);
    reading->slots = arena_alloc(arena, reading->bound->count, sizeof *reading->slots);
    if (!reading->active || !reading->slots)
        return diag_no_memory(g->diag);
    for (i = 0; i < reading->bound->count; i++) {
        const struct bind_field *field = &reading->bound->fields[i];

        if (is_table && !found[i]) {
            reading->is_absent |= field->required;
            continue;
        }
        reading->active[reading->active_count++] = i;
        if ((field->slot < SLOT_COUNT || field->slot >= SLOT_OWN) && set->slot_width[field->slot]) {
            reading->slots[reading->slot_count++] = field->slot;
            slot_set_add(&reading->values.filled, field->slot);
        }
    }
    for (i = 0; i < SLOT_END; i++)
        reading->values.slots[i] = VALUE_MISSING;
    return g->tells_some || set_number_fill(set, &reading->values) ? STATUS_OK
                                                                   : diag_no_memory(g->diag);
}

enum status kind_rows_start(struct gatherer *g, struct arena *arena)
{
    enum status status = STATUS_OK;
    size_t k;

    for (k = 0; k < g->kinds.count && status == STATUS_OK; k++)
        status = start(g, &g->kinds.list[k], arena);
    return status;
}

/* --- one record --- */

static struct str given_of(const struct kind_reading *reading, const struct row_batch *batch,
                           size_t r, size_t field)
{
    return batch->cells[r * batch->width + reading->first + field];
}

static struct str cell_of(const struct kind_reading *reading, const struct row_batch *batch,
                          size_t r, size_t field)
{
    return bind_trim(reading->bound, given_of(reading, batch, r, field));
}

static enum status store(struct gatherer *g, struct kind_reading *reading,
                         const struct bind_field *field, struct str cell, enum bind_result result,
                         int64_t value)
{
    struct record_set *set = reading->set;

    if (result == BIND_MISSING) {
        value = VALUE_MISSING;
    } else if (field->type == FIELD_TEXT || field->type == FIELD_PERSON) {
        uint32_t text = intern_id(&set->texts, bind_text(field, cell));

        if (text == INTERN_NONE)
            return diag_no_memory(g->diag);
        value = (int64_t)text;
    }
    reading->values.slots[field->slot] = value;
    return STATUS_OK;
}

static enum rule rule_of(enum field_type type)
{
    return type == FIELD_INSTANT   ? RULE_RECORD_INSTANT
           : type == FIELD_INTEGER ? RULE_RECORD_INTEGER
           : type == FIELD_NUMBER  ? RULE_RECORD_NUMBER
                                   : RULE_RECORD_BOOLEAN;
}

/* Cells into values; the outcome says whether they make a record. */
static enum status convert(struct gatherer *g, struct kind_reading *reading,
                           const struct row_batch *batch, size_t r, struct kind_outcome *outcome)
{
    enum status status = STATUS_OK;
    size_t i;

    outcome->is_used = false;
    if (g->tells_some)
        reading->values.filled = (struct slot_set){{0, 0}};
    for (i = 0; i < reading->active_count && status == STATUS_OK; i++) {
        const struct bind_field *field = &reading->bound->fields[reading->active[i]];
        struct str cell = cell_of(reading, batch, r, reading->active[i]);
        int64_t value = VALUE_MISSING;
        enum bind_result result;

        outcome->column = reading->bound->wants[reading->active[i]].names[0];
        outcome->cell = cell;
        outcome->rule = field->slot == PART_ID ? RULE_RECORD_NO_ID : RULE_RECORD_REQUIRED;
        if (!cell.ptr && field->required)
            return STATUS_OK;
        result = bind_cell(field, g->options->zone, g->order, cell, &g->counts, &value);
        outcome->rule = rule_of(field->type);
        if (result == BIND_BAD)
            return STATUS_OK;
        if (result == BIND_NO_ORDER) {
            g->set->needs_order = true;
            return STATUS_END;
        }
        if (result == BIND_NO_ZONE && str_is(g->options->map->reader, "xes")) {
            outcome->rule = RULE_RECORD_NO_ZONE;
            return STATUS_OK;
        }
        if (result != BIND_VALUE && result != BIND_MISSING)
            return gather_no_time(g, batch, r, cell, result);
        if (field->slot >= SLOT_COUNT && field->slot < SLOT_OWN)
            continue;
        if (g->tells_some && given_of(reading, batch, r, reading->active[i]).ptr)
            slot_set_add(&reading->values.filled, field->slot);
        status = store(g, reading, field, cell, result, value);
    }
    outcome->is_used = status == STATUS_OK;
    return status;
}

/* What a record that is kept says of all of them. */
static void note_facts(struct kind_reading *reading)
{
    struct record_set *set = reading->set;
    size_t i;

    for (i = 0; i < reading->slot_count; i++) {
        int slot = reading->slots[i];
        int64_t value = reading->values.slots[slot];

        if (value == VALUE_MISSING)
            continue;
        set->given[slot >> 6] |= 1ull << (slot & 63);
        if (slot < SLOT_COUNT && slot_type(set->needs.kind, slot) == FIELD_INSTANT &&
            !slot_is_planned(set->needs.kind, slot) && value > set->latest)
            set->latest = value;
    }
}

/* Its own id, with what else belongs to it; else its place. Missing: memory is out. */
static struct str find_id(struct gatherer *g, const struct kind_reading *reading,
                          const struct row_batch *batch, size_t r)
{
    const struct bound_map *bound = reading->bound;
    struct buf *id = &g->kinds.id;
    struct str own = {NULL, 0};

    if (bound->id_field != SIZE_MAX)
        own = cell_of(reading, batch, r, bound->id_field);
    if (own.ptr && bound->second_field == SIZE_MAX)
        return own;
    buf_clear(id);
    if (own.ptr) {
        struct str second = cell_of(reading, batch, r, bound->second_field);

        buf_add(id, own);
        if (second.ptr) {
            buf_add_char(id, ' ');
            buf_add(id, bind_text(&bound->fields[bound->second_field], second));
        }
    } else {
        buf_add(id, g->options->shown.ptr ? g->options->shown : source_name(g->source));
        buf_printf(id, ":%llu", (unsigned long long)batch->lines[r]);
        if (g->kinds.in_line > 1)
            buf_printf(id, ".%u", g->kinds.in_line);
        g->accounting->tells_places = true;
    }
    return id->failed ? (struct str){NULL, 0} : buf_str(id);
}

static enum status keep(struct gatherer *g, struct kind_reading *reading,
                        const struct row_batch *batch, size_t r)
{
    struct record_set *set = reading->set;
    struct row_values *values = &reading->values;
    struct str id = find_id(g, reading, batch, r);
    struct case_row *row;
    bool is_new;

    row = id.ptr ? case_table_add(&set->cases, id, case_table_hash(id), &is_new) : NULL;
    if (!row)
        return diag_no_memory(g->diag);
    if (g->tells_some && !set_number_fill(set, values))
        return diag_no_memory(g->diag);
    if (row->seen != ((g->number + 1) & 0x1FFFFF)) {
        row->seen = (g->number + 1) & 0x1FFFFF;
        g->accounting->cases++;
    }
    values->at = VALUE_MISSING;
    values->sequence = INT32_MIN;
    values->group = INTERN_NONE;
    values->status = INTERN_NONE;
    values->tells_attributes = true;
    values->position = (uint64_t)g->number << 44 | batch->offsets[r];
    values->line = batch->lines[r] > UINT32_MAX ? UINT32_MAX : (uint32_t)batch->lines[r];
    note_facts(reading);
    return set_apply(set, row, values, reading->slots, reading->slot_count)
               ? STATUS_OK
               : diag_no_memory(g->diag);
}

/* --- one row --- */

/* That a kind is not there says nothing where a row may be several things. */
static bool is_silent(const struct kind_outcome *outcome)
{
    return outcome->rule == RULE_RECORD_REQUIRED || outcome->rule == RULE_RECORD_NO_ID;
}

enum status kind_rows_take(struct gatherer *g, const struct row_batch *batch, size_t r,
                           struct kind_outcome *ret_outcome)
{
    struct kind_rows *rows = &g->kinds;
    enum status status = STATUS_OK;
    bool is_used = false;
    size_t k;

    rows->in_line = batch->lines[r] == rows->line ? rows->in_line + 1 : 1;
    rows->line = batch->lines[r];
    *ret_outcome = (struct kind_outcome){.rule = RULE_RECORD_REQUIRED};
    for (k = 0; k < rows->count && status == STATUS_OK; k++) {
        struct kind_reading *reading = &rows->list[k];
        struct kind_outcome outcome = {.rule = RULE_RECORD_REQUIRED};

        if (reading->is_absent)
            continue;
        status = convert(g, reading, batch, r, &outcome);
        if (status == STATUS_OK && outcome.is_used) {
            status = keep(g, reading, batch, r);
            is_used = true;
        } else if (status == STATUS_OK && !rows->is_only && !is_silent(&outcome)) {
            status = gather_say(g, batch, r, outcome.rule, outcome.column, outcome.cell);
        }
        if (!outcome.is_used && (is_silent(ret_outcome) || k == 0))
            *ret_outcome = outcome;
    }
    ret_outcome->is_used = is_used;
    return status;
}

bool kind_rows_need_zone(const struct kind_rows *rows)
{
    size_t k;

    for (k = 0; k < rows->count; k++)
        if (rows->list[k].bound->needs_zone)
            return true;
    return false;
}

size_t kind_rows_count(const struct kind_rows *rows)
{
    size_t count = 0;
    size_t k;

    for (k = 0; k < rows->count; k++)
        count += record_case_count(rows->list[k].set);
    return count;
}

size_t kind_rows_memory(const struct kind_rows *rows)
{
    size_t bytes = 0;
    size_t k;

    for (k = 0; k < rows->count; k++)
        bytes += record_memory(rows->list[k].set);
    return bytes;
}
