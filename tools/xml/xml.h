/*
 * XML: load with positions, schema check, query, streaming events, and writing.
 *
 * Call: xml_init once; then
 *   documents: xml_load (checks against the schema); xml_root, xml_child, xml_next, xml_attr,
 *              xml_text, xml_where ...; xml_free
 *   logs: xml_stream_new, xml_stream_feed ..., xml_stream_end, xml_stream_free
 *   writing: xml_write_* on a struct xml_writer over a struct buf
 * Owns: a document owns its nodes and strings; the strings of an event live during the callback.
 * Errors: every problem is a located diagnostic xml-*; STATUS_INVALID for a document that is not
 *         well-formed, not valid or carries a DOCTYPE; nothing is ever reported valid unless the
 *         check ran to its end.
 * Units: lines and columns from 1 (characters), offsets in bytes from 0 (always 0 in a document
 *        that is not UTF-8).
 * Source: XML 1.0, XML Schema 1.0. No DTD, no entities of the document's own, no network, no
 *         XInclude.
 * Threads: one document or stream, one thread; a schema and all its documents, one thread.
 */
#ifndef CFAUDIT_XML_XML_H
#define CFAUDIT_XML_XML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "source/source.h"

struct xml_document;
struct xml_node; /* an element */
struct xml_schema;

static const char XML_NAMESPACE[] = "urn:cfaudit:1";

void xml_init(void);
void xml_done(void);

/*
 * The schema from its own text. What is wrong with it shows when the first document needs more than
 * the fast way, or when it is compiled now.
 */
enum status xml_schema_load(struct str name, struct str text, struct diag *diag,
                            struct xml_schema **ret_schema);
enum status xml_schema_compile(const struct xml_schema *schema, struct diag *diag);
void xml_schema_free(struct xml_schema *schema);

/*
 * Loads a document of ours; `root` is the element it must have (NULL: any that the schema knows).
 * schema NULL: well-formed only.
 */
enum status xml_load(struct source *source, const struct xml_schema *schema, const char *root,
                     struct diag *diag, struct xml_document **ret_document);
/*
 * For whoever looks at a document although the schema refuses it: xml_read takes what is
 * well-formed, and reads on behind what it has told and can pass over (a DOCTYPE, a stray '&' or
 * '<', bytes of another encoding), so that STATUS_OK does not mean that nothing was told.
 * xml_validate then says what the schema says. STATUS_INVALID when it is not of the namespace, or
 * after findings.
 */
enum status xml_read(struct source *source, const struct xml_schema *schema, struct diag *diag,
                     struct xml_document **ret_document);
enum status xml_validate(struct xml_document *document, const struct xml_schema *schema,
                         struct diag *diag);
/* Whether the root element is of our namespace, in a document from xml_read. */
bool xml_is_ours(const struct xml_document *document);
/* Something was passed over to read on: its text is not that of the file. */
bool xml_is_mended(const struct xml_document *document);
/* One more owner: xml_free is called once more. */
struct xml_document *xml_keep(struct xml_document *document);
void xml_free(struct xml_document *document); /* accepts NULL */
/* Identity of the bytes it came from. */
const struct source_identity *xml_identity(const struct xml_document *document);

const struct xml_node *xml_root(const struct xml_document *document);
/* First child element of that name, or any element with name NULL; NULL when there is none. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);
/* Next sibling element of that name (NULL: any). */
const struct xml_node *xml_next(const struct xml_node *node, const char *name);
const char *xml_name(const struct xml_node *node);
/* Attribute value, or a missing str. Borrowed from the document. */
struct str xml_attr(const struct xml_node *node, const char *name);
/* Attribute number i in the order written; false: there are not so many. */
bool xml_attr_at(const struct xml_node *node, size_t i, struct str *ret_name, struct str *ret_value);
/* Text of the element with leading and trailing white space taken off, inner runs collapsed. */
struct str xml_text(const struct xml_node *node);
/* The same text exactly as written, white space included; "" when it has child elements. */
struct str xml_text_raw(const struct xml_node *node);
struct where xml_where(const struct xml_document *document, const struct xml_node *node);
/* Where the attribute stands, or its element when it is not there. */
struct where xml_where_attr(const struct xml_document *document, const struct xml_node *node,
                            struct str name);
/* The closing word after `errors` errors: one fatal diagnostic, STATUS_INVALID. */
enum status xml_refuse(const struct xml_document *document, struct diag *diag, uint64_t errors);

/* --- streaming (logs) --- */
struct xml_attribute {
    struct str name; /* local name */
    struct str value;
};
struct xml_event {
    struct str name;      /* local name of the element */
    struct str namespace; /* may be missing */
    const struct xml_attribute *attributes;
    size_t attribute_count;
    uint64_t line;
    uint64_t column;
    uint64_t offset; /* byte of the "<" in the stream */
};
struct xml_handler {
    /* false stops the parse with STATUS_INVALID (the handler has reported why) */
    bool (*start)(void *context, const struct xml_event *event);
    bool (*end)(void *context, struct str name);
};
struct xml_stream;
enum status xml_stream_new(struct str source_name, const struct xml_handler *handler, void *context,
                           struct diag *diag, struct xml_stream **ret_stream);
enum status xml_stream_feed(struct xml_stream *stream, struct str bytes);
/* The end of the bytes: anything still open is a located error. */
enum status xml_stream_end(struct xml_stream *stream);
/* In place of the end, where the bytes are known to break off: every whole tag was reported. */
enum status xml_stream_cut(struct xml_stream *stream);
void xml_stream_free(struct xml_stream *stream);

/* --- writing --- */
enum { XML_WRITE_DEPTH = 64 };
struct xml_writer {
    struct buf *out;
    const char *open[XML_WRITE_DEPTH];
    unsigned depth;
    bool in_tag;   /* the start tag is not closed yet */
    bool has_text; /* the innermost element holds text: no indent before its end tag */
};
void xml_write_begin(struct xml_writer *writer, struct buf *out); /* declaration */
void xml_write_open(struct xml_writer *writer, const char *name);
/* Missing values write nothing. Characters that XML cannot hold become U+FFFD. */
void xml_write_attr(struct xml_writer *writer, const char *name, struct str value);
void xml_write_attr_int(struct xml_writer *writer, const char *name, int64_t value);
void xml_write_attr_double(struct xml_writer *writer, const char *name, double value);
void xml_write_text(struct xml_writer *writer, struct str text);
void xml_write_close(struct xml_writer *writer);

#endif
