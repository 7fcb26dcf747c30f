/*
 * The inside of a loaded document, for the files of this room.
 *
 * Call: xml_decode, xml_guard, then the parser; xml_check for the schema.
 * Owns: the document owns the tree, the decoded text and one struct xml_place for each element,
 *       to which the element's _private points.
 * Errors: as in xml.h.
 * Units: offsets in bytes of the decoded text; lines and columns from 1, columns in characters.
 * Threads: one document, one thread; reading a loaded one changes nothing.
 */
#ifndef CFAUDIT_XML_XML_DOCUMENT_H
#define CFAUDIT_XML_XML_DOCUMENT_H

#include <libxml/xmlschemas.h>

#include "xml/xml.h"
#include "xml/xml_private.h"

/* Where an element starts, and what it says. */
struct xml_place {
    uint64_t offset;
    uint32_t line;
    uint32_t column;
    struct str raw;  /* its own text as written */
    struct str text; /* trimmed, inner white space collapsed */
};

struct xml_document {
    struct arena arena;
    struct source_identity identity;
    struct str text; /* UTF-8 without byte order mark */
    size_t mark;     /* bytes of a byte order mark in front of it, if it was UTF-8 */
    bool is_utf8;    /* offsets are those of the file */
    struct xml_place *places;
    size_t place_count;
    xmlDoc *tree;
    unsigned more_owners; /* beside the first */
};

struct xml_schema {
    xmlSchema *compiled;
    struct xml_document *source; /* the schema as a document, for names and examples */
};

/* Any accepted encoding to UTF-8 without a byte order mark, in document->text. */
enum status xml_decode(struct xml_document *document, struct str bytes, struct diag *diag);
/* Finds the place of every start tag and refuses what the parser must not see. */
enum status xml_guard(struct xml_document *document, struct diag *diag);
/* The offset in the file of one in the decoded text; 0 (unknown) when the file is not UTF-8. */
uint64_t xml_file_offset(const struct xml_document *document, uint64_t offset);
/* Line and column of an offset in the decoded text. */
struct where xml_where_offset(const struct xml_document *document, uint64_t offset);
/* The tree of decoded bytes, guarded first; document->tree is set. */
enum status xml_parse(struct xml_document *document, struct diag *diag);
/* Checks the tree; STATUS_INVALID after findings, each reported. */
enum status xml_check(const struct xml_document *document, const struct xml_schema *schema,
                      struct diag *diag);

/* As xml_attr, for a name that is not terminated. */
struct str xml_attr_str(const struct xml_node *node, struct str name);
/* The next element in document order; NULL behind the last. */
xmlNode *xml_next_element(const xmlNode *node);
const xmlNode *xml_tree_node(const struct xml_node *node);
const struct xml_node *xml_node_of(const xmlNode *node);

#endif
