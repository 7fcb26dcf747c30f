#include "reader/log_entries.h"

#include <string.h>

#include "base/limits.h"

/* --- opening --- */

enum status log_entries_open(struct log_entries *e, struct source *source,
                             const struct reader_options *options, struct diag *diag)
{
    memset(e, 0, sizeof *e);
    e->source = source;
    window_open(&e->window, source, options->encoding);
    if (options->pool)
        window_hold_two(&e->window);
    if (!log_boundary_new(options->log, options->no_jit ? (unsigned)REGEX_NO_JIT : 0,
                          &e->boundary) ||
        (e->boundary.rules && !entry_list_init(&e->lines, &e->boundary)))
        return diag_no_memory(diag);
    return STATUS_OK;
}

void log_entries_close(struct log_entries *e)
{
    window_close(&e->window);
    entry_list_done(&e->lines);
    log_boundary_free(&e->boundary);
}

void log_entries_loaded(struct log_entries *e)
{
    e->known = 0;
}

/* --- lines --- */

/* Of a line or entry so far: its end, at most two bytes, does not count. */
static bool is_too_long(size_t len)
{
    return len > (size_t)LIMIT_LOG_LINE + 2;
}

static bool ends_here(const struct log_entries *e)
{
    return e->window.is_last && !source_is_truncated(e->source);
}

/* Bytes up to the last line end, or all of the last text. */
static size_t whole_lines(const struct log_entries *e, struct str rest)
{
    size_t len = rest.len;

    if (ends_here(e))
        return len;
    while (len && rest.ptr[len - 1] != '\n')
        len--;
    return len;
}

/* Behind the line end that comes next; text.len: there is none. */
static size_t next_line(struct str text, size_t from)
{
    const char *end = from < text.len ? memchr(text.ptr + from, '\n', text.len - from) : NULL;

    return end ? (size_t)(end + 1 - text.ptr) : text.len;
}

static bool begins_at(struct log_entries *e, struct str text, size_t start)
{
    size_t end = next_line(text, start);

    return entry_list_begins(&e->lines, (struct str){text.ptr + start, end - start}, &e->no_memory);
}

/* --- entries of several lines --- */

/* The first line from `from` on that begins an entry; text.len: none. */
static size_t first_beginning(struct log_entries *e, struct str text, size_t from)
{
    while (from < text.len && !e->no_memory && !begins_at(e, text, from))
        from = next_line(text, from);
    return from;
}

/* The last line that begins an entry, but for the first line of all; 0: none. */
static size_t last_beginning(struct log_entries *e, struct str text)
{
    size_t start = text.len;

    while (start > 0 && !e->no_memory) {
        for (start--; start > 0 && text.ptr[start - 1] != '\n';)
            start--;
        if (start > 0 && begins_at(e, text, start))
            break;
    }
    return start;
}

/* How much of the rest is entries that are known to end; whole: its lines that do. */
static size_t known_entries(struct log_entries *e, struct str rest, size_t whole)
{
    return ends_here(e) ? whole : last_beginning(e, (struct str){rest.ptr, whole});
}

/* --- pieces --- */

static bool give(struct log_entries *e, enum log_piece_kind kind, size_t len,
                 struct log_piece *ret_piece)
{
    *ret_piece = (struct log_piece){kind, {e->window.data + e->window.at, len}};
    e->window.at += len;
    return true;
}

/* What is left of a line that is too long. */
static bool give_lost_line(struct log_entries *e, struct str rest, struct log_piece *ret_piece)
{
    size_t len = next_line(rest, 0);

    e->is_line_lost = rest.ptr[len - 1] != '\n';
    return give(e, LOG_PIECE_LOST, len, ret_piece);
}

/* Lines up to the next beginning of an entry, at least one. */
static bool give_lost_lines(struct log_entries *e, struct str rest, size_t whole,
                            struct log_piece *ret_piece)
{
    size_t len = first_beginning(e, (struct str){rest.ptr, whole}, 0);

    if (len == 0 || e->no_memory)
        return false;
    return give(e, LOG_PIECE_LOST, len, ret_piece);
}

static bool give_lines(struct log_entries *e, struct str rest, size_t whole, size_t size,
                       struct log_piece *ret_piece)
{
    size_t len = size < whole ? size : whole;

    while (len > 0 && len < whole && rest.ptr[len - 1] != '\n')
        len--;
    if (len == 0)
        len = next_line((struct str){rest.ptr, whole}, size);
    return give(e, LOG_PIECE_ENTRIES, len, ret_piece);
}

static bool give_entries(struct log_entries *e, struct str rest, size_t known, size_t size,
                         struct log_piece *ret_piece)
{
    struct str text = {rest.ptr, known};
    size_t len = known;

    if (size < known)
        len = first_beginning(e, text, next_line(text, size - 1));
    return !e->no_memory && give(e, LOG_PIECE_ENTRIES, len, ret_piece);
}

/* No entry is known to end. */
static bool give_fault(struct log_entries *e, struct str rest, size_t whole,
                       struct log_piece *ret_piece)
{
    /* a line that is not too long may yet begin the next one */
    bool is_line_long = is_too_long(rest.len - whole);

    if (is_line_long || is_too_long(whole)) {
        e->is_line_lost = is_line_long;
        e->is_entry_lost = e->boundary.rules != NULL;
        return give(e, LOG_PIECE_LONG, is_line_long ? rest.len : whole, ret_piece);
    }
    return e->window.is_last && give(e, LOG_PIECE_CUT, rest.len, ret_piece);
}

/* What goes on with an entry that is too long. */
static bool give_lost(struct log_entries *e, struct str rest, size_t whole,
                      struct log_piece *ret_piece)
{
    if (whole)
        return give_lost_lines(e, rest, whole, ret_piece);
    e->is_line_lost = is_too_long(rest.len);
    return (e->is_line_lost || e->window.is_last) && give(e, LOG_PIECE_LOST, rest.len, ret_piece);
}

bool log_entries_cut(struct log_entries *e, size_t size, struct log_piece *ret_piece)
{
    struct str rest = window_rest(&e->window);
    size_t whole;

    if (rest.len == 0)
        return false;
    if (e->is_line_lost)
        return give_lost_line(e, rest, ret_piece);
    whole = whole_lines(e, rest);
    if (e->is_entry_lost && give_lost(e, rest, whole, ret_piece))
        return true;
    if (e->no_memory || (e->is_entry_lost && whole == 0))
        return false;
    e->is_entry_lost = false;
    if (!e->boundary.rules)
        return whole ? give_lines(e, rest, whole, size, ret_piece)
                     : give_fault(e, rest, whole, ret_piece);
    if (e->known == 0)
        e->known = e->window.at + known_entries(e, rest, whole);
    if (e->no_memory)
        return false;
    return e->known > e->window.at
               ? give_entries(e, rest, e->known - e->window.at, size, ret_piece)
               : give_fault(e, rest, whole, ret_piece);
}
