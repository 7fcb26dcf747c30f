/* The bytes of a part: frames, the end, and what tells that they are as they were written. */
#include <string.h>

#include "part/part_reader.h"

struct where part_where(const struct part_reader *reader, uint64_t offset)
{
    return (struct where){reader->name, 0, 0, offset};
}

enum status part_bad(const struct part_reader *reader, uint64_t offset, const char *what,
                       struct diag *diag)
{
    diag_report(diag, RULE_PART_FORMAT, part_where(reader, offset), "byte %llu: %s",
                (unsigned long long)offset, what);
    return STATUS_INVALID;
}

enum status part_bad_code(const struct part_reader *reader, struct diag *diag)
{
    uint64_t at = (uint64_t)(reader->code.at - (const unsigned char *)reader->frame.bytes);

    return part_bad(reader, reader->frame_offset + at, "what stands before makes no sense", diag);
}

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

enum status part_read_bytes(struct part_reader *reader, size_t len, struct diag *diag)
{
    struct buf *into = &reader->frame;
    enum status status;

    buf_clear(into);
    status = take(reader, into, len, diag);
    if (status == STATUS_END)
        return part_bad(reader, reader->offset, "it ends here", diag);
    if (status == STATUS_OK && into->len && !digest_add(reader->digest, into->bytes, into->len))
        return diag_no_memory(diag);
    return status;
}

enum status part_read_frame(struct part_reader *reader, struct diag *diag)
{
    uint64_t offset = reader->offset;
    uint32_t len = 0;
    enum status status = part_read_bytes(reader, FRAME_MARK, diag);
    size_t i;

    if (status != STATUS_OK)
        return status;
    reader->letter = reader->frame.bytes[0];
    for (i = 0; i < 4; i++)
        len |= (uint32_t)(unsigned char)reader->frame.bytes[1 + i] << 8 * i;
    if (len > LIMIT_FRAME)
        return part_bad(reader, offset, "a frame of that length cannot be", diag);
    reader->frame_offset = reader->offset;
    status = part_read_bytes(reader, len, diag);
    if (status != STATUS_OK)
        return status;
    reader->code.at = (const unsigned char *)reader->frame.bytes;
    reader->code.end = reader->code.at + reader->frame.len;
    reader->code.is_bad = false;
    return STATUS_OK;
}

uint64_t part_read_count(const struct part_reader *reader)
{
    return code_get_uint(&(struct code){reader->code.at, reader->code.end, false});
}

/* Its number of cases, its SHA-256, and nothing behind. */
enum status part_read_end(struct part_reader *reader, struct diag *diag)
{
    uint64_t offset = reader->offset;
    struct sha256 sum;
    enum status status;

    if (code_get_uint(&reader->code) != reader->case_count || reader->code.is_bad ||
        code_left(&reader->code))
        return part_bad(reader, reader->frame_offset, "it has another number of cases", diag);
    if (!digest_finish(reader->digest, &sum))
        return diag_no_memory(diag);
    buf_clear(&reader->frame);
    status = take(reader, &reader->frame, sizeof sum.bytes, diag);
    if (status == STATUS_END)
        return part_bad(reader, reader->offset, "it ends here", diag);
    if (status != STATUS_OK)
        return status;
    if (memcmp(reader->frame.bytes, sum.bytes, sizeof sum.bytes) != 0)
        return part_bad(reader, offset, "its SHA-256 does not hold", diag);
    offset = reader->offset;
    status = take(reader, &reader->frame, 1, diag);
    if (status == STATUS_OK)
        return part_bad(reader, offset, "something is behind its end", diag);
    if (status == STATUS_END && source_is_truncated(reader->source))
        return STATUS_INVALID;
    reader->is_ended = status == STATUS_END;
    return status;
}

/* Frame by frame: what is in them is for others to look at. */
bool part_begins(struct str bytes)
{
    return bytes.len >= sizeof part_magic && memcmp(bytes.ptr, part_magic, sizeof part_magic) == 0;
}

bool part_is_sound(struct str path)
{
    struct part_reader *reader = NULL;
    struct diag quiet;
    enum status status;

    diag_init(&quiet);
    status = part_open(path, path, NULL, &quiet, &reader);
    while (status == STATUS_OK) {
        status = part_read_frame(reader, &quiet);
        if (status == STATUS_OK && reader->letter == FRAME_END) {
            reader->case_count = part_read_count(reader);
            status = part_read_end(reader, &quiet);
        }
    }
    part_close(reader);
    diag_done(&quiet);
    return status == STATUS_END;
}

