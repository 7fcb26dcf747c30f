#include "reader/json_rows.h"

#include "base/byte_count.h"
#include "base/mem.h"
#include "reader/utf8_scan.h"

/* --- opening --- */

static enum status allocate(struct object_rows *rows)
{
    size_t cells;

    if (size_multiply(rows->in.width, ROW_BATCH, &cells))
        rows->cells = mem_alloc(cells, sizeof *rows->cells);
    if (!rows->cells)
        return diag_no_memory(rows->in.diag);
    rows->has_reader = true;
    if (!object_init(&rows->reader, rows->in.paths, rows->in.width, rows->in.base.found))
        return diag_no_memory(rows->in.diag);
    rows->reader.pile = &rows->pile;
    rows->in.seen = &rows->reader.tree;
    return STATUS_OK;
}

enum status rows_open(struct source *source, const struct reader_options *options,
                      const struct column_want *wants, size_t want_count, struct diag *diag,
                      struct object_rows **ret_rows)
{
    struct reader_options alone = *options;
    struct object_rows *rows = mem_alloc(1, sizeof *rows);
    enum status status;

    if (!rows)
        return diag_no_memory(diag);
    alone.pool = NULL;
    rows->page_line = 1;
    status = input_open(&rows->in, source, &alone, wants, want_count, "JSON", diag);
    if (status == STATUS_OK)
        status = allocate(rows);
    if (status != STATUS_OK) {
        rows_close(rows);
        return status;
    }
    rows->reader.has_byte_arrays = options->has_byte_arrays;
    *ret_rows = rows;
    return STATUS_OK;
}

void rows_close(struct object_rows *rows)
{
    if (rows->has_reader)
        object_done(&rows->reader);
    pile_done(&rows->pile);
    walk_done(&rows->walk);
    page_form_free(rows->page_form);
    paths_free(rows->row_paths);
    input_close(&rows->in);
    mem_free(rows->cells);
    mem_free(rows);
}

/* --- rows --- */

struct row_batch rows_begin(struct object_rows *rows)
{
    pile_clear(&rows->pile);
    return (struct row_batch){0,           rows->reader.width, rows->cells, rows->lines,
                              rows->offsets, rows->case_only};
}

bool rows_is_full(const struct object_rows *rows, const struct row_batch *batch)
{
    return batch->count == ROW_BATCH || rows->in.base.reject_count >= ROW_BATCH;
}

struct str *rows_cells(const struct object_rows *rows, const struct row_batch *batch)
{
    return rows->cells + batch->count * batch->width;
}

void rows_take(struct object_rows *rows, struct row_batch *batch)
{
    rows->in.base.counts.read++;
    batch->lines[batch->count] = rows->in.window.line;
    batch->offsets[batch->count] = rows->in.window.offset;
    batch->count++;
    if (rows->reader.repaired == rows->repaired)
        return;
    rows->repaired = rows->reader.repaired;
    diag_report(rows->in.diag, RULE_JSON_BYTES,
                (struct where){rows->in.source_name, rows->in.window.line, 0,
                               rows->in.window.offset}, NULL);
}

/* --- places --- */

struct where rows_where(const struct object_rows *rows, const char *at)
{
    const struct window *window = &rows->in.window;
    const char *start = window->data + window->at;
    struct str before = {start, (size_t)(at - start)};
    struct where where = {rows->in.source_name, window->line, 0, 0};
    const char *line = start;
    const char *p;

    for (p = start; p < at; p++)
        if (*p == '\n') {
            where.line++;
            line = p + 1;
        }
    where.column = 1 + utf8_characters((struct str){line, (size_t)(at - line)}) +
                   (line == start ? rows->column : 0);
    where.offset = window->offset + transcode_stored_len(&window->text, before);
    return where;
}

void rows_refuse(struct object_rows *rows, const struct flaw *flaw)
{
    struct where where = {rows->in.source_name, 0, 0, 0};

    /* a place that nobody will see takes time to find */
    if (rows->in.diag->by_rule[flaw->rule] < rows->in.diag->kept_most)
        where = rows_where(rows, flaw->at);
    rows->in.base.counts.read++;
    diag_report(rows->in.diag, flaw->rule, where, flaw->text ? "%s" : NULL, flaw->text);
    if (!rowset_reject(&rows->in.base, flaw->rule, rows->in.window.line, rows->in.window.offset))
        rows->no_memory = true;
}

/* Bytes that begin a character: what was passed is valid, or was told of already. */
static uint64_t count_characters(struct str text)
{
    uint64_t count = text.len;
    size_t i = 0;

#if defined(__x86_64__)
    /* all other bytes of a character begin with the bits 10: as signed numbers, below -64 */
    const __m128i first = _mm_set1_epi8(-64);
    const __m128i zero = _mm_setzero_si128();
    __m128i others = zero; /* two sums */

    for (; text.len - i >= 16; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + i));
        __m128i ones = _mm_sub_epi8(zero, _mm_cmplt_epi8(bytes, first));

        others = _mm_add_epi64(others, _mm_sad_epu8(ones, zero));
    }
    count -= (uint64_t)_mm_cvtsi128_si64(others) +
             (uint64_t)_mm_cvtsi128_si64(_mm_srli_si128(others, 8));
#endif
    for (; i < text.len; i++)
        count -= ((unsigned char)text.ptr[i] & 0xC0) == 0x80;
    return count;
}

void rows_pass(struct object_rows *rows, size_t len)
{
    struct str text = {rows->in.window.data + rows->in.window.at, len};
    uint64_t lines = byte_count(text, '\n').newlines;
    struct str tail = text;

    if (lines) {
        while (tail.ptr[tail.len - 1] != '\n')
            tail.len--;
        tail = (struct str){text.ptr + tail.len, text.len - tail.len};
        rows->column = 0;
    }
    rows->column += count_characters(tail);
    window_skip(&rows->in.window, len, lines);
}

enum status rows_load(struct object_rows *rows)
{
    return window_load(&rows->in.window, rows->in.diag);
}
