#include "record/share.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "record/set.h"

/* --- slots --- */

static const struct {
    int slot;
    const char *name;
} derived[] = {
    {SLOT_FIRST_EVENT, "first-event"},
    {SLOT_FIRST_SOLVED, "first-solved"},
    {SLOT_CLASS, "class"},
    {SLOT_ACTIVITY, "activity"},
    {SLOT_ACTOR, "actor"},
    {SLOT_TRANSITION, "transition"},
};

const char *record_slot_name(enum record_kind kind, int slot)
{
    const struct record_field *field = slot < SLOT_COUNT ? slot_field(kind, slot) : NULL;
    size_t i;

    for (i = 0; i < ARRAY_LEN(derived) && kind == RECORD_TICKET; i++)
        if (derived[i].slot == slot)
            return derived[i].name;
    return field ? field->name : NULL;
}

bool record_slot_is_text(enum record_kind kind, int slot)
{
    enum field_type type = slot >= SLOT_OWN ? FIELD_TEXT : slot_type(kind, slot);

    return type == FIELD_TEXT || type == FIELD_PERSON;
}

struct slot_set record_slots(const struct record_needs *needs)
{
    struct slot_set set = {{0, 0}};
    size_t i;
    int slot;

    for (slot = 0; slot < SLOT_COUNT; slot++)
        if (needs->slots >> slot & 1)
            slot_set_add(&set, slot);
    for (i = 0; i < needs->own_count; i++)
        slot_set_add(&set, SLOT_OWN + (int)i);
    return set;
}

/* --- order --- */

int record_event_compare(const struct record_event *a, const struct record_event *b)
{
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->sequence != b->sequence)
        return a->sequence < b->sequence ? -1 : 1;
    return (a->position > b->position) - (a->position < b->position);
}

int record_message_compare(const struct record_message *a, const struct record_message *b)
{
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (a->position > b->position) - (a->position < b->position);
}

void record_set_forget(struct record_set *set)
{
    set->class_map = NULL;
}

void record_set_order(struct record_set *set)
{
    size_t i;

    for (i = 0; i < set->cases.count; i++) {
        struct case_row *row = case_table_row(&set->cases, i);

        if (set->history_offset)
            history_order(set_history(set, row));
        if (set->messages_offset)
            message_settle(set_messages(set, row));
    }
}

/* --- telling --- */

static void tell_row(const struct record_set *set, const struct case_row *row,
                     const struct slot_set *filled, struct record_told *told)
{
    size_t i;

    *told = (struct record_told){.filled = *filled,
                                 .is_attributed = row->attributed,
                                 .at = row->last_at,
                                 .position = row->last_position,
                                 .line = row->last_line,
                                 .sequence = row->last_sequence};
    for (i = 0; i < set->kept_count; i++)
        told->values[set->kept[i]] = set_get(set, row, set->kept[i]);
}

/* A row that tells no attributes is told where no other is. */
static size_t tell_rows(const struct record_set *set, const struct case_row *row)
{
    static const struct slot_set nothing;
    const struct slot_set all = record_slots(&set->needs);
    struct record_told *room = set->fills.room;
    size_t count = 0;
    uint32_t k;

    tell_row(set, row,
             !row->attributed  ? &nothing
             : set->is_settled ? &all
                               : &set->fills.list[row->fill].filled,
             &room[count++]);
    for (k = 0; k < set->fills.count && row->has_more && !set->is_settled; k++) {
        const struct case_row *told = fill_list_find(&set->fills, k, row);

        if (told && (!row->attributed || k != row->fill))
            tell_row(set, told, &set->fills.list[k].filled, &room[count++]);
    }
    count = record_told_settle(room, count);
    if (set->slot_width[SLOT_FIRST_EVENT])
        room[0].values[SLOT_FIRST_EVENT] = set_get(set, row, SLOT_FIRST_EVENT);
    if (set->slot_width[SLOT_FIRST_SOLVED])
        room[0].values[SLOT_FIRST_SOLVED] = set_get(set, row, SLOT_FIRST_SOLVED);
    return count;
}

struct str record_share_at(const struct record_set *set, size_t number,
                           struct record_share *ret_share)
{
    struct case_row *row = case_table_row(&set->cases, number);

    ret_share->texts = &set->texts;
    ret_share->fields = &set->fields;
    ret_share->marks = &set->marks;
    ret_share->rows = row->rows;
    ret_share->has_reject = row->rejected;
    ret_share->told = set->fills.room;
    ret_share->told_count = 0;
    ret_share->events = NULL;
    ret_share->event_count = 0;
    ret_share->messages = NULL;
    ret_share->message_count = 0;
    if (row->rows == 0)
        return case_row_id(row);
    ret_share->told_count = tell_rows(set, row);
    if (set->history_offset) {
        ret_share->events = set_history(set, row)->events;
        ret_share->event_count = set_history(set, row)->count;
    }
    if (set->messages_offset) {
        ret_share->messages = set_messages(set, row)->messages;
        ret_share->message_count = set_messages(set, row)->count;
    }
    return case_row_id(row);
}

