/*
 * Event logs in XES (IEEE 1849-2016 and -2023): blocks of the source go through the parser, and
 * xes_log makes rows of its elements.
 *
 * A wanted column "case:KEY" is the attribute KEY of the trace, any other the attribute KEY of the
 * event, compared to the letter.
 */
#include <string.h>

#include "base/mem.h"
#include "reader/file_kind.h"
#include "reader/reader_table.h"
#include "reader/xes_log.h"

/* Bytes fed to the parser before rows are looked for. */
enum { FEED_BYTES = 1 << 16 };

struct xes {
    struct rowset base;
    struct source *source;
    struct str source_name;
    struct diag *diag;
    struct xml_stream *stream;
    struct xes_keys *keys;
    struct xes_log log;

    char *block; /* what the source gave and was not fed yet */
    size_t block_len;
    bool is_started;
    bool is_ended;

    struct str *cells; /* of the batch handed out */
    uint64_t lines[ROW_BATCH];
    uint64_t offsets[ROW_BATCH];
    bool case_only[ROW_BATCH];
};

/* A file that was cut off ends its open trace. */
static enum status end_of_source(struct xes *x)
{
    bool is_cut = source_is_truncated(x->source);
    enum status status = is_cut ? xml_stream_cut(x->stream) : xml_stream_end(x->stream);

    x->is_ended = true;
    if (x->log.status != STATUS_OK)
        return x->log.status;
    return status == STATUS_OK && is_cut ? xes_log_cut(&x->log) : status;
}

/* The first block: what kind of file is it? */
static enum status look_at_start(struct xes *x)
{
    const struct file_kind *kind = file_kind_find((struct str){x->block, x->block_len});
    static const struct file_kind text = {"delimited text", NULL, FILE_TEXT};
    bool is_enough = x->block_len >= 256 || x->block_len < source_block_size(x->source);

    x->is_started = true;
    if (kind && kind->form != FILE_XML)
        return file_kind_refuse(kind, x->source_name, "an event log in XES", x->diag);
    if (!kind && is_enough &&
        utf8_valid_prefix((struct str){x->block, x->block_len}) == x->block_len &&
        !memchr(x->block, '<', x->block_len))
        return file_kind_refuse(&text, x->source_name, "an event log in XES", x->diag);
    return STATUS_OK;
}

static enum status read_more(struct xes *x)
{
    enum status status;
    size_t len;

    if (x->block_len == 0) {
        status = source_next(x->source, x->diag, &x->block, &x->block_len);
        if (status == STATUS_END && !x->is_started) {
            diag_report(x->diag, RULE_SOURCE_EMPTY, (struct where){x->source_name, 0, 0, 0}, NULL);
            x->is_ended = true;
            return STATUS_OK;
        }
        if (status == STATUS_END)
            return end_of_source(x);
        if (status == STATUS_OK && !x->is_started)
            status = look_at_start(x);
        if (status != STATUS_OK)
            return status;
    }
    len = x->block_len < FEED_BYTES ? x->block_len : FEED_BYTES;
    status = xml_stream_feed(x->stream, (struct str){x->block, len});
    x->block += len;
    x->block_len -= len;
    return x->log.status != STATUS_OK ? x->log.status : status;
}

static enum status xes_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct xes *x = (struct xes *)rowset;
    struct row_batch batch = {0, x->log.rows.width, x->cells, x->lines, x->offsets, x->case_only};
    enum status status = STATUS_OK;

    xes_rows_turn(&x->log.rows);
    while (xes_rows_ready(&x->log.rows) == 0 && !x->is_ended && status == STATUS_OK)
        status = read_more(x);
    if (status != STATUS_OK)
        return status;
    batch.count = xes_rows_take(&x->log.rows, &batch);
    *ret_batch = batch;
    return batch.count ? STATUS_OK : STATUS_END;
}

/* --- the kind --- */

static unsigned xes_bid(struct str head)
{
    const struct file_kind *kind = file_kind_find(head);
    size_t i;

    if (!kind || kind->form != FILE_XML)
        return 0;
    for (i = 0; i + 5 <= head.len; i++)
        if (memcmp(head.ptr + i, "<log", 4) == 0 && strchr(" \t\r\n>/", head.ptr[i + 4]))
            return 40;
    return 0;
}

static void xes_close(struct rowset *rowset)
{
    struct xes *x = (struct xes *)rowset;

    xml_stream_free(x->stream);
    xes_log_done(&x->log);
    xes_keys_free(x->keys);
    rowset_free_rejects(&x->base);
    mem_free(x->cells);
    mem_free(x->base.found);
    mem_free(x);
}

static enum status xes_open(struct source *source, const struct reader_options *options,
                            const struct column_want *wants, size_t want_count, struct diag *diag,
                            struct rowset **ret_rowset)
{
    struct xes *x = mem_alloc(1, sizeof *x);
    enum status status;
    size_t cells;

    (void)options; /* an event log says itself how it is written */
    if (!x)
        return diag_no_memory(diag);
    x->base.kind = &reader_xes;
    x->base.dialect = STR("XES");
    x->source = source;
    x->source_name = source_name(source);
    x->diag = diag;
    x->keys = xes_keys_new(wants, want_count);
    xes_log_init(&x->log, &x->base, x->keys, want_count, x->source_name, diag);
    x->base.found = mem_alloc(want_count, sizeof *x->base.found);
    if (size_multiply(want_count, ROW_BATCH, &cells))
        x->cells = mem_alloc(cells, sizeof *x->cells);
    if (x->keys && x->base.found && x->cells)
        status = xml_stream_new(x->source_name, &xes_log_handler, &x->log, diag, &x->stream);
    else
        status = diag_no_memory(diag);
    if (status != STATUS_OK) {
        xes_close(&x->base);
        return status;
    }
    *ret_rowset = &x->base;
    return STATUS_OK;
}

const struct reader_kind reader_xes = {
    .name = "xes",
    .bid = xes_bid,
    .open = xes_open,
    .next = xes_next,
    .close = xes_close,
};
