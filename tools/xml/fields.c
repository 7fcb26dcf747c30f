#include "xml/fields.h"

#include <math.h>

#include "base/limits.h"

void xml_field_bad(struct xml_fields *fields, const struct xml_node *node, const char *name,
                   const char *why)
{
    if (fields->status != STATUS_OK)
        return;
    diag_report(fields->diag, RULE_XML_VALUE, xml_where_attr(fields->document, node, str_of(name)),
                "'%s' of '%s': %s", name, xml_name(node), why);
    fields->status = STATUS_INVALID;
}

static struct str keep(struct xml_fields *fields, struct str s)
{
    struct str copy = arena_str(fields->arena, s);

    if (s.ptr && !copy.ptr && fields->status == STATUS_OK)
        fields->status = diag_no_memory(fields->diag);
    return copy;
}

struct str xml_field_str(struct xml_fields *fields, const struct xml_node *node, const char *name)
{
    return keep(fields, xml_attr(node, name));
}

uint64_t xml_field_uint(struct xml_fields *fields, const struct xml_node *node, const char *name)
{
    struct str text = xml_attr(node, name);
    int64_t value = 0;

    if (text.ptr && (!str_to_int64(text, &value) || value < 0)) {
        xml_field_bad(fields, node, name, "is no count that fits 63 bits");
        return 0;
    }
    return (uint64_t)value;
}

double xml_field_double(struct xml_fields *fields, const struct xml_node *node, const char *name)
{
    struct str text = xml_attr(node, name);
    double value = NAN;

    if (text.ptr && !str_to_double(text, &value)) {
        xml_field_bad(fields, node, name, "is no finite number");
        return NAN;
    }
    return value;
}

bool xml_field_bool(struct xml_fields *fields, const struct xml_node *node, const char *name)
{
    struct str text = xml_attr(node, name);

    if (!text.ptr || str_is(text, "false") || str_is(text, "0"))
        return false;
    if (!str_is(text, "true") && !str_is(text, "1"))
        xml_field_bad(fields, node, name, "is neither true nor false");
    return true;
}

struct ratio xml_field_ratio(struct xml_fields *fields, const struct xml_node *node,
                             const char *name)
{
    struct str text = xml_attr(node, name);
    struct ratio value = RATIO_ZERO;

    if (text.ptr && !ratio_parse(text, &value)) {
        xml_field_bad(fields, node, name, "is no fraction that fits");
        return RATIO_ZERO;
    }
    return value;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

struct sha256 xml_field_sha256(struct xml_fields *fields, const struct xml_node *node,
                               const char *name)
{
    struct str text = xml_attr(node, name);
    struct sha256 sum = {{0}};
    size_t i;

    if (!text.ptr)
        return sum;
    for (i = 0; i < sizeof sum.bytes; i++) {
        int high = text.len == 64 ? hex_value(text.ptr[2 * i]) : -1;
        int low = text.len == 64 ? hex_value(text.ptr[2 * i + 1]) : -1;

        if (high < 0 || low < 0) {
            xml_field_bad(fields, node, name, "is not 64 lower-case hexadecimal digits");
            return (struct sha256){{0}};
        }
        sum.bytes[i] = (uint8_t)(high * 16 + low);
    }
    return sum;
}

struct str xml_field_text(struct xml_fields *fields, const struct xml_node *node,
                          const char *child)
{
    const struct xml_node *element = xml_child(node, child);

    if (!element)
        return (struct str){NULL, 0};
    return keep(fields, xml_text(element));
}

struct words xml_field_words(struct xml_fields *fields, const struct xml_node *node,
                             const char *child)
{
    struct words words = {{{NULL, 0}, {NULL, 0}}};
    const struct xml_node *element;
    enum lang lang;

    for (element = xml_child(node, child); element; element = xml_next(element, child)) {
        if (!lang_find(xml_attr(element, "lang"), &lang)) {
            xml_field_bad(fields, element, "lang", "is no language of the program");
            continue;
        }
        if (words.in[lang].ptr)
            xml_field_bad(fields, element, "lang", "is there twice");
        words.in[lang] = keep(fields, xml_text(element));
    }
    return words;
}

size_t xml_field_count(const struct xml_node *node, const char *child)
{
    const struct xml_node *element;
    size_t count = 0;

    for (element = xml_child(node, child); element; element = xml_next(element, child))
        count++;
    return count;
}

void *xml_field_array(struct xml_fields *fields, size_t count, size_t size)
{
    void *array;

    if (count == 0 || fields->status != STATUS_OK)
        return NULL;
    array = arena_alloc(fields->arena, count, size);
    if (!array)
        fields->status = diag_no_memory(fields->diag);
    return array;
}

void xml_write_attr_uint(struct xml_writer *writer, const char *name, uint64_t value)
{
    xml_write_attr_int(writer, name, value > INT64_MAX ? INT64_MAX : (int64_t)value);
}

void xml_write_attr_bool(struct xml_writer *writer, const char *name, bool value)
{
    if (value)
        xml_write_attr(writer, name, STR("true"));
}

void xml_write_attr_ratio(struct xml_writer *writer, const char *name, struct ratio value)
{
    struct buf text;

    buf_init(&text, 64);
    ratio_format(value, &text);
    if (text.failed)
        writer->out->failed = true;
    xml_write_attr(writer, name, buf_str(&text));
    buf_done(&text);
}

void xml_write_attr_sha256(struct xml_writer *writer, const char *name, const struct sha256 *sum)
{
    struct sha256_text text = digest_text(sum);

    xml_write_attr(writer, name, str_of(text.hex));
}

void xml_write_attr_number(struct xml_writer *writer, const char *name, double value)
{
    if (isfinite(value))
        xml_write_attr_double(writer, name, value);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void xml_write_collapsed(struct xml_writer *writer, struct str text)
{
    size_t i = 0;
    bool is_first = true;

    while (i < text.len) {
        size_t start = i;

        while (i < text.len && !is_blank(text.ptr[i]))
            i++;
        if (i > start) {
            if (!is_first)
                xml_write_text(writer, STR(" "));
            xml_write_text(writer, (struct str){text.ptr + start, i - start});
            is_first = false;
        }
        while (i < text.len && is_blank(text.ptr[i]))
            i++;
    }
}

static bool has_text(struct str text)
{
    return str_trim(text).len > 0;
}

void xml_write_element(struct xml_writer *writer, const char *name, struct str text)
{
    if (!has_text(text))
        return;
    xml_write_open(writer, name);
    xml_write_collapsed(writer, text);
    xml_write_close(writer);
}

void xml_write_words(struct xml_writer *writer, const char *name, const struct words *words)
{
    int i;

    for (i = 0; i < LANG_COUNT; i++) {
        struct str text = words->in[i];

        if (!has_text(text))
            continue;
        xml_write_open(writer, name);
        xml_write_attr(writer, "lang", str_of(lang_name((enum lang)i)));
        xml_write_collapsed(writer, text);
        xml_write_close(writer);
    }
}

enum status xml_write_status(const struct xml_writer *writer, struct diag *diag)
{
    const struct buf *out = writer->out;
    uint64_t most = out->cap < LIMIT_DOCUMENT_BYTES ? out->cap : LIMIT_DOCUMENT_BYTES;

    /* A buffer that failed within one tag of its cap failed because of it. */
    if (out->len > most || (out->failed && out->len + LIMIT_XML_TAG_BYTES > out->cap))
        return diag_limit(diag, WHERE_NONE, "size of the document in bytes", most);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}
