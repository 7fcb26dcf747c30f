#include <stdio.h>
#include <string.h>

#include "xml/shape.h"
#include "xml/value_form.h"
#include "xml/xml_finding_private.h"

/* How a built-in type is said and written. */
static const struct kind {
    const char *base;
    const char *is_not;
    const char *hint;
} kinds[] = {
    {"decimal", "is no number", "write digits with a point and no unit, for example 2.5"},
    {"double", "is no number", "write digits with a point and no unit, for example 0.95"},
    {"integer", "is no whole number", "write digits only, for example 3"},
    {"positiveInteger", "is no whole number above 0", "write digits only, for example 3"},
    {"nonNegativeInteger", "is no whole number", "write digits only, for example 3"},
    {"date", "is no date", "write year-month-day, for example 2026-01-31"},
    {"dateTime", "is no instant",
     "write date, time and offset, for example 2026-01-31T17:00:00+01:00"},
};

/* A limit on a value: what its name means. */
static const struct facet {
    int code;
    const char *name;
    const char *is; /* with one %.*s for the limit */
} facets[] = {
    {XML_SCHEMAV_CVC_LENGTH_VALID, "length", "has not %.*s characters"},
    {XML_SCHEMAV_CVC_MINLENGTH_VALID, "minLength", "has fewer than %.*s characters"},
    {XML_SCHEMAV_CVC_MAXLENGTH_VALID, "maxLength", "has more than %.*s characters"},
    {XML_SCHEMAV_CVC_MININCLUSIVE_VALID, "minInclusive", "is less than %.*s"},
    {XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, "maxInclusive", "is more than %.*s"},
    {XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID, "minExclusive", "is not more than %.*s"},
    {XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID, "maxExclusive", "is not less than %.*s"},
    {XML_SCHEMAV_CVC_TOTALDIGITS_VALID, "totalDigits", "has more than %.*s digits"},
    {XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID, "fractionDigits",
     "has more than %.*s digits after the point"},
};

struct value {
    struct str text;
    struct finding_text of; /* "attribute 'weight' of 'question' CF-COR-05", "'title' in ..." */
    const struct xml_node *declaration;
    const struct xml_node *simple;
};

static struct value value_of(const struct finding_context *context)
{
    const struct xml_finding *finding = context->finding;
    const struct xml_node *node = xml_node_of(finding->element);
    struct finding_text subject = finding_subject(finding->element);
    struct value value;

    value.declaration = xml_model_element(context->schema, finding->element);
    if (finding->attribute.ptr) {
        struct xml_model_list attributes;

        xml_model_attributes(context->schema, value.declaration, &attributes);
        value.declaration = xml_model_find(&attributes, finding->attribute);
        value.text = xml_attr_str(node, finding->attribute);
        snprintf(value.of.text, sizeof value.of.text, "attribute '%.*s' of %.400s",
                 STR_ARG(finding->attribute), subject.text);
    } else {
        value.text = xml_text_raw(node);
        value.of = subject;
    }
    value.simple = xml_model_simple(context->schema, value.declaration);
    return value;
}

static void report(const struct finding_context *context, const struct value *value,
                   const char *what)
{
    struct str shown = finding_value(value->text);

    diag_report(context->diag, RULE_XML_TYPE, context->where, "%s: '%.*s%s' %s", value->of.text,
                STR_ARG(shown), shown.len < value->text.len ? "..." : "", what);
}

static void report_words(const struct finding_context *context, const struct value *value)
{
    struct xml_model_list words;
    struct str nearest;

    xml_model_words(value->simple, &words);
    report(context, value, "is none of the words allowed there");
    nearest = finding_nearest(context, &words, STR("value"), str_trim(value->text));
    if (nearest.ptr)
        diag_hint(context->diag, "did you mean '%.*s'? allowed: %s", STR_ARG(nearest),
                  finding_names(&words, STR("value")).text);
    else
        diag_hint(context->diag, "allowed: %s", finding_names(&words, STR("value")).text);
}

static void report_form(const struct finding_context *context, const struct value *value)
{
    struct str example = xml_model_example(context->schema, value->simple);

    report(context, value, "does not have the wanted form");
    if (example.ptr)
        diag_hint(context->diag, "for example %.*s", STR_ARG(example));
}

