/*
 * What a set tells of itself and of its cases. Nothing here changes it.
 */
#include "record/stream.h"

#include <string.h>

#include "base/bug.h"

bool record_set_needs_all(const struct record_set *set)
{
    return set->pool.ambiguous && !set->pool.keep_all;
}

bool record_set_needs_order(const struct record_set *set)
{
    return set->needs_order;
}

bool record_has_cases(const struct record_set *set)
{
    return set->has_cases || set->cases.count > 0;
}

bool record_has_met(const struct record_set *set, unsigned classes)
{
    return (set->classes_met & classes) != 0;
}

enum record_kind record_set_kind(const struct record_set *set)
{
    return set->needs.kind;
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

struct str record_marks(const struct record_set *set, const struct record_message *message)
{
    if (message->marks == 0)
        return (struct str){NULL, 0};
    return intern_text(&set->marks, message->marks - 1);
}

struct str record_text(const struct record_set *set, int64_t text_id)
{
    return intern_text(&set->texts, (uint32_t)text_id);
}

bool record_text_find(const struct record_set *set, struct str text, int64_t *ret_id)
{
    uint32_t id = intern_find(&set->texts, text);

    *ret_id = (int64_t)id;
    return id != INTERN_NONE;
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

bool record_has_marks(const struct record_set *set)
{
    return set->has_marks;
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

size_t record_set_holds(const struct record_set *set)
{
    return case_table_memory(&set->cases) + intern_memory(&set->fields) +
           intern_memory(&set->marks) +
           set->pool.arrays.arena.total + set->message_pool.arena.total;
}

size_t record_memory(const struct record_set *set)
{
    return record_set_holds(set) + intern_memory(&set->texts) + set->class_capacity +
           (set->stream ? stream_memory(set->stream) : 0);
}
