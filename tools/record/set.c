#include "record/stream.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

static unsigned width_of(int slot)
{
    enum field_type type;

    if (slot >= SLOT_OWN)
        return 4;
    type = slot_type(slot);
    if (slot == SLOT_CLASS)
        return 1;
    if (type == FIELD_INSTANT || type == FIELD_INTEGER)
        return 8;
    return type == FIELD_BOOLEAN ? 1 : 4;
}

static bool is_kept(const struct record_needs *needs, int slot)
{
    if (slot >= SLOT_OWN)
        return (size_t)(slot - SLOT_OWN) < needs->own_count;
    return slot < SLOT_COUNT && (needs->slots >> slot & 1) != 0;
}

/* Wide slots first, so that each is aligned. */
static size_t lay_out(struct record_set *set)
{
    size_t at = sizeof(struct case_row);
    unsigned width;
    int slot;

    if (set->needs.classes || set->needs.groups || set->needs.statuses ||
        set->needs.tracked_count) {
        set->history_offset = at;
        at += sizeof(struct history);
    }
    if (set->needs.messages) {
        set->messages_offset = at;
        at += sizeof(struct message_list);
    }
    for (width = 8; width > 0; width /= 2) {
        for (slot = 0; slot < SLOT_END; slot++) {
            if (!is_kept(&set->needs, slot) || width_of(slot) != width)
                continue;
            set->slot_offset[slot] = (uint16_t)at;
            set->slot_width[slot] = (uint8_t)width;
            set->kept[set->kept_count++] = (uint8_t)slot;
            at += width;
        }
    }
    return (at + 7) & ~(size_t)7;
}

enum status record_set_new(const struct record_needs *needs, struct diag *diag,
                           struct record_set **ret_set)
{
    struct record_set *set = mem_alloc(1, sizeof *set);

    BUG_IF(needs->own_count > SLOT_END - SLOT_OWN || needs->tracked_count > RECORD_TRACKED);
    if (!set)
        return diag_no_memory(diag);
    set->needs = *needs;
    set->latest = VALUE_MISSING;
    intern_init(&set->texts);
    intern_init(&set->fields);
    history_pool_init(&set->pool, needs->keep_all);
    array_pool_init(&set->message_pool, sizeof(struct record_message));
    case_table_init(&set->cases, lay_out(set));
    *ret_set = set;
    return STATUS_OK;
}

void record_set_free(struct record_set *set)
{
    if (!set)
        return;
    case_table_done(&set->cases);
    intern_done(&set->texts);
    intern_done(&set->fields);
    history_pool_done(&set->pool);
    array_pool_done(&set->message_pool);
    stream_free(set->stream);
    mem_free(set->class_of_text);
    mem_free(set->taken);
    mem_free(set);
}

struct history *set_history(const struct record_set *set, struct case_row *row)
{
    return (void *)((unsigned char *)row + set->history_offset);
}

struct message_list *set_messages(const struct record_set *set, struct case_row *row)
{
    return (void *)((unsigned char *)row + set->messages_offset);
}

int64_t set_get(const struct record_set *set, const struct case_row *row, int slot)
{
    const unsigned char *at = (const unsigned char *)row + set->slot_offset[slot];
    uint32_t narrow;
    int64_t wide;

    switch (set->slot_width[slot]) {
    case 8:
        memcpy(&wide, at, sizeof wide);
        return wide;
    case 4:
        memcpy(&narrow, at, sizeof narrow);
        return narrow == INTERN_NONE ? VALUE_MISSING : (int64_t)narrow;
    case 1:
        return *at == UINT8_MAX ? VALUE_MISSING : (int64_t)*at;
    default:
        return VALUE_MISSING;
    }
}

void set_put(const struct record_set *set, struct case_row *row, int slot, int64_t value)
{
    unsigned char *at = (unsigned char *)row + set->slot_offset[slot];
    uint32_t narrow = value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;

    switch (set->slot_width[slot]) {
    case 8:
        memcpy(at, &value, sizeof value);
        break;
    case 4:
        memcpy(at, &narrow, sizeof narrow);
        break;
    case 1:
        *at = value == VALUE_MISSING ? UINT8_MAX : (unsigned char)value;
        break;
    default:
        break;
    }
}

