/* Cases into a part. */
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "part/part_reader.h"

struct part_writer {
    void (*write)(void *context, struct str bytes);
    void *context;
    struct digest *digest;
    const struct part_head *head; /* borrowed */
    struct record_needs needs;
    struct part_layout layouts[RECORD_KIND_COUNT];
    const struct part_layout *layout; /* of the case at hand */
    struct buf frame;
    struct buf id; /* of the case before; empty at the start of a frame */
    struct buf key;
    struct intern words[WORDS_COUNT]; /* texts of this frame, where they are numbered */
    bool has_words[WORDS_COUNT];
    struct intern states;
    struct intern shapes;
    uint64_t source;
    uint64_t offset;
    uint64_t line;
    int64_t at;
    uint64_t case_count;
    bool failed; /* libcrypto or memory */
};

/* --- frames --- */

static void put_bytes(struct part_writer *writer, struct str bytes)
{
    writer->failed |= !digest_add(writer->digest, bytes.ptr, bytes.len);
    writer->write(writer->context, bytes);
}

static enum status put_frame(struct part_writer *writer, char letter, struct diag *diag)
{
    struct buf *frame = &writer->frame;
    char mark[FRAME_MARK] = {letter};
    size_t i;

    if (frame->len > LIMIT_FRAME)
        return diag_limit(diag, WHERE_NONE, "the size of one frame of a part", LIMIT_FRAME);
    if (frame->failed)
        return diag_no_memory(diag);
    for (i = 0; i < 4; i++)
        mark[1 + i] = (char)(frame->len >> 8 * i & 0xFF);
    put_bytes(writer, (struct str){mark, sizeof mark});
    if (frame->len)
        put_bytes(writer, buf_str(frame));
    buf_clear(frame);
    return writer->failed ? diag_no_memory(diag) : STATUS_OK;
}

/* A frame stands by itself: what it refers to is in it. */
static void begin_frame(struct part_writer *writer)
{
    size_t i;

    for (i = 0; i < WORDS_COUNT; i++) {
        if (writer->has_words[i])
            intern_done(&writer->words[i]);
        writer->has_words[i] = false;
    }
    intern_done(&writer->states);
    intern_init(&writer->states);
    intern_done(&writer->shapes);
    intern_init(&writer->shapes);
    buf_clear(&writer->id);
    writer->source = writer->offset = writer->line = 0;
    writer->at = 0;
}

enum status part_writer_new(const struct part_head *head,
                            void (*write)(void *context, struct str bytes), void *context,
                            struct diag *diag, struct part_writer **ret_writer)
{
    struct part_writer *writer = mem_alloc(1, sizeof *writer);
    enum status status;

    if (!writer)
        return diag_no_memory(diag);
    writer->write = write;
    writer->context = context;
    writer->head = head;
    writer->needs = head->needs;
    part_layouts_init(writer->layouts, head);
    writer->layout = &writer->layouts[RECORD_TICKET];
    buf_init(&writer->frame, (size_t)LIMIT_FRAME * 2);
    buf_init(&writer->id, LIMIT_FRAME);
    buf_init(&writer->key, LIMIT_FRAME);
    intern_init(&writer->states);
    intern_init(&writer->shapes);
    writer->digest = digest_new();
    if (!writer->digest) {
        part_writer_free(writer);
        return diag_no_memory(diag);
    }
    put_bytes(writer, (struct str){part_magic, sizeof part_magic});
    part_head_put(head, &writer->frame);
    status = put_frame(writer, FRAME_HEAD, diag);
    if (status != STATUS_OK) {
        part_writer_free(writer);
        return status;
    }
    *ret_writer = writer;
    return STATUS_OK;
}

void part_writer_free(struct part_writer *writer)
{
    size_t i;

    if (!writer)
        return;
    for (i = 0; i < WORDS_COUNT; i++)
        if (writer->has_words[i])
            intern_done(&writer->words[i]);
    intern_done(&writer->states);
    intern_done(&writer->shapes);
    buf_done(&writer->frame);
    buf_done(&writer->id);
    buf_done(&writer->key);
    digest_free(writer->digest);
    mem_free(writer);
}

/* --- values --- */

/* The number of a key; true: it is new, and what it stands for follows. */
static bool put_known(struct part_writer *writer, struct intern *known, struct str key)
{
    size_t before = intern_count(known);
    uint32_t number = intern_id(known, key);

    writer->failed |= number == INTERN_NONE;
    code_put_uint(&writer->frame, number);
    return number == before;
}

