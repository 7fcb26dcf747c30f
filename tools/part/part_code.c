#include "part/part_code.h"

#include <string.h>

static const int64_t second = 1000000;

/* --- numbers --- */

void code_put_uint(struct buf *out, uint64_t value)
{
    char bytes[10];
    size_t len = 0;

    while (value > 0x7F) {
        bytes[len++] = (char)(value | 0x80);
        value >>= 7;
    }
    bytes[len++] = (char)value;
    buf_add(out, (struct str){bytes, len});
}

uint64_t code_get_uint(struct code *code)
{
    uint64_t value = 0;
    unsigned shift;

    for (shift = 0; shift < 64 && code->at < code->end; shift += 7) {
        unsigned char byte = *code->at++;

        if (shift == 63 && byte > 1)
            break;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            /* one number, one way to write it */
            if (byte == 0 && shift > 0)
                break;
            return value;
        }
    }
    code->is_bad = true;
    return 0;
}

static uint64_t fold(int64_t value)
{
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

static int64_t unfold(uint64_t value)
{
    uint64_t bits = value >> 1 ^ (value & 1 ? UINT64_MAX : 0);
    int64_t result;

    memcpy(&result, &bits, sizeof result);
    return result;
}

void code_put_int(struct buf *out, int64_t value)
{
    code_put_uint(out, fold(value));
}

int64_t code_get_int(struct code *code)
{
    return unfold(code_get_uint(code));
}

uint64_t code_get_most(struct code *code, uint64_t most)
{
    uint64_t value = code_get_uint(code);

    if (value <= most)
        return value;
    code->is_bad = true;
    return 0;
}

/* --- texts --- */

/* Length and one; 0: missing. */
void code_put_str(struct buf *out, struct str text)
{
    code_put_uint(out, text.ptr ? (uint64_t)text.len + 1 : 0);
    if (text.len)
        buf_add(out, text);
}

static struct str get(struct code *code, bool may_have_zero)
{
    static const char nothing[] = "";
    uint64_t len = code_get_uint(code);
    struct str text = {nothing, 0};

    if (len == 0)
        return (struct str){NULL, 0};
    len--;
    if (len > code_left(code)) {
        code->is_bad = true;
        return text;
    }
    text = (struct str){(const char *)code->at, (size_t)len};
    code->at += len;
    code->is_bad |= !may_have_zero && text.len && memchr(text.ptr, 0, text.len);
    return text;
}

struct str code_get_str_or_none(struct code *code)
{
    return get(code, /* may_have_zero= */ false);
}

struct str code_get_str(struct code *code)
{
    struct str text = get(code, /* may_have_zero= */ false);

    if (text.ptr)
        return text;
    code->is_bad = true;
    return STR("");
}

struct str code_get_bytes(struct code *code)
{
    return get(code, /* may_have_zero= */ true);
}

void code_put_sha256(struct buf *out, const struct sha256 *sum)
{
    buf_add(out, (struct str){(const char *)sum->bytes, sizeof sum->bytes});
}

void code_get_sha256(struct code *code, struct sha256 *ret_sum)
{
    memset(ret_sum, 0, sizeof *ret_sum);
    if (code_left(code) < sizeof ret_sum->bytes) {
        code->is_bad = true;
        return;
    }
    memcpy(ret_sum->bytes, code->at, sizeof ret_sum->bytes);
    code->at += sizeof ret_sum->bytes;
}

/* --- times --- */

void code_put_time(struct buf *out, int64_t at, int64_t beside)
{
    int64_t between = at - beside;

    if (between % second == 0)
        code_put_uint(out, fold(between / second) << 1);
    else
        code_put_uint(out, fold(between) << 1 | 1);
}

int64_t code_get_time(struct code *code, int64_t beside)
{
    uint64_t bits = code_get_uint(code);
    int64_t between = unfold(bits >> 1);
    int64_t unit = bits & 1 ? 1 : second;

    if (between > (CODE_LAST_INSTANT - beside) / unit ||
        between < (CODE_FIRST_INSTANT - beside) / unit || (unit == 1 && between % second == 0)) {
        code->is_bad = true;
        return 0;
    }
    return beside + between * unit;
}

size_t code_get_count(struct code *code, size_t bytes)
{
    return (size_t)code_get_most(code, code_left(code) / bytes);
}

struct str code_keep(struct arena *arena, struct str text, bool *no_memory)
{
    struct str kept = arena_str(arena, text);

    *no_memory |= text.ptr && !kept.ptr;
    return kept;
}
