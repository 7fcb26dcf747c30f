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

/* Member by member into its place: as one value it would be made beside it, and copied in words that
   the processor has to wait for. */
void record_case_look(const struct record_set *set, size_t number, struct record_case *ret_item)
{
    struct case_row *row = case_table_row(&set->cases, number);

    ret_item->set = set;
    ret_item->id = case_row_id(row);
    ret_item->row = (const unsigned char *)row;
    ret_item->columns = NULL;
    ret_item->place = 0;
    ret_item->last_event = row->rows ? row->last_at : VALUE_MISSING;
    ret_item->events = NULL;
    ret_item->event_count = 0;
    ret_item->messages = NULL;
    ret_item->message_count = 0;
    ret_item->source = (uint32_t)(row->last_position >> 44);
    ret_item->line = row->last_line;
    ret_item->offset = row->last_position & ((1ull << 44) - 1);
    ret_item->rows = row->rows;
    ret_item->has_reject = row->rejected;
    ret_item->is_empty = row->rows == 0;
    if (set->history_offset) {
        ret_item->events = set_history(set, row)->events;
        ret_item->event_count = set_history(set, row)->count;
    }
    if (set->messages_offset) {
        ret_item->messages = set_messages(set, row)->messages;
        ret_item->message_count = set_messages(set, row)->count;
    }
}

void record_case_prefetch(const struct record_set *set, size_t number)
{
    enum { ROW_AHEAD = 16, REST_AHEAD = 8, LINE = 64 };
    struct case_row *row;
    size_t at;

    if (number + ROW_AHEAD >= set->cases.count)
        return;
    row = case_table_row(&set->cases, number + ROW_AHEAD);
    for (at = 0; at < set->cases.stride; at += LINE)
        __builtin_prefetch((const char *)row + at);
    row = case_table_row(&set->cases, number + REST_AHEAD);
    __builtin_prefetch(row->id);
    if (set->history_offset)
        __builtin_prefetch(set_history(set, row)->events);
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
    return case_table_memory(&set->cases) + fill_list_memory(&set->fills) +
           intern_memory(&set->fields) +
           intern_memory(&set->marks) +
           set->pool.arrays.arena.total + set->message_pool.arena.total;
}

size_t record_memory(const struct record_set *set)
{
    return record_set_holds(set) + intern_memory(&set->texts) + set->class_capacity +
           (set->stream ? stream_memory(set->stream) : 0);
}
