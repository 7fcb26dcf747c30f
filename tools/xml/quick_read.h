/*
 * The fast way to a document: what is plainly well-formed and valid, read and checked in one pass.
 *
 * Call: quick_read on a decoded document.
 * Owns: the nodes belong to the document; their strings are views into its text or its arena.
 * Errors: left, without a report: libxml2 must read it, and has the last word. Nothing is taken
 *         here that it would refuse. So this knows UTF-8 text, elements, attributes, comments and
 *         the references that XML has by itself, and leaves everything else.
 * Units: as in xml_document.h.
 * Source: XML 1.0; Namespaces in XML 1.0, as far as one default namespace goes.
 * Threads: one document, one thread.
 */
#ifndef CFAUDIT_XML_QUICK_READ_H
#define CFAUDIT_XML_QUICK_READ_H

#include "xml/shape.h"

enum quick {
    QUICK_READ,
    QUICK_LEFT, /* to libxml2 */
    QUICK_NO_MEMORY
};

/*
 * shape NULL: well-formed only, and then with prefixes. `root` as in xml_load. Unless it is read
 * there are no nodes, and *ret_offset is the place in the text where it stopped.
 */
enum quick quick_read(struct xml_document *document, const struct shape *shape, const char *root,
                      size_t *ret_offset);

#endif
