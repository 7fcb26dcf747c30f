#include "time/tzif.h"

#include <string.h>

enum { HEADER_SIZE = 44, TYPE_SIZE = 6 };

/* RFC 8536, section 3.2: more than -25 h and less than 26 h. */
enum { OFFSET_LEAST = -89999, OFFSET_MOST = 93599 };

struct header {
    unsigned char version;
    uint64_t ut_count;
    uint64_t standard_count;
    uint64_t leap_count;
    uint64_t time_count;
    uint64_t type_count;
    uint64_t char_count;
};

static uint32_t read_u32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int32_t read_i32(const unsigned char *p)
{
    uint32_t value = read_u32(p);

    return value <= INT32_MAX ? (int32_t)value : -(int32_t)~value - 1;
}

static int64_t read_i64(const unsigned char *p)
{
    uint64_t value = (uint64_t)read_u32(p) << 32 | read_u32(p + 4);

    return value <= INT64_MAX ? (int64_t)value : -(int64_t)~value - 1;
}

int64_t tzif_time(const struct tzif *file, size_t i)
{
    const unsigned char *p = file->times + i * file->time_size;

    return file->time_size == 8 ? read_i64(p) : read_i32(p);
}

int32_t tzif_offset(const struct tzif *file, size_t i)
{
    return read_i32(file->types + (size_t)file->type_of[i] * TYPE_SIZE);
}

int32_t tzif_first_offset(const struct tzif *file)
{
    return read_i32(file->types);
}

static bool read_header(const unsigned char *p, size_t left, struct header *ret_header)
{
    if (left < HEADER_SIZE || memcmp(p, "TZif", 4) != 0)
        return false;
    *ret_header = (struct header){p[4],           read_u32(p + 20), read_u32(p + 24),
                                  read_u32(p + 28), read_u32(p + 32), read_u32(p + 36),
                                  read_u32(p + 40)};
    return true;
}

/* Six 32-bit counts times small sizes: no overflow in 64 bits. */
static uint64_t block_size(const struct header *header, unsigned time_size)
{
    return header->time_count * (time_size + 1u) + header->type_count * TYPE_SIZE +
           header->char_count + header->leap_count * (time_size + 4u) + header->standard_count +
           header->ut_count;
}

static const char *check_counts(const struct header *header)
{
    if (header->leap_count != 0)
        return "it counts leap seconds";
    if (header->type_count == 0 || header->char_count == 0)
        return "it has no types of local time";
    if (header->type_count > 256)
        return "it has too many types of local time";
    if ((header->ut_count != 0 && header->ut_count != header->type_count) ||
        (header->standard_count != 0 && header->standard_count != header->type_count))
        return "its counts do not agree";
    return NULL;
}

static const char *check_types(const struct tzif *file, uint64_t char_count)
{
    size_t i;

    for (i = 0; i < file->type_count; i++) {
        const unsigned char *type = file->types + i * TYPE_SIZE;
        int32_t offset = read_i32(type);

        if (offset < OFFSET_LEAST || offset > OFFSET_MOST)
            return "an offset is out of range";
        if (type[4] > 1 || type[5] >= char_count)
            return "a type of local time is malformed";
    }
    return NULL;
}

static const char *check_times(const struct tzif *file)
{
    size_t i;

    for (i = 0; i < file->time_count; i++) {
        if (file->type_of[i] >= file->type_count)
            return "a change names a type that does not exist";
        if (i > 0 && tzif_time(file, i) <= tzif_time(file, i - 1))
            return "its changes are out of order";
    }
    return NULL;
}

/* A line feed, the rule, a line feed, and nothing more. */
static bool read_footer(const unsigned char *p, size_t left, struct str *ret_footer)
{
    const unsigned char *end;

    if (left < 2 || p[0] != '\n')
        return false;
    end = memchr(p + 1, '\n', left - 1);
    if (!end || end + 1 != p + left)
        return false;
    *ret_footer = (struct str){(const char *)p + 1, (size_t)(end - p) - 1};
    return true;
}

const char *tzif_open(struct str bytes, struct tzif *ret_file)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    size_t left = bytes.len;
    struct header header;
    struct tzif file;
    const char *trouble;
    uint64_t size;

    memset(&file, 0, sizeof file);
    file.time_size = 4;
    if (!read_header(p, left, &header))
        return "it is not of the kind TZif";
    if (header.version != '\0' && (header.version < '2' || header.version > '4'))
        return "its version is not known";
    if (header.version != '\0') {
        /* the first block has 32-bit times for old readers: passed over */
        size = HEADER_SIZE + block_size(&header, 4);
        if (size > left)
            return "it ends early";
        p += size;
        left -= (size_t)size;
        file.time_size = 8;
        if (!read_header(p, left, &header))
            return "its second header is missing";
    }
    trouble = check_counts(&header);
    if (trouble)
        return trouble;
    size = HEADER_SIZE + block_size(&header, file.time_size);
    if (size > left)
        return "it ends early";
    file.time_count = (size_t)header.time_count;
    file.type_count = (size_t)header.type_count;
    file.times = p + HEADER_SIZE;
    file.type_of = file.times + file.time_count * file.time_size;
    file.types = file.type_of + file.time_count;
    trouble = check_types(&file, header.char_count);
    if (!trouble)
        trouble = check_times(&file);
    if (!trouble && header.version != '\0' &&
        !read_footer(p + size, left - (size_t)size, &file.footer))
        trouble = "its last line is damaged";
    if (!trouble)
        *ret_file = file;
    return trouble;
}
