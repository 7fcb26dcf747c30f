/*
 * Event logs in XES (IEEE 1849): a row for each event inside a trace.
 *
 * A wanted column "case:KEY" is the attribute KEY of the trace, any other the attribute KEY of the
 * event, compared to the letter. Attributes of a trace may stand before or after its events, so a
 * trace is held until its end. Defaults that the log declares as <global> are not filled in: a
 * value that an event does not carry was not recorded.
 * An event or trace with a value that is not of its type is rejected; an element where none may
 * stand ends the reading, because what belongs to what is then unknown.
 */
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "reader/reader_table.h"
#include "time/format.h"
#include "xml/xml.h"

enum element {
    IN_LOG,
    IN_TRACE,
    IN_EVENT,
    IN_ATTRIBUTE, /* of whatever holds it */
    IN_HEADER,    /* extension, global, classifier: nothing of it is data */
    IN_VALUES     /* of a list: holds attributes */
};

enum { DEPTH_MAX = 256, FEED_BYTES = 1 << 16 };

/* A row waiting to be handed out; its cells live in the arena. */
struct xes_row {
    struct str *cells;
    uint64_t line;
    uint64_t offset;
    bool is_case_only;
};

/* A key that some want asks for. */
struct xes_key {
    struct str name;
    size_t want;
    bool is_trace;
};

struct xes_rowset {
    struct rowset base;
    struct source *source;
    struct diag *diag;
    struct xml_stream *stream;
    const struct column_want *wants;
    size_t want_count;
    struct xes_key *keys;
    size_t key_count;
    struct time_format iso;

    enum element stack[DEPTH_MAX];
    unsigned depth;
    struct arena arena; /* of the rows waiting */
    size_t handed_out;  /* rows whose cells the arena still holds */

    struct xes_row *rows; /* complete traces first, then the open one's */
    size_t row_count;
    size_t row_capacity;
    size_t row_head;    /* handed out before this */
    size_t trace_first; /* where the open trace's rows begin */
    struct str *trace_cells;
    uint64_t trace_line;
    uint64_t trace_offset;
    bool trace_is_bad;
    bool event_is_bad;
    uint64_t trace_events;

    char *block; /* what the source gave and was not fed yet */
    size_t block_len;
    bool is_ended;
    enum status status; /* of the handler */
    char dialect[64];

    struct str *cells; /* of the batch handed out */
    uint64_t lines[ROW_BATCH];
    uint64_t offsets[ROW_BATCH];
    bool case_only[ROW_BATCH];
};

static struct where where_of(const struct xes_rowset *x, const struct xml_event *event)
{
    return (struct where){source_name(x->source), event->line, event->column, event->offset};
}

static bool fail(struct xes_rowset *x, enum status status)
{
    x->status = status;
    return false;
}

static bool refuse(struct xes_rowset *x, const struct xml_event *event, const char *why)
{
    diag_report(x->diag, RULE_XES_STRUCTURE, where_of(x, event), "<%.*s> %s", STR_ARG(event->name),
                why);
    return fail(x, STATUS_INVALID);
}

static bool is_same(struct str a, struct str b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, b.len) == 0;
}

static struct str attribute(const struct xml_event *event, struct str name)
{
    size_t i;

    for (i = 0; i < event->attribute_count; i++)
        if (is_same(event->attributes[i].name, name))
            return event->attributes[i].value;
    return (struct str){NULL, 0};
}

/* --- values --- */

enum value_type {
    VALUE_STRING,
    VALUE_DATE,
    VALUE_INT,
    VALUE_FLOAT,
    VALUE_BOOLEAN,
    VALUE_ID,
    VALUE_LIST,
    VALUE_CONTAINER,
    VALUE_NONE
};

/* The elements that carry attributes, in the order of the enum. */
static enum value_type type_of(struct str name)
{
    static const struct str names[VALUE_NONE] = {
        STR_INIT("string"),  STR_INIT("date"), STR_INIT("int"),  STR_INIT("float"),
        STR_INIT("boolean"), STR_INIT("id"),   STR_INIT("list"), STR_INIT("container")};
    int type;

