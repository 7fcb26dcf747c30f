/*
 * What is left of a document when all that the schema refuses is taken out of it: valid, so that its
 * loader can look at it, and everything that is wrong is told in one run.
 *
 * Call: xml_rest_make for a document that xml_validate has refused; xml_rest_document; then
 *       xml_rest_is_sound for each thing that was said of it; xml_rest_free before the document.
 *       The document itself serves no further check.
 * Owns: the rest borrows the document, whose tree it has changed.
 * Errors: NULL in ret_rest: nothing is left that is valid. STATUS_MEMORY is reported. What the schema
 *         says of elements that it passed over before, behind a wrong one, is reported, too.
 * Units: places are those of the document.
 * Threads: as xml.h.
 */
#ifndef CFAUDIT_XML_XML_REST_H
#define CFAUDIT_XML_XML_REST_H

#include "xml/xml.h"

struct xml_rest;

enum status xml_rest_make(struct xml_document *document, const struct xml_schema *schema,
                          struct diag *diag, struct xml_rest **ret_rest);
struct xml_document *xml_rest_document(struct xml_rest *rest);
/* Whether nothing but what nobody knows was taken out: whatever was said of it is true of the whole. */
bool xml_rest_is_whole(const struct xml_rest *rest);
/* Whether what was said at this place is true of the whole: nothing of its element was taken out. */
bool xml_rest_is_sound(const struct xml_rest *rest, const struct where *where);
void xml_rest_free(struct xml_rest *rest); /* accepts NULL */

#endif
