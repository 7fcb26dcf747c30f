#include "text/log_pattern.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"

const struct log_pattern_about log_patterns[] = {
#define LOG_PATTERN(name, pattern, meaning) {name, pattern, meaning},
#include "text/log_patterns.def"
#undef LOG_PATTERN
};
const size_t log_pattern_count = ARRAY_LEN(log_patterns);

enum { COLUMN_MOST = 32 };

/* One way down through the names. */
struct expansion {
    const struct log_pattern *own;
    size_t own_count;
    struct str above[LIMIT_PATTERN_NAMES]; /* names that are being put in */
    unsigned depth;
    bool is_long;
    struct buf out;
    struct log_pattern_fault *fault;
};

static bool is_column(struct str name)
{
    size_t i;

    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_digit = c >= '0' && c <= '9';

        if (!(c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (is_digit && i > 0)))
            return false;
    }
    return name.len > 0 && name.len <= COLUMN_MOST;
}

static bool find(const struct expansion *e, struct str name, struct str *ret_pattern)
{
    size_t i;

    for (i = 0; i < e->own_count; i++) {
        if (str_equal(e->own[i].name, name)) {
            *ret_pattern = e->own[i].pattern;
            return true;
        }
    }
    for (i = 0; i < log_pattern_count; i++) {
        if (str_is(name, log_patterns[i].name)) {
            *ret_pattern = str_of(log_patterns[i].pattern);
            return true;
        }
    }
    return false;
}

static bool fail(struct expansion *e, enum log_pattern_fault_kind kind, struct str name)
{
    e->fault->kind = kind;
    e->fault->name = name;
    return false;
}

static void add(struct expansion *e, struct str text)
{
    e->is_long |= text.len > LIMIT_PATTERN_BYTES - e->out.len;
    buf_add(&e->out, text);
}

static bool expand(struct expansion *e, struct str pattern);

/* What stands between the braces. */
static bool put_in(struct expansion *e, struct str inside)
{
    struct str column = inside;
    struct str name;
    struct str pattern;
    unsigned i;

    str_split(&column, ':', &name);
    if (column.ptr && !is_column(column))
        return fail(e, LOG_PATTERN_COLUMN, column);
    if (!find(e, name, &pattern))
        return fail(e, LOG_PATTERN_UNKNOWN, name);
    for (i = 0; i < e->depth; i++)
        if (str_equal(e->above[i], name))
            return fail(e, LOG_PATTERN_CIRCLE, name);
    if (e->depth == LIMIT_PATTERN_NAMES)
        return fail(e, LOG_PATTERN_LONG, name);
    e->above[e->depth++] = name;
    add(e, column.ptr ? STR("(?<") : STR("(?:"));
    if (column.ptr) {
        add(e, column);
        add(e, STR(">"));
    }
    if (!expand(e, pattern))
        return false;
    add(e, STR(")"));
    e->depth--;
    return true;
}

/* Bytes in front of the next %{ that is no literal: a backslash takes the byte behind it. */
static size_t plain_length(struct str pattern)
{
    size_t i;

    for (i = 0; i + 1 < pattern.len; i++) {
        if (pattern.ptr[i] == '\\')
            i++;
        else if (pattern.ptr[i] == '%' && pattern.ptr[i + 1] == '{')
            return i;
    }
    return pattern.len;
}

static bool expand(struct expansion *e, struct str pattern)
{
    const char *begin = pattern.ptr;

    while (pattern.len > 0) {
        size_t plain = plain_length(pattern);
        struct str inside;
        const char *end;

        add(e, (struct str){pattern.ptr, plain});
        pattern = (struct str){pattern.ptr + plain, pattern.len - plain};
        if (pattern.len == 0)
            break;
        if (e->depth == 0)
            e->fault->offset = (size_t)(pattern.ptr - begin);
        end = memchr(pattern.ptr, '}', pattern.len);
        if (!end)
            return fail(e, LOG_PATTERN_OPEN, pattern);
        inside = (struct str){pattern.ptr + 2, (size_t)(end - pattern.ptr) - 2};
        if (!put_in(e, inside))
            return false;
        pattern.len -= (size_t)(end + 1 - pattern.ptr);
        pattern.ptr = end + 1;
    }
    return !e->out.failed || fail(e, e->is_long ? LOG_PATTERN_LONG : LOG_PATTERN_MEMORY, pattern);
}

bool log_pattern_expand(struct arena *arena, const struct log_pattern *own, size_t own_count,
                        struct str pattern, struct str *ret_pattern,
                        struct log_pattern_fault *ret_fault)
{
    struct expansion e = {.own = own, .own_count = own_count, .fault = ret_fault};
    struct str made = {NULL, 0};

    buf_init(&e.out, LIMIT_PATTERN_BYTES);
    *ret_fault = (struct log_pattern_fault){LOG_PATTERN_MEMORY, 0, {NULL, 0}};
    if (expand(&e, pattern)) {
        made = arena_str(arena, e.out.len ? buf_str(&e.out) : STR(""));
        if (made.ptr)
            *ret_pattern = made;
        else
            fail(&e, LOG_PATTERN_MEMORY, made);
    }
    buf_done(&e.out);
    return made.ptr != NULL;
}

struct str log_pattern_nearest(const struct log_pattern *own, size_t own_count, struct str name)
{
    enum { FAR = 4 };
    struct str nearest = {NULL, 0};
    unsigned best = FAR;
    size_t i;

    for (i = 0; i < own_count + log_pattern_count; i++) {
        struct str other =
            i < own_count ? own[i].name : str_of(log_patterns[i - own_count].name);
        unsigned distance = str_distance(name, other, FAR);

        if (distance < best && distance < other.len) {
            best = distance;
            nearest = other;
        }
    }
    return nearest;
}
