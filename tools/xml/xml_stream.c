/*
 * Events of a long document: libxml2's SAX2 push parser behind a scan of its tags.
 *
 * Tags of the one simple shape that event logs mostly consist of (leaf.h) are checked by the scan
 * and do not go to the parser at all: it gets the document without them, and they are reported
 * between its own events, where they stood. What a leaf cannot be, the parser sees and judges.
 */
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "xml/tag_scan.h"
#include "xml/xml.h"
#include "xml/xml_head.h"
#include "xml/xml_private.h"

/* Enough for any XML declaration; until then nothing goes to the parser. */
enum { HEAD_BYTES = 256, SLICE_BYTES = 1 << 16 };

/* The parser keeps each name once, at one address: its length is found once, too. */
struct name {
    const xmlChar *text;
    size_t len;
};

enum { NAMES = 64 };

struct xml_stream {
    struct str name;
    const struct xml_handler *handler;
    void *context;
    struct diag *diag;
    xmlParserCtxtPtr parser;
    struct tag_scan scan;
    struct buf head;
    bool head_is_done;
    bool has_root;
    enum status status; /* first failure; STATUS_OK while all is well */
    unsigned depth;
    struct name names[NAMES];
    struct xml_attribute attributes[256];
    /* default namespaces that are in force, each from the element at that depth on */
    struct {
        unsigned depth;
        const xmlChar *uri;
    } defaults[200];
    unsigned default_count;
    uint64_t marks;   /* start and end tags that the parser has reported */
    size_t leaf_head; /* leaves of the scan that were reported */
    char *kept;       /* bytes of leaves that had to wait for the next piece */
    struct tag_leaf *kept_leaves;
    size_t kept_head;
    size_t kept_count;
    char skeleton[SLICE_BYTES]; /* a slice without its leaves */
};

static struct where where_of(const struct xml_stream *stream, const struct tag_place *place)
{
    return (struct where){stream->name, place->line, place->column, place->offset};
}

static void fail(struct xml_stream *stream, enum status status)
{
    if (stream->status == STATUS_OK)
        stream->status = status;
    xmlStopParser(stream->parser);
}

static inline struct str text_of(struct xml_stream *stream, const xmlChar *text)
{
    struct name *name = &stream->names[((uintptr_t)text >> 2 ^ (uintptr_t)text >> 8) % NAMES];

    if (!text)
        return (struct str){NULL, 0};
    if (name->text != text)
        *name = (struct name){text, strlen((const char *)text)};
    return (struct str){(const char *)name->text, name->len};
}

/* --- leaves --- */

static const struct tag_leaf *next_leaf(const struct xml_stream *stream)
{
    if (stream->kept_head < stream->kept_count)
        return &stream->kept_leaves[stream->kept_head];
    if (stream->leaf_head < stream->scan.leaf_count)
        return &stream->scan.leaves[stream->leaf_head];
    return NULL;
}

static void pass_leaf(struct xml_stream *stream)
{
    if (stream->kept_head < stream->kept_count)
        stream->kept_head++;
    else
        stream->leaf_head++;
}

static void report_leaf(struct xml_stream *stream, const struct tag_leaf *leaf)
{
    struct xml_event event = {.name = leaf->leaf.name};
    size_t i;

    if (stream->depth == 0) {
        diag_report(stream->diag, RULE_XML_SYNTAX, where_of(stream, &leaf->place),
                    "something stands behind the end of the root element");
        fail(stream, STATUS_INVALID);
        return;
    }
    if (stream->depth >= LIMIT_XML_DEPTH) {
        fail(stream, diag_limit(stream->diag, where_of(stream, &leaf->place),
                                "the depth of elements", LIMIT_XML_DEPTH));
        return;
    }
    if (stream->default_count)
        event.namespace = text_of(stream, stream->defaults[stream->default_count - 1].uri);
    for (i = 0; i < LEAF_ATTRIBUTES; i++)
        stream->attributes[i] = (struct xml_attribute){leaf->leaf.names[i], leaf->leaf.values[i]};
    event.attributes = stream->attributes;
    event.attribute_count = LEAF_ATTRIBUTES;
    event.line = leaf->place.line;
    event.column = leaf->place.column;
    event.offset = leaf->place.offset;
    if ((stream->handler->start && !stream->handler->start(stream->context, &event)) ||
        (stream->handler->end && !stream->handler->end(stream->context, event.name)))
        fail(stream, STATUS_INVALID);
}

