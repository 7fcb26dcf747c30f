/* Hints at a schema, which are not followed: ours is built in, and nothing is fetched. */
#include <string.h>

#include "xml/xml_document.h"

static const char SCHEMA_INSTANCE[] = "http://www.w3.org/2001/XMLSchema-instance";

static void say(const struct xml_document *document, struct where where, const char *name,
                struct diag *diag)
{
    where.source = document->identity.name;
    diag_report(diag, RULE_XML_HINT, where, "'%s'", name);
    diag_hint(diag, "editors may use it; 'cfaudit explain' and this check use the schema of the "
                    "program");
}

static void look_at_attributes(const struct xml_document *document, const xmlNode *element,
                               struct diag *diag)
{
    const xmlAttr *attribute;

    for (attribute = element->properties; attribute; attribute = attribute->next)
        if (attribute->ns && strcmp((const char *)attribute->ns->href, SCHEMA_INSTANCE) == 0 &&
            strstr((const char *)attribute->name, "chemaLocation"))
            say(document, xml_where(document, xml_node_of(element)),
                (const char *)attribute->name, diag);
}

void xml_tell_hints(const struct xml_document *document, struct diag *diag)
{
    const xmlNode *node;

    for (node = document->tree->children; node; node = node->next)
        if (node->type == XML_PI_NODE && strcmp((const char *)node->name, "xml-model") == 0)
            say(document, (struct where){.line = (uint64_t)xmlGetLineNo(node)}, "xml-model", diag);
    for (node = xmlDocGetRootElement(document->tree); node; node = xml_next_element(node))
        look_at_attributes(document, node, diag);
}
