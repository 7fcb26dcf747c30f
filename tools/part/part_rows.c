/* Rows out of a part: places, events, messages. */
#include "base/mem.h"
#include "detect/marks.h"
#include "part/part_reader.h"

uint64_t part_read_place(struct part_reader *reader, uint32_t owner, uint32_t *ret_line)
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

int32_t part_read_sequence(struct part_reader *reader)
{
    return (int32_t)((int64_t)code_get_most(&reader->code, UINT32_MAX) + INT32_MIN);
}

void part_read_events(struct part_reader *reader, uint32_t owner, size_t count)
{
    size_t i;

    for (i = 0; i < count && part_goes_on(reader); i++) {
        struct record_event event = {.sequence = 0};
        const struct state *state;

        event.at = event.until = reader->at = code_get_time(&reader->code, reader->at);
        event.sequence = part_read_sequence(reader);
        event.position = part_read_place(reader, owner, &event.line);
        state = part_read_state(reader);
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

/* 0: the message has none. */
static uint32_t read_marks(struct part_reader *reader)
{
    struct str bytes = code_get_bytes(&reader->code);
    uint32_t marks;

    if (!bytes.ptr || reader->code.is_bad)
        return 0;
    if (!marks_are_sound(bytes)) {
        reader->code.is_bad = true;
        return 0;
    }
    marks = intern_id(&reader->texts.marks, bytes);
    reader->no_memory |= marks == INTERN_NONE;
    return marks + 1;
}

void part_read_messages(struct part_reader *reader, uint32_t owner, size_t count)
{
    size_t i;

    for (i = 0; i < count && part_goes_on(reader); i++) {
        struct record_message message = {.line = 0};
        uint64_t kind;

        message.at = reader->at = code_get_time(&reader->code, reader->at);
        message.position = part_read_place(reader, owner, &message.line);
        kind = code_get_most(&reader->code, ACTOR_CLASS_COUNT * 2 - 1);
        message.actor = (uint8_t)(kind >> 1);
        message.is_public = (kind & 1) != 0;
        if (reader->head.needs.marks)
            message.marks = read_marks(reader);
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
