/* What one source says of a case into the frame of a part. */
#include "part/part_writer.h"

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

static void put_events(struct part_writer *writer, const struct record_share *share)
{
    size_t i;

    for (i = 0; i < share->event_count; i++) {
        const struct record_event *event = &share->events[i];

        code_put_time(&writer->frame, event->at, writer->at);
        writer->at = event->at;
        put_sequence(writer, event->sequence);
        put_place(writer, event->position, event->line);
        part_put_state(writer, share, event);
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

/* --- shares --- */

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
        part_put_filled(writer, &share->told[i].filled);
        part_put_values(writer, share, &share->told[i]);
    }
}

void part_put_share(struct part_writer *writer, uint32_t owner, const struct record_share *share)
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
        part_put_filled(writer, &share->told->filled);
    part_put_values(writer, share, share->told);
    if (flags & SHARE_MORE_TOLD)
        put_more_told(writer, share);
    if (flags & SHARE_MESSAGES)
        put_messages(writer, share);
}