/* Reports the leaves that stand between the parser's last event and its next one. */
static inline void report_leaves(struct xml_stream *stream)
{
    const struct tag_leaf *leaf;

    while (stream->status == STATUS_OK && (leaf = next_leaf(stream)) != NULL &&
           leaf->marks <= stream->marks) {
        report_leaf(stream, leaf);
        pass_leaf(stream);
    }
}

/* The parser lags behind the piece: what is left of its leaves must outlive it. */
static bool keep_leaves(struct xml_stream *stream)
{
    const struct tag_leaf *leaf;
    struct tag_leaf *leaves;
    size_t count = 0;
    size_t bytes = 0;
    size_t head = stream->kept_head;
    size_t scan_head = stream->leaf_head;
    char *copy;
    char *to;

    for (; (leaf = next_leaf(stream)) != NULL; pass_leaf(stream)) {
        bytes += leaf->leaf.len;
        count++;
    }
    stream->kept_head = head;
    stream->leaf_head = scan_head;
    leaves = count ? mem_alloc(count, sizeof *leaves) : NULL;
    copy = to = count ? mem_alloc(bytes, 1) : NULL;
    if (count && (!leaves || !copy)) {
        mem_free(leaves);
        mem_free(copy);
        return false;
    }
    for (count = 0; (leaf = next_leaf(stream)) != NULL; pass_leaf(stream), count++) {
        leaves[count] = *leaf;
        memcpy(to, leaf->leaf.name.ptr - 1, leaf->leaf.len);
        (void)leaf_match((struct str){to, leaf->leaf.len}, &leaves[count].leaf);
        to += leaf->leaf.len;
    }
    mem_free(stream->kept);
    mem_free(stream->kept_leaves);
    stream->kept = copy;
    stream->kept_leaves = leaves;
    stream->kept_head = 0;
    stream->kept_count = count;
    stream->leaf_head = 0;
    stream->scan.leaf_count = 0;
    return true;
}

/* --- the parser's events --- */

static void put_default(struct xml_stream *stream, int count, const xmlChar **namespaces)
{
    int i;

    for (i = 0; i < count; i++) {
        const xmlChar *uri = namespaces[2 * i + 1];

        if (namespaces[2 * i] || stream->default_count == ARRAY_LEN(stream->defaults))
            continue;
        stream->defaults[stream->default_count].depth = stream->depth;
        stream->defaults[stream->default_count++].uri = uri && *uri ? uri : NULL;
    }
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int default_count, const xmlChar **attributes)
{
    struct xml_stream *stream = context;
    struct xml_event event;
    struct tag_place place = {0, 0, 0};
    int i;

    (void)prefix, (void)default_count;
    report_leaves(stream);
    if (stream->status != STATUS_OK)
        return;
    stream->marks++;
    stream->has_root = true;
    tag_scan_take(&stream->scan, &place);
    if (++stream->depth > LIMIT_XML_DEPTH) {
        fail(stream, diag_limit(stream->diag, where_of(stream, &place), "the depth of elements",
                                LIMIT_XML_DEPTH));
        return;
    }
    if (namespace_count)
        put_default(stream, namespace_count, namespaces);
    event.name = text_of(stream, name);
    event.namespace = text_of(stream, uri);
    for (i = 0; i < attribute_count && i < (int)ARRAY_LEN(stream->attributes); i++) {
        const xmlChar **from = attributes + 5 * i;

        stream->attributes[i].name = text_of(stream, from[0]);
        stream->attributes[i].value =
            (struct str){(const char *)from[3], (size_t)(from[4] - from[3])};
    }
    event.attributes = stream->attributes;
    event.attribute_count = (size_t)i;
    event.line = place.line;
    event.column = place.column;
    event.offset = place.offset;
    if (stream->handler->start && !stream->handler->start(stream->context, &event))
        fail(stream, STATUS_INVALID);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_stream *stream = context;
    /* behind "/>" the element had no end tag of its own */
    bool is_empty = stream->parser->input->cur[-2] == '/';

    (void)prefix, (void)uri;
    if (!is_empty)
        report_leaves(stream);
    if (stream->status != STATUS_OK)
        return;
    stream->marks += !is_empty;
    if (stream->default_count && stream->defaults[stream->default_count - 1].depth == stream->depth)
        stream->default_count--;
    stream->depth--;
    if (stream->handler->end && !stream->handler->end(stream->context, text_of(stream, name)))
        fail(stream, STATUS_INVALID);
}