/* Earliest of the derived slot and an instant. */
static void lower(const struct record_set *set, struct case_row *row, int slot, int64_t at)
{
    int64_t known;

    if (set->slot_width[slot] == 0 || at == VALUE_MISSING)
        return;
    known = set_get(set, row, slot);
    if (known == VALUE_MISSING || at < known)
        set_put(set, row, slot, at);
}

/* Where the attributes of a case come from: a row that tells some before one that tells none. */
struct row_order {
    int64_t at;
    int32_t sequence;
    uint64_t position;
    uint32_t line;
    bool attributed;
};

static bool is_later(const struct case_row *row, const struct row_order *order)
{
    if (row->rows == 0)
        return true;
    if (order->attributed != row->attributed)
        return order->attributed;
    if (order->at != row->last_at)
        return order->at > row->last_at;
    if (order->sequence != row->last_sequence)
        return order->sequence > row->last_sequence;
    return order->position > row->last_position;
}

static void set_last(struct case_row *row, const struct row_order *order)
{
    row->last_at = order->at;
    row->last_sequence = order->sequence;
    row->last_position = order->position;
    row->last_line = order->line;
    row->attributed = order->attributed;
}

static bool is_solved(uint8_t class)
{
    return class == CLASS_SOLVED || class == CLASS_CLOSED;
}

/* A new row is zero bytes; no slot of it has a value yet. */
static void make_missing(const struct record_set *set, struct case_row *row)
{
    size_t i;

    for (i = 0; i < set->kept_count; i++)
        set_put(set, row, set->kept[i], VALUE_MISSING);
}

/* Number of a combination of values; false when memory is out. */
static bool number_fields(struct record_set *set, const int64_t *values, uint32_t *ret_number)
{
    struct str bytes = {(const char *)values, set->needs.tracked_count * sizeof *values};

    *ret_number = INTERN_NONE;
    if (set->needs.tracked_count == 0)
        return true;
    *ret_number = intern_id(&set->fields, bytes);
    return *ret_number != INTERN_NONE;
}

static bool keep_event(struct record_set *set, struct case_row *row,
                       const struct row_values *values)
{
    struct record_event event = {
        .at = values->at,
        .until = values->at,
        .position = values->position,
        .line = values->line,
        .sequence = values->sequence,
        .group = set->needs.groups ? values->group : INTERN_NONE,
        .status = set->needs.statuses ? values->status : INTERN_NONE,
        .class = set->needs.classes ? values->class : (uint8_t)CLASS_UNKNOWN,
        .has_status = set->needs.classes && values->has_status,
    };
    int64_t tracked[RECORD_TRACKED];
    size_t i;

    for (i = 0; i < set->needs.tracked_count; i++)
        tracked[i] = values->slots[set->needs.tracked[i]];
    return number_fields(set, tracked, &event.fields) &&
           history_add(&set->pool, set_history(set, row), &event);
}

static bool keep_message(struct record_set *set, struct case_row *row,
                         const struct row_values *values)
{
    struct record_message message = {.at = values->at,
                                     .position = values->position,
                                     .line = values->line,
                                     .actor = (uint8_t)values->message.actor};

    if (!message_of_row(&values->message, &message.is_public))
        return true;
    set->has_messages |= message.actor != ACTOR_UNKNOWN;
    return message_add(&set->message_pool, set_messages(set, row), &message);
}

bool set_apply(struct record_set *set, struct case_row *row, const struct row_values *values,
               const int *slots, size_t slot_count)
{
    const struct row_order order = {values->at, values->sequence, values->position, values->line,
                                    !values->is_message_only};
    size_t i;

    if (row->rows == 0)
        make_missing(set, row);
    if (is_later(row, &order)) {
        set_last(row, &order);
        for (i = 0; i < slot_count && order.attributed; i++)
            set_put(set, row, slots[i], values->slots[slots[i]]);
        if (order.attributed)
            set_put(set, row, SLOT_CLASS, values->class);
    }
    if (row->rows < UINT32_MAX)
        row->rows++;
    if (values->at == VALUE_MISSING)
        return true;
    lower(set, row, SLOT_FIRST_EVENT, values->at);
    if (is_solved(values->class))
        lower(set, row, SLOT_FIRST_SOLVED, values->at);
    if (set->messages_offset && !keep_message(set, row, values))
        return false;
    return !set->history_offset || values->is_message_only || keep_event(set, row, values);
}