    for (type = 0; type < VALUE_NONE; type++)
        if (is_same(name, names[type]))
            break;
    return (enum value_type)type;
}

static bool is_attribute(struct str name)
{
    return type_of(name) != VALUE_NONE;
}

static bool is_float(struct str value)
{
    double number;

    return str_to_double(value, &number) || str_is(value, "NaN") || str_is(value, "INF") ||
           str_is(value, "-INF");
}

/* The value is of the type its element says (XML Schema part 2, as IEEE 1849 uses it). */
static bool is_typed(const struct xes_rowset *x, enum value_type type, struct str value)
{
    struct time_text time;
    int64_t number;

    switch (type) {
    case VALUE_INT:
        return str_to_int64(value, &number);
    case VALUE_FLOAT:
        return is_float(value);
    case VALUE_BOOLEAN:
        return str_is(value, "true") || str_is(value, "false") || str_is(value, "1") ||
               str_is(value, "0");
    case VALUE_DATE:
        return time_format_read(&x->iso, DATE_ORDER_UNKNOWN, value, &time);
    default:
        return true;
    }
}

static bool store(struct xes_rowset *x, struct str *cells, struct str key, struct str value,
                  bool is_trace)
{
    size_t k;

    for (k = 0; k < x->key_count; k++) {
        const struct xes_key *wanted = &x->keys[k];

        if (wanted->is_trace != is_trace || !is_same(wanted->name, key) ||
            cells[wanted->want].ptr)
            continue;
        cells[wanted->want] = arena_str(&x->arena, value);
        if (!cells[wanted->want].ptr)
            return fail(x, diag_no_memory(x->diag));
        x->base.found[wanted->want] = true;
    }
    return true;
}

static struct xes_row *open_row(struct xes_rowset *x)
{
    return &x->rows[x->row_count - 1];
}

static bool take_value(struct xes_rowset *x, const struct xml_event *event, bool is_trace)
{
    struct str key = attribute(event, STR("key"));
    struct str value = attribute(event, STR("value"));
    enum value_type type = type_of(event->name);
    bool *is_bad = is_trace ? &x->trace_is_bad : &x->event_is_bad;

    if ((type == VALUE_LIST || type == VALUE_CONTAINER) && key.ptr)
        return true;
    if (!key.ptr || !value.ptr) {
        diag_report(x->diag, RULE_XES_VALUE, where_of(x, event), "<%.*s> without %s",
                    STR_ARG(event->name), key.ptr ? "value" : "key");
        *is_bad = true;
        return true;
    }
    if (!is_typed(x, type, value)) {
        diag_report(x->diag, RULE_XES_VALUE, where_of(x, event), "'%.*s' of '%.*s' is no %.*s",
                    STR_ARG(value), STR_ARG(key), STR_ARG(event->name));
        *is_bad = true;
        return true;
    }
    return store(x, is_trace ? x->trace_cells : open_row(x)->cells, key, value, is_trace);
}

/* --- rows --- */

static bool add_row(struct xes_rowset *x, const struct xml_event *event)
{
    struct xes_row *row;

    if (!mem_grow(&x->rows, x->row_count, &x->row_capacity, sizeof *x->rows))
        return fail(x, diag_no_memory(x->diag));
    row = &x->rows[x->row_count++];
    row->cells = arena_alloc(&x->arena, x->want_count, sizeof *row->cells);
    row->line = event ? event->line : x->trace_line;
    row->offset = event ? event->offset : x->trace_offset;
    row->is_case_only = event == NULL;
    return row->cells || fail(x, diag_no_memory(x->diag));
}

static bool add_reject(struct xes_rowset *x, uint64_t line, uint64_t offset)
{
    return rowset_reject(&x->base, RULE_XES_VALUE, line, offset) ||
           fail(x, diag_no_memory(x->diag));
}

static bool start_trace(struct xes_rowset *x, const struct xml_event *event)
{
    x->trace_first = x->row_count;
    x->trace_line = event->line;
    x->trace_offset = event->offset;
    x->trace_is_bad = false;
    x->trace_events = 0;
    x->trace_cells = arena_alloc(&x->arena, x->want_count, sizeof *x->trace_cells);
    return x->trace_cells || fail(x, diag_no_memory(x->diag));
}

