/*
 * Where records end is told by the parity of quotes alone, which is right for regular text. Who
 * looks at a piece finds out whether it was: the scan then stops short of its end.
 */
#include "reader/csv_state.h"

/* Counts of a block fit into one byte. */
enum { COUNT_BLOCK = 240 };

struct counts {
    size_t quotes;
    size_t newlines;
};

static struct counts count_bytes(struct str bytes, char newline)
{
    struct counts counts = {0, 0};
    size_t at = 0;
    size_t i;

    for (; bytes.len - at >= COUNT_BLOCK; at += COUNT_BLOCK) {
        const char *block = bytes.ptr + at;
        unsigned char quotes = 0;
        unsigned char newlines = 0;

        for (i = 0; i < COUNT_BLOCK; i++) {
            quotes = (unsigned char)(quotes + (block[i] == '"'));
            newlines = (unsigned char)(newlines + (block[i] == newline));
        }
        counts.quotes += quotes;
        counts.newlines += newlines;
    }
    for (; at < bytes.len; at++) {
        counts.quotes += bytes.ptr[at] == '"';
        counts.newlines += bytes.ptr[at] == newline;
    }
    return counts;
}

/* The piece of whole records at the start of the text; its length and line ends, 0: there is none. */
static size_t cut_one(struct str text, size_t size, char newline, size_t *ret_lines)
{
    struct str head = {text.ptr, size < text.len ? size : text.len};
    struct counts counts = count_bytes(head, newline);

    while (head.len) {
        char last = head.ptr[head.len - 1];

        if (last == newline && counts.quotes % 2 == 0)
            break;
        counts.quotes -= last == '"';
        counts.newlines -= last == newline;
        head.len--;
    }
    *ret_lines = counts.newlines;
    return head.len;
}

size_t window_cut(const struct csv *csv, size_t size, struct row_piece *pieces, size_t most)
{
    struct row_piece rest = {window_rest(&csv->buffer), csv->buffer.line, csv->buffer.offset, 0};
    size_t count = 0;

    while (count < most) {
        size_t lines;
        size_t len = cut_one(rest.text, size, csv->syntax.newline, &lines);

        if (len == 0)
            break;
        pieces[count] = (struct row_piece){{rest.text.ptr, len}, rest.line, rest.offset, lines};
        rest.offset += transcode_stored_len(&csv->buffer.text, pieces[count++].text);
        rest.text.ptr += len;
        rest.text.len -= len;
        rest.line += lines;
    }
    return count;
}
