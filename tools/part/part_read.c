/* Cases out of a part. Nothing that stands in it is believed. */
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "part/part_frame.h"

struct number_list {
    uint32_t *list;
    size_t count;
    size_t capacity;
};

struct state { /* as the events have it that are in it */
    uint32_t group;
    uint32_t status;
    uint32_t fields;
    uint8_t class;
    bool has_status;
};

/* Where the events and messages of a share begin, while the lists may still move. */
struct share_rows {
    size_t first_event;
    size_t first_message;
};

struct part_reader {
    struct source *source;
    struct str name; /* borrowed */
    struct digest *digest;
    struct arena own;
    struct arena *arena; /* of the head */
    struct part_head head;
    struct part_layout layout;
    uint32_t *numbers; /* of sources, for those who asked */
    /* bytes at hand */
    const char *block;
    size_t block_len;
    uint64_t offset; /* of what comes next */
    struct buf frame;
    uint64_t frame_offset;
    struct code code; /* what is left of the frame */
    char letter;
    /* what the cases of a frame refer to */
    struct intern texts;
    struct intern fields;
    struct number_list words[WORDS_COUNT];
    struct state *states;
    size_t state_count;
    size_t state_capacity;
    unsigned char (*shapes)[SLOT_END / 8];
    size_t shape_count;
    size_t shape_capacity;
    uint64_t at_source;
    uint64_t at_offset;
    uint64_t at_line;
    int64_t at;
    /* the case at hand */
    struct buf id;
    bool is_first;      /* of its frame */
    struct part_share *shares; /* room for one of each owner */
    struct share_rows *rows;
    struct record_event *events;
    size_t event_count;
    size_t event_capacity;
    struct record_message *messages;
    size_t message_count;
    size_t message_capacity;
    uint64_t case_count;
    bool no_memory;
    bool is_ended;
};

static struct where place_of(const struct part_reader *reader, uint64_t offset)
{
    return (struct where){reader->name, 0, 0, offset};
}

static enum status bad(const struct part_reader *reader, uint64_t offset, const char *what,
                       struct diag *diag)
{
    diag_report(diag, RULE_PART_FORMAT, place_of(reader, offset), "byte %llu: %s",
                (unsigned long long)offset, what);
    return STATUS_INVALID;
}

static enum status bad_code(const struct part_reader *reader, struct diag *diag)
{
    uint64_t at = (uint64_t)(reader->code.at - (const unsigned char *)reader->frame.bytes);

    return bad(reader, reader->frame_offset + at, "what stands before makes no sense", diag);
}

/* --- bytes --- */

/* Up to `len` bytes behind what is in the buffer; STATUS_END: there are fewer. */
static enum status take(struct part_reader *reader, struct buf *into, size_t len, struct diag *diag)
{
    while (len) {
        size_t some = reader->block_len < len ? reader->block_len : len;
        enum status status;
        char *block = NULL;

        if (some == 0) {
            status = source_next(reader->source, diag, &block, &reader->block_len);
            if (status != STATUS_OK) {
                reader->block_len = 0;
                return status;
            }
            reader->block = block;
            continue;
        }
        buf_add(into, (struct str){reader->block, some});
        if (into->failed)
            return diag_no_memory(diag);
        reader->block += some;
        reader->block_len -= some;
        reader->offset += some;
        len -= some;
    }
    return STATUS_OK;
}

/* The same, and into the digest. */
static enum status take_all(struct part_reader *reader, struct buf *into, size_t len,
                            struct diag *diag)
{
    enum status status;

    buf_clear(into);
    status = take(reader, into, len, diag);
    if (status == STATUS_END)
        return bad(reader, reader->offset, "it ends here", diag);
    if (status == STATUS_OK && into->len && !digest_add(reader->digest, into->bytes, into->len))
        return diag_no_memory(diag);
    return status;
}

static enum status read_frame(struct part_reader *reader, struct diag *diag)
{
    uint64_t offset = reader->offset;
    uint32_t len = 0;
    enum status status = take_all(reader, &reader->frame, FRAME_MARK, diag);
    size_t i;