static bool start_event(struct xes_rowset *x, const struct xml_event *event)
{
    x->base.counts.read++;
    x->event_is_bad = false;
    if (++x->trace_events > LIMIT_TRACE_EVENTS)
        return fail(x, diag_limit(x->diag, where_of(x, event), "the number of events of a trace",
                                  LIMIT_TRACE_EVENTS));
    return add_row(x, event);
}

static bool end_event(struct xes_rowset *x)
{
    struct xes_row *row = open_row(x);

    if (!x->event_is_bad)
        return true;
    x->row_count--;
    return add_reject(x, row->line, row->offset);
}

/* The trace's attributes go to each of its rows; an empty trace is a case without a row. */
static bool end_trace(struct xes_rowset *x)
{
    size_t i;
    size_t c;

    if (x->trace_is_bad) { /* its empty form, too: nothing of it is known */
        for (i = x->trace_first; i < x->row_count; i++)
            if (!add_reject(x, x->rows[i].line, x->rows[i].offset))
                return false;
        x->row_count = x->trace_first;
        x->trace_cells = NULL;
        return true;
    }
    if (x->trace_events == 0 && !add_row(x, NULL))
        return false;
    for (i = x->trace_first; i < x->row_count; i++)
        for (c = 0; c < x->want_count; c++)
            if (!x->rows[i].cells[c].ptr)
                x->rows[i].cells[c] = x->trace_cells[c];
    x->trace_cells = NULL;
    return true;
}

/* --- elements --- */

static bool push(struct xes_rowset *x, enum element element)
{
    if (x->depth == DEPTH_MAX)
        return fail(x, diag_limit(x->diag, WHERE_NONE, "the depth of elements", DEPTH_MAX));
    x->stack[x->depth++] = element;
    return true;
}

static bool start_root(struct xes_rowset *x, const struct xml_event *event)
{
    struct str version = attribute(event, STR("xes.version"));

    if (!str_is(event->name, "log"))
        return refuse(x, event, "is not the root of an event log");
    if (version.ptr && version.len < 16) {
        struct buf text;

        buf_init(&text, sizeof x->dialect);
        buf_add_text(&text, "XES ");
        buf_add_visible(&text, version, 16);
        if (!text.failed && text.len < sizeof x->dialect)
            memcpy(x->dialect, text.bytes, text.len + 1);
        buf_done(&text);
        x->base.dialect = str_of(x->dialect);
    }
    return push(x, IN_LOG);
}

static bool is_header(struct str name)
{
    return str_is(name, "extension") || str_is(name, "global") || str_is(name, "classifier");
}

static bool start_in_log(struct xes_rowset *x, const struct xml_event *event)
{
    if (str_is(event->name, "trace"))
        return start_trace(x, event) && push(x, IN_TRACE);
    if (is_header(event->name))
        return push(x, IN_HEADER);
    if (is_attribute(event->name))
        return push(x, IN_ATTRIBUTE);
    return refuse(x, event, "may not stand in a log");
}

static bool start_in_trace(struct xes_rowset *x, const struct xml_event *event)
{
    if (str_is(event->name, "event"))
        return start_event(x, event) && push(x, IN_EVENT);
    if (is_attribute(event->name))
        return take_value(x, event, /* is_trace= */ true) && push(x, IN_ATTRIBUTE);
    return refuse(x, event, "may not stand in a trace");
}

static bool start_in_event(struct xes_rowset *x, const struct xml_event *event)
{
    if (is_attribute(event->name))
        return take_value(x, event, /* is_trace= */ false) && push(x, IN_ATTRIBUTE);
    return refuse(x, event, "may not stand in an event");
}

static bool on_start(void *context, const struct xml_event *event)
{
    struct xes_rowset *x = context;

    if (x->depth == 0)
        return start_root(x, event);
    switch (x->stack[x->depth - 1]) {
    case IN_LOG:
        return start_in_log(x, event);
    case IN_TRACE:
        return start_in_trace(x, event);
    case IN_EVENT:
        return start_in_event(x, event);
    case IN_ATTRIBUTE:
    case IN_VALUES:
        if (str_is(event->name, "values"))
            return push(x, IN_VALUES);
        if (is_attribute(event->name))
            return push(x, IN_ATTRIBUTE);
        return refuse(x, event, "may not stand in an attribute");
    case IN_HEADER:
        if (is_attribute(event->name) || is_header(event->name))
            return push(x, IN_HEADER);
        return refuse(x, event, "may not stand in a declaration of the log");
    }
    return true;
}