/* "2026-02-30": the form is right, the day is not. */
static bool has_form_of_date(struct str text)
{
    size_t i;

    for (i = 0; i < text.len && i < 10; i++)
        if ((i == 4 || i == 7) ? text.ptr[i] != '-' : text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return i == 10;
}

static void report_kind(const struct finding_context *context, const struct value *value)
{
    struct str base = xml_model_base(context->schema, value->declaration);
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof kinds[0] && !str_is(base, kinds[i].base); i++)
        ;
    if (i == sizeof kinds / sizeof kinds[0]) {
        report(context, value, "is not of the wanted kind");
        return;
    }
    report(context, value, kinds[i].is_not);
    if (memchr(value->text.ptr, ',', value->text.len) &&
        (str_is(base, "decimal") || str_is(base, "double")))
        diag_hint(context->diag,
                  "write a point for a decimal comma, and nothing between thousands");
    else if (str_is(base, "date") && has_form_of_date(value->text))
        diag_hint(context->diag, "the calendar has no such day");
    else if (str_is(base, "dateTime") && has_form_of_date(value->text))
        diag_hint(context->diag, "the calendar has no such day or hour, or the offset is missing");
    else
        diag_hint(context->diag, "%s", kinds[i].hint);
}

static size_t characters_of(struct str text)
{
    size_t characters = 0;
    size_t i;

    for (i = 0; i < text.len; i++)
        characters += (text.ptr[i] & 0xC0) != 0x80;
    return characters;
}

static void report_facet(const struct finding_context *context, const struct value *value,
                         const struct facet *facet)
{
    struct str limit = xml_model_facet(context->schema, value->simple, facet->name);
    struct finding_text what;
    const char *before = strstr(facet->is, "%.*s");

    if (facet->code == XML_SCHEMAV_CVC_MINLENGTH_VALID && str_trim(value->text).len == 0) {
        report(context, value, "is empty");
        diag_hint(context->diag, "write something, or leave it out");
        return;
    }
    snprintf(what.text, sizeof what.text, "%.*s%.*s%s", (int)(before - facet->is), facet->is,
             STR_ARG(limit), before + 4);
    report(context, value, what.text);
    if (facet->code == XML_SCHEMAV_CVC_MAXLENGTH_VALID)
        diag_hint(context->diag, "shorten it: it has %zu", characters_of(value->text));
}

/* The type of an attribute, or of the text; NULL where the schema was not made sense of. */
static const struct shape_value *type_of(const struct finding_context *context)
{
    const struct shape_type *type = xml_node_of(context->finding->element)->type;
    struct str attribute = context->finding->attribute;
    size_t i;

    if (!type || !attribute.ptr)
        return type ? type->text : NULL;
    for (i = 0; i < type->attribute_count; i++)
        if (str_equal(type->attributes[i].name, attribute))
            return type->attributes[i].value;
    return NULL;
}

/* The word that is meant, or the same value in the form that is wanted. */
static void add_word(const struct finding_context *context, const struct value *value)
{
    struct xml_model_list words;
    struct value_form form;
    struct str meant;

    xml_model_words(value->simple, &words);
    meant = finding_meant(context, &words, STR("value"), str_trim(value->text));
    if (meant.ptr)
        diag_word(context->diag, meant);
    else if (value_form_mend(type_of(context), xml_attr(value->simple, "name"), value->text, &form))
        diag_word(context->diag, str_of(form.text));
}

static void report_any(const struct finding_context *context, const struct value *value)
{
    struct str trimmed = str_trim(value->text);
    size_t i;

    for (i = 0; i < sizeof facets / sizeof facets[0]; i++) {
        if (facets[i].code == context->finding->code) {
            report_facet(context, value, &facets[i]);
            return;
        }
    }
    if (context->finding->code == XML_SCHEMAV_CVC_ENUMERATION_VALID)
        report_words(context, value);
    else if (context->finding->code == XML_SCHEMAV_CVC_PATTERN_VALID)
        report_form(context, value);
    else
        report_kind(context, value);
    if (trimmed.len < value->text.len)
        diag_hint(context->diag, "take away the white space around '%.*s'",
                  STR_ARG(finding_value(trimmed)));
}

void finding_report_value(const struct finding_context *context)
{
    struct value value = value_of(context);

    if (!value.text.ptr)
        value.text = STR("");
    report_any(context, &value);
    add_word(context, &value);
}
