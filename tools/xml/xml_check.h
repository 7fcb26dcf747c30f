/*
 * Every finding of the schema about a document, one after the other.
 *
 * Call: xml_check_each.
 * Owns: a finding and its texts live during the call of `take`, which may take elements and
 *       attributes out of the tree, but free none of them.
 * Errors: STATUS_LIMIT when there are more than LIMIT_XSD_FINDINGS, or the check could not be
 *         completed; STATUS_MEMORY is reported.
 * Units: none.
 * Threads: as xml_document.h.
 */
#ifndef CFAUDIT_XML_XML_CHECK_H
#define CFAUDIT_XML_XML_CHECK_H

#include "xml/xml_finding.h"

enum status xml_check_each(const struct xml_document *document, const struct xml_schema *schema,
                           struct diag *diag,
                           void (*take)(void *context, const struct xml_finding *finding),
                           void *context, size_t *ret_found);

#endif
