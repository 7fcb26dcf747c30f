/* Values, and the states that events have, into the frame of a part. */
#include <string.h>

#include "part/part_writer.h"

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

void part_put_values(struct part_writer *writer, const struct record_share *share,
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

void part_put_filled(struct part_writer *writer, const struct slot_set *filled)
{
    const struct part_layout *layout = writer->layout;
    unsigned char shape[SLOT_END / 8] = {0};
    size_t i;

    for (i = 0; i < layout->slot_count; i++)
        if (slot_set_has(filled, layout->slots[i]))
            shape[i / 8] |= (unsigned char)(1u << i % 8);
    put_shape(writer, shape);
}

/* --- states --- */

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

        if (record_slot_is_text(writer->needs.kind, writer->needs.tracked[i]) &&
            value != VALUE_MISSING && value != VALUE_UNSAID) {
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

void part_put_state(struct part_writer *writer, const struct record_share *share,
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
