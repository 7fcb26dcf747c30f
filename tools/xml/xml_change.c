/* A document with some of its text changed, byte for byte as it was stored for the rest. */
#include "base/bug.h"
#include "xml/xml_encoding.h"
#include "xml/xml_source.h"

/* A place in the stored bytes and the same one in the text. */
struct walk {
    const struct xml_document *document;
    size_t stored;
    size_t text;
};

static struct walk begin(const struct xml_document *document)
{
    struct walk walk = {document, document->mark, 0};
    bool is_utf16 = document->encoding == XML_ENCODING_UTF16LE ||
                    document->encoding == XML_ENCODING_UTF16BE;

    if (is_utf16 && xml_unit_at(document->stored, 0,
                                document->encoding == XML_ENCODING_UTF16BE) == 0xFEFF)
        walk.stored = 2;
    return walk;
}

static void go_to(struct walk *walk, size_t text)
{
    char bytes[4];

    if (walk->document->encoding == XML_ENCODING_UTF8) {
        walk->stored += text - walk->text;
        walk->text = text;
    }
    while (walk->text < text)
        walk->text += xml_put_utf8(
            bytes, xml_next_code(walk->document->encoding, walk->document->stored, &walk->stored));
}

void xml_source_change(const struct xml_document *document, const struct xml_edit *edits,
                       size_t count, struct buf *out)
{
    struct walk walk = begin(document);
    size_t copied = 0; /* of the stored bytes */
    size_t i;

    for (i = 0; i < count; i++) {
        BUG_IF(edits[i].range.start < walk.text || edits[i].range.end < edits[i].range.start);
        go_to(&walk, edits[i].range.start);
        buf_add(out, (struct str){document->stored.ptr + copied, walk.stored - copied});
        xml_encode(document->encoding, edits[i].text, out);
        go_to(&walk, edits[i].range.end);
        copied = walk.stored;
    }
    buf_add(out, (struct str){document->stored.ptr + copied, document->stored.len - copied});
}

void xml_source_escape(struct buf *out, struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            buf_add_text(out, "&amp;");
            break;
        case '<':
            buf_add_text(out, "&lt;");
            break;
        case '>':
            buf_add_text(out, "&gt;");
            break;
        case '"':
            buf_add_text(out, "&quot;");
            break;
        case '\'':
            buf_add_text(out, "&apos;");
            break;
        default:
            buf_add_char(out, text.ptr[i]);
        }
    }
}
