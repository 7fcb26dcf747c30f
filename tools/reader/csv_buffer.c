#include "reader/csv_buffer.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

void window_open(struct window *buffer, struct source *source, enum encoding encoding)
{
    memset(buffer, 0, sizeof *buffer);
    transcode_open(&buffer->text, source, encoding);
    buffer->line = 1;
}

void window_close(struct window *buffer)
{
    transcode_close(&buffer->text);
    mem_free(buffer->carry);
    mem_free(buffer->other_carry);
    buffer->carry = buffer->other_carry = NULL;
}

void window_hold_two(struct window *buffer)
{
    buffer->holds_two = true;
    transcode_hold_two(&buffer->text);
}

struct str window_rest(const struct window *buffer)
{
    return (struct str){buffer->data + buffer->at, buffer->len - buffer->at};
}

void window_skip(struct window *buffer, size_t len, uint64_t lines)
{
    buffer->offset +=
        transcode_stored_len(&buffer->text, (struct str){buffer->data + buffer->at, len});
    buffer->line += lines;
    buffer->at += len;
}

struct window_place window_go(struct window *buffer, struct window_place place)
{
    struct window_place left = {buffer->data, buffer->len, buffer->at, buffer->offset,
                                buffer->line};

    buffer->data = place.data;
    buffer->len = place.len;
    buffer->at = place.at;
    buffer->offset = place.offset;
    buffer->line = place.line;
    return left;
}

static bool lies_in(const struct window_place *place, struct str text)
{
    return place->data && text.ptr >= place->data && text.ptr + text.len <= place->data + place->len;
}

struct window_place window_place_of(const struct window *buffer, struct str text, uint64_t offset,
                                    uint64_t line)
{
    struct window_place place = {buffer->data, buffer->len, 0, 0, 0};

    if (!lies_in(&place, text))
        place = buffer->before;
    BUG_IF(!lies_in(&place, text));
    place.data += text.ptr - place.data;
    return (struct window_place){place.data, text.len, 0, offset, line};
}

static bool reserve(struct window *buffer, size_t size)
{
    char *larger;
    size_t wanted = buffer->carry_size < 4096 ? 4096 : buffer->carry_size;

    while (wanted < size + SOURCE_PAD)
        wanted *= 2;
    if (wanted <= buffer->carry_size)
        return true;
    larger = mem_resize(buffer->carry, wanted, 1);
    if (!larger)
        return false;
    memset(larger + buffer->carry_size, 0, wanted - buffer->carry_size);
    buffer->carry = larger;
    buffer->carry_size = wanted;
    return true;
}

static void turn_carries(struct window *buffer)
{
    char *carry = buffer->carry;
    size_t size = buffer->carry_size;

    buffer->carry = buffer->other_carry;
    buffer->carry_size = buffer->other_size;
    buffer->other_carry = carry;
    buffer->other_size = size;
}

/* Moves the unread rest to the front of the carry buffer, where it outlives the block. */
static bool keep_rest(struct window *buffer)
{
    size_t len = buffer->len - buffer->at;
    bool is_carry;

    if (buffer->holds_two)
        turn_carries(buffer);
    is_carry = buffer->data && buffer->data == buffer->carry;
    if (!reserve(buffer, len))
        return false;
    if (is_carry)
        buffer->data = buffer->carry;
    if (len)
        memmove(buffer->carry, buffer->data + buffer->at, len);
    buffer->data = buffer->carry;
    buffer->len = len;
    buffer->at = 0;
    return true;
}

enum status window_load(struct window *buffer, struct diag *diag)
{
    enum status status;
    char *block;
    size_t len;

    buffer->parts = NULL;
    buffer->before = (struct window_place){buffer->data, buffer->len, 0, 0, 0};
    if (!keep_rest(buffer))
        return diag_no_memory(diag);
    status = transcode_next(&buffer->text, diag, &block, &len);
    if (status == STATUS_END) {
        buffer->is_last = true;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    if (buffer->len <= TRANSCODE_HEADROOM) {
        buffer->data = block - buffer->len;
        memcpy(buffer->data, buffer->carry, buffer->len);
    } else {
        if (!reserve(buffer, buffer->len + len))
            return diag_no_memory(diag);
        memcpy(buffer->carry + buffer->len, block, len);
        buffer->data = buffer->carry;
    }
    buffer->parts = buffer->text.parts;
    buffer->parts_at = buffer->len;
    buffer->len += len;
    return STATUS_OK;
}
