/* Parts side by side, in order of id: a case that is in several of them becomes one. */
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "part/part_frame.h"
#include "part/part_texts.h"

/* Texts of cases that cross parts are dropped at times, so that they do not add up. */
enum { TEXTS_MOST = 1 << 16 };

struct joined { /* a share made of several */
    struct record_told *told;
    size_t told_count;
    size_t told_capacity;
    int64_t earliest[2];
    struct record_event *events;
    size_t event_count;
    size_t event_capacity;
    struct record_message *messages;
    size_t message_count;
    size_t message_capacity;
};

struct part_join {
    struct part_reader *const *readers;
    size_t count;
    const struct part_head *head;
    struct part_layout layouts[RECORD_KIND_COUNT];
    const struct part_layout *layout; /* of the case at hand */
    struct part_case *cases; /* of each reader, the one at hand */
    size_t *heap;            /* readers that have one, the least id first */
    size_t heap_count;
    size_t *same;            /* readers of the case that was given last */
    size_t same_count;
    struct part_share *shares; /* one for each owner */
    struct joined *joined;
    struct part_texts texts;
    bool has_begun;
};

enum status part_join_new(struct part_reader *const *readers, size_t count,
                          const struct part_head *head, struct diag *diag,
                          struct part_join **ret_join)
{
    struct part_join *join = mem_alloc(1, sizeof *join);

    if (!join)
        return diag_no_memory(diag);
    join->readers = readers;
    join->count = count;
    join->head = head;
    part_layouts_init(join->layouts, head);
    part_texts_init(&join->texts);
    join->cases = mem_alloc(count, sizeof *join->cases);
    join->heap = mem_alloc(count, sizeof *join->heap);
    join->same = mem_alloc(count, sizeof *join->same);
    join->shares = mem_alloc(head->owner_count, sizeof *join->shares);
    join->joined = mem_alloc(head->owner_count, sizeof *join->joined);
    if (!join->cases || !join->heap || !join->same || !join->shares || !join->joined) {
        part_join_free(join);
        return diag_no_memory(diag);
    }
    *ret_join = join;
    return STATUS_OK;
}

void part_join_free(struct part_join *join)
{
    size_t i;

    if (!join)
        return;
    for (i = 0; join->joined && i < join->head->owner_count; i++) {
        mem_free(join->joined[i].told);
        mem_free(join->joined[i].events);
        mem_free(join->joined[i].messages);
    }
    mem_free(join->joined);
    mem_free(join->shares);
    mem_free(join->cases);
    mem_free(join->heap);
    mem_free(join->same);
    part_texts_done(&join->texts);
    mem_free(join);
}

/* --- the least id --- */

static bool is_less(const struct part_join *join, size_t a, size_t b)
{
    int order = str_compare(join->cases[a].id, join->cases[b].id);

    return order ? order < 0 : a < b;
}

static void sift_up(struct part_join *join, size_t at)
{
    while (at > 0 && is_less(join, join->heap[at], join->heap[(at - 1) / 2])) {
        size_t above = join->heap[(at - 1) / 2];

        join->heap[(at - 1) / 2] = join->heap[at];
        join->heap[at] = above;
        at = (at - 1) / 2;
    }
}

static void sift_down(struct part_join *join)
{
    size_t at = 0;

    while (2 * at + 1 < join->heap_count) {
        size_t least = 2 * at + 1;
        size_t held = join->heap[at];

        if (least + 1 < join->heap_count && is_less(join, join->heap[least + 1], join->heap[least]))
            least++;
        if (!is_less(join, join->heap[least], held))
            return;
        join->heap[at] = join->heap[least];
        join->heap[least] = held;
        at = least;
    }
}

static size_t take_least(struct part_join *join)
{
    size_t least = join->heap[0];

    join->heap[0] = join->heap[--join->heap_count];
    sift_down(join);
    return least;
}

static enum status advance(struct part_join *join, size_t reader, struct diag *diag)
{
    enum status status = part_next(join->readers[reader], diag, &join->cases[reader]);

