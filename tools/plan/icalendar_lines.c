#include "plan/icalendar_lines.h"

#include <string.h>

static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF";

void content_lines_init(struct content_lines *lines, struct arena *arena, struct str bytes)
{
    *lines = (struct content_lines){arena, bytes, 1, 0, false};
    if (str_starts(bytes, BYTE_ORDER_MARK)) {
        lines->rest = (struct str){bytes.ptr + 3, bytes.len - 3};
        lines->offset = 3;
    }
}

/* The next physical line without its end. */
static struct str take_physical(struct content_lines *lines)
{
    const char *end = memchr(lines->rest.ptr, '\n', lines->rest.len);
    size_t len = end ? (size_t)(end - lines->rest.ptr) : lines->rest.len;
    size_t whole = end ? len + 1 : len;
    struct str line = {lines->rest.ptr, len};

    if (line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    lines->rest = (struct str){lines->rest.ptr + whole, lines->rest.len - whole};
    lines->offset += whole;
    lines->line++;
    return line;
}

static bool goes_on(const struct content_lines *lines)
{
    return lines->rest.len > 0 && (lines->rest.ptr[0] == ' ' || lines->rest.ptr[0] == '\t');
}

static bool is_name_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* NAME;PARAMETER="a:b":VALUE */
static void part(struct content_line *line)
{
    struct str text = line->text;
    bool is_quoted = false;
    size_t name = 0;
    size_t i;

    while (name < text.len && is_name_character(text.ptr[name]))
        name++;
    if (name == 0 || name == text.len || (text.ptr[name] != ':' && text.ptr[name] != ';'))
        return;
    for (i = name; i < text.len && (is_quoted || text.ptr[i] != ':'); i++)
        is_quoted ^= text.ptr[i] == '"';
    if (i == text.len)
        return;
    line->name = (struct str){text.ptr, name};
    line->value = (struct str){text.ptr + i + 1, text.len - i - 1};
}

/* Bytes of the line that begins at the rest with its continuations, an upper limit. */
static size_t folded_size(const struct content_lines *lines)
{
    const char *at = lines->rest.ptr;
    const char *end = at + lines->rest.len;
    const char *found;

    while ((found = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        at = found + 1;
        if (at == end || (*at != ' ' && *at != '\t'))
            return (size_t)(at - lines->rest.ptr);
    }
    return lines->rest.len;
}

bool content_lines_next(struct content_lines *lines, struct content_line *ret_line)
{
    struct content_line line = {.line = 0};
    struct str physical;
    char *text;

    do {
        if (lines->rest.len == 0)
            return false;
        line.line = lines->line;
        line.offset = lines->offset;
        text = arena_bytes(lines->arena, folded_size(lines) + 1);
        if (!text) {
            lines->failed = true;
            return false;
        }
        physical = take_physical(lines);
        memcpy(text, physical.ptr, physical.len);
        line.text = (struct str){text, physical.len};
        while (goes_on(lines)) {
            physical = take_physical(lines);
            memcpy(text + line.text.len, physical.ptr + 1, physical.len - 1);
            line.text.len += physical.len - 1;
        }
        text[line.text.len] = '\0';
    } while (line.text.len == 0);
    part(&line);
    *ret_line = line;
    return true;
}
