/*
 * The inside of a loaded document, for the files of this room.
 *
 * Call: xml_decode; then quick_read, which takes what is plainly well-formed and valid; for
 *       anything else xml_guard, xml_parse and xml_check, whose word counts.
 * Owns: the document owns the decoded text, the nodes and, of a document that libxml2 read, its
 *       tree; the nodes' strings are views into the text or the tree, or lie in the arena.
 * Errors: as in xml.h.
 * Units: offsets in bytes of the decoded text; lines and columns from 1, columns in characters.
 * Threads: one document, one thread; reading a loaded one changes nothing.
 */
#ifndef CFAUDIT_XML_XML_DOCUMENT_H
#define CFAUDIT_XML_XML_DOCUMENT_H

#include <libxml/xmlschemas.h>

#include "xml/xml.h"
#include "xml/xml_private.h"

struct shape;
struct shape_type;

enum xml_encoding {
    XML_ENCODING_UTF8,
    XML_ENCODING_UTF16LE,
    XML_ENCODING_UTF16BE,
    XML_ENCODING_LATIN1,
    XML_ENCODING_LATIN9,
    XML_ENCODING_CP1252
};

struct xml_pair {
    const char *name; /* terminated */
    const char *value;
    uint32_t name_len;
    uint32_t value_len;
};

/* Elements stand in one array, in the order of their start tags. */
struct xml_node {
    const char *name;              /* terminated */
    const struct shape_type *type; /* for attributes that are not written; NULL: it has none */
    const struct xml_pair *attributes;
    const char *raw;  /* its own text as written; "" around child elements */
    const char *text; /* trimmed, inner white space collapsed */
    uint32_t raw_len;
    uint32_t text_len;
    uint32_t span; /* elements in it, itself included: where the next sibling stands */
    uint32_t attribute_count;
    uint32_t offset;
    uint32_t line;
    uint32_t column;
    bool has_next; /* sibling */
};

/* What ended the reading, where that can be passed over. */
enum xml_fault_kind {
    XML_FAULT_NONE,
    XML_FAULT_CHARACTER, /* of an error code of libxml2, near the offset */
    XML_FAULT_DOCTYPE,
    XML_FAULT_ENCODING
};
struct xml_fault {
    enum xml_fault_kind kind;
    int code;
    size_t offset; /* in the decoded text */
};

struct xml_taken {
    xmlNode *element;   /* else NULL */
    xmlAttr *attribute; /* else NULL */
};

struct xml_document {
    struct arena arena;
    struct source_identity identity;
    struct str stored; /* as read, in its encoding */
    enum xml_encoding encoding;
    struct str text; /* UTF-8 without byte order mark; a zero byte follows */
    size_t mark;     /* bytes of a byte order mark in front of it, if it was UTF-8 */
    bool is_utf8;    /* offsets are those of the file */
    struct xml_node *nodes;
    size_t node_count;
    size_t node_capacity;
    xmlDoc *tree; /* NULL: libxml2 was not asked; else its elements' _private are our nodes */
    bool is_valid; /* no check is needed any more */
    unsigned more_owners; /* beside the first */
    /* Parts of the tree that xml_rest took out: nodes have their strings there. */
    struct xml_taken *taken;
    size_t taken_count;
    size_t taken_capacity;
    /* for xml_mend */
    struct xml_fault fault;
    unsigned mends;
    uint64_t reread; /* bytes */
    char *mended;    /* the text, where it was written to */
    bool is_mended;
};

/* libxml2's; made when the first document needs it: most never do. */
struct schema_checker {
    xmlSchema *compiled;
};

struct xml_schema {
    struct xml_document *source; /* the schema as a document, for names and examples */
    struct shape *shape;         /* what quick_read knows of it */
    struct schema_checker *checker;
};

/* Any accepted encoding to UTF-8 without a byte order mark, in document->text. */
enum status xml_decode(struct xml_document *document, struct str bytes, struct diag *diag);
/* UTF-8 with bytes of windows-1252 in it, as U+FFFD where they are none. False: memory is out. */
bool xml_decode_mixed(struct xml_document *document, struct str bytes);
/* Finds the place of every start tag and refuses what the parser must not see. */
enum status xml_guard(struct xml_document *document, struct diag *diag);
/* One more node, zeroed but for its offset; NULL when memory is out. */
struct xml_node *xml_add_node(struct xml_document *document, const char *at);
/* The offset in the file of one in the decoded text; 0 (unknown) when the file is not UTF-8. */
uint64_t xml_file_offset(const struct xml_document *document, uint64_t offset);
/* Line and column of an offset in the decoded text. */
struct where xml_where_offset(const struct xml_document *document, uint64_t offset);
/* The same of one behind the start of an element, counted from there. */
struct where xml_where_behind(const struct xml_document *document, const struct xml_node *node,
                              const char *to);
/* The tree of decoded bytes, guarded first; document->tree is set. */
enum status xml_parse(struct xml_document *document, struct diag *diag);
/* Fills the nodes that the guard has made from the tree. */
enum status xml_take_tree(struct xml_document *document, struct diag *diag);
/* Notes on hints at a schema in the tree. */
void xml_tell_hints(const struct xml_document *document, struct diag *diag);
/* Checks the tree; STATUS_INVALID after findings, each reported. */
enum status xml_check(const struct xml_document *document, const struct xml_schema *schema,
                      struct diag *diag);

/* The text without white space at its ends and with inner runs as one blank; out has room for len
   bytes, the new length is returned. */
size_t xml_collapse(const char *text, size_t len, char *out);
/* As xml_attr, for a name that is not terminated. */
struct str xml_attr_str(const struct xml_node *node, struct str name);
/* The next element in document order; NULL behind the last. */
const xmlNode *xml_next_element(const xmlNode *node);
const struct xml_node *xml_node_of(const xmlNode *node);

static inline bool xml_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#endif
