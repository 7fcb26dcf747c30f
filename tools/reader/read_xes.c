/*
 * Event logs in XES (IEEE 1849-2016 and -2023): a row for each event inside a trace.
 *
 * A wanted column "case:KEY" is the attribute KEY of the trace, any other the attribute KEY of the
 * event, compared to the letter. Attributes of a trace may stand before or after its events, so a
 * trace is held until its end. Values that the log declares as <global> are not filled in: they
 * are what an attribute would be, and a value that an event does not carry was not recorded.
 * Attributes inside attributes, lists and containers are passed over.
 *
 * An event or trace whose own attribute is wrong is rejected. An event outside traces belongs to
 * no case and is no row; it is said. An event or trace anywhere else ends the reading, because
 * what belongs to what is then unknown.
 */
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "reader/file_kind.h"
#include "reader/reader_table.h"
#include "reader/xes_keys.h"
#include "reader/xes_kind.h"
#include "reader/xes_rows.h"
#include "xml/xml.h"

/* Bytes fed to the parser before rows are looked for. */
enum { FEED_BYTES = 1 << 16 };

enum level { LEVEL_DOCUMENT, LEVEL_LOG, LEVEL_TRACE, LEVEL_EVENT };

struct xes {
    struct rowset base;
    struct source *source;
    struct str source_name;
    struct diag *diag;
    struct xml_stream *stream;
    struct xes_keys *keys;
    struct xes_rows rows;

    enum level level;
    unsigned skipping;    /* elements open below the level, which are passed over */
    struct str namespace; /* of the root */
    enum xes_kind last;   /* the latest child of the log, for their order */
    uint64_t trace_events;
    enum rule trace_fault; /* RULE_COUNT: none */
    enum rule event_fault;

    char *block; /* what the source gave and was not fed yet */
    size_t block_len;
    bool is_started;
    bool is_ended;
    enum status status; /* of the handler */
    char dialect[32];

    struct str *cells; /* of the batch handed out */
    uint64_t lines[ROW_BATCH];
    uint64_t offsets[ROW_BATCH];
    bool case_only[ROW_BATCH];
};

static struct where where_of(const struct xes *x, const struct xml_event *event)
{
    return (struct where){x->source_name, event->line, event->column, event->offset};
}

static bool fail(struct xes *x, enum status status)
{
    if (x->status == STATUS_OK)
        x->status = status;
    return false;
}

static bool no_memory(struct xes *x)
{
    return fail(x, diag_no_memory(x->diag));
}

static bool refuse(struct xes *x, const struct xml_event *event, const char *why)
{
    diag_report(x->diag, RULE_XES_STRUCTURE, where_of(x, event), "<%.*s> %s", STR_ARG(event->name),
                why);
    return fail(x, STATUS_INVALID);
}

/* --- attributes --- */

struct pair {
    struct str key;
    struct str value;
};

static struct pair pair_of(const struct xml_event *event)
{
    struct pair pair = {{NULL, 0}, {NULL, 0}};
    size_t i;

    for (i = 0; i < event->attribute_count; i++) {
        const struct xml_attribute *attribute = &event->attributes[i];

        if (attribute->name.len == 3 && memcmp(attribute->name.ptr, "key", 3) == 0)
            pair.key = attribute->value;
        else if (attribute->name.len == 5 && memcmp(attribute->name.ptr, "value", 5) == 0)
            pair.value = attribute->value;
    }
    return pair;
}

/* Reports what is wrong with an attribute as that rule; false when something is. */
static bool check_pair(struct xes *x, const struct xml_event *event, enum xes_kind kind,
                       enum rule rule, struct pair *pair)
{
    if (!pair->key.ptr || (kind < XES_LIST && !pair->value.ptr)) {
        diag_report(x->diag, rule, where_of(x, event), "<%.*s> without %s", STR_ARG(event->name),
                    pair->key.ptr ? "value" : "key");
        return false;
    }
    if (kind == XES_STRING || kind >= XES_LIST)
        return true;
    pair->value = str_trim(pair->value);
    if (xes_value_fits(kind, pair->value))
        return true;
    diag_report(x->diag, rule, where_of(x, event), "'%.*s' of '%.*s' is no %.*s",
                STR_ARG(pair->value), STR_ARG(pair->key), STR_ARG(event->name));
    return false;
}

