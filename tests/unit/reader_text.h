/*
 * Rows of a source as text, so that a test can say in one string what it expects.
 *
 * Call: reader_text on bytes; compare; buf_done.
 * Each row is "LINE@OFFSET|cell|cell", a missing cell "-", a case without rows "LINE@OFFSET*|...";
 * then each diagnostic "! rule LINE:COLUMN text", "+ hint"; then "= status read rejected dialect".
 * Owns: the caller's buffer.
 * Threads: one.
 */
#ifndef CFAUDIT_TESTS_READER_TEXT_H
#define CFAUDIT_TESTS_READER_TEXT_H

#include <string.h>

#include "base/buf.h"
#include "reader/reader.h"
#include "source/source.h"

/* How the rows are asked for; where there is nothing quick, as batches all the same. */
enum reader_text_way { BY_BATCH, BY_VIEW, BY_PIECE, READER_TEXT_WAYS };

/* Memory may have run out on the way: the same rows as otherwise, or one failure that is told. */
static inline void assert_whole_or_refused(enum status status, const struct buf *out,
                                           const struct diag *diag, const struct buf *whole)
{
    if (status != STATUS_END) {
        assert_int_equal(status, STATUS_MEMORY);
        assert_true(diag->lost || diag->by_severity[SEVERITY_FATAL] == 1);
    } else if (!out->failed && !diag->lost) {
        assert_string_equal(out->bytes, whole->bytes);
    }
}

struct reader_text_job {
    const char *kind; /* "json"; "json result|issues": where rows are; "json +": byte arrays */
    struct str bytes;
    const char *wants; /* "a,b|other name of b,!required" */
    char delimiter;
    enum encoding encoding;
    size_t block;    /* 0: as usual */
    bool cells_only; /* no places, no diagnostics, no last line */
};

enum { READER_TEXT_WANTS = 16, READER_TEXT_NAMES = 4 };

struct reader_text_wants {
    struct str names[READER_TEXT_WANTS][READER_TEXT_NAMES];
    struct column_want wants[READER_TEXT_WANTS];
    size_t count;
};

static void reader_text_parse(struct str rest, struct reader_text_wants *wants)
{
    struct str one;

    memset(wants, 0, sizeof *wants);
    while (str_split(&rest, ',', &one)) {
        struct column_want *want = &wants->wants[wants->count];
        struct str name;

        want->required = str_starts(one, "!");
        if (want->required)
            one = (struct str){one.ptr + 1, one.len - 1};
        want->names = wants->names[wants->count];
        while (str_split(&one, '|', &name))
            wants->names[wants->count][want->name_count++] = name;
        wants->count++;
    }
}

static void reader_text_batch(const struct row_batch *batch, bool cells_only, struct buf *out)
{
    size_t r;
    size_t c;

    for (r = 0; r < batch->count; r++) {
        if (!cells_only)
            buf_printf(out, "%llu@%llu%s", (unsigned long long)batch->lines[r],
                       (unsigned long long)batch->offsets[r], batch->is_case_only[r] ? "*" : "");
        for (c = 0; c < batch->width; c++) {
            struct str cell = batch->cells[r * batch->width + c];

            buf_add_char(out, '|');
            buf_add(out, cell.ptr ? cell : STR("-"));
        }
        buf_add_char(out, '\n');
    }
}

/* Returns the rows. */
static uint64_t reader_text_view(const struct row_view *view, bool cells_only, struct buf *out)
{
    struct str cells[READER_TEXT_WANTS];
    bool is_case_only = false;
    uint64_t offset;
    uint64_t line;
    size_t r;

    for (r = 0; r < view->count; r++) {
        const struct row_batch row = {1, view->width, cells, &line, &offset, &is_case_only};

        row_view_places(view, r, 1, &line, &offset);
        row_view_row(view, r, cells);
        reader_text_batch(&row, cells_only, out);
    }
    assert_false(row_view_no_memory(view));
    return view->count;
}

/* What of a piece is not regular comes as batches; its status is STATUS_END when all was read. */
static enum status reader_text_rest(struct rowset *rowset, const struct row_piece *piece,
                                    bool cells_only, uint64_t *rows, uint64_t *rejects,
                                    struct buf *out)
{
    struct row_batch batch;
    enum status status = STATUS_OK;

    rowset_hold(rowset, piece);
    while (status == STATUS_OK) {
        status = rowset_next(rowset, &batch);
        if (status >= 0)
            *rejects += rowset->reject_count;
        if (status == STATUS_OK) {
            reader_text_batch(&batch, cells_only, out);
            *rows += batch.count;
        }
    }
    return status;
}

