/*
 * Two sets become one: the cases of the other join those of the same id, its texts get the numbers
 * they have here, and the later row of a case tells its attributes, whichever set it was in.
 */
#include "record/set.h"

#include "base/bug.h"

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
    return set_number_fields(set, values, &event->fields);
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
    is_last = set_is_later(row, &order);
    if (row->rows == 0)
        set_make_missing(set, row);
    if (is_last)
        set_take_order(row, &order);
    for (i = 0; i < set->kept_count; i++) {
        int slot = set->kept[i];
        int64_t value = translate(set, other, slot, set_get(other, from, slot));

        if (value == (int64_t)INTERN_NONE && set->slot_width[slot] == 4)
            return false;
        if (slot == SLOT_FIRST_EVENT || slot == SLOT_FIRST_SOLVED)
            set_lower(set, row, slot, value);
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
    set->has_cases |= other->has_cases;
    set->classes_met |= other->classes_met;
    set->pool.ambiguous |= other->pool.ambiguous;
    return STATUS_OK;
}
