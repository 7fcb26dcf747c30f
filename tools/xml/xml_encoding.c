#include "xml/xml_encoding.h"

/* Bytes 0x80 to 0x9F of windows-1252; 0 is not assigned. */
static const uint16_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* Where ISO-8859-15 differs from ISO-8859-1. */
static const struct {
    unsigned char byte;
    uint16_t code;
} latin9[] = {
    {0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161}, {0xB4, 0x017D},
    {0xB8, 0x017E}, {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178},
};

uint32_t xml_code_of_byte(enum xml_encoding encoding, unsigned char byte)
{
    size_t i;

    if (encoding == XML_ENCODING_CP1252 && byte >= 0x80 && byte < 0xA0)
        return cp1252[byte - 0x80];
    if (encoding == XML_ENCODING_LATIN9)
        for (i = 0; i < sizeof latin9 / sizeof latin9[0]; i++)
            if (latin9[i].byte == byte)
                return latin9[i].code;
    return byte;
}

size_t xml_put_utf8(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

uint32_t xml_unit_at(struct str bytes, size_t i, bool big_endian)
{
    uint32_t a = (unsigned char)bytes.ptr[i];
    uint32_t b = (unsigned char)bytes.ptr[i + 1];

    return big_endian ? a << 8 | b : b << 8 | a;
}

uint32_t xml_next_code(enum xml_encoding encoding, struct str bytes, size_t *at)
{
    bool big_endian = encoding == XML_ENCODING_UTF16BE;
    uint32_t code;

    if (!big_endian && encoding != XML_ENCODING_UTF16LE)
        return xml_code_of_byte(encoding, (unsigned char)bytes.ptr[(*at)++]);
    code = xml_unit_at(bytes, *at, big_endian);
    *at += 2;
    if (code >= 0xD800 && code < 0xDC00) {
        code = 0x10000 + ((code - 0xD800) << 10) + (xml_unit_at(bytes, *at, big_endian) - 0xDC00);
        *at += 2;
    }
    return code;
}

static void add_unit(struct buf *out, uint32_t unit, bool big_endian)
{
    char high = (char)(unit >> 8);
    char low = (char)unit;

    buf_add_char(out, big_endian ? high : low);
    buf_add_char(out, big_endian ? low : high);
}

static void add_utf16(struct buf *out, uint32_t code, bool big_endian)
{
    if (code >= 0x10000) {
        add_unit(out, 0xD800 + ((code - 0x10000) >> 10), big_endian);
        code = 0xDC00 + ((code - 0x10000) & 0x3FF);
    }
    add_unit(out, code, big_endian);
}

/* The byte, or a reference by number: every text of XML takes one. */
static void add_byte(enum xml_encoding encoding, struct buf *out, uint32_t code)
{
    unsigned byte;

    for (byte = 0; byte < 256; byte++) {
        if (xml_code_of_byte(encoding, (unsigned char)byte) == code) {
            buf_add_char(out, (char)byte);
            return;
        }
    }
    buf_printf(out, "&#x%X;", (unsigned)code);
}

/* Length of a well-formed sequence, and its code point. */
static size_t take_utf8(const char *at, uint32_t *ret_code)
{
    unsigned char first = (unsigned char)at[0];
    size_t len = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    uint32_t code = len == 1 ? first : first & (0x7Fu >> len);
    size_t i;

    for (i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)at[i] & 0x3F);
    *ret_code = code;
    return len;
}

void xml_encode(enum xml_encoding encoding, struct str text, struct buf *out)
{
    size_t i;

    if (encoding == XML_ENCODING_UTF8) {
        buf_add(out, text);
        return;
    }
    for (i = 0; i < text.len;) {
        uint32_t code;

        i += take_utf8(text.ptr + i, &code);
        if (encoding == XML_ENCODING_UTF16LE || encoding == XML_ENCODING_UTF16BE)
            add_utf16(out, code, encoding == XML_ENCODING_UTF16BE);
        else
            add_byte(encoding, out, code);
    }
}