/* --- joining two sets --- */

static int64_t translate(struct record_set *set, const struct record_set *other, int slot,
                         int64_t value)
{
    bool is_text =
        slot >= SLOT_OWN || slot_type(slot) == FIELD_TEXT || slot_type(slot) == FIELD_PERSON;

    if (value == VALUE_MISSING || !is_text)
        return value;
    return (int64_t)intern_id(&set->texts, record_text(other, value));
}

static bool translate_fields(struct record_set *set, const struct record_set *other,
                             struct record_event *event)
{
    int64_t values[RECORD_TRACKED];
    size_t i;

    for (i = 0; i < set->needs.tracked_count; i++) {
        int slot = set->needs.tracked[i];

        values[i] = record_event_value(other, event, slot);
        if (values[i] == VALUE_UNSAID)
            continue;
        values[i] = translate(set, other, slot, values[i]);
        if (values[i] == (int64_t)INTERN_NONE && set->slot_width[slot] == 4)
            return false;
    }
    return number_fields(set, values, &event->fields);
}

static bool merge_history(struct record_set *set, const struct record_set *other,
                          struct case_row *row, struct case_row *from)
{
    const struct history *history;
    uint32_t i;

    if (!set->history_offset)
        return true;
    history = set_history(other, from);
    for (i = 0; i < history->count; i++) {
        struct record_event event = history->events[i];

        if (event.group != INTERN_NONE)
            event.group = intern_id(&set->texts, record_text(other, event.group));
        if (event.status != INTERN_NONE)
            event.status = intern_id(&set->texts, record_text(other, event.status));
        if (!translate_fields(set, other, &event) ||
            !history_add(&set->pool, set_history(set, row), &event))
            return false;
    }
    return true;
}

static bool merge_messages(struct record_set *set, const struct record_set *other,
                           struct case_row *row, struct case_row *from)
{
    const struct message_list *list;
    uint32_t i;

    if (!set->messages_offset)
        return true;
    list = set_messages(other, from);
    for (i = 0; i < list->count; i++)
        if (!message_add(&set->message_pool, set_messages(set, row), &list->messages[i]))
            return false;
    return true;
}

static bool merge_case(struct record_set *set, const struct record_set *other,
                       struct case_row *from)
{
    struct str id = case_row_id(from);
    const struct row_order order = {from->last_at, from->last_sequence, from->last_position,
                                    from->last_line, from->attributed};
    struct case_row *row;
    bool is_new;
    bool is_last;
    size_t i;

    row = case_table_add(&set->cases, id, case_table_hash(id), &is_new);
    if (!row)
        return false;
    row->rejected |= from->rejected;
    if (from->rows == 0)
        return true;
    is_last = is_later(row, &order);
    if (row->rows == 0)
        make_missing(set, row);
    if (is_last)
        set_last(row, &order);
    for (i = 0; i < set->kept_count; i++) {
        int slot = set->kept[i];
        int64_t value = translate(set, other, slot, set_get(other, from, slot));

        if (value == (int64_t)INTERN_NONE && set->slot_width[slot] == 4)
            return false;
        if (slot == SLOT_FIRST_EVENT || slot == SLOT_FIRST_SOLVED)
            lower(set, row, slot, value);
        else if (is_last)
            set_put(set, row, slot, value);
    }
    row->rows = row->rows > UINT32_MAX - from->rows ? UINT32_MAX : row->rows + from->rows;
    return merge_history(set, other, row, from) && merge_messages(set, other, row, from);
}

enum status record_set_merge(struct record_set *set, const struct record_set *other,
                             struct diag *diag)
{
    size_t i;

    BUG_IF(set->stream || other->stream);
    for (i = 0; i < other->cases.count; i++)
        if (!merge_case(set, other, case_table_row(&other->cases, i)))
            return diag_no_memory(diag);
    for (i = 0; i < 2; i++)
        set->given[i] |= other->given[i];
    if (other->latest > set->latest)
        set->latest = other->latest;
    set->has_classes |= other->has_classes;
    set->has_groups |= other->has_groups;
    set->has_messages |= other->has_messages;
    set->first_to_last |= other->first_to_last;
    set->has_rows_without_at |= other->has_rows_without_at;
    set->pool.ambiguous |= other->pool.ambiguous;
    return STATUS_OK;
}

