/* Cases out of a part. Nothing that stands in it is believed. */
#include "base/mem.h"
#include "part/part_reader.h"

/* A count of things of which each takes four bytes at least. */
static size_t get_count(struct code *code)
{
    return (size_t)code_get_most(code, code_left(code) / 4);
}

/* Instant, sequence and place of a row. */
static void get_row(struct part_reader *reader, uint32_t owner, struct record_told *told)
{
    told->at = VALUE_MISSING;
    if (code_get_most(&reader->code, 1))
        told->at = reader->at = code_get_time(&reader->code, reader->at);
    told->sequence = part_read_sequence(reader);
    told->position = part_read_place(reader, owner, &told->line);
}

static void take_last(const struct part_reader *reader, struct record_told *told)
{
    const struct record_event *event = &reader->events[reader->event_count - 1];

    told->at = event->at;
    told->sequence = event->sequence;
    told->position = event->position;
    told->line = event->line;
}

/* Room for what one more row tells; NULL: memory is out. */
static struct record_told *add_told(struct part_reader *reader)
{
    if (!mem_grow(&reader->told, reader->told_count, &reader->told_capacity,
                  sizeof *reader->told)) {
        reader->no_memory = true;
        return NULL;
    }
    return &reader->told[reader->told_count++];
}

static void get_first_told(struct part_reader *reader, uint32_t owner, unsigned flags)
{
    static const struct slot_set nothing;
    struct record_told *told = add_told(reader);

    if (!told)
        return;
    told->is_attributed = (flags & SHARE_ATTRIBUTED) != 0;
    if (flags & SHARE_LAST_EVENT)
        take_last(reader, told);
    else
        get_row(reader, owner, told);
    if (flags & SHARE_OWN_FILL)
        told->filled = part_read_filled(reader);
    else
        told->filled = told->is_attributed
                           ? part_filled(&reader->head, owner, reader->layout->kind)
                           : nothing;
    reader->code.is_bad |= !told->is_attributed && (flags & (SHARE_OWN_FILL | SHARE_MORE_TOLD));
    part_read_values(reader, told);
}

static void get_more_told(struct part_reader *reader, uint32_t owner, struct record_share *share)
{
    size_t count = get_count(&reader->code);
    size_t i;

    reader->code.is_bad |= count == 0;
    for (i = 0; i < count && part_goes_on(reader); i++) {
        struct record_told *told = add_told(reader);

        if (!told)
            return;
        told->is_attributed = true;
        get_row(reader, owner, told);
        told->filled = part_read_filled(reader);
        part_read_values(reader, told);
        reader->code.is_bad |= record_told_compare(told - 1, told) >= 0;
    }
    share->told_count += count;
}

static void get_share(struct part_reader *reader, uint32_t owner, struct record_share *share)
{
    struct code *code = &reader->code;
    unsigned flags = (unsigned)code_get_most(code, SHARE_FLAGS);

    share->texts = &reader->texts.texts;
    share->fields = &reader->texts.fields;
    share->marks = &reader->texts.marks;
    share->rows = 0;
    share->has_reject = (flags & SHARE_REJECT) != 0;
    share->told_count = share->event_count = share->message_count = 0;
    if (flags & SHARE_NO_ROWS)
        return;
    if (!(flags & SHARE_ROW_AN_EVENT))
        share->rows = (uint32_t)code_get_most(code, UINT32_MAX);
    share->event_count = flags & SHARE_ONE_EVENT ? 1 : get_count(code);
    if (flags & SHARE_ROW_AN_EVENT)
        share->rows = (uint32_t)share->event_count;
    code->is_bad |= share->rows < share->event_count || share->rows == 0 ||
                    (share->event_count > 0 && !reader->layout->has_history) ||
                    (flags & SHARE_LAST_EVENT && share->event_count == 0);
    if (code->is_bad)
        return;
    part_read_events(reader, owner, share->event_count);
    if (!part_goes_on(reader))
        return;
    get_first_told(reader, owner, flags);
    share->told_count = 1;
    if (flags & SHARE_MORE_TOLD)
        get_more_told(reader, owner, share);
    if (flags & SHARE_MESSAGES) {
        share->message_count = get_count(code);
        code->is_bad |= share->message_count == 0 || !reader->head.needs.messages ||
                        reader->layout->kind != RECORD_TICKET;
        part_read_messages(reader, owner, share->message_count);
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

/* What begins like another record is one, of a kind that the head has. */
static void choose_layout(struct part_reader *reader)
{
    struct str id = buf_str(&reader->id);
    enum record_kind kind = part_case_kind(id);

    reader->layout = &reader->layouts[kind];
    reader->code.is_bad |= kind == RECORD_TICKET ? id.len > 0 && (unsigned char)id.ptr[0] == 1
                                                 : !(reader->head.kinds >> kind & 1);
}

static void get_case(struct part_reader *reader, struct part_case *item)
{
    struct code *code = &reader->code;
    uint64_t only;
    size_t i;

    reader->told_count = reader->event_count = reader->message_count = 0;
    get_id(reader);
    choose_layout(reader);
    only = code_get_most(code, reader->head.owner_count);
    item->count = only ? 1 : (size_t)code_get_most(code, reader->head.owner_count);
    code->is_bad |= item->count == 0 || (!only && item->count == 1);
    for (i = 0; i < item->count && part_goes_on(reader); i++) {
        struct part_share *share = &reader->shares[i];
        uint64_t owner = only ? only - 1 : code_get_uint(code);

        code->is_bad |= owner >= reader->head.owner_count ||
                        (i > 0 && owner <= reader->shares[i - 1].owner);
        if (code->is_bad)
            return;
        share->owner = (uint32_t)owner;
        reader->rows[i] =
            (struct share_rows){reader->told_count, reader->event_count, reader->message_count};
        get_share(reader, share->owner, &share->share);
    }
    for (i = 0; i < item->count && part_goes_on(reader); i++) {
        struct record_share *share = &reader->shares[i].share;

        share->told = share->told_count ? reader->told + reader->rows[i].first_told : NULL;
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
    part_texts_clear(&reader->texts);
    reader->state_count = reader->shape_count = 0;
    reader->at_source = reader->at_offset = reader->at_line = 0;
    reader->at = 0;
    reader->is_first = true;
}

enum status part_next(struct part_reader *reader, struct diag *diag, struct part_case *ret_case)
{
    enum status status;

    if (reader->is_ended)
        return STATUS_END;
    if (code_left(&reader->code) == 0) {
        status = part_read_frame(reader, diag);
        if (status != STATUS_OK)
            return status;
        if (reader->letter == FRAME_END)
            return part_read_end(reader, diag);
        if (reader->letter != FRAME_CASES || code_left(&reader->code) == 0)
            return part_bad(reader, reader->frame_offset - FRAME_MARK, "no frame of that kind",
                            diag);
        begin_frame(reader);
    }
    get_case(reader, ret_case);
    if (reader->no_memory)
        return diag_no_memory(diag);
    return reader->code.is_bad ? part_bad_code(reader, diag) : STATUS_OK;
}
