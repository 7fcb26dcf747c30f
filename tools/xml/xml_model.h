/*
 * What the schema says about an element of a document: the names and words for our messages.
 *
 * Call: xml_model_element for a node of a document, then the lists of its type.
 * Owns: everything returned belongs to the schema.
 * Errors: NULL or an empty list where the schema says nothing.
 * Units: none.
 * Source: the part of XML Schema 1.0 that cfaudit.xsd uses: named and inline types, sequences,
 *         groups, attribute groups, simple content by extension, simple types by restriction.
 * Threads: constant.
 */
#ifndef CFAUDIT_XML_XML_MODEL_H
#define CFAUDIT_XML_XML_MODEL_H

#include "xml/xml_document.h"

enum { XML_MODEL_NAMES = 64 };

/* Declarations (xs:element, xs:attribute) or words (xs:enumeration), in the order of the schema. */
struct xml_model_list {
    const struct xml_node *list[XML_MODEL_NAMES];
    bool may_lack[XML_MODEL_NAMES]; /* in a group or choice that may be left out */
    size_t count;
};

/* The declaration of an element of a document. */
const struct xml_node *xml_model_element(const struct xml_schema *schema, const xmlNode *element);
void xml_model_attributes(const struct xml_schema *schema, const struct xml_node *element,
                          struct xml_model_list *ret_list);
void xml_model_children(const struct xml_schema *schema, const struct xml_node *element,
                        struct xml_model_list *ret_list);
/* The one of that name. */
const struct xml_node *xml_model_find(const struct xml_model_list *list, struct str name);
/* The simple type of an attribute, or of the text of an element; NULL for a built-in one. */
const struct xml_node *xml_model_simple(const struct xml_schema *schema,
                                        const struct xml_node *declaration);
void xml_model_words(const struct xml_node *simple, struct xml_model_list *ret_list);
/* What the comment "example: ..." in its restriction gives. */
struct str xml_model_example(const struct xml_schema *schema, const struct xml_node *simple);
/* The built-in type below: "decimal", "date". */
struct str xml_model_base(const struct xml_schema *schema, const struct xml_node *declaration);
/* The value of a facet ("maxLength"), looked for in the types below too. */
struct str xml_model_facet(const struct xml_schema *schema, const struct xml_node *simple,
                           const char *facet);

#endif