static struct intern *words_of(struct part_writer *writer, size_t place)
{
    if (!writer->has_words[place])
        intern_init(&writer->words[place]);
    writer->has_words[place] = true;
    return &writer->words[place];
}

/* 0: missing; one more than its number; the next number: the text follows. */
static void put_text(struct part_writer *writer, size_t place, const struct intern *texts,
                     uint32_t text)
{
    struct intern *words = words_of(writer, place);
    size_t before = intern_count(words);
    uint32_t number;

    if (text == INTERN_NONE) {
        code_put_uint(&writer->frame, 0);
        return;
    }
    number = intern_id(words, intern_text(texts, text));
    writer->failed |= number == INTERN_NONE;
    code_put_uint(&writer->frame, (uint64_t)number + 1);
    if (number == before)
        code_put_str(&writer->frame, intern_text(texts, text));
}

static uint32_t text_of(int64_t value)
{
    return value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;
}

static void put_value(struct part_writer *writer, int slot, const struct intern *texts,
                      int64_t value, int64_t beside)
{
    if (record_slot_is_text(writer->layout->kind, slot))
        put_text(writer, (size_t)slot, texts, text_of(value));
    else if (slot_type(writer->layout->kind, slot) == FIELD_INSTANT)
        code_put_time(&writer->frame, value, beside);
    else
        code_put_int(&writer->frame, value);
}

/* A bit for each of the slots. */
static void put_shape(struct part_writer *writer, const unsigned char *shape)
{
    const struct str bytes = {(const char *)shape, (writer->layout->slot_count + 7) / 8};

    if (put_known(writer, &writer->shapes, bytes))
        buf_add(&writer->frame, bytes);
}

/* Which of the slots have a value, then the values. */
static void put_values(struct part_writer *writer, const struct record_share *share,
                       const struct record_told *told)
{
    const struct part_layout *layout = writer->layout;
    unsigned char shape[SLOT_END / 8] = {0};
    size_t i;

    for (i = 0; i < layout->slot_count; i++)
        if (told->values[layout->slots[i]] != VALUE_MISSING)
            shape[i / 8] |= (unsigned char)(1u << i % 8);
    put_shape(writer, shape);
    for (i = 0; i < layout->slot_count; i++)
        if (shape[i / 8] >> i % 8 & 1)
            put_value(writer, layout->slots[i], share->texts, told->values[layout->slots[i]],
                      writer->at);
}

static void put_filled(struct part_writer *writer, const struct slot_set *filled)
{
    const struct part_layout *layout = writer->layout;
    unsigned char shape[SLOT_END / 8] = {0};
    size_t i;

    for (i = 0; i < layout->slot_count; i++)
        if (slot_set_has(filled, layout->slots[i]))
            shape[i / 8] |= (unsigned char)(1u << i % 8);
    put_shape(writer, shape);
}

/* --- rows --- */

/* The offset beside the one before, with a bit for another source. */
static void put_place(struct part_writer *writer, uint64_t position, uint32_t line)
{
    uint64_t source = position >> 44;
    uint64_t offset = position & ((1ull << 44) - 1);
    int64_t step = (int64_t)offset - (int64_t)writer->offset;
    uint64_t folded = step < 0 ? (uint64_t)-step * 2 - 1 : (uint64_t)step * 2;

    code_put_uint(&writer->frame, folded << 1 | (source != writer->source));
    if (source != writer->source)
        code_put_uint(&writer->frame, source);
    code_put_int(&writer->frame, (int64_t)line - (int64_t)writer->line);
    writer->source = source;
    writer->offset = offset;
    writer->line = line;
}

/* 0: missing. */
static void put_sequence(struct part_writer *writer, int32_t sequence)
{
    code_put_uint(&writer->frame, sequence == INT32_MIN ? 0 : (uint64_t)((int64_t)sequence -
                                                                         (int64_t)INT32_MIN));
}

static int64_t tracked_value(const struct record_share *share, uint32_t fields, size_t i)
{
    int64_t value;

    memcpy(&value, intern_text(share->fields, fields).ptr + i * sizeof value, sizeof value);
    return value;
}

static void key_text(struct buf *key, const struct intern *texts, uint32_t text)
{
    code_put_str(key, text == INTERN_NONE ? (struct str){NULL, 0} : intern_text(texts, text));
}

