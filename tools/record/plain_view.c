/*
 * Columns of a view: each kind of cell is taken straight from the text, without making strings of
 * the others.
 */
#include "record/plain_parts.h"

#include <string.h>

/* The cells of a column: row k begins at starts[k * stride]. */
struct cells {
    const struct row_view *view;
    const char *text;
    const uint32_t *starts;
    size_t stride;
    size_t first;  /* row of the view */
    size_t column; /* of the view */
    size_t tail;   /* bytes between a cell and the next start; 0: now this, now that */
};

static struct cells cells_of(const struct row_view *view, size_t first, size_t column)
{
    return (struct cells){
        .view = view,
        .text = view->text,
        .starts = view->starts + first * view->stride + column,
        .stride = view->stride,
        .first = first,
        .column = column,
        .tail = column + 1 == view->stride ? view->line_end : 1,
    };
}

static struct str cell(const struct cells *cells, size_t k)
{
    return row_view_cell(cells->view, cells->first + k, cells->column);
}

/* --- numbers and flags, and times that are written in some other way --- */

static void read_others(struct plain_table *table, struct plain_column *column,
                        const struct cells *cells, size_t count)
{
    size_t k;

    for (k = 0; k < count; k++)
        column->values[k] = plain_read_cell(table, column, cell(cells, k), k);
}

/* --- times --- */

/* Offsets from UTC behind a time: "Z", "+01", "+0100", "+01:00". */
enum { OFFSET_MOST = 6 };

/* Bytes behind the time in the first cell that has one, if they may be an offset, else 0. */
static size_t offset_len(const struct cells *cells, size_t count)
{
    size_t len = 0;
    size_t k;

    for (k = 0; k < count && len == 0; k++)
        len = cells->starts[k * cells->stride + 1] - cells->starts[k * cells->stride] - cells->tail;
    return len > DATE_TIME_LEN && len <= DATE_TIME_LEN + OFFSET_MOST ? len - DATE_TIME_LEN : 0;
}

/* Rows whose cells are not of the length, in order; their number. */
static size_t list_others(const struct cells *cells, size_t count, size_t len, uint16_t *ret_others)
{
    const uint32_t *starts = cells->starts;
    uint32_t wanted = (uint32_t)(len + cells->tail);
    size_t others = 0;
    size_t k;

    for (k = 0; k < count; k++, starts += cells->stride) {
        ret_others[others] = (uint16_t)k;
        others += starts[1] - starts[0] != wanted;
    }
    return others;
}

/* Where the times are; in the place of another cell, some time. */
static void list_places(const struct cells *cells, size_t count, const uint16_t *others,
                        size_t other_count, uint32_t *ret_places)
{
    size_t some = 0;
    size_t k;

    while (some < other_count && others[some] == some)
        some++;
    for (k = 0; k < count; k++)
        ret_places[k] = cells->starts[k * cells->stride];
    for (k = 0; k < other_count; k++)
        ret_places[others[k]] = cells->starts[some * cells->stride];
}

/* Local times become instants by the offset that is written behind each; false: some is none. */
static bool apply_offsets(const struct date_texts *texts, size_t len, int64_t *values)
{
    /* further from the limits than any offset, which are for the general way to see */
    const int64_t least = -62135596800000000 + DAY_US;
    const int64_t most = 253402300799999999 - DAY_US;
    char known[OFFSET_MOST] = {0};
    int32_t offset = 0;
    bool are_all = true;
    size_t k;

    for (k = 0; k < texts->count; k++) {
        const char *text = texts->base + texts->places[k * texts->stride] + DATE_TIME_LEN;
        bool is_offset =
            memcmp(text, known, len) == 0 || time_offset_read((struct str){text, len}, &offset);

        if (is_offset && values[k] >= least && values[k] <= most) {
            memcpy(known, text, len);
            values[k] -= offset * SECOND_US;
        } else {
            values[k] = VALUE_MISSING;
            are_all = false;
        }
    }
    return are_all;
}

static void read_instants(struct plain_table *table, struct plain_column *column,
                          const struct cells *cells, size_t count)
{
    struct date_texts texts = {cells->text, cells->starts, cells->stride, count, 0};
    size_t behind = column->separators.second ? offset_len(cells, count) : 0;
    uint16_t others[PLAIN_ROWS];
    uint32_t places[PLAIN_ROWS];
    size_t other_count = list_others(cells, count, DATE_TIME_LEN + behind, others);
    bool has_faults;
    size_t k;

    if (cells->tail == 0 || other_count == count || (behind == 0 && !table->zone)) {
        read_others(table, column, cells, count);
        return;
    }
    if (other_count) {
        list_places(cells, count, others, other_count, places);
        texts.places = places;
        texts.stride = 1;
    }
    /* one column is mostly written in one way */
    texts.separator = texts.base[texts.places[0] + 10] == column->separators.second
                          ? column->separators.second
                          : column->separators.first;
    has_faults = date_times_read(table->path, &texts, column->values) > 0;
    if (behind)
        has_faults |= !apply_offsets(&texts, behind, column->values);
    else
        plain_to_instants(table, column->values, count);
    for (k = 0; k < count && has_faults; k++)
        if (column->values[k] == VALUE_MISSING)
            column->values[k] = plain_read_cell(table, column, cell(cells, k), k);
    for (k = 0; k < other_count; k++) {
        struct str other = cell(cells, others[k]);

        column->values[others[k]] =
            other.len ? plain_read_cell(table, column, other, others[k]) : VALUE_MISSING;
    }
}

