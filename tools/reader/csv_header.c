#include "reader/csv_header.h"

#include <string.h>

#include "base/buf.h"
#include "base/intern.h"
#include "base/limits.h"
#include "base/mem.h"
#include "reader/column_name.h"

/* Names shown in a message, and bytes of them. */
enum { SHOWN_NAMES = 12, SHOWN_BYTES = 600 };

static struct str trim_name(struct str name)
{
    for (;;) {
        name = str_trim(name);
        if (str_starts(name, "\xef\xbb\xbf")) {
            name.ptr += 3;
            name.len -= 3;
        } else if (str_starts(name, "\xc2\xa0")) {
            name.ptr += 2;
            name.len -= 2;
        } else if (str_ends(name, "\xc2\xa0")) {
            name.len -= 2;
        } else {
            return name;
        }
    }
}

static struct str read_name(struct arena *arena, struct str cell)
{
    bool has_doubled;
    struct str value = field_value(cell, &has_doubled);

    if (has_doubled) {
        char *room = arena_bytes(arena, value.len);

        if (!room)
            return (struct str){NULL, 0};
        value = (struct str){room, field_undouble(value, room)};
    }
    return arena_str(arena, trim_name(value));
}

enum status header_read(struct arena *arena, struct str text, const struct delimited_cell *cells,
                        size_t count, struct where where, struct diag *diag,
                        struct delimited_header *ret_header)
{
    struct delimited_header header = {NULL, count};
    size_t bad = utf8_valid_prefix(text);
    const char *zero = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
    size_t i;

    if (zero || bad < text.len) {
        diag_report(diag, RULE_CSV_HEADER, where,
                    zero ? "it has a zero byte"
                         : "it has bytes that its text encoding does not have");
        return STATUS_INVALID;
    }
    if (count > LIMIT_COLUMNS) {
        diag_report(diag, RULE_CSV_COLUMNS, where, "%zu in the header, more than %u", count,
                    LIMIT_COLUMNS);
        return STATUS_LIMIT;
    }
    header.names = arena_alloc(arena, count, sizeof *header.names);
    if (!header.names)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        header.names[i] = read_name(arena, (struct str){text.ptr + cells[i].start, cells[i].len});
        if (!header.names[i].ptr)
            return diag_no_memory(diag);
    }
    *ret_header = header;
    return STATUS_OK;
}

/* --- wanted columns --- */

/* Folded names, each with the first column that has it. */
struct index {
    struct intern names;
    size_t *columns; /* by id */
    char *room;      /* for one folded name */
    size_t room_size;
};

static uint32_t fold(struct index *index, struct str name, bool add)
{
    size_t len;

    if (name.len > index->room_size)
        return INTERN_NONE;
    len = column_name_fold(name, index->room);
    if (len == 0)
        return INTERN_NONE;
    if (add)
        return intern_id(&index->names, (struct str){index->room, len});
    return intern_find(&index->names, (struct str){index->room, len});
}

static enum status index_columns(struct index *index, const struct delimited_header *header,
                                 struct where where, struct diag *diag)
{
    size_t i;

    for (i = 0; i < header->count; i++)
        if (header->names[i].len > index->room_size)
            index->room_size = header->names[i].len;
    index->room = mem_alloc(index->room_size, 1);
    index->columns = mem_alloc(header->count, sizeof *index->columns);
    if (!index->room || !index->columns)
        return diag_no_memory(diag);
    for (i = 0; i < header->count; i++) {
        size_t before = index->names.count;
        uint32_t id = fold(index, header->names[i], /* add= */ true);

        if (id == INTERN_NONE && column_name_fold(header->names[i], index->room) == 0)
            continue;
        if (id == INTERN_NONE)
            return diag_no_memory(diag);
        if (index->names.count > before)
            index->columns[id] = i;
        else
            diag_report(diag, RULE_CSV_COLUMN_TWICE, where, "'%.*s', columns %zu and %zu",
                        STR_ARG(header->names[i]), index->columns[id] + 1, i + 1);
    }
    return STATUS_OK;
}

static void list_names(struct buf *buf, const struct str *names, size_t count)
{
    size_t i;

    for (i = 0; i < count && i < SHOWN_NAMES && buf->len < SHOWN_BYTES; i++) {
        buf_add_text(buf, i ? ", '" : "'");
        buf_add_visible(buf, names[i], 60);
        buf_add_char(buf, '\'');
    }
    if (i < count)
        buf_printf(buf, " and %zu more", count - i);
}

static struct str nearest(const struct column_want *want, const struct delimited_header *header)
{
    struct str best = {NULL, 0};
    unsigned best_distance = 0;
    size_t n;

    for (n = 0; n < want->name_count; n++) {
        unsigned limit = (unsigned)(want->names[n].len > 30 ? 10 : want->names[n].len / 3);
        size_t i;

        for (i = 0; i < header->count && i < 1000; i++) {
            unsigned distance = str_distance(want->names[n], header->names[i], limit);

            if (distance <= limit && (!best.ptr || distance < best_distance)) {
                best = header->names[i];
                best_distance = distance;
            }
        }
    }
    return best;
}

static enum status missing(const struct column_want *want, const struct delimited_header *header,
                           struct where where, struct diag *diag)
{
    struct str near = nearest(want, header);
    struct buf tried;
    struct buf have;

    buf_init(&tried, 4096);
    buf_init(&have, 4096);
    list_names(&tried, want->names, want->name_count);
    list_names(&have, header->names, header->count);
    diag_report(diag, RULE_CSV_COLUMN_MISSING, where, "the header has none of %.*s",
                STR_ARG(buf_str(&tried)));
    if (near.ptr)
        diag_hint(diag, "did you mean '%.*s'? the header has %.*s", STR_ARG(near),
                  STR_ARG(buf_str(&have)));
    else
        diag_hint(diag, "the header has %.*s", STR_ARG(buf_str(&have)));
    buf_done(&tried);
    buf_done(&have);
    return STATUS_INVALID;
}

static size_t find_column(struct index *index, const struct column_want *want)
{
    size_t n;

    for (n = 0; n < want->name_count; n++) {
        uint32_t id = fold(index, want->names[n], /* add= */ false);

        if (id != INTERN_NONE)
            return index->columns[id];
    }
    return COLUMN_NONE;
}

enum status header_match(const struct delimited_header *header, const struct column_want *wants,
                         size_t want_count, struct where where, struct diag *diag,
                         size_t *ret_columns, bool *ret_found)
{
    struct index index = {.columns = NULL, .room = NULL, .room_size = 256};
    enum status status;
    size_t w;

    intern_init(&index.names);
    status = index_columns(&index, header, where, diag);
    for (w = 0; w < want_count && status == STATUS_OK; w++) {
        ret_columns[w] = find_column(&index, &wants[w]);
        ret_found[w] = ret_columns[w] != COLUMN_NONE;
        if (!ret_found[w] && wants[w].required)
            status = missing(&wants[w], header, where, diag);
    }
    intern_done(&index.names);
    mem_free(index.columns);
    mem_free(index.room);
    return status;
}