/* Everything of a state in bytes that no other state has. */
static void make_key(struct part_writer *writer, const struct record_share *share,
                     const struct record_event *event)
{
    struct buf *key = &writer->key;
    size_t i;

    buf_clear(key);
    buf_add_char(key, (char)(event->class << 1 | event->has_status));
    key_text(key, share->texts, event->group);
    key_text(key, share->texts, event->status);
    for (i = 0; i < writer->needs.tracked_count && event->fields != INTERN_NONE; i++) {
        int64_t value = tracked_value(share, event->fields, i);

        if (record_slot_is_text(writer->needs.kind, writer->needs.tracked[i]) && value != VALUE_MISSING &&
            value != VALUE_UNSAID) {
            buf_add_char(key, 't');
            key_text(key, share->texts, (uint32_t)value);
        } else {
            buf_add_char(key, 'n');
            code_put_int(key, value);
        }
    }
    writer->failed |= key->failed;
}

/* 0: not said; 1: missing; 2: the value follows. */
static void put_tracked(struct part_writer *writer, const struct record_share *share, int slot,
                        int64_t value)
{
    code_put_uint(&writer->frame, value == VALUE_UNSAID ? 0 : value == VALUE_MISSING ? 1 : 2);
    if (value != VALUE_UNSAID && value != VALUE_MISSING)
        put_value(writer, slot, share->texts, value, 0);
}

static void put_state(struct part_writer *writer, const struct record_share *share,
                      const struct record_event *event)
{
    size_t i;

    make_key(writer, share, event);
    if (!put_known(writer, &writer->states, buf_str(&writer->key)))
        return;
    code_put_uint(&writer->frame, (uint64_t)event->class << 1 | event->has_status);
    put_text(writer, WORDS_GROUP, share->texts, event->group);
    put_text(writer, WORDS_STATUS, share->texts, event->status);
    for (i = 0; i < writer->needs.tracked_count; i++)
        put_tracked(writer, share, writer->needs.tracked[i],
                    tracked_value(share, event->fields, i));
}

static void put_events(struct part_writer *writer, const struct record_share *share)
{
    size_t i;

    for (i = 0; i < share->event_count; i++) {
        const struct record_event *event = &share->events[i];

        code_put_time(&writer->frame, event->at, writer->at);
        writer->at = event->at;
        put_sequence(writer, event->sequence);
        put_place(writer, event->position, event->line);
        put_state(writer, share, event);
    }
}

static void put_messages(struct part_writer *writer, const struct record_share *share)
{
    size_t i;

    code_put_uint(&writer->frame, share->message_count);
    for (i = 0; i < share->message_count; i++) {
        const struct record_message *message = &share->messages[i];

        code_put_time(&writer->frame, message->at, writer->at);
        writer->at = message->at;
        put_place(writer, message->position, message->line);
        code_put_uint(&writer->frame, (uint64_t)message->actor << 1 | message->is_public);
        if (writer->needs.marks)
            code_put_str(&writer->frame, message->marks
                                             ? intern_text(share->marks, message->marks - 1)
                                             : (struct str){NULL, 0});
    }
}

/* --- cases --- */

static bool is_of_last_event(const struct record_share *share)
{
    const struct record_told *told = share->told;
    const struct record_event *last;

    if (share->event_count == 0)
        return false;
    last = &share->events[share->event_count - 1];
    return last->at == told->at && last->position == told->position &&
           last->sequence == told->sequence && last->line == told->line;
}

static bool fills_all(const struct part_writer *writer, uint32_t owner,
                      const struct slot_set *filled)
{
    const struct slot_set all = part_filled(writer->head, owner, writer->layout->kind);

    return all.bits[0] == filled->bits[0] && all.bits[1] == filled->bits[1];
}

static unsigned flags_of(const struct part_writer *writer, uint32_t owner,
                         const struct record_share *share)
{
    if (share->rows == 0)
        return SHARE_NO_ROWS | (share->has_reject ? SHARE_REJECT : 0u);
    return (share->has_reject ? SHARE_REJECT : 0u) |
           (share->told->is_attributed ? SHARE_ATTRIBUTED : 0u) |
           (share->told->is_attributed && !fills_all(writer, owner, &share->told->filled)
                ? SHARE_OWN_FILL
                : 0u) |
           (share->told_count > 1 ? SHARE_MORE_TOLD : 0u) |
           (share->rows == share->event_count ? SHARE_ROW_AN_EVENT : 0u) |
           (share->event_count == 1 ? SHARE_ONE_EVENT : 0u) |
           (is_of_last_event(share) ? SHARE_LAST_EVENT : 0u) |
           (share->message_count ? SHARE_MESSAGES : 0u);
}