    if (status == STATUS_END)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    join->heap[join->heap_count++] = reader;
    sift_up(join, join->heap_count - 1);
    return STATUS_OK;
}

static enum status advance_all(struct part_join *join, struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t i;

    if (!join->has_begun) {
        join->has_begun = true;
        for (i = 0; i < join->count && status == STATUS_OK; i++)
            status = advance(join, i, diag);
        return status;
    }
    for (i = 0; i < join->same_count && status == STATUS_OK; i++)
        status = advance(join, join->same[i], diag);
    return status;
}

/* --- one share of several --- */

static int by_event(const void *a, const void *b)
{
    return record_event_compare(a, b);
}

static int by_message(const void *a, const void *b)
{
    return record_message_compare(a, b);
}

static bool add_events(struct part_join *join, struct joined *into,
                       const struct record_share *share)
{
    size_t i;

    for (i = 0; i < share->event_count; i++) {
        struct record_event event = share->events[i];

        if (!record_translate_event(&join->head->needs, share, &join->texts.texts,
                                    &join->texts.fields, &event) ||
            !mem_grow(&into->events, into->event_count, &into->event_capacity,
                      sizeof *into->events))
            return false;
        into->events[into->event_count++] = event;
    }
    for (i = 0; i < share->message_count; i++) {
        struct record_message message = share->messages[i];

        if (!record_translate_marks(share->marks, &join->texts.marks, &message) ||
            !mem_grow(&into->messages, into->message_count, &into->message_capacity,
                      sizeof *into->messages))
            return false;
        into->messages[into->message_count++] = message;
    }
    return true;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a == VALUE_MISSING || (b != VALUE_MISSING && b < a) ? b : a;
}

static bool add_values(struct part_join *join, struct record_told *into,
                       const struct record_share *share, const struct record_told *told)
{
    size_t i;

    *into = *told;
    for (i = 0; i < join->layout->slot_count; i++) {
        int slot = join->layout->slots[i];

        if (!record_translate(join->layout->kind, slot, told->values[slot], share->texts,
                              &join->texts.texts, &into->values[slot]))
            return false;
    }
    return true;
}

/* Behind each share what is left is little, whatever their number. */
static bool add_told(struct part_join *join, struct joined *joined,
                     const struct record_share *share)
{
    size_t i;

    for (i = 0; i < share->told_count; i++) {
        if (!mem_grow(&joined->told, joined->told_count, &joined->told_capacity,
                      sizeof *joined->told) ||
            !add_values(join, &joined->told[joined->told_count++], share, &share->told[i]))
            return false;
    }
    joined->told_count = record_told_settle(joined->told, joined->told_count);
    return true;
}

static const int earliest_slots[] = {SLOT_FIRST_EVENT, SLOT_FIRST_SOLVED};

static bool keeps(const struct part_layout *layout, int slot)
{
    size_t i = 0;

    while (i < layout->slot_count && layout->slots[i] != slot)
        i++;
    return i < layout->slot_count;
}

static bool add_share(struct part_join *join, struct record_share *into, struct joined *joined,
                      const struct record_share *share)
{
    size_t i;

    into->has_reject |= share->has_reject;
    if (share->rows == 0)
        return true;
    for (i = 0; i < ARRAY_LEN(earliest_slots); i++)
        if (keeps(join->layout, earliest_slots[i]))
            joined->earliest[i] =
                earlier(joined->earliest[i], share->told[0].values[earliest_slots[i]]);
    if (!add_told(join, joined, share))
        return false;
    into->rows = into->rows > UINT32_MAX - share->rows ? UINT32_MAX : into->rows + share->rows;
    return add_events(join, joined, share);
}

/* What is earliest of all rows stands in the first. */
static void settle_told(const struct part_join *join, struct joined *joined)
{
    size_t i;
    size_t k;

    for (i = 0; i < ARRAY_LEN(earliest_slots); i++)
        for (k = 0; k < joined->told_count && keeps(join->layout, earliest_slots[i]); k++)
            joined->told[k].values[earliest_slots[i]] = k ? VALUE_MISSING : joined->earliest[i];
}

