/* Events of a long document: libxml2's SAX2 push parser behind a scan of its tags. */
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "xml/tag_scan.h"
#include "xml/xml.h"
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

    if (name->text != text)
        *name = (struct name){text, strlen((const char *)text)};
    return (struct str){(const char *)name->text, name->len};
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int default_count, const xmlChar **attributes)
{
    struct xml_stream *stream = context;
    struct xml_event event;
    struct tag_place place = {0, 0, 0};
    int i;

    (void)prefix, (void)namespace_count, (void)namespaces, (void)default_count;
    if (stream->status != STATUS_OK)
        return;
    stream->has_root = true;
    tag_scan_take(&stream->scan, &place);
    if (++stream->depth > LIMIT_XML_DEPTH) {
        fail(stream, diag_limit(stream->diag, where_of(stream, &place), "the depth of elements",
                                LIMIT_XML_DEPTH));
        return;
    }
    event.name = text_of(stream, name);
    event.namespace = uri ? text_of(stream, uri) : (struct str){NULL, 0};
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

    (void)prefix, (void)uri;
    stream->depth--;
    if (stream->status == STATUS_OK && stream->handler->end &&
        !stream->handler->end(stream->context, text_of(stream, name)))
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

    if (stream->status != STATUS_OK || error->level < XML_ERR_ERROR)
        return;
    where.line = error->line > 0 ? (uint64_t)error->line : 0;
    where.column = error->int2 > 0 ? (uint64_t)error->int2 : 0;
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
    buf_done(&stream->head);
    mem_free(stream);
}

/* --- encodings --- */

static enum status refuse_encoding(struct xml_stream *stream, struct str encoding)
{
    diag_report(stream->diag, RULE_XML_ENCODING, (struct where){stream->name, 1, 1, 0}, "'%.*s'",
                STR_ARG(encoding));
    diag_hint(stream->diag, "convert the file to UTF-8, for example with iconv(1)");
    return stream->status = STATUS_INVALID;
}

static struct str declared_encoding(struct str head)
{
    struct str name = {NULL, 0};
    size_t i;

    for (i = 0; i + 9 < head.len && head.ptr[i] != '>'; i++) {
        if (memcmp(head.ptr + i, "encoding", 8) != 0)
            continue;
        for (i += 8; i < head.len && head.ptr[i] != '"' && head.ptr[i] != '\''; i++)
            continue;
        if (i + 1 < head.len) {
            const char *start = head.ptr + i + 1;
            const char *end = memchr(start, head.ptr[i], head.len - i - 1);

            if (end)
                name = (struct str){start, (size_t)(end - start)};
        }
        break;
    }
    return name;
}

/* Only encodings in which the marks of XML are single ASCII bytes: the scan relies on it. */
static enum status check_head(struct xml_stream *stream, struct str head)
{
    static const char *const accepted[] = {"UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-15",
                                           "windows-1252"};
    struct str encoding;
    size_t i;

    if (head.len >= 2 &&
        ((unsigned char)head.ptr[0] >= 0xFE || head.ptr[0] == '\0' || head.ptr[1] == '\0'))
        return refuse_encoding(stream, STR("UTF-16 or UTF-32"));
    if (str_starts(head, "\x4C\x6F\xA7\x94"))
        return refuse_encoding(stream, STR("EBCDIC"));
    if (str_starts(head, "\xEF\xBB\xBF")) {
        head.ptr += 3;
        head.len -= 3;
    }
    if (!str_starts(head, "<?xml"))
        return STATUS_OK;
    encoding = declared_encoding(head);
    for (i = 0; encoding.ptr && i < ARRAY_LEN(accepted); i++) {
        if (!str_equal_nocase(encoding, str_of(accepted[i])))
            continue;
        stream->scan.single_byte = i > 0;
        return STATUS_OK;
    }
    return encoding.ptr ? refuse_encoding(stream, encoding) : STATUS_OK;
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

static enum status feed(struct xml_stream *stream, struct str bytes)
{
    while (bytes.len > 0 && stream->status == STATUS_OK) {
        struct str slice = {bytes.ptr, bytes.len < SLICE_BYTES ? bytes.len : SLICE_BYTES};
        size_t len;
        enum tag_refusal refusal = tag_scan_feed(&stream->scan, slice, &len);

        if (len > 0)
            xmlParseChunk(stream->parser, slice.ptr, (int)len, 0);
        if (stream->status == STATUS_OK && refusal != TAG_OK)
            return refuse(stream, refusal);
        bytes.ptr += slice.len;
        bytes.len -= slice.len;
    }
    return stream->status;
}

static enum status flush_head(struct xml_stream *stream)
{
    stream->head_is_done = true;
    if (check_head(stream, buf_str(&stream->head)) != STATUS_OK)
        return stream->status;
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
