/*
 * Shared by the translators of schema findings: values, structure, keys.
 *
 * Call: from xml_finding_report only.
 * Owns: nothing; texts are returned by value.
 * Errors: none.
 * Units: none.
 * Threads: values only.
 */
#ifndef CFAUDIT_XML_XML_FINDING_PRIVATE_H
#define CFAUDIT_XML_XML_FINDING_PRIVATE_H

#include "xml/xml_finding.h"
#include "xml/xml_model.h"

struct finding_context {
    const struct xml_document *document;
    const struct xml_schema *schema;
    const struct xml_finding *finding;
    struct diag *diag;
    struct where where; /* of the attribute or element */
};

struct finding_text {
    char text[600];
};

/* "'step' in question CF-COR-05": the element and the nearest one with a name of its own. */
struct finding_text finding_subject(const xmlNode *element);
/* "a, b, c" of the names (or, for words, values) in the list. */
struct finding_text finding_names(const struct xml_model_list *list, struct str attribute);
/* The nearest of the list worth suggesting; missing when there is none. */
struct str finding_nearest(const struct finding_context *context,
                           const struct xml_model_list *list, struct str attribute,
                           struct str wrong);
/* The only one that can be meant, by str_meant; missing when there is none. */
struct str finding_meant(const struct finding_context *context, const struct xml_model_list *list,
                         struct str attribute, struct str wrong);
/* At most 80 bytes of a value, whole characters. */
struct str finding_value(struct str value);

void finding_report_value(const struct finding_context *context);
void finding_report_structure(const struct finding_context *context);
void finding_report_key(const struct finding_context *context);

#endif
