#include "base/buf.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void buf_init(struct buf *buf, size_t cap)
{
    *buf = (struct buf){NULL, 0, 0, cap, false};
}

void buf_done(struct buf *buf)
{
    mem_free(buf->bytes);
    buf_init(buf, buf->cap);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->bytes)
        buf->bytes[0] = '\0';
}

/* The capacity is never more than the cap and the final zero ask for. */
static bool has_room(const struct buf *buf, size_t extra)
{
    return extra < buf->capacity - buf->len && !buf->failed;
}

static bool grow(struct buf *buf, size_t extra)
{
    size_t need;
    size_t size;
    char *bytes;

    if (buf->failed)
        return false;
    if (!size_add(buf->len, extra, &need) || need > buf->cap || need == SIZE_MAX) {
        buf->failed = true;
        return false;
    }
    size = buf->capacity < 128 ? 128 : buf->capacity;
    while (size < need + 1)
        size = size > SIZE_MAX / 2 ? need + 1 : size * 2;
    if (size - 1 > buf->cap)
        size = buf->cap + 1;
    bytes = mem_resize(buf->bytes, size, 1);
    if (!bytes) {
        buf->failed = true;
        return false;
    }
    buf->bytes = bytes;
    buf->capacity = size;
    return true;
}

/* Room for extra bytes and the final zero. */
static inline bool reserve(struct buf *buf, size_t extra)
{
    return has_room(buf, extra) || grow(buf, extra);
}

void buf_add(struct buf *buf, struct str s)
{
    if (!reserve(buf, s.len))
        return;
    if (s.len)
        memcpy(buf->bytes + buf->len, s.ptr, s.len);
    buf->len += s.len;
    buf->bytes[buf->len] = '\0';
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, str_of(text));
}

void buf_add_char(struct buf *buf, char c)
{
    if (!reserve(buf, 1))
        return;
    buf->bytes[buf->len++] = c;
    buf->bytes[buf->len] = '\0';
}

void buf_add_doubled(struct buf *buf, struct str s, char mark)
{
    size_t from = 0;
    size_t i;

    for (i = 0; i < s.len; i++)
        if (s.ptr[i] == mark) {
            buf_add(buf, (struct str){s.ptr + from, i + 1 - from});
            from = i;
        }
    if (from < s.len)
        buf_add(buf, (struct str){s.ptr + from, s.len - from});
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    size_t room = buf->failed ? 0 : buf->capacity - buf->len;
    va_list list;
    int len;

    va_start(list, format);
    len = vsnprintf(room ? buf->bytes + buf->len : NULL, room, format, list);
    va_end(list);
    if (len < 0) {
        buf->failed = true;
        return;
    }
    if ((size_t)len < room) {
        buf->len += (size_t)len;
        return;
    }
    if (room)
        buf->bytes[buf->len] = '\0'; /* what did not fit is not there */
    if (!reserve(buf, (size_t)len))
        return;
    va_start(list, format);
    vsnprintf(buf->bytes + buf->len, (size_t)len + 1, format, list);
    va_end(list);
    buf->len += (size_t)len;
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->bytes ? buf->bytes : "", buf->len};
}

void buf_add_double(struct buf *buf, double value)
{
    char text[40];
    int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG; /* below the normal ones few digits count */

    if (!isfinite(value)) {
        buf_add_text(buf, "null");
        return;
    }
    if (value == 0)
        value = 0; /* no minus zero in results */
    for (; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_add_text(buf, text);
}

void buf_add_int(struct buf *buf, int64_t value)
{
    if (value < 0)
        buf_add_char(buf, '-');
    buf_add_digits(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
}

void buf_add_digits(struct buf *buf, uint64_t value, unsigned width)
{
    char digits[BUF_DIGITS];
    size_t at = sizeof digits;

    for (; value > 0 && at > 0; value /= 10)
        digits[--at] = (char)('0' + value % 10);
    while (sizeof digits - at < width && at > 0)
        digits[--at] = '0';
    buf_add(buf, (struct str){digits + at, sizeof digits - at});
}

static size_t step_at(struct str s, size_t i)
{
    size_t left = s.len - i;
    size_t n;

    for (n = 1; n <= 4 && n <= left; n++)
        if (utf8_valid_prefix((struct str){s.ptr + i, n}) == n)
            return n;
    return 0;
}

void buf_add_json(struct buf *buf, struct str s)
{
    size_t i = 0;

    if (!s.ptr) {
        buf_add_text(buf, "null");
        return;
    }
    buf_add_char(buf, '"');
    while (i < s.len) {
        unsigned char c = (unsigned char)s.ptr[i];
        size_t step = step_at(s, i);

        if (step == 0) {
            buf_add_text(buf, "\xEF\xBF\xBD");
            i++;
            continue;
        }
        if (c == '"' || c == '\\') {
            buf_add_char(buf, '\\');
            buf_add_char(buf, (char)c);
        } else if (c == '\n') {
            buf_add_text(buf, "\\n");
        } else if (c == '\t') {
            buf_add_text(buf, "\\t");
        } else if (c == '\r') {
            buf_add_text(buf, "\\r");
        } else if (c < 0x20 || c == 0x7F) {
            buf_printf(buf, "\\u%04x", c);
        } else {
            buf_add(buf, (struct str){s.ptr + i, step});
        }
        i += step;
    }
    buf_add_char(buf, '"');
}

/* C0, DEL, C1 and the marks that change the direction of text (Unicode UAX 9). */
static bool is_unsafe(unsigned code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C ||
           (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

static unsigned decode(const char *p, size_t step)
{
    const unsigned char *u = (const unsigned char *)p;

    if (step == 2)
        return (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
    if (step == 3)
        return (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
    if (step == 4)
        return (u[0] & 0x07u) << 18 | (u[1] & 0x3Fu) << 12 | (u[2] & 0x3Fu) << 6 | (u[3] & 0x3Fu);
    return u[0];
}

void buf_add_visible(struct buf *buf, struct str s, size_t limit)
{
    size_t i = 0;

    while (i < s.len) {
        size_t step = step_at(s, i);
        unsigned code = step ? decode(s.ptr + i, step) : 0;

        if (i >= limit) {
            buf_add_text(buf, "\xE2\x80\xA6");
            return;
        }
        if (step == 0)
            buf_add_text(buf, "\xEF\xBF\xBD");
        else if (is_unsafe(code))
            buf_printf(buf, "<U+%04X>", code);
        else
            buf_add(buf, (struct str){s.ptr + i, step});
        i += step ? step : 1;
    }
}

static bool is_formula_start(char c)
{
    return c != '\0' && strchr("=+-@\t\r", c) != NULL;
}

void buf_add_cell(struct buf *buf, struct str s)
{
    bool guard = s.len > 0 && is_formula_start(s.ptr[0]);
    bool quote = false;
    size_t i;

    for (i = 0; i < s.len && !quote; i++)
        quote = s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\r' || s.ptr[i] == '\n';
    if (quote)
        buf_add_char(buf, '"');
    if (guard)
        buf_add_char(buf, '\'');
    buf_add_doubled(buf, s, '"');
    if (quote)
        buf_add_char(buf, '"');
}