static bool on_end(void *context, struct str name)
{
    struct xes_rowset *x = context;

    (void)name;
    x->depth--;
    switch (x->stack[x->depth]) {
    case IN_EVENT:
        return end_event(x);
    case IN_TRACE:
        return end_trace(x);
    default:
        return true;
    }
}

static const struct xml_handler handler = {on_start, on_end};

/* --- the kind --- */

static unsigned bid(struct str head)
{
    size_t i;

    if (str_starts(head, "\xEF\xBB\xBF"))
        head = (struct str){head.ptr + 3, head.len - 3};
    head = str_trim(head);
    if (!str_starts(head, "<"))
        return 0;
    for (i = 0; i + 4 < head.len; i++)
        if (memcmp(head.ptr + i, "<log", 4) == 0)
            return 40;
    return 0;
}

static void close_rows(struct rowset *rowset)
{
    struct xes_rowset *x = (struct xes_rowset *)rowset;

    xml_stream_free(x->stream);
    arena_done(&x->arena);
    mem_free(x->rows);
    rowset_free_rejects(&x->base);
    mem_free(x->cells);
    mem_free(x->keys);
    mem_free(x->base.found);
    mem_free(x);
}

static bool list_keys(struct xes_rowset *x)
{
    size_t count = 0;
    size_t c;
    size_t n;

    for (c = 0; c < x->want_count; c++)
        count += x->wants[c].name_count;
    x->keys = mem_alloc(count, sizeof *x->keys);
    for (c = 0; x->keys && c < x->want_count; c++) {
        for (n = 0; n < x->wants[c].name_count; n++) {
            struct str name = x->wants[c].names[n];
            bool is_trace = str_starts(name, "case:");

            if (is_trace)
                name = (struct str){name.ptr + 5, name.len - 5};
            x->keys[x->key_count++] = (struct xes_key){name, c, is_trace};
        }
    }
    return x->keys != NULL;
}

static enum status open_rows(struct source *source, const struct reader_options *options,
                             const struct column_want *wants, size_t want_count, struct diag *diag,
                             struct rowset **ret_rowset)
{
    struct xes_rowset *x = mem_alloc(1, sizeof *x);
    enum status status;
    size_t bad;

    (void)options;
    if (!x)
        return diag_no_memory(diag);
    x->base.kind = &reader_xes;
    x->base.dialect = STR("XES");
    x->base.found = mem_alloc(want_count, sizeof *x->base.found);
    x->cells = mem_alloc(want_count ? want_count : 1, ROW_BATCH * sizeof *x->cells);
    x->source = source;
    x->diag = diag;
    x->wants = wants;
    x->want_count = want_count;
    arena_init(&x->arena);
    if (!x->base.found || !x->cells || !list_keys(x) ||
        !time_format_compile(STR("iso"), &x->iso, &bad)) {
        close_rows(&x->base);
        return diag_no_memory(diag);
    }
    status = xml_stream_new(source_name(source), &handler, x, diag, &x->stream);
    if (status != STATUS_OK) {
        close_rows(&x->base);
        return status;
    }
    *ret_rowset = &x->base;
    return STATUS_OK;
}

/* Rows of traces that are complete. */
static size_t ready(const struct xes_rowset *x)
{
    bool is_open = x->depth > 1 && (x->stack[1] == IN_TRACE);

    return (is_open ? x->trace_first : x->row_count) - x->row_head;
}

static bool copy_cells(struct xes_rowset *x, struct arena *into, struct str **cells)
{
    struct str *copy = arena_alloc(into, x->want_count, sizeof *copy);
    size_t c;

    for (c = 0; copy && c < x->want_count; c++) {
        copy[c] = arena_str(into, (*cells)[c]);
        if ((*cells)[c].ptr && !copy[c].ptr)
            return false;
    }
    *cells = copy;
    return copy != NULL;
}

