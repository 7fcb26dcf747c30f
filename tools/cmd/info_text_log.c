/* Logs of text lines, told by how their lines begin. */
#include <string.h>

#include "base/mem.h"
#include "cmd/info.h"

enum { JUDGED_LINES = 50, LINE_SHOWN = 512 };

/*
 * In a pattern d is a digit, D one or more of them, a a letter, w one or more characters that are
 * no blanks, _ a blank or a digit; anything else is itself.
 */
static const struct {
    const char *name;
    const char *pattern;
} shapes[] = {
    {"syslog, RFC 5424", "<D>D dddd-dd-ddTdd:dd:dd"},
    {"syslog, RFC 3164", "<D>aaa _d dd:dd:dd "},
    {"syslog, RFC 3164 without priority", "aaa _d dd:dd:dd w "},
    {"web server, common log format", "w w w [dd/aaa/dddd:dd:dd:dd "},
    {"Asterisk queue_log", "D|w|w|w|"},
    {"lines that begin with a time, ISO 8601", "dddd-dd-ddTdd:dd:dd"},
    {"lines that begin with a time", "dddd-dd-dd dd:dd:dd"},
    {"lines that begin with a time", "dddd/dd/dd dd:dd:dd"},
    {"lines that begin with a time", "dd/dd/dddd dd:dd:dd"},
    {"lines that begin with a time in brackets", "[dddd-dd-dd"},
    {"lines that begin with seconds of an epoch", "dddddddddd.D "},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes that the letter of a pattern takes of the line; 0: it does not fit. */
static size_t taken(char letter, char next, struct str line)
{
    size_t i = 0;

    if (line.len == 0)
        return 0;
    switch (letter) {
    case 'd':
        return is_digit(line.ptr[0]);
    case 'a':
        return is_letter(line.ptr[0]);
    case '_':
        return line.ptr[0] == ' ' || is_digit(line.ptr[0]);
    case 'D':
        while (i < line.len && is_digit(line.ptr[i]))
            i++;
        return i;
    case 'w':
        while (i < line.len && line.ptr[i] != ' ' && line.ptr[i] != next)
            i++;
        return i;
    default:
        return line.ptr[0] == letter;
    }
}

static bool fits_shape(const char *pattern, struct str line)
{
    for (; *pattern; pattern++) {
        size_t step = taken(pattern[0], pattern[1], line);

        if (step == 0)
            return false;
        line.ptr += step;
        line.len -= step;
    }
    return true;
}

static bool next_line(struct str *rest, struct str *ret_line)
{
    if (!str_split(rest, '\n', ret_line))
        return false;
    if (ret_line->len && ret_line->ptr[ret_line->len - 1] == '\r')
        ret_line->len--;
    return true;
}

/* The shape of the first line and of most of those behind it; ARRAY_LEN(shapes): none. */
static size_t shape_of(struct str text)
{
    struct str rest = text;
    struct str line;
    size_t s = 0;
    size_t lines = 0;
    size_t fitting = 0;

    if (!next_line(&rest, &line))
        return ARRAY_LEN(shapes);
    while (s < ARRAY_LEN(shapes) && !fits_shape(shapes[s].pattern, line))
        s++;
    for (rest = text; s < ARRAY_LEN(shapes) && lines < JUDGED_LINES && next_line(&rest, &line);) {
        if (line.len == 0 || rest.len == 0) /* the last one may be cut */
            continue;
        lines++;
        fitting += fits_shape(shapes[s].pattern, line);
    }
    return fitting * 2 >= lines ? s : ARRAY_LEN(shapes);
}

/* --- all lines --- */

struct lines {
    size_t shape;
    uint64_t all;
    uint64_t empty;
    uint64_t other;   /* of another shape */
    uint64_t longest; /* bytes */
    uint64_t len;     /* of the one at hand */
    char start[LINE_SHOWN];
    char last; /* byte */
    bool has_crlf;
};

static void end_line(struct lines *lines)
{
    size_t kept = lines->len < LINE_SHOWN ? (size_t)lines->len : LINE_SHOWN;

    if (lines->last == '\r') {
        lines->has_crlf = true;
        lines->len--;
        kept -= kept && lines->start[kept - 1] == '\r';
    }
    lines->all++;
    if (lines->len > lines->longest)
        lines->longest = lines->len;
    if (lines->len == 0)
        lines->empty++;
    else if (lines->shape < ARRAY_LEN(shapes) &&
             !fits_shape(shapes[lines->shape].pattern, (struct str){lines->start, kept}))
        lines->other++;
    lines->len = 0;
    lines->last = '\0';
}

static void take(struct lines *lines, const char *block, size_t len)
{
    size_t i = 0;

    while (i < len) {
        const char *end = memchr(block + i, '\n', len - i);
        size_t part = end ? (size_t)(end - (block + i)) : len - i;

        if (lines->len < LINE_SHOWN) {
            size_t room = LINE_SHOWN - (size_t)lines->len;

            memcpy(lines->start + lines->len, block + i, part < room ? part : room);
        }
        lines->len += part;
        if (part)
            lines->last = block[i + part - 1];
        if (end)
            end_line(lines);
        i += part + (end != NULL);
    }
}

enum status info_text_lines(struct info *info)
{
    struct lines lines = {.shape = shape_of(info->text)};
    bool has_shape;
    char *block;
    size_t len;
    enum status status;

    do {
        status = source_next(info->source, &info->run->diag, &block, &len);
        if (status == STATUS_OK)
            take(&lines, block, len);
    } while (status == STATUS_OK);
    if (status != STATUS_END)
        return status;
    if (lines.len)
        end_line(&lines);
    has_shape = lines.shape < ARRAY_LEN(shapes);
    facts_text(info->facts, "kind", has_shape ? STR("log of text lines") : STR("text"));
    if (has_shape)
        facts_text(info->facts, "shape", str_of(shapes[lines.shape].name));
    facts_text(info->facts, "lines-end", lines.has_crlf ? STR("CRLF") : STR("LF"));
    facts_number(info->facts, "lines", lines.all);
    facts_number(info->facts, "empty", lines.empty);
    if (has_shape)
        facts_number(info->facts, "other", lines.other);
    facts_number(info->facts, "longest", lines.longest);
    return info_log_maps(info);
}

static bool fits(const struct info *info)
{
    return info->text.ptr == info->head.ptr && shape_of(info->text) < ARRAY_LEN(shapes);
}

const struct info_kind info_text_log = {.fits = fits, .tell = info_text_lines};
