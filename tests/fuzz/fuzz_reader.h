/*
 * What the fuzz targets of the readers share: read everything and check what must always hold.
 *
 * Call: fuzz_reader once for each input.
 * Owns: nothing is kept.
 * Errors: an invariant that does not hold ends the program.
 * Units: bytes.
 * Threads: one.
 */
#ifndef CFAUDIT_TESTS_FUZZ_READER_H
#define CFAUDIT_TESTS_FUZZ_READER_H

#include <stdio.h>
#include <stdlib.h>

#include "reader/reader.h"

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static void check_batch(const struct row_batch *batch, size_t width, size_t size, uint64_t *rows)
{
    must(batch->width == width, "a batch is as wide as the columns wanted");
    must(batch->count <= ROW_BATCH, "a batch has at most ROW_BATCH rows");
    for (size_t row = 0; row < batch->count; row++) {
        bool is_row = !batch->is_case_only || !batch->is_case_only[row];

        must(batch->lines[row] >= 1, "lines count from 1");
        must(batch->offsets[row] <= size * 4, "a row starts inside the input");
        *rows += is_row;
        for (size_t column = 0; column < width; column++) {
            struct str cell = batch->cells[row * width + column];

            must(cell.len == 0 || cell.ptr != NULL, "a cell with bytes has an address");
            must(utf8_valid_prefix(cell) == cell.len, "cells are UTF-8");
        }
    }
}

static void read_rows(const struct reader_kind *kind, const struct log_rules *log,
                      struct source *source, const struct column_want *wants, size_t want_count,
                      size_t size, struct diag *diag)
{
    const struct reader_options options = {.encoding = ENCODING_DETECT, .log = log};
    struct rowset *rowset = NULL;
    struct row_batch batch;
    uint64_t rows = 0;
    enum status status = kind->open(source, &options, wants, want_count, diag, &rowset);

    while (status == STATUS_OK) {
        status = rowset_next(rowset, &batch);
        if (status == STATUS_OK)
            check_batch(&batch, want_count, size, &rows);
    }
    if (status == STATUS_END)
        must(rowset->counts.read == rows + rowset->counts.rejected + rowset->counts.left_out,
             "read = given + rejected + left out");
    else
        must(diag->by_severity[SEVERITY_FATAL] + diag->by_severity[SEVERITY_ERROR] > 0,
             "a failure is reported");
    rowset_close(rowset);
}

static void fuzz_reader_as(const struct reader_kind *kind, const struct log_rules *log,
                           const struct column_want *wants, size_t want_count,
                           const uint8_t *data, size_t size)
{
    struct diag diag;
    struct source *source = NULL;
    struct str bytes = {(const char *)data, size};

    diag_init(&diag);
    if (source_open_memory(str_of("input"), bytes, &diag, &source) == STATUS_OK)
        read_rows(kind, log, source, wants, want_count, size, &diag);
    source_close(source);
    diag_done(&diag);
}

/* Reads the input as that kind with the wanted columns. */
static inline void fuzz_reader(const char *kind, const struct column_want *wants,
                               size_t want_count, const uint8_t *data, size_t size)
{
    fuzz_reader_as(reader_find(str_of(kind)), NULL, wants, want_count, data, size);
}

/* Reads it as one of the kinds of JSON, with names that go into objects and arrays. */
static inline void fuzz_reader_of_json(const char *kind, const uint8_t *data, size_t size)
{
    static const struct str id[] = {{"id", 2}, {"/a/0", 4}};
    static const struct str nested[] = {{"a.b.c", 5}, {"a", 1}};
    static const struct str element[] = {{"a.1.b", 5}};
    static const struct column_want wants[] = {
        {id, 2, true}, {nested, 2, false}, {element, 1, false}};

    fuzz_reader(kind, wants, 3, data, size);
}

/* Reads it as a text log. */
static inline void fuzz_reader_of_log(const struct log_rules *log, const struct column_want *wants,
                                      size_t want_count, const uint8_t *data, size_t size)
{
    fuzz_reader_as(reader_find(str_of("text")), log, wants, want_count, data, size);
}

#endif
