#include <string.h>

#include "xml/xml_finding_private.h"

/* minOccurs or maxOccurs; a missing attribute means 1, "unbounded" a large number. */
static int64_t occurs(const struct xml_node *declaration, const char *which)
{
    struct str text = xml_attr(declaration, which);
    int64_t value = 1;

    if (str_is(text, "unbounded"))
        return INT64_MAX;
    if (text.ptr && !str_to_int64(text, &value))
        value = 1;
    return value;
}

/* Elements of that name among the children before `before` (NULL: all). */
static int64_t count_before(const xmlNode *parent, const xmlNode *before, struct str name)
{
    const xmlNode *node;
    int64_t count = 0;

    for (node = parent->children; node && node != before; node = node->next)
        if (node->type == XML_ELEMENT_NODE && str_equal(str_of((const char *)node->name), name))
            count++;
    return count;
}

/* The first required child that is not there (enough) before `before`; its place in the list. */
static size_t first_lacking(const struct xml_model_list *children, const xmlNode *parent,
                            const xmlNode *before, size_t end)
{
    size_t i;

    for (i = 0; i < end; i++)
        if (!children->may_lack[i] &&
            count_before(parent, before, xml_attr(children->list[i], "name")) <
                occurs(children->list[i], "minOccurs"))
            return i;
    return end;
}

static void hint_order(const struct finding_context *context, const xmlNode *parent,
                       const struct xml_model_list *children)
{
    if (strcmp((const char *)parent->name, "extensions") == 0)
        diag_hint(context->diag, "it holds elements of other namespaces only");
    else if (children->count == 0)
        diag_hint(context->diag, "'%s' holds no elements", (const char *)parent->name);
    else
        diag_hint(context->diag, "in '%s' the order is: %s", (const char *)parent->name,
                  finding_names(children, STR("name")).text);
}

static void report_unknown(const struct finding_context *context, const xmlNode *parent,
                           const struct xml_model_list *children)
{
    const xmlNode *element = context->finding->element;
    struct str name = str_of((const char *)element->name);
    struct str nearest = finding_nearest(context, children, STR("name"), name);

    diag_report(context->diag, RULE_XML_ELEMENT, context->where, "%s has no element '%.*s'",
                finding_subject(parent).text, STR_ARG(finding_value(name)));
    if (nearest.ptr)
        diag_hint(context->diag, "did you mean '%.*s'?", STR_ARG(nearest));
    else
        hint_order(context, parent, children);
    diag_word(context->diag, finding_meant(context, children, STR("name"), name));
}

static void report_lacking(const struct finding_context *context, const xmlNode *parent,
                           struct str name, const xmlNode *before)
{
    if (before)
        diag_report(context->diag, RULE_XML_MISSING, context->where,
                    "element '%.*s' before '%s' in %s", STR_ARG(name), (const char *)before->name,
                    finding_subject(parent).text);
    else
        diag_report(context->diag, RULE_XML_MISSING, context->where, "element '%.*s' in %s",
                    STR_ARG(name), finding_subject(parent).text);
}

/* The element is known, but may not stand here. */
static void report_misplaced(const struct finding_context *context, const xmlNode *parent,
                             const struct xml_model_list *children,
                             const struct xml_node *declaration)
{
    const xmlNode *element = context->finding->element;
    struct str name = xml_attr(declaration, "name");
    int64_t most = occurs(declaration, "maxOccurs");
    size_t index = 0;
    size_t lacking;

    while (children->list[index] != declaration)
        index++;
    lacking = first_lacking(children, parent, element, index);
    if (most != INT64_MAX && count_before(parent, element, name) >= most)
        diag_report(context->diag, RULE_XML_ELEMENT, context->where,
                    "more than %lld of '%.*s' in %s", (long long)most, STR_ARG(name),
                    finding_subject(parent).text);
    else if (lacking < index)
        report_lacking(context, parent, xml_attr(children->list[lacking], "name"), element);
    else
        diag_report(context->diag, RULE_XML_ELEMENT, context->where, "'%.*s' stands too late in %s",
                    STR_ARG(name), finding_subject(parent).text);
    hint_order(context, parent, children);
}

static void report_unexpected(const struct finding_context *context)
{
    const xmlNode *element = context->finding->element;
    const xmlNode *parent = element->parent;
    struct xml_model_list children;
    const struct xml_node *declaration;

    xml_model_children(context->schema, xml_model_element(context->schema, parent), &children);
    declaration = xml_model_find(&children, str_of((const char *)element->name));
    if (!element->ns || strcmp((const char *)element->ns->href, XML_NAMESPACE) != 0) {
        diag_report(context->diag, RULE_XML_ELEMENT, context->where,
                    "'%s' is not in the namespace '%s'", (const char *)element->name,
                    XML_NAMESPACE);
        diag_hint(context->diag, "what is not of cfaudit stands inside <extensions> only");
    } else if (!declaration) {
        report_unknown(context, parent, &children);
    } else {
        report_misplaced(context, parent, &children, declaration);
    }
}

static void report_incomplete(const struct finding_context *context)
{
    const xmlNode *parent = context->finding->element;
    struct xml_model_list children;
    size_t lacking;

    xml_model_children(context->schema, xml_model_element(context->schema, parent), &children);
    lacking = first_lacking(&children, parent, NULL, children.count);
    if (lacking < children.count)
        report_lacking(context, parent, xml_attr(children.list[lacking], "name"), NULL);
    else
        diag_report(context->diag, RULE_XML_MISSING, context->where, "elements of %s",
                    finding_subject(parent).text);
    hint_order(context, parent, &children);
}

/* Elements or text inside one that holds only text, or nothing. */
static void report_content(const struct finding_context *context)
{
    const xmlNode *element = context->finding->element;
    bool is_empty = context->finding->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1;

    diag_report(context->diag, RULE_XML_ELEMENT, context->where, "%s holds %s",
                finding_subject(element).text, is_empty ? "nothing but attributes" : "text only");
    diag_hint(context->diag, "take out what stands between its tags");
}

void finding_report_structure(const struct finding_context *context)
{
    static const char missing[] = "Missing child element";

    if (context->finding->code != XML_SCHEMAV_ELEMENT_CONTENT)
        report_content(context);
    else if (strstr(context->finding->message.ptr, missing))
        report_incomplete(context);
    else if (context->finding->element->parent &&
             context->finding->element->parent->type == XML_ELEMENT_NODE)
        report_unexpected(context);
    else
        report_incomplete(context);
}