/* The scan has refused it before; this is the second lock on the same door. */
static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    struct xml_stream *stream = context;

    (void)name, (void)external, (void)system;
    if (stream->status == STATUS_OK)
        diag_report(stream->diag, RULE_XML_DOCTYPE, where_of(stream, &stream->scan.place), NULL);
    fail(stream, STATUS_INVALID);
}

static void on_error(void *context, xml_error *error)
{
    struct xml_stream *stream = context;
    struct where where = {stream->name, 0, 0, 0};
    size_t i;

    if (stream->status != STATUS_OK || error->level < XML_ERR_ERROR)
        return;
    where.line = error->line > 0 ? (uint64_t)error->line : 0;
    where.column = error->int2 > 0 ? (uint64_t)error->int2 : 0;
    /* where leaves were taken out of the line, the parser's column is not the file's */
    for (i = 0; i < stream->scan.leaf_count; i++)
        if (stream->scan.leaves[i].place.line == where.line)
            where.column = 0;
    diag_report(stream->diag, RULE_XML_SYNTAX, where, "%s", xml_message_of(error->message).text);
    fail(stream, STATUS_INVALID);
}

enum status xml_stream_new(struct str source_name, const struct xml_handler *handler, void *context,
                           struct diag *diag, struct xml_stream **ret_stream)
{
    struct xml_stream *stream = mem_alloc(1, sizeof *stream);
    xmlSAXHandler sax;

    if (!stream)
        return diag_no_memory(diag);
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.internalSubset = on_doctype;
    sax.serror = on_error;
    stream->name = source_name;
    stream->handler = handler;
    stream->context = context;
    stream->diag = diag;
    tag_scan_init(&stream->scan);
    buf_init(&stream->head, HEAD_BYTES);
    stream->parser = xmlCreatePushParserCtxt(&sax, stream, NULL, 0, NULL);
    if (!stream->parser) {
        xml_stream_free(stream);
        return diag_no_memory(diag);
    }
    xmlCtxtUseOptions(stream->parser, XML_OPTIONS);
    *ret_stream = stream;
    return STATUS_OK;
}

void xml_stream_free(struct xml_stream *stream)
{
    if (!stream)
        return;
    if (stream->parser)
        xmlFreeParserCtxt(stream->parser);
    tag_scan_done(&stream->scan);
    mem_free(stream->kept);
    mem_free(stream->kept_leaves);
    buf_done(&stream->head);
    mem_free(stream);
}

/* --- feeding --- */

static enum status refuse(struct xml_stream *stream, enum tag_refusal refusal)
{
    struct where where = where_of(stream, &stream->scan.place);

    stream->status = STATUS_LIMIT;
    switch (refusal) {
    case TAG_DOCTYPE:
        diag_report(stream->diag, RULE_XML_DOCTYPE, where, NULL);
        return stream->status = STATUS_INVALID;
    case TAG_ATTRIBUTES:
        return diag_limit(stream->diag, where, "the number of attributes of a tag",
                          LIMIT_XML_ATTRIBUTES);
    case TAG_BYTES:
        return diag_limit(stream->diag, where, "the number of bytes of a tag", LIMIT_XML_TAG_BYTES);
    case TAG_MEMORY:
    case TAG_OK:
        break;
    }
    return stream->status = diag_no_memory(stream->diag);
}