/* An attribute of the open event or trace. */
static bool take_attribute(struct xes *x, const struct xml_event *event, enum xes_kind kind)
{
    bool of_trace = x->level == LEVEL_TRACE;
    enum rule *fault = of_trace ? &x->trace_fault : &x->event_fault;
    struct xes_row *row = of_trace ? &x->rows.trace : xes_rows_event(&x->rows);
    struct pair pair = pair_of(event);
    const struct xes_key *key;

    if (!check_pair(x, event, kind, RULE_XES_VALUE, &pair)) {
        *fault = *fault == RULE_COUNT ? RULE_XES_VALUE : *fault;
        return true;
    }
    if (kind >= XES_LIST)
        return true;
    for (key = xes_keys_find(x->keys, pair.key, of_trace); key; key = key->next) {
        if (row->ranks[key->column] == key->rank) {
            diag_report(x->diag, RULE_XES_KEY_TWICE, where_of(x, event), "'%.*s'",
                        STR_ARG(pair.key));
            *fault = *fault == RULE_COUNT ? RULE_XES_KEY_TWICE : *fault;
            return true;
        }
        if (!xes_rows_fill(&x->rows, row, key->column, key->rank, pair.value))
            return no_memory(x);
        x->base.found[key->column] = true;
    }
    return true;
}

/* --- rows --- */

static bool begin_event(struct xes *x, const struct xml_event *event)
{
    x->level = LEVEL_EVENT;
    x->event_fault = RULE_COUNT;
    x->base.counts.read++;
    if (++x->trace_events > LIMIT_TRACE_EVENTS)
        return fail(x, diag_limit(x->diag, where_of(x, event), "the number of events of a trace",
                                  LIMIT_TRACE_EVENTS));
    return xes_rows_begin_event(&x->rows, event->line, event->offset) || no_memory(x);
}

static bool reject_row(struct xes *x, const struct xes_row *row, enum rule rule)
{
    return rowset_reject(&x->base, rule, row->line, row->offset) || no_memory(x);
}

static bool end_event(struct xes *x)
{
    x->level = LEVEL_TRACE;
    if (x->event_fault == RULE_COUNT)
        return true;
    if (!reject_row(x, xes_rows_event(&x->rows), x->event_fault))
        return false;
    xes_rows_drop_event(&x->rows);
    return true;
}

static bool begin_trace(struct xes *x, const struct xml_event *event)
{
    x->level = LEVEL_TRACE;
    x->trace_fault = RULE_COUNT;
    x->trace_events = 0;
    return xes_rows_begin_trace(&x->rows, event->line, event->offset) || no_memory(x);
}

static bool end_trace(struct xes *x)
{
    size_t i;

    x->level = LEVEL_LOG;
    if (x->trace_fault == RULE_COUNT)
        return xes_rows_end_trace(&x->rows) || no_memory(x);
    for (i = x->rows.trace_first; i < x->rows.count; i++)
        if (!reject_row(x, &x->rows.list[i], x->trace_fault))
            return false;
    xes_rows_drop_trace(&x->rows);
    return true;
}

/* --- elements --- */

static bool begin_root(struct xes *x, const struct xml_event *event, enum xes_kind kind)
{
    size_t i;

    if (kind != XES_LOG)
        return refuse(x, event, "is not the root of an event log, <log>");
    x->level = LEVEL_LOG;
    x->namespace = event->namespace;
    for (i = 0; i < event->attribute_count; i++) {
        struct str version = event->attributes[i].value;
        struct buf text;

        if (!str_is(event->attributes[i].name, "xes.version") || version.len > 16)
            continue;
        buf_init(&text, sizeof x->dialect - 1);
        buf_add_text(&text, "XES ");
        buf_add_visible(&text, version, 16);
        if (!text.failed && text.len < sizeof x->dialect) {
            memcpy(x->dialect, text.bytes, text.len);
            x->base.dialect = (struct str){x->dialect, text.len};
        }
        buf_done(&text);
    }
    return true;
}