    if (status != STATUS_OK)
        return status;
    reader->letter = reader->frame.bytes[0];
    for (i = 0; i < 4; i++)
        len |= (uint32_t)(unsigned char)reader->frame.bytes[1 + i] << 8 * i;
    if (len > LIMIT_FRAME)
        return bad(reader, offset, "a frame of that length cannot be", diag);
    reader->frame_offset = reader->offset;
    status = take_all(reader, &reader->frame, len, diag);
    if (status != STATUS_OK)
        return status;
    reader->code.at = (const unsigned char *)reader->frame.bytes;
    reader->code.end = reader->code.at + reader->frame.len;
    reader->code.is_bad = false;
    return STATUS_OK;
}

/* --- opening --- */

static enum status read_head(struct part_reader *reader, struct diag *diag)
{
    enum status status = take_all(reader, &reader->frame, sizeof part_magic, diag);

    if (status == STATUS_INVALID || (status == STATUS_OK && memcmp(reader->frame.bytes, part_magic,
                                                                   sizeof part_magic) != 0)) {
        if (status == STATUS_OK)
            return bad(reader, 0, "it does not begin as one", diag);
        return status;
    }
    if (status == STATUS_OK)
        status = read_frame(reader, diag);
    if (status != STATUS_OK)
        return status;
    if (reader->letter != FRAME_HEAD)
        return bad(reader, sizeof part_magic, "it has no head", diag);
    if (code_get_uint(&(struct code){reader->code.at, reader->code.end, false}) != PART_FORMAT) {
        diag_report(diag, RULE_PART_VERSION, place_of(reader, reader->frame_offset),
                    "this one reads format %d", PART_FORMAT);
        return STATUS_USAGE;
    }
    if (!part_head_get(&reader->code, reader->arena, &reader->head))
        return diag_no_memory(diag);
    return reader->code.is_bad ? bad_code(reader, diag) : STATUS_OK;
}

static enum status reader_new(struct str path, struct str name, struct arena *arena,
                              struct pool *pool, struct diag *diag,
                              struct part_reader **ret_reader)
{
    struct part_reader *reader = mem_alloc(1, sizeof *reader);
    enum status status;

    if (!reader)
        return diag_no_memory(diag);
    reader->name = name;
    arena_init(&reader->own);
    reader->arena = arena ? arena : &reader->own;
    buf_init(&reader->frame, (size_t)LIMIT_FRAME + 1);
    buf_init(&reader->id, LIMIT_FRAME);
    intern_init(&reader->texts);
    intern_init(&reader->fields);
    reader->digest = digest_new();
    status = reader->digest ? source_open(path, diag, &reader->source) : diag_no_memory(diag);
    if (status == STATUS_OK && pool)
        source_share(reader->source, pool);
    if (status == STATUS_OK) {
        source_set_block(reader->source, FRAME_FULL / 4);
        status = read_head(reader, diag);
    }
    if (status == STATUS_OK) {
        part_layout_init(&reader->layout, &reader->head.needs);
        reader->shares = mem_alloc(reader->head.owner_count, sizeof *reader->shares);
        reader->rows = mem_alloc(reader->head.owner_count, sizeof *reader->rows);
        if (!reader->shares || !reader->rows)
            status = diag_no_memory(diag);
    }
    if (status != STATUS_OK) {
        part_close(reader);
        return status;
    }
    *ret_reader = reader;
    return STATUS_OK;
}

enum status part_open(struct str path, struct str name, struct pool *pool, struct diag *diag,
                      struct part_reader **ret_reader)
{
    return reader_new(path, name, NULL, pool, diag, ret_reader);
}

enum status part_head_load(struct str path, struct str name, struct arena *arena,
                           struct diag *diag, struct part_head *ret_head)
{
    struct part_reader *reader = NULL;
    enum status status = reader_new(path, name, arena, NULL, diag, &reader);

    if (status == STATUS_OK)
        *ret_head = reader->head;
    part_close(reader);
    return status;
}

