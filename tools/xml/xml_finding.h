/*
 * What the schema checker found, and its translation into plain words.
 *
 * Call: the checker's handler fills a list of struct xml_finding; xml_finding_report for each.
 * Owns: findings borrow the tree; their texts live in the arena of the checker.
 * Errors: none of its own.
 * Units: none.
 * Source: error codes of libxml2, stable from 2.9.14 to 2.15.
 * Threads: one checker, one thread.
 */
#ifndef CFAUDIT_XML_XML_FINDING_H
#define CFAUDIT_XML_XML_FINDING_H

#include "xml/xml_document.h"

struct xml_finding {
    int code; /* enum xmlParserErrors */
    const xmlNode *element;
    struct str attribute; /* missing: the element or its text is meant */
    struct str message;   /* libxml2's own */
    int line;             /* as libxml2 counts: of the end of the start tag */
    uint64_t offset;      /* of the attribute or element, for the order of reports */
    size_t order;
};

/* The element of a finding about a key, which libxml2 leaves out: by its line and value, looked for
   behind `from`, then from the root. */
const xmlNode *finding_key_element(const struct xml_document *document,
                                   const struct xml_schema *schema, struct str message, int line,
                                   const xmlNode *from);
/* The attribute that the key of such a finding looks at; missing: the text. */
struct str finding_key_field(const struct xml_schema *schema, struct str message);
/* The attribute, the attribute of the key, or the element. */
struct where xml_finding_where(const struct xml_document *document, const struct xml_schema *schema,
                               const struct xml_finding *finding);
/* Whether this one only repeats what `other`, about the same element, says. */
bool xml_finding_repeats(const struct xml_finding *finding, const struct xml_finding *other);
void xml_finding_report(const struct xml_document *document, const struct xml_schema *schema,
                        const struct xml_finding *finding, struct diag *diag);

#endif