static bool has_attribute(const struct xml_event *event, const char *name)
{
    size_t i;

    for (i = 0; i < event->attribute_count; i++)
        if (str_is(event->attributes[i].name, name))
            return true;
    return false;
}

/* Children of the log come in the order of their kinds; attributes of any type are one kind. */
static void check_order(struct xes *x, const struct xml_event *event, enum xes_kind kind)
{
    static const unsigned char order[] = {
        [XES_EXTENSION] = 1, [XES_GLOBAL] = 2, [XES_CLASSIFIER] = 3,
        [XES_TRACE] = 5,     [XES_EVENT] = 6,
    };
    unsigned now = kind >= XES_STRING ? 4 : order[kind];
    unsigned last = x->last >= XES_STRING ? 4 : order[x->last];

    if (now < last)
        diag_report(x->diag, RULE_XES_HEADER, where_of(x, event), "<%.*s> comes too late",
                    STR_ARG(event->name));
    else
        x->last = kind;
}

static void check_declaration(struct xes *x, const struct xml_event *event, enum xes_kind kind)
{
    const char *missing = NULL;

    if (!has_attribute(event, "name"))
        missing = "name";
    else if (kind == XES_EXTENSION && !has_attribute(event, "prefix"))
        missing = "prefix";
    else if (kind == XES_EXTENSION && !has_attribute(event, "uri"))
        missing = "uri";
    else if (kind == XES_CLASSIFIER && !has_attribute(event, "keys"))
        missing = "keys";
    if (missing)
        diag_report(x->diag, RULE_XES_HEADER, where_of(x, event), "<%.*s> without %s",
                    STR_ARG(event->name), missing);
}

static bool start_in_log(struct xes *x, const struct xml_event *event, enum xes_kind kind)
{
    struct pair pair;

    if (kind != XES_OTHER && kind != XES_VALUES && kind != XES_LOG)
        check_order(x, event, kind);
    if (kind == XES_TRACE)
        return begin_trace(x, event);
    x->skipping = 1;
    switch (kind) {
    case XES_LOG:
        return refuse(x, event, "may not stand in a log");
    case XES_EVENT:
        diag_report(x->diag, RULE_XES_NO_TRACE, where_of(x, event), NULL);
        return true;
    case XES_EXTENSION:
    case XES_CLASSIFIER:
        check_declaration(x, event, kind);
        return true;
    case XES_GLOBAL:
        return true;
    case XES_OTHER:
    case XES_VALUES:
        diag_report(x->diag, RULE_XES_HEADER, where_of(x, event), "<%.*s> is unknown",
                    STR_ARG(event->name));
        return true;
    default:
        pair = pair_of(event);
        check_pair(x, event, kind, RULE_XES_HEADER, &pair);
        return true;
    }
}

/* Something that is no attribute in a trace or event: what it means there is unknown. */
static bool strange(struct xes *x, const struct xml_event *event, enum rule *fault)
{
    diag_report(x->diag, RULE_XES_ELEMENT, where_of(x, event), "<%.*s>", STR_ARG(event->name));
    if (*fault == RULE_COUNT)
        *fault = RULE_XES_ELEMENT;
    x->skipping = 1;
    return true;
}

static bool start_in_trace(struct xes *x, const struct xml_event *event, enum xes_kind kind)
{
    if (kind == XES_EVENT)
        return begin_event(x, event);
    if (kind < XES_STRING)
        return strange(x, event, &x->trace_fault);
    x->skipping = 1;
    return take_attribute(x, event, kind);
}