void part_close(struct part_reader *reader)
{
    size_t i;

    if (!reader)
        return;
    for (i = 0; i < WORDS_COUNT; i++)
        mem_free(reader->words[i].list);
    mem_free(reader->states);
    mem_free(reader->shapes);
    mem_free(reader->numbers);
    mem_free(reader->shares);
    mem_free(reader->rows);
    mem_free(reader->events);
    mem_free(reader->messages);
    intern_done(&reader->texts);
    intern_done(&reader->fields);
    buf_done(&reader->frame);
    buf_done(&reader->id);
    digest_free(reader->digest);
    source_close(reader->source);
    arena_done(&reader->own);
    mem_free(reader);
}

const struct part_head *part_reader_head(const struct part_reader *reader)
{
    return &reader->head;
}

enum status part_reader_number(struct part_reader *reader, const uint32_t *numbers,
                               struct diag *diag)
{
    size_t bytes = reader->head.source_count * sizeof *numbers;

    reader->numbers = mem_alloc(reader->head.source_count, sizeof *numbers);
    if (!reader->numbers)
        return diag_no_memory(diag);
    if (bytes)
        memcpy(reader->numbers, numbers, bytes);
    return STATUS_OK;
}

/* --- values --- */

static uint32_t get_text(struct part_reader *reader, size_t place)
{
    struct number_list *words = &reader->words[place];
    uint64_t number = code_get_uint(&reader->code);
    uint32_t text;

    if (number == 0)
        return INTERN_NONE;
    if (number <= words->count)
        return words->list[number - 1];
    if (number != words->count + 1) {
        reader->code.is_bad = true;
        return INTERN_NONE;
    }
    text = intern_id(&reader->texts, code_get_str(&reader->code));
    if (text == INTERN_NONE ||
        !mem_grow(&words->list, words->count, &words->capacity, sizeof *words->list)) {
        reader->no_memory = true;
        return INTERN_NONE;
    }
    words->list[words->count++] = text;
    return text;
}

static int64_t get_value(struct part_reader *reader, int slot, int64_t beside)
{
    struct code *code = &reader->code;
    int64_t value;

    if (record_slot_is_text(slot)) {
        uint32_t text = get_text(reader, (size_t)slot);

        code->is_bad |= text == INTERN_NONE && !reader->no_memory;
        return (int64_t)text;
    }
    if (slot_type(slot) == FIELD_INSTANT)
        return code_get_time(code, beside);
    value = code_get_int(code);
    code->is_bad |= value == VALUE_MISSING || value == VALUE_UNSAID;
    if (slot == SLOT_CLASS || slot_type(slot) == FIELD_BOOLEAN)
        code->is_bad |= value < 0 || value >= (slot == SLOT_CLASS ? (int64_t)CLASS_COUNT : 2);
    return value;
}

static const unsigned char *get_shape(struct part_reader *reader)
{
    uint64_t number = code_get_uint(&reader->code);
    size_t bytes = (reader->layout.slot_count + 7) / 8;

    if (number < reader->shape_count)
        return reader->shapes[number];
    if (number != reader->shape_count || code_left(&reader->code) < bytes) {
        reader->code.is_bad = true;
        return NULL;
    }
    if (!mem_grow(&reader->shapes, reader->shape_count, &reader->shape_capacity,
                  sizeof *reader->shapes)) {
        reader->no_memory = true;
        return NULL;
    }
    memcpy(reader->shapes[number], reader->code.at, bytes);
    reader->code.at += bytes;
    reader->shape_count++;
    return reader->shapes[number];
}

static void get_values(struct part_reader *reader, struct record_share *share)
{
    const unsigned char *shape = get_shape(reader);
    size_t i;

    if (!shape)
        return;
    for (i = 0; i < reader->layout.slot_count; i++) {
        int slot = reader->layout.slots[i];

        share->values[slot] =
            shape[i / 8] >> i % 8 & 1 ? get_value(reader, slot, reader->at) : VALUE_MISSING;
    }
}

/* --- rows --- */