/*
 * Nearly always a trace is open where a piece of the log ends, so the arena is never empty: what
 * waits moves to a new one as soon as more than that was handed out.
 */
static bool renew_arena(struct xes_rowset *x)
{
    struct arena fresh;
    size_t i;

    if (x->handed_out < ROW_BATCH || x->handed_out < x->row_count)
        return true;
    arena_init(&fresh);
    if (x->trace_cells && !copy_cells(x, &fresh, &x->trace_cells)) {
        arena_done(&fresh);
        return false;
    }
    for (i = 0; i < x->row_count; i++) {
        if (!copy_cells(x, &fresh, &x->rows[i].cells)) {
            arena_done(&fresh);
            return false;
        }
    }
    arena_done(&x->arena);
    x->arena = fresh;
    x->handed_out = 0;
    return true;
}

/* Rows handed out make room. */
static void make_room(struct xes_rowset *x)
{
    if (x->row_head == 0)
        return;
    x->handed_out += x->row_head;
    memmove(x->rows, x->rows + x->row_head, (x->row_count - x->row_head) * sizeof *x->rows);
    x->row_count -= x->row_head;
    x->trace_first -= x->trace_first < x->row_head ? x->trace_first : x->row_head;
    x->row_head = 0;
}

/* A file that was cut off ends its open trace: the events that were read are there. */
static enum status end_of_source(struct xes_rowset *x)
{
    enum status status;

    x->is_ended = true;
    if (!source_is_truncated(x->source)) {
        status = xml_stream_end(x->stream);
        return x->status != STATUS_OK ? x->status : status;
    }
    if (x->depth > 2 && x->stack[1] == IN_TRACE && x->stack[2] == IN_EVENT) {
        x->event_is_bad = true;
        diag_report(
            x->diag, RULE_XES_VALUE,
            (struct where){source_name(x->source), open_row(x)->line, 0, open_row(x)->offset},
            "event is cut off");
        if (!end_event(x))
            return x->status;
    }
    if (x->depth > 1 && x->stack[1] == IN_TRACE && !end_trace(x))
        return x->status;
    x->depth = 0;
    return STATUS_OK;
}

static enum status read_more(struct xes_rowset *x)
{
    size_t len;
    enum status status;

    if (x->block_len == 0) {
        status = source_next(x->source, x->diag, &x->block, &x->block_len);
        if (status == STATUS_END)
            return end_of_source(x);
        if (status != STATUS_OK)
            return status;
    }
    len = x->block_len < FEED_BYTES ? x->block_len : FEED_BYTES;
    status = xml_stream_feed(x->stream, (struct str){x->block, len});
    x->block += len;
    x->block_len -= len;
    return x->status != STATUS_OK ? x->status : status;
}

static enum status next_rows(struct rowset *rowset, struct row_batch *ret_batch)
{
    struct xes_rowset *x = (struct xes_rowset *)rowset;
    enum status status = STATUS_OK;
    size_t count;
    size_t i;

    make_room(x);
    if (!renew_arena(x))
        return diag_no_memory(x->diag);
    while (status == STATUS_OK && ready(x) == 0 && !x->is_ended)
        status = read_more(x);
    if (status != STATUS_OK)
        return status;
    count = ready(x) < ROW_BATCH ? ready(x) : ROW_BATCH;
    for (i = 0; i < count; i++) {
        const struct xes_row *row = &x->rows[x->row_head + i];

        memcpy(x->cells + i * x->want_count, row->cells, x->want_count * sizeof *x->cells);
        x->lines[i] = row->line;
        x->offsets[i] = row->offset;
        x->case_only[i] = row->is_case_only;
    }
    x->row_head += count;
    *ret_batch =
        (struct row_batch){count, x->want_count, x->cells, x->lines, x->offsets, x->case_only};
    return count ? STATUS_OK : STATUS_END;
}

const struct reader_kind reader_xes = {
    .name = "xes",
    .bid = bid,
    .open = open_rows,
    .next = next_rows,
    .close = close_rows,
};