bool record_case_is_of(const struct record_set *set, size_t number, uint32_t source)
{
    return case_table_row(&set->cases, number)->seen == ((source + 1) & 0x1FFFFF);
}

struct slot_set record_set_filled(const struct record_set *set)
{
    struct slot_set all = {{0, 0}};
    size_t i;

    for (i = 0; i < set->fills.count; i++) {
        all.bits[0] |= set->fills.list[i].filled.bits[0];
        all.bits[1] |= set->fills.list[i].filled.bits[1];
    }
    return all;
}

struct record_facts record_set_facts(const struct record_set *set)
{
    return (struct record_facts){
        .given = {{set->given[0], set->given[1]}},
        .latest = set->latest,
        .has_classes = set->has_classes,
        .has_groups = set->has_groups,
        .has_messages = set->has_messages,
        .has_marks = set->has_marks,
        .first_to_last = set->first_to_last,
        .is_snapshot = set->has_rows_without_at,
        .has_cases = record_has_cases(set),
        .classes_met = set->classes_met,
    };
}

void record_set_learn(struct record_set *set, const struct record_facts *facts)
{
    set->given[0] |= facts->given.bits[0];
    set->given[1] |= facts->given.bits[1];
    if (facts->latest > set->latest)
        set->latest = facts->latest;
    set->has_classes |= facts->has_classes;
    set->has_groups |= facts->has_groups;
    set->has_messages |= facts->has_messages;
    set->has_marks |= facts->has_marks;
    set->first_to_last |= facts->first_to_last;
    set->has_rows_without_at |= facts->is_snapshot;
    set->has_cases |= facts->has_cases;
    set->classes_met |= facts->classes_met;
}

/* --- taking --- */

bool record_translate(enum record_kind kind, int slot, int64_t value, const struct intern *from,
                      struct intern *into, int64_t *ret_value)
{
    uint32_t text;

    *ret_value = value;
    if (value == VALUE_MISSING || value == VALUE_UNSAID || !record_slot_is_text(kind, slot))
        return true;
    text = intern_id(into, intern_text(from, (uint32_t)value));
    *ret_value = (int64_t)text;
    return text != INTERN_NONE;
}

static bool translate_text(uint32_t *text, const struct intern *from, struct intern *into)
{
    if (*text == INTERN_NONE)
        return true;
    *text = intern_id(into, intern_text(from, *text));
    return *text != INTERN_NONE;
}

static bool translate_fields(const struct record_needs *needs, const struct record_share *from,
                             struct intern *texts, struct intern *fields, uint32_t *number)
{
    int64_t values[RECORD_TRACKED];
    struct str bytes = {(const char *)values, needs->tracked_count * sizeof *values};
    size_t i;

    if (*number == INTERN_NONE)
        return true;
    memcpy(values, intern_text(from->fields, *number).ptr, bytes.len);
    for (i = 0; i < needs->tracked_count; i++)
        if (!record_translate(needs->kind, needs->tracked[i], values[i], from->texts, texts,
                              &values[i]))
            return false;
    *number = intern_id(fields, bytes);
    return *number != INTERN_NONE;
}

bool record_translate_event(const struct record_needs *needs, const struct record_share *from,
                            struct intern *texts, struct intern *fields,
                            struct record_event *event)
{
    return translate_text(&event->group, from->texts, texts) &&
           translate_text(&event->status, from->texts, texts) &&
           translate_fields(needs, from, texts, fields, &event->fields);
}

bool record_translate_marks(const struct intern *from, struct intern *into,
                            struct record_message *message)
{
    uint32_t marks;

    if (message->marks == 0)
        return true;
    marks = intern_id(into, intern_text(from, message->marks - 1));
    message->marks = marks + 1;
    return marks != INTERN_NONE;
}

static bool take_values(struct record_set *set, struct case_row *row,
                        const struct record_share *share, const struct record_told *told)
{
    size_t i;

    row->last_at = told->at;
    row->last_sequence = told->sequence;
    row->last_position = told->position;
    row->last_line = told->line;
    row->told = true;
    row->attributed = told->is_attributed;
    for (i = 0; i < set->kept_count && told->is_attributed; i++) {
        int slot = set->kept[i];
        int64_t value;

        if (record_slot_is_earliest(slot) || !slot_set_has(&told->filled, slot))
            continue;
        if (!record_translate(set->needs.kind, slot, told->values[slot], share->texts, &set->texts,
                              &value))
            return false;
        set_put(set, row, slot, value);
    }
    return true;
}