/* --- texts --- */

/* A text that is not in the cache of words. */
static int64_t find_text(struct plain_table *table, struct plain_column *column,
                         const struct cells *cells, size_t k)
{
    const uint32_t *starts = cells->starts + k * cells->stride;
    struct str raw = {cells->text + starts[0], starts[1] - starts[0] - cells->tail};
    bool is_known_length = cells->tail != 0;
    bool is_long = is_known_length && raw.len > WORD_CACHE_LEN && raw.ptr[0] != '"';
    bool was_odd = table->odd[k];
    int64_t value;

    if (is_long) {
        uint32_t text = short_text_find(column->shorts, raw);

        if (text != INTERN_NONE)
            return (int64_t)text;
    }
    table->odd[k] = false;
    value = plain_read_text(table, column, cell(cells, k), k);
    if (is_known_length && !table->odd[k] && raw.len <= WORD_CACHE_LEN)
        word_cache_keep(column->words, word_cache_word(raw.ptr, raw.len), value);
    if (is_long && value != VALUE_MISSING)
        short_text_keep(column->shorts, raw, (uint32_t)value);
    table->odd[k] |= was_odd;
    return value;
}

static void read_texts(struct plain_table *table, struct plain_column *column,
                       const struct cells *cells, size_t count)
{
    const struct word_cache *words = column->words;
    const uint32_t *starts = cells->starts;
    const char *text = cells->text;
    size_t stride = cells->stride;
    size_t tail = cells->tail;
    int64_t *values = column->values;
    size_t k;

    for (k = 0; k < count; k++, starts += stride) {
        size_t len = starts[1] - starts[0] - tail;

        if (len > WORD_CACHE_LEN || tail == 0 ||
            !word_cache_find(words, word_cache_word(text + starts[0], len), &values[k]))
            values[k] = find_text(table, column, cells, k);
    }
}

/* A field with the same column and nothing of its own to make of it; NULL: none. */
static const struct plain_column *same_column(const struct plain_table *table, size_t i,
                                              const struct row_view *view)
{
    const struct plain_column *own = &table->columns[i];
    size_t j;

    for (j = 0; j < i; j++) {
        const struct plain_column *other = &table->columns[j];

        if (view->columns[other->cell] == view->columns[own->cell] && other->words && own->words &&
            other->field->required == own->field->required && bind_is_plain(other->field) &&
            bind_is_plain(own->field))
            return other;
    }
    return NULL;
}

static void read_column(struct plain_table *table, size_t i, const struct row_view *view,
                        size_t first, size_t count)
{
    struct plain_column *column = &table->columns[i];
    const struct plain_column *same = same_column(table, i, view);
    struct cells cells;
    size_t k;

    if (same) {
        memcpy(column->values, same->values, count * sizeof *column->values);
        return;
    }
    if (view->columns[column->cell] == COLUMN_NONE) {
        for (k = 0; k < count; k++)
            column->values[k] = plain_read_cell(table, column, (struct str){NULL, 0}, k);
        return;
    }
    cells = cells_of(view, first, view->columns[column->cell]);
    if (column->separators.first)
        read_instants(table, column, &cells, count);
    else if (column->words)
        read_texts(table, column, &cells, count);
    else
        read_others(table, column, &cells, count);
}

/* --- rows --- */

/* Bytes of ids that are taken as they stand. */
enum { ID_LEN_MOST = 64 };

/* An id that has to be looked at more closely. */
static void read_id(struct plain_table *table, const struct cells *cells, size_t k)
{
    table->ids[k] = bind_trim(table->bound, cell(cells, k));
    if (!table->ids[k].ptr)
        plain_set_odd(table, k);
}

static void read_ids(struct plain_table *table, const struct cells *cells, size_t count)
{
    const uint32_t *starts = cells->starts;
    const char *text = cells->text;
    size_t tail = cells->tail;
    size_t k;

    for (k = 0; k < count; k++, starts += cells->stride) {
        struct str id = {text + starts[0], starts[1] - starts[0] - tail};

        if (id.len - 1 >= ID_LEN_MOST || tail == 0 ||
            table->head_is_odd[(unsigned char)id.ptr[0]] ||
            (unsigned char)id.ptr[id.len - 1] <= ' ')
            read_id(table, cells, k);
        else
            table->ids[k] = id;
    }
}

bool plain_table_convert_view(struct plain_table *table, const struct row_view *view, size_t first,
                              size_t count)
{
    struct cells ids = cells_of(view, first, view->columns[table->bound->id_field]);
    size_t i;

    plain_begin(table, count);
    row_view_places(view, first, count, table->lines, table->offsets);
    read_ids(table, &ids, count);
    for (i = 0; i < table->column_count; i++)
        read_column(table, i, view, first, count);
    plain_find_classes(table, count);
    return !row_view_no_memory(view);
}