static uint64_t get_place(struct part_reader *reader, uint32_t owner, uint32_t *ret_line)
{
    struct code *code = &reader->code;
    uint64_t bits = code_get_uint(code);
    uint64_t folded = bits >> 1;
    uint64_t step = folded / 2 + (folded & 1);
    int64_t line;

    reader->at_offset = folded & 1 ? reader->at_offset - step : reader->at_offset + step;
    if (bits & 1)
        reader->at_source = code_get_uint(code);
    line = code_get_int(code);
    if (line < -(int64_t)reader->at_line || line > (int64_t)UINT32_MAX - (int64_t)reader->at_line) {
        code->is_bad = true;
        line = 0;
    }
    reader->at_line = (uint64_t)((int64_t)reader->at_line + line);
    *ret_line = (uint32_t)reader->at_line;
    if (reader->at_source >= reader->head.source_count || reader->at_offset >> 44 ||
        reader->head.sources[reader->at_source].owner != owner) {
        code->is_bad = true;
        return 0;
    }
    return (uint64_t)(reader->numbers ? reader->numbers[reader->at_source]
                                      : (uint32_t)reader->at_source) << 44 |
           reader->at_offset;
}

static int32_t get_sequence(struct code *code)
{
    return (int32_t)((int64_t)code_get_most(code, UINT32_MAX) + INT32_MIN);
}

static bool get_tracked(struct part_reader *reader, uint32_t *ret_fields)
{
    const struct record_needs *needs = &reader->head.needs;
    int64_t values[RECORD_TRACKED];
    size_t i;

    *ret_fields = INTERN_NONE;
    for (i = 0; i < needs->tracked_count; i++) {
        uint64_t kind = code_get_most(&reader->code, 2);

        values[i] = kind == 0   ? VALUE_UNSAID
                    : kind == 1 ? VALUE_MISSING
                                : get_value(reader, needs->tracked[i], 0);
    }
    if (needs->tracked_count == 0)
        return true;
    *ret_fields = intern_id(&reader->fields, (struct str){(const char *)values,
                                                          needs->tracked_count * sizeof *values});
    return *ret_fields != INTERN_NONE;
}

static const struct state *get_state(struct part_reader *reader)
{
    uint64_t number = code_get_uint(&reader->code);
    struct state state;
    uint64_t class;

    if (number < reader->state_count)
        return &reader->states[number];
    if (number != reader->state_count) {
        reader->code.is_bad = true;
        return NULL;
    }
    class = code_get_most(&reader->code, CLASS_COUNT * 2 - 1);
    state.class = (uint8_t)(class >> 1);
    state.has_status = (class & 1) != 0;
    state.group = get_text(reader, WORDS_GROUP);
    state.status = get_text(reader, WORDS_STATUS);
    if (!get_tracked(reader, &state.fields) ||
        !mem_grow(&reader->states, reader->state_count, &reader->state_capacity,
                  sizeof *reader->states)) {
        reader->no_memory = true;
        return NULL;
    }
    reader->states[reader->state_count] = state;
    return &reader->states[reader->state_count++];
}

static bool goes_on(const struct part_reader *reader)
{
    return !reader->code.is_bad && !reader->no_memory;
}

static void get_events(struct part_reader *reader, uint32_t owner, size_t count)
{
    size_t i;

    for (i = 0; i < count && goes_on(reader); i++) {
        struct record_event event = {.sequence = 0};
        const struct state *state;

        event.at = event.until = reader->at = code_get_time(&reader->code, reader->at);
        event.sequence = get_sequence(&reader->code);
        event.position = get_place(reader, owner, &event.line);
        state = get_state(reader);
        if (!state || !mem_grow(&reader->events, reader->event_count, &reader->event_capacity,
                                sizeof *reader->events)) {
            reader->no_memory |= state != NULL;
            return;
        }
        event.group = state->group;
        event.status = state->status;
        event.fields = state->fields;
        event.class = state->class;
        event.has_status = state->has_status;
        reader->code.is_bad |=
            i > 0 && record_event_compare(&reader->events[reader->event_count - 1], &event) >= 0;
        reader->events[reader->event_count++] = event;
    }
}

static void get_messages(struct part_reader *reader, uint32_t owner, size_t count)
{
    size_t i;

    for (i = 0; i < count && goes_on(reader); i++) {
        struct record_message message = {.line = 0};
        uint64_t kind;

        message.at = reader->at = code_get_time(&reader->code, reader->at);
        message.position = get_place(reader, owner, &message.line);
        kind = code_get_most(&reader->code, ACTOR_CLASS_COUNT * 2 - 1);
        message.actor = (uint8_t)(kind >> 1);
        message.is_public = (kind & 1) != 0;
        if (!mem_grow(&reader->messages, reader->message_count, &reader->message_capacity,
                      sizeof *reader->messages)) {
            reader->no_memory = true;
            return;
        }
        reader->code.is_bad |=
            i > 0 &&
            record_message_compare(&reader->messages[reader->message_count - 1], &message) >= 0;
        reader->messages[reader->message_count++] = message;
    }
}