static bool start_in_event(struct xes *x, const struct xml_event *event, enum xes_kind kind)
{
    if (kind < XES_STRING)
        return strange(x, event, &x->event_fault);
    x->skipping = 1;
    return take_attribute(x, event, kind);
}

static bool is_foreign(const struct xes *x, struct str namespace)
{
    return namespace.ptr != x->namespace.ptr && !str_equal(namespace, x->namespace) &&
           !str_starts(namespace, "http://www.xes-standard.org");
}

static bool on_start(void *context, const struct xml_event *event)
{
    struct xes *x = context;
    enum xes_kind kind = xes_kind_of(event->name);

    if (x->level != LEVEL_DOCUMENT && is_foreign(x, event->namespace))
        kind = XES_OTHER;
    /* never passed over, however deep: an event would be lost without a word */
    if ((kind == XES_EVENT && (x->skipping || x->level == LEVEL_EVENT)) ||
        (kind == XES_TRACE && (x->skipping || x->level > LEVEL_LOG)) ||
        (kind == XES_LOG && x->level != LEVEL_DOCUMENT))
        return refuse(x, event, "may not stand here");
    if (x->skipping) {
        x->skipping++;
        return true;
    }
    switch (x->level) {
    case LEVEL_EVENT:
        return start_in_event(x, event, kind);
    case LEVEL_TRACE:
        return start_in_trace(x, event, kind);
    case LEVEL_LOG:
        return start_in_log(x, event, kind);
    default:
        return begin_root(x, event, kind);
    }
}

static bool on_end(void *context, struct str name)
{
    struct xes *x = context;

    (void)name;
    if (x->skipping) {
        x->skipping--;
        return true;
    }
    switch (x->level) {
    case LEVEL_EVENT:
        return end_event(x);
    case LEVEL_TRACE:
        return end_trace(x);
    default:
        x->level = LEVEL_DOCUMENT;
        return true;
    }
}

static const struct xml_handler handler = {on_start, on_end};

/* --- reading --- */

/* A file that was cut off ends its open trace: the events that were read are there. */
static enum status end_of_source(struct xes *x)
{
    bool is_cut = source_is_truncated(x->source);
    enum status status = is_cut ? xml_stream_cut(x->stream) : xml_stream_end(x->stream);

    x->is_ended = true;
    if (x->status != STATUS_OK)
        return x->status;
    if (status != STATUS_OK || !is_cut)
        return status;
    if (x->level == LEVEL_EVENT) {
        const struct xes_row *row = xes_rows_event(&x->rows);

        diag_report(x->diag, RULE_XES_CUT,
                    (struct where){x->source_name, row->line, 0, row->offset}, NULL);
        x->event_fault = RULE_XES_CUT;
        if (!end_event(x))
            return x->status;
    }
    if (x->level == LEVEL_TRACE && !end_trace(x))
        return x->status;
    return STATUS_OK;
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
    return x->status != STATUS_OK ? x->status : status;
}

static enum status xes_next(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct xes *x = (struct xes *)rowset;
    struct row_batch batch = {0, x->rows.width, x->cells, x->lines, x->offsets, x->case_only};
    enum status status = STATUS_OK;

    xes_rows_turn(&x->rows);
    while (xes_rows_ready(&x->rows) == 0 && !x->is_ended && status == STATUS_OK)
        status = read_more(x);
    if (status != STATUS_OK)
        return status;
    batch.count = xes_rows_take(&x->rows, &batch);
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
    xes_rows_done(&x->rows);
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
    xes_rows_init(&x->rows, want_count);
    x->keys = xes_keys_new(wants, want_count);
    x->base.found = mem_alloc(want_count, sizeof *x->base.found);
    if (size_multiply(want_count, ROW_BATCH, &cells))
        x->cells = mem_alloc(cells, sizeof *x->cells);
    if (x->keys && x->base.found && x->cells)
        status = xml_stream_new(x->source_name, &handler, x, diag, &x->stream);
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