static void settle(struct record_share *share, struct joined *joined)
{
    if (joined->event_count)
        qsort(joined->events, joined->event_count, sizeof *joined->events, by_event);
    if (joined->message_count)
        qsort(joined->messages, joined->message_count, sizeof *joined->messages, by_message);
    share->told = joined->told;
    share->told_count = joined->told_count;
    share->events = joined->events;
    share->event_count = joined->event_count;
    share->messages = joined->messages;
    share->message_count = joined->message_count;
}

/* The next owner that some of the cases have a share of, behind `from`. */
static uint32_t next_owner(const struct part_join *join, uint32_t from)
{
    uint32_t least = UINT32_MAX;
    size_t i;
    size_t k;

    for (i = 0; i < join->same_count; i++) {
        const struct part_case *item = &join->cases[join->same[i]];

        for (k = 0; k < item->count; k++)
            if (item->shares[k].owner >= from && item->shares[k].owner < least)
                least = item->shares[k].owner;
    }
    return least;
}

/* True, when no more than one of the cases has such a share: *ret_share. */
static bool is_alone(const struct part_join *join, uint32_t owner,
                     const struct record_share **ret_share)
{
    size_t count = 0;
    size_t i;
    size_t k;

    for (i = 0; i < join->same_count; i++) {
        const struct part_case *item = &join->cases[join->same[i]];

        for (k = 0; k < item->count; k++) {
            if (item->shares[k].owner != owner)
                continue;
            *ret_share = &item->shares[k].share;
            count++;
        }
    }
    return count == 1;
}

static bool join_owner(struct part_join *join, uint32_t owner, struct part_share *into)
{
    struct joined *joined = &join->joined[owner];
    const struct record_share *only = NULL;
    size_t i;
    size_t k;

    into->owner = owner;
    if (is_alone(join, owner, &only)) {
        into->share = *only;
        return true;
    }
    joined->told_count = joined->event_count = joined->message_count = 0;
    joined->earliest[0] = joined->earliest[1] = VALUE_MISSING;
    into->share.texts = &join->texts.texts;
    into->share.fields = &join->texts.fields;
    into->share.marks = &join->texts.marks;
    into->share.rows = 0;
    into->share.has_reject = false;
    for (i = 0; i < join->same_count; i++) {
        const struct part_case *item = &join->cases[join->same[i]];

        for (k = 0; k < item->count; k++)
            if (item->shares[k].owner == owner &&
                !add_share(join, &into->share, joined, &item->shares[k].share))
                return false;
    }
    settle_told(join, joined);
    settle(&into->share, joined);
    return true;
}

static bool join_case(struct part_join *join, struct part_case *ret_case)
{
    uint32_t owner;

    if (intern_count(&join->texts.texts) > TEXTS_MOST ||
        intern_count(&join->texts.marks) > TEXTS_MOST) {
        part_texts_clear(&join->texts);
    }
    ret_case->id = join->cases[join->same[0]].id;
    join->layout = &join->layouts[part_case_kind(ret_case->id)];
    ret_case->shares = join->shares;
    ret_case->count = 0;
    for (owner = next_owner(join, 0); owner != UINT32_MAX; owner = next_owner(join, owner + 1))
        if (!join_owner(join, owner, &join->shares[ret_case->count++]))
            return false;
    return true;
}

enum status part_join_next(struct part_join *join, struct diag *diag, struct part_case *ret_case)
{
    enum status status = advance_all(join, diag);

    join->same_count = 0;
    if (status != STATUS_OK)
        return status;
    if (join->heap_count == 0)
        return STATUS_END;
    join->same[join->same_count++] = take_least(join);
    while (join->heap_count && str_equal(join->cases[join->heap[0]].id,
                                         join->cases[join->same[0]].id))
        join->same[join->same_count++] = take_least(join);
    if (join->same_count == 1) {
        *ret_case = join->cases[join->same[0]];
        return STATUS_OK;
    }
    return join_case(join, ret_case) ? STATUS_OK : diag_no_memory(diag);
}
