#include "record/stream.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

static unsigned width_of(enum record_kind kind, int slot)
{
    enum field_type type;

    if (slot >= SLOT_OWN)
        return 4;
    type = slot_type(kind, slot);
    if (slot == SLOT_CLASS)
        return 1;
    if (type == FIELD_INSTANT || type == FIELD_INTEGER || type == FIELD_NUMBER)
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
            if (!is_kept(&set->needs, slot) || width_of(set->needs.kind, slot) != width)
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
    intern_init(&set->marks);
    buf_init(&set->log_name, SIZE_MAX);
    history_pool_init(&set->pool, needs->keep_all);
    array_pool_init(&set->message_pool, sizeof(struct record_message));
    case_table_init(&set->cases, lay_out(set));
    if (!fill_list_init(&set->fills, set->cases.stride)) {
        record_set_free(set);
        return diag_no_memory(diag);
    }
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
    intern_done(&set->marks);
    buf_done(&set->log_name);
    history_pool_done(&set->pool);
    array_pool_done(&set->message_pool);
    stream_free(set->stream);
    mem_free(set->class_of_text);
    mem_free(set->taken);
    mem_free(set->taken_told);
    fill_list_done(&set->fills);
    mem_free(set);
}

void record_set_empty(struct record_set *set)
{
    set->has_cases |= set->cases.count > 0;
    set->is_settled = false;
    case_table_done(&set->cases);
    fill_list_empty(&set->fills);
    history_pool_done(&set->pool);
    array_pool_done(&set->message_pool);
    intern_done(&set->fields);
    intern_init(&set->fields);
    intern_done(&set->marks);
    intern_init(&set->marks);
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

void set_lower(const struct record_set *set, struct case_row *row, int slot, int64_t at)
{
    int64_t known;

    if (set->slot_width[slot] == 0 || at == VALUE_MISSING)
        return;
    known = set_get(set, row, slot);
    if (known == VALUE_MISSING || at < known)
        set_put(set, row, slot, at);
}

/* The last number that a case itself can have; beyond it there is always room in the list. */
enum { FILL_LAST = 127 };

/* Where the attributes of a case come from: a row that tells some before one that tells none. */
struct row_order {
    int64_t at;
    int32_t sequence;
    uint64_t position;
    uint32_t line;
    bool attributed;
};

/* Does a row in that place tell the attributes of the case, after all it has had? */
static bool is_later(const struct case_row *row, const struct row_order *order)
{
    if (!row->told)
        return true;
    if (order->attributed != row->attributed)
        return order->attributed;
    if (order->at != row->last_at)
        return order->at > row->last_at;
    if (order->sequence != row->last_sequence)
        return order->sequence > row->last_sequence;
    return order->position > row->last_position;
}

static void take_order(struct case_row *row, const struct row_order *order)
{
    row->last_at = order->at;
    row->last_sequence = order->sequence;
    row->last_position = order->position;
    row->last_line = order->line;
    row->told = true;
    row->attributed = order->attributed;
}

static bool is_solved(uint8_t class)
{
    return class == CLASS_SOLVED || class == CLASS_CLOSED;
}

/* A new row is zero bytes. */
void set_make_missing(const struct record_set *set, struct case_row *row)
{
    size_t i;

    for (i = 0; i < set->kept_count; i++)
        set_put(set, row, set->kept[i], VALUE_MISSING);
}

/* Number of a combination of tracked values; false when memory is out. */
static bool number_fields(struct record_set *set, const int64_t *values, uint32_t *ret_number)
{
    struct str bytes = {(const char *)values, set->needs.tracked_count * sizeof *values};

    *ret_number = INTERN_NONE;
    if (set->needs.tracked_count == 0)
        return true;
    *ret_number = intern_id(&set->fields, bytes);
    return *ret_number != INTERN_NONE;
}

bool set_event_is_step(const struct record_set *set, const struct record_event *event)
{
    return (set->needs.slots >> SLOT_ACTIVITY & 1) != 0 &&
           record_event_value(set, event, SLOT_ACTIVITY) >= 0;
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

    for (i = 0; i < set->needs.tracked_count; i++) {
        tracked[i] = values->slots[set->needs.tracked[i]];
        if (values->tells_some && !slot_set_has(&values->filled, set->needs.tracked[i]))
            tracked[i] = VALUE_UNSAID;
    }
    set->classes_met |= 1u << event.class;
    if (!number_fields(set, tracked, &event.fields))
        return false;
    event.is_step = set_event_is_step(set, &event);
    return history_add(&set->pool, set_history(set, row), &event);
}

static bool keep_message(struct record_set *set, struct case_row *row,
                         const struct row_values *values)
{
    struct record_message message = {.at = values->at,
                                     .position = values->position,
                                     .line = values->line,
                                     .marks = values->message.marks,
                                     .actor = (uint8_t)values->message.actor};

    if (!message_of_row(&values->message, &message.is_public))
        return true;
    set->has_messages |= message.actor != ACTOR_UNKNOWN;
    set->has_marks |= message.marks != 0;
    return message_add(&set->message_pool, set_messages(set, row), &message);
}

bool set_number_fill(struct record_set *set, struct row_values *values)
{
    const struct slot_set kept = record_slots(&set->needs);
    struct slot_set *filled = &values->filled;

    filled->bits[0] &= kept.bits[0];
    filled->bits[1] &= kept.bits[1];
    if (values->fill < set->fills.count && /* mostly it is what the row before filled */
        memcmp(&set->fills.list[values->fill].filled, filled, sizeof *filled) == 0)
        return true;
    return fill_list_number(&set->fills, filled, &values->fill);
}

/* The first that tells attributes stands in the case itself; NULL: memory is out. */
static struct case_row *told_row(struct record_set *set, struct case_row *row, uint32_t fill)
{
    struct case_row *told;
    bool is_new;

    if (!row->attributed && fill <= FILL_LAST) {
        row->fill = fill & FILL_LAST;
        set_put(set, row, SLOT_CLASS, CLASS_UNKNOWN);
        return row;
    }
    if (row->attributed && row->fill == fill)
        return row;
    row->has_more = 1;
    told = fill_list_row(&set->fills, fill, row, &is_new);
    if (told && is_new)
        set_make_missing(set, told);
    return told;
}

/* The slots that such rows fill, if it is the last of them. False: memory is out. */
static bool tell(struct record_set *set, struct case_row *row, const struct row_values *values,
                 uint32_t fill, const struct row_order *order, const int *slots, size_t slot_count)
{
    const struct slot_set filled = set->fills.list[fill].filled;
    struct case_row *told = told_row(set, row, fill);
    size_t i;

    if (!told)
        return false;
    if (!is_later(told, order))
        return true;
    take_order(told, order);
    for (i = 0; i < slot_count; i++)
        if (slot_set_has(&filled, slots[i]))
            set_put(set, told, slots[i], values->slots[slots[i]]);
    if (slot_set_has(&filled, SLOT_CLASS))
        set_put(set, told, SLOT_CLASS, values->class);
    return true;
}

static bool tell_all(struct record_set *set, struct case_row *row, const struct row_values *values,
                     const int *slots, size_t slot_count)
{
    const struct row_order order = {values->at, values->sequence, values->position, values->line,
                                    values->tells_attributes};
    int slot;

    if (!order.attributed) {
        if (is_later(row, &order))
            take_order(row, &order);
        return true;
    }
    if (values->fill != FILL_SINGLY)
        return tell(set, row, values, values->fill, &order, slots, slot_count);
    for (slot = 0; slot < SLOT_END; slot++)
        if (slot_set_has(&values->filled, slot) &&
            !tell(set, row, values, fill_list_singly(&set->fills, slot), &order, slots, slot_count))
            return false;
    return true;
}

bool set_apply(struct record_set *set, struct case_row *row, const struct row_values *values,
               const int *slots, size_t slot_count)
{
    if (row->rows == 0)
        set_make_missing(set, row);
    if (!tell_all(set, row, values, slots, slot_count))
        return false;
    if (row->rows < UINT32_MAX)
        row->rows++;
    if (values->at == VALUE_MISSING)
        return true;
    set_lower(set, row, SLOT_FIRST_EVENT, values->at);
    if (is_solved(values->class))
        set_lower(set, row, SLOT_FIRST_SOLVED, values->at);
    if (set->messages_offset && !keep_message(set, row, values))
        return false;
    return !set->history_offset || values->is_message_only || keep_event(set, row, values);
}

/* --- what several rows tell --- */

static bool is_before(const struct case_row *a, const struct case_row *b)
{
    const struct row_order order = {b->last_at, b->last_sequence, b->last_position, b->last_line,
                                    b->attributed};

    return is_later(a, &order);
}

/* All that a case has: `first`, which is what stands in it, and the rows of other numbers. */
static size_t list_rows(const struct record_set *set, const struct case_row *row,
                        const struct case_row *first)
{
    struct fill_row *rows = set->fills.rows;
    size_t count = 0;
    uint32_t k;

    for (k = 0; k < set->fills.count; k++) {
        const struct case_row *told = first->attributed && k == first->fill
                                          ? first
                                          : fill_list_find(&set->fills, k, row);

        if (told)
            rows[count++] = (struct fill_row){told, &set->fills.list[k].filled};
    }
    return count;
}

/* The last of the rows that fill the slot; below 0: of all. NULL: there is none. */
static const struct case_row *last_row(const struct record_set *set, size_t count, int slot)
{
    const struct fill_row *rows = set->fills.rows;
    const struct case_row *last = NULL;
    size_t i;

    for (i = 0; i < count; i++)
        if ((slot < 0 || slot_set_has(rows[i].filled, slot)) &&
            (!last || is_before(last, rows[i].row)))
            last = rows[i].row;
    return last;
}

/* Each slot as the last of the rows told it that fill it. */
static void settle_fills(const struct record_set *set, struct case_row *row)
{
    struct case_row *first = set->fills.scratch;
    const struct case_row *last;
    size_t count;
    size_t i;

    memcpy(first, row, set->fills.stride);
    count = list_rows(set, row, first);
    for (i = 0; i < set->kept_count; i++) {
        int slot = set->kept[i];

        last = last_row(set, count, slot);
        if (!record_slot_is_earliest(slot))
            set_put(set, row, slot, last ? set_get(set, last, slot) : VALUE_MISSING);
    }
    last = last_row(set, count, -1);
    take_order(row, &(const struct row_order){last->last_at, last->last_sequence,
                                              last->last_position, last->last_line, true});
    if (set_get(set, row, SLOT_CLASS) == VALUE_MISSING)
        set_put(set, row, SLOT_CLASS, CLASS_UNKNOWN);
}

enum status record_set_settle(struct record_set *set, struct diag *diag)
{
    bool has_events = set->history_offset && set->pool.keep_all;
    size_t i;

    if (!stream_check(set, /* is_end= */ true))
        return diag_no_memory(diag);
    set->is_settled = true;
    for (i = 0; i < set->cases.count &&
                (has_events || set->messages_offset || set->fills.count > 1);
         i++) {
        struct case_row *row = case_table_row(&set->cases, i);

        if (row->has_more)
            settle_fills(set, row);
        if (has_events)
            history_settle(set_history(set, row));
        if (set->messages_offset)
            message_settle(set_messages(set, row));
    }
    return STATUS_OK;
}