/* Rows of the next pieces, until one is torn. */
static enum status reader_text_pieces(struct rowset *rowset, struct piece_reader *reader,
                                      bool cells_only, uint64_t *rows, uint64_t *rejects,
                                      struct buf *out)
{
    struct row_piece pieces[3];
    size_t count = 0;
    enum status status = rowset_pieces(rowset, 100, pieces, ARRAY_LEN(pieces), &count);
    size_t i;

    for (i = 0; i < count; i++) {
        struct row_piece rest = pieces[i];
        struct row_view view;
        uint64_t taken = 0;

        while (piece_reader_view(reader, &rest, &view))
            taken += reader_text_view(&view, cells_only, out);
        rowset_took(rowset, taken);
        *rows += taken;
        if (rest.text.len == 0) {
            assert_int_equal(rest.lines, 0);
            continue;
        }
        status = reader_text_rest(rowset, &rest, cells_only, rows, rejects, out);
        if (!rowset_release(rowset) || status != STATUS_END)
            break;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static void reader_text_diag(const struct diag *diag, struct buf *out)
{
    size_t i;

    for (i = 0; i < diag->count; i++) {
        const struct diagnostic *item = &diag->list[i];

        buf_printf(out, "! %s %llu:%llu %.*s\n", rule_info(item->rule)->name,
                   (unsigned long long)item->where.line, (unsigned long long)item->where.column,
                   STR_ARG(item->text));
        if (item->hint.ptr)
            buf_printf(out, "+ %.*s\n", STR_ARG(item->hint));
    }
}

static void reader_text_rows(const struct reader_text_job *job, enum reader_text_way way,
                             struct source *source, struct diag *diag, struct buf *out)
{
    struct str places[READER_TEXT_NAMES];
    struct reader_options options = {.delimiter = job->delimiter,
                                     .encoding = job->encoding,
                                     .rows = places};
    struct str rest = str_of(job->kind);
    struct str kind = rest;
    struct reader_text_wants wants;
    struct piece_reader *pieces = NULL;
    struct rowset *rowset = NULL;
    struct row_batch batch;
    enum status status;
    uint64_t rejects = 0;
    uint64_t rows = 0;

    str_split(&rest, ' ', &kind);
    options.has_byte_arrays = str_is(rest, "+");
    while (!options.has_byte_arrays && str_split(&rest, '|', &places[options.row_count]))
        options.row_count++;
    reader_text_parse(str_of(job->wants), &wants);
    status = reader_find(kind)
                 ->open(source, &options, wants.wants, wants.count, diag, &rowset);
    if (status == STATUS_OK && way == BY_PIECE)
        pieces = piece_reader_new(rowset);
    while (status == STATUS_OK) {
        struct row_view view = {.count = 0};
        uint64_t before = rows;

        if (way == BY_VIEW) {
            status = rowset_view(rowset, &view);
            if (status == STATUS_OK)
                rows += reader_text_view(&view, job->cells_only, out);
        } else if (way == BY_PIECE) {
            status = reader_text_pieces(rowset, pieces, job->cells_only, &rows, &rejects, out);
        }
        if (status == STATUS_OK && rows > before)
            continue;
        status = rowset_next(rowset, &batch);
        if (status >= 0)
            rejects += rowset->reject_count;
        if (status != STATUS_OK)
            break;
        reader_text_batch(&batch, job->cells_only, out);
        for (size_t r = 0; r < batch.count; r++)
            rows += !batch.is_case_only[r];
    }
    if (!job->cells_only)
        reader_text_diag(diag, out);
    if (!rowset) {
        buf_printf(out, "= %d\n", status);
        return;
    }
    if (!job->cells_only)
        buf_printf(out, "= %d %llu %llu %.*s\n", status, (unsigned long long)rowset->counts.read,
                   (unsigned long long)rowset->counts.rejected, STR_ARG(rowset->dialect));
    if (status == STATUS_END) {
        /* nothing is lost, whatever the input is */
        assert_int_equal(rowset->counts.read, rows + rowset->counts.rejected);
        assert_int_equal(rowset->counts.rejected, rejects);
    } else {
        assert_true(diag->by_severity[SEVERITY_FATAL] == 1);
    }
    piece_reader_free(pieces);
    rowset_close(rowset);
}

static void reader_text_by(const struct reader_text_job *job, enum reader_text_way way,
                           struct buf *out)
{
    struct source *source;
    struct diag diag;

    diag_init(&diag);
    assert_int_equal(source_open_memory(STR("t"), job->bytes, &diag, &source), STATUS_OK);
    if (job->block)
        source_set_block(source, job->block);
    reader_text_rows(job, way, source, &diag, out);
    source_close(source);
    diag_done(&diag);
}

static inline void reader_text(const struct reader_text_job *job, struct buf *out)
{
    reader_text_by(job, BY_BATCH, out);
}

#endif
