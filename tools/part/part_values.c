/* Values out of a part: texts and states that a frame numbers, and the slots of a case. */
#include <string.h>

#include "base/mem.h"
#include "part/part_reader.h"

uint32_t part_read_text(struct part_reader *reader, size_t place)
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
    text = intern_id(&reader->texts.texts, code_get_str(&reader->code));
    if (text == INTERN_NONE ||
        !mem_grow(&words->list, words->count, &words->capacity, sizeof *words->list)) {
        reader->no_memory = true;
        return INTERN_NONE;
    }
    words->list[words->count++] = text;
    return text;
}

int64_t part_read_value(struct part_reader *reader, int slot, int64_t beside)
{
    struct code *code = &reader->code;
    int64_t value;

    if (record_slot_is_text(reader->layout->kind, slot)) {
        uint32_t text = part_read_text(reader, (size_t)slot);

        code->is_bad |= text == INTERN_NONE && !reader->no_memory;
        return (int64_t)text;
    }
    if (slot_type(reader->layout->kind, slot) == FIELD_INSTANT)
        return code_get_time(code, beside);
    value = code_get_int(code);
    code->is_bad |= value == VALUE_MISSING || value == VALUE_UNSAID;
    if (slot == SLOT_CLASS || slot_type(reader->layout->kind, slot) == FIELD_BOOLEAN)
        code->is_bad |= value < 0 || value >= (slot == SLOT_CLASS ? (int64_t)CLASS_COUNT : 2);
    return value;
}

static const unsigned char *get_shape(struct part_reader *reader)
{
    uint64_t number = code_get_uint(&reader->code);
    size_t bytes = (reader->layout->slot_count + 7) / 8;

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

void part_read_values(struct part_reader *reader, struct record_told *told)
{
    const unsigned char *shape = get_shape(reader);
    size_t i;

    if (!shape)
        return;
    for (i = 0; i < reader->layout->slot_count; i++) {
        int slot = reader->layout->slots[i];

        told->values[slot] =
            shape[i / 8] >> i % 8 & 1 ? part_read_value(reader, slot, reader->at) : VALUE_MISSING;
    }
}

struct slot_set part_read_filled(struct part_reader *reader)
{
    const unsigned char *shape = get_shape(reader);
    struct slot_set filled = {{0, 0}};
    size_t i;

    for (i = 0; shape && i < reader->layout->slot_count; i++)
        if (shape[i / 8] >> i % 8 & 1)
            slot_set_add(&filled, reader->layout->slots[i]);
    return filled;
}

/* --- states --- */

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
                                : part_read_value(reader, needs->tracked[i], 0);
    }
    if (needs->tracked_count == 0)
        return true;
    *ret_fields = intern_id(&reader->texts.fields, (struct str){(const char *)values,
                                                          needs->tracked_count * sizeof *values});
    return *ret_fields != INTERN_NONE;
}

const struct state *part_read_state(struct part_reader *reader)
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
    state.group = part_read_text(reader, WORDS_GROUP);
    state.status = part_read_text(reader, WORDS_STATUS);
    if (!get_tracked(reader, &state.fields) ||
        !mem_grow(&reader->states, reader->state_count, &reader->state_capacity,
                  sizeof *reader->states)) {
        reader->no_memory = true;
        return NULL;
    }
    reader->states[reader->state_count] = state;
    return &reader->states[reader->state_count++];
}