/* Gives the parser the slice, which begins at that offset, without its leaves. */
static void parse(struct xml_stream *stream, struct str slice, uint64_t offset)
{
    const struct tag_scan *scan = &stream->scan;
    const char *from = slice.ptr;
    char *to = stream->skeleton;
    size_t i;

    if (scan->leaf_count == 0) {
        xmlParseChunk(stream->parser, slice.ptr, (int)slice.len, 0);
        return;
    }
    for (i = 0; i < scan->leaf_count; i++) {
        const char *leaf = slice.ptr + (scan->leaves[i].place.offset - offset);

        memcpy(to, from, (size_t)(leaf - from));
        to += leaf - from;
        from = leaf + scan->leaves[i].leaf.len;
    }
    memcpy(to, from, (size_t)(slice.ptr + slice.len - from));
    to += slice.ptr + slice.len - from;
    if (to > stream->skeleton)
        xmlParseChunk(stream->parser, stream->skeleton, (int)(to - stream->skeleton), 0);
}

static enum status feed(struct xml_stream *stream, struct str bytes)
{
    while (bytes.len > 0 && stream->status == STATUS_OK) {
        struct str slice = {bytes.ptr, bytes.len < SLICE_BYTES ? bytes.len : SLICE_BYTES};
        uint64_t offset = stream->scan.offset;
        enum tag_refusal refusal;
        size_t len;

        stream->leaf_head = 0;
        refusal = tag_scan_feed(&stream->scan, slice, &len);
        if (len > 0)
            parse(stream, (struct str){slice.ptr, len}, offset);
        report_leaves(stream);
        if (stream->status == STATUS_OK && refusal != TAG_OK)
            return refuse(stream, refusal);
        if (stream->status == STATUS_OK && next_leaf(stream) && !keep_leaves(stream))
            return stream->status = diag_no_memory(stream->diag);
        bytes.ptr += slice.len;
        bytes.len -= slice.len;
    }
    return stream->status;
}

static enum status flush_head(struct xml_stream *stream)
{
    enum xml_head encoding = XML_HEAD_UTF_8;

    stream->head_is_done = true;
    stream->status =
        xml_head_encoding(buf_str(&stream->head), stream->name, stream->diag, &encoding);
    if (stream->status != STATUS_OK)
        return stream->status;
    stream->scan.single_byte = encoding == XML_HEAD_SINGLE_BYTE;
    stream->scan.finds_leaves = encoding == XML_HEAD_UTF_8;
    return feed(stream, buf_str(&stream->head));
}

enum status xml_stream_feed(struct xml_stream *stream, struct str bytes)
{
    if (stream->status != STATUS_OK)
        return stream->status;
    if (!stream->head_is_done) {
        size_t room = HEAD_BYTES - stream->head.len;
        struct str first = {bytes.ptr, bytes.len < room ? bytes.len : room};

        buf_add(&stream->head, first);
        if (stream->head.failed)
            return stream->status = diag_no_memory(stream->diag);
        bytes.ptr += first.len;
        bytes.len -= first.len;
        if (stream->head.len < HEAD_BYTES)
            return STATUS_OK;
        if (flush_head(stream) != STATUS_OK)
            return stream->status;
    }
    return feed(stream, bytes);
}

enum status xml_stream_cut(struct xml_stream *stream)
{
    if (stream->status == STATUS_OK && !stream->head_is_done)
        flush_head(stream);
    return stream->status;
}

enum status xml_stream_end(struct xml_stream *stream)
{
    if (xml_stream_cut(stream) != STATUS_OK)
        return stream->status;
    /* libxml2 would speak of extra content here */
    if (stream->parser->nameNr == 0)
        xmlParseChunk(stream->parser, NULL, 0, 1);
    report_leaves(stream);
    if (stream->status != STATUS_OK)
        return stream->status;
    if (stream->parser->nameNr > 0 || !stream->has_root || !stream->parser->wellFormed) {
        diag_report(stream->diag, RULE_XML_SYNTAX,
                    (struct where){stream->name, stream->scan.line, 0, stream->scan.offset},
                    stream->has_root ? "the text ends too early" : "no element");
        return stream->status = STATUS_INVALID;
    }
    return STATUS_OK;
}