enum status record_set_settle(struct record_set *set, struct diag *diag)
{
    bool has_events = set->history_offset && set->pool.keep_all;
    size_t i;

    if (!stream_check(set, /* is_end= */ true))
        return diag_no_memory(diag);
    for (i = 0; i < set->cases.count && (has_events || set->messages_offset); i++) {
        struct case_row *row = case_table_row(&set->cases, i);

        if (has_events)
            history_settle(set_history(set, row));
        if (set->messages_offset)
            message_settle(set_messages(set, row));
    }
    return STATUS_OK;
}

/* --- looking --- */

bool record_set_needs_all(const struct record_set *set)
{
    return set->pool.ambiguous && !set->pool.keep_all;
}

bool record_set_needs_order(const struct record_set *set)
{
    return set->needs_order;
}

size_t record_case_count(const struct record_set *set)
{
    return set->cases.count;
}

struct record_case record_case_at(const struct record_set *set, size_t number)
{
    struct case_row *row = case_table_row(&set->cases, number);
    struct record_case item = {
        .set = set,
        .id = case_row_id(row),
        .row = (const unsigned char *)row,
        .last_event = row->rows ? row->last_at : VALUE_MISSING,
        .source = (uint32_t)(row->last_position >> 44),
        .line = row->last_line,
        .offset = row->last_position & ((1ull << 44) - 1),
        .rows = row->rows,
        .has_reject = row->rejected,
        .is_empty = row->rows == 0,
    };

    if (set->history_offset) {
        item.events = set_history(set, row)->events;
        item.event_count = set_history(set, row)->count;
    }
    if (set->messages_offset) {
        item.messages = set_messages(set, row)->messages;
        item.message_count = set_messages(set, row)->count;
    }
    return item;
}

bool record_case_find(const struct record_set *set, struct str id, size_t *ret_number)
{
    return case_table_find(&set->cases, id, ret_number);
}

int64_t record_kept_value(const struct record_case *item, int slot)
{
    return item->is_empty
               ? VALUE_MISSING
               : set_get(item->set, (const struct case_row *)(const void *)item->row, slot);
}

int64_t record_event_value(const struct record_set *set, const struct record_event *event, int slot)
{
    struct str bytes;
    int64_t value;
    size_t i = 0;

    while (i < set->needs.tracked_count && set->needs.tracked[i] != slot)
        i++;
    if (i == set->needs.tracked_count || event->fields == INTERN_NONE)
        return VALUE_UNSAID;
    bytes = intern_text(&set->fields, event->fields);
    memcpy(&value, bytes.ptr + i * sizeof value, sizeof value);
    return value;
}

int64_t record_last_event(const struct record_case *item)
{
    return item->last_event;
}

struct str record_text(const struct record_set *set, int64_t text_id)
{
    return intern_text(&set->texts, (uint32_t)text_id);
}

size_t record_text_count(const struct record_set *set)
{
    return intern_count(&set->texts);
}

int record_own_slot(const struct record_set *set, size_t i)
{
    BUG_IF(i >= set->needs.own_count);
    return SLOT_OWN + (int)i;
}

struct instant record_latest(const struct record_set *set)
{
    return (struct instant){set->latest};
}

bool record_has(const struct record_set *set, int slot)
{
    return (set->given[slot >> 6] >> (slot & 63) & 1) != 0;
}

bool record_has_classes(const struct record_set *set)
{
    return set->has_classes;
}

bool record_has_messages(const struct record_set *set)
{
    return set->has_messages;
}

bool record_has_groups(const struct record_set *set)
{
    return set->has_groups;
}

bool record_first_to_last(const struct record_set *set)
{
    return set->first_to_last;
}

bool record_is_snapshot(const struct record_set *set)
{
    return set->has_rows_without_at;
}

size_t record_memory(const struct record_set *set)
{
    return case_table_memory(&set->cases) + intern_memory(&set->texts) +
           intern_memory(&set->fields) + set->pool.arrays.arena.total +
           set->message_pool.arena.total + set->class_capacity +
           (set->stream ? stream_memory(set->stream) : 0);
}