/* Instant, sequence and place of the row. */
static void put_row(struct part_writer *writer, const struct record_told *told)
{
    code_put_uint(&writer->frame, told->at != VALUE_MISSING);
    if (told->at != VALUE_MISSING) {
        code_put_time(&writer->frame, told->at, writer->at);
        writer->at = told->at;
    }
    put_sequence(writer, told->sequence);
    put_place(writer, told->position, told->line);
}

static void put_more_told(struct part_writer *writer, const struct record_share *share)
{
    size_t i;

    code_put_uint(&writer->frame, share->told_count - 1);
    for (i = 1; i < share->told_count; i++) {
        put_row(writer, &share->told[i]);
        put_filled(writer, &share->told[i].filled);
        put_values(writer, share, &share->told[i]);
    }
}

static void put_share(struct part_writer *writer, uint32_t owner, const struct record_share *share)
{
    unsigned flags = flags_of(writer, owner, share);

    code_put_uint(&writer->frame, flags);
    if (flags & SHARE_NO_ROWS)
        return;
    if (!(flags & SHARE_ROW_AN_EVENT))
        code_put_uint(&writer->frame, share->rows);
    if (!(flags & SHARE_ONE_EVENT))
        code_put_uint(&writer->frame, share->event_count);
    put_events(writer, share);
    if (!(flags & SHARE_LAST_EVENT))
        put_row(writer, share->told);
    if (flags & SHARE_OWN_FILL)
        put_filled(writer, &share->told->filled);
    put_values(writer, share, share->told);
    if (flags & SHARE_MORE_TOLD)
        put_more_told(writer, share);
    if (flags & SHARE_MESSAGES)
        put_messages(writer, share);
}

/* What it shares with the id before, and the rest. */
static void put_id(struct part_writer *writer, struct str id)
{
    size_t same = 0;

    while (same < id.len && same < writer->id.len && id.ptr[same] == writer->id.bytes[same])
        same++;
    code_put_uint(&writer->frame, same);
    code_put_str(&writer->frame, (struct str){id.ptr + same, id.len - same});
    buf_clear(&writer->id);
    buf_add(&writer->id, id);
    writer->failed |= writer->id.failed;
}

enum status part_writer_add(struct part_writer *writer, const struct part_case *item,
                            struct diag *diag)
{
    size_t i;

    writer->layout = &writer->layouts[part_case_kind(item->id)];
    put_id(writer, item->id);
    if (item->count == 1) {
        code_put_uint(&writer->frame, (uint64_t)item->shares[0].owner + 1);
    } else {
        code_put_uint(&writer->frame, 0);
        code_put_uint(&writer->frame, item->count);
    }
    for (i = 0; i < item->count; i++) {
        if (item->count > 1)
            code_put_uint(&writer->frame, item->shares[i].owner);
        put_share(writer, item->shares[i].owner, &item->shares[i].share);
    }
    writer->case_count++;
    if (writer->failed || writer->frame.failed)
        return diag_no_memory(diag);
    if (writer->frame.len < FRAME_FULL)
        return STATUS_OK;
    begin_frame(writer);
    return put_frame(writer, FRAME_CASES, diag);
}

enum status part_writer_copy(struct part_writer *writer, struct part_reader *reader,
                             struct diag *diag)
{
    enum status status;

    BUG_IF(writer->case_count || reader->case_count);
    for (;;) {
        status = part_read_frame(reader, diag);
        if (status != STATUS_OK || reader->letter == FRAME_END)
            break;
        buf_add(&writer->frame, buf_str(&reader->frame));
        status = put_frame(writer, FRAME_CASES, diag);
        if (status != STATUS_OK)
            return status;
    }
    if (status != STATUS_OK)
        return status;
    writer->case_count = reader->case_count = part_read_count(reader);
    status = part_read_end(reader, diag);
    return status == STATUS_END ? STATUS_OK : status;
}

enum status part_writer_finish(struct part_writer *writer, struct diag *diag,
                               struct sha256 *ret_sha256)
{
    enum status status = STATUS_OK;

    if (writer->frame.len)
        status = put_frame(writer, FRAME_CASES, diag);
    if (status == STATUS_OK) {
        code_put_uint(&writer->frame, writer->case_count);
        status = put_frame(writer, FRAME_END, diag);
    }
    if (status != STATUS_OK)
        return status;
    if (!digest_finish(writer->digest, ret_sha256))
        return diag_no_memory(diag);
    writer->write(writer->context,
                  (struct str){(const char *)ret_sha256->bytes, sizeof ret_sha256->bytes});
    return STATUS_OK;
}