/* --- cases --- */

/* A count of things of which each takes four bytes at least. */
static size_t get_count(struct code *code)
{
    return (size_t)code_get_most(code, code_left(code) / 4);
}

static void get_last(struct part_reader *reader, uint32_t owner, struct record_share *share)
{
    share->at = VALUE_MISSING;
    if (code_get_most(&reader->code, 1))
        share->at = reader->at = code_get_time(&reader->code, reader->at);
    share->sequence = get_sequence(&reader->code);
    share->position = get_place(reader, owner, &share->line);
}

static void take_last(const struct part_reader *reader, struct record_share *share)
{
    const struct record_event *event = &reader->events[reader->event_count - 1];

    share->at = event->at;
    share->sequence = event->sequence;
    share->position = event->position;
    share->line = event->line;
}

static void get_share(struct part_reader *reader, uint32_t owner, struct record_share *share)
{
    struct code *code = &reader->code;
    unsigned flags = (unsigned)code_get_most(code, SHARE_FLAGS);

    share->texts = &reader->texts;
    share->fields = &reader->fields;
    share->filled = reader->head.owners[owner].filled;
    share->rows = 0;
    share->has_reject = (flags & SHARE_REJECT) != 0;
    share->event_count = share->message_count = 0;
    if (flags & SHARE_NO_ROWS)
        return;
    share->is_attributed = (flags & SHARE_ATTRIBUTED) != 0;
    if (!(flags & SHARE_ROW_AN_EVENT))
        share->rows = (uint32_t)code_get_most(code, UINT32_MAX);
    share->event_count = flags & SHARE_ONE_EVENT ? 1 : get_count(code);
    if (flags & SHARE_ROW_AN_EVENT)
        share->rows = (uint32_t)share->event_count;
    code->is_bad |= share->rows < share->event_count || share->rows == 0 ||
                    (share->event_count > 0 && !reader->layout.has_history) ||
                    (flags & SHARE_LAST_EVENT && share->event_count == 0);
    if (code->is_bad)
        return;
    get_events(reader, owner, share->event_count);
    if (!goes_on(reader))
        return;
    if (flags & SHARE_LAST_EVENT)
        take_last(reader, share);
    else
        get_last(reader, owner, share);
    get_values(reader, share);
    if (flags & SHARE_MESSAGES) {
        share->message_count = get_count(code);
        code->is_bad |= share->message_count == 0 || !reader->head.needs.messages;
        get_messages(reader, owner, share->message_count);
    }
}

static void get_id(struct part_reader *reader)
{
    struct code *code = &reader->code;
    size_t same = (size_t)code_get_most(code, reader->is_first ? 0 : reader->id.len);
    struct str rest = code_get_str(code); /* it may begin within a character */
    bool rises;

    if (code->is_bad || rest.len == 0) {
        code->is_bad = true;
        return;
    }
    if (reader->is_first) { /* nothing of the id before is used, but they rise all the same */
        rises = reader->id.len == 0 || str_compare(buf_str(&reader->id), rest) < 0;
        buf_clear(&reader->id);
    } else {
        rises = same == reader->id.len ||
                (unsigned char)reader->id.bytes[same] < (unsigned char)rest.ptr[0];
        reader->id.len = same;
    }
    code->is_bad |= !rises;
    buf_add(&reader->id, rest);
    reader->no_memory |= reader->id.failed;
    reader->is_first = false;
}

