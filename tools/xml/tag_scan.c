#include "xml/tag_scan.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

enum state {
    IN_TEXT,
    AFTER_LESS,   /* "<" */
    IN_START_TAG,
    IN_QUOTE,
    IN_END_TAG,
    IN_PI,        /* until "?>" */
    AFTER_BANG,   /* "<!" */
    AFTER_DASH,   /* "<!-" */
    IN_COMMENT,   /* until "-->" */
    IN_CDATA      /* until "]]>" */
};

/* Farther than this a column is not counted: a file of one line would cost its square. */
enum { COLUMN_REACH = 4096 };

void tag_scan_init(struct tag_scan *scan)
{
    memset(scan, 0, sizeof *scan);
    scan->line = 1;
}

void tag_scan_done(struct tag_scan *scan)
{
    mem_free(scan->queue);
    tag_scan_init(scan);
}

/* Lines are counted from tag to tag: a tag seldom has more than one line end before it. */
static void count_lines(struct tag_scan *scan, struct str bytes, size_t to, uint64_t piece)
{
    const char *at = bytes.ptr + (scan->counted > piece ? scan->counted - piece : 0);
    const char *end = bytes.ptr + to;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        at++;
        scan->line++;
        scan->line_start = piece + (uint64_t)(at - bytes.ptr);
    }
    scan->counted = piece + to;
}

/* Bytes of the piece in front of `at` back to the start of the line, as characters. */
static uint64_t column_at(const struct tag_scan *scan, struct str bytes, size_t at,
                          uint64_t piece)
{
    uint64_t distance = piece + at - scan->line_start;
    uint64_t column = 1;
    uint64_t i;

    if (distance > at || distance > COLUMN_REACH)
        return 0;
    for (i = 1; i <= distance; i++)
        column += ((unsigned char)bytes.ptr[at - i] & 0xC0) != 0x80;
    return column;
}

static bool push(struct tag_scan *scan)
{
    if (scan->head > 0 && scan->count == scan->capacity) {
        memmove(scan->queue, scan->queue + scan->head,
                (scan->count - scan->head) * sizeof *scan->queue);
        scan->count -= scan->head;
        scan->head = 0;
    }
    if (!mem_grow(&scan->queue, scan->count, &scan->capacity, sizeof *scan->queue))
        return false;
    scan->queue[scan->count++] = scan->place;
    return true;
}

bool tag_scan_take(struct tag_scan *scan, struct tag_place *ret_place)
{
    if (scan->head == scan->count)
        return false;
    *ret_place = scan->queue[scan->head++];
    if (scan->head == scan->count)
        scan->head = scan->count = 0;
    return true;
}

/* The byte behind "<" says what stands there. */
static enum tag_refusal after_less(struct tag_scan *scan, char c)
{
    scan->is_slash = false;
    scan->attributes = 0;
    scan->matched = 0;
    if (c == '/') {
        scan->state = IN_END_TAG;
    } else if (c == '!') {
        scan->state = AFTER_BANG;
    } else if (c == '?') {
        scan->state = IN_PI;
    } else {
        scan->state = IN_START_TAG;
        if (!push(scan))
            return TAG_MEMORY;
        if (++scan->depth > LIMIT_XML_DEPTH)
            return TAG_DEPTH;
    }
    return TAG_OK;
}

/* A mark such as "-->": repeats of its first byte keep it alive. */
static bool ends_mark(struct tag_scan *scan, const char *mark, char c)
{
    size_t len = strlen(mark);

    if (c == mark[scan->matched]) {
        if (++scan->matched == len) {
            scan->matched = 0;
            return true;
        }
    } else if (!(scan->matched == len - 1 && len == 3 && c == mark[0])) {
        scan->matched = c == mark[0];
    }
    return false;
}

static void close_tag(struct tag_scan *scan, bool is_end)
{
    if ((is_end || scan->is_slash) && scan->depth > 0)
        scan->depth--;
    scan->state = IN_TEXT;
}

