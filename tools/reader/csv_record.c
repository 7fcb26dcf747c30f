#include "reader/csv_record.h"

#include <string.h>

#include "base/limits.h"

struct walk {
    const struct delimited_syntax *syntax;
    struct str bytes;
    bool is_last;
    size_t at;
    struct record *record;
};

/* How the cell that starts at walk->at ends: RECORD_OK leaves walk->at at delimiter or line end. */
static enum record_state walk_plain(struct walk *walk)
{
    const char *p = walk->bytes.ptr;

    while (walk->at < walk->bytes.len && p[walk->at] != walk->syntax->delimiter &&
           p[walk->at] != walk->syntax->newline)
        walk->at++;
    if (walk->at - walk->record->opening > LIMIT_CELL_BYTES) {
        walk->record->fault = walk->record->opening;
        return RECORD_LARGE;
    }
    return walk->at < walk->bytes.len || walk->is_last ? RECORD_OK : RECORD_MORE;
}

static size_t count_lines(struct str bytes, char newline)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < bytes.len; i++)
        count += bytes.ptr[i] == newline;
    return count;
}

/* What may stand behind a closing quote at walk->at. */
static enum record_state walk_behind(struct walk *walk)
{
    char c;

    if (walk->at == walk->bytes.len)
        return walk->is_last ? RECORD_OK : RECORD_MORE;
    c = walk->bytes.ptr[walk->at];
    if (c == walk->syntax->delimiter || c == walk->syntax->newline)
        return RECORD_OK;
    if (c == '\r') {
        bool is_end = walk->at + 1 == walk->bytes.len;

        if (is_end && !walk->is_last)
            return RECORD_MORE;
        if (is_end || walk->bytes.ptr[walk->at + 1] == '\n') {
            walk->at++;
            return RECORD_OK;
        }
    }
    walk->record->fault = walk->at;
    return RECORD_STRAY;
}

static enum record_state walk_quoted(struct walk *walk)
{
    size_t content = ++walk->at;

    for (;;) {
        struct str rest = {walk->bytes.ptr + walk->at, walk->bytes.len - walk->at};
        const char *quote = rest.len ? memchr(rest.ptr, '"', rest.len) : NULL;

        walk->at = quote ? (size_t)(quote - walk->bytes.ptr) : walk->bytes.len;
        if (walk->at - content > LIMIT_CELL_BYTES) {
            walk->record->fault = walk->record->opening;
            return RECORD_LARGE;
        }
        if (!quote) {
            walk->record->fault = walk->record->opening;
            return walk->is_last ? RECORD_UNCLOSED : RECORD_MORE;
        }
        walk->at++;
        if (walk->at == walk->bytes.len && !walk->is_last)
            return RECORD_MORE;
        if (walk->at == walk->bytes.len || walk->bytes.ptr[walk->at] != '"')
            break;
        walk->at++;
    }
    walk->record->lines += count_lines((struct str){walk->bytes.ptr + content, walk->at - content},
                                       walk->syntax->newline);
    return walk_behind(walk);
}

/* At a line end or the end of the data: a CR before an LF belongs to the line end. */
static void end_record(struct walk *walk, size_t last_start, struct delimited_cell *last)
{
    struct record *record = walk->record;
    size_t text_end = walk->at;

    record->has_line_end = walk->at < walk->bytes.len;
    record->end = walk->at + record->has_line_end;
    record->lines += record->has_line_end;
    if (walk->syntax->newline == '\n' && text_end > last_start &&
        walk->bytes.ptr[text_end - 1] == '\r')
        text_end--;
    record->text_end = text_end;
    if (last)
        last->len = text_end - last->start;
}

enum record_state fields_read(const struct delimited_syntax *syntax, struct str bytes, bool is_last,
                              struct delimited_cell *cells, size_t cell_max,
                              struct record *ret_record)
{
    struct walk walk = {syntax, bytes, is_last, 0, ret_record};

    memset(ret_record, 0, sizeof *ret_record);
    for (;;) {
        size_t start = walk.at;
        struct delimited_cell *cell = NULL;
        enum record_state state;

        ret_record->opening = start;
        if (start < bytes.len && bytes.ptr[start] == '"')
            state = walk_quoted(&walk);
        else
            state = walk_plain(&walk);
        if (state != RECORD_OK)
            return state;
        if (ret_record->cell_count < cell_max) {
            cell = &cells[ret_record->cell_count];
            *cell = (struct delimited_cell){start, walk.at - start};
        }
        ret_record->cell_count++;
        if (walk.at == bytes.len || bytes.ptr[walk.at] == syntax->newline) {
            end_record(&walk, start, cell);
            return RECORD_OK;
        }
        walk.at++;
    }
}

size_t fields_line_end(const struct delimited_syntax *syntax, struct str bytes, size_t from)
{
    const char *end =
        from < bytes.len ? memchr(bytes.ptr + from, syntax->newline, bytes.len - from) : NULL;

    return end ? (size_t)(end - bytes.ptr) + 1 : 0;
}

struct str field_value(struct str cell, bool *ret_has_doubled)
{
    *ret_has_doubled = false;
    if (cell.len < 2 || cell.ptr[0] != '"')
        return cell;
    cell.ptr++;
    cell.len -= 2;
    *ret_has_doubled = cell.len && memchr(cell.ptr, '"', cell.len);
    return cell;
}

size_t field_undouble(struct str value, char *room)
{
    size_t len = 0;
    size_t i;

    for (i = 0; i < value.len; i++) {
        room[len++] = value.ptr[i];
        if (value.ptr[i] == '"')
            i++;
    }
    return len;
}