static void take_share(struct record_set *set, struct case_row *row,
                       const struct record_share *share)
{
    static const int earliest[] = {SLOT_FIRST_EVENT, SLOT_FIRST_SOLVED};
    size_t i;

    row->rejected |= share->has_reject;
    if (share->rows == 0)
        return;
    if (row->rows == 0)
        set_make_missing(set, row);
    for (i = 0; i < ARRAY_LEN(earliest); i++)
        if (set->slot_width[earliest[i]])
            set_lower(set, row, earliest[i], share->told[0].values[earliest[i]]);
    row->rows = row->rows > UINT32_MAX - share->rows ? UINT32_MAX : row->rows + share->rows;
}

/* What all of them tell, the last to decide behind the others; false: memory is out. */
static bool list_told(struct record_set *set, const struct record_share *const *shares,
                      size_t count, size_t *ret_count)
{
    size_t listed = 0;
    size_t at;
    size_t i;
    size_t k;

    for (i = 0; i < count; i++) {
        for (k = 0; k < shares[i]->told_count && shares[i]->rows; k++) {
            struct taken_told told = {shares[i], &shares[i]->told[k]};

            if (!mem_grow(&set->taken_told, listed, &set->taken_told_capacity,
                          sizeof *set->taken_told))
                return false;
            for (at = listed++;
                 at > 0 && record_told_is_later(set->taken_told[at - 1].told, told.told); at--)
                set->taken_told[at] = set->taken_told[at - 1];
            set->taken_told[at] = told;
        }
    }
    *ret_count = listed;
    return true;
}

static bool take_shares(struct record_set *set, struct case_row *row,
                        const struct record_share *const *shares, size_t count)
{
    size_t listed = 0;
    size_t i;

    for (i = 0; i < count; i++)
        take_share(set, row, shares[i]);
    if (!list_told(set, shares, count, &listed))
        return false;
    for (i = 0; i < listed; i++)
        if (!take_values(set, row, set->taken_told[i].share, set->taken_told[i].told))
            return false;
    if (row->attributed && set_get(set, row, SLOT_CLASS) == VALUE_MISSING)
        set_put(set, row, SLOT_CLASS, CLASS_UNKNOWN);
    return true;
}

static bool take_events(struct record_set *set, struct history *history,
                        const struct record_share *share)
{
    size_t i;

    for (i = 0; i < share->event_count; i++) {
        struct record_event event = share->events[i];

        if (!record_translate_event(&set->needs, share, &set->texts, &set->fields, &event) ||
            !mem_grow(&set->taken, history->count, &set->taken_capacity, sizeof *set->taken))
            return false;
        set->classes_met |= 1u << event.class;
        event.is_step = set_event_is_step(set, &event);
        history->events = set->taken;
        history->events[history->count++] = event;
    }
    return true;
}

/* Put in order and collapsed beside the set, so that it holds no more than what changes. */
static bool take_history(struct record_set *set, struct case_row *row,
                         const struct record_share *const *shares, size_t count)
{
    struct history all = {NULL, 0, 0};
    uint32_t k;
    size_t i;

    for (i = 0; i < count; i++)
        if (!take_events(set, &all, shares[i]))
            return false;
    history_settle(&all);
    for (k = 0; k < all.count; k++)
        if (!history_add(&set->pool, set_history(set, row), &all.events[k]))
            return false;
    return true;
}

static bool take_messages(struct record_set *set, struct case_row *row,
                          const struct record_share *const *shares, size_t count)
{
    size_t k;
    size_t i;

    for (i = 0; i < count; i++) {
        for (k = 0; k < shares[i]->message_count; k++) {
            struct record_message message = shares[i]->messages[k];

            if (!record_translate_marks(shares[i]->marks, &set->marks, &message) ||
                !message_add(&set->message_pool, set_messages(set, row), &message))
                return false;
        }
    }
    return true;
}

enum status record_set_take(struct record_set *set, struct str id,
                            const struct record_share *const *shares, size_t count,
                            struct diag *diag)
{
    struct case_row *row;
    bool is_new;

    BUG_IF(set->stream || !set->needs.keep_all);
    row = case_table_add(&set->cases, id, case_table_hash(id), &is_new);
    if (!row)
        return diag_no_memory(diag);
    BUG_IF(!is_new);
    if (!take_shares(set, row, shares, count))
        return diag_no_memory(diag);
    if ((set->history_offset && !take_history(set, row, shares, count)) ||
        (set->messages_offset && !take_messages(set, row, shares, count)))
        return diag_no_memory(diag);
    return STATUS_OK;
}