/* One byte in a state that is neither text nor a quoted value. */
static enum tag_refusal step(struct tag_scan *scan, char c)
{
    switch (scan->state) {
    case AFTER_LESS:
        return after_less(scan, c);
    case IN_START_TAG:
        if (c == '"' || c == '\'') {
            scan->quote = c;
            scan->state = IN_QUOTE;
            if (++scan->attributes > LIMIT_XML_ATTRIBUTES)
                return TAG_ATTRIBUTES;
            scan->is_slash = false;
        } else if (c == '>') {
            close_tag(scan, /* is_end= */ false);
        }
        break;
    case IN_PI:
        if (ends_mark(scan, "?>", c))
            scan->state = IN_TEXT;
        break;
    case AFTER_BANG:
        if (c == '-')
            scan->state = AFTER_DASH;
        else if (c == '[')
            scan->state = IN_CDATA;
        else
            return TAG_DOCTYPE;
        break;
    case AFTER_DASH:
        scan->state = IN_COMMENT;
        break;
    case IN_COMMENT:
        if (ends_mark(scan, "-->", c))
            scan->state = IN_TEXT;
        break;
    case IN_CDATA:
        if (ends_mark(scan, "]]>", c))
            scan->state = IN_TEXT;
        break;
    default:
        break;
    }
    return TAG_OK;
}

/* Offset of the next byte of that value, or of the end. */
static size_t find(struct str bytes, size_t from, char c)
{
    const char *found = memchr(bytes.ptr + from, c, bytes.len - from);

    return found ? (size_t)(found - bytes.ptr) : bytes.len;
}

static size_t find_in_tag(struct str bytes, size_t from)
{
    const char *at = bytes.ptr + from;
    const char *end = bytes.ptr + bytes.len;

    while (at < end && *at != '"' && *at != '>' && *at != '\'')
        at++;
    return (size_t)(at - bytes.ptr);
}

/* Takes what stands at i; the next place to look at goes to *ret_next. */
static enum tag_refusal look(struct tag_scan *scan, struct str bytes, size_t i, uint64_t piece,
                             size_t *ret_next)
{
    size_t at;

    switch (scan->state) {
    case IN_TEXT:
        at = find(bytes, i, '<');
        if (at < bytes.len) {
            count_lines(scan, bytes, at, piece);
            scan->place =
                (struct tag_place){piece + at, scan->line, column_at(scan, bytes, at, piece)};
            scan->state = AFTER_LESS;
        }
        break;
    case IN_QUOTE:
        at = find(bytes, i, scan->quote);
        if (at < bytes.len)
            scan->state = IN_START_TAG;
        break;
    case IN_START_TAG:
        at = find_in_tag(bytes, i);
        if (at > i)
            scan->is_slash = bytes.ptr[at - 1] == '/';
        *ret_next = at + 1;
        return at < bytes.len ? step(scan, bytes.ptr[at]) : TAG_OK;
    case IN_END_TAG:
        at = find(bytes, i, '>');
        if (at < bytes.len)
            close_tag(scan, /* is_end= */ true);
        break;
    default:
        *ret_next = i + 1;
        return step(scan, bytes.ptr[i]);
    }
    *ret_next = at + 1;
    return TAG_OK;
}

enum tag_refusal tag_scan_feed(struct tag_scan *scan, struct str bytes, size_t *ret_len)
{
    uint64_t piece = scan->offset;
    enum tag_refusal refusal = TAG_OK;
    size_t len = bytes.len;
    size_t i = 0;

    while (i < bytes.len && refusal == TAG_OK) {
        refusal = look(scan, bytes, i, piece, &i);
        if (refusal == TAG_OK && scan->state != IN_TEXT && scan->state <= IN_END_TAG &&
            piece + (i < bytes.len ? i : bytes.len) - scan->place.offset > LIMIT_XML_TAG_BYTES)
            refusal = TAG_BYTES;
    }
    /* a refused tag is kept from the parser as far as it lies in this piece */
    if (refusal != TAG_OK)
        len = scan->place.offset > piece ? (size_t)(scan->place.offset - piece) : 0;
    count_lines(scan, bytes, len, piece);
    scan->offset = piece + len;
    *ret_len = len;
    return refusal;
}