static void get_case(struct part_reader *reader, struct part_case *item)
{
    struct code *code = &reader->code;
    uint64_t only;
    size_t i;

    reader->event_count = reader->message_count = 0;
    get_id(reader);
    only = code_get_most(code, reader->head.owner_count);
    item->count = only ? 1 : (size_t)code_get_most(code, reader->head.owner_count);
    code->is_bad |= item->count == 0 || (!only && item->count == 1);
    for (i = 0; i < item->count && goes_on(reader); i++) {
        struct part_share *share = &reader->shares[i];
        uint64_t owner = only ? only - 1 : code_get_uint(code);

        code->is_bad |= owner >= reader->head.owner_count ||
                        (i > 0 && owner <= reader->shares[i - 1].owner);
        if (code->is_bad)
            return;
        share->owner = (uint32_t)owner;
        reader->rows[i] = (struct share_rows){reader->event_count, reader->message_count};
        get_share(reader, share->owner, &share->share);
    }
    for (i = 0; i < item->count && goes_on(reader); i++) {
        struct record_share *share = &reader->shares[i].share;

        share->events = share->event_count ? reader->events + reader->rows[i].first_event : NULL;
        share->messages =
            share->message_count ? reader->messages + reader->rows[i].first_message : NULL;
    }
    item->id = buf_str(&reader->id);
    item->shares = reader->shares;
    reader->case_count++;
}

static void begin_frame(struct part_reader *reader)
{
    size_t i;

    for (i = 0; i < WORDS_COUNT; i++)
        reader->words[i].count = 0;
    intern_done(&reader->texts);
    intern_init(&reader->texts);
    intern_done(&reader->fields);
    intern_init(&reader->fields);
    reader->state_count = reader->shape_count = 0;
    reader->at_source = reader->at_offset = reader->at_line = 0;
    reader->at = 0;
    reader->is_first = true;
}

/* Its number of cases, its SHA-256, and nothing behind. */
static enum status read_end(struct part_reader *reader, struct diag *diag)
{
    uint64_t offset = reader->offset;
    struct sha256 sum;
    enum status status;

    if (code_get_uint(&reader->code) != reader->case_count || reader->code.is_bad ||
        code_left(&reader->code))
        return bad(reader, reader->frame_offset, "it has another number of cases", diag);
    if (!digest_finish(reader->digest, &sum))
        return diag_no_memory(diag);
    buf_clear(&reader->frame);
    status = take(reader, &reader->frame, sizeof sum.bytes, diag);
    if (status == STATUS_END)
        return bad(reader, reader->offset, "it ends here", diag);
    if (status != STATUS_OK)
        return status;
    if (memcmp(reader->frame.bytes, sum.bytes, sizeof sum.bytes) != 0)
        return bad(reader, offset, "its SHA-256 does not hold", diag);
    offset = reader->offset;
    status = take(reader, &reader->frame, 1, diag);
    if (status == STATUS_OK)
        return bad(reader, offset, "something is behind its end", diag);
    if (status == STATUS_END && source_is_truncated(reader->source))
        return STATUS_INVALID;
    reader->is_ended = status == STATUS_END;
    return status;
}

/* Frame by frame: what is in them is for others to look at. */
bool part_is_sound(struct str path)
{
    struct part_reader *reader = NULL;
    struct diag quiet;
    enum status status;

    diag_init(&quiet);
    status = part_open(path, path, NULL, &quiet, &reader);
    while (status == STATUS_OK) {
        status = read_frame(reader, &quiet);
        if (status == STATUS_OK && reader->letter == FRAME_END) {
            reader->case_count = code_get_uint(&(struct code){reader->code.at, reader->code.end,
                                                              false});
            status = read_end(reader, &quiet);
        }
    }
    part_close(reader);
    diag_done(&quiet);
    return status == STATUS_END;
}

enum status part_next(struct part_reader *reader, struct diag *diag, struct part_case *ret_case)
{
    enum status status;

    if (reader->is_ended)
        return STATUS_END;
    if (code_left(&reader->code) == 0) {
        status = read_frame(reader, diag);
        if (status != STATUS_OK)
            return status;
        if (reader->letter == FRAME_END)
            return read_end(reader, diag);
        if (reader->letter != FRAME_CASES || code_left(&reader->code) == 0)
            return bad(reader, reader->frame_offset - FRAME_MARK, "no frame of that kind", diag);
        begin_frame(reader);
    }
    get_case(reader, ret_case);
    if (reader->no_memory)
        return diag_no_memory(diag);
    return reader->code.is_bad ? bad_code(reader, diag) : STATUS_OK;
}
