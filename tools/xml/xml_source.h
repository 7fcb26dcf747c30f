/*
 * The text of a loaded document as it was written: where its parts stand, and other text in their
 * place.
 *
 * Call: xml_source_find for the place of a diagnostic; xml_source_* for parts of it;
 *       xml_source_change for the whole with some of them changed.
 * Owns: texts are borrowed from the document.
 * Errors: as said; a document is well-formed, so nothing else can fail.
 * Units: ranges in bytes of the text in UTF-8, whatever encoding it is stored in, without a byte
 *        order mark; lines and columns from 1, columns in characters.
 * Source: XML 1.0, productions 10 to 44.
 * Threads: one document, one thread.
 */
#ifndef CFAUDIT_XML_XML_SOURCE_H
#define CFAUDIT_XML_XML_SOURCE_H

#include "xml/xml.h"

struct xml_range {
    size_t start;
    size_t end;
};

/* An attribute, or the declaration of a namespace. */
struct xml_source_attr {
    struct xml_range whole; /* from the white space in front of it to the closing quote */
    struct xml_range name;  /* with its prefix */
    struct xml_range value; /* between the quotes */
};

struct xml_edit {
    struct xml_range range;
    struct str text; /* in its place; as it stands there, with references where they are needed */
};

struct str xml_source_text(const struct xml_document *document);
struct str xml_source_part(const struct xml_document *document, struct xml_range range);
struct where xml_source_where(const struct xml_document *document, size_t offset);
/* The element that begins there, or has an attribute there, whose name is given (else missing);
   NULL: there is neither. */
const struct xml_node *xml_source_find(const struct xml_document *document,
                                       const struct where *where, struct str *ret_attribute);
/* NULL for the root. */
const struct xml_node *xml_source_parent(const struct xml_document *document,
                                         const struct xml_node *node);
/* Where it begins. */
size_t xml_source_offset(const struct xml_node *node);
/* Its name in the start tag, without a prefix. */
struct xml_range xml_source_name(const struct xml_document *document, const struct xml_node *node);
/* From "<" to behind its last ">"; what stands between its tags, and its name in the end tag: both
   empty and at the end where it is one tag. */
struct xml_range xml_source_element(const struct xml_document *document,
                                    const struct xml_node *node, struct xml_range *ret_content,
                                    struct xml_range *ret_end_name);
/* Number i in the order written; false: there are not so many. */
bool xml_source_attr_at(const struct xml_document *document, const struct xml_node *node, size_t i,
                        struct xml_source_attr *ret_attr);
bool xml_source_attr(const struct xml_document *document, const struct xml_node *node,
                     struct str name, struct xml_source_attr *ret_attr);

/* The stored bytes with edits, which are in order and do not overlap; all else stays as it is. */
void xml_source_change(const struct xml_document *document, const struct xml_edit *edits,
                       size_t count, struct buf *out);
/* Text for between tags, or between quotes: with references for what may not stand there. */
void xml_source_escape(struct buf *out, struct str text);

#endif
