#include <stdio.h>
#include <string.h>

#include "xml/xml_finding_private.h"

/* --- words --- */

/* What people call an element by; missing when it has no such attribute. */
static struct str own_name(const xmlNode *element)
{
    static const char *const names[] = {"id", "name", "question", "measure", "kind"};
    struct str name = {NULL, 0};
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0] && name.len == 0; i++)
        name = xml_attr(xml_node_of(element), names[i]);
    return finding_value(name);
}

struct finding_text finding_subject(const xmlNode *element)
{
    struct finding_text subject;
    struct str name = own_name(element);
    const xmlNode *above = element->parent;

    if (name.len > 0) {
        snprintf(subject.text, sizeof subject.text, "'%s' %.*s", (const char *)element->name,
                 STR_ARG(name));
        return subject;
    }
    while (above && above->type == XML_ELEMENT_NODE && own_name(above).len == 0)
        above = above->parent;
    if (above && above->type == XML_ELEMENT_NODE && above->parent &&
        above->parent->type == XML_ELEMENT_NODE) {
        name = own_name(above);
        snprintf(subject.text, sizeof subject.text, "'%s' in %s %.*s", (const char *)element->name,
                 (const char *)above->name, STR_ARG(name));
    } else {
        snprintf(subject.text, sizeof subject.text, "'%s'", (const char *)element->name);
    }
    return subject;
}

struct finding_text finding_names(const struct xml_model_list *list, struct str attribute)
{
    struct finding_text names;
    size_t used = 0;
    size_t i;

    names.text[0] = '\0';
    for (i = 0; i < list->count; i++) {
        struct str name = xml_attr_str(list->list[i], attribute);

        if (used + name.len + 3 > sizeof names.text)
            break;
        used += (size_t)snprintf(names.text + used, sizeof names.text - used, "%s%.*s",
                                 i ? ", " : "", STR_ARG(name));
    }
    return names;
}

/* Of the list, as one of str_nearest and str_meant chooses; missing: it chose none. */
static struct str choose(const struct finding_context *context, const struct xml_model_list *list,
                         struct str attribute, struct str wrong,
                         const char *(*chooser)(struct str, const char *const *))
{
    const char *names[XML_MODEL_NAMES + 1];
    struct str found = {NULL, 0};
    const char *chosen;
    struct arena arena;
    size_t i;

    arena_init(&arena);
    for (i = 0; i < list->count; i++) {
        names[i] = arena_str(&arena, xml_attr_str(list->list[i], attribute)).ptr;
        if (!names[i])
            break;
    }
    names[i] = NULL;
    context->diag->lost |= i < list->count;
    chosen = chooser(wrong, names);
    for (i = 0; chosen && !found.ptr; i++)
        if (names[i] == chosen)
            found = xml_attr_str(list->list[i], attribute);
    arena_done(&arena);
    return found;
}

struct str finding_nearest(const struct finding_context *context,
                           const struct xml_model_list *list, struct str attribute,
                           struct str wrong)
{
    struct str nearest = choose(context, list, attribute, wrong, str_nearest);

    /* any two short words are near each other */
    return wrong.len >= 3 || str_equal_nocase(wrong, nearest) ? nearest : (struct str){NULL, 0};
}

struct str finding_meant(const struct finding_context *context, const struct xml_model_list *list,
                         struct str attribute, struct str wrong)
{
    return choose(context, list, attribute, wrong, str_meant);
}

struct str finding_value(struct str value)
{
    if (value.len > 80)
        value.len = utf8_valid_prefix((struct str){value.ptr, 80});
    return value;
}

/* --- attributes --- */

static void report_missing_attribute(const struct finding_context *context)
{
    const struct xml_finding *finding = context->finding;
    const struct xml_node *element = xml_model_element(context->schema, finding->element);
    struct xml_model_list attributes;
    struct xml_model_list words;
    const struct xml_node *simple;
    struct str example;

    diag_report(context->diag, RULE_XML_MISSING, context->where, "attribute '%.*s' of %s",
                STR_ARG(finding->attribute), finding_subject(finding->element).text);
    xml_model_attributes(context->schema, element, &attributes);
    simple = xml_model_simple(context->schema, xml_model_find(&attributes, finding->attribute));
    xml_model_words(simple, &words);
    example = xml_model_example(context->schema, simple);
    if (words.count > 0)
        diag_hint(context->diag, "add %.*s=\"...\" with one of: %s", STR_ARG(finding->attribute),
                  finding_names(&words, STR("value")).text);
    else if (example.ptr)
        diag_hint(context->diag, "add %.*s=\"...\", for example %.*s", STR_ARG(finding->attribute),
                  STR_ARG(example));
    else
        diag_hint(context->diag, "add %.*s=\"...\"", STR_ARG(finding->attribute));
}

