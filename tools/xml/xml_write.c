#include <string.h>

#include "base/bug.h"
#include "xml/xml.h"

static void close_tag(struct xml_writer *writer)
{
    if (writer->in_tag)
        buf_add_char(writer->out, '>');
    writer->in_tag = false;
}

/* One blank a level: diffs stay narrow and every element has its own line. */
static void indent(struct xml_writer *writer)
{
    unsigned i;

    buf_add_char(writer->out, '\n');
    for (i = 0; i < writer->depth; i++)
        buf_add_char(writer->out, ' ');
}

/* Bytes of the UTF-8 character at text[0], 0 when it is none or XML cannot hold it. */
static size_t character_size(const char *text, size_t len)
{
    unsigned char c = (unsigned char)text[0];
    size_t size = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
        return 0;
    if (c < 0x80)
        return 1;
    if (size > len || utf8_valid_prefix((struct str){text, size}) != size)
        return 0;
    /* U+FFFE and U+FFFF */
    if (c == 0xEF && (unsigned char)text[1] == 0xBF && (unsigned char)text[2] >= 0xBE)
        return 0;
    return size;
}

/*
 * White space in attribute values is normalised by every reader, and CR everywhere: both are
 * written as references, so that what is read back is what was written.
 */
static const char *escape_of(char c, bool in_attribute)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\n':
        return in_attribute ? "&#10;" : NULL;
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    default:
        return NULL;
    }
}

/* Printable ASCII that stands for itself everywhere: letters, digits, most signs. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"';
}

static void add_escaped(struct buf *out, struct str text, bool in_attribute)
{
    size_t start = 0;
    size_t i = 0;

    while (i < text.len) {
        size_t size;
        const char *escape;

        if (is_plain((unsigned char)text.ptr[i])) {
            i++;
            continue;
        }
        size = character_size(text.ptr + i, text.len - i);
        escape = size == 1 ? escape_of(text.ptr[i], in_attribute) : NULL;

        if (size != 0 && !escape) {
            i += size;
            continue;
        }
        buf_add(out, (struct str){text.ptr + start, i - start});
        buf_add_text(out, escape ? escape : "\xEF\xBF\xBD");
        start = ++i;
    }
    buf_add(out, (struct str){text.ptr + start, i - start});
}

void xml_write_begin(struct xml_writer *writer, struct buf *out)
{
    memset(writer, 0, sizeof *writer);
    writer->out = out;
    buf_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void xml_write_open(struct xml_writer *writer, const char *name)
{
    BUG_IF(writer->depth == XML_WRITE_DEPTH);
    BUG_IF(writer->has_text);
    close_tag(writer);
    indent(writer);
    buf_add_char(writer->out, '<');
    buf_add_text(writer->out, name);
    writer->open[writer->depth++] = name;
    writer->in_tag = true;
}

static void open_attribute(struct xml_writer *writer, const char *name)
{
    BUG_IF(!writer->in_tag);
    buf_add_char(writer->out, ' ');
    buf_add_text(writer->out, name);
    buf_add_text(writer->out, "=\"");
}

void xml_write_attr(struct xml_writer *writer, const char *name, struct str value)
{
    if (!value.ptr)
        return;
    open_attribute(writer, name);
    add_escaped(writer->out, value, true);
    buf_add_char(writer->out, '"');
}

void xml_write_attr_int(struct xml_writer *writer, const char *name, int64_t value)
{
    open_attribute(writer, name);
    buf_add_int(writer->out, value);
    buf_add_char(writer->out, '"');
}

void xml_write_attr_double(struct xml_writer *writer, const char *name, double value)
{
    open_attribute(writer, name);
    buf_add_double(writer->out, value);
    buf_add_char(writer->out, '"');
}

void xml_write_text(struct xml_writer *writer, struct str text)
{
    BUG_IF(writer->depth == 0);
    if (!text.ptr)
        return;
    close_tag(writer);
    add_escaped(writer->out, text, false);
    writer->has_text = true;
}

void xml_write_close(struct xml_writer *writer)
{
    BUG_IF(writer->depth == 0);
    writer->depth--;
    if (writer->in_tag) {
        buf_add_text(writer->out, "/>");
    } else {
        if (!writer->has_text)
            indent(writer);
        buf_add_text(writer->out, "</");
        buf_add_text(writer->out, writer->open[writer->depth]);
        buf_add_char(writer->out, '>');
    }
    writer->in_tag = false;
    writer->has_text = false;
    if (writer->depth == 0)
        buf_add_char(writer->out, '\n');
}