static void report_unknown_attribute(const struct finding_context *context)
{
    const struct xml_finding *finding = context->finding;
    struct xml_model_list attributes;
    struct str nearest;
    struct str meant;

    diag_report(context->diag, RULE_XML_ATTRIBUTE, context->where, "%s has no attribute '%.*s'",
                finding_subject(finding->element).text, STR_ARG(finding->attribute));
    xml_model_attributes(context->schema, xml_model_element(context->schema, finding->element),
                         &attributes);
    nearest = finding_nearest(context, &attributes, STR("name"), finding->attribute);
    if (nearest.ptr)
        diag_hint(context->diag, "did you mean '%.*s'?", STR_ARG(nearest));
    else if (attributes.count > 0)
        diag_hint(context->diag, "it has: %s", finding_names(&attributes, STR("name")).text);
    else
        diag_hint(context->diag, "it has no attributes");
    meant = finding_meant(context, &attributes, STR("name"), finding->attribute);
    if (!xmlHasNsProp(finding->element, (const xmlChar *)meant.ptr, NULL))
        diag_word(context->diag, meant);
}

static void report_stray_text(const struct finding_context *context)
{
    const xmlNode *node = context->finding->element->children;
    struct str text = {NULL, 0};

    for (; node && text.len == 0; node = node->next)
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            text = finding_value(str_trim(str_of((const char *)node->content)));
    diag_report(context->diag, RULE_XML_TEXT, context->where, "'%.*s' in %s", STR_ARG(text),
                finding_subject(context->finding->element).text);
    diag_hint(context->diag, "'%s' holds elements only; is a tag missing, or a comment mark?",
              (const char *)context->finding->element->name);
}

/* Codes without a translation: the checker's words without namespaces in braces. */
static void report_other(const struct finding_context *context)
{
    struct xml_message message = xml_message_of(context->finding->message.ptr);
    char *open;
    char *close;

    while ((open = strchr(message.text, '{')) != NULL && (close = strchr(open, '}')) != NULL)
        memmove(open, close + 1, strlen(close + 1) + 1);
    diag_report(context->diag, RULE_XML_RULE, context->where, "%s", message.text);
}

/* --- all of them --- */

static bool is_value_code(int code)
{
    return (code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 &&
            code <= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3) ||
           (code >= XML_SCHEMAV_CVC_FACET_VALID && code <= XML_SCHEMAV_CVC_ENUMERATION_VALID);
}

bool xml_finding_repeats(const struct xml_finding *finding, const struct xml_finding *other)
{
    /* a key whose field is missing or wrong */
    if (finding->code == XML_SCHEMAV_CVC_IDC)
        return other->code != XML_SCHEMAV_CVC_IDC &&
               (strstr(finding->message.ptr, "Not all fields") ||
                strstr(finding->message.ptr, "No precomputed value"));
    if (!is_value_code(finding->code) || finding->order < other->order)
        return false;
    /* elements where only text may be: the text is not looked at */
    if (other->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2)
        return !finding->attribute.ptr;
    /* the type after its facet, and one facet after another */
    return is_value_code(other->code) && str_equal(finding->attribute, other->attribute);
}

struct where xml_finding_where(const struct xml_document *document, const struct xml_schema *schema,
                               const struct xml_finding *finding)
{
    const struct xml_node *node = xml_node_of(finding->element);
    struct str attribute = finding->attribute;

    if (finding->code == XML_SCHEMAV_CVC_IDC)
        attribute = finding_key_field(schema, finding->message);
    return node && attribute.ptr ? xml_where_attr(document, node, attribute)
                                 : xml_where(document, node);
}

void xml_finding_report(const struct xml_document *document, const struct xml_schema *schema,
                        const struct xml_finding *finding, struct diag *diag)
{
    struct finding_context context = {document, schema, finding, diag, WHERE_NONE};

    context.where = xml_finding_where(document, schema, finding);
    if (!finding->element) {
        report_other(&context);
    } else if (is_value_code(finding->code)) {
        finding_report_value(&context);
    } else {
        switch (finding->code) {
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
            report_missing_attribute(&context);
            break;
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
        case XML_SCHEMAV_CVC_TYPE_3_1_1:
            report_unknown_attribute(&context);
            break;
        case XML_SCHEMAV_ELEMENT_CONTENT:
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2:
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4:
        case XML_SCHEMAV_CVC_TYPE_3_1_2:
            finding_report_structure(&context);
            break;
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
            report_stray_text(&context);
            break;
        case XML_SCHEMAV_CVC_IDC:
            finding_report_key(&context);
            break;
        default:
            report_other(&context);
            break;
        }
    }
}
